/** A bed for the Lambda target: a fake AWS with an image of each model in its ECR. */
import { environmentDigests } from '../../src/core/plan/environment-digests.ts';
import type { CloudSettings } from '../../src/core/plan/cloud-settings.ts';
import type { Desired } from '../../src/documents/plan.ts';
import type { DeploymentRequest, DeploymentTarget } from '../../src/core/targets.ts';
import type { AwsClientOptions } from '../../src/clouds/aws/clients.ts';
import { createLambdaTarget } from '../../src/platforms/lambda/lambda-target.ts';
import type { LambdaTargetOptions } from '../../src/platforms/lambda/options.ts';
import { FakeAws, type FakeAwsOptions } from '../fakes/aws/fake-aws.ts';
import { fakePorts, type FakePorts } from '../fakes/ports.ts';
import { clientsOf } from './aws-clients.ts';
import { desiredFor } from './local-bed.ts';
import { ENDPOINT, type ModelName, type TargetBed } from './target-suite.ts';

const LABELS: Readonly<Record<ModelName, number>> = { one: 1, two: 2, three: 3, broken: 0 };

export interface LambdaImage {
  readonly uri: string;
  readonly digest: string;
  /** Of the model in it. */
  readonly modelDigest: string;
}

export interface LambdaBed extends TargetBed {
  readonly aws: FakeAws;
  readonly ports: FakePorts;
  readonly role: string;
  readonly images: Readonly<Record<ModelName, LambdaImage>>;
  readonly options: LambdaTargetOptions;
  /** Another client of the same account. */
  targetWith(options: Partial<LambdaTargetOptions>): DeploymentTarget;
  requestWith(
    model: ModelName,
    settings?: CloudSettings,
    changes?: Partial<Desired>,
    endpoint?: string,
  ): DeploymentRequest;
  clients(options?: Partial<AwsClientOptions>): LambdaTargetOptions['clients'];
}

export const BROKEN_LOG = [
  'Traceback (most recent call last):',
  'ModuleNotFoundError: No module named sklearn',
];

export async function makeLambdaBed(
  overrides: Partial<LambdaTargetOptions> = {},
  fake: FakeAwsOptions = {},
): Promise<LambdaBed> {
  const aws = await FakeAws.start({ listen: false, ...fake });
  const ports = fakePorts();
  aws.follow(ports.clock);
  const role = aws.addRole('churn-function', ['lambda.amazonaws.com']);
  aws.ecr.policies.set(`${aws.world.account}/churn-serving`, '{"Principal":"lambda.amazonaws.com"}');
  const images = pushImages(aws);
  aws.lambda.images.set(shaOf(images.broken), { initError: BROKEN_LOG });
  aws.lambda.handler = ({ image }) => {
    const name = (Object.keys(LABELS) as ModelName[]).find((known) => shaOf(images[known]) === image);
    const body = JSON.stringify({ predictions: [name === undefined ? -1 : LABELS[name]] });
    return { payload: { statusCode: 200, headers: { 'Content-Type': 'application/json' }, body } };
  };
  const clients = (more: Partial<AwsClientOptions> = {}) => clientsOf(aws, more);
  const options: LambdaTargetOptions = {
    clients: clients(),
    account: null,
    adopt: false,
    removesAdopted: false,
    environment: new Map(),
    environmentKey: null,
    tags: new Map([['team', 'growth']]),
    environmentName: 'prod',
    context: { repository: 'acme/churn', commit: 'c0ffee', runId: '' },
    clock: ports.clock,
    signal: ports.signal,
    log: ports.log,
    timeoutMs: 60 * 60_000,
    pollMs: null,
    keepVersions: 3,
    ...overrides,
  };
  const requestWith: LambdaBed['requestWith'] = (
    model,
    settings = {},
    changes = {},
    endpoint = ENDPOINT,
  ) => ({
    endpoint,
    desired: {
      ...desiredFor(images[model].modelDigest),
      environment: environmentDigests(options.environment, null),
      ...changes,
      spec: { imageUri: images[model].uri, executionRoleArn: role, ...settings },
    },
    sources: {
      modelUrl: `s3://models/${model}.tar.gz`,
      modelSha256: null,
      referenceUrl: null,
      imageUri: images[model].uri,
      release: null,
    },
    repository: 'acme/churn',
    environmentName: 'prod',
    commit: 'c0ffee',
    run: '1001',
  });
  return {
    aws,
    ports,
    role,
    images,
    options,
    clients,
    target: createLambdaTarget(options),
    targetWith: (other) => createLambdaTarget({ ...options, ...other }),
    labelOf: (model) => LABELS[model],
    request: (model, endpoint) => requestWith(model, {}, {}, endpoint),
    requestWith,
    dispose: () => aws.close(),
  };
}

export function shaOf({ digest }: { readonly digest: string }): string {
  return digest.replace('sha256:', '');
}

function pushImages(aws: FakeAws): Readonly<Record<ModelName, LambdaImage>> {
  const made = (Object.keys(LABELS) as ModelName[]).map((name) => {
    const modelDigest = String(LABELS[name]).repeat(64);
    const image = { labels: { 'ml-deploy.model-digest': modelDigest } };
    const { uri, digest } = aws.pushImage('churn-serving', name, { image });
    return [name, { uri: uri.replace(/:\w+$/, `@${digest}`), digest, modelDigest }] as const;
  });
  return Object.fromEntries(made) as Record<ModelName, LambdaImage>;
}
