/** Other people's models, configs and endpoints. */
import type { EndpointStatus, Tag } from '@aws-sdk/client-sagemaker';
import type { Endpoint, EndpointConfig, Model } from '../sagemaker/state.ts';
import type { World } from '../world.ts';
import type { Thing } from './other-people.ts';

/** More than one page, whatever page is asked for: AWS gives 100 at most. */
export const MANY = 105;
export const LONG_AGO = new Date('2025-03-04T05:06:07.000Z');
const TYPE = 'ml.c6i.large';

/** Tags of ours, as the same action puts them on what it makes for another repository. */
const ofAnother = (endpoint: string): Tag[] => [
  { Key: 'ml-deploy:endpoint', Value: endpoint },
  { Key: 'ml-deploy:repository', Value: 'globex/churn' },
  { Key: 'ml-deploy:environment', Value: 'prod' },
  { Key: 'ml-deploy:expires-at', Value: '2025-03-04T11:06:07.000Z' },
  { Key: 'ml-deploy:deployed-at', Value: LONG_AGO.toISOString() },
  { Key: 'ml-deploy:served', Value: 'true' },
];

interface Made {
  readonly name: string;
  /** Whose model or config it is on; its own name where absent. */
  readonly on?: string;
  readonly tags?: Tag[];
  readonly alike?: boolean;
  readonly status?: EndpointStatus;
  readonly reason?: string;
}

const hex = (at: number, digits: number) => at.toString(16).padStart(digits, '0');
const many = (make: (at: number) => Made) => Array.from({ length: MANY }, (_, at) => make(at));

/** Versions of `churn-eu`: a listing of what begins with `churn-` holds them all. */
const versions = many((at) => ({
  name: `churn-eu-${hex(at, 16)}`,
  tags: ofAnother('churn-eu'),
  alike: true,
}));

const MODELS: readonly Made[] = [
  ...versions,
  { name: 'fraud' },
  // Made by hand, and called like a model of ours that nobody needs any more.
  { name: 'churn-0badc0de0badc0de', alike: true },
];

const CONFIGS: readonly Made[] = [
  ...versions,
  { name: 'fraud' },
  // Made by hand, and called like a version of ours; its model is nobody's business.
  { name: 'churn-0badc0de0badc0de', on: 'fraud', alike: true },
];

const ENDPOINTS: readonly Made[] = [
  // Candidates of `shop-churn`: a listing of what holds `churn-c-` has them all.
  ...many((at) => ({
    name: `shop-churn-c-${hex(at, 8)}`,
    // So that a search for configs that begin like ours has more than one page too.
    on: versions[at]?.name ?? '',
    tags: ofAnother('shop-churn'),
  })),
  { name: 'churn-eu', on: versions[0]?.name ?? '', tags: ofAnother('churn-eu') },
  { name: 'fraud' },
  {
    name: 'fraud-broken',
    on: 'fraud',
    status: 'Failed',
    reason:
      'The primary container for production variant AllTraffic did not pass the ping health check. Please check CloudWatch logs for this endpoint.',
  },
  { name: 'fraud-busy', on: 'fraud', status: 'Updating' },
  // Called like candidates of ours: one made by hand, one by another repository, long expired.
  { name: 'churn-c-0badc0de', on: 'fraud', alike: true },
  { name: 'churn-c-decafbad', on: 'fraud', alike: true, tags: ofAnother('churn') },
];

export function sageMakerOf(world: World): Thing[] {
  const arn = (kind: string, name: string) => world.arn('sagemaker', `${kind}/${name}`);
  const things = (
    kind: string,
    of: Thing['of'],
    list: readonly Made[],
    make: (made: Made) => unknown,
  ): Thing[] =>
    list.flatMap((made) => {
      const { name, tags = [], alike = false } = made;
      const own = arn(kind, name);
      return [
        { of, key: name, value: make(made), arn: own, alike },
        { of: ({ sagemaker }) => sagemaker.tags, key: own, value: [...tags], arn: '', alike },
      ];
    });
  const models = new Map(MODELS.map((made) => [made.name, modelOf(made, arn('model', made.name), world)]));
  const modelNamed = (name: string) => models.get(name) ?? fail(name);
  const configs = new Map(
    CONFIGS.map((made) => [made.name, configOf(made, arn('endpoint-config', made.name))]),
  );
  const configNamed = (name: string) => configs.get(name) ?? fail(name);
  const endpointOf = (made: Made) => serving(made, arn('endpoint', made.name), configNamed, modelNamed);
  return [
    ...things(
      'model',
      ({ sagemaker }) => sagemaker.models,
      MODELS,
      ({ name }) => modelNamed(name),
    ),
    ...things(
      'endpoint-config',
      ({ sagemaker }) => sagemaker.configs,
      CONFIGS,
      ({ name }) => configNamed(name),
    ),
    ...things('endpoint', ({ sagemaker }) => sagemaker.endpoints, ENDPOINTS, endpointOf),
  ];
}

function fail(name: string): never {
  throw new Error(`Nobody has made ${name}.`);
}

function modelOf({ name }: Made, arn: string, { account, partition, region }: World): Model {
  const ExecutionRoleArn = `arn:${partition}:iam::${account}:role/fraud`;
  const Image = `${account}.dkr.ecr.${region}.amazonaws.com/fraud-serving:1`;
  const PrimaryContainer = { Image, ModelDataUrl: `s3://fraud-data/models/${name}.tar.gz` };
  return { name, arn, created: LONG_AGO, spec: { ModelName: name, ExecutionRoleArn, PrimaryContainer } };
}

function configOf({ name, on = name }: Made, arn: string): EndpointConfig {
  const variant = {
    VariantName: 'AllTraffic',
    ModelName: on,
    InstanceType: TYPE,
    InitialInstanceCount: 1,
  } as const;
  return { name, arn, created: LONG_AGO, spec: { EndpointConfigName: name, ProductionVariants: [variant] } };
}

function serving(
  { name, on = name, status = 'InService', reason }: Made,
  arn: string,
  configNamed: (name: string) => EndpointConfig,
  modelNamed: (name: string) => Model,
): Endpoint {
  const config = configNamed(on);
  const [spec] = config.spec.ProductionVariants ?? [];
  if (spec === undefined) return fail(on);
  const fleet = { weight: 1, desiredWeight: 1, count: 1, desiredCount: 1, serverless: undefined };
  return {
    name,
    arn,
    created: LONG_AGO,
    modified: LONG_AGO,
    status,
    failureReason: reason,
    config,
    dataCapture: undefined,
    variants: [{ name: 'AllTraffic', spec, model: modelNamed(spec.ModelName ?? ''), ...fleet }],
    shadows: [],
    lastDeployment: undefined,
    update: undefined,
  };
}
