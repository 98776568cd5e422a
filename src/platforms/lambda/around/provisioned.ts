/**
 * Environments that are kept started. They belong to a version and never to the alias: with provisioned concurrency on
 * an alias, Lambda delays every move of it, for ever if the environments cannot start.
 */
import type {
  ApplicationAutoScaling,
  ScalableTarget,
  ScalingPolicy,
} from '@aws-sdk/client-application-auto-scaling';
import type { ProvisionedConcurrencyConfigListItem } from '@aws-sdk/client-lambda';
import type { CallOptions } from '../../../clouds/aws/clients.ts';
import type { LambdaTargetOptions } from '../options.ts';
import type { Reads } from '../reads.ts';
import type { Due } from './due.ts';
import type { Provision } from './wanted.ts';

const SPACE = 'lambda';
const DIMENSION = 'lambda:function:ProvisionedConcurrency';
const METRIC = 'LambdaProvisionedConcurrencyUtilization';
const POLICY = 'ml-deploy-utilization';

export interface Provisions {
  readonly endpoint: string;
  readonly options: Pick<LambdaTargetOptions, 'clients'>;
  /** By number of the version. */
  readonly configs: ReadonlyMap<string, ProvisionedConcurrencyConfigListItem>;
  readonly targets: ReadonlyMap<string, ScalableTarget>;
}

export async function readProvisions(
  endpoint: string,
  reads: Pick<Reads, 'provisioned'>,
  options: Pick<LambdaTargetOptions, 'clients'>,
): Promise<Provisions> {
  const all = await reads.provisioned();
  const configs = new Map(
    all.flatMap((config) => {
      const number = /:(\d+)$/.exec(config.FunctionArn ?? '')?.[1];
      return number === undefined ? [] : [[number, config] as const];
    }),
  );
  const targets = await readTargets(endpoint, [...configs.keys()], options);
  return { endpoint, options, configs, targets };
}

async function readTargets(
  endpoint: string,
  numbers: readonly string[],
  { clients }: Pick<LambdaTargetOptions, 'clients'>,
): Promise<ReadonlyMap<string, ScalableTarget>> {
  if (numbers.length === 0) return new Map();
  const scaling = await clients.autoScaling();
  const { ScalableTargets = [] } = await clients.call(
    { operation: 'application-autoscaling:DescribeScalableTargets', on: endpoint },
    (http) =>
      scaling.describeScalableTargets(
        {
          ServiceNamespace: SPACE,
          ResourceIds: numbers.map((number) => `function:${endpoint}:${number}`),
          ScalableDimension: DIMENSION,
        },
        http,
      ),
  );
  return new Map(ScalableTargets.map((target) => [target.ResourceId?.split(':').at(-1) ?? '', target]));
}

/** null if the version has none */
export async function provisionOf(number: string, provisions: Provisions): Promise<Provision | null> {
  const config = provisions.configs.get(number);
  if (config === undefined) return null;
  const count = config.RequestedProvisionedConcurrentExecutions ?? 0;
  const target = provisions.targets.get(number);
  if (target === undefined) return { count };
  const utilization = targetOf(await policyOf(number, provisions)) ?? 0.7;
  return { count, scaling: { min: target.MinCapacity ?? 0, max: target.MaxCapacity ?? 0, utilization } };
}

/** The next call that gives the version what is wanted; null if it has it. */
export async function nextOfVersion(
  number: string,
  wanted: Provision | null,
  provisions: Provisions,
): Promise<Due | null> {
  const { configs, targets } = provisions;
  const config = configs.get(number);
  if (wanted === null) return removal(number, provisions);
  const { count, scaling } = wanted;
  const requested = config?.RequestedProvisionedConcurrentExecutions ?? 0;
  const isEnough =
    scaling === undefined ? requested === count : requested >= scaling.min && requested <= scaling.max;
  if (!isEnough) return put(number, count, provisions);
  const target = targets.get(number);
  if (scaling === undefined) return target === undefined ? null : deregister(number, provisions);
  if (target?.MinCapacity !== scaling.min || target.MaxCapacity !== scaling.max)
    return register(number, scaling, provisions);
  const policy = await policyOf(number, provisions);
  return targetOf(policy) === scaling.utilization ? null : putPolicy(number, scaling, provisions);
}

