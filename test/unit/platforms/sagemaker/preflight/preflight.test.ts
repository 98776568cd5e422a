import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CancelledError } from '../../../../../src/core/errors.ts';
import { preflight } from '../../../../../src/platforms/sagemaker/preflight/preflight.ts';
import { servingImage } from '../../../../../src/platforms/sagemaker/serving-images.ts';
import type { DeploymentFacts } from '../../../../../src/core/plan/deployment-facts.ts';
import type { FakeAwsOptions } from '../../../../fakes/aws/fake-aws.ts';
import { startBed, type Bed } from '../modules-bed.ts';
import { subjectWith } from './subject.ts';

const ARCHIVE = 'the bytes of an archive';
const SHA256 = createHash('sha256').update(ARCHIVE).digest('hex');
const ACCOUNT = '123456789012';

let bed: Bed;
let image: { uri: string; digest: string };

beforeEach(() => open());

async function open(options: FakeAwsOptions = {}): Promise<void> {
  bed = await startBed(options);
  image = bed.aws.pushImage('serving', '1');
  await bed.aws.putObject('models', 'churn/model.tar.gz', ARCHIVE);
  bed.aws.addRole('path/serving');
  bed.aws.quotas.endpointInstances.set('ml.m5.large', 4).set('ml.m5.xlarge', 1);
}

afterEach(() => bed.aws.close());

const { signal } = new AbortController();
const whole = (changes: Partial<DeploymentFacts> = {}): DeploymentFacts =>
  subjectWith({
    account: ACCOUNT,
    executionRoleArn: `arn:aws:iam::${ACCOUNT}:role/path/serving`,
    model: { url: 's3://models/churn/model.tar.gz', sha256: null, bytes: ARCHIVE.length },
    imageUri: image.uri,
    ...changes,
  });

const check = (changes: Partial<DeploymentFacts> = {}) => preflight(whole(changes), bed.clients, { signal });
const told = async (changes: Partial<DeploymentFacts> = {}) =>
  (await check(changes)).problems.map(({ where, message, fix = '' }) => `${where}: ${message} ${fix}`);
const findings = async (changes: Partial<DeploymentFacts> = {}) =>
  (await check(changes)).findings.map(({ level, message }) => `${level}: ${message}`);

describe('preflight', () => {
  it('finds everything in order, changes nothing, and asks nothing twice', async () => {
    const { findings: found, problems, facts } = await check();
    expect(problems).toEqual([]);
    expect(found.filter(({ level }) => level === 'warning')).toEqual([]);
    expect(found.map(({ message }) => message)).toEqual([
      `This runs in the account ${ACCOUNT}, as aws-account-id says.`,
      'The role serving exists and trusts sagemaker.amazonaws.com.',
      'The archive s3://models/churn/model.tar.gz is there (23 bytes).',
      expect.stringContaining('Not checked: the sha256 of s3://models/churn/model.tar.gz.'),
      expect.stringContaining('with a Docker schema 2 manifest.'),
      'At its peak the deployment needs 2 instance(s) of ml.m5.large in addition to 0 that serve(s); the account can have 4 for endpoints.',
    ]);
    expect(facts.account).toBe(ACCOUNT);
    expect(facts.image).toMatchObject({
      digest: image.digest,
      uri: image.uri.replace(':1', `@${image.digest}`),
    });
    expect(facts.archive).toMatchObject({
      bytes: ARCHIVE.length,
      checksum: expect.stringMatching(/^CRC64NVME:|^SHA256:/),
    });
    expect(bed.aws.names('mutations')).toEqual([]);
    const asked = bed.aws.calls.map(({ name, input }) => JSON.stringify([name, input]));
    expect(new Set(asked).size).toBe(asked.length);
  });

  it('takes the account from who knows it', async () => {
    const { problems } = await preflight(
      whole({ account: '999999999999', executionRoleArn: null }),
      bed.clients,
      {
        signal,
        readAccount: async () => '1',
      },
    );
    expect(problems[0]?.message).toContain('belong to the account 1, not to 999999999999');
    expect(bed.aws.names()).not.toContain('sts:GetCallerIdentity');
  });

  it('does not take a mistake of its own for an answer of AWS', async () => {
    const bug = () => Promise.reject(new TypeError('a mistake'));
    await expect(preflight(whole(), bed.clients, { signal, readAccount: bug })).rejects.toThrow('a mistake');
  });

  it('makes no call where the rules alone find a problem, and tells them all', async () => {
    const { problems, findings: found } = await check({
      endpoint: 'churn_dev',
      variantName: 'a'.repeat(64),
      serverless: { memoryMb: 1000, maxConcurrency: 500 },
      instanceCount: 1,
      strategy: { type: 'canary', stepPercent: 90, bakeMinutes: 99, alarms: [''] },
      environment: new Map([['A-B', 'hidden']]),
      tags: new Map([['aws:x', '']]),
      subnets: ['subnet-1'],
    });
    expect(problems.length).toBeGreaterThanOrEqual(12);
    expect(found).toEqual([]);
    expect(bed.aws.calls).toEqual([]);
    expect(JSON.stringify(problems)).not.toContain('hidden');
  });

  it('asks nobody to push an image of AWS', async () => {
    const found = servingImage({
      framework: 'sklearn',
      version: '1.4-2',
      region: 'eu-west-1',
      instanceType: null,
    });
    if ('problems' in found) throw new Error(JSON.stringify(found.problems));
    expect(await told({ imageUri: found.uri })).toEqual([
      `framework-version: AWS has no image ${found.uri}. Use another version, or set image-uri to your own image.`,
    ]);
  });

  it('tells all problems that the calls find, at once', async () => {
    const problems = await told({
      account: '999999999999',
      executionRoleArn: 'arn:aws:iam::999999999999:role/none',
      model: { url: 's3://models/none.tar.gz', sha256: null, bytes: null },
      imageUri: image.uri.replace(':1', ':none'),
      instanceType: 'ml.m5.xlarge',
    });
    expect(problems).toEqual([
      expect.stringMatching(
        /^aws-account-id: the credentials of this run belong to the account 123456789012, not to 999999999999/,
      ),
      expect.stringMatching(
        /^execution-role-arn: .* belongs to the account 999999999999, and this runs in 123/,
      ),
      expect.stringMatching(/^execution-role-arn: the role .* does not exist/),
      expect.stringMatching(/^model-data-url: there is nothing at s3:\/\/models\/none.tar.gz/),
      expect.stringMatching(/^image-uri: the image .* does not exist/),
      expect.stringMatching(
        /^instance-type: the account can have 1 of ml.m5.xlarge for endpoints, and the deployment needs 2/,
      ),
    ]);
  });
});

