import { messageOf } from '../../../../../src/core/errors.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  alarmsOfGuard,
  bakeAlarmNames,
  latencyLimitMs,
  makeNextAlarm,
  readBaseline,
  readGuards,
  removeGuard,
  tripGuard,
  type BakeAlarms,
  type Watched,
} from '../../../../../src/platforms/sagemaker/alarms/bake-alarms.ts';
import { ENDPOINT, startBed, VARIANT, type Bed } from '../modules-bed.ts';

const WATCHED = { endpoint: ENDPOINT, variant: VARIANT, guard: 'churn-0123456789abcdef@1001' };
const BAKE = { ...WATCHED, baselineP99Ms: 100, tags: new Map([['team', 'churn']]) };

let bed: Bed;
let said: string[];
const told = (error: unknown) => void said.push(messageOf(error));

beforeEach(async () => {
  said = [];
  bed = await startBed();
});

afterEach(() => bed.aws.close());

type Clients = Bed['clients'];
const namesOf = (alarms: readonly { AlarmName?: string | undefined }[]) =>
  alarms.map(({ AlarmName = '' }) => AlarmName).toSorted();

/** Call by call, until there is none left. */
async function makeBakeAlarms(clients: Clients, bake: BakeAlarms): Promise<string[]> {
  while ((await makeNextAlarm(clients, bake)) === 'again');
  return namesOf(await alarmsOfGuard(clients, bake.endpoint, bake.guard));
}

async function removeBakeAlarms(clients: Clients, { endpoint, guard }: Watched): Promise<string[]> {
  return namesOf(await removeGuard(clients, endpoint, guard));
}

async function tripBakeAlarm(
  clients: Clients,
  watched: Watched,
  reason: string,
  denied: (error: unknown) => void,
): Promise<string | null> {
  let came = await tripGuard(clients, watched, reason, denied);
  while (came === 'again') came = await tripGuard(clients, watched, reason, denied);
  return came === 'missing' ? null : bakeAlarmNames(watched).errors;
}

const alarm = (name: string) => bed.aws.alarms.alarms.get(name);

