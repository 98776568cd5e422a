/** Models, endpoint configs, endpoints and their scaling, as a provider asks AWS for them. */
import type { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling';
import type { ProductionVariant, SageMaker } from '@aws-sdk/client-sagemaker';
import { listOf, type ResourceKind } from './lifecycle.ts';
import type { State } from './dynamic-value.ts';

export interface SageMakerSide {
  readonly sagemaker: SageMaker;
  readonly scaling: ApplicationAutoScaling;
  /** After an endpoint's creation or update was asked for, before the wait for it: a test may hold it here. */
  readonly onAsked?: (operation: 'CreateEndpoint' | 'UpdateEndpoint') => Promise<unknown>;
  /**
   * Notes the config that was asked for, without reading it back: hashicorp/aws 6.55 is reported to
   * (https://github.com/hashicorp/terraform-provider-aws/issues/48997).
   */
  readonly believesUpdates?: boolean;
}

const isTags = (key: string) => key === 'tags' || key === 'tags_all';
const anything = (key: string) => !isTags(key);

export function sageMakerKinds(side: SageMakerSide): Record<string, ResourceKind> {
  return {
    aws_sagemaker_model: modelKind(side),
    aws_sagemaker_endpoint_configuration: configKind(side),
    aws_sagemaker_endpoint: endpointKind(side),
    aws_appautoscaling_target: targetKind(side),
    aws_appautoscaling_policy: policyKind(side),
  };
}

function modelKind({ sagemaker }: SageMakerSide): ResourceKind {
  return {
    replaces: anything,
    create: async (state) => {
      const [container = {}] = listOf(state.primary_container);
      const [files] = listOf(container.model_data_source).flatMap((source) => listOf(source.s3_data_source));
      const [network] = listOf(state.vpc_config);
      const { ModelArn } = await sagemaker.createModel({
        ModelName: text(state.name),
        ExecutionRoleArn: text(state.execution_role_arn),
        PrimaryContainer: {
          Image: text(container.image),
          ModelDataUrl: text(container.model_data_url),
          Environment: (container.environment ?? undefined) as Record<string, string> | undefined,
          ...(files === undefined
            ? {}
            : {
                ModelDataSource: {
                  S3DataSource: {
                    S3Uri: text(files.s3_uri),
                    S3DataType: text(files.s3_data_type) as 'S3Prefix',
                    CompressionType: text(files.compression_type) as 'None',
                  },
                },
              }),
        },
        ...(state.enable_network_isolation === true ? { EnableNetworkIsolation: true } : {}),
        ...(network === undefined
          ? {}
          : {
              VpcConfig: {
                Subnets: network.subnets as string[],
                SecurityGroupIds: network.security_group_ids as string[],
              },
            }),
        Tags: tagsOf(state),
      });
      state.arn = ModelArn;
    },
    read: (state) =>
      orGone(async () => {
        const found = await sagemaker.describeModel({ ModelName: text(state.name) });
        const container = found.PrimaryContainer ?? {};
        const [before = {}] = listOf(state.primary_container);
        state.arn = found.ModelArn;
        state.execution_role_arn = found.ExecutionRoleArn;
        state.primary_container = [
          { ...before, image: container.Image, model_data_url: container.ModelDataUrl ?? null },
        ];
      }),
    update: () => Promise.resolve(),
    remove: async (state) => await sagemaker.deleteModel({ ModelName: text(state.name) }),
  };
}

function configKind({ sagemaker }: SageMakerSide): ResourceKind {
  return {
    replaces: anything,
    create: async (state) => {
      const { EndpointConfigArn } = await sagemaker.createEndpointConfig({
        EndpointConfigName: text(state.name),
        KmsKeyId: text(state.kms_key_arn),
        ProductionVariants: listOf(state.production_variants).map(variantOf),
        Tags: tagsOf(state),
      });
      state.arn = EndpointConfigArn;
    },
    read: (state) =>
      orGone(async () => {
        const found = await sagemaker.describeEndpointConfig({ EndpointConfigName: text(state.name) });
        state.arn = found.EndpointConfigArn;
        const before = listOf(state.production_variants);
        state.production_variants = (found.ProductionVariants ?? []).map((variant, index) => ({
          ...before[index],
          variant_name: variant.VariantName,
          model_name: variant.ModelName,
          instance_type: variant.InstanceType ?? null,
          initial_instance_count: variant.InitialInstanceCount ?? null,
        }));
      }),
    update: () => Promise.resolve(),
    remove: async (state) => await sagemaker.deleteEndpointConfig({ EndpointConfigName: text(state.name) }),
  };
}

function variantOf(variant: State): ProductionVariant {
  const [serverless] = listOf(variant.serverless_config);
  const numbers = {
    InitialInstanceCount: variant.initial_instance_count,
    ContainerStartupHealthCheckTimeoutInSeconds: variant.container_startup_health_check_timeout_in_seconds,
    ModelDataDownloadTimeoutInSeconds: variant.model_data_download_timeout_in_seconds,
  };
  return {
    VariantName: text(variant.variant_name),
    ModelName: text(variant.model_name),
    InstanceType: text(variant.instance_type) as 'ml.m5.large' | undefined,
    ...Object.fromEntries(Object.entries(numbers).filter(([, value]) => typeof value === 'number')),
    ...(serverless === undefined
      ? {}
      : {
          ServerlessConfig: {
            MemorySizeInMB: serverless.memory_size_in_mb as number,
            MaxConcurrency: serverless.max_concurrency as number,
          },
        }),
  };
}

function endpointKind(side: SageMakerSide): ResourceKind {
  const { sagemaker } = side;
  const read = async (state: State) => {
    const found = await sagemaker.describeEndpoint({ EndpointName: text(state.name) });
    const { Tags = [] } = await sagemaker.listTags({ ResourceArn: found.EndpointArn ?? '' });
    const tags = Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value]));
    state.arn = found.EndpointArn;
    state.endpoint_config_name = found.EndpointConfigName;
    state.tags = Tags.length === 0 ? null : tags;
    state.tags_all = tags;
  };
  return {
    replaces: (key) => key === 'name',
    create: async (state) => {
      const names = { EndpointName: text(state.name), EndpointConfigName: text(state.endpoint_config_name) };
      const { EndpointArn } = await sagemaker.createEndpoint({ ...names, Tags: tagsOf(state) });
      state.arn = EndpointArn;
      await side.onAsked?.('CreateEndpoint');
      await inService(sagemaker, state);
    },
    read: (state) => orGone(() => read(state)),
    update: async (state, before) => {
      if (state.endpoint_config_name !== before.endpoint_config_name) {
        await sagemaker.updateEndpoint({
          EndpointName: text(state.name),
          EndpointConfigName: text(state.endpoint_config_name),
        });
        await side.onAsked?.('UpdateEndpoint');
        await inService(sagemaker, state);
      }
      await changeTags(sagemaker, state, before);
      if (side.believesUpdates === true) return;
      const { tags, tags_all } = state;
      await read(state);
      Object.assign(state, { tags, tags_all });
    },
    remove: async (state) => await sagemaker.deleteEndpoint({ EndpointName: text(state.name) }),
  };
}

