/**
 * The hosts of docs/runners.md. Those of AWS are the services of the policies in docs/iam, which iam.test.ts and
 * iam-lambda.test.ts hold against every call, by the names that the SDK itself gives them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2';
import { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { ECR } from '@aws-sdk/client-ecr';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { IAM } from '@aws-sdk/client-iam';
import { Lambda } from '@aws-sdk/client-lambda';
import { S3 } from '@aws-sdk/client-s3';
import { SageMaker } from '@aws-sdk/client-sagemaker';
import { SageMakerRuntime } from '@aws-sdk/client-sagemaker-runtime';
import { ServiceQuotas } from '@aws-sdk/client-service-quotas';
import { STS } from '@aws-sdk/client-sts';
import { WebClient } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/lib/paths.ts';
import { readPage } from './docs-pages.ts';

const REGION = 'eu-central-1';
const at = { region: REGION };

interface Resolves {
  readonly config: { readonly endpointProvider: (asked: never) => { readonly url: URL } };
}

/** By the prefix of an action in a policy. */
const CLIENTS: Readonly<Record<string, Resolves>> = {
  apigateway: new ApiGatewayV2(at),
  'application-autoscaling': new ApplicationAutoScaling(at),
  cloudwatch: new CloudWatch(at),
  ecr: new ECR(at),
  events: new EventBridge(at),
  iam: new IAM(at),
  lambda: new Lambda(at),
  logs: new CloudWatchLogs(at),
  s3: new S3(at),
  sagemaker: new SageMaker(at),
  'sagemaker-runtime': new SageMakerRuntime(at),
  servicequotas: new ServiceQuotas(at),
  sts: new STS(at),
};
/** Asked by AWS's services themselves, with the role of the job. */
const ASKED_BY_OTHERS = ['kms'];

function hostOf(service: string): string {
  const asked = { Region: REGION, ...(service === 's3' ? { Bucket: 'BUCKET' } : {}) };
  // A bucket with capitals would be a path: the name is put in afterwards.
  const { url } = CLIENTS[service]!.config.endpointProvider({
    ...asked,
    ...(service === 's3' ? { Bucket: 'bucket' } : {}),
  } as never);
  return url.hostname.replace(/^bucket\./, 'BUCKET.').replace(REGION, 'REGION');
}

/** The services that a policy lets a job ask. */
function servicesOf(policy: string): string[] {
  const { Statement } = JSON.parse(readFileSync(join(root, 'docs/iam', `${policy}.json`), 'utf8')) as {
    Statement: { Action: string | string[] }[];
  };
  const actions = Statement.flatMap(({ Action }) => Action);
  return actions
    .map((action) =>
      action.startsWith('sagemaker:InvokeEndpoint') ? 'sagemaker-runtime' : action.split(':')[0],
    )
    .filter((service): service is string => service !== undefined && !ASKED_BY_OTHERS.includes(service));
}

const rows = new Map(
  readPage('docs/runners.md')
    .text.split('\n')
    .filter((line) => /^\| (package|push|deploy|smoke|approve|notify)-/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, action = '', hosts = '']) => [
      action,
      [...hosts.matchAll(/`([\w.-]+\.[\w.-]+)`/g)].map(([, host = '']) => host),
    ]),
);

describe('docs/runners.md', () => {
  it.each([
    ['package-model', ['package-model'], []],
    ['push-image, to ECR', ['push-image-ecr'], ['ACCOUNT.dkr.ecr.REGION.amazonaws.com']],
    ['deploy-endpoint, `target: sagemaker` and `terraform`', ['deploy-plan', 'deploy', 'rollback'], ['sts']],
    [
      'deploy-endpoint, `target: lambda`',
      ['lambda/deploy-plan', 'lambda/deploy', 'lambda/rollback'],
      ['sts'],
    ],
    ['smoke-test, `target: sagemaker`', ['smoke', 'smoke-target'], ['sts']],
    ['smoke-test, `target: lambda`', ['lambda/smoke-target'], ['sts']],
  ])('names the hosts of %s, and no other', (action, policies, more) => {
    const services = new Set(policies.flatMap(servicesOf));
    const asked = [...services].map(hostOf);
    const others = more.map((one) => (one in CLIENTS ? hostOf(one) : one));
    expect([...(rows.get(action) ?? [])].toSorted()).toEqual([...asked, ...others].toSorted());
  });

  it('names where Slack and GitHub are asked', () => {
    expect(rows.get('notify-slack')).toEqual([
      new URL(new WebClient().slackApiUrl).hostname,
      'hooks.slack.com',
    ]);
    const [host] = rows.get('approve-gate') ?? [];
    const context = readFileSync(join(root, 'src/runner/context.ts'), 'utf8');
    expect(context).toContain(`'https://${host}'`);
  });

  it('has a row for each action', () => {
    expect(new Set([...rows.keys()].map((action) => action.split(',')[0]))).toEqual(
      new Set([
        'package-model',
        'push-image',
        'deploy-endpoint',
        'smoke-test',
        'approve-gate',
        'notify-slack',
      ]),
    );
  });
});
