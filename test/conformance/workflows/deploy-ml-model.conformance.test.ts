/**
 * deploy-ml-model.yml -> deploy.yml -> the actions of the release tree, run by nektos/act. What act is not: it has no
 * permissions, no environments' protection, no concurrency and no OIDC, and third-party actions are stand-ins.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { missingAct, startActBed, type ActBed } from './act-bed.ts';

const missing = missingAct();
if (missing !== null) console.log(`skipped: workflows under act: ${missing}`);

const GREEN = { prepare: true, release: true };

describe.skipIf(missing !== null)('deploy-ml-model.yml under act', () => {
  let bed: ActBed;

  beforeAll(async () => {
    bed = await startActBed({ config: 'ml-deploy.yml' });
  });
  afterAll(async () => {
    await bed.close();
  });

  const newest = (environment: string) => {
    const path = join(bed.store, 'environments/acme/churn', environment, 'model.json');
    const { release } = JSON.parse(readFileSync(path, 'utf8')) as { release: string };
    return JSON.parse(readFileSync(join(bed.store, 'releases', `${release}.json`), 'utf8')) as {
      model: { digest: string };
      smoke: { passed: boolean };
    };
  };

  test('develop is released to dev by itself', async () => {
    const run = await bed.push('develop', 'v1');
    expect(run.exitCode, run.log.slice(-4000)).toBe(0);
    expect(newest('dev').smoke.passed).toBe(true);
    expect(run.jobs).toEqual({ ...GREEN, train: true });
    expect(run.log).toContain('Slack accepted the message');
  });

  test('staging is released from what dev verified, without a build', async () => {
    const run = await bed.push('staging', 'v2');
    expect(run.exitCode, run.log.slice(-4000)).toBe(0);
    expect(newest('staging').model.digest).toBe(newest('dev').model.digest);
    expect(run.jobs).toEqual(GREEN);
    expect(run.log).toContain('Slack accepted the message');
  });

  test('main stops at the gate, and goes on after two approvals', async () => {
    const run = await bed.people.approving(() => bed.push('main', 'v2'));
    expect(run.exitCode, run.log.slice(-4000)).toBe(0);
    expect(newest('prod').model.digest).toBe(newest('dev').model.digest);
    expect(run.jobs).toEqual({ ...GREEN, approve: true });
    expect(run.log).toContain('Slack accepted the message');
  });

  test('a broken model ends red, and dev’s newest release stays', async () => {
    const before = newest('dev');
    const run = await bed.push('develop', 'bad-swapped', { log: 'develop-broken' });
    expect(run.exitCode).toBe(1);
    expect(newest('dev')).toEqual(before);
    expect(run.jobs).toEqual({ ...GREEN, train: true, release: false });
    expect(run.log).toMatch(/Failure - Main Smoke-test the candidate/);
    expect(run.log).not.toMatch(/Run Main Promote it/);
    expect(run.log).toMatch(/Success - Main Remove the candidate that was refused/);
    expect(run.log).toContain('Slack accepted the message');
  });

  test('a pull request is packed, planned, served and tested on the runner, and nothing else', async () => {
    const run = await bed.pullRequest('feature', 'v2', { log: 'pull-request' });
    expect(run.exitCode, run.log.slice(-4000)).toBe(0);
    expect(run.jobs).toEqual({ train: true, verify: true });
    expect(run.log).toMatch(/Success - Main org\/ml-deploy\/smoke-test@v1/);
  });

  test('a pull request is held to the limits of the environment that its branch is for', async () => {
    const config = bed.repository.read('ml-deploy.yml');
    const strict = config.replace('    branch: develop\n', '$&    min-accuracy: 0.999\n');
    expect(strict).not.toBe(config);
    bed.repository.write('ml-deploy.yml', strict);
    const run = await bed.pullRequest('feature', 'v2', { log: 'pull-request-strict' });
    bed.repository.write('ml-deploy.yml', config);
    expect(run.exitCode).toBe(1);
    expect(run.log).toContain('Checked with the settings of dev.');
    expect(run.log).toMatch(/below the floor of 0\.999/);
  });

  test('a pull request with a broken model ends red', async () => {
    const run = await bed.pullRequest('feature', 'bad-accuracy', { log: 'pull-request-broken' });
    expect(run.exitCode).toBe(1);
    expect(run.jobs).toEqual({ train: true, verify: false });
    expect(run.log).toMatch(/Failure - Main org\/ml-deploy\/smoke-test@v1/);
  });
});
