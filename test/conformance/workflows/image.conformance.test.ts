/**
 * A release with an image of one's own: a real Docker builds it, a real registry behind the host name of ECR takes it, and
 * moto knows it. SageMaker is the fake, which pulls nothing.
 */
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { missingForDocker, startDockerBed, type DockerBed } from '../beds/docker-bed.ts';
import { HOST, missingForEcr, startEcrBed, type EcrBed } from '../beds/ecr-bed.ts';
import { missingAct, startActBed, type ActBed } from './act-bed.ts';
import { missingAws, startAwsSide, type AwsSide } from './aws-side.ts';

const missing = missingAct() ?? (await missingAws()) ?? (await missingForEcr()) ?? (await missingForDocker());
if (missing !== null) console.log(`skipped: a release with an image under act: ${missing}`);

const GREEN = { prepare: true, release: true };
const DOCKERFILE = 'FROM scratch\nCOPY busybox /bin/busybox\nENTRYPOINT ["/bin/busybox", "true"]\n';

describe.skipIf(missing !== null)('an image of one’s own under act', () => {
  let side: AwsSide;
  let ecr: EcrBed;
  let docker: DockerBed;
  let bed: ActBed;
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    side = await startAwsSide();
    stops.push(() => side.close());
    ecr = await startEcrBed();
    stops.push(() => ecr.stop());
    docker = await startDockerBed(ecr.daemonEnv);
    stops.push(() => docker.stop());
    bed = await startActBed({ config: 'ml-deploy-image.yml', env: environment(), secrets: KEYS });
    stops.push(() => bed.close());
    mkdirSync(join(bed.repository.path, 'serving'));
    cpSync(docker.busybox, join(bed.repository.path, 'serving/busybox'));
    bed.repository.write('serving/Dockerfile', DOCKERFILE);
  });
  afterAll(async () => {
    for (const stop of stops.toReversed()) await stop();
  });

  /** ECR and STS are reached by their own names, through the bed's proxy; everything else by its address. */
  const environment = () => {
    const { AWS_ENDPOINT_URL_S3, AWS_EC2_METADATA_DISABLED } = side.env;
    const client = docker.clients.find(({ title }) => title.includes('classic')) ?? docker.clients[0];
    const { HTTPS_PROXY, NODE_EXTRA_CA_CERTS } = ecr.env;
    return {
      ...Object.fromEntries(ON_THE_FAKE.map((name) => [`AWS_ENDPOINT_URL_${name}`, side.aws.url])),
      AWS_ENDPOINT_URL_S3: AWS_ENDPOINT_URL_S3 ?? '',
      AWS_EC2_METADATA_DISABLED: AWS_EC2_METADATA_DISABLED ?? '',
      HTTPS_PROXY: HTTPS_PROXY ?? '',
      NODE_EXTRA_CA_CERTS: NODE_EXTRA_CA_CERTS ?? '',
      ...client?.env,
    };
  };
  const imageOf = async (endpoint: string) => {
    const model = side.aws.calls.findLast(
      ({ name, input }) => name === 'sagemaker:CreateModel' && JSON.stringify(input).includes(endpoint),
    );
    return (model?.input as { PrimaryContainer?: { Image?: string } } | undefined)?.PrimaryContainer?.Image;
  };

  test('develop builds it once, and dev serves it by its digest', async () => {
    const run = await bed.push('develop', 'v1', { log: 'image-develop' });
    expect(run.exitCode, run.log.slice(-6000)).toBe(0);
    expect(run.jobs).toEqual({ ...GREEN, train: true });
    expect(await imageOf('churn-dev')).toMatch(new RegExp(`^${HOST}/churn-serving@sha256:[0-9a-f]{64}$`));
  });

  test('staging serves the same digests, and nothing is built or pushed', async () => {
    const pushes = ecr.pushes();
    const run = await bed.push('staging', 'v2', { log: 'image-staging' });
    expect(run.exitCode, run.log.slice(-6000)).toBe(0);
    expect(run.jobs).toEqual(GREEN);
    expect(await imageOf('churn-staging')).toBe(await imageOf('churn-dev'));
    expect(ecr.pushes()).toBe(pushes);
  });
});

const KEYS = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret-access-key' };
/** The services by the names of https://docs.aws.amazon.com/sdkref/latest/guide/ss-endpoints-table.html */
const ON_THE_FAKE = [
  ...['SAGEMAKER', 'SAGEMAKER_RUNTIME', 'APPLICATION_AUTO_SCALING', 'CLOUDWATCH', 'CLOUDWATCH_LOGS'],
  ...['IAM', 'SERVICE_QUOTAS'],
];
