/**
 * A caller that pins a release by its SHA, while `v1` has moved on to something else: not a byte of that runs. act does not
 * know `$/`, so the release runs as a copy in which it is rewritten to the SHA that it stands for.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { layOutForServer } from '../../../scripts/release-tree.ts';
import { missingAct, repositoryPayload } from './act-bed.ts';
import { runAct } from './act.ts';
import { makeRepository } from './user-repository.ts';

const missing = missingAct();
if (missing !== null) console.log(`skipped: a caller that pins a SHA, under act: ${missing}`);

const SHA = '5eed'.padEnd(40, '0');
const SECRET = 'This is what v1 points to by now.';

describe.skipIf(missing !== null)('a caller at a SHA', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ml-deploy-pinned-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const pinned = join(folder, 'pinned');
  const decoy = join(folder, 'decoy');

  test('runs that commit alone, and a caller at v1 runs the other', async () => {
    layOutForServer(pinned, `org/ml-deploy@${SHA}`);
    layOutDecoy(decoy);
    const run = await runWith(`org/ml-deploy/.github/workflows/verify.yml@${SHA}`);
    expect(run.exitCode, run.log.slice(-4000)).toBe(0);
    expect(run.jobs).toEqual({ verify: true });
    expect(run.log).not.toContain(SECRET);
    expect(run.log).not.toContain('org/ml-deploy/smoke-test@v1');
    const moved = await runWith('org/ml-deploy/.github/workflows/verify.yml@v1');
    expect(moved.log).toContain(SECRET);
  });

  async function runWith(uses: string) {
    const place = mkdtempSync(join(folder, 'caller-'));
    const store = pathToFileURL(join(place, 'store')).href;
    const config = readFileSync(join(import.meta.dirname, 'ml-deploy.yml'), 'utf8').replaceAll(
      '@STORE@',
      store,
    );
    const repository = makeRepository(join(place, 'repository'), config);
    repository.write('.github/workflows/check.yml', callerOf(uses));
    repository.commit('main', 'A caller');
    const payload = { ref: 'refs/heads/main', repository: repositoryPayload() };
    const start = { workflow: 'check', event: 'push', payload, actor: 'olga', runId: '7' };
    return runAct(
      { ...start, env: {}, secrets: { GITHUB_TOKEN: 'no-token' }, vars: {} },
      { folder: place, repository: repository.path, tree: decoy, at: { [`org/ml-deploy@${SHA}`]: pinned } },
    );
  }
});

function callerOf(uses: string): string {
  return `on: push
jobs:
  check:
    uses: ${uses}
    with:
      model-path: model/releases/v1/archive
      reference-path: model/releases/v1/reference.onnx
`;
}

/** A release in which every action says that it runs. */
function layOutDecoy(out: string): void {
  layOutForServer(out, 'org/ml-deploy@v1');
  const telling = `console.log(${JSON.stringify(SECRET)});\nprocess.exit(1);\n`;
  for (const name of readdirSync(join(out, 'dist'))) {
    if (name !== 'package.json') writeFileSync(join(out, 'dist', name, 'index.js'), telling);
  }
}