describe('the role', () => {
  it('has to trust SageMaker', async () => {
    bed.aws.addRole('lambda-only', ['lambda.amazonaws.com']);
    expect(await told({ executionRoleArn: `arn:aws:iam::${ACCOUNT}:role/lambda-only` })).toEqual([
      expect.stringContaining('does not allow sagemaker.amazonaws.com to assume it'),
    ]);
  });

  it('has to be of this account', async () => {
    expect(
      await told({ account: null, executionRoleArn: 'arn:aws:iam::210987654321:role/path/serving' }),
    ).toEqual([
      expect.stringContaining('belongs to the account 210987654321, and this runs in 123456789012'),
    ]);
  });
});

describe('the archive', () => {
  it('has to lie in the region of the endpoint', async () => {
    bed.aws.addBucket('far', 'us-east-1');
    await bed.aws.putObject('far', 'model.tar.gz', ARCHIVE);
    expect(await told({ model: { url: 's3://far/model.tar.gz', sha256: null, bytes: null } })).toEqual([
      expect.stringContaining(
        'the bucket far is in us-east-1, but an endpoint in eu-west-1 reads models only from its own region.',
      ),
    ]);
  });

  it('has to lie in a bucket that there is', async () => {
    const problems = await told({ model: { url: 's3://nowhere/model.tar.gz', sha256: null, bytes: null } });
    expect(problems[0]).toContain('there is no bucket nowhere');
  });

  it('has to have the size that was packaged', async () => {
    expect(await told({ model: { url: 's3://models/churn/model.tar.gz', sha256: null, bytes: 5 } })).toEqual([
      expect.stringContaining('is not what was packaged: 5 bytes were packaged, but 23 are there.'),
    ]);
  });

  it('has to have the sha256 of the release, where S3 keeps it', async () => {
    const s3 = await bed.clients.s3();
    await s3.putObject({
      Bucket: 'models',
      Key: 'summed.tar.gz',
      Body: ARCHIVE,
      ChecksumSHA256: Buffer.from(SHA256, 'hex').toString('base64'),
    });
    const model = { url: 's3://models/summed.tar.gz', sha256: SHA256, bytes: null };
    expect((await findings({ model })).join('\n')).toContain('with the sha256 of the release');
    expect(await told({ model: { ...model, sha256: '0'.repeat(64) } })).toEqual([
      expect.stringContaining(`its sha256 is ${SHA256}, and that of the release is 000`),
    ]);
  });

  it('may be all that lies below a prefix', async () => {
    const model = (url: string) => ({ model: { url, sha256: null, bytes: null } });
    expect((await findings(model('s3://models/churn/'))).join('\n')).toContain(
      'The model below s3://models/churn/ is there.',
    );
    expect(await told(model('s3://models/none/'))).toEqual([expect.stringContaining('there is nothing at')]);
  });
});

