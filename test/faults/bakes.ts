/** The last bake of an update, second by second: what the fake does, and what comes of an alarm that goes off then. */
import type { Plan, Strategy } from '../../src/documents/plan.ts';
import type { DeploymentResult } from '../../src/core/targets.ts';
import type { Snapshot } from '../fakes/aws/snapshot.ts';
import { makeSageMakerBed, type SageMakerBed } from '../platforms/sagemaker-bed.ts';
import { ENDPOINT } from '../platforms/target-suite.ts';
import { steady } from './scene.ts';

export const BAKE_SECONDS = 600;
export const ALARM = 'churn-errors';
/** Seldom, since each look costs: what comes of an alarm does not depend on when it is seen. */
const POLL_MS = 120_000;
const HOURS = 3_600_000;
const INSTANCES = 4;

const strategy = (type: Strategy['type'], stepPercent: number | null): Strategy => ({
  ...{ type, stepPercent, bakeMinutes: BAKE_SECONDS / 60, alarms: [ALARM] },
});

/** With four instances a step is one of them. */
export const STRATEGIES: readonly Strategy[] = [
  strategy('all-at-once', null),
  strategy('canary', 25),
  strategy('linear', 25),
  strategy('rolling', 25),
];

/** Something that the fake does for so many seconds on end. */
export interface Stretch {
  /** Such as `Baking 25 % (WaitIntervalInSeconds), alarm OK`. */
  readonly is: string;
  seconds: number;
}

/** An endpoint of four instances that serves, an alarm that is OK, and the plan of an update. */
export interface Scene {
  readonly from: Snapshot;
  readonly plan: Plan;
}

export async function sceneOf(of: Strategy): Promise<Scene> {
  const bed = await open();
  try {
    const cloudWatch = await bed.options.clients.cloudWatch();
    await cloudWatch.putMetricAlarm({
      ...{ AlarmName: ALARM, EvaluationPeriods: 1, ComparisonOperator: 'GreaterThanThreshold', Threshold: 1 },
      ...{ MetricName: 'Errors', Namespace: 'x', Period: 60, Statistic: 'Sum' },
    });
    bed.aws.setAlarm(ALARM, 'OK');
    const plan = await bed.target.plan(bed.requestWith('one', { instanceCount: INSTANCES }));
    const { outcome, message } = await bed.target.deploy(plan);
    if (outcome !== 'deployed') throw new Error(`The scene is not set: ${message}`);
    const request = bed.requestWith('two', { instanceCount: INSTANCES, strategy: of });
    return { from: bed.aws.snapshot(), plan: await bed.target.plan(request) };
  } finally {
    await bed.dispose();
  }
}

function open(from?: Snapshot): Promise<SageMakerBed> {
  return makeSageMakerBed({ timeoutMs: 8 * HOURS, pollMs: POLL_MS }, from === undefined ? {} : { from });
}

function deploy(bed: SageMakerBed, plan: Plan): Promise<DeploymentResult> {
  return bed.targetWith({ clock: steady(bed.ports.clock) }).deploy(plan);
}

/** What the fake does in each second of an update from its first to its last, which nothing disturbs. */
export async function timeLine({ from, plan }: Scene): Promise<Stretch[]> {
  const bed = await open(from);
  const line: Stretch[] = [];
  let second = 0;
  bed.ports.clock.onSleep = (now) => {
    for (;;) {
      const is = doing(bed);
      const started = bed.aws.sagemaker.endpoints.get(ENDPOINT)?.update;
      if (is === null || started?.kind !== 'config') break;
      const next = started.started.getTime() + second * 1000;
      if (next > now.getTime()) break;
      bed.aws.time.advanceTo(next);
      second += 1;
      note(line, doing(bed));
    }
    bed.aws.time.advanceTo(now);
  };
  try {
    const { outcome, message } = await deploy(bed, plan);
    if (outcome !== 'deployed') throw new Error(`Without an alarm the update is ${outcome}: ${message}`);
    return line;
  } finally {
    await bed.dispose();
  }
}

function note(line: Stretch[], is: string | null): void {
  const last = line.at(-1);
  if (is === null) return;
  if (last?.is === is) last.seconds += 1;
  else line.push({ is, seconds: 1 });
}

/** null where no update is under way. */
function doing({ aws }: SageMakerBed): string | null {
  const { update, status } = aws.sagemaker.endpoints.get(ENDPOINT) ?? {};
  if (update?.kind !== 'config' || status !== 'Updating') return null;
  const { phase, share, bake, phaseStarted } = update;
  const baked = (aws.time.now().getTime() - phaseStarted.getTime()) / 1000;
  const alarm = `alarm ${aws.sagemaker.others.alarmState(ALARM) ?? 'none'}`;
  const percent = `${Math.round(share * 100)} %`;
  if (phase !== 'Baking' || bake === undefined) return `${phase} ${percent}, ${alarm}`;
  // The next batch of a rolling update starts its instances after the bake.
  return baked < bake.seconds
    ? `Baking ${percent} (${bake.field}), ${alarm}`
    : `Next batch after ${percent}, ${alarm}`;
}

/** From the start of an update to that of its last bake. */
export function secondsBefore(line: readonly Stretch[]): number {
  const last = line.findLastIndex(({ is }) => is.startsWith('Baking'));
  return line.slice(0, last).reduce((sum, { seconds }) => sum + seconds, 0);
}

/**
 * An update whose alarm goes off so many seconds after its last bake began.
 * @param before see secondsBefore
 * @returns what is wrong; empty where it is rolled back, says why, and the first version serves with all the traffic
 */
export async function alarmAt({ from, plan }: Scene, before: number, second: number): Promise<string[]> {
  const bed = await open(from);
  const { aws } = bed;
  try {
    const first = aws.sagemaker.endpoints.get(ENDPOINT)?.config.name;
    aws.inject({
      on: 'sagemaker:UpdateEndpoint',
      after: () => void aws.time.after((before + second) * 1000, () => aws.setAlarm(ALARM, 'ALARM')),
    });
    const { outcome, message, page } = await deploy(bed, plan);
    const now = aws.sagemaker.endpoints.get(ENDPOINT);
    return [
      ...(outcome === 'rolled-back' ? [] : [`outcome ${outcome}`]),
      ...(message.includes(ALARM) && page === undefined ? [] : [`says: ${message}`]),
      ...(now?.config.name === first && now?.status === 'InService'
        ? []
        : [`${now?.config.name ?? 'nothing'} serves`]),
    ];
  } finally {
    await bed.dispose();
  }
}
