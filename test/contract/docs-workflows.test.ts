/** docs/workflows.md knows every workflow that is called or copied, and every secret and variable that one reads. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../scripts/lib/paths.ts';
import { linksOf, placeOf, readPage } from './docs-pages.ts';
import { workflowNames, workflowPath, workflowSource } from './workflow-files.ts';

const page = readPage('docs/workflows.md');
/** Those that build, check and release this project itself. */
const OWN = [
  ...['ci.yml', 'codeql.yml', 'release.yml'],
  ...['acceptance-aws.yml', 'acceptance-azure.yml', 'acceptance-lambda.yml', 'acceptance-vertex.yml'],
];
const users = workflowNames.filter((name) => !OWN.includes(name));

test('it has every workflow', () => {
  const linked = linksOf(page).map((link) => placeOf(link)?.path);
  expect(linked).toEqual(expect.arrayContaining(users.map(workflowPath)));
});

const read = (kind: string) =>
  users.flatMap((name) =>
    [...workflowSource(name).matchAll(new RegExp(`\\b${kind}\\.([A-Z_]+)`, 'g'))].map(
      ([, found = '']) => found,
    ),
  );

test.each([...new Set([...read('secrets'), ...read('vars')])])('it has %s', (name) => {
  expect(page.text).toContain(`\`${name}\``);
});

test('it has no secret and no variable that nobody reads', () => {
  const actions = readFileSync(join(root, 'src/runner/toolbox.ts'), 'utf8');
  const settings = [...actions.matchAll(/\benv\.([A-Z_]+)/g)].map(([, name = '']) => name);
  const known = new Set([
    ...read('secrets'),
    ...read('vars'),
    ...settings,
    'AWS_ROLE_ARN_',
    'AWS_ROLE_ARN_PROD_EU',
  ]);
  const named = [...page.text.matchAll(/`([A-Z][A-Z_]+)`/g)].map(([, name = '']) => name);
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});
