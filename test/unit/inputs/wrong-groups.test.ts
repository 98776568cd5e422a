import { describe, expect, test } from 'vitest';
import { ruleProblems } from '../../../src/actions/deploy-endpoint/check-rules.ts';
import { spec as deployEndpoint } from '../../../src/actions/deploy-endpoint/spec.ts';
import { spec as smokeTest } from '../../../src/actions/smoke-test/spec.ts';
import { specs } from '../../../src/actions/specs.ts';
import { parseConfig } from '../../../src/core/config/config-file.ts';
import { UserError, type Problem } from '../../../src/core/errors.ts';
import { atLine, parseInputs, type ActionSpec } from '../../../src/core/spec/action-spec.ts';
import { foreignGroups } from '../../../src/core/spec/foreign-groups.ts';
import { IN_FILES, IN_STEPS } from './wrong-groups.ts';

const words = ({ where, message, fix = '' }: Problem) => `${where}: ${message} ${fix}`.trim();

function inFile(source: string): string[] {
  try {
    parseConfig(source, 'ml-deploy.yml', specs);
  } catch (error) {
    if (error instanceof UserError) return error.problems.map(words);
    throw error;
  }
  return [];
}

function inStep(spec: ActionSpec, given: Readonly<Record<string, string>>): string[] {
  const texts: Record<string, string> = { 'endpoint-name': 'churn', target: 'sagemaker', ...given };
  const source = (name: string) => (texts[name] === undefined ? null : { text: texts[name], origin: '' });
  const { inputs, problems, origins, lines } = parseInputs(spec, source);
  const foreign = foreignGroups(spec, inputs, origins, (name) => texts[name] !== undefined);
  const rules = spec === deployEndpoint ? rulesOf(source).map((problem) => atLine(problem, lines)) : [];
  return [...problems, ...foreign.problems, ...rules].map(words);
}

function rulesOf(source: (name: string) => { readonly text: string; readonly origin: string } | null) {
  return ruleProblems(parseInputs(deployEndpoint, source).inputs, 'step', 'eu-west-1');
}

describe('a wrong group', () => {
  test('there are 60 or more', () => expect(IN_FILES.length + IN_STEPS.length).toBeGreaterThanOrEqual(60));

  test.each(IN_FILES)('in ml-deploy.yml: $title', ({ source, said }) => {
    expect(inFile(source)).toEqual([said]);
  });

  test.each(IN_STEPS)('in `with:` of $action: $title', ({ action, given, said }) => {
    expect(inStep(action === 'smoke-test' ? smokeTest : deployEndpoint, given)).toEqual([said]);
  });

  test.each([...IN_FILES, ...IN_STEPS])('$title: group or line is named', ({ said }) => {
    expect(said).toMatch(/^(ml-deploy\.yml:\d+|(sagemaker|local)(, line \d+)?): .*[.?]$/);
  });
});

test('a rule is told in the same words in the file and in the step', () => {
  const rules = ['serverless-memory-mb: 1500', 'invocations-per-instance: 5'];
  for (const line of rules) {
    const [file] = inFile(`environments:\n  dev:\n    target: sagemaker\n    sagemaker:\n      ${line}\n`);
    const [step] = inStep(deployEndpoint, { sagemaker: line });
    expect(file?.replace('ml-deploy.yml:5: sagemaker: ', '')).toBe(step?.replace('sagemaker, line 1: ', ''));
  }
});
