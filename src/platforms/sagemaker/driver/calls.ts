/** The calls of AWS that a step makes, for whoever approves it; `perform` makes no other that changes something. */
import type { Plan } from '../../../documents/plan.ts';
import type { Step, StepKind } from '../../../deployment/verdict.ts';
import { namesOf } from '../names-of.ts';

type Calls = (step: Step, plan: Plan) => readonly string[];

const CALLS: Readonly<Record<StepKind, Calls>> = {
  'make-version': ({ of }, { endpoint, desired }) => [
    `CreateModel ${namesOf(endpoint, desired).model}`,
    `CreateEndpointConfig ${of}`,
  ],
  'retire-version': ({ of }) => [`DeleteModel of ${of}`, `DeleteEndpointConfig ${of}`],
  'start-candidate': ({ of }) => [`CreateEndpoint ${of}`],
  'keep-candidate': ({ of }) => [`AddTags ${of}`],
  'drop-candidate': ({ of }) => [`DeleteEndpoint ${of}`],
  open: (_, { endpoint }) => [`CreateEndpoint ${endpoint}`],
  shift: (_, { endpoint }) => [`AddTags ${endpoint}`, `UpdateEndpoint ${endpoint}`],
  'abort-shift': (_, { endpoint }) => [`PutMetricAlarm for ${endpoint}`, `SetAlarmState for ${endpoint}`],
  'set-count': (_, { endpoint }) => [`UpdateEndpointWeightsAndCapacities ${endpoint}`],
  close: (_, { endpoint }) => [`DeregisterScalableTarget for ${endpoint}`, `DeleteEndpoint ${endpoint}`],
  guard: (_, { endpoint }) => [`PutMetricAlarm for ${endpoint}`],
  unguard: (_, { endpoint }) => [`DeleteAlarms for ${endpoint}`],
  'set-scaling': (_, { endpoint }) => [
    `RegisterScalableTarget for ${endpoint}`,
    `PutScalingPolicy for ${endpoint}`,
  ],
  'set-scaling-aside': (_, { endpoint }) => [
    `AddTags ${endpoint}`,
    `DeregisterScalableTarget for ${endpoint}`,
  ],
  'restore-scaling': (_, { endpoint }) => [
    `AddTags ${endpoint}`,
    `RegisterScalableTarget for ${endpoint}`,
    `PutScalingPolicy for ${endpoint}`,
    `PutScheduledAction for ${endpoint}`,
    `DeleteTags for ${endpoint}`,
  ],
  'end-scaling': (_, { endpoint }) => [`DeregisterScalableTarget for ${endpoint}`],
  note: ({ of }) => [`AddTags ${of}`],
  // Requests are shifted by SageMaker.
  unmark: () => [],
  ask: () => [],
};

export function callsOf(step: Step, plan: Plan): readonly string[] {
  return CALLS[step.kind](step, plan);
}
