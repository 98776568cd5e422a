/** `promote-from` of ml-deploy.yml. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { UserError } from '../../../../src/core/errors.ts';
import type { ReleaseRecord } from '../../../../src/documents/release-record.ts';
import { recordEvidence } from '../../../../src/core/smoke/release-store.ts';
import { openStore } from '../../../../src/stores/open-store.ts';
import { ENDPOINT } from '../../../platforms/target-suite.ts';
import { Bench, type RunOptions } from './bench.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.bed.dispose());

const EVIDENCE = {
  passed: true,
  reportDigest: 'e'.repeat(64),
  subject: 'live',
  compared: 10,
  mismatches: 0,
  maxAbsDiff: 0,
  accuracy: null,
  p95Ms: 3,
};
/** What a smoke test in the environment would put out. */
const tested = async (environment: string, command = 'deploy', passed = true): Promise<string> => {
  const { path } = await bench.release('one');
  const { outputs, error } = await bench.run({ release: path, environment, command });
  expect(error).toBeNull();
  return evidence(outputs['release-digest'] ?? '', passed);
};
const evidence = async (release: string, passed = true): Promise<string> => {
  const store = await openStore(bench.storeUrl);
  const at = bench.bed.ports.clock.now().toISOString();
  return (await recordEvidence(store, release, { ...EVIDENCE, passed }, at))?.digest ?? '';
};
const toProd = (release: string, more: Record<string, string> = {}, options: RunOptions = {}) =>
  bench.run(
    { release, environment: 'prod', 'artifact-store': bench.storeUrl, 'endpoint-name': 'prod', ...more },
    { promoteFrom: 'staging', ...options },
  );
const refuses = async (release: string, message: RegExp, more: Record<string, string> = {}) => {
  const untouched = { target: () => Promise.reject(new Error('must not be asked')) as never };
  const { error } = await toProd(release, more, {
    target: (target) => ({ ...target, plan: untouched.target }),
  });
  expect(error).toBeInstanceOf(UserError);
  expect(error?.message).toMatch(message);
  expect(error?.message).toContain(
    'prod accepts only what staging has verified (promote-from in ml-deploy.yml).',
  );
  expect((await bench.bed.target.describe('prod')).status).toBe('absent');
};

it('takes what the environment before has deployed and tested', async () => {
  const { outputs, error } = await toProd(await tested('staging'));
  expect(error).toBeNull();
  expect(outputs.outcome).toBe('deployed');
});

it('takes what was released here before, since that continues the record of the environment before', async () => {
  const first = await toProd(await tested('staging'));
  const again = await evidence(first.outputs['release-digest'] ?? '');
  expect((await toProd(again)).error).toBeNull();
});

it('refuses what was packed only', async () => {
  const { digest } = await bench.release('one');
  await refuses(digest, /was deployed to no environment, not to staging/);
});

it('refuses what was verified in another environment', async () => {
  await refuses(await tested('dev'), /was deployed to dev, not to staging/);
});

it('refuses what was deployed there and never tested', async () => {
  const { path } = await bench.release('one');
  const { outputs } = await bench.run({ release: path, environment: 'staging' });
  await refuses(outputs['release-digest'] ?? '', /has no passed smoke test in staging/);
});

it('refuses what failed there, although it passed earlier', async () => {
  const passed = await tested('staging');
  await refuses(await evidence(passed, false), /has no passed smoke test in staging/);
});

it('refuses what was only staged there', async () => {
  await refuses(await tested('staging', 'stage'), /its outcome there is staged/);
});

it('refuses another model on the evidence of this one', async () => {
  const parent = await tested('staging');
  const record = await bench.record(`${bench.workspace}/store/releases/${parent}.json`);
  const forged: ReleaseRecord = {
    ...record,
    model: { ...record.model, digest: 'd'.repeat(64) },
    deployment: null,
    smoke: null,
    parent,
  };
  const store = await openStore(bench.storeUrl);
  await refuses(await store.record(forged), /was deployed to no environment, not to staging/);
});

it('refuses another image than the one that was tested', async () => {
  const image = `registry.example/churn@sha256:${'1'.repeat(64)}`;
  await refuses(await tested('staging'), /"registry.example.*is not the image of the release \(none\)/, {
    'image-uri': image,
  });
});

it('refuses an archive by URL, which was verified nowhere, before anything is asked', async () => {
  const { error } = await bench.run(
    { ...bench.model('one'), environment: 'prod' },
    { promoteFrom: 'staging' },
  );
  expect(error?.message).toMatch(
    /model-data-url: ".*" is not a release record, and prod accepts only what staging/,
  );
});

it.each(['plan', 'stage', 'promote'])('holds for %s too', async (command) => {
  await refuses((await bench.release('one')).digest, /not to staging/, { command });
});

it('does not stand in the way of a discard or a rollback', async () => {
  const { digest } = await bench.release('one');
  expect((await toProd(digest, { command: 'discard' })).outputs.outcome).toBe('discarded');
  await bench.run(bench.model('one'));
  await bench.run(bench.model('two'));
  const back = await bench.run({ command: 'rollback', environment: 'prod' }, { promoteFrom: 'staging' });
  expect(back.outputs.outcome).toBe('rolled-back');
  expect((await bench.bed.target.describe(ENDPOINT)).status).toBe('serving');
});
