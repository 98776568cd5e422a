/**
 * docs/proofs.md says what the workflows acceptance-*.yml are; docs/sagemaker.md and docs/lambda.md have the questions
 * that two of them decide.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../scripts/lib/paths.ts';
import { readPage } from './docs-pages.ts';
import { LAMBDA_LOOKS } from '../acceptance/undecided-lambda.ts';
import { UNDECIDED } from '../acceptance/undecided.ts';
import { workflowSource } from './workflow-files.ts';

const workflow = workflowSource('acceptance-aws.yml');
const { text } = readPage('docs/sagemaker.md');
const proofs = readPage('docs/proofs.md').text;
const chapter = proofs.slice(
  proofs.indexOf('### SageMaker on an account'),
  proofs.indexOf('### Lambda on an account'),
);
const all = (source: string, pattern: RegExp) =>
  [...new Set([...source.matchAll(pattern)].map(([, found = '']) => found))].toSorted();

const undecided = text.slice(text.indexOf('## Not decided'), text.indexOf('## Open'));

const questionsIn = (part: string) =>
  [...part.matchAll(/^(\d+)\. ((?:.+\n)(?: {3}.+\n)*)/gm)].map(([, number = '', question = '']) => [
    Number(number),
    question.trim().replaceAll(/\s+/g, ' '),
  ]);

describe('what only an account decides', () => {
  test('is asked by the page and tried by the run, under the same numbers', () => {
    const items = questionsIn(undecided);
    expect(items).toEqual(UNDECIDED.map(({ number, question }) => [number, question]));
    expect(items.length).toBeGreaterThanOrEqual(14);
  });

  test('is tried while the endpoint serves', () => {
    const at = (text: string) => workflow.indexOf(text);
    expect(at('run: node test/acceptance/main.ts decide')).toBeGreaterThan(at('Back to the first version'));
    expect(at('run: node test/acceptance/main.ts decide')).toBeLessThan(at('name: Remove the endpoint'));
  });
});

describe('A5 the run on a real account', () => {
  test('reads the variables that the page names, and no others', () => {
    const read = all(workflow, /\bvars\.(ACCEPTANCE_[A-Z_]+)/g);
    expect(read.length).toBeGreaterThan(5);
    expect(all(chapter, /`(ACCEPTANCE_[A-Z_]+)`/g)).toEqual(read);
  });

  test('makes the endpoint that the policies are made for, on the instance type that the page names', () => {
    const [endpoint = ''] = all(workflow, /^ +ENDPOINT: (.+)$/gm);
    expect(chapter).toContain(`made for the endpoint \`${endpoint}\``);
    const [type = ''] = all(workflow, /ACCEPTANCE_INSTANCE_TYPE \|\| '([^']+)'/g);
    expect(chapter).toContain(`\`${type}\` if it is not set`);
  });

  test('needs policies that there are, for each action that it runs', () => {
    const policies = all(chapter, /\b([a-z-]+\.json)\b/g);
    for (const policy of policies)
      expect([policy, existsSync(join(root, 'docs/iam', policy))]).toEqual([policy, true]);
    const needed: Readonly<Record<string, string>> = {
      'push-image': 'push-image-ecr.json',
      'package-model': 'package-model.json',
      'deploy-endpoint': 'deploy.json',
      'smoke-test': 'smoke-target.json',
    };
    for (const action of all(workflow, /uses: \.\/actions\/([a-z-]+)/g))
      expect(policies).toContain(needed[action]);
    expect(policies).toContain('rollback.json');
  });

  test('requests credentials as often as the page says, the last time before it removes the endpoint', () => {
    const steps = workflow.split(/\n {6}- /);
    const requests = steps.filter((step) => step.includes('configure-aws-credentials@'));
    expect(requests).toHaveLength(4);
    expect(chapter).toContain('requested four times');
    const last = steps.findIndex((step) => step.startsWith('name: Remove the endpoint'));
    expect(steps[last - 1]).toContain('unset-current-credentials: true');
    expect(steps[last - 1]).toContain('always()');
  });
});

describe('the run of Lambda on a real account', () => {
  const source = workflowSource('acceptance-lambda.yml');
  const page = readPage('docs/lambda.md').text;
  const proving = proofs.slice(
    proofs.indexOf('### Lambda on an account'),
    proofs.indexOf('### Azure ML on an account'),
  );

  test('reads the variables that the page names, and no others', () => {
    const read = all(source, /\bvars\.(ACCEPTANCE_[A-Z_]+)/g);
    expect(read.length).toBeGreaterThan(5);
    expect(all(proving, /`(ACCEPTANCE_[A-Z_]+)`/g)).toEqual(read);
  });

  test('decides what only an account decides, under the numbers of the page, while the function serves', () => {
    const items = questionsIn(page.slice(page.indexOf('## Not decided')));
    expect(items).toEqual(LAMBDA_LOOKS.map(({ number, question }) => [number, question]));
    expect(items.length).toBeGreaterThanOrEqual(6);
    const at = (words: string) => source.indexOf(words);
    expect(at('run: node test/acceptance/main.ts decide-lambda')).toBeGreaterThan(
      at('Back to the first version'),
    );
    expect(at('run: node test/acceptance/main.ts decide-lambda')).toBeLessThan(
      at('name: Remove the function'),
    );
  });

  test('makes the endpoint that the policies are made for, with policies that there are', () => {
    const [endpoint = ''] = all(source, /^ +ENDPOINT: (.+)$/gm);
    expect(proving).toContain(`made for the endpoint \`${endpoint}\``);
    const policies = all(proving, /((?:lambda\/)?[a-z-]+\.json)\b/g);
    expect(policies.length).toBeGreaterThan(5);
    for (const policy of policies)
      expect([policy, existsSync(join(root, 'docs/iam', policy))]).toEqual([policy, true]);
  });
});

describe.each([
  {
    target: 'Vertex AI',
    file: 'acceptance-vertex.yml',
    roles: /(gcp\/[a-z-]+\.json)\b/g,
    unproven: 'It has not run on a project yet',
  },
  {
    target: 'Azure ML',
    file: 'acceptance-azure.yml',
    roles: /(azure\/[a-z-]+\.json)\b/g,
    unproven: 'It has not run on an account yet',
  },
])('the run of $target on a real account', ({ target, file, roles, unproven }) => {
  const source = workflowSource(file);
  const [, after = ''] = proofs.split(`### ${target} on an account\n`);
  const [proving = ''] = after.split('\n### ');

  test('reads the variables that the page names, and no others', () => {
    const read = all(source, /\bvars\.(ACCEPTANCE_[A-Z_]+)/g);
    expect(read.length).toBeGreaterThan(5);
    expect(all(proving, /`(ACCEPTANCE_[A-Z_]+)`/g)).toEqual(read);
  });

  test('names roles that there are, and says that it has not run', () => {
    const named = all(proving, roles);
    expect(named.length).toBeGreaterThan(0);
    for (const role of named) expect([role, existsSync(join(root, 'docs/iam', role))]).toEqual([role, true]);
    expect(proving).toContain(unproven);
  });

  test('makes the endpoint and the machines that the page names', () => {
    const [endpoint = ''] = all(source, /^ +ENDPOINT: .*?([a-z-]*acceptance[a-z-]*).*$/gm);
    expect(endpoint).toBe('ml-deploy-acceptance');
    const [machine = ''] = all(source, /' {2}instance-type: ([\w-]+)'/g);
    expect(proving).toContain(`\`${machine}\``);
  });
});

test('the acceptance runs of Vertex AI and Azure ML are one run', () => {
  const stepsOf = (file: string) => {
    const source = workflowSource(file);
    // What is done with a version, from its package on; and no variable of a cloud.
    return source.slice(source.indexOf('      - id: first')).replaceAll(/vars\.ACCEPTANCE_[A-Z]+_/g, 'vars.');
  };
  expect(stepsOf('acceptance-azure.yml')).toBe(stepsOf('acceptance-vertex.yml'));
});

test('what the quick start of Azure gives GitHub suffices, by the role that a release needs', () => {
  const { text } = readPage('docs/azure-ml.md');
  const json = (path: string) =>
    JSON.parse(readFileSync(join(root, path), 'utf8')) as {
      name: string;
      actions: string[];
      dataActions: string[];
    };
  const [release, smoke] = [json('docs/iam/azure/release.json'), json('docs/iam/azure/smoke.json')];
  expect(text).toContain(`--role "${release.name}"`);
  // smoke-test has no other role there.
  expect(release.actions).toEqual(expect.arrayContaining(smoke.actions));
  expect(release.dataActions).toEqual(expect.arrayContaining(smoke.dataActions));
});