describe('the image', () => {
  it.each([
    ['application/vnd.oci.image.index.v1+json', 'is an OCI index; SageMaker starts one image only.'],
    [
      'application/vnd.oci.image.manifest.v1+json',
      'is an OCI manifest; SageMaker starts a Docker schema 2 manifest only.',
    ],
    [
      'application/vnd.docker.distribution.manifest.list.v2+json',
      'is a Docker manifest list; SageMaker starts one image only.',
    ],
  ])('of the type %s is refused', async (mediaType, message) => {
    const { uri } = bed.aws.pushImage('serving', 'other', { mediaType });
    expect(await told({ imageUri: uri })).toEqual([expect.stringContaining(message)]);
  });

  it('may lie in another account', async () => {
    const { uri } = bed.aws.pushImage('shared', '1', { account: '210987654321' });
    expect(await told({ imageUri: uri })).toEqual([]);
    const call = bed.aws.calls.find(({ action }) => action === 'BatchGetImage');
    expect(call?.input).toMatchObject({ registryId: '210987654321', repositoryName: 'shared' });
  });

  it('has to be in a repository that there is', async () => {
    expect(await told({ imageUri: image.uri.replace('/serving', '/nothing') })).toEqual([
      expect.stringContaining('does not exist'),
    ]);
  });

  it('of another registry is not checked', async () => {
    expect((await findings({ imageUri: 'ghcr.io/acme/serving:1' })).join('\n')).toContain(
      'not-checked: Not checked: the image ghcr.io/acme/serving:1. ghcr.io is not an ECR registry',
    );
  });

  it('without tag and digest is refused', async () => {
    expect(await told({ imageUri: image.uri.replace(':1', '') })).toEqual([
      expect.stringContaining('has neither a tag nor a digest'),
    ]);
  });
});

describe('B8 the size of the image, for serverless inference', () => {
  const LIMIT = 10_737_418_240;
  const serverless = {
    ...{ serverless: { memoryMb: 2048, maxConcurrency: 5 }, instanceType: null, instanceCount: null },
    // A container takes no archive here: the image is what is looked at.
    model: null,
  };
  /** Of that size with its config, packed. */
  const sized = (bytes: number) => {
    const config = JSON.stringify({ os: 'linux', architecture: 'amd64', config: { Labels: {} } }).length;
    return bed.aws.pushImage('serving', 'sized', { image: { bytes: bytes - config } }).uri;
  };

  it('is in the plan', async () => {
    const said = (await findings({ ...serverless, imageUri: sized(3_000_000_000) })).join('\n');
    expect(said).toMatch(
      /ok: The image .*\/serving@sha256:[0-9a-f]{64} has 3\.0 GB packed; serverless inference accepts images of up to 10 GiB \(10\.7 GB\), unpacked\./,
    );
  });

  it('may be the limit, and not a byte more', async () => {
    expect(await told({ ...serverless, imageUri: sized(LIMIT) })).toEqual([]);
    expect(await told({ ...serverless, imageUri: sized(LIMIT + 1) })).toEqual([
      expect.stringMatching(
        /^image-uri: .* has 10\.7 GB packed; serverless inference accepts .* 10 GiB .* Make it smaller, or use instance-type/,
      ),
    ]);
  });

  it('needs no call and no permission more than the look at the image', async () => {
    bed.aws.calls.length = 0;
    await check({ ...serverless, imageUri: sized(LIMIT + 1) });
    expect(bed.aws.names().filter((name) => name.startsWith('ecr:'))).toEqual(['ecr:BatchGetImage']);
  });

  it('is said to be not checked where the manifest does not tell', async () => {
    const said = (await findings({ ...serverless, imageUri: image.uri })).join('\n');
    expect(said).toMatch(/not-checked: Not checked: how large .* is\. Its manifest does not say; serverless/);
  });

  it('does not matter on instances', async () => {
    expect(await told({ imageUri: sized(LIMIT + 1) })).toEqual([]);
    expect((await findings({ imageUri: sized(LIMIT + 1) })).join()).not.toContain('packed');
  });
});

