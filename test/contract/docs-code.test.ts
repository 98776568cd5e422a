/** The YAML and JSON of the documentation: valid, about inputs and outputs that exist, and pinned. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { runSimulation } from '@cloud-copilot/iam-simulate';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { root } from '../../scripts/lib/paths.ts';
import { specs, workflowSpecs } from '../../src/actions/specs.ts';
import { parseConfig } from '../../src/core/config/config-file.ts';
import type { Problem } from '../../src/core/errors.ts';
import { isGroup, readGroup, type Group, type Members } from '../../src/core/spec/group.ts';
import type { Input } from '../../src/core/spec/input.ts';
import { asWorkflow, heredocsOf, jobsOf, yamlBlock, type YamlBlock } from './docs-code.ts';
import { allPages, blocksOf, type Block } from './docs-pages.ts';
import { calledWorkflow, specOf, type WorkflowStep } from './workflow-files.ts';

/** What the shell of the quick start puts into the files that it writes. */
const VARIABLES = {
  ACCOUNT: '123456789012',
  AWS_REGION: 'eu-central-1',
  BUCKET: 'ml-deploy-123456789012-eu-central-1',
  SUBJECT: 'repo:acme@1/churn@2',
};

const blocks = allPages().flatMap((page) => blocksOf(page));
const written = blocks
  .filter(({ language }) => language === 'sh')
  .flatMap((block) => heredocsOf(block, VARIABLES));
const all: readonly Block[] = [...blocks, ...written];
const titled = <T extends Block>(those: readonly T[]) =>
  those.map((block) => [`${block.page}:${block.line}`, block] as const);
const yaml = all.filter(({ language }) => language === 'yaml').map(yamlBlock);
const ofKind = (...kinds: YamlBlock['kind'][]) => titled(yaml.filter(({ kind }) => kinds.includes(kind)));

test('every block says what it is written in, and somebody checks that', () => {
  // Text is what a program prints; hcl is Terraform's, which docs/terraform.md says is not run here.
  const known = ['sh', 'yaml', 'json', 'mermaid', 'text', 'hcl'];
  // Run by export-page.conformance.test.ts, and by scripts/first-hour.ts.
  const PYTHON = ['docs/onnx-export.md', 'README.md'];
  const isKnown = ({ language, page }: Block) =>
    known.includes(language) || (language === 'python' && PYTHON.includes(page));
  expect(titled(blocks.filter((block) => !isKnown(block))).map(([place]) => place)).toEqual([]);
});

describe.each(ofKind('workflow', 'jobs', 'steps'))('the workflow at %s', (_, block) => {
  test('is valid for GitHub’s own parser', async () => {
    const content = asWorkflow(block);
    const result = parseWorkflow({ name: 'docs.yml', content }, new NoOperationTraceWriter());
    expect(result.context.errors.getErrors().map(({ message }) => message)).toEqual([]);
    if (result.value === undefined) throw new Error('There is no template.');
    const template = await convertWorkflowTemplate(result.context, result.value);
    expect(template.errors ?? []).toEqual([]);
  });
});

