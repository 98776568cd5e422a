/** Application Auto Scaling, for variants of endpoints. */
import type {
  DeleteScalingPolicyRequest,
  DeleteScheduledActionRequest,
  DeregisterScalableTargetRequest,
  PutScalingPolicyRequest,
  PutScheduledActionRequest,
  RegisterScalableTargetRequest,
  ScalingPolicy,
} from '@aws-sdk/client-application-auto-scaling';
import { AwsError, invalid } from '../errors.ts';
import type { Operation, Service } from '../service.ts';
import type { World } from '../world.ts';
import { describeActions, describePolicies, describeTargets } from './autoscaling-describe.ts';
import { keyOf, linkedRole, permissionsOf, type Scope, type ScalingState } from './autoscaling-state.ts';

export function autoscalingService(state: ScalingState): Service {
  const on =
    (run: (state: ScalingState, input: never) => unknown): Operation =>
    (input) =>
      run(state, input);
  return {
    name: 'application-autoscaling',
    validationCode: 'ValidationException',
    operations: {
      DeleteScalingPolicy: on(deletePolicy),
      DeleteScheduledAction: on(deleteAction),
      DeregisterScalableTarget: on(deregister),
      DescribeScalableTargets: on(describeTargets),
      DescribeScalingPolicies: on(describePolicies),
      DescribeScheduledActions: on(describeActions),
      PutScalingPolicy: on(putPolicy),
      PutScheduledAction: on(putAction),
      RegisterScalableTarget: on(register),
    },
    permissions: (action, input) => permissionsOf(state, action, input),
  };
}

function register(state: ScalingState, input: RegisterScalableTargetRequest): object {
  const key = keyOf(input);
  const old = state.targets.get(key);
  const place = placeOf(state, input);
  const min = input.MinCapacity ?? old?.MinCapacity;
  const max = input.MaxCapacity ?? old?.MaxCapacity;
  if (min === undefined || max === undefined) {
    throw invalid('MinCapacity and MaxCapacity must be specified when a scalable target is registered.');
  }
  if (min > max) throw invalid('Maximum capacity cannot be less than minimum capacity');
  const arn =
    old?.ScalableTargetARN ??
    state.world.arn('application-autoscaling', `scalable-target/${state.world.id('st')}`);
  const { world } = state;
  state.linked = true;
  const paused = input.SuspendedState ?? old?.SuspendedState;
  state.targets.set(key, {
    ServiceNamespace: input.ServiceNamespace,
    ResourceId: input.ResourceId,
    ScalableDimension: input.ScalableDimension,
    MinCapacity: min,
    MaxCapacity: max,
    RoleARN: linkedRole(world, input.ServiceNamespace),
    CreationTime: old?.CreationTime ?? world.time.now(),
    SuspendedState: {
      DynamicScalingInSuspended: paused?.DynamicScalingInSuspended ?? false,
      DynamicScalingOutSuspended: paused?.DynamicScalingOutSuspended ?? false,
      ScheduledScalingSuspended: paused?.ScheduledScalingSuspended ?? false,
    },
    ScalableTargetARN: arn,
  });
  if (place.count < min || place.count > max) place.set(Math.min(max, Math.max(min, place.count)));
  return { ScalableTargetARN: arn };
}

/** With its policies and scheduled actions. */
function deregister(state: ScalingState, input: DeregisterScalableTargetRequest): object {
  const key = keyOf(input);
  if (!state.targets.has(key)) throw notFound('scalable target', input);
  removeTarget(state, key);
  return {};
}

export function removeTarget(state: ScalingState, key: string): void {
  state.targets.delete(key);
  for (const [at, policy] of state.policies) {
    if (keyOf(policy) !== key) continue;
    for (const { AlarmName } of policy.Alarms ?? []) state.alarms.remove(AlarmName ?? '');
    state.policies.delete(at);
  }
  for (const [at, action] of state.actions) if (keyOf(action) === key) state.actions.delete(at);
}

function putPolicy(state: ScalingState, input: PutScalingPolicyRequest): object {
  if (!state.targets.has(keyOf(input))) throw notFound('scalable target', input);
  const key = keyOf(input, input.PolicyName);
  const old = state.policies.get(key);
  const tracking =
    input.TargetTrackingScalingPolicyConfiguration ?? old?.TargetTrackingScalingPolicyConfiguration;
  const type = input.PolicyType ?? old?.PolicyType ?? 'StepScaling';
  if (type === 'TargetTrackingScaling' && tracking === undefined) {
    throw invalid(
      'TargetTrackingScalingPolicyConfiguration is required for policy type TargetTrackingScaling',
    );
  }
  const arn = old?.PolicyARN ?? policyArn(state.world, input);
  const Alarms = old?.Alarms ?? (type === 'TargetTrackingScaling' ? trackingAlarms(state, input) : []);
  const { PolicyName, ServiceNamespace, ResourceId, ScalableDimension } = input;
  state.policies.set(key, {
    PolicyName,
    ServiceNamespace,
    ResourceId,
    ScalableDimension,
    PolicyType: type,
    PolicyARN: arn,
    CreationTime: old?.CreationTime ?? state.world.time.now(),
    Alarms,
    ...(tracking === undefined ? {} : { TargetTrackingScalingPolicyConfiguration: tracking }),
    ...(input.StepScalingPolicyConfiguration === undefined
      ? {}
      : { StepScalingPolicyConfiguration: input.StepScalingPolicyConfiguration }),
  });
  return { PolicyARN: arn, Alarms };
}

