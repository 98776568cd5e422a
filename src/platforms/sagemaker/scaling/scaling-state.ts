/** What autoscaling does to one variant, in a form that can be compared and kept. */
import type {
  ScalingPolicy,
  ScheduledAction,
  SuspendedState,
  StepScalingPolicyConfiguration,
  TargetTrackingScalingPolicyConfiguration,
} from '@aws-sdk/client-application-auto-scaling';

export interface VariantRef {
  readonly endpoint: string;
  readonly variant: string;
}

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html */
export const NAMESPACE = 'sagemaker';
export const DIMENSION = 'sagemaker:variant:DesiredInstanceCount';
export const METRIC = 'SageMakerVariantInvocationsPerInstance';

export function resourceId({ endpoint, variant }: VariantRef): string {
  return `endpoint/${endpoint}/variant/${variant}`;
}

/** The members that every call about one variant starts with. */
export function resourceOf(ref: VariantRef) {
  return { ServiceNamespace: NAMESPACE, ResourceId: resourceId(ref), ScalableDimension: DIMENSION } as const;
}

export interface ScalingTarget {
  readonly minCapacity: number;
  readonly maxCapacity: number;
  readonly suspended: SuspendedState | null;
}

export interface PolicyState {
  readonly name: string;
  readonly type: string;
  readonly targetTracking: TargetTrackingScalingPolicyConfiguration | null;
  readonly stepScaling: StepScalingPolicyConfiguration | null;
}

export interface ScheduledState {
  readonly name: string;
  readonly schedule: string;
  readonly timezone: string | null;
  /** ISO 8601. */
  readonly startTime: string | null;
  readonly endTime: string | null;
  readonly minCapacity: number | null;
  readonly maxCapacity: number | null;
}

/** Policies and scheduled actions by name, so equal states have equal JSON. */
export interface ScalingState {
  readonly target: ScalingTarget;
  readonly policies: readonly PolicyState[];
  readonly scheduled: readonly ScheduledState[];
}

export function policyState(policy: ScalingPolicy): PolicyState {
  return {
    name: policy.PolicyName ?? '',
    type: policy.PolicyType ?? '',
    targetTracking: policy.TargetTrackingScalingPolicyConfiguration ?? null,
    stepScaling: policy.StepScalingPolicyConfiguration ?? null,
  };
}

export function scheduledState(action: ScheduledAction): ScheduledState {
  const { ScalableTargetAction: capacity } = action;
  return {
    name: action.ScheduledActionName ?? '',
    schedule: action.Schedule ?? '',
    timezone: action.Timezone ?? null,
    startTime: action.StartTime?.toISOString() ?? null,
    endTime: action.EndTime?.toISOString() ?? null,
    minCapacity: capacity?.MinCapacity ?? null,
    maxCapacity: capacity?.MaxCapacity ?? null,
  };
}

export function byName<T extends { readonly name: string }>(items: readonly T[]): T[] {
  return items.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Leaves out what is null, so the API keeps what it has. */
export function given<T extends object>(members: T): { [K in keyof T]: Exclude<T[K], null> } {
  const kept = Object.entries(members).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(kept) as { [K in keyof T]: Exclude<T[K], null> };
}
