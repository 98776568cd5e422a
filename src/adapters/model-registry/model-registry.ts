/**
 * The SageMaker Model Registry.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/model-registry.html
 */
import type {
  CreateModelPackageCommandInput,
  DescribeModelPackageCommandOutput,
  SageMaker,
} from '@aws-sdk/client-sagemaker';
import { mapParallel } from '../../core/map-parallel.ts';
import { createAwsClients, type AwsClients, type CallOptions } from '../../clouds/aws/clients.ts';
import { codeOf, isMissing, saidBy } from '../../clouds/aws/errors.ts';
import { awsTags } from '../../clouds/aws/tags.ts';
import { sha256 } from '../../core/canonical-json.ts';
import { UpstreamError } from '../../core/errors.ts';
import type { ModelRegistry, ModelToRegister, RegisteredModel } from '../../core/model-registry.ts';
import { poll } from '../../core/poll.ts';
import type { Clock } from '../../core/ports.ts';

export interface RegistryOptions {
  readonly region: string | null;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly pollMs: number | null;
  /** Further settings of the client, such as its endpoint. */
  readonly config?: Readonly<Record<string, unknown>>;
}

interface Registry extends RegistryOptions {
  readonly clients: AwsClients;
  readonly sageMaker: SageMaker;
}

const GUIDE = 'docs/iam/package-model.md';

/** The place in a version that says which content it is. */
const DIGEST = 'ml-deploy:model-digest';
const RELEASE = 'ml-deploy:release';
const PARALLEL_DESCRIBES = 4;
const POLL_MS = 2000;
const TIMEOUT_MS = 120_000;

/** The client is loaded with the first model. */
export function createModelRegistry(options: RegistryOptions): ModelRegistry {
  return {
    register: async (model) => {
      const { region, signal, config = {} } = options;
      const clients = createAwsClients({ region, signal, guide: GUIDE, config });
      return register({ ...options, clients, sageMaker: await clients.sageMaker() }, model);
    },
  };
}

async function register(registry: Registry, model: ModelToRegister): Promise<RegisteredModel> {
  if (await makeGroup(registry, model)) return create(registry, model);
  const known = await findVersion(registry, model);
  return known ?? create(registry, model);
}

function call<T>(
  { clients }: Registry,
  operation: string,
  on: string,
  send: (http: CallOptions) => Promise<T>,
): Promise<T> {
  return clients.call({ operation: `sagemaker:${operation}`, on }, send);
}

function isThereAlready(error: unknown): boolean {
  return codeOf(error) === 'ConflictException' || /already exists/i.test(saidBy(error));
}

