/** Terraform as a fake, over the fake of AWS: it makes what the variables' file says, as terraform/release does. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  Applied,
  Terraform,
  TerraformTargetOptions,
  Wanted,
} from '../../../../src/platforms/terraform/options.ts';
import { createTerraformTarget } from '../../../../src/platforms/terraform/terraform-target.ts';
import type { Variables, VersionVariables } from '../../../../src/platforms/terraform/variables.ts';
import type { DeploymentTarget } from '../../../../src/core/targets.ts';
import type { ResourceChangeJson } from '../../../../src/core/terraform/plan-json.ts';
import { makeSageMakerBed, type SageMakerBed } from '../../../platforms/sagemaker-bed.ts';

export const LINEAGE = 'a-lineage-that-nobody-knows';

export interface FakeTerraform extends Terraform {
  /** What the state holds. */
  versions: Record<string, VersionVariables>;
  serving: string | null;
  lineage: string | null;
  readonly calls: string[];
  /** Beside the changes that follow from the variables. */
  extra: ResourceChangeJson[];
  more: Record<string, unknown>;
  /** Instead of an apply that works. */
  onApply: ((work: () => Promise<void>) => Promise<Applied>) | null;
}

export interface TerraformBed {
  readonly aws: SageMakerBed;
  readonly terraform: FakeTerraform;
  readonly folder: string;
  readonly target: DeploymentTarget;
  readonly options: TerraformTargetOptions;
  /** Another step: a target that has planned nothing yet. */
  again(parts?: {
    wanted?: Partial<Wanted>;
    event?: TerraformTargetOptions['host']['settings']['event'];
  }): DeploymentTarget;
  file(): Promise<Variables>;
  dispose(): Promise<void>;
}