describe.each(ofKind('workflow', 'jobs', 'steps', 'sketch'))('the steps at %s', (_, block) => {
  const jobs = jobsOf(block);
  const steps = jobs.flatMap(({ steps: own }) => own ?? []);

  test('pass inputs that exist, with values that the action takes', () => {
    expect(steps.flatMap(wrongInputs)).toEqual([]);
    for (const { uses, with: given = {} } of jobs) {
      const inputs = calledWorkflow(uses)?.workflow.on.workflow_call?.inputs;
      if (inputs) expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(given)));
    }
  });

  test('read outputs that exist', () => {
    expect(wrongOutputs(block.text, steps)).toEqual([]);
  });

  test('pin other people’s actions by SHA, with the version beside it', () => {
    const uses = [...block.text.matchAll(/^\s*(?:- )?uses: (.+)$/gm)].map(([, line = '']) => line);
    for (const line of uses) {
      if (OURS.test(line)) expect(line).toMatch(/@v1( #.*)?$/);
      else expect(line).toMatch(/^[\w.-]+\/[\w.-]+(\/[\w.-]+)*@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });
});

/** All actions as one repository, or one action as its own. */
const OURS = new RegExp(`^org/(ml-deploy/|(${specs.map(({ name }) => name).join('|')})@)`);

function wrongInputs({ uses, with: given = {} }: WorkflowStep): string[] {
  const inputs = specOf(uses)?.inputs;
  if (inputs === undefined) return [];
  return Object.entries(given).flatMap(([name, value]) => {
    const input = inputs[name];
    if (input === undefined) return [`${uses ?? ''} has no input ${name}`];
    if (String(value).includes('${{')) return [];
    const wrong = isGroup(input) ? wrongMembers(name, inputs, String(value)) : wrongValue(input, value);
    return wrong.map((message) => `${uses ?? ''}, ${name}: ${message}`);
  });
}

function wrongValue(input: Input<unknown>, value: unknown): string[] {
  try {
    input.parse(String(value).trim());
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}

function wrongMembers(name: string, inputs: Members, text: string): string[] {
  const problems: Problem[] = [];
  const members = readGroup(name, inputs, text, problems);
  const group = inputs[name] as Group;
  const values = [...members].flatMap(([key, { text: value }]) => {
    const member = group.members[key];
    return member === undefined ? [] : wrongValue(member, value);
  });
  return [...problems.map(({ message }) => message), ...values];
}

/** Of a step that stands elsewhere, any action's output will do. */
function wrongOutputs(text: string, steps: readonly WorkflowStep[]): string[] {
  const any = new Set([...specs, ...workflowSpecs].flatMap(({ outputs }) => Object.keys(outputs)));
  return [...text.matchAll(/steps\.([\w-]+)\.outputs\.([\w-]+)/g)].flatMap(
    ([expression, id, output = '']) => {
      const step = steps.find((other) => other.id === id);
      const outputs = step === undefined ? null : specOf(step.uses)?.outputs;
      const isThere = outputs ? output in outputs : any.has(output);
      return isThere ? [] : [expression];
    },
  );
}

test('an input, a value and an output that there are not are found', () => {
  const uses = 'org/ml-deploy/deploy-endpoint@v1';
  expect(wrongInputs({ uses, with: { 'endpoint-nam': 'x' } })).toEqual([`${uses} has no input endpoint-nam`]);
  expect(wrongInputs({ uses, with: { command: 'plann' } })).toHaveLength(1);
  expect(wrongOutputs('${{ steps.a.outputs.plan-digst }}', [{ id: 'a', uses }])).toHaveLength(1);
});

describe('ml-deploy.yml', () => {
  const schema = JSON.parse(readFileSync(join(root, 'ml-deploy.schema.json'), 'utf8')) as object;
  const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);
  const isValid = (text: string) => {
    parseConfig(text, 'ml-deploy.yml', specs);
    expect(validate(parse(text)), JSON.stringify(validate.errors)).toBe(true);
  };

  test.each(ofKind('config'))('%s is taken by us and by the schema', (_, { text }) => isValid(text));

  test('and still is with what the quick start adds to it', () => {
    const parts = written
      .filter(({ page, file }) => page === 'docs/quick-start.md' && file === 'ml-deploy.yml')
      .map(({ text }) => text);
    expect(parts).toHaveLength(2);
    isValid(parts.join(''));
  });
});

/** Inputs by themselves: what an action takes by that name. */
describe.each(ofKind('inputs').filter(([, { file }]) => file !== 'ml-deploy.yml'))(
  'the inputs at %s',
  (_, { value }) => {
    test.each(Object.entries(value as Record<string, unknown>))('%s exists and takes this', (name, given) => {
      const inputs = specs.flatMap((spec) => spec.inputs[name] ?? []);
      expect(inputs).not.toEqual([]);
      for (const input of inputs) input.parse(String(given).trim());
    });
  },
);

describe.each(titled(all.filter(({ language }) => language === 'json')))('the JSON at %s', (_, { text }) => {
  test('is JSON', () => {
    JSON.parse(text.replaceAll('…', '"…"'));
  });
});

describe('the policies', () => {
  const files = readdirSync(join(root, 'docs/iam')).filter((name) => name.endsWith('.json'));
  const inFiles = files.map(
    (name) => [`docs/iam/${name}`, readFileSync(join(root, 'docs/iam', name), 'utf8')] as const,
  );
  const inBlocks = titled(
    all.filter(({ language, text }) => language === 'json' && text.includes('"2012-10-17"')),
  ).map(([place, { text }]) => [place, text] as const);

  test.each([...inFiles, ...inBlocks])(
    '%s is a policy for an evaluator that is not ours',
    async (_, text) => {
      const policy = JSON.parse(text) as { Statement: { Principal?: unknown; Action: string | string[] }[] };
      const isTrust = policy.Statement.some(({ Principal }) => Principal !== undefined);
      const [action = ''] = policy.Statement.flatMap(({ Action }) => Action);
      const answer = await runSimulation(
        {
          identityPolicies: isTrust ? [] : [{ name: 'docs', policy }],
          serviceControlPolicies: [],
          resourceControlPolicies: [],
          ...(isTrust ? { resourcePolicy: policy } : {}),
          request: {
            action,
            principal: 'arn:aws:iam::123456789012:role/somebody',
            resource: {
              resource: isTrust ? 'arn:aws:iam::123456789012:role/x' : '*',
              accountId: '123456789012',
            },
            contextVariables: {},
          },
        },
        {},
      );
      if (answer.resultType !== 'error') return;
      const { identityPolicyErrors = {}, resourcePolicyErrors = [] } = answer.errors;
      expect({ identityPolicyErrors, resourcePolicyErrors }).toEqual({
        identityPolicyErrors: {},
        resourcePolicyErrors: [],
      });
    },
  );
});
