/** AWS for the workflows: S3, ECR and STS are moto's, everything else is our fake's; containers run the real models. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../../scripts/lib/paths.ts';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { UserError } from '../../../src/core/errors.ts';
import { answerRequest } from '../../../src/core/inference/serve.ts';
import type { ModelSession } from '../../../src/core/model-session.ts';
import { FakeAws } from '../../fakes/aws/fake-aws.ts';
import type { ContainerAnswer } from '../../fakes/aws/sagemaker/runtime.ts';
import { ACCOUNT, missingForS3, REGION, startS3Bed, type S3Bed } from '../beds/s3-bed.ts';
import { openModel } from './model-containers.ts';

export const BUCKET = 'acme-models';
const REPOSITORY = 'churn-serving';
/** What SageMaker takes: https://distribution.github.io/distribution/spec/manifest-v2-2/ */
const MANIFEST_TYPE = 'application/vnd.docker.distribution.manifest.v2+json';

export { missingForS3 as missingAws };

export interface AwsSide {
  readonly aws: FakeAws;
  readonly moto: S3Bed;
  /** For every job. There are no credentials in it: those are the business of the workflow. */
  readonly env: Readonly<Record<string, string>>;
  /** The objects in the bucket, by key. */
  keys(): Promise<string[]>;
  /** An object of the bucket as JSON. */
  json<T>(key: string): Promise<T>;
  /** Puts what a training job leaves: a model.tar.gz of a release of the sample. */
  putTrained(key: string, release: string): Promise<void>;
  /** Digest of the image in ECR. */
  readonly imageDigest: string;
  close(): Promise<void>;
}

export async function startAwsSide(): Promise<AwsSide> {
  const moto = await startS3Bed();
  try {
    await moto.aws('s3', 'mb', `s3://${BUCKET}`);
    const imageDigest = await pushImage(moto);
    const { aws, close } = await startSageMaker(moto);
    const stop = async () => {
      await close();
      await moto.stop();
    };
    return { aws, moto, imageDigest, env: environment(aws, moto), ...objects(moto), close: stop };
  } catch (error) {
    await moto.stop();
    throw error;
  }
}

function environment(aws: FakeAws, moto: S3Bed): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: aws.url,
    AWS_ENDPOINT_URL_S3: moto.url,
    AWS_ENDPOINT_URL_ECR: moto.url,
    AWS_ENDPOINT_URL_STS: moto.url,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

function objects(moto: S3Bed): Pick<AwsSide, 'keys' | 'json' | 'putTrained'> {
  return {
    keys: async () => {
      const said = await moto.aws('s3api', 'list-objects-v2', '--bucket', BUCKET, '--output', 'json');
      const { Contents = [] } = JSON.parse(said || '{}') as { Contents?: { Key: string }[] };
      return Contents.map(({ Key }) => Key);
    },
    json: async <T>(key: string) => JSON.parse(await moto.aws('s3', 'cp', `s3://${BUCKET}/${key}`, '-')) as T,
    putTrained: async (key, release) => {
      const folder = await mkdtemp(join(tmpdir(), 'trained-'));
      const archive = join(folder, 'model.tar.gz');
      execFileSync('tar', ['-czf', archive, '-C', join(root, 'model/releases', release, 'archive'), '.']);
      await moto.aws('s3', 'cp', archive, `s3://${BUCKET}/${key}`);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startSageMaker(moto: S3Bed): Promise<{ aws: FakeAws; close: () => Promise<void> }> {
  // Each look at an endpoint takes a while, so that creations and updates come to their end.
  const perCall = { on: /:Describe/, milliseconds: 30_000 };
  const aws = await FakeAws.start({ account: ACCOUNT, region: REGION, perCall });
  aws.addRole('ml-serving');
  await putAlarm(aws, 'churn-5xx');
  const sessions = new Map<string, Promise<ModelSession>>();
  aws.container = async ({ model, body }) => {
    const url = model.spec.PrimaryContainer?.ModelDataUrl ?? '';
    const session = sessions.get(url) ?? openArchive(moto, url);
    sessions.set(url, session);
    return answer(await session, body.toString('utf8'));
  };
  const close = async () => {
    for (const session of sessions.values()) await (await session).close();
    await aws.close();
  };
  return { aws, close };
}

async function answer(session: ModelSession, body: string): Promise<ContainerAnswer> {
  try {
    return { body: await answerRequest(session, body, 'application/json') };
  } catch (error) {
    if (error instanceof UserError) return { status: 400, body: error.message };
    throw error;
  }
}

async function putAlarm(aws: FakeAws, AlarmName: string): Promise<void> {
  const client = new CloudWatch(aws.client);
  await client.putMetricAlarm({
    AlarmName,
    Namespace: 'AWS/SageMaker',
    MetricName: 'Invocation5XXErrors',
    Statistic: 'Sum',
    ComparisonOperator: 'GreaterThanThreshold',
    Threshold: 0,
    Period: 60,
    EvaluationPeriods: 1,
  });
  aws.setAlarm(AlarmName, 'OK');
  client.destroy();
}

/** What the serving container does at its start: takes the archive, and opens the model in it. */
async function openArchive(moto: S3Bed, url: string): Promise<ModelSession> {
  const folder = await mkdtemp(join(tmpdir(), 'container-'));
  try {
    const archive = join(folder, 'model.tar.gz');
    await moto.aws('s3', 'cp', url, archive);
    execFileSync('tar', ['-xzf', archive, '-C', folder]);
    return await openModel(await readFile(join(folder, 'model.onnx')), url);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** An image in ECR as its API knows it; nobody pulls it. @returns its digest */
async function pushImage(moto: S3Bed): Promise<string> {
  await moto.aws('ecr', 'create-repository', '--repository-name', REPOSITORY);
  const config = {
    mediaType: 'application/vnd.docker.container.image.v1+json',
    size: 2,
    digest: `sha256:${'0'.repeat(64)}`,
  };
  const manifest = JSON.stringify({ schemaVersion: 2, mediaType: MANIFEST_TYPE, config, layers: [] });
  const said = await moto.aws(
    ...['ecr', 'put-image', '--repository-name', REPOSITORY, '--image-tag', 'v1'],
    ...['--image-manifest', manifest, '--image-manifest-media-type', MANIFEST_TYPE, '--output', 'json'],
  );
  return (JSON.parse(said) as { image: { imageId: { imageDigest: string } } }).image.imageId.imageDigest;
}
