import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createModelRegistry } from '../../../../src/adapters/model-registry/model-registry.ts';
import { CancelledError, UpstreamError } from '../../../../src/core/errors.ts';
import type { ModelToRegister } from '../../../../src/core/model-registry.ts';
import { FakeClock } from '../../../fakes/clock.ts';
import { fakeContext } from '../../../fakes/ports.ts';

const DIGEST = 'd'.repeat(64);
const arn = (version: number) => `arn:aws:sagemaker:eu-central-1:123456789012:model-package/churn/${version}`;

interface Answer {
  readonly status?: number;
  readonly body: object;
}

let server: Server;
let asked: { operation: string; input: Record<string, unknown> }[];
/** By operation; where there are several, one after the other, and the last one again. */
let answers: Record<string, Answer[]>;
const refusal = (__type: string, message: string): Answer => ({ status: 400, body: { __type, message } });
const missing = refusal('ValidationException', 'ModelPackageGroup churn does not exist.');

beforeEach(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  asked = [];
  answers = {
    CreateModelPackage: [{ body: { ModelPackageArn: arn(1) } }],
    DescribeModelPackage: [{ body: { ModelPackageArn: arn(1), ModelPackageStatus: 'Completed' } }],
  };
  server = createServer((request, response) => {
    void text(request).then((body) => {
      const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
      asked.push({ operation, input: JSON.parse(body) as Record<string, unknown> });
      const queue = answers[operation] ?? [];
      const answer = queue.length > 1 ? queue.shift() : queue[0];
      response.writeHead(answer?.status ?? 200, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify(answer?.body ?? {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterEach(() => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

const model: ModelToRegister = {
  group: 'churn',
  digest: DIGEST,
  url: 's3://b/models/x/model.tar.gz',
  compressed: true,
  framework: 'sklearn',
  frameworkVersion: '1.4.2',
  release: 'e'.repeat(64),
  tags: new Map([['team', 'churn']]),
  context: fakeContext,
};
const register = (
  changes: Partial<ModelToRegister> = {},
  options: { region?: null; signal?: AbortSignal } = {},
) =>
  createModelRegistry({
    region: 'eu-central-1',
    clock: new FakeClock(),
    signal: new AbortController().signal,
    pollMs: null,
    ...options,
  }).register({ ...model, ...changes });
const errorOf = (promise: Promise<unknown>) =>
  promise.then(
    () => new Error('nothing was thrown'),
    (error: unknown) => error as Error,
  );
const operations = () => asked.map(({ operation }) => operation);
const inputOf = (operation: string) => asked.find((call) => call.operation === operation)?.input;

describe('a model', () => {
  it('is a version of a group that is made for it, with its tags', async () => {
    answers.DescribeModelPackageGroup = [missing];
    expect(await register()).toEqual({ arn: arn(1), reused: false, approval: 'PendingManualApproval' });
    expect(inputOf('CreateModelPackageGroup')).toEqual({
      ModelPackageGroupName: 'churn',
      Tags: [{ Key: 'team', Value: 'churn' }],
    });
    expect(inputOf('CreateModelPackage')).toMatchObject({
      ModelPackageGroupName: 'churn',
      ModelApprovalStatus: 'PendingManualApproval',
      InferenceSpecification: { Containers: [{ ModelDataUrl: model.url, Framework: 'SKLEARN' }] },
      CustomerMetadataProperties: { 'ml-deploy:model-digest': DIGEST, 'ml-deploy:release': model.release },
    });
    expect(operations()).not.toContain('ListModelPackages');
  });

  it('of files by themselves is named as such', async () => {
    await register({ compressed: false, url: 's3://b/models/x/files/' });
    expect(inputOf('CreateModelPackage')).toMatchObject({
      InferenceSpecification: {
        Containers: [
          { ModelDataSource: { S3DataSource: { S3DataType: 'S3Prefix', CompressionType: 'None' } } },
        ],
      },
    });
  });

  it('is found again by its digest, on any page, but not where its registration failed', async () => {
    const summary = (version: number) => ({ ModelPackageArn: arn(version) });
    const version = (number: number, digest: string, ModelPackageStatus: string) => ({
      body: {
        ModelPackageArn: arn(number),
        ModelPackageStatus,
        ModelApprovalStatus: 'Approved',
        CustomerMetadataProperties: { 'ml-deploy:model-digest': digest },
      },
    });
    answers.ListModelPackages = [
      { body: { ModelPackageSummaryList: [summary(3)], NextToken: 'more' } },
      { body: { ModelPackageSummaryList: [summary(2)] } },
    ];
    answers.DescribeModelPackage = [version(3, DIGEST, 'Failed'), version(2, DIGEST, 'Completed')];
    expect(await register()).toEqual({ arn: arn(2), reused: true, approval: 'Approved' });
    expect(operations()).not.toContain('CreateModelPackage');
  });

  it('may be registered while another run makes the group', async () => {
    answers.DescribeModelPackageGroup = [missing];
    answers.CreateModelPackageGroup = [refusal('ConflictException', 'Group churn already exists.')];
    answers.ListModelPackages = [{ body: {} }];
    expect(await register()).toMatchObject({ arn: arn(1), reused: false });
  });

  it('is waited for, and its failure is told with what SageMaker says', async () => {
    const state = (ModelPackageStatus: string) => ({
      body: {
        ModelPackageArn: arn(1),
        ModelPackageStatus,
        ModelPackageStatusDetails: {
          ValidationStatuses: [{ Name: 'x', Status: 'Failed', FailureReason: 'no such image' }],
        },
      },
    });
    answers.DescribeModelPackage = [state('Pending'), state('InProgress'), state('Failed')];
    const error = await errorOf(register());
    expect(error).toBeInstanceOf(UpstreamError);
    expect(error).toMatchObject({
      message: `The registration of ${arn(1)} failed.`,
      detail: expect.stringContaining('no such image') as string,
    });
    answers.DescribeModelPackage = [state('InProgress')];
    expect((await errorOf(register())).message).toContain('still not complete after 2 minutes');
  });
});

describe('an error', () => {
  it.each([
    ['DescribeModelPackageGroup', 'sagemaker:DescribeModelPackageGroup'],
    ['ListModelPackages', 'sagemaker:ListModelPackages'],
    ['CreateModelPackage', 'sagemaker:CreateModelPackage'],
    ['DescribeModelPackage', 'sagemaker:DescribeModelPackage'],
  ])('of %s names the permission and where it stands', async (operation, permission) => {
    answers[operation] = [refusal('AccessDeniedException', 'no')];
    const error = await errorOf(register());
    expect(error).toBeInstanceOf(UpstreamError);
    expect(error.message).toContain(`do not allow ${permission}. Add the permission`);
    expect(error.message).toContain('see docs/iam/package-model.md');
    expect(error.cause).toBeInstanceOf(Error);
  });

  it('names the permission that SageMaker names, which may be another one', async () => {
    answers.DescribeModelPackageGroup = [missing];
    answers.CreateModelPackageGroup = [
      refusal(
        'AccessDeniedException',
        'User x is not authorized to perform: sagemaker:AddTags on resource: y',
      ),
    ];
    expect((await errorOf(register())).message).toContain('do not allow sagemaker:AddTags.');
  });

  it('of the credentials says what to run', async () => {
    answers.DescribeModelPackageGroup = [refusal('ExpiredTokenException', 'The token has expired')];
    expect((await errorOf(register())).message).toMatch(/^The AWS credentials have expired\. /);
  });

  it('of anything else is SageMaker’s own', async () => {
    answers.CreateModelPackage = [refusal('ResourceLimitExceeded', 'too many')];
    const error = await errorOf(register());
    expect(error).toBeInstanceOf(UpstreamError);
    expect(error.message).toContain(
      'AWS refused the request. (sagemaker:CreateModelPackage on churn: ResourceLimitExceeded: too many)',
    );
  });

  it('of a region that is not known says what to set', async () => {
    for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION']) vi.stubEnv(name, undefined);
    vi.stubEnv('AWS_CONFIG_FILE', '/nowhere');
    const error = await errorOf(register({}, { region: null }));
    expect(error).toBeInstanceOf(UpstreamError);
    expect(error.message).toContain('No AWS region is known. Set aws-region');
  });

  it('is none of ours where the run is cancelled', async () => {
    expect(await errorOf(register({}, { signal: AbortSignal.abort() }))).toBeInstanceOf(CancelledError);
  });
});
