/**
 * deploy-ml-model.yml -> deploy.yml -> the actions of the release tree, run by nektos/act. What act is not: it has no
 * permissions, no environments' protection, no concurrency and no OIDC, and third-party actions are stand-ins.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../../scripts/lib/paths.ts';
import { missingAct, startActBed, type ActBed, type WorkflowRun } from './act-bed.ts';

const missing = missingAct();
if (missing !== null) console.log(`skipped: workflows under act: ${missing}`);

const logs = join(root, 'build/conformance/workflow-logs');

function keepLog(name: string, { log }: WorkflowRun): void {
  mkdirSync(logs, { recursive: true });
  writeFileSync(join(logs, `${name}.log`), log);
}

/** The jobs that ran, and whether each succeeded; a skipped one does not stand in the log. */
function jobsOf({ log }: WorkflowRun): Record<string, boolean> {
  const ends = log.matchAll(/^\[([\w-]+)\s*\].*Job (succeeded|failed)$/gm);
  return Object.fromEntries([...ends].map(([, job = '', end]) => [job, end === 'succeeded']));
}

const GREEN = { resolve: true, plan: true, release: true, notify: true };

describe.skipIf(missing !== null)('deploy-ml-model.yml under act', () => {
  let bed: ActBed;

  beforeAll(async () => {
    bed = await startActBed();
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
    keepLog('develop', run);
    expect(run.exitCode, run.log.slice(-4000)).toBe(0);
    expect(newest('dev').smoke.passed).toBe(true);
    expect(jobsOf(run)).toEqual({ ...GREEN, train: true, package: true });
    expect(run.log).toContain('Slack took the message');
  });

  test('staging is released from what dev verified, without a build', async () => {
    const run = await bed.push('staging', 'v2');
    keepLog('staging', run);
    expect(run.exitCode, run.log.slice(-4000)).toBe(0);
    expect(newest('staging').model.digest).toBe(newest('dev').model.digest);
    expect(jobsOf(run)).toEqual({ ...GREEN, train: true });
    expect(run.log).toContain('Slack took the message');
  });

  test('main stops at the gate, and goes on after two approvals', async () => {
    const stop = new AbortController();
    const approvals = bed.beds.approveNextIssue(stop.signal);
    const run = await bed.push('main', 'v2');
    stop.abort();
    await approvals;
    keepLog('main', run);
    expect(run.exitCode, run.log.slice(-4000)).toBe(0);
    expect(newest('prod').model.digest).toBe(newest('dev').model.digest);
    expect(jobsOf(run)).toEqual({ ...GREEN, train: true, approve: true });
    expect(run.log).toContain('Slack took the message');
  });

  test('a broken model ends red, and dev’s newest release stays', async () => {
    const before = newest('dev');
    const run = await bed.push('develop', 'bad-swapped');
    keepLog('develop-broken', run);
    expect(run.exitCode).toBe(1);
    expect(newest('dev')).toEqual(before);
    expect(jobsOf(run)).toEqual({ ...GREEN, train: true, package: true, release: false });
    expect(run.log).toMatch(/Failure - Main Smoke-test the candidate/);
    expect(run.log).not.toMatch(/Run Main Promote it/);
    expect(run.log).toMatch(/Success - Main Remove the candidate that was refused/);
    expect(run.log).toContain('Slack took the message');
  });

  test('a pull request is packed, planned, served and tested on the runner, and nothing else', async () => {
    const run = await bed.pullRequest('feature', 'v2');
    keepLog('pull-request', run);
    expect(run.exitCode, run.log.slice(-4000)).toBe(0);
    expect(jobsOf(run)).toEqual({ train: true, verify: true });
    expect(run.log).toMatch(/Success - Main org\/ml-deploy\/smoke-test@v1/);
  });

  test('a pull request with a broken model ends red', async () => {
    const run = await bed.pullRequest('feature', 'bad-accuracy');
    expect(run.exitCode).toBe(1);
    expect(jobsOf(run)).toEqual({ train: true, verify: false });
    expect(run.log).toMatch(/Failure - Main org\/ml-deploy\/smoke-test@v1/);
  });
});