/** Returns whether the group is new. */
async function makeGroup(registry: Registry, { group, tags }: ModelToRegister): Promise<boolean> {
  const { sageMaker } = registry;
  const name = { ModelPackageGroupName: group };
  try {
    await call(registry, 'DescribeModelPackageGroup', group, (http) =>
      sageMaker.describeModelPackageGroup(name, http),
    );
    return false;
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  const Tags = awsTags(tags ?? []);
  const input = { ...name, ...(Tags.length > 0 ? { Tags } : {}) };
  try {
    await call(registry, 'CreateModelPackageGroup', group, (http) =>
      sageMaker.createModelPackageGroup(input, http),
    );
    return true;
  } catch (error) {
    if (isThereAlready(error)) return false;
    throw error;
  }
}

/** The newest version with this digest that did not fail; null if there is none. */
async function findVersion(registry: Registry, model: ModelToRegister): Promise<RegisteredModel | null> {
  const { sageMaker } = registry;
  let token: string | undefined;
  do {
    const input = {
      ModelPackageGroupName: model.group,
      SortBy: 'CreationTime' as const,
      SortOrder: 'Descending' as const,
      MaxResults: 100,
      ...(token === undefined ? {} : { NextToken: token }),
    };
    const page = await call(registry, 'ListModelPackages', model.group, (http) =>
      sageMaker.listModelPackages(input, http),
    );
    const arns = (page.ModelPackageSummaryList ?? []).flatMap((s) => s.ModelPackageArn ?? []);
    const versions = await mapParallel(arns, PARALLEL_DESCRIBES, (arn) => describe(registry, arn));
    const found = versions.find((version) => isOf(version, model.digest));
    if (found !== undefined) return resultOf(found, true);
    token = page.NextToken;
  } while (token !== undefined && token !== '');
  return null;
}

function isOf(version: DescribeModelPackageCommandOutput, digest: string): boolean {
  return version.CustomerMetadataProperties?.[DIGEST] === digest && version.ModelPackageStatus !== 'Failed';
}

async function describe(registry: Registry, arn: string): Promise<DescribeModelPackageCommandOutput> {
  const { sageMaker } = registry;
  return call(registry, 'DescribeModelPackage', arn, (http) =>
    sageMaker.describeModelPackage({ ModelPackageName: arn }, http),
  );
}

function resultOf(version: DescribeModelPackageCommandOutput, reused: boolean): RegisteredModel {
  return {
    arn: version.ModelPackageArn ?? '',
    reused,
    approval: version.ModelApprovalStatus ?? 'PendingManualApproval',
  };
}

/** Makes a version and waits until SageMaker has taken it. */
async function create(registry: Registry, model: ModelToRegister): Promise<RegisteredModel> {
  const { sageMaker, clock, signal, pollMs } = registry;
  const { ModelPackageArn: arn } = await call(registry, 'CreateModelPackage', model.group, (http) =>
    sageMaker.createModelPackage(inputOf(model), http),
  );
  if (arn === undefined)
    throw new UpstreamError('SageMaker', 'SageMaker created a model package without an ARN.');
  const { state, timedOut } = await poll({
    check: () => describe(registry, arn),
    done: ({ ModelPackageStatus }) => ModelPackageStatus === 'Completed' || ModelPackageStatus === 'Failed',
    key: ({ ModelPackageStatus = '' }) => ModelPackageStatus,
    intervalMs: pollMs ?? POLL_MS,
    timeoutMs: TIMEOUT_MS,
    clock,
    signal,
  });
  if (state.ModelPackageStatus === 'Completed') return resultOf(state, false);
  const why = timedOut ? 'is still not complete after 2 minutes' : 'failed';
  const detail = JSON.stringify(state.ModelPackageStatusDetails ?? {});
  throw new UpstreamError('SageMaker', `The registration of ${arn} ${why}.`, { detail });
}

/** Tags belong to the group: a version takes none. */
function inputOf(model: ModelToRegister): CreateModelPackageCommandInput {
  const { group, digest, url, framework, frameworkVersion, context } = model;
  const { commit, repository, actor, runUrl } = context;
  const data = model.compressed
    ? { ModelDataUrl: url }
    : {
        ModelDataSource: {
          S3DataSource: {
            S3Uri: url,
            S3DataType: 'S3Prefix' as const,
            CompressionType: 'None' as const,
          },
        },
      };
  const made = Object.entries({ CommitId: commit, Repository: repository, GeneratedBy: runUrl || actor });
  return {
    ModelPackageGroupName: group,
    ModelPackageDescription: `Model ${digest} packed by ml-deploy`,
    ModelApprovalStatus: 'PendingManualApproval',
    // Two runs at once, or one that is tried again, make one version.
    ClientToken: sha256(`${group}/${digest}`).slice(0, 36),
    InferenceSpecification: {
      Containers: [
        {
          ...data,
          Framework: framework.toUpperCase(),
          ...(frameworkVersion === null ? {} : { FrameworkVersion: frameworkVersion }),
        },
      ],
      SupportedContentTypes: ['application/json', 'text/csv'],
      SupportedResponseMIMETypes: ['application/json'],
    },
    CustomerMetadataProperties: { [DIGEST]: digest, [RELEASE]: model.release },
    MetadataProperties: Object.fromEntries(made.filter(([, value]) => value !== '')),
  };
}
