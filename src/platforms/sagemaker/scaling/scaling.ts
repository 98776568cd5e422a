/**
 * Autoscaling of one variant. The target, its policies and its scheduled actions are Application Auto Scaling's; absent
 * inputs leave them alone.
 */
import type { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling';
import { digestOf } from '../../../core/canonical-json.ts';
import type { Scaling } from '../../../core/plan/cloud-settings.ts';
import { isMissing } from '../../../clouds/aws/errors.ts';
import type { AwsClients } from '../../../clouds/aws/clients.ts';
import {
  byName,
  DIMENSION,
  given,
  METRIC,
  NAMESPACE,
  policyState,
  resourceId,
  resourceOf,
  scheduledState,
  type PolicyState,
  type ScalingState,
  type ScalingTarget,
  type VariantRef,
} from './scaling-state.ts';

export type {
  PolicyState,
  ScalingState,
  ScalingTarget,
  ScheduledState,
  VariantRef,
} from './scaling-state.ts';

/** The policy that we make if the variant has none that aims at invocations per instance. */
export const POLICY_NAME = 'ml-deploy-invocations-per-instance';

/** @returns null if the variant is no scalable target; it then has neither policies nor scheduled actions. */
export async function readScaling(clients: AwsClients, ref: VariantRef): Promise<ScalingState | null> {
  const client = await clients.autoScaling();
  const target = await readTarget(clients, client, ref);
  if (target === null) return null;
  const [policies, scheduled] = await Promise.all([
    all((NextToken) =>
      clients.call('application-autoscaling:DescribeScalingPolicies', async () => {
        const page = await client.describeScalingPolicies({ ...resourceOf(ref), NextToken });
        return { items: page.ScalingPolicies ?? [], next: page.NextToken };
      }),
    ),
    all((NextToken) =>
      clients.call('application-autoscaling:DescribeScheduledActions', async () => {
        const page = await client.describeScheduledActions({ ...resourceOf(ref), NextToken });
        return { items: page.ScheduledActions ?? [], next: page.NextToken };
      }),
    ),
  ]);
  return {
    target,
    policies: byName(policies.map(policyState)),
    scheduled: byName(scheduled.map(scheduledState)),
  };
}

async function readTarget(
  clients: AwsClients,
  client: ApplicationAutoScaling,
  ref: VariantRef,
): Promise<ScalingTarget | null> {
  const { ScalableTargets = [] } = await clients.call(
    'application-autoscaling:DescribeScalableTargets',
    async () =>
      client.describeScalableTargets({
        ServiceNamespace: NAMESPACE,
        ResourceIds: [resourceId(ref)],
        ScalableDimension: DIMENSION,
      }),
  );
  const [target] = ScalableTargets;
  if (target === undefined) return null;
  return {
    minCapacity: target.MinCapacity ?? 0,
    maxCapacity: target.MaxCapacity ?? 0,
    suspended: target.SuspendedState ?? null,
  };
}

type Call = () => Promise<void>;

/** The calls that make the variant scale as desired; what is so already is left alone. */
function callsTowards(
  clients: AwsClients,
  ref: VariantRef,
  desired: Scaling,
  now: ScalingState | null,
): Call[] {
  const { minCapacity, maxCapacity } = desired;
  const calls: Call[] = [];
  if (now?.target.minCapacity !== minCapacity || now.target.maxCapacity !== maxCapacity)
    calls.push(() => register(clients, ref, { minCapacity, maxCapacity, suspended: null }));
  const policy = desiredPolicy(desired, now?.policies ?? []);
  const current = now?.policies.find(({ name }) => name === policy?.name);
  const isKept = policy === null || (current !== undefined && digestOf(current) === digestOf(policy));
  if (!isKept) calls.push(() => putPolicy(clients, ref, policy));
  return calls;
}

/** Makes the next call that the desired scaling wants. */
export async function applyNextScaling(
  clients: AwsClients,
  ref: VariantRef,
  desired: Scaling,
): Promise<'again' | 'done'> {
  const [next, ...others] = callsTowards(clients, ref, desired, await readScaling(clients, ref));
  await next?.();
  return others.length === 0 ? 'done' : 'again';
}

export function isAsAsked(now: ScalingState | null, desired: Scaling): boolean {
  if (now?.target.minCapacity !== desired.minCapacity || now.target.maxCapacity !== desired.maxCapacity)
    return false;
  const policy = desiredPolicy(desired, now.policies);
  const current = now.policies.find(({ name }) => name === policy?.name);
  return policy === null || (current !== undefined && digestOf(current) === digestOf(policy));
}

/**
 * Only one target-tracking policy may aim at one metric: one that is there already is changed, under its own name.
 * What the inputs do not say is kept. null if no aim is given.
 */
function desiredPolicy(desired: Scaling, policies: readonly PolicyState[]): PolicyState | null {
  const current = policies.find(isInvocationsPolicy);
  const kept = current?.targetTracking ?? null;
  const { invocationsPerInstance, scaleInCooldown, scaleOutCooldown } = desired;
  const aim = invocationsPerInstance ?? kept?.TargetValue ?? null;
  if (aim === null) return null;
  return {
    name: current?.name ?? POLICY_NAME,
    type: 'TargetTrackingScaling',
    stepScaling: null,
    targetTracking: {
      ...kept,
      TargetValue: aim,
      PredefinedMetricSpecification: { PredefinedMetricType: METRIC },
      ...given({ ScaleInCooldown: scaleInCooldown, ScaleOutCooldown: scaleOutCooldown }),
    },
  };
}

function isInvocationsPolicy({ targetTracking }: PolicyState): boolean {
  return targetTracking?.PredefinedMetricSpecification?.PredefinedMetricType === METRIC;
}

/** What the desired scaling would change, for the plan: one line for each field, old and new. */
export function scalingChanges(
  desired: Scaling,
  now: ScalingState | null,
): { readonly field: string; readonly from: string | null; readonly to: string | null }[] {
  const current = now?.policies.find(isInvocationsPolicy)?.targetTracking;
  const rows: [string, number | null | undefined, number | null][] = [
    ['min-capacity', now?.target.minCapacity, desired.minCapacity],
    ['max-capacity', now?.target.maxCapacity, desired.maxCapacity],
    ['invocations-per-instance', current?.TargetValue, desired.invocationsPerInstance],
    ['scale-in-cooldown', current?.ScaleInCooldown, desired.scaleInCooldown],
    ['scale-out-cooldown', current?.ScaleOutCooldown, desired.scaleOutCooldown],
  ];
  return rows
    .filter(([, from, to]) => to !== null && from !== to)
    .map(([field, from, to]) => ({ field, from: from?.toString() ?? null, to: String(to) }));
}

/**
 * Ends autoscaling of the variant; its policies and scheduled actions go with it.
 * @returns false if there was none
 */
export async function removeScaling(clients: AwsClients, ref: VariantRef): Promise<boolean> {
  const client = await clients.autoScaling();
  try {
    await clients.call('application-autoscaling:DeregisterScalableTarget', async () =>
      client.deregisterScalableTarget(resourceOf(ref)),
    );
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

export async function register(clients: AwsClients, ref: VariantRef, target: ScalingTarget): Promise<void> {
  const client = await clients.autoScaling();
  await clients.call('application-autoscaling:RegisterScalableTarget', async () =>
    client.registerScalableTarget({
      ...resourceOf(ref),
      MinCapacity: target.minCapacity,
      MaxCapacity: target.maxCapacity,
      ...given({ SuspendedState: target.suspended }),
    }),
  );
}

export async function putPolicy(clients: AwsClients, ref: VariantRef, policy: PolicyState): Promise<void> {
  const client = await clients.autoScaling();
  await clients.call('application-autoscaling:PutScalingPolicy', async () =>
    client.putScalingPolicy({
      ...resourceOf(ref),
      PolicyName: policy.name,
      PolicyType: policy.type as 'TargetTrackingScaling' | 'StepScaling',
      ...given({
        TargetTrackingScalingPolicyConfiguration: policy.targetTracking,
        StepScalingPolicyConfiguration: policy.stepScaling,
      }),
    }),
  );
}

async function all<T>(
  page: (token: string | undefined) => Promise<{ items: readonly T[]; next: string | undefined }>,
): Promise<T[]> {
  const items: T[] = [];
  let token: string | undefined;
  do {
    const { items: more, next } = await page(token);
    items.push(...more);
    token = next;
  } while (token !== undefined);
  return items;
}
