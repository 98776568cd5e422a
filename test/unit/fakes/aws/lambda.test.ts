/** What the fake of Lambda does as AWS does. What AWS says is from its API reference and from public reports. */
import { Lambda } from '@aws-sdk/client-lambda';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeAws } from '../../../fakes/aws/fake-aws.ts';

const FN = { FunctionName: 'churn' };
const MINUTE = 60_000;

let aws: FakeAws;
let lambda: Lambda;
let role: string;
let images: Record<'one' | 'two' | 'bad', { uri: string; sha: string }>;

beforeEach(async () => {
  aws = await FakeAws.start();
  lambda = new Lambda(aws.client);
  role = aws.addRole('fn', ['lambda.amazonaws.com']);
  const made = (['one', 'two', 'bad'] as const).map((tag) => {
    const { uri, digest } = aws.pushImage('churn-serving', tag);
    return [tag, { uri: uri.replace(/:\w+$/, `@${digest}`), sha: digest.slice(7) }] as const;
  });
  images = Object.fromEntries(made) as typeof images;
  aws.lambda.handler = ({ version, event }) => ({ payload: { version, event } });
});
afterEach(() => aws.close());

const create = (image: keyof typeof images = 'one') =>
  lambda.createFunction({
    ...FN,
    Role: role,
    PackageType: 'Image',
    Code: { ImageUri: images[image].uri },
    Tags: { team: 'growth' },
  });
/** Functions with published versions 1 and 2 of both images, and `live` at 1. */
const withVersions = async () => {
  await create();
  aws.advance(MINUTE);
  await lambda.publishVersion({ ...FN, Description: 'first' });
  await lambda.updateFunctionCode({ ...FN, ImageUri: images.two.uri });
  aws.advance(MINUTE);
  await lambda.publishVersion({ ...FN, Description: 'second' });
  aws.advance(MINUTE);
  await lambda.createAlias({ ...FN, Name: 'live', FunctionVersion: '1' });
};
const refused = async (call: Promise<unknown>) => {
  const error: unknown = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
  return `${$metadata?.httpStatusCode ?? ''} ${name}: ${message}`;
};
const text = (payload: Uint8Array | undefined) => Buffer.from(payload ?? []).toString();

