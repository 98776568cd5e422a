/** A1: the time line of an update on the fake for each strategy, and what an alarm in its last bake does. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Strategy } from '../../../../src/documents/plan.ts';
import { totalWaitSeconds } from '../../../../src/platforms/sagemaker/preflight/guardrails.ts';
import { makeSageMakerBed, type SageMakerBed } from '../../../platforms/sagemaker-bed.ts';
import { ENDPOINT } from '../../../platforms/target-suite.ts';

const BAKE_SECONDS = 600;
const ALARM = 'churn-errors';
/** A look every ten seconds, or up to a tenth later. */
const POLL_MS = 10_000;
/** At both ends of a bake. */
const AROUND = 22;
const LAST = 'TerminationWaitInSeconds';
const BETWEEN = 'WaitIntervalInSeconds';

const strategy = (type: Strategy['type'], stepPercent: number | null): Strategy => ({
  ...{ type, stepPercent, bakeMinutes: BAKE_SECONDS / 60, alarms: [ALARM] },
});

/** With four instances: the share of the traffic on the new fleet in each bake, and the field that says how long it is. */
const ROWS: readonly (readonly [string, Strategy, readonly (readonly [number, string])[]])[] = [
  ['all-at-once', strategy('all-at-once', null), [[100, LAST]]],
  [
    'canary',
    strategy('canary', 25),
    [
      [25, BETWEEN],
      [100, LAST],
    ],
  ],
  [
    'linear',
    strategy('linear', 25),
    [
      [25, BETWEEN],
      [50, BETWEEN],
      [75, BETWEEN],
      [100, LAST],
    ],
  ],
  [
    'rolling',
    strategy('rolling', 25),
    [
      [25, BETWEEN],
      [50, BETWEEN],
      [75, BETWEEN],
      [100, BETWEEN],
    ],
  ],
];

let bed: SageMakerBed;
beforeEach(async () => {
  bed = await makeSageMakerBed({ timeoutMs: 8 * 3_600_000, pollMs: POLL_MS });
  const cloudWatch = await bed.options.clients.cloudWatch();
  await cloudWatch.putMetricAlarm({
    ...{ AlarmName: ALARM, EvaluationPeriods: 1, ComparisonOperator: 'GreaterThanThreshold', Threshold: 1 },
    ...{ MetricName: 'Errors', Namespace: 'x', Period: 60, Statistic: 'Sum' },
  });
  bed.aws.setAlarm(ALARM, 'OK');
  const plan = await bed.target.plan(bed.requestWith('one', { instanceCount: 4 }));
  expect((await bed.target.deploy(plan)).outcome).toBe('deployed');
});
afterEach(() => bed.dispose());

interface Bake {
  readonly share: number;
  readonly field: string;
  /** How long it has been baking. */
  seconds: number;
}

/** Looks at the update whenever time has passed; one entry for each bake. */
function timeLine(onLook: (bakes: readonly Bake[]) => void = () => undefined): Bake[] {
  const bakes: Bake[] = [];
  const { clock } = bed.ports;
  const before = clock.onSleep;
  let last = clock.monotonic();
  clock.onSleep = async (now) => {
    await before(now);
    const { update, status } = bed.aws.sagemaker.endpoints.get(ENDPOINT) ?? {};
    const passed = (clock.monotonic() - last) / 1000;
    last = clock.monotonic();
    if (update?.kind !== 'config' || update.phase !== 'Baking' || status !== 'Updating') return;
    // The next batch of a rolling update starts its instances after the bake.
    const since = (now.getTime() - update.phaseStarted.getTime()) / 1000;
    if (since > (update.bake?.seconds ?? 0) + AROUND) return;
    const share = Math.round(update.share * 100);
    const known = bakes.find((bake) => bake.share === share);
    if (known === undefined) bakes.push({ share, field: update.bake?.field ?? '', seconds: 0 });
    else known.seconds += passed;
    onLook(bakes);
  };
  return bakes;
}

const planOf = (of: Strategy) => bed.target.plan(bed.requestWith('two', { instanceCount: 4, strategy: of }));

describe.each(ROWS)('A1 %s', (_, of, expected) => {
  it('bakes after each shift, the last one included, for as long as the plan promised', async () => {
    const bakes = timeLine();
    expect((await bed.target.deploy(await planOf(of))).outcome).toBe('deployed');
    expect(bakes.map(({ share, field }) => [share, field])).toEqual(expected);
    for (const { seconds } of bakes) expect(Math.abs(seconds - BAKE_SECONDS)).toBeLessThan(AROUND);
    const total = bakes.reduce((sum, { seconds }) => sum + seconds, 0);
    expect(Math.abs(total - totalWaitSeconds(of))).toBeLessThan(AROUND * bakes.length);
  });

  it('is rolled back by an alarm in the last minute of the last bake', async () => {
    const first = bed.aws.sagemaker.endpoints.get(ENDPOINT)?.config.name;
    const bakes = timeLine((seen) => {
      const last = seen.at(-1);
      if (last?.share === 100 && last.seconds > BAKE_SECONDS - 60) bed.aws.setAlarm(ALARM, 'ALARM');
    });
    const result = await bed.target.deploy(await planOf(of));
    expect(result).toMatchObject({ outcome: 'rolled-back', page: undefined });
    expect(result.message).toContain(ALARM);
    expect(bakes.at(-1)?.share).toBe(100);
    expect(bed.aws.sagemaker.endpoints.get(ENDPOINT)?.config.name).toBe(first);
  });
});