async function inService(sagemaker: SageMaker, { name }: State): Promise<void> {
  for (;;) {
    const { EndpointStatus, FailureReason } = await sagemaker.describeEndpoint({ EndpointName: text(name) });
    if (EndpointStatus === 'InService') return;
    if (EndpointStatus === 'Failed') {
      throw new Error(`waiting for SageMaker Endpoint (${text(name)}): Failed: ${FailureReason ?? ''}`);
    }
  }
}

async function changeTags(sagemaker: SageMaker, state: State, before: State): Promise<void> {
  const [now, was] = [tagsOf(state), tagsOf(before)];
  const gone = was.map(({ Key }) => Key).filter((key) => !now.some(({ Key }) => Key === key));
  const fresh = now.filter(({ Key, Value }) => !was.some((tag) => tag.Key === Key && tag.Value === Value));
  const ResourceArn = text(state.arn);
  if (gone.length > 0) await sagemaker.deleteTags({ ResourceArn, TagKeys: gone });
  if (fresh.length > 0) await sagemaker.addTags({ ResourceArn, Tags: fresh });
}

function targetKind({ scaling }: SageMakerSide): ResourceKind {
  const register = async (state: State) => {
    const { ScalableTargetARN } = await scaling.registerScalableTarget({
      ...scaled(state),
      MinCapacity: state.min_capacity as number,
      MaxCapacity: state.max_capacity as number,
    });
    state.arn = ScalableTargetARN ?? 'arn:aws:application-autoscaling:scalable-target/stand-in';
    state.role_arn ??= '';
  };
  return {
    idOf: (state) => text(state.resource_id) ?? '',
    replaces: (key) => ['resource_id', 'scalable_dimension', 'service_namespace'].includes(key),
    create: register,
    read: async (state) => {
      const { ScalableTargets = [] } = await scaling.describeScalableTargets({
        ServiceNamespace: 'sagemaker',
        ResourceIds: [text(state.resource_id) ?? ''],
      });
      const [found] = ScalableTargets;
      Object.assign(state, { min_capacity: found?.MinCapacity, max_capacity: found?.MaxCapacity });
      return found !== undefined;
    },
    update: register,
    remove: async (state) => await scaling.deregisterScalableTarget(scaled(state)),
  };
}