describe('a function', () => {
  it('is Pending, takes no call, and is Active later', async () => {
    expect(await create()).toMatchObject({ State: 'Pending', CodeSha256: images.one.sha });
    for (const call of [
      lambda.invoke(FN),
      lambda.publishVersion(FN),
      lambda.updateFunctionCode({ ...FN, ImageUri: images.two.uri }),
      lambda.updateFunctionConfiguration({ ...FN, MemorySize: 512 }),
    ])
      expect(await refused(call)).toMatch(/^409 ResourceConflictException: .*Pending/);
    aws.advance(MINUTE);
    const { Configuration, Tags, Code } = await lambda.getFunction(FN);
    expect(Configuration).toMatchObject({ State: 'Active', MemorySize: 128, Timeout: 3 });
    expect(Tags).toEqual({ team: 'growth' });
    expect(Code?.ResolvedImageUri).toBe(images.one.uri);
  });

  it('is made once, of an image that is there and of a kind that Lambda takes', async () => {
    const { uri } = aws.pushImage('churn-serving', 'index', {
      mediaType: 'application/vnd.oci.image.index.v1+json',
    });
    const of = (ImageUri: string) =>
      lambda.createFunction({ ...FN, Role: role, PackageType: 'Image', Code: { ImageUri } });
    expect(await refused(of(uri))).toMatch(/media type for the source image .* is not supported/);
    expect(await refused(of(uri.replace(/:\w+$/, ':nowhere')))).toMatch(/^400 .*does not exist/);
    await create();
    expect(await refused(create())).toBe('409 ResourceConflictException: Function already exist: churn');
  });

  it('that cannot be made ends Failed, with the reason', async () => {
    aws.lambda.images.set(images.bad.sha, { refused: { code: 'ImageAccessDenied', reason: 'no' } });
    await create('bad');
    aws.advance(MINUTE);
    const { Configuration } = await lambda.getFunction(FN);
    expect(Configuration).toMatchObject({ State: 'Failed', StateReasonCode: 'ImageAccessDenied' });
  });

  it('takes one change at a time, each guarded by its revision, which moves when the change is done', async () => {
    await create();
    aws.advance(MINUTE);
    const { RevisionId = '' } = await lambda.getFunctionConfiguration(FN);
    const other = { ...FN, RevisionId: '11111111-1111-4111-8111-111111111111' };
    for (const call of [
      lambda.updateFunctionCode({ ...other, ImageUri: images.two.uri }),
      lambda.updateFunctionConfiguration({ ...other, MemorySize: 512 }),
      lambda.publishVersion(other),
    ])
      expect(await refused(call)).toMatch(/^412 PreconditionFailedException/);
    const updated = await lambda.updateFunctionCode({ ...FN, ImageUri: images.two.uri, RevisionId });
    expect(updated).toMatchObject({ LastUpdateStatus: 'InProgress' });
    for (const call of [lambda.publishVersion(FN), lambda.updateFunctionConfiguration({ ...FN, Timeout: 9 })])
      expect(await refused(call)).toMatch(/^409 ResourceConflictException: .*An update is in progress/);
    aws.advance(MINUTE);
    const after = await lambda.getFunctionConfiguration(FN);
    expect(after).toMatchObject({ LastUpdateStatus: 'Successful', CodeSha256: images.two.sha });
    expect(after.RevisionId).not.toBe(updated.RevisionId);
  });

  it('keeps its code where an update fails', async () => {
    await create();
    aws.advance(MINUTE);
    aws.lambda.images.set(images.bad.sha, { refused: { code: 'InvalidImage', reason: 'broken' } });
    await lambda.updateFunctionCode({ ...FN, ImageUri: images.bad.uri });
    aws.advance(MINUTE);
    expect(await lambda.getFunctionConfiguration(FN)).toMatchObject({
      LastUpdateStatus: 'Failed',
      LastUpdateStatusReasonCode: 'InvalidImage',
      CodeSha256: images.one.sha,
    });
  });

  it('refuses a configuration as long as its image is deleted', async () => {
    await create();
    aws.advance(MINUTE);
    aws.ecr.repositories.set('123456789012/churn-serving', []);
    const call = lambda.updateFunctionConfiguration({ ...FN, MemorySize: 512 });
    expect(await refused(call)).toMatch(/trying to use a deleted image/);
  });

  it('goes with everything that hangs on it', async () => {
    await withVersions();
    await lambda.deleteFunction(FN);
    expect(await refused(lambda.getAlias({ ...FN, Name: 'live' }))).toMatch(/^404 .*Function not found/);
  });
});

describe('versions', () => {
  it('are listed after $LATEST, and are published anew only where something changed', async () => {
    await withVersions();
    await lambda.publishVersion({ ...FN, Description: 'second' });
    const { Versions = [] } = await lambda.listVersionsByFunction(FN);
    expect(Versions.map(({ Version, Description }) => [Version, Description])).toEqual([
      ['$LATEST', ''],
      ['1', 'first'],
      ['2', 'second'],
    ]);
    expect(await refused(lambda.publishVersion({ ...FN, CodeSha256: 'x' }))).toMatch(
      /is different from current/,
    );
  });

  it('that an alias names stay', async () => {
    await withVersions();
    expect(await refused(lambda.deleteFunction({ ...FN, Qualifier: '1' }))).toMatch(
      /^409 .*reference it: \[live\]/,
    );
    await lambda.deleteFunction({ ...FN, Qualifier: '2' });
    expect(await refused(lambda.invoke({ ...FN, Qualifier: '2' }))).toMatch(/^404/);
  });
});

