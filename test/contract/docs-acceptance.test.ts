/** docs/sagemaker.md says of acceptance-aws.yml, and docs/lambda.md of acceptance-lambda.yml, what the workflow is. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../scripts/lib/paths.ts';
import { readPage } from './docs-pages.ts';
import { UNDECIDED } from '../acceptance/undecided.ts';
import { workflowSource } from './workflow-files.ts';

const workflow = workflowSource('acceptance-aws.yml');
const { text } = readPage('docs/sagemaker.md');
const chapter = text.slice(text.indexOf('## Proving it on AWS'), text.indexOf('## Not decided'));
const all = (source: string, pattern: RegExp) =>
  [...new Set([...source.matchAll(pattern)].map(([, found = '']) => found))].toSorted();

const undecided = text.slice(text.indexOf('## Not decided'), text.indexOf('## Open'));

describe('what only an account decides', () => {
  test('is asked by the page and tried by the run, under the same numbers', () => {
    const items = [...undecided.matchAll(/^(\d+)\. ((?:.+\n)(?: {3}.+\n)*)/gm)].map(
      ([, number = '', question = '']) => [Number(number), question.trim().replaceAll(/\s+/g, ' ')],
    );
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
  const proving = page.slice(page.indexOf('### Proving it on AWS'), page.indexOf('### Not decided'));

  test('reads the variables that the page names, and no others', () => {
    const read = all(source, /\bvars\.(ACCEPTANCE_[A-Z_]+)/g);
    expect(read.length).toBeGreaterThan(5);
    expect(all(proving, /`(ACCEPTANCE_[A-Z_]+)`/g)).toEqual(read);
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