function policyArn(
  world: World,
  { ServiceNamespace, ResourceId = '', PolicyName = '' }: PutScalingPolicyRequest,
): string {
  const id = world.id('policy');
  return world.arn(
    'autoscaling',
    `scalingPolicy:${id}:resource/${ServiceNamespace ?? ''}/${ResourceId}:policyName/${PolicyName}`,
  );
}

function trackingAlarms(
  state: ScalingState,
  { ResourceId = '' }: PutScalingPolicyRequest,
): ScalingPolicy['Alarms'] {
  return ['AlarmHigh', 'AlarmLow'].map((side) => {
    const AlarmName = `TargetTracking-${ResourceId}-${side}-${state.world.id('')}`;
    return { AlarmName, AlarmARN: state.alarms.put(AlarmName) };
  });
}

function deletePolicy(state: ScalingState, input: DeleteScalingPolicyRequest): object {
  const key = keyOf(input, input.PolicyName);
  const policy = state.policies.get(key);
  if (policy === undefined) throw notFound('scaling policy', input);
  for (const { AlarmName } of policy.Alarms ?? []) state.alarms.remove(AlarmName ?? '');
  state.policies.delete(key);
  return {};
}

function putAction(state: ScalingState, input: PutScheduledActionRequest): object {
  if (!state.targets.has(keyOf(input))) throw notFound('scalable target', input);
  const key = keyOf(input, input.ScheduledActionName);
  const old = state.actions.get(key);
  const Schedule = input.Schedule ?? old?.Schedule;
  if (Schedule === undefined) throw invalid('Schedule must be specified');
  if (!/^(at|rate|cron)\(.+\)$/.test(Schedule)) throw invalid('Schedule expression is invalid');
  const arn = state.world.arn(
    'autoscaling',
    `scheduledAction:${state.world.id('action')}:resource/sagemaker/${input.ResourceId ?? ''}:scheduledActionName/${input.ScheduledActionName ?? ''}`,
  );
  state.actions.set(key, {
    ...old,
    ...input,
    Schedule,
    ScheduledActionARN: old?.ScheduledActionARN ?? arn,
    CreationTime: old?.CreationTime ?? state.world.time.now(),
  });
  return {};
}

function deleteAction(state: ScalingState, input: DeleteScheduledActionRequest): object {
  const key = keyOf(input, input.ScheduledActionName);
  if (!state.actions.delete(key)) throw notFound('scheduled action', input);
  return {};
}

function notFound(what: string, { ServiceNamespace, ResourceId, ScalableDimension }: Scope): AwsError {
  const scope = `service namespace: ${String(ServiceNamespace)}, resource ID: ${String(ResourceId)}, scalable dimension: ${String(ScalableDimension)}`;
  return new AwsError('ObjectNotFoundException', `No ${what} found for ${scope}`);
}

interface Place {
  readonly count: number;
  readonly set: (count: number) => void;
}

const unsupported = () => invalid('Unsupported service namespace, resource type or scalable dimension');

function placeOf(state: ScalingState, input: RegisterScalableTargetRequest): Place {
  const { ServiceNamespace, ResourceId = '', ScalableDimension } = input;
  if (ServiceNamespace === 'lambda') return functionPlace(state, input);
  const [, endpoint, variant] = /^endpoint\/([^/]+)\/variant\/([^/]+)$/.exec(ResourceId) ?? [];
  if (ServiceNamespace !== 'sagemaker' || endpoint === undefined || variant === undefined)
    throw unsupported();
  if (ScalableDimension !== 'sagemaker:variant:DesiredInstanceCount') throw unsupported();
  const count = state.countOf(endpoint, variant);
  if (count === undefined) throw invalid(`SageMaker endpoint ${ResourceId} not found.`);
  return { count, set: (wanted) => state.setCount(endpoint, variant, wanted) };
}

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html: not `$LATEST` */
function functionPlace(
  state: ScalingState,
  { ResourceId = '', ScalableDimension }: RegisterScalableTargetRequest,
): Place {
  const [, name, qualifier] = /^function:([^:]+):([\w-]+)$/.exec(ResourceId) ?? [];
  if (name === undefined || qualifier === undefined) throw unsupported();
  if (ScalableDimension !== 'lambda:function:ProvisionedConcurrency') throw unsupported();
  const found = state.provisionedOf(name, qualifier);
  if (found === undefined) throw invalid(`No Provisioned Concurrency Config found for ${ResourceId}`);
  return { count: found.requested, set: (wanted) => (found.requested = wanted) };
}