describe('an alias', () => {
  beforeEach(withVersions);
  const update = (FunctionVersion: string, AdditionalVersionWeights: Record<string, number>) =>
    lambda.updateAlias({ ...FN, Name: 'live', FunctionVersion, RoutingConfig: { AdditionalVersionWeights } });

  it('splits requests by its weights, and says who answered', async () => {
    await update('1', { 2: 0.1 });
    const answers = [];
    for (let count = 0; count < 400; count++)
      answers.push((await lambda.invoke({ ...FN, Qualifier: 'live', Payload: '{}' })).ExecutedVersion);
    const share = answers.filter((version) => version === '2').length;
    // Three standard deviations of 400 at 10 %.
    expect(Math.abs(share - 40)).toBeLessThanOrEqual(18);
    const { Invocations } = await metrics();
    expect(Invocations).toEqual([share]);
  });

  it('keeps weights that are not sent, and loses those that are sent empty', async () => {
    await update('1', { 2: 0.5 });
    const kept = await lambda.updateAlias({ ...FN, Name: 'live', Description: 'x' });
    expect(kept.RoutingConfig?.AdditionalVersionWeights).toEqual({ 2: 0.5 });
    expect((await update('2', {})).RoutingConfig).toBeUndefined();
  });

  it('takes two published versions at most, of the same role, and its own revision alone', async () => {
    expect(await refused(update('1', { 2: 0.1, 3: 0.1 }))).toMatch(/^400 .*cannot be greater than 1/);
    expect(await refused(update('1', { 2: 1.5 }))).toMatch(/^400/);
    expect(await refused(update('1', { 9: 0.5 }))).toMatch(/^404/);
    expect(await refused(update('1', { 1: 0.5 }))).toMatch(/already included/);
    expect(await refused(update('$LATEST', { 2: 0.5 }))).toMatch(/\$LATEST is not supported/);
    const stale = { ...FN, Name: 'live', FunctionVersion: '2', RevisionId: 'other' };
    expect(await refused(lambda.updateAlias(stale))).toMatch(/^412/);
    await lambda.updateFunctionConfiguration({ ...FN, Role: aws.addRole('other') });
    aws.advance(MINUTE);
    await lambda.publishVersion(FN);
    expect(await refused(update('1', { 3: 0.5 }))).toMatch(/same execution role/);
  });

  it('has a URL of its own, once, which goes with it', async () => {
    const of = { ...FN, Qualifier: 'live' };
    await expect(lambda.getFunctionUrlConfig(of)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    const { FunctionUrl, AuthType } = await lambda.createFunctionUrlConfig({ ...of, AuthType: 'AWS_IAM' });
    expect([FunctionUrl, AuthType]).toEqual([
      expect.stringMatching(/^https:\/\/\w{32,}\.lambda-url\.eu-west-1\.on\.aws\/$/),
      'AWS_IAM',
    ]);
    await expect(lambda.createFunctionUrlConfig({ ...of, AuthType: 'NONE' })).rejects.toMatchObject({
      name: 'ResourceConflictException',
    });
    await expect(
      lambda.createFunctionUrlConfig({ ...FN, Qualifier: '1', AuthType: 'NONE' }),
    ).rejects.toThrow();
    await lambda.updateFunctionUrlConfig({ ...of, AuthType: 'NONE' });
    expect(await lambda.getFunctionUrlConfig(of)).toMatchObject({ FunctionUrl, AuthType: 'NONE' });
    await lambda.deleteFunctionUrlConfig(of);
    await expect(lambda.deleteFunctionUrlConfig(of)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('may not be seen at once', async () => {
    aws.lambda.aliasLag = 1;
    await lambda.createAlias({ ...FN, Name: 'new', FunctionVersion: '2' });
    expect(await refused(lambda.getAlias({ ...FN, Name: 'new' }))).toMatch(/^404 .*Cannot find alias/);
    expect(await lambda.getAlias({ ...FN, Name: 'new' })).toMatchObject({ FunctionVersion: '2' });
    expect((await lambda.listAliases(FN)).Aliases?.map(({ Name }) => Name)).toEqual(['live', 'new']);
    await lambda.deleteAlias({ ...FN, Name: 'new' });
    expect((await lambda.listAliases({ ...FN, FunctionVersion: '2' })).Aliases).toEqual([]);
  });

  it('has a policy of its own, each statement once, and another revision with each', async () => {
    const before = (await lambda.getAlias({ ...FN, Name: 'live' })).RevisionId;
    const permission = { ...FN, Qualifier: 'live', StatementId: 'api', Action: 'lambda:InvokeFunction' };
    const add = () => lambda.addPermission({ ...permission, Principal: 'apigateway.amazonaws.com' });
    await add();
    expect(await refused(add())).toMatch(/^409 .*already exists/);
    expect((await lambda.getAlias({ ...FN, Name: 'live' })).RevisionId).not.toBe(before);
    const { Policy = '' } = await lambda.getPolicy({ ...FN, Qualifier: 'live' });
    expect(JSON.parse(Policy)).toMatchObject({
      Statement: [{ Sid: 'api', Resource: expect.stringMatching(/:live$/) }],
    });
    expect(await refused(lambda.getPolicy(FN))).toMatch(/^404/);
    await lambda.removePermission({ ...FN, Qualifier: 'live', StatementId: 'api' });
    expect(await refused(lambda.getPolicy({ ...FN, Qualifier: 'live' }))).toMatch(/^404/);
  });

  async function metrics() {
    const dimensions = { FunctionName: 'churn', Resource: 'churn:live', ExecutedVersion: '2' };
    aws.advance(MINUTE);
    const { MetricDataResults = [] } = await new CloudWatch(aws.client).getMetricData({
      StartTime: new Date(aws.time.now().getTime() - 5 * MINUTE),
      EndTime: new Date(aws.time.now().getTime() + MINUTE),
      MetricDataQueries: [
        {
          Id: 'invocations',
          MetricStat: {
            Metric: {
              Namespace: 'AWS/Lambda',
              MetricName: 'Invocations',
              Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
            },
            Period: 60,
            Stat: 'Sum',
          },
        },
      ],
    });
    return { Invocations: MetricDataResults[0]?.Values };
  }
});

describe('provisioned concurrency', () => {
  beforeEach(withVersions);
  const put = (Qualifier: string, ProvisionedConcurrentExecutions = 5) =>
    lambda.putProvisionedConcurrencyConfig({ ...FN, Qualifier, ProvisionedConcurrentExecutions });
  const get = (Qualifier: string) => lambda.getProvisionedConcurrencyConfig({ ...FN, Qualifier });

  it('is refused on $LATEST, on an alias with weights, and on a version and its alias at once', async () => {
    expect(await refused(put('$LATEST'))).toMatch(/cannot be applied to unpublished function versions/);
    await put('1');
    expect(await refused(put('live'))).toMatch(/^409 .*already Provisioned version/);
    await lambda.deleteProvisionedConcurrencyConfig({ ...FN, Qualifier: '1' });
    await put('live');
    expect(await refused(put('1'))).toMatch(/^409 .*pointed by a Provisioned Concurrency alias/);
    await lambda.deleteProvisionedConcurrencyConfig({ ...FN, Qualifier: 'live' });
    const RoutingConfig = { AdditionalVersionWeights: { 2: 0.5 } };
    await lambda.updateAlias({ ...FN, Name: 'live', RoutingConfig });
    expect(await refused(put('live'))).toMatch(/Alias with weights/);
    expect(await refused(put('1', 950))).toMatch(/below its minimum value/);
    expect(await refused(get('1'))).toMatch(/^404 ProvisionedConcurrencyConfigNotFoundException/);
  });

  it('is there after a while, so that no call starts cold; or fails where the code does not start', async () => {
    await put('2');
    expect((await get('2')).Status).toBe('IN_PROGRESS');
    aws.advance(2 * MINUTE);
    expect(await get('2')).toMatchObject({ Status: 'READY', AvailableProvisionedConcurrentExecutions: 5 });
    const { LogResult = '' } = await lambda.invoke({ ...FN, Qualifier: '2', LogType: 'Tail' });
    expect(Buffer.from(LogResult, 'base64').toString()).not.toContain('Init Duration');
    aws.lambda.images.set(images.one.sha, { initError: ['ImportError'] });
    await put('1');
    aws.advance(2 * MINUTE);
    expect(await get('1')).toMatchObject({ Status: 'FAILED', StatusReason: 'FUNCTION_ERROR_INIT_FAILURE' });
    expect((await lambda.listProvisionedConcurrencyConfigs(FN)).ProvisionedConcurrencyConfigs).toHaveLength(
      2,
    );
    expect(await lambda.getAccountSettings({})).toMatchObject({
      AccountLimit: { UnreservedConcurrentExecutions: 1000 },
    });
  });

  it('on an alias leaves all traffic on the old version until the new one has it, for ever where that fails', async () => {
    await put('live');
    aws.advance(2 * MINUTE);
    aws.lambda.images.set(images.two.sha, { initError: ['ImportError'] });
    await lambda.updateAlias({ ...FN, Name: 'live', FunctionVersion: '2', RoutingConfig: {} });
    aws.advance(10 * MINUTE);
    expect(await lambda.getAlias({ ...FN, Name: 'live' })).toMatchObject({
      FunctionVersion: '2',
      RoutingConfig: { AdditionalVersionWeights: { 1: 1 } },
    });
    expect((await lambda.invoke({ ...FN, Qualifier: 'live' })).ExecutedVersion).toBe('1');
  });
});

describe('an invocation', () => {
  beforeEach(withVersions);

  it('has the last lines of its log, with a cold start told once', async () => {
    const ask = () => lambda.invoke({ ...FN, Qualifier: 'live', Payload: '{"a":1}', LogType: 'Tail' });
    const [first, second] = [await ask(), await ask()];
    expect(text(first.Payload)).toBe('{"version":"1","event":{"a":1}}');
    const tail = ({ LogResult = '' }) => Buffer.from(LogResult, 'base64').toString();
    expect(tail(first)).toMatch(/REPORT .*Max Memory Used: 97 MB.*Init Duration: 812\.34 ms/);
    expect(tail(second)).not.toMatch(/Init Duration/);
    expect([...(aws.logs.groups.get('/aws/lambda/churn')?.keys() ?? [])][0]).toContain('/[1]');
  });

  it('of code that does not start is a function error, though the version is Active', async () => {
    aws.lambda.images.set(images.two.sha, { initError: ['Traceback', 'ModuleNotFoundError: sklearn'] });
    const {
      StatusCode,
      FunctionError,
      Payload,
      LogResult = '',
    } = await lambda.invoke({
      ...FN,
      Qualifier: '2',
      LogType: 'Tail',
    });
    expect([StatusCode, FunctionError]).toEqual([200, 'Unhandled']);
    expect(text(Payload)).toContain('Runtime.ExitError');
    expect(Buffer.from(LogResult, 'base64').toString()).toContain('ModuleNotFoundError: sklearn');
  });

  it('may have 6 MB', async () => {
    const Payload = JSON.stringify('x'.repeat(6_291_457 - 2));
    expect(await refused(lambda.invoke({ ...FN, Payload }))).toMatch(/^413 RequestTooLargeException/);
  });
});

describe('tags', () => {
  it('are on functions, and on nothing else of them', async () => {
    await withVersions();
    const { FunctionArn: Resource = '' } = await lambda.getFunctionConfiguration(FN);
    await lambda.tagResource({ Resource, Tags: { a: '1' } });
    await lambda.untagResource({ Resource, TagKeys: ['team'] });
    expect((await lambda.listTags({ Resource })).Tags).toEqual({ a: '1' });
    for (const part of ['1', 'live'])
      expect(
        await refused(lambda.tagResource({ Resource: `${Resource}:${part}`, Tags: { a: '1' } })),
      ).toMatch(/not supported\. Please specify a function ARN/);
  });
});

it('another repository’s functions may not be looked at', async () => {
  expect(await refused(lambda.getFunction({ FunctionName: 'churn-eu' }))).toMatch(
    /AccessDeniedException: .*lambda:GetFunction/,
  );
});
