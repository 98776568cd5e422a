import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEcr } from '../../../../src/adapters/ecr/ecr.ts';
import { CancelledError, UpstreamError } from '../../../../src/core/errors.ts';
import { ecrRegistryOf } from '../../../../src/clouds/aws/ecr-registry.ts';

const registry = ecrRegistryOf('123456789012', 'eu-central-1');

interface Answer {
  readonly status?: number;
  readonly body: object;
}

let server: Server;
let asked: { operation: string; input: Record<string, unknown> }[];
/** By operation; where there are several, one after the other. */
let answers: Record<string, Answer[]>;
let passwords: string[];
const error = (__type: string, message: string): Answer => ({ status: 400, body: { __type, message } });

beforeEach(async () => {
  asked = [];
  answers = {};
  passwords = [];
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
});
afterEach(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

function open(signal = new AbortController().signal) {
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: 'AKID', secretAccessKey: 'secret' };
  return createEcr({
    signal,
    onPassword: (password) => void passwords.push(password),
    config: { endpoint, credentials },
  });
}

async function failure(promise: Promise<unknown>): Promise<Error> {
  const thrown: unknown = await promise.catch((reason: unknown) => reason);
  if (thrown instanceof Error) return thrown;
  throw new Error('it did not fail');
}

describe('the login', () => {
  it('is asked for once, and its password is told to be hidden', async () => {
    const authorizationToken = Buffer.from('AWS:pass:word').toString('base64');
    answers.GetAuthorizationToken = [{ body: { authorizationData: [{ authorizationToken }] } }];
    const ecr = open();
    const [first] = await Promise.all([ecr.login(registry), ecr.login(registry)]);
    expect(first).toEqual({ username: 'AWS', password: 'pass:word' });
    expect(asked).toHaveLength(1);
    expect(passwords).toEqual(['pass:word']);
  });

  it('is tried again where AWS throttles', async () => {
    const authorizationToken = Buffer.from('AWS:x').toString('base64');
    answers.GetAuthorizationToken = [
      error('ThrottlingException', 'Rate exceeded'),
      { body: { authorizationData: [{ authorizationToken }] } },
    ];
    await open().login(registry);
    expect(asked).toHaveLength(2);
  });

  it('without a token says so', async () => {
    answers.GetAuthorizationToken = [{ body: { authorizationData: [] } }];
    expect((await failure(open().login(registry))).message).toMatch(/returned no login for 123456789012/);
  });
});

describe('a repository', () => {
  it.each([
    ['IMMUTABLE', true],
    ['MUTABLE', false],
    ['IMMUTABLE_WITH_EXCLUSION', false],
  ])('with %s tags', async (imageTagMutability, immutableTags) => {
    answers.DescribeRepositories = [{ body: { repositories: [{ imageTagMutability }] } }];
    expect(await open().repository(registry, 'churn')).toEqual({ immutableTags });
    expect(asked[0]?.input).toEqual({ registryId: '123456789012', repositoryNames: ['churn'] });
  });

  it('that is missing is null', async () => {
    answers.DescribeRepositories = [error('RepositoryNotFoundException', 'no')];
    expect(await open().repository(registry, 'churn')).toBeNull();
  });

  it('is created with immutable tags, scan on push, tags and a lifecycle policy', async () => {
    answers.CreateRepository = [{ body: { repository: { imageTagMutability: 'IMMUTABLE' } } }];
    const tags = new Map([['team', 'churn']]);
    expect(await open().createRepository(registry, 'churn', tags, null)).toEqual({ immutableTags: true });
    expect(asked.map(({ operation }) => operation)).toEqual(['CreateRepository', 'PutLifecyclePolicy']);
    expect(asked[0]?.input).toMatchObject({
      imageTagMutability: 'IMMUTABLE',
      imageScanningConfiguration: { scanOnPush: true },
      tags: [{ Key: 'team', Value: 'churn' }],
    });
    expect(JSON.parse(String(asked[1]?.input.lifecyclePolicyText))).toHaveProperty('rules');
  });

  it('lets the service pull that runs its images, where one does', async () => {
    await open().createRepository(registry, 'churn', new Map(), 'lambda.amazonaws.com');
    expect(asked.map(({ operation }) => operation)).toContain('SetRepositoryPolicy');
    const { policyText } = asked.find(({ operation }) => operation === 'SetRepositoryPolicy')?.input ?? {};
    expect(JSON.parse(String(policyText))).toMatchObject({
      Statement: [
        {
          Principal: { Service: 'lambda.amazonaws.com' },
          Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
          Condition: {
            StringLike: { 'aws:sourceArn': 'arn:aws:lambda:eu-central-1:123456789012:function:*' },
          },
        },
      ],
    });
  });

  it('that another run has made is as good', async () => {
    answers.CreateRepository = [error('RepositoryAlreadyExistsException', 'there')];
    answers.DescribeRepositories = [{ body: { repositories: [{ imageTagMutability: 'MUTABLE' }] } }];
    expect(await open().createRepository(registry, 'churn', new Map(), null)).toEqual({
      immutableTags: false,
    });
  });
});

