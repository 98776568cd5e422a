/**
 * What deploy-endpoint does for an image in ECR, on moto's ECR: SageMaker is the fake, the repository was made as
 * push-image makes it. moto checks the lifecycle policy and keeps the tags; it does not evaluate the policy.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../../scripts/lib/paths.ts';
import { createEcr } from '../../../src/adapters/ecr/ecr.ts';
import { ecrRegistryOf } from '../../../src/clouds/aws/ecr-registry.ts';
import { deployedTag } from '../../../src/core/image/ecr.ts';
import { FakeAws } from '../../fakes/aws/fake-aws.ts';
import { runAction } from '../beds/run-action.ts';
import { ACCOUNT, missingForS3, startS3Bed, type S3Bed } from '../beds/s3-bed.ts';

const missing = await missingForS3();
if (missing !== null) console.log(`deployed images in ECR: ${missing}`);

const REPOSITORY = 'churn-serving';
const MEDIA_TYPE = 'application/vnd.docker.distribution.manifest.v2+json';

describe.skipIf(missing !== null)(`deployed images in ECR ${missing ?? ''}`, () => {
  let moto: S3Bed;
  let aws: FakeAws;
  let workspace: string;
  let image: { uri: string; digest: string };
  const stops: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'keep-image-'));
    stops.push(() => rm(workspace, { recursive: true, force: true }));
    moto = await startS3Bed();
    stops.push(() => moto.stop());
    aws = await FakeAws.start({ perCall: { on: /:Describe/, milliseconds: 30_000 } });
    stops.push(() => aws.close());
    aws.addBucket('models', aws.world.region);
    aws.quotas.endpointInstances.set('ml.m5.large', 10);
    const registry = ecrRegistryOf(ACCOUNT, aws.world.region);
    const ecr = createEcr({
      signal: new AbortController().signal,
      config: { ...aws.client, endpoint: moto.url },
    });
    await ecr.createRepository(registry, REPOSITORY, new Map(), null);
    // Known to both under the same digest: SageMaker's fake looks into a registry of its own.
    const pushed = aws.pushImage(REPOSITORY, 'content-0123456789abcdef');
    const [stored] = aws.ecr.repositories.get(`${ACCOUNT}/${REPOSITORY}`) ?? [];
    await moto.aws(
      ...['ecr', 'put-image', '--region', aws.world.region, '--repository-name', REPOSITORY],
      ...['--image-tag', 'content-0123456789abcdef', '--image-digest', pushed.digest],
      ...['--image-manifest', stored?.manifest ?? '', '--image-manifest-media-type', MEDIA_TYPE],
    );
    image = { digest: pushed.digest, uri: `${registry.host}/${REPOSITORY}@${pushed.digest}` };
  });
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  });

  const env = () => ({ ...aws.env, AWS_ENDPOINT_URL_ECR: moto.url });
  const sample = (path: string) => join(root, 'model/releases', path);
  const deploy = async (version: string) => {
    const inputs = { 'model-path': sample(`${version}/archive`), destination: 's3://models/churn' };
    const packed = await runAction('package-model', inputs, { workspace, env: env() });
    expect(packed.exitCode, packed.log).toBe(0);
    return runAction(
      'deploy-endpoint',
      {
        target: 'sagemaker',
        'endpoint-name': 'churn-prod',
        'model-data-url': packed.outputs['model-data-url'] ?? '',
        'image-uri': image.uri,
        'execution-role-arn': aws.addRole('execution'),
        'instance-type': 'ml.m5.large',
        'initial-instance-count': '1',
      },
      { workspace, env: env() },
    );
  };
  const tags = async () => {
    const args = ['--region', aws.world.region, '--repository-name', REPOSITORY];
    const said = JSON.parse(await moto.aws('ecr', 'describe-images', ...args)) as {
      imageDetails: { imageTags: string[] }[];
    };
    return said.imageDetails.flatMap(({ imageTags }) => imageTags).toSorted();
  };
  const puts = () =>
    moto.asked.filter(({ headers }) => String(headers['x-amz-target']).endsWith('.PutImage')).length;

  it('fail no release where they may not be tagged: the warning names the permission', async () => {
    moto.decide = ({ action }) => Promise.resolve(action !== 'ecr:PutImage');
    const done = await deploy('v1');
    moto.decide = () => Promise.resolve(true);
    expect(done.exitCode, done.log).toBe(0);
    expect(done.outputs.outcome).toBe('deployed');
    expect(done.log).toMatch(/::warning::.*could not be tagged as deployed.*do not allow ecr:PutImage/);
    expect(await tags()).toEqual(['content-0123456789abcdef']);
  });

  it('get the tag that the lifecycle policy of push-image spares, once', async () => {
    const before = puts();
    const done = await deploy('v1');
    expect(done.exitCode, done.log).toBe(0);
    expect(done.outputs.outcome).toBe('unchanged');
    expect(done.log).toContain(`${image.uri} is tagged as deployed`);
    expect(await tags()).toEqual(['content-0123456789abcdef', deployedTag(image.digest)]);
    expect((await deploy('v2')).outputs.outcome).toBe('deployed');
    expect(puts()).toBe(before + 1);
  });
});