function policyKind({ scaling }: SageMakerSide): ResourceKind {
  const put = async (state: State) => {
    const [tracking = {}] = listOf(state.target_tracking_scaling_policy_configuration);
    const [metric] = listOf(tracking.predefined_metric_specification);
    const { PolicyARN } = await scaling.putScalingPolicy({
      ...scaled(state),
      PolicyName: text(state.name),
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: tracking.target_value as number,
        ScaleInCooldown: tracking.scale_in_cooldown as number,
        ScaleOutCooldown: tracking.scale_out_cooldown as number,
        PredefinedMetricSpecification: {
          PredefinedMetricType: text(
            metric?.predefined_metric_type,
          ) as 'SageMakerVariantInvocationsPerInstance',
        },
      },
    });
    Object.assign(state, { arn: PolicyARN, alarm_arns: state.alarm_arns ?? [] });
  };
  return {
    replaces: (key) => ['name', 'resource_id', 'scalable_dimension', 'service_namespace'].includes(key),
    create: put,
    read: async (state) => {
      const { ScalingPolicies = [] } = await scaling.describeScalingPolicies({
        ServiceNamespace: 'sagemaker',
        ResourceId: text(state.resource_id),
      });
      return ScalingPolicies.some(({ PolicyName }) => PolicyName === state.name);
    },
    update: put,
    remove: async (state) =>
      await scaling.deleteScalingPolicy({ ...scaled(state), PolicyName: text(state.name) }),
  };
}

const scaled = ({ resource_id }: State) =>
  ({
    ServiceNamespace: 'sagemaker',
    ScalableDimension: 'sagemaker:variant:DesiredInstanceCount',
    ResourceId: text(resource_id),
  }) as const;

export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function tagsOf({ tags_all }: State): { Key: string; Value: string }[] {
  return Object.entries((tags_all ?? {}) as Record<string, string>).map(([Key, Value]) => ({ Key, Value }));
}

/** False where AWS says that there is no such thing. */
export async function orGone(look: () => Promise<unknown>): Promise<boolean> {
  try {
    await look();
    return true;
  } catch (error) {
    if (/could not find|not found|does not exist|NoSuch|cannot be found/i.test(String(error))) return false;
    throw error;
  }
}