describe('alarms for one update', () => {
  it('watch the model errors, and the p99 against the version before', async () => {
    const { errors, latency } = bakeAlarmNames(WATCHED);
    expect(await makeBakeAlarms(bed.clients, { ...BAKE, baselineErrors: 3 })).toEqual([errors, latency]);
    expect(alarm(errors)).toMatchObject({
      Namespace: 'AWS/SageMaker',
      MetricName: 'Invocation5XXErrors',
      Statistic: 'Sum',
      Threshold: 3,
      TreatMissingData: 'notBreaching',
      Dimensions: [
        { Name: 'EndpointName', Value: ENDPOINT },
        { Name: 'VariantName', Value: VARIANT },
      ],
    });
    // ModelLatency is in microseconds.
    expect(alarm(latency)).toMatchObject({
      MetricName: 'ModelLatency',
      ExtendedStatistic: 'p99',
      Threshold: 150_000,
    });
    const [made] = bed.aws.calls.filter(({ action }) => action === 'PutMetricAlarm');
    expect(made?.input.Tags).toEqual([{ Key: 'team', Value: 'churn' }]);
  });

  it('watch the errors only, where nobody called the version before', async () => {
    const { errors } = bakeAlarmNames(WATCHED);
    expect(await makeBakeAlarms(bed.clients, { ...BAKE, baselineP99Ms: null })).toEqual([errors]);
    expect(alarm(errors)?.Threshold).toBe(0);
  });

  it('allow a difference that nobody notices', () => {
    expect(latencyLimitMs(2)).toBe(22);
    expect(latencyLimitMs(1000)).toBe(1500);
  });

  it('are not in alarm from an earlier update', async () => {
    const [errors = ''] = await makeBakeAlarms(bed.clients, BAKE);
    await tripBakeAlarm(bed.clients, WATCHED, 'rolled back by hand', told);
    expect(alarm(errors)?.StateValue).toBe('ALARM');
    await makeBakeAlarms(bed.clients, BAKE);
    expect(alarm(errors)?.StateValue).toBe('INSUFFICIENT_DATA');
  });

  it('are gone after they are removed, and removing them again makes no change', async () => {
    const names = await makeBakeAlarms(bed.clients, BAKE);
    expect(await removeBakeAlarms(bed.clients, WATCHED)).toEqual(names);
    expect(bed.aws.ours.alarms.size).toBe(0);
    bed.aws.forget();
    expect(await removeBakeAlarms(bed.clients, WATCHED)).toEqual([]);
    expect(bed.aws.names('mutations')).toEqual([]);
  });

  it('leave alone what others made: of another endpoint, or by hand under the same name', async () => {
    await makeBakeAlarms(bed.clients, { ...BAKE, endpoint: 'other' });
    const cloudWatch = await bed.clients.cloudWatch();
    await cloudWatch.putMetricAlarm({
      AlarmName: bakeAlarmNames(WATCHED).errors,
      Namespace: 'Mine',
      MetricName: 'mine',
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanThreshold',
    });
    expect(await removeBakeAlarms(bed.clients, WATCHED)).toEqual([]);
    expect(await tripBakeAlarm(bed.clients, WATCHED, 'stop', told)).toBeNull();
    expect(bed.aws.ours.alarms.size).toBe(3);
  });

  it('B4: can be put into alarm, which tells who did it, and stays so by its own definition', async () => {
    expect(await tripBakeAlarm(bed.clients, WATCHED, 'stop', told)).toBeNull();
    const [errors = ''] = await makeBakeAlarms(bed.clients, BAKE);
    expect(await tripBakeAlarm(bed.clients, WATCHED, 'rolled back by run 7', told)).toBe(errors);
    expect(bed.aws.alarms.alarms.get(errors)).toMatchObject({
      StateValue: 'ALARM',
      StateReason: 'rolled back by run 7',
    });
    bed.aws.advance(3_600_000);
    expect(bed.aws.alarms.alarms.get(errors)).toMatchObject({ StateValue: 'ALARM' });
    // Errors that are measured make no difference either.
    bed.aws.alarms.metrics = () => [{ at: bed.aws.time.now(), value: 0 }];
    await tripBakeAlarm(bed.clients, WATCHED, 'again', told);
    bed.aws.advance(60_000);
    expect(bed.aws.alarms.alarms.get(errors)).toMatchObject({ StateValue: 'ALARM' });
    expect(said).toEqual([]);
    // The next update has alarms of its own definition again.
    await makeBakeAlarms(bed.clients, BAKE);
    expect(bed.aws.alarms.alarms.get(errors)).toMatchObject({
      Threshold: 0,
      TreatMissingData: 'notBreaching',
    });
  });

  it('B4: are set off for a moment where their definition may not be changed, and that is said', async () => {
    const [errors = ''] = await makeBakeAlarms(bed.clients, BAKE);
    bed.aws.inject({ on: 'cloudwatch:PutMetricAlarm', fault: 'denied' });
    expect(await tripBakeAlarm(bed.clients, WATCHED, 'stop', told)).toBe(errors);
    expect(said.join()).toContain('cloudwatch:PutMetricAlarm');
    bed.aws.advance(60_000);
    expect(bed.aws.alarms.alarms.get(errors)).toMatchObject({ StateValue: 'OK' });
  });

  it('name the permission that is missing', async () => {
    bed.aws.inject({ on: 'cloudwatch:PutMetricAlarm', fault: 'denied' });
    await expect(makeBakeAlarms(bed.clients, BAKE)).rejects.toThrow('do not allow cloudwatch:PutMetricAlarm');
  });
});

describe('a guard', () => {
  const guards = async (isMoving = false) =>
    (await readGuards(bed.clients, ENDPOINT, isMoving)).map(({ name }) => name);

  it('is there when the last of its alarms is', async () => {
    expect(await makeNextAlarm(bed.clients, BAKE)).toBe('again');
    expect(await guards()).toEqual([`${WATCHED.guard}#part`]);
    expect(await makeNextAlarm(bed.clients, BAKE)).toBe('done');
    expect(await guards()).toEqual([WATCHED.guard]);
  });

  it('is of one run alone, and counts no more when it was set off for the move before', async () => {
    const other = { ...WATCHED, guard: 'churn-0123456789abcdef@1002' };
    await makeBakeAlarms(bed.clients, BAKE);
    await makeBakeAlarms(bed.clients, { ...BAKE, ...other });
    await removeBakeAlarms(bed.clients, WATCHED);
    expect(await guards()).toEqual([other.guard]);
    await tripBakeAlarm(bed.clients, other, 'stop', told);
    expect(await guards(true)).toEqual([other.guard]);
    expect(await guards()).toEqual([`${other.guard}#part`]);
  });
});

describe('the baseline', () => {
  it('is nothing for an endpoint that nobody called', async () => {
    expect(await readBaseline(bed.clients, WATCHED, bed.aws.time.now())).toEqual({ p99Ms: null, errors: 0 });
  });

  it('is the p99 of the last hours in milliseconds, and the worst minute of errors', async () => {
    const now = bed.aws.time.now();
    const at = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
    bed.aws.alarms.metrics = ({ metric }) =>
      metric === 'ModelLatency'
        ? [{ at: at(30), value: 120_000 }]
        : [
            { at: at(20), value: 1 },
            { at: at(10), value: 4 },
          ];
    expect(await readBaseline(bed.clients, WATCHED, now)).toEqual({ p99Ms: 120, errors: 4 });
  });
});
