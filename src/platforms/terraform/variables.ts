/** ml-deploy.auto.tfvars.json: the versions of an endpoint as terraform/release takes them. Pure. */
import { UserError, type Problem } from '../../core/errors.ts';
import { isObject, type JsonObject } from '../../core/json-object.ts';
import type { Plan } from '../../documents/plan.ts';

/** One version. What is absent, Terraform or SageMaker decides. */
export interface VersionVariables {
  readonly image: string;
  readonly execution_role_arn: string;
  readonly variant_name: string;
  readonly model_data_url?: string;
  readonly model_data_is_files?: true;
  readonly instance_type?: string;
  readonly instance_count?: number;
  readonly serverless_memory_mb?: number;
  readonly serverless_concurrency?: number;
  readonly startup_timeout?: number;
  readonly download_timeout?: number;
  readonly network_isolation?: true;
  readonly subnets?: readonly string[];
  readonly security_groups?: readonly string[];
  readonly kms_key_arn?: string;
  /** Digest of the release record that the model came with. */
  readonly release?: string;
}

export type Versions = Readonly<Record<string, VersionVariables>>;

export interface Variables {
  readonly ml_deploy: { readonly endpoint: string; readonly serving: string; readonly versions: Versions };
}

/** Where each part of SageMaker's requests goes, by its path. */
const PLACES: Readonly<Record<string, keyof VersionVariables>> = {
  'model.PrimaryContainer.Image': 'image',
  'model.PrimaryContainer.ModelDataUrl': 'model_data_url',
  'model.PrimaryContainer.ModelDataSource.S3DataSource.S3Uri': 'model_data_url',
  'model.ExecutionRoleArn': 'execution_role_arn',
  'model.EnableNetworkIsolation': 'network_isolation',
  'model.VpcConfig.Subnets': 'subnets',
  'model.VpcConfig.SecurityGroupIds': 'security_groups',
  'endpointConfig.KmsKeyId': 'kms_key_arn',
  'endpointConfig.ProductionVariants.0.VariantName': 'variant_name',
  'endpointConfig.ProductionVariants.0.InstanceType': 'instance_type',
  'endpointConfig.ProductionVariants.0.InitialInstanceCount': 'instance_count',
  'endpointConfig.ProductionVariants.0.ServerlessConfig.MemorySizeInMB': 'serverless_memory_mb',
  'endpointConfig.ProductionVariants.0.ServerlessConfig.MaxConcurrency': 'serverless_concurrency',
  'endpointConfig.ProductionVariants.0.ContainerStartupHealthCheckTimeoutInSeconds': 'startup_timeout',
  'endpointConfig.ProductionVariants.0.ModelDataDownloadTimeoutInSeconds': 'download_timeout',
};
/** What terraform/release says by itself if files are in a folder. */
const FILES: Readonly<Record<string, unknown>> = {
  'model.PrimaryContainer.ModelDataSource.S3DataSource.S3DataType': 'S3Prefix',
  'model.PrimaryContainer.ModelDataSource.S3DataSource.CompressionType': 'None',
};

/** @throws UserError for a setting that terraform/release has no place for: it must not be lost in silence */
export function versionOf({ desired, sources }: Pick<Plan, 'desired' | 'sources'>): VersionVariables {
  const { model, endpointConfig } = desired.spec;
  const requests = { model, endpointConfig };
  const found: Record<string, unknown> = {};
  const problems: Problem[] = [];
  for (const [path, value] of leaves(requests, '')) {
    const place = PLACES[path];
    if (place !== undefined) found[place] = value;
    else if (path in FILES && FILES[path] === value) found.model_data_is_files = true;
    else if (value !== false)
      problems.push({ where: 'target', message: `terraform cannot set ${path} of SageMaker.` });
  }
  if (problems.length > 0) throw UserError.of(problems);
  if (found.network_isolation !== true) delete found.network_isolation;
  if (sources.release !== null) found.release = sources.release;
  return found as unknown as VersionVariables;
}

/** Lists of texts are one value. */
function leaves(value: unknown, path: string): [string, unknown][] {
  const inner = (key: string) => (path === '' ? key : `${path}.${key}`);
  if (Array.isArray(value) && value.some((item) => isObject(item))) {
    return value.flatMap((item: unknown, index) => leaves(item, inner(String(index))));
  }
  if (isObject(value)) return Object.entries(value).flatMap(([key, item]) => leaves(item, inner(key)));
  return value === undefined || value === null ? [] : [[path, value]];
}

/** The versions that a state holds: models and configs with a key each, in any module. */
export function versionsOfState(json: unknown): Versions {
  const resources = isObject(json) && isObject(json.values) ? resourcesOf(json.values.root_module) : [];
  const byKey = (type: string) =>
    new Map(
      resources.filter((r) => r.type === type && typeof r.index === 'string').map((r) => [r.index, r.values]),
    );
  const models = byKey('aws_sagemaker_model');
  const configs = byKey('aws_sagemaker_endpoint_configuration');
  const versions = [...configs].flatMap(([key, config]): [string, VersionVariables][] => {
    const model = models.get(key);
    return model === undefined ? [] : [[String(key), versionOfState(objectOf(model), objectOf(config))]];
  });
  return Object.fromEntries(versions);
}

function versionOfState(model: JsonObject, config: JsonObject): VersionVariables {
  const container = first(model.primary_container);
  const files = first(first(container.model_data_source).s3_data_source).s3_uri;
  const variant = first(config.production_variants);
  const serverless = first(variant.serverless_config);
  const network = first(model.vpc_config);
  const values = {
    image: container.image,
    model_data_url: files ?? container.model_data_url,
    model_data_is_files: files === undefined || files === null ? undefined : true,
    execution_role_arn: model.execution_role_arn,
    network_isolation: model.enable_network_isolation === true ? true : undefined,
    subnets: network.subnets,
    security_groups: network.security_group_ids,
    kms_key_arn: config.kms_key_arn,
    variant_name: variant.variant_name,
    instance_type: variant.instance_type,
    instance_count: serverless.memory_size_in_mb === undefined ? variant.initial_instance_count : undefined,
    serverless_memory_mb: serverless.memory_size_in_mb,
    serverless_concurrency: serverless.max_concurrency,
    startup_timeout: variant.container_startup_health_check_timeout_in_seconds,
    download_timeout: variant.model_data_download_timeout_in_seconds,
  };
  const given = Object.entries(values).filter(([, value]) => !isUnset(value));
  return Object.fromEntries(given) as unknown as VersionVariables;
}

/** Providers write what is not set as null, '', 0 or []. */
function isUnset(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
    value === '' ||
    value === 0 ||
    (Array.isArray(value) && value.length === 0)
  );
}

function resourcesOf(module: unknown): JsonObject[] {
  if (!isObject(module)) return [];
  const own = Array.isArray(module.resources) ? module.resources.filter(isObject) : [];
  const children = Array.isArray(module.child_modules) ? module.child_modules.flatMap(resourcesOf) : [];
  return [...own, ...children];
}

function first(value: unknown): JsonObject {
  return Array.isArray(value) ? objectOf(value[0]) : {};
}

function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** The versions of a file that was written before; none if it is another file. */
export function versionsOfFile(json: unknown): Versions {
  const written = isObject(json) && isObject(json.ml_deploy) ? json.ml_deploy.versions : null;
  return isObject(written) ? (written as Versions) : {};
}
