/**
 * The alarms that watch a deployment if the user names none: model errors, and the slowest percent of the answers
 * against the version that served before. They live as long as the update does.
 */
import type { MetricAlarm, PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { isMissing } from '../../../clouds/aws/errors.ts';
import type { AwsClients } from '../../../clouds/aws/clients.ts';
import { awsTags } from '../../../clouds/aws/tags.ts';
import type { GuardState } from '../../../deployment/observed.ts';
import { unlessDenied } from '../looks.ts';

/** Ours by name, and by the sentence in the description: nothing else is touched. */
const PREFIX = 'ml-deploy-bake-';
const MARK = 'Made by ml-deploy for one update of this endpoint, and removed after it.';

/** https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html (endpoint invocation metrics) */
const METRICS = 'AWS/SageMaker';
const PERIOD_SECONDS = 60;
/** Half as slow again as before, and never for a difference that nobody notices. */
const SLOWER = 1.5;
const LEAST_SLOWER_MS = 20;
const BASELINE_HOURS = 3;

export interface BakeAlarms {
  readonly endpoint: string;
  readonly variant: string;
  /** `<version>@<run>`: two runs do not share alarms, even if they are about the same version. */
  readonly guard: string;
  /** p99 of ModelLatency of the version that serves now, in milliseconds; null if nobody called it. */
  readonly baselineP99Ms: number | null;
  /** The most model errors in one minute of that version: as many do not stop an update. 0 if absent. */
  readonly baselineErrors?: number;
  readonly tags: ReadonlyMap<string, string>;
}

export type Watched = Pick<BakeAlarms, 'endpoint' | 'variant' | 'guard'>;

/** What metrics are of. */
type Fleet = Pick<Watched, 'endpoint' | 'variant'>;

export function bakeAlarmNames({ endpoint, variant, guard }: Watched): { errors: string; latency: string } {
  // No endpoint can be called what another one and its variant are called together: names have no dot.
  const stem = `${PREFIX}${endpoint}.${variant}.${guard}`;
  return { errors: `${stem}.errors`, latency: `${stem}.latency` };
}

const OURS = /^ml-deploy-bake-[^.]+\.[^.]+\.([^.]+@[^.]+)\.(errors|latency)$/;

/** The guard that an alarm belongs to; null for an alarm of somebody else. */
export function guardOf(alarm: string): string | null {
  return OURS.exec(alarm)?.[1] ?? null;
}

/**
 * Every guard of the endpoint, whichever run made it. One that lacks its last alarm is not whole, and neither is one that
 * was set off before: it would undo the next move at once.
 * @param isMoving an update is in progress, which may be about to be undone
 */
export async function readGuards(
  clients: AwsClients,
  endpoint: string,
  isMoving: boolean,
): Promise<GuardState[]> {
  const found = new Map<string, MetricAlarm[]>();
  for (const alarm of await ourAlarms(clients, endpoint)) {
    const guard = guardOf(alarm.AlarmName ?? '') ?? '';
    found.set(guard, [...(found.get(guard) ?? []), alarm]);
  }
  return [...found].map(([guard, alarms]) => ({
    name: isWhole(alarms, isMoving) ? guard : `${guard}#part`,
    madeAt: Math.max(...alarms.map((alarm) => alarm.AlarmConfigurationUpdatedTimestamp?.getTime() ?? 0)),
  }));
}

function isWhole(alarms: readonly MetricAlarm[], isMoving: boolean): boolean {
  const isThere = alarms.some(({ AlarmName }) => AlarmName?.endsWith('.errors'));
  return isThere && (isMoving || alarms.every(({ StateValue }) => StateValue !== 'ALARM'));
}

/** Makes the next alarm that is missing; the one of errors comes last. Removes those first that were set off before. */
export async function makeNextAlarm(clients: AwsClients, bake: BakeAlarms): Promise<'again' | 'done'> {
  const there = await alarmsOfGuard(clients, bake.endpoint, bake.guard);
  const setOff = there.filter(({ StateValue }) => StateValue === 'ALARM');
  if (setOff.length > 0) {
    await remove(clients, setOff);
    return 'again';
  }
  const names = new Set(there.map(({ AlarmName }) => AlarmName));
  const [next, ...others] = alarmsOf(bake).filter(({ AlarmName }) => !names.has(AlarmName));
  if (next === undefined) return 'done';
  const cloudWatch = await clients.cloudWatch();
  await clients.call('cloudwatch:PutMetricAlarm', async () => cloudWatch.putMetricAlarm(next));
  return others.length === 0 ? 'done' : 'again';
}

function alarmsOf(bake: BakeAlarms): PutMetricAlarmInput[] {
  const { baselineP99Ms } = bake;
  const errors = errorsAlarm(bake);
  if (baselineP99Ms === null) return [errors];
  const latency: PutMetricAlarmInput = {
    ...commonOf(bake),
    AlarmName: bakeAlarmNames(bake).latency,
    MetricName: 'ModelLatency',
    ExtendedStatistic: 'p99',
    Unit: 'Microseconds',
    Threshold: Math.ceil(latencyLimitMs(baselineP99Ms) * 1000),
    ComparisonOperator: 'GreaterThanThreshold',
  };
  return [latency, errors];
}

function errorsAlarm(bake: BakeAlarms): PutMetricAlarmInput {
  return {
    ...commonOf(bake),
    AlarmName: bakeAlarmNames(bake).errors,
    MetricName: 'Invocation5XXErrors',
    Statistic: 'Sum',
    Threshold: bake.baselineErrors ?? 0,
    ComparisonOperator: 'GreaterThanThreshold',
  };
}

function commonOf({ tags, ...bake }: BakeAlarms) {
  return {
    Namespace: METRICS,
    Dimensions: dimensionsOf(bake),
    Period: PERIOD_SECONDS,
    EvaluationPeriods: 1,
    // An endpoint that nobody calls says nothing against the new version.
    TreatMissingData: 'notBreaching',
    AlarmDescription: MARK,
    Tags: awsTags(tags),
  } satisfies Partial<PutMetricAlarmInput>;
}

/** The same alarm, in alarm whatever is measured, and if nothing is; the tags that it has stay. */
function alwaysInAlarm(watched: Watched): PutMetricAlarmInput {
  const { Tags: _, ...errors } = errorsAlarm({ ...watched, baselineP99Ms: null, tags: new Map() });
  return { ...errors, Threshold: ALWAYS, TreatMissingData: 'breaching' };
}

const ALWAYS = -1;

/** From which p99 on the new version counts as too slow, in milliseconds. */
export function latencyLimitMs(baselineP99Ms: number): number {
  return Math.max(baselineP99Ms * SLOWER, baselineP99Ms + LEAST_SLOWER_MS);
}

export interface Baseline {
  readonly p99Ms: number | null;
  readonly errors: number;
}

/** How the version that serves now has done in the last hours. */
export async function readBaseline(clients: AwsClients, watched: Fleet, now: Date): Promise<Baseline> {
  const cloudWatch = await clients.cloudWatch();
  const seconds = BASELINE_HOURS * 3600;
  const query = (Id: string, MetricName: string, Stat: string, Period: number) => ({
    Id,
    MetricStat: {
      Metric: { Namespace: METRICS, MetricName, Dimensions: dimensionsOf(watched) },
      Period,
      Stat,
    },
  });
  const { MetricDataResults = [] } = await clients.call('cloudwatch:GetMetricData', async () =>
    cloudWatch.getMetricData({
      StartTime: new Date(now.getTime() - seconds * 1000),
      EndTime: now,
      MetricDataQueries: [
        query('p99', 'ModelLatency', 'p99', seconds),
        query('errors', 'Invocation5XXErrors', 'Sum', PERIOD_SECONDS),
      ],
    }),
  );
  const most = (id: string) => {
    const values = MetricDataResults.find(({ Id }) => Id === id)?.Values ?? [];
    return values.length === 0 ? null : Math.max(...values);
  };
  const microseconds = most('p99');
  return { p99Ms: microseconds === null ? null : microseconds / 1000, errors: most('errors') ?? 0 };
}

function dimensionsOf({ endpoint, variant }: Fleet) {
  return [
    { Name: 'EndpointName', Value: endpoint },
    { Name: 'VariantName', Value: variant },
  ];
}

/** Removes what there is of a guard, in one call. @returns the alarms that are gone now */
export async function removeGuard(
  clients: AwsClients,
  endpoint: string,
  guard: string,
): Promise<readonly MetricAlarm[]> {
  const alarms = await alarmsOfGuard(clients, endpoint, guard);
  await remove(clients, alarms);
  return alarms;
}

async function remove(clients: AwsClients, alarms: readonly MetricAlarm[]): Promise<void> {
  const names = alarms.map(({ AlarmName = '' }) => AlarmName);
  if (names.length === 0) return;
  const cloudWatch = await clients.cloudWatch();
  try {
    await clients.call('cloudwatch:DeleteAlarms', async () => cloudWatch.deleteAlarms({ AlarmNames: names }));
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

/**
 * Puts a guard into alarm, upon which SageMaker rolls the running update back. A state that is only set lapses within
 * seconds, before SageMaker may have looked; so the alarm is made to breach by its own definition first.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html
 * @param denied called if the definition cannot be changed, so the set state alone has to do
 * @returns whether the next call follows, or it is in alarm; `missing` if it is gone, and only waiting helps
 */
export async function tripGuard(
  clients: AwsClients,
  watched: Watched,
  reason: string,
  denied: (error: unknown) => void,
): Promise<'again' | 'done' | 'missing'> {
  const { errors: AlarmName } = bakeAlarmNames(watched);
  const alarms = await alarmsOfGuard(clients, watched.endpoint, watched.guard);
  const alarm = alarms.find((known) => known.AlarmName === AlarmName);
  if (alarm === undefined) return 'missing';
  const cloudWatch = await clients.cloudWatch();
  if (alarm.Threshold !== ALWAYS) {
    const breaching = alwaysInAlarm(watched);
    const put = () =>
      clients.call('cloudwatch:PutMetricAlarm', async () => cloudWatch.putMetricAlarm(breaching));
    if ((await unlessDenied(put, denied)) !== null) return 'again';
  }
  await clients.call('cloudwatch:SetAlarmState', async () =>
    cloudWatch.setAlarmState({ AlarmName, StateValue: 'ALARM', StateReason: reason.slice(0, 1023) }),
  );
  return 'done';
}

/** The names of the alarms that there are of a guard, for AutoRollbackConfiguration. */
export async function alarmsOfGuard(
  clients: AwsClients,
  endpoint: string,
  guard: string,
): Promise<readonly MetricAlarm[]> {
  const alarms = await ourAlarms(clients, endpoint);
  return alarms.filter(({ AlarmName = '' }) => guardOf(AlarmName) === guard);
}

async function ourAlarms(clients: AwsClients, endpoint: string): Promise<MetricAlarm[]> {
  const cloudWatch = await clients.cloudWatch();
  const found: MetricAlarm[] = [];
  let NextToken: string | undefined;
  do {
    const page = await clients.call('cloudwatch:DescribeAlarms', async () =>
      cloudWatch.describeAlarms({ AlarmNamePrefix: `${PREFIX}${endpoint}.`, NextToken }),
    );
    found.push(...(page.MetricAlarms ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return found.filter(
    ({ AlarmName = '', AlarmDescription }) => AlarmDescription === MARK && guardOf(AlarmName) !== null,
  );
}
