/**
 * Without an artifact store that all jobs reach, the store of the workspace goes from job to job as an artifact of the run.
 * Every job has a workspace of its own here, as on GitHub: what is not handed on is not there.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { missingAct, startActBed, type ActBed } from './act-bed.ts';

const missing = missingAct();
if (missing !== null) console.log(`skipped: artifacts between jobs under act: ${missing}`);

const GREEN = { prepare: true, release: true };

describe.skipIf(missing !== null)('the store of the workspace under act', () => {
  let bed: ActBed;

  beforeAll(async () => {
    bed = await startActBed({ config: 'ml-deploy-artifacts.yml' });
  });
  afterAll(async () => {
    await bed.close();
  });

  test('a model of the training job is packed and planned in one job, and released in the next', async () => {
    const run = await bed.push('develop', 'v1', { log: 'artifacts' });
    expect(run.exitCode, run.log.slice(-6000)).toBe(0);
    expect(run.jobs).toEqual({ ...GREEN, train: true });
    const artifacts = join(bed.folder, 'artifacts', run.runId);
    expect(readdirSync(artifacts).sort()).toEqual([
      'ml-deploy-reports-dev-',
      'ml-deploy-store-dev-',
      'model',
    ]);
    expect(existsSync(bed.store)).toBe(false);
    expect(run.log).toMatch(/outcome=promoted/);
  });

  test('a path in the repository, by hand, on runners of one’s own', async () => {
    bed.repository.write('by-hand.yml', byHand(bed));
    bed.repository.commit('develop', 'by hand');
    const inputs = { environment: 'dev', 'config-file': 'by-hand.yml', 'runs-on': '["gpu"]' };
    const run = await bed.dispatch('deploy', 'develop', inputs, { log: 'artifacts-by-hand' });
    expect(run.exitCode, run.log.slice(-6000)).toBe(0);
    expect(run.jobs).toEqual(GREEN);
  });

  test('without what was handed on, the next job is red and says what is missing', async () => {
    const deploy = join(bed.tree, '.github/workflows/deploy.yml');
    const source = readFileSync(deploy, 'utf8');
    const without = source.replace(/ {6}- name: Store of the workspace\n(?: {8}.*\n)+/g, '');
    expect(without).not.toBe(source);
    writeFileSync(deploy, without);
    const inputs = { environment: 'dev', 'config-file': 'by-hand.yml' };
    const run = await bed.dispatch('deploy', 'develop', inputs, { log: 'artifacts-without' });
    expect(run.exitCode).toBe(1);
    expect(run.jobs).toEqual({ prepare: true, release: false });
  });
});

function byHand({ repository }: ActBed): string {
  const model = {
    'model-path': 'model/releases/v2/archive',
    'reference-path': 'model/releases/v2/reference.onnx',
  };
  return repository
    .read('ml-deploy.yml')
    .replace('defaults:\n', `defaults:\n  package-model: ${JSON.stringify(model)}\n`);
}
