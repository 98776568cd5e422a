/**
 * Each action that calls AWS, as a runner starts it, without credentials, with wrong ones and with expired ones: the same
 * sentence from every service, the link to its page, and nothing changed.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { root } from '../../scripts/lib/paths.ts';
import { runAction, type ActionRun } from '../../scripts/lib/runner-protocol.ts';
import type { Call } from '../fakes/aws/calls.ts';
import { AwsError } from '../fakes/aws/errors.ts';
import { FakeAws } from '../fakes/aws/fake-aws.ts';
import { expired } from '../fakes/aws/sessions.ts';

let aws: FakeAws;
const work = mkdtempSync(join(tmpdir(), 'ml-deploy-credentials-'));
const target = { target: 'sagemaker', 'endpoint-name': 'churn' };
const ACTIONS: Readonly<Record<string, readonly [action: string, inputs: Record<string, string>]>> = {
  rollback: ['deploy-endpoint', { ...target, command: 'rollback' }],
  plan: [
    'deploy-endpoint',
    {
      ...target,
      command: 'plan',
      'execution-role-arn': 'arn:aws:iam::123456789012:role/execution',
      'image-uri': `123456789012.dkr.ecr.eu-west-1.amazonaws.com/churn@sha256:${'a'.repeat(64)}`,
      'instance-type': 'ml.m5.large',
      'model-data-url': 's3://models/churn/model.tar.gz',
    },
  ],
  package: [
    'package-model',
    { 'model-path': join(root, 'model/releases/v1/archive'), destination: 's3://models/churn' },
  ],
  push: ['push-image', { repository: 'churn', context: join(work, 'image') }],
  smoke: ['smoke-test', { ...target, cases: 'cases.json' }],
};

beforeAll(async () => {
  aws = await FakeAws.start();
  aws.addBucket('models');
  mkdirSync(join(work, 'image'));
  writeFileSync(join(work, 'image/Dockerfile'), 'FROM scratch\n');
  writeFileSync(join(work, 'cases.json'), '{"instances":[[1]]}');
});
afterAll(async () => {
  await aws.close();
  rmSync(work, { recursive: true, force: true });
});
beforeEach(() => aws.forget());

function run(name: string, more: Record<string, string> = {}): Promise<ActionRun> {
  const [action, inputs] = ACTIONS[name]!;
  const env = { ...aws.env, HOME: work, GITHUB_WORKSPACE: work, RUNNER_TEMP: join(work, 'temp'), ...more };
  return runAction(action, { inputs, env });
}

/** The codes and statuses of each service: published-errors.ts says where they were read. */
const refusals = {
  wrong: ({ service }: Call) => {
    if (service === 's3') {
      const said = 'The AWS Access Key Id you provided does not exist in our records.';
      return new AwsError('InvalidAccessKeyId', said, 403);
    }
    const said = 'The security token included in the request is invalid.';
    const isQuery = service === 'sts' || service === 'iam';
    return isQuery
      ? new AwsError('InvalidClientTokenId', said, 403)
      : new AwsError('UnrecognizedClientException', said, 400);
  },
  expired,
};

function expectSaid(step: ActionRun, sentence: string): void {
  expect(step.exitCode, step.log).toBe(1);
  expect(step.error).toMatch(new RegExp(`^${sentence.replaceAll('.', '\\.')} \\([a-z0-9-]+:[A-Za-z]+`));
  expect(step.summary).toContain('/docs/failures/credentials.md)');
  expect(aws.calls.filter(({ acted }) => acted)).toEqual([]);
}

describe.each(Object.keys(ACTIONS))('%s', (name) => {
  it('without credentials', async () => {
    const step = await run(name, { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' });
    expectSaid(
      step,
      'There are no AWS credentials. Run aws-actions/configure-aws-credentials in this job before this step.',
    );
    expect(aws.calls).toEqual([]);
  });

  it('with wrong credentials', async () => {
    aws.inject({ times: Infinity, before: refusals.wrong });
    expectSaid(
      await run(name),
      'AWS does not accept the credentials of this job. Check the role or the keys that aws-actions/configure-aws-credentials gets.',
    );
  });

  it('with expired credentials', async () => {
    aws.inject({ times: Infinity, before: refusals.expired });
    expectSaid(
      await run(name),
      'The AWS credentials have expired. Request them again in this job, or raise role-duration-seconds.',
    );
  });
});