describe('the quota', () => {
  const live = { instanceType: 'ml.m5.large', instanceCount: 2 };

  it('counts what serves, the whole new fleet, and the candidate', async () => {
    expect(await told({ live, candidateInstances: 1 })).toEqual([
      expect.stringContaining(
        'instance-type: the account can have 4 of ml.m5.large for endpoints, and the deployment needs 5 at its peak (2 that serve(s), 3 more).',
      ),
    ]);
  });

  it('warns where none is left over, and not where a rolling deployment needs fewer', async () => {
    expect((await findings({ live })).join('\n')).toContain('warning: The quota of ml.m5.large leaves none.');
    const strategy = { type: 'rolling', stepPercent: 50, bakeMinutes: 0, alarms: [] } as const;
    expect((await findings({ live, strategy })).join('\n')).toContain(
      'needs 1 instance(s) of ml.m5.large in addition to 2',
    );
  });

  it('is not checked where none is listed for the type, and a name that may be mistyped is pointed out', async () => {
    const found = (await findings({ instanceType: 'ml.m5.xlarg' })).join('\n');
    expect(found).toContain('not-checked: Not checked: the quota of ml.m5.xlarg.');
    expect(found).toContain(
      'warning: ml.m5.xlarg is not among the instance types that we know. Did you mean ml.m5.xlarge?',
    );
    expect((await findings({ instanceType: 'ml.p5.48xlarge' })).join('\n')).not.toContain('warning');
  });

  it('counts the fleet that autoscaling has made', async () => {
    const scaledOut = { ...live, instanceCount: 3, autoscaled: true };
    expect(await told({ live: scaledOut })).toEqual([expect.stringContaining('(3 that serve(s), 3 more)')]);
  });

  it('is read to its last page', async () => {
    const { endpointInstances, others } = bed.aws.quotas;
    endpointInstances.clear();
    for (let at = 0; at < 250; at++) endpointInstances.set(`ml.x${at}.large`, 1);
    endpointInstances.set('ml.m5.large', 9);
    expect((await findings()).join('\n')).toContain('the account can have 9 for endpoints.');
    expect(bed.aws.names().filter((name) => name.endsWith('ListServiceQuotas'))).toHaveLength(
      Math.ceil((251 + others.size) / 100),
    );
  });

  it('is not asked for serverless inference', async () => {
    await check({
      serverless: { memoryMb: 1024, maxConcurrency: 5 },
      instanceType: null,
      instanceCount: null,
    });
    expect(bed.aws.names().join()).not.toContain('ListServiceQuotas');
  });
});

describe('a check that cannot be made', () => {
  const checks: readonly (readonly [string, string])[] = [
    ['iam:GetRole', 'whether sagemaker.amazonaws.com can assume the role'],
    ['s3:HeadBucket', 'in which region the bucket models is'],
    ['s3:HeadObject', 'whether s3://models/churn/model.tar.gz is there'],
    ['ecr:BatchGetImage', 'the image'],
    ['service-quotas:ListServiceQuotas', 'the quota of ml.m5.large. At its peak the deployment needs 2'],
    ['sts:GetCallerIdentity', 'which account this runs in'],
  ];

  it.each(checks)('because %s is denied, is shown as not checked', async (on, what) => {
    bed.aws.inject({ on, fault: 'denied', times: 9 });
    const { findings: found, problems } = await check();
    expect(problems).toEqual([]);
    const missing = found.filter(({ level, message }) => level === 'not-checked' && message.includes(what));
    expect(missing).toHaveLength(1);
    expect(missing[0]?.message).toContain('The AWS credentials of this job do not allow ');
  });

  it.each(checks)('because %s does not answer, is shown as not checked', async (on, what) => {
    bed.aws.inject({ on, fault: 'reset-before', times: 9 });
    const { findings: found, problems } = await check();
    expect(problems).toEqual([]);
    const missing = found.filter(({ level, message }) => level === 'not-checked' && message.includes(what));
    expect(missing).toHaveLength(1);
    expect(missing[0]?.message).toContain('AWS failed, or did not answer in time. Run this step again.');
  });

  /** Only a connection can keep silent. */
  async function overAPort(): Promise<void> {
    await bed.aws.close();
    await open({ listen: true });
  }

  it.each(checks)(
    'because %s keeps silent, is shown as not checked when its time is over',
    async (on, what) => {
      await overAPort();
      bed.aws.inject({ on, fault: 'timeout-before', times: 9 });
      const { findings: found, problems } = await preflight(whole(), bed.clients, { signal, limitMs: 300 });
      expect(problems).toEqual([]);
      const missing = found.filter(({ level, message }) => level === 'not-checked' && message.includes(what));
      expect(missing).toHaveLength(1);
      expect(missing[0]?.message).toContain('AWS did not answer within 0.3 seconds.');
    },
  );

  it('ends at once where the run is cancelled', async () => {
    await overAPort();
    bed.aws.inject({ on: /./, fault: 'timeout-before', times: 99 });
    const controller = new AbortController();
    const checking = preflight(whole(), bed.clients, { signal: controller.signal });
    controller.abort();
    await expect(checking).rejects.toThrow(CancelledError);
  });
});
