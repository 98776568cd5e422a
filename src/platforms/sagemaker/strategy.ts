/** How traffic moves, as UpdateEndpoint wants it. */
import type { DeploymentConfig } from '@aws-sdk/client-sagemaker';
import type { Strategy } from '../../documents/plan.ts';
import {
  LONGEST_EXECUTION_SECONDS,
  SHORTEST_EXECUTION_SECONDS,
  totalWaitSeconds,
} from './preflight/guardrails.ts';

/** Beside the waits: instances have to start, one fleet or every batch. */
const ROOM_SECONDS = 1800;

/**
 * WaitInterval is the bake between two shifts, TerminationWait the one after the last, with all traffic on the new fleet
 * and the old one still there to go back to. A rolling update has one wait for all of its batches.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails-blue-green-all-at-once.html
 *
 * Real-time endpoints only: serverless ones know no guardrails.
 * @param alarms those that roll the update back
 */
export function deploymentConfig(
  strategy: Strategy,
  alarms: readonly string[],
  timeoutMs: number,
): DeploymentConfig {
  const wait = strategy.bakeMinutes * 60;
  const least = totalWaitSeconds(strategy) + ROOM_SECONDS;
  const limit = Math.min(
    LONGEST_EXECUTION_SECONDS,
    Math.max(SHORTEST_EXECUTION_SECONDS, least, Math.round(timeoutMs / 1000)),
  );
  const rollback =
    alarms.length === 0
      ? {}
      : { AutoRollbackConfiguration: { Alarms: alarms.map((AlarmName) => ({ AlarmName })) } };
  const size = { Type: 'CAPACITY_PERCENT' as const, Value: strategy.stepPercent ?? 100 };
  if (strategy.type === 'rolling') {
    const policy = {
      MaximumBatchSize: size,
      WaitIntervalInSeconds: wait,
      MaximumExecutionTimeoutInSeconds: limit,
    };
    return { RollingUpdatePolicy: policy, ...rollback };
  }
  const traffic = {
    'all-at-once': { Type: 'ALL_AT_ONCE' as const, WaitIntervalInSeconds: 0 },
    canary: { Type: 'CANARY' as const, WaitIntervalInSeconds: wait, CanarySize: size },
    linear: { Type: 'LINEAR' as const, WaitIntervalInSeconds: wait, LinearStepSize: size },
  }[strategy.type];
  return {
    BlueGreenUpdatePolicy: {
      TrafficRoutingConfiguration: traffic,
      TerminationWaitInSeconds: wait,
      MaximumExecutionTimeoutInSeconds: limit,
    },
    ...rollback,
  };
}

/** Whether alarms of ours watch the update: if there is something to watch for and the user names no alarm. */
export function wantsBakeAlarms(strategy: Strategy): boolean {
  return strategy.alarms.length === 0 && (strategy.bakeMinutes > 0 || strategy.type !== 'all-at-once');
}
