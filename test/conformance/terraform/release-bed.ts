/**
 * Releases through Terraform as a job runs them: the built deploy-endpoint, terraform itself with its S3 backend, a provider
 * of the tests with the real schema, and the fake of AWS behind all of them.
 */
import { cpSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling';
import { SageMaker } from '@aws-sdk/client-sagemaker';
import { root } from '../../../scripts/lib/paths.ts';
import { runAction, type ActionRun, type RunOptions } from '../../../scripts/lib/runner-protocol.ts';
import { dist } from '../../e2e/gate-bed.ts';
import { makeArchive } from '../../fakes/archive.ts';
import { FakeAws } from '../../fakes/aws/fake-aws.ts';
import { awsBackend } from '../../fakes/terraform/aws-backend.ts';
import type { State } from '../../fakes/terraform/dynamic-value.ts';
import type { Backend, ResourceKind } from '../../fakes/terraform/lifecycle.ts';
import type { SageMakerSide } from '../../fakes/terraform/sagemaker-kinds.ts';
import { startTerraformBed, type Said } from './terraform-bed.ts';

export const ENDPOINT = 'churn';
export const REGION = 'eu-central-1';
/** Of dev.s3.tfbackend. */
export const STATE = { bucket: 'acme-terraform-state-dev', key: 'ml-deploy/churn/release.tfstate' } as const;

const SETTINGS = [
  'directory: terraform/examples/release',
  'var-files: dev.tfvars',
  'backend-config: dev.s3.tfbackend, test.s3.tfbackend',
  'lock-timeout: 1s',
].join('\n');

export type Model = 'one' | 'two' | 'three' | 'broken';
type Given = Readonly<Record<string, string>>;

export interface ReleaseBed {
  readonly aws: FakeAws;
  /** The folder of the job. */
  readonly work: string;
  /** The root module in it. */
  readonly directory: string;
  /** The provider's side: a test may hold it or let it believe. */
  readonly side: { -readonly [K in 'onAsked' | 'believesUpdates']?: SageMakerSide[K] };
  readonly env: Given;
  readonly image: string;
  archives: Readonly<Record<Model, string>>;
  step(command: string, inputs?: Given, options?: RunOptions): Promise<ActionRun>;
  release(model: Model, inputs?: Given, options?: RunOptions): Promise<ActionRun>;
  plan(model: Model, inputs?: Given, options?: RunOptions): Promise<ActionRun>;
  /** terraform by hand, in the root module. */
  terraform(...args: string[]): Promise<Said>;
  /** Applies another root module, with a state on this disk. */
  applyRoot(name: string, hcl: string): Promise<Said>;
  /** The input that names other files of the backend. */
  withBackend(files: string): Given;
  /** The input that names another program. */
  withBinary(program: string): Given;
  /** Names of the calls that changed SageMaker since the last `forget`, but for tags: those are ml-deploy's notes. */
  changes(): string[];
  /** The files in RUNNER_TEMP, but for the plan documents. */
  left(): string[];
  close(): Promise<void>;
}

/** @param password what the provider `hashicorp/random` of the tests makes up */
export async function startReleaseBed(password = 'made-up'): Promise<ReleaseBed> {
  // Each look at an endpoint takes half a minute, so that creations and updates come to their end.
  const aws = await FakeAws.start({
    account: '111111111111',
    region: REGION,
    perCall: { on: /:Describe/, milliseconds: 30_000 },
  });
  aws.addBucket(STATE.bucket, REGION);
  aws.quotas.endpointInstances.set('ml.m5.large', 40);
  aws.quotas.endpointInstances.set('ml.m5.xlarge', 40);
  const role = aws.addRole('execution');
  const pushed = aws.pushImage('churn-serving', 'v1');
  const image = pushed.uri.replace(/:v1$/, `@${pushed.digest}`);
  const archives = await putArchives(aws);
  aws.plan({
    outcome: { kind: 'ping-failure', logs: ['ModuleNotFoundError: No module named sklearn'] },
    where: ({ modelData }) => modelData === archives.broken,
    times: Infinity,
  });
  const side: ReleaseBed['side'] = {};
  const sagemaker = sideOf(aws, side);
  const backend = awsBackend({ account: aws.world.account, region: REGION, sagemaker });
  const backends = { aws: backend, random: passwords(password) };
  const bed = await startTerraformBed(['aws', 'random'], backends, aws.env);
  const work = join(bed.temp, 'work');
  const temp = join(bed.temp, 'runner');
  mkdirSync(temp);
  cpSync(join(root, 'terraform'), join(work, 'terraform'), { recursive: true });
  const directory = join(work, 'terraform/examples/release');
  writeFileSync(join(directory, 'test.s3.tfbackend'), backendOf(aws.url));
  const env = {
    ...aws.env,
    TF_REATTACH_PROVIDERS: bed.env.TF_REATTACH_PROVIDERS ?? '',
    CHECKPOINT_DISABLE: '1',
    GITHUB_WORKSPACE: work,
    RUNNER_TEMP: temp,
    GITHUB_REPOSITORY: 'acme/churn',
    GITHUB_EVENT_NAME: 'push',
    ML_DEPLOY_POLL_SECONDS: '0',
  };
  const step: ReleaseBed['step'] = (command, inputs = {}, options = {}) =>
    runAction('deploy-endpoint', {
      dist,
      ...options,
      inputs: {
        command,
        target: 'terraform',
        'endpoint-name': ENDPOINT,
        environment: 'dev',
        terraform: SETTINGS,
        'execution-role-arn': role,
        'image-uri': image,
        'instance-type': 'ml.m5.large',
        ...inputs,
      },
      env: { ...env, ...options.env },
    });
  const withModel =
    (command: string): ReleaseBed['release'] =>
    (model, inputs = {}, options = {}) =>
      step(command, { 'model-data-url': archives[model], ...inputs }, options);
  return {
    aws,
    work,
    directory,
    side,
    env,
    image,
    archives,
    step,
    release: withModel('deploy'),
    plan: withModel('plan'),
    terraform: (...args) => bed.run(directory, ...args),
    applyRoot: async (name, hcl) => {
      const folder = join(work, name);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'main.tf'), hcl);
      await bed.run(folder, 'init', '-input=false', '-no-color');
      return bed.run(folder, 'apply', '-input=false', '-no-color', '-auto-approve');
    },
    withBackend: (files) => ({
      terraform: SETTINGS.replace(/^backend-config: .*$/m, `backend-config: ${files}`),
    }),
    withBinary: (program) => ({ terraform: `${SETTINGS}\nbinary: ${program}` }),
    changes: () => {
      const calls = aws.names('mutations').map((name) => name.split(':'));
      const own = calls.filter(([service, name = '']) => service === 'sagemaker' && !name.endsWith('Tags'));
      return own.map(([, name = '']) => name);
    },
    left: () => {
      const there = readdirSync(temp, { recursive: true, encoding: 'utf8' });
      const files = there.filter((path) => statSync(join(temp, path)).isFile());
      return files.filter((path) => !path.startsWith('ml-deploy/'));
    },
    close: async () => {
      bed.close();
      await aws.close();
    },
  };
}

