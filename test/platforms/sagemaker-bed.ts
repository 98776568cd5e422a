/** A bed for the SageMaker target: a fake AWS, archives in its S3, an image in its ECR, a store in a temp folder. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CloudSettings } from '../../src/core/plan/cloud-settings.ts';
import { environmentDigests } from '../../src/core/plan/environment-digests.ts';
import type { Desired } from '../../src/documents/plan.ts';
import type { ArtifactStore } from '../../src/core/stores.ts';
import type { DeploymentRequest, DeploymentTarget } from '../../src/core/targets.ts';
import { FileStore } from '../../src/stores/file/file-store.ts';
import type { AwsClientOptions } from '../../src/clouds/aws/clients.ts';
import type { SageMakerTargetOptions } from '../../src/platforms/sagemaker/options.ts';
import { createSageMakerTarget } from '../../src/platforms/sagemaker/sagemaker-target.ts';
import { FakeAws, type FakeAwsOptions } from '../fakes/aws/fake-aws.ts';
import { fakePorts, type FakePorts } from '../fakes/ports.ts';
import { clientsOf } from './aws-clients.ts';
import { desiredFor } from './local-bed.ts';
import { ENDPOINT, type ModelName, type TargetBed } from './target-suite.ts';

const LABELS: Readonly<Record<ModelName, number>> = { one: 1, two: 2, three: 3, broken: 0 };

export interface Archive {
  readonly digest: string;
  readonly url: string;
  readonly sha256: string;
}

export interface SageMakerBed extends TargetBed {
  readonly aws: FakeAws;
  readonly ports: FakePorts;
  readonly image: { readonly uri: string; readonly digest: string };
  readonly role: string;
  readonly archives: Readonly<Record<ModelName, Archive>>;
  readonly options: SageMakerTargetOptions;
  /** Another client of the same account. */
  targetWith(options: Partial<SageMakerTargetOptions>): DeploymentTarget;
  requestWith(
    model: ModelName,
    changes?: Asked,
    /** What is undefined is left out, also of what the bed gives. */
    settings?: Settings,
    endpoint?: string,
  ): DeploymentRequest;
  clients(options?: Partial<AwsClientOptions>): SageMakerTargetOptions['clients'];
}

type Settings = { readonly [K in keyof CloudSettings]: CloudSettings[K] | undefined };

/** Of what is desired; what the platform makes a spec of stands beside it. */
export type Asked = Partial<Omit<Desired, 'spec'>> &
  Pick<Settings, 'variantName' | 'instanceCount' | 'scaling'> & {
    /** null for none. */
    readonly instanceType?: string | null;
  };

function present(settings: Settings): Desired['spec'] {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

export async function makeSageMakerBed(
  overrides: Partial<SageMakerTargetOptions> = {},
  fake: FakeAwsOptions = {},
): Promise<SageMakerBed> {
  const folder = await mkdtemp(join(tmpdir(), 'ml-deploy-sagemaker-'));
  const aws = await FakeAws.start({ listen: false, ...fake });
  const ports = fakePorts({ workspace: folder });
  // A fake that begins with a snapshot is further in time.
  ports.clock.advance(aws.time.now().getTime() - ports.clock.now().getTime());
  aws.follow(ports.clock);
  for (const type of ['ml.m5.large', 'ml.m5.xlarge', 'ml.c5.large'])
    aws.quotas.endpointInstances.set(type, 40);
  const role = aws.addRole('execution');
  const pushed = aws.pushImage('churn-serving', 'v1');
  const image = { uri: pushed.uri.replace(/:v1$/, `@${pushed.digest}`), digest: pushed.digest };
  const archives = await putArchives(aws);
  aws.plan({
    outcome: { kind: 'ping-failure', logs: ['ModuleNotFoundError: No module named sklearn'] },
    where: ({ modelData }) => modelData === archives.broken.url,
    times: Infinity,
  });
  aws.container = ({ model }) => {
    const url = model.spec.PrimaryContainer?.ModelDataUrl;
    const name = (Object.keys(LABELS) as ModelName[]).find((known) => archives[known].url === url);
    return { body: JSON.stringify({ predictions: [name === undefined ? -1 : LABELS[name]] }) };
  };
  const clients = (more: Partial<AwsClientOptions> = {}) => clientsOf(aws, more);
  const options: SageMakerTargetOptions = {
    clients: clients(),
    account: null,
    adopt: false,
    removesAdopted: false,
    environment: new Map(),
    environmentKey: null,
    tags: new Map([['team', 'growth']]),
    environmentName: 'prod',
    context: { repository: 'acme/churn', commit: 'c0ffee', runId: '' },
    openStore: (url) => storeIn(folder, url),
    clock: ports.clock,
    signal: ports.signal,
    log: ports.log,
    timeoutMs: 60 * 60_000,
    // Four times as seldom as by default: each state of a change is seen all the same.
    pollMs: 60_000,
    sessionSeconds: null,
    keepVersions: 3,
    ...overrides,
  };
  const requestWith: SageMakerBed['requestWith'] = (
    model,
    { variantName, instanceType, instanceCount, scaling, ...changes } = {},
    settings = {},
    endpoint = ENDPOINT,
  ) => ({
    endpoint,
    desired: {
      ...desiredFor(archives[model].digest),
      ...changes,
      environment: changes.environment ?? environmentDigests(options.environment, options.environmentKey),
      spec: present({
        variantName,
        instanceType: instanceType === undefined ? 'ml.m5.large' : (instanceType ?? undefined),
        instanceCount,
        scaling,
        imageUri: image.uri,
        executionRoleArn: role,
        modelDataUrl: archives[model].url,
        ...settings,
      }),
    },
    sources: {
      modelUrl: archives[model].url,
      modelSha256: archives[model].sha256,
      referenceUrl: null,
      imageUri: image.uri,
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
    image,
    role,
    archives,
    options,
    clients,
    target: createSageMakerTarget(options),
    targetWith: (other) => createSageMakerTarget({ ...options, ...other }),
    labelOf: (model) => LABELS[model],
    request: (model, endpoint) => requestWith(model, {}, {}, endpoint),
    requestWith,
    dispose: async () => {
      await aws.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The artifact store is another part's business: here it is a folder for each bucket. */
function storeIn(folder: string, url: string): Promise<ArtifactStore> {
  return Promise.resolve(new FileStore(join(folder, 'stores', encodeURIComponent(url))));
}

async function putArchives(aws: FakeAws): Promise<Readonly<Record<ModelName, Archive>>> {
  const made = (Object.keys(LABELS) as ModelName[]).map(async (name) => {
    const body = Buffer.from(`the archive of ${name}`);
    const digest = createHash('sha256').update(name).digest('hex');
    const url = await aws.putObject('models', `churn/models/${digest}/model.tar.gz`, body);
    return [name, { digest, url, sha256: createHash('sha256').update(body).digest('hex') }] as const;
  });
  return Object.fromEntries(await Promise.all(made)) as Record<ModelName, Archive>;
}