/** The next call that removes it. The scaling goes first, because nothing would lead to it afterwards. */
export function removal(number: string, provisions: Provisions): Due | null {
  if (provisions.targets.has(number)) return deregister(number, provisions);
  return provisions.configs.has(number) ? remove(number, provisions) : null;
}

/** What a version still needs before it can serve; null if its environments are there or are being started. */
export function missingOf(number: string, wanted: Provision, provisions: Provisions): Due | null {
  const config = provisions.configs.get(number);
  const { count, scaling } = wanted;
  const requested = config?.RequestedProvisionedConcurrentExecutions ?? 0;
  const isEnough =
    scaling === undefined ? requested === count : requested >= scaling.min && requested <= scaling.max;
  return isEnough ? null : put(number, count, provisions);
}

export function remove(number: string, { endpoint, options: { clients } }: Provisions): Due {
  return {
    operation: 'lambda:DeleteProvisionedConcurrencyConfig',
    make: async (http) => {
      const lambda = await clients.lambda();
      const input = { FunctionName: endpoint, Qualifier: number };
      return lambda.deleteProvisionedConcurrencyConfig(input, http);
    },
  };
}

function put(number: string, count: number, { endpoint, options: { clients } }: Provisions): Due {
  return {
    operation: 'lambda:PutProvisionedConcurrencyConfig',
    make: async (http) => {
      const lambda = await clients.lambda();
      return lambda.putProvisionedConcurrencyConfig(
        { FunctionName: endpoint, Qualifier: number, ProvisionedConcurrentExecutions: count },
        http,
      );
    },
  };
}

const resource = (number: string, endpoint: string) =>
  ({
    ServiceNamespace: SPACE,
    ResourceId: `function:${endpoint}:${number}`,
    ScalableDimension: DIMENSION,
  }) as const;

function scalingCall(
  name: string,
  { options: { clients } }: Provisions,
  make: (scaling: ApplicationAutoScaling, http: CallOptions) => Promise<unknown>,
): Due {
  return {
    operation: `application-autoscaling:${name}`,
    make: async (http) => make(await clients.autoScaling(), http),
  };
}

function register(number: string, { min, max }: { min: number; max: number }, at: Provisions): Due {
  const limits = { MinCapacity: min, MaxCapacity: max };
  return scalingCall('RegisterScalableTarget', at, (scaling, http) =>
    scaling.registerScalableTarget({ ...resource(number, at.endpoint), ...limits }, http),
  );
}

/** With its policy. */
function deregister(number: string, at: Provisions): Due {
  return scalingCall('DeregisterScalableTarget', at, (scaling, http) =>
    scaling.deregisterScalableTarget(resource(number, at.endpoint), http),
  );
}

function putPolicy(number: string, { utilization }: { utilization: number }, at: Provisions): Due {
  return scalingCall('PutScalingPolicy', at, (scaling, http) =>
    scaling.putScalingPolicy(
      {
        ...resource(number, at.endpoint),
        PolicyName: POLICY,
        PolicyType: 'TargetTrackingScaling',
        TargetTrackingScalingPolicyConfiguration: {
          TargetValue: utilization,
          PredefinedMetricSpecification: { PredefinedMetricType: METRIC },
        },
      },
      http,
    ),
  );
}

async function policyOf(number: string, at: Provisions): Promise<ScalingPolicy | null> {
  const { clients } = at.options;
  const scaling = await clients.autoScaling();
  const { ScalingPolicies = [] } = await clients.call(
    { operation: 'application-autoscaling:DescribeScalingPolicies', on: at.endpoint },
    (http) => scaling.describeScalingPolicies(resource(number, at.endpoint), http),
  );
  return ScalingPolicies.find(({ PolicyName }) => PolicyName === POLICY) ?? null;
}

function targetOf(policy: ScalingPolicy | null): number | null {
  return policy?.TargetTrackingScalingPolicyConfiguration?.TargetValue ?? null;
}