/** A provider that calls an attribute sensitive: random_password, as far as it is used. */
function passwords(value: string): Backend {
  const made = (state: State) => {
    state.result = value;
    return Promise.resolve();
  };
  const random_password: ResourceKind = {
    replaces: () => false,
    create: made,
    update: made,
    read: () => Promise.resolve(true),
    remove: () => Promise.resolve(),
    idOf: () => 'none',
  };
  return { region: '', resources: { random_password }, data: {} };
}

/** The provider that the bed attaches; a test changes it while it runs. */
function sideOf(aws: FakeAws, side: ReleaseBed['side']): SageMakerSide {
  return {
    sagemaker: new SageMaker(aws.client),
    scaling: new ApplicationAutoScaling(aws.client),
    onAsked: (operation) => side.onAsked?.(operation) ?? Promise.resolve(),
    get believesUpdates() {
      return side.believesUpdates ?? false;
    },
  };
}

async function putArchives(aws: FakeAws): Promise<ReleaseBed['archives']> {
  const models: readonly Model[] = ['one', 'two', 'three', 'broken'];
  const put = models.map(async (name) => {
    const { bytes } = await makeArchive({ 'model.txt': name });
    return [name, await aws.putObject('models', `churn/${name}.tar.gz`, bytes)] as const;
  });
  return Object.fromEntries(await Promise.all(put)) as ReleaseBed['archives'];
}

/** What a bucket on this machine needs beside dev.s3.tfbackend. */
function backendOf(url: string): string {
  return [
    `endpoints = { s3 = "${url}" }`,
    'use_path_style = true',
    'skip_credentials_validation = true',
    'skip_requesting_account_id = true',
    'skip_metadata_api_check = true',
    'skip_region_validation = true',
    '',
  ].join('\n');
}
