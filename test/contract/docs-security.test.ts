/** Each promise of docs/security.md about approvals names a test, and that test is there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../../scripts/lib/paths.ts';

const page = readFileSync(join(root, 'docs/security.md'), 'utf8');
const approvals = page.slice(page.indexOf('\n## Approvals'), page.indexOf('\n## Who may roll back'));
const rows = approvals
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (---|Promise)/.test(line))
  .map((line) => line.split(' | '));

it('finds the promises', () => {
  expect(rows.length).toBeGreaterThan(5);
});

it.each(rows)('%s', (_, shownBy = '') => {
  const path = /`(test\/[^`]+\.test\.ts)`/.exec(shownBy)?.[1];
  expect(path, 'names a test').toBeDefined();
  const file = join(root, path ?? '');
  expect(existsSync(file), `${path} exists`).toBe(true);
  expect(readFileSync(file, 'utf8')).toMatch(/\b(it|test)(\.each|\()/);
});
