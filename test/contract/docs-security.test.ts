/** docs/proofs.md names the tests that show each promise of docs/security.md, and they are there. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/lib/paths.ts';

const page = readFileSync(join(root, 'docs/security.md'), 'utf8');
const proofs = readFileSync(join(root, 'docs/proofs.md'), 'utf8');
const between = (text: string, from: string, to: string) => text.slice(text.indexOf(from), text.indexOf(to));
/** The cells of each row but the heads of tables. */
const rowsOf = (text: string) =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (---|Promise|\| How)/.test(line))
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| /, '').replace(/ \|$/, '')));
const approvals = between(page, '\n## Approvals', '\nThe gate reads what');
const rows = rowsOf(between(proofs, 'What it promises of [approvals]', '\nThe local target'));

it('finds the promises of approvals, the same on both pages', () => {
  const promised = [...approvals.matchAll(/^- ((?:.+\n)(?: {2}.+\n)*)/gm)].map(([, promise = '']) =>
    promise.trim().replaceAll(/\s+/g, ' '),
  );
  expect(promised.length).toBeGreaterThan(5);
  expect(rows.map(([promise]) => promise)).toEqual(promised);
});

it.each(rows)('%s', (_, shownBy = '') => {
  const path = /`(test\/[^`]+\.test\.ts)`/.exec(shownBy)?.[1];
  expect(path, 'names a test').toBeDefined();
  const file = join(root, path ?? '');
  expect(existsSync(file), `${path} exists`).toBe(true);
  expect(readFileSync(file, 'utf8')).toMatch(/\b(it|test)(\.each|\()/);
});

const promised = rowsOf(between(page, '\n## What is protected', '\n## Who can do what'));
const promises = rowsOf(between(proofs, 'What [security]', 'What it promises of [approvals]'));

describe('what is protected', () => {
  it('is found', () => {
    expect(promises.length).toBeGreaterThanOrEqual(7);
    expect(promises.map(([promise]) => promise)).toEqual(promised.map(([promise]) => promise));
    for (const cells of [...promises, ...promised]) expect(cells).toHaveLength(2);
  });

  it.each(promises)('%s', (promise, shownBy = '') => {
    const named = [...shownBy.matchAll(/`([^`]+)`/g)].map(([, path = '']) => path);
    expect(named, `${promise} names a test`).not.toEqual([]);
    for (const path of named) {
      const all = testFiles(join(root, path));
      expect(all, `${path} holds tests`).not.toEqual([]);
      // What is skipped, or to be written, shows nothing.
      for (const file of all)
        expect(readFileSync(file, 'utf8'), file).not.toMatch(/\b(it|test|describe)\.(skip|todo|only)\b/);
    }
  });

  it.each(promises)('%s: shown by a test of that title', (promise = '', shownBy = '') => {
    const [title = '', path = ''] = SAID_BY[promise] ?? [];
    expect(title, 'a title').not.toBe('');
    expect(readFileSync(join(root, path), 'utf8')).toContain(`'${title}'`);
    const named = [...shownBy.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
    expect(
      named.some((name) => path.startsWith(name)),
      path,
    ).toBe(true);
  });
});

/** One test of each, by its title: renamed or taken away, the promise has to be looked at again. */
const SAID_BY: Readonly<Record<string, readonly [title: string, path: string]>> = {
  'What is deployed is what was built': [
    'are not served with %s',
    'test/unit/platforms/local/hardening.test.ts',
  ],
  'What is deployed is what was approved': [
    'refuses another model, and shows what differs',
    'test/unit/actions/deploy-endpoint/run.test.ts',
  ],
  'A green step means that the version serves': [
    'leaves the old version serving where the new one does not start',
    'test/platforms/target-suite.ts',
  ],
  'Nothing else is touched': [
    'leaves a candidate of another repository alone, in a teardown too',
    'test/unit/platforms/sagemaker/other-people.test.ts',
  ],
  'Secrets stay secret': ['whose endpoint repeats its headers in %s', 'test/e2e/secrets.test.ts'],
  'Files with credentials stay on the runner': [
    '%s: the line for .dockerignore keeps it out',
    'test/unit/core/archive/credentials.test.ts',
  ],
  'Foreign text cannot run or format anything': [
    'is no markup, no HTML and no mention',
    'test/unit/core/markdown.test.ts',
  ],
};

function testFiles(path: string): string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile())
    return /\b(it|test|describe)(\.each|\()/.test(readFileSync(path, 'utf8')) ? [path] : [];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join(path, name));
}
