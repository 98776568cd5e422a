/**
 * What a deployment does, one step after the other.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails-blue-green.html and -rolling.html
 */
import type { DeploymentConfig, VariantStatus } from '@aws-sdk/client-sagemaker';
import { countOf, shareOf } from './deployment-config.ts';
import type { Durations } from './outcomes.ts';
import type { Variant } from './state.ts';

export interface Step {
  /** Milliseconds after the step before. */
  readonly after: number;
  readonly phase: VariantStatus;
  /** Part of the traffic on the new fleet from now on. */
  readonly share: number;
  readonly bake?: { readonly seconds: number; readonly field: string } | undefined;
}

interface Deployment {
  readonly deployment: DeploymentConfig | undefined;
  readonly variants: readonly Variant[];
}

/** Without a DeploymentConfig it is all at once, with no wait. */
export function stepsOf(durations: Durations, { deployment, variants }: Deployment): Step[] {
  const count = countOf(variants);
  return deployment?.RollingUpdatePolicy === undefined
    ? blueGreen(durations, deployment?.BlueGreenUpdatePolicy, count)
    : rolling(durations, deployment.RollingUpdatePolicy, count);
}

function blueGreen(
  { provision, remove }: Durations,
  policy: DeploymentConfig['BlueGreenUpdatePolicy'],
  count: number,
): Step[] {
  const traffic = policy?.TrafficRoutingConfiguration;
  const size = traffic?.Type === 'CANARY' ? traffic.CanarySize : traffic?.LinearStepSize;
  const first = size === undefined ? 1 : shareOf(size, count);
  const list = traffic?.Type === 'CANARY' ? [first, 1] : shares(first);
  const between = { seconds: traffic?.WaitIntervalInSeconds ?? 0, field: 'WaitIntervalInSeconds' };
  const last = { seconds: policy?.TerminationWaitInSeconds ?? 0, field: 'TerminationWaitInSeconds' };
  return [
    { after: provision, phase: 'ActivatingTraffic', share: 0 },
    ...list.map((share, at): Step => ({
      after: at === 0 ? 0 : between.seconds * 1000,
      phase: 'Baking',
      share,
      bake: share === 1 ? last : between,
    })),
    { after: last.seconds * 1000, phase: 'Deleting', share: 1 },
    { after: policy === undefined ? 0 : remove, phase: 'Deleting', share: 1 },
  ];
}

function rolling(
  { provision }: Durations,
  policy: NonNullable<DeploymentConfig['RollingUpdatePolicy']>,
  count: number,
): Step[] {
  const bake = { seconds: policy.WaitIntervalInSeconds ?? 0, field: 'WaitIntervalInSeconds' };
  const wait = bake.seconds * 1000;
  const batches = shares(shareOf(policy.MaximumBatchSize, count));
  return [
    ...batches.map((share, at): Step => ({
      after: provision + (at === 0 ? 0 : wait),
      phase: 'Baking',
      share,
      bake,
    })),
    { after: wait, phase: 'Updating', share: 1 },
  ];
}

/** 0.4 -> 0.4, 0.8, 1 */
function shares(step: number): number[] {
  const count = Math.ceil(1 / step - 1e-9);
  return Array.from({ length: count }, (_, at) => (at === count - 1 ? 1 : step * (at + 1)));
}
