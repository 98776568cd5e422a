/**
 * A6: a release whose session ends between stage and promote, and in the middle of the promotion, through the built bundle:
 * with an OIDC service and an STS that give out another, and without.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { root } from '../../scripts/lib/paths.ts';
import { runAction, type ActionRun } from '../../scripts/lib/runner-protocol.ts';
import { FakeAws, type FakeAwsOptions } from '../fakes/aws/fake-aws.ts';
import type { Snapshot } from '../fakes/aws/snapshot.ts';
import { startOidc, type FakeOidc } from '../fakes/oidc.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const where = { target: 'sagemaker', 'endpoint-name': 'churn' };
/** 95 minutes of waits. */
const slow = {
  strategy: 'linear',
  'step-percent': '10',
  'bake-minutes': '10',
  'timeout-minutes': '480',
};
let aws: FakeAws;
let oidc: FakeOidc;
let role: string;
let work: string;
let place: Record<string, string>;
let releases: readonly string[];
/** With the first release; each test goes on from there. */
let account: Snapshot;

// The fake's minutes pass with its calls, the machine's do not. A day behind it, each session is about to end in the eyes of
// the bundle, which asks for another each time; when it does so by a clock is for renewal.test.ts.
const startAws = (options: FakeAwsOptions = {}) =>
  FakeAws.start({
    start: new Date(Date.now() - DAY).toISOString(),
    perCall: { on: /:Describe/, milliseconds: MINUTE },
    ...options,
  });

beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'ml-deploy-renewal-'));
  aws = await startAws();
  role = aws.addRole('deployer');
  aws.addBucket('models');
  const image = aws.pushImage('churn-serving', 'v1');
  aws.quotas.endpointInstances.set('ml.m5.large', 40);
  place = {
    ...where,
    'execution-role-arn': aws.addRole('execution'),
    'image-uri': image.uri.replace(/:v1$/, `@${image.digest}`),
    'instance-type': 'ml.m5.large',
    'initial-instance-count': '10',
  };
  releases = [await packaged('v1'), await packaged('v2')];
  const first = await act('deploy', 0);
  expect(first.exitCode, first.log).toBe(0);
  // Nothing is under way then.
  aws.advance(HOUR);
  account = aws.snapshot();
  await aws.close();
});
beforeEach(async () => {
  aws = await startAws({ from: account });
  oidc = await startOidc((token) => void aws.sessions.tokens.add(token));
  // From here on there is nothing to do but to look: ten looks are an hour.
  const pass = () => {
    aws.perCall = { on: /:DescribeEndpoint$/, milliseconds: HOUR / 10 };
    return undefined;
  };
  aws.inject({ on: 'sagemaker:UpdateEndpoint', before: pass });
});
afterEach(async () => {
  await oidc.close();
  await aws.close();
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

const base = () => ({
  ...aws.env,
  HOME: work,
  GITHUB_REPOSITORY: 'acme/churn',
  GITHUB_WORKSPACE: work,
  RUNNER_TEMP: join(work, 'temp'),
  ML_DEPLOY_POLL_SECONDS: '0',
});

async function packaged(name: string): Promise<string> {
  const run = await runAction('package-model', {
    inputs: { 'model-path': join(root, `model/releases/${name}/archive`), destination: 's3://models/churn' },
    env: base(),
  });
  expect(run.exitCode, run.log).toBe(0);
  return run.outputs['release-record'] ?? '';
}

function act(command: string, version: 0 | 1, env: Record<string, string> = {}): Promise<ActionRun> {
  const inputs = { ...place, ...(version === 1 ? slow : {}), command, release: releases[version] ?? '' };
  return runAction('deploy-endpoint', { inputs, env: { ...base(), ...env } });
}

/** A job that has signed in, and may have a token of OIDC. */
const renewable = () => ({ ...aws.sessions.signIn(role), ...oidc.env, ML_DEPLOY_AWS_ROLE_ARN: role });

/** With the third look at the update that is under way. */
function endInTheMiddle(): void {
  let looks = 0;
  aws.inject({
    on: 'sagemaker:DescribeEndpoint',
    times: Infinity,
    where: () => aws.names().includes('sagemaker:UpdateEndpoint'),
    before: () => {
      looks += 1;
      if (looks === 3) aws.sessions.endAll();
      return undefined;
    },
  });
}

describe('A6 a release whose session ends', () => {
  test('between stage and promote: goes on, and nothing that is secret is in the log', async () => {
    const job = renewable();
    const planned = await act('plan', 1, job);
    expect(planned.log).not.toContain('Set ML_DEPLOY_AWS_ROLE_ARN');
    const staged = await act('stage', 1, job);
    expect([staged.exitCode, staged.outputs.outcome], staged.log).toEqual([0, 'staged']);
    aws.sessions.endAll();
    const promoted = await act('promote', 1, job);
    expect([promoted.exitCode, promoted.outputs.outcome], promoted.log).toEqual([0, 'promoted']);
    expect(promoted.log).toContain(`Requested AWS credentials of ${role} until`);
    expect(new Set(oidc.audiences)).toEqual(new Set(['sts.amazonaws.com']));
    const shown = promoted.log.replaceAll(/^::add-mask::.*$/gm, '');
    expect(shown).not.toMatch(/secret-of-|token-of-|id-token-\d|request-token-of/);
  });

  test('in the middle of the promotion, with renewal impossible: the plan warned, the message says what to do, the re-run finishes', async () => {
    const job = () => aws.sessions.signIn(role);
    const plan = await act('plan', 1, job());
    expect(plan.log).toMatch(
      /::warning::.*the AWS credentials of the job last 60\. Set ML_DEPLOY_AWS_ROLE_ARN/,
    );
    const staged = await act('stage', 1, job());
    expect(staged.exitCode, staged.log).toBe(0);
    aws.calls.length = 0;
    endInTheMiddle();
    const cut = await act('promote', 1, job());
    expect(cut.exitCode).toBe(1);
    expect(cut.error).toMatch(/^The AWS credentials have expired\. Request them again in this job, or raise/);
    expect(cut.summary).toContain('/docs/failures/credentials.md)');
    // As long as the warning says that it has to be.
    const again = await act('promote', 1, aws.sessions.signIn(role, 3 * 3600));
    expect([again.exitCode, again.outputs.outcome], again.log).toEqual([0, 'promoted']);
  });

  test('with an OIDC service that is down: the step says so, and goes on while its session lasts', async () => {
    oidc.down = true;
    aws.roles.delete('deployer');
    const plan = await act('plan', 1, renewable());
    expect([plan.exitCode, plan.outputs.outcome], plan.log).toEqual([0, 'planned']);
    expect(plan.log).toMatch(/::warning::The AWS credentials of this job could not be renewed: /);
  });
});
