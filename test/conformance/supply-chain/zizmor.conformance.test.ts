/** The workflows of this repository and of a release, as somebody looks at them who wants to break in. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { root } from '../../../scripts/lib/paths.ts';
import { layOut } from '../../../scripts/release-tree.ts';

const places = [process.env.ML_DEPLOY_ZIZMOR ?? '', join(root, 'build/conformance/venv-zizmor/bin/zizmor')];
const zizmor = places.find((path) => existsSync(path));
if (zizmor === undefined) {
  console.log('skipped: zizmor is not installed (test/conformance/beds/install-zizmor.sh)');
}

const temp = mkdtempSync(join(tmpdir(), 'ml-deploy-zizmor-'));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

/** What it finds in a folder, as `file: rule`. What is accepted stands in .github/zizmor.yml, with its reason. */
function findings(folder: string): string[] {
  const config = join(root, '.github/zizmor.yml');
  const args = ['--offline', '--strict-collection', '--format=json-v1', '--config', config, folder];
  const { stdout, stderr } = spawnSync(zizmor ?? '', args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (!stdout.startsWith('[')) throw new Error(stderr);
  const found = JSON.parse(stdout) as { ident: string; ignored: boolean; locations: unknown[] }[];
  return found
    .filter(({ ignored }) => !ignored)
    .map(({ ident, locations }) => `${ident}: ${JSON.stringify(locations[0]).slice(0, 300)}`);
}

describe.skipIf(zizmor === undefined)('zizmor finds nothing', () => {
  test('in the workflows, Dependabot and the actions of this repository', () => {
    expect(findings(join(root, '.github'))).toEqual([]);
    expect(findings(join(root, 'actions'))).toEqual([]);
  });

  test('in what a release holds', () => {
    const tree = join(temp, 'tree');
    layOut(tree);
    expect(findings(tree)).toEqual([]);
  });
});

test.skipIf(zizmor === undefined)('zizmor finds what is wrong on purpose', () => {
  const folder = join(temp, '.github/workflows');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'bad.yml'),
    [
      'on: issue_comment',
      'jobs:',
      '  bad:',
      '    runs-on: ubuntu-latest',
      '    steps:',
      '      - uses: actions/checkout@v5',
      '      - run: echo ${{ github.event.comment.body }}',
      '',
    ].join('\n'),
  );
  const rules = findings(join(temp, '.github')).map((finding) => finding.split(':')[0]);
  expect(rules).toEqual(
    expect.arrayContaining(['artipacked', 'dangerous-triggers', 'template-injection', 'unpinned-uses']),
  );
});
