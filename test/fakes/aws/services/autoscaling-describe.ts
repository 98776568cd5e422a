import type {
  DescribeScalableTargetsRequest,
  DescribeScalingPoliciesRequest,
  DescribeScheduledActionsRequest,
} from '@aws-sdk/client-application-auto-scaling';
import { page } from '../paging.ts';
import { inScope, type ScalingState } from './autoscaling-state.ts';

export function describeTargets(state: ScalingState, input: DescribeScalableTargetsRequest): object {
  const wanted = [...state.targets.values()].filter(
    (target) =>
      inScope(target, input) &&
      (input.ResourceIds === undefined || input.ResourceIds.includes(target.ResourceId ?? '')),
  );
  const { items, next } = page(wanted, input.MaxResults ?? 50, input.NextToken);
  return { ScalableTargets: items, ...(next === undefined ? {} : { NextToken: next }) };
}

export function describePolicies(state: ScalingState, input: DescribeScalingPoliciesRequest): object {
  const wanted = [...state.policies.values()].filter(
    (policy) =>
      inScope(policy, input) &&
      (input.ResourceId === undefined || policy.ResourceId === input.ResourceId) &&
      (input.PolicyNames === undefined || input.PolicyNames.includes(policy.PolicyName ?? '')),
  );
  const { items, next } = page(wanted, input.MaxResults ?? 10, input.NextToken);
  return { ScalingPolicies: items, ...(next === undefined ? {} : { NextToken: next }) };
}

export function describeActions(state: ScalingState, input: DescribeScheduledActionsRequest): object {
  const wanted = [...state.actions.values()].filter(
    (action) =>
      inScope(action, input) &&
      (input.ResourceId === undefined || action.ResourceId === input.ResourceId) &&
      (input.ScheduledActionNames === undefined ||
        input.ScheduledActionNames.includes(action.ScheduledActionName ?? '')),
  );
  const { items, next } = page(wanted, input.MaxResults ?? 50, input.NextToken);
  return { ScheduledActions: items, ...(next === undefined ? {} : { NextToken: next }) };
}