describe('a scan', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  it.each([
    ['IN_PROGRESS', 'running'],
    ['PENDING', 'running'],
    ['COMPLETE', 'done'],
    ['ACTIVE', 'done'],
    ['FAILED', 'impossible'],
    ['UNSUPPORTED_IMAGE', 'impossible'],
  ])('with the status %s is %s', async (status, expected) => {
    const body = { imageScanStatus: { status, description: 'x' }, imageScanFindings: {} };
    answers.DescribeImageScanFindings = [{ body }];
    expect(await open().scanState(registry, 'churn', digest)).toMatchObject({
      status: expected,
      detail: `${status}: x`,
    });
  });

  it('gives findings of both kinds of scanning', async () => {
    const imageScanFindings = {
      findingSeverityCounts: { HIGH: 2 },
      findings: [
        {
          name: 'CVE-1',
          severity: 'HIGH',
          uri: 'https://x/1',
          attributes: [
            { key: 'package_version', value: '3' },
            { key: 'package_name', value: 'openssl' },
          ],
        },
      ],
      enhancedFindings: [
        {
          severity: 'HIGH',
          packageVulnerabilityDetails: {
            vulnerabilityId: 'CVE-2',
            sourceUrl: 'https://x/2',
            vulnerablePackages: [{ name: 'zlib', version: '1' }],
          },
        },
      ],
    };
    answers.DescribeImageScanFindings = [
      { body: { imageScanStatus: { status: 'COMPLETE' }, imageScanFindings } },
    ];
    expect(await open().scanState(registry, 'churn', digest)).toMatchObject({
      counts: { HIGH: 2 },
      findings: [
        { name: 'CVE-1', package: 'openssl 3', url: 'https://x/1' },
        { name: 'CVE-2', package: 'zlib 1', url: 'https://x/2' },
      ],
    });
  });

  it('that was never made is null', async () => {
    answers.DescribeImageScanFindings = [error('ScanNotFoundException', 'none')];
    expect(await open().scanState(registry, 'churn', digest)).toBeNull();
  });

  it.each([
    ['LimitExceededException', 'once in 24 hours'],
    ['ValidationException', 'This feature is disabled'],
  ])('that cannot be asked for because of a %s is left to the platform', async (name, message) => {
    answers.StartImageScan = [error(name, message)];
    await open().startScan(registry, 'churn', digest);
    expect(asked.length).toBeLessThan(3);
  });
});

it('B6 an image of a kind that ECR does not scan is told as that', async () => {
  const said = 'The image manifest media type application/vnd.oci.image.index.v1+json is not supported';
  answers.StartImageScan = [error('UnsupportedImageTypeException', said)];
  expect(await open().startScan(registry, 'churn', `sha256:${'a'.repeat(64)}`)).toMatchObject({
    status: 'impossible',
    detail: said,
  });
});

describe('an error', () => {
  const describeOne = (signal?: AbortSignal) => open(signal).repository(registry, 'churn');

  it('names the permission that is missing', async () => {
    const message =
      'User: arn:aws:iam::1:user/x is not authorized to perform: ecr:DescribeRepositories on resource: y';
    answers.DescribeRepositories = [error('AccessDeniedException', message)];
    const thrown = await failure(describeOne());
    expect(thrown).toBeInstanceOf(UpstreamError);
    expect(thrown.message).toMatch(
      /do not allow ecr:DescribeRepositories\. Add the permission .*see docs\/iam\/push-image-ecr\.json/,
    );
  });

  it('says that the credentials are over', async () => {
    answers.DescribeRepositories = [error('ExpiredTokenException', 'The security token is expired')];
    const thrown = await failure(describeOne());
    expect(thrown.message).toMatch(/^The AWS credentials have expired\. .*role-duration-seconds/);
  });

  it('of any other kind is AWS’s', async () => {
    answers.DescribeRepositories = [error('InvalidParameterException', 'bad name')];
    const thrown = await failure(describeOne());
    expect(thrown).toBeInstanceOf(UpstreamError);
    expect(thrown.message).toBe(
      'AWS refused the request. (ecr:DescribeRepositories on churn: InvalidParameterException: bad name)',
    );
    expect(thrown.cause).toBeDefined();
  });

  it('after a cancellation is that', async () => {
    expect(await failure(describeOne(AbortSignal.abort()))).toBeInstanceOf(CancelledError);
  });
});
