/** The fake and a client in a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FakeAws } from '../../../fakes/aws/fake-aws.ts';

let aws: FakeAws;
beforeAll(async () => {
  aws = await FakeAws.start({ neighbours: 'none' });
});
afterAll(() => aws.close());

const start = () =>
  spawn(process.execPath, [join(import.meta.dirname, 'client-process.ts')], {
    env: { PATH: process.env.PATH, HOME: '/nonexistent', ...aws.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });

it('is found by every client through AWS_ENDPOINT_URL', async () => {
  expect(JSON.parse(await text(start().stdout))).toEqual({
    sagemaker: 'ok',
    runtime: 'ValidationError',
    scaling: 'ok',
    cloudwatch: 'ok',
    logs: 'ResourceNotFoundException',
    ecr: 'ok',
    iam: 'NoSuchEntityException',
    s3: 'NoSuchBucket',
    quotas: 'ok',
    sts: 'ok',
  });
});

it.each(['before', 'after'] as const)('can kill its client %s it acts', async (moment) => {
  aws.forget();
  const client = start();
  const ended = once(client, 'exit');
  aws.inject({
    on: 'application-autoscaling:DescribeScalableTargets',
    [moment]: async () => {
      client.kill('SIGKILL');
      await ended;
      return 'drop';
    },
  });
  expect(await ended).toEqual([null, 'SIGKILL']);
  expect(aws.names()).toEqual([
    'sagemaker:ListEndpoints',
    'sagemaker:InvokeEndpoint',
    'application-autoscaling:DescribeScalableTargets',
  ]);
  expect(aws.calls.at(-1)?.acted).toBe(moment === 'after');
});
