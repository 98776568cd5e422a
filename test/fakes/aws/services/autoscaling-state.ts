/** What Application Auto Scaling keeps, and what its callers need to be allowed. */
import type {
  ScalableTarget,
  ScalingPolicy,
  ScheduledAction,
} from '@aws-sdk/client-application-auto-scaling';
import type { Permission } from '../service.ts';
import type { World } from '../world.ts';

export interface ScalingState {
  readonly world: World;
  readonly targets: Map<string, ScalableTarget>;
  readonly policies: Map<string, ScalingPolicy>;
  readonly actions: Map<string, ScheduledAction>;
  /** Whether the account has the role that Application Auto Scaling makes for itself with its first target. */
  linked: boolean;
  /** The instances of a variant; undefined where there is no such variant that could be scaled. */
  readonly countOf: (endpoint: string, variant: string) => number | undefined;
  readonly setCount: (endpoint: string, variant: string, count: number) => void;
  /** The same for environments of a function: provisioned ones, by name and qualifier. */
  readonly provisionedOf: (name: string, qualifier: string) => { requested: number } | undefined;
  /** What the alarms of a target tracking policy are made with. */
  readonly alarms: { put(name: string): string; remove(name: string): void };
}

export interface Scope {
  readonly ServiceNamespace?: unknown;
  readonly ResourceId?: unknown;
  readonly ScalableDimension?: unknown;
}

export const keyOf = ({ ServiceNamespace, ResourceId, ScalableDimension }: Scope, name = '') =>
  [ServiceNamespace, ResourceId, ScalableDimension, name].map(String).join('|');

export function scalingKey(endpoint: string, variant: string): string {
  return keyOf({
    ServiceNamespace: 'sagemaker',
    ResourceId: `endpoint/${endpoint}/variant/${variant}`,
    ScalableDimension: 'sagemaker:variant:DesiredInstanceCount',
  });
}

export function inScope(item: Scope, { ServiceNamespace, ScalableDimension }: Scope): boolean {
  return (
    item.ServiceNamespace === ServiceNamespace &&
    (ScalableDimension === undefined || item.ScalableDimension === ScalableDimension)
  );
}

/** https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-service-linked-roles.html */
const ROLES: Readonly<Record<string, string>> = {
  sagemaker: 'AWSServiceRoleForApplicationAutoScaling_SageMakerEndpoint',
  lambda: 'AWSServiceRoleForApplicationAutoScaling_LambdaConcurrency',
};
const linkedTo = (space: string) => `${space}.application-autoscaling.amazonaws.com`;

export function linkedRole({ partition, account }: World, space = 'sagemaker'): string {
  return `arn:${partition}:iam::${account}:role/aws-service-role/${linkedTo(space)}/${ROLES[space] ?? ''}`;
}

function linking(world: World, space = 'sagemaker'): Permission {
  const context = { 'iam:AWSServiceName': linkedTo(space) };
  return { action: 'iam:CreateServiceLinkedRole', resource: linkedRole(world, space), context };
}

/** https://docs.aws.amazon.com/sagemaker/latest/dg/endpoint-auto-scaling-prerequisites.html */
export function permissionsOf(
  state: ScalingState,
  action: string,
  input: Record<string, unknown>,
): Permission[] {
  const { world } = state;
  const own = {
    action: `application-autoscaling:${action}`,
    resource: action.startsWith('Describe') ? '*' : world.arn('application-autoscaling', 'scalable-target/*'),
  };
  const { ResourceId, ServiceNamespace } = input;
  const ofFunctions = ServiceNamespace === 'lambda' && action === 'RegisterScalableTarget';
  if (ofFunctions) return [own, ...(state.linked ? [] : [linking(world, 'lambda')])];
  const [, endpoint = ''] = /^endpoint\/([^/]+)/.exec(typeof ResourceId === 'string' ? ResourceId : '') ?? [];
  const resource = world.arn('sagemaker', `endpoint/${endpoint.toLowerCase()}`);
  const alarm = world.arn('cloudwatch', `alarm:TargetTracking-${String(ResourceId)}-*`);
  switch (action) {
    case 'RegisterScalableTarget':
      return [
        own,
        { action: 'sagemaker:DescribeEndpoint', resource },
        { action: 'sagemaker:UpdateEndpointWeightsAndCapacities', resource },
        ...(state.linked ? [] : [linking(world)]),
      ];
    case 'PutScalingPolicy':
      return [own, { action: 'cloudwatch:PutMetricAlarm', resource: alarm }];
    case 'DeleteScalingPolicy':
      return [own, { action: 'cloudwatch:DeleteAlarms', resource: alarm }];
    default:
      return [own];
  }
}
