import type {
  CreateEndpointConfigInput,
  CreateModelInput,
  DeploymentConfig,
  DescribeModelPackageOutput,
  EndpointStatus,
  ProductionVariant,
  ProductionVariantServerlessConfig,
  Tag,
} from '@aws-sdk/client-sagemaker';
import type { World } from '../world.ts';
import type { Update } from './update.ts';
import { DEFAULT_DURATIONS, type Durations, type PlannedOutcome } from './outcomes.ts';

export interface Model {
  readonly name: string;
  readonly arn: string;
  readonly created: Date;
  readonly spec: CreateModelInput;
}

export interface EndpointConfig {
  readonly name: string;
  readonly arn: string;
  readonly created: Date;
  readonly spec: CreateEndpointConfigInput;
}

/** What serves under one variant name. Keeps its model, also when that has been deleted. */
export interface Variant {
  readonly name: string;
  readonly spec: ProductionVariant;
  readonly model: Model;
  weight: number;
  desiredWeight: number;
  /** undefined for serverless variants. */
  count: number | undefined;
  desiredCount: number | undefined;
  serverless: ProductionVariantServerlessConfig | undefined;
}

export interface Endpoint {
  readonly name: string;
  readonly arn: string;
  readonly created: Date;
  modified: Date;
  status: EndpointStatus;
  failureReason: string | undefined;
  /** The one that serves (or shall serve, as long as it is being created). */
  config: EndpointConfig;
  /** What differs from the config since an update that retained it. */
  dataCapture: CreateEndpointConfigInput['DataCaptureConfig'];
  variants: Variant[];
  shadows: Variant[];
  lastDeployment: DeploymentConfig | undefined;
  update: Update | undefined;
}

export interface SageMakerState {
  readonly world: World;
  /** By lower-case name, as ARNs have it. */
  readonly models: Map<string, Model>;
  readonly configs: Map<string, EndpointConfig>;
  readonly endpoints: Map<string, Endpoint>;
  readonly packages: Map<string, DescribeModelPackageOutput>;
  /** By ARN. */
  readonly tags: Map<string, Tag[]>;
  readonly outcomes: PlannedOutcome[];
  durations: Durations;
  /** How many looks at a new thing find nothing yet, by kind. */
  lag: Record<Kind, number>;
  /** What is left of that for each thing, by `<looker> <arn>`. */
  readonly unseen: Map<string, number>;
  /** What other services tell. */
  readonly others: Others;
}

export type Kind = 'model' | 'endpoint-config' | 'endpoint';

export interface Others {
  /** null for an alarm that there is not. */
  alarmState(name: string): 'OK' | 'ALARM' | 'INSUFFICIENT_DATA' | null;
  /** Puts an alarm into ALARM. */
  tripAlarm(name: string): void;
  /** The image by digest, where the registry knows it. */
  resolveImage(image: string): string;
  /** Whether Application Auto Scaling holds the variant. */
  isScaled(endpoint: string, variant: string): boolean;
  deregister(endpoint: string, variant: string): void;
  /** How many instances of the type the account may have for endpoints; undefined where nothing is known. */
  quota(instanceType: string): number | undefined;
  log(group: string, stream: string, lines: readonly string[]): void;
  /** Problem with an image or an archive that SageMaker sees when a model is created; null where there is none. */
  modelProblem(input: CreateModelInput): string | null;
}

export function createState(world: World, others: Others): SageMakerState {
  return {
    world,
    models: new Map(),
    configs: new Map(),
    endpoints: new Map(),
    packages: new Map(),
    tags: new Map(),
    outcomes: [],
    durations: DEFAULT_DURATIONS,
    lag: { model: 0, 'endpoint-config': 0, endpoint: 0 },
    unseen: new Map(),
    others,
  };
}