export async function makeTerraformBed(environment = new Map<string, string>()): Promise<TerraformBed> {
  const aws = await makeSageMakerBed({ adopt: true, keepVersions: Number.MAX_SAFE_INTEGER, environment });
  const folder = await mkdtemp(join(tmpdir(), 'ml-deploy-terraform-unit-'));
  const terraform = fakeTerraform(folder, aws, environment);
  const { clock, signal, log, redactor, context } = aws.ports;
  const optionsWith = (
    wanted: Partial<Wanted> = {},
    event: TerraformTargetOptions['host']['settings']['event'] = { name: 'push', isFromFork: false },
  ): TerraformTargetOptions => ({
    wanted: {
      directory: folder,
      varFiles: [],
      backendConfig: [],
      workspace: 'default',
      lockTimeout: '5m',
      allowDestroy: [],
      keepVersions: 3,
      environment,
      ...wanted,
    },
    platform: aws.target,
    terraform,
    host: { clock, signal, log, redactor, context, settings: { event } },
  });
  const options = optionsWith();
  return {
    aws,
    terraform,
    folder,
    options,
    target: createTerraformTarget(options),
    again: ({ wanted, event } = {}) => createTerraformTarget(optionsWith(wanted, event)),
    file: async () =>
      JSON.parse(await readFile(join(folder, 'ml-deploy.auto.tfvars.json'), 'utf8')) as Variables,
    dispose: async () => {
      await aws.dispose();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function fakeTerraform(
  folder: string,
  bed: SageMakerBed,
  environment: ReadonlyMap<string, string>,
): FakeTerraform {
  const read = async () =>
    (JSON.parse(await readFile(join(folder, 'ml-deploy.auto.tfvars.json'), 'utf8')) as Variables).ml_deploy;
  const fake: FakeTerraform = {
    versions: {},
    serving: null,
    lineage: null,
    calls: [],
    extra: [],
    more: {},
    onApply: null,
    version: () => Promise.resolve('1.11.4'),
    init: () => said('init'),
    state: () =>
      Promise.resolve({
        lineage: fake.lineage,
        json: stateJson(fake),
        backend: { type: 's3', config: { bucket: 'state', key: 'prod' } },
        lockFile: null,
      }),
    plan: async () => {
      await said('plan');
      const changes = [...changesTo(await read(), fake), ...fake.extra];
      const variables = { ml_deploy: {}, ml_deploy_environment: {} };
      const json = { format_version: '1.2', resource_changes: changes, variables, ...fake.more };
      return { json: JSON.stringify(json), file: Buffer.from('a plan with every secret in clear') };
    },
    apply: async () => {
      await said('apply');
      const wanted = await read();
      const work = () => make(wanted, fake, bed, environment);
      if (fake.onApply !== null) return fake.onApply(work);
      await work();
      return { ok: true, errors: '' };
    },
    settle: () => Promise.resolve([]),
  };
  const said = (command: string) => {
    fake.calls.push(command);
    return Promise.resolve();
  };
  return fake;
}

const change = (
  type: string,
  index: string | null,
  actions: string[],
  before: object | null,
  after: object | null,
) => ({
  address: `module.release.${type}.version${index === null ? '' : `[${JSON.stringify(index)}]`}`,
  type,
  ...(index === null ? {} : { index }),
  provider_name: 'registry.terraform.io/hashicorp/aws',
  change: { actions, before, after },
});

function changesTo({ versions, serving }: Variables['ml_deploy'], fake: FakeTerraform): ResourceChangeJson[] {
  const types = ['aws_sagemaker_model', 'aws_sagemaker_endpoint_configuration'];
  const added = Object.entries(versions).filter(([name]) => !(name in fake.versions));
  const gone = Object.entries(fake.versions).filter(([name]) => !(name in versions));
  const endpoint = change(
    'aws_sagemaker_endpoint',
    null,
    [fake.serving === null ? 'create' : 'update'],
    fake.serving === null ? null : { endpoint_config_name: fake.serving },
    { endpoint_config_name: serving },
  );
  return [
    ...types.flatMap((type) =>
      added.map(([name, values]) => change(type, name, ['create'], null, { name, ...values })),
    ),
    ...types.flatMap((type) =>
      gone.map(([name, values]) => change(type, name, ['delete'], { name, ...values }, null)),
    ),
    ...(serving === fake.serving ? [] : [endpoint]),
  ];
}

function stateJson({ versions }: FakeTerraform) {
  const resources = Object.entries(versions).flatMap(([index, version]) => [
    {
      type: 'aws_sagemaker_model',
      index,
      values: {
        execution_role_arn: version.execution_role_arn,
        primary_container: [{ image: version.image, model_data_url: version.model_data_url }],
      },
    },
    {
      type: 'aws_sagemaker_endpoint_configuration',
      index,
      values: {
        production_variants: [
          {
            variant_name: version.variant_name,
            instance_type: version.instance_type,
            initial_instance_count: version.instance_count,
          },
        ],
      },
    },
  ]);
  return { values: { root_module: { child_modules: [{ resources }] } } };
}

async function make(
  { endpoint, serving, versions }: Variables['ml_deploy'],
  fake: FakeTerraform,
  { clients, ports }: SageMakerBed,
  environment: ReadonlyMap<string, string>,
): Promise<void> {
  const sagemaker = await clients().sageMaker();
  fake.lineage ??= LINEAGE;
  for (const [name, version] of Object.entries(versions)) {
    if (name in fake.versions) continue;
    await sagemaker.createModel({
      ModelName: name,
      ExecutionRoleArn: version.execution_role_arn,
      PrimaryContainer: {
        Image: version.image,
        ModelDataUrl: version.model_data_url,
        Environment: Object.fromEntries(environment),
      },
    });
    await sagemaker.createEndpointConfig({
      EndpointConfigName: name,
      ProductionVariants: [
        {
          VariantName: version.variant_name,
          ModelName: name,
          InstanceType: version.instance_type as 'ml.m5.large',
          InitialInstanceCount: version.instance_count,
        },
      ],
    });
    fake.versions[name] = version;
  }
  const names = { EndpointName: endpoint, EndpointConfigName: serving };
  if (fake.serving === null) await sagemaker.createEndpoint(names);
  else if (fake.serving !== serving) await sagemaker.updateEndpoint(names);
  fake.serving = serving;
  for (const name of Object.keys(fake.versions).filter((known) => !(known in versions))) {
    await sagemaker.deleteEndpointConfig({ EndpointConfigName: name });
    await sagemaker.deleteModel({ ModelName: name });
  }
  fake.versions = Object.fromEntries(Object.entries(fake.versions).filter(([name]) => name in versions));
  // As the provider waits.
  await ports.clock.sleep(3_600_000, ports.signal);
}
