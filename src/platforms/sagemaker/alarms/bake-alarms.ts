/**
 * The alarms that watch a deployment where the user names none: model errors, and the slowest percent of the answers
 * against the version that served before. They live as long as the update does.
 */
import type { MetricAlarm, PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { isMissing } from '../../../clouds/aws/errors.ts';
import type { AwsClients } from '../../../clouds/aws/clients.ts';
import { awsTags } from '../../../clouds/aws/tags.ts';
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
  /** The version that is watched: two runs do not share alarms. */
  readonly version: string;
  /** p99 of ModelLatency of the version that serves now, in milliseconds; null where nobody called it. */
  readonly baselineP99Ms: number | null;
  /** The most model errors in one minute of that version: as many do not stop an update. 0 where absent. */
  readonly baselineErrors?: number;
  readonly tags: ReadonlyMap<string, string>;
}

export type Watched = Pick<BakeAlarms, 'endpoint' | 'variant' | 'version'>;

/** What metrics are of. */
type Fleet = Pick<Watched, 'endpoint' | 'variant'>;

export function bakeAlarmNames({ endpoint, variant, version }: Watched): { errors: string; latency: string } {
  // No endpoint can be called what another one and its variant are called together: names have no dot.
  const stem = `${PREFIX}${endpoint}.${variant}.${version}`;
  return { errors: `${stem}.errors`, latency: `${stem}.latency` };
}

/**
 * Makes the alarms; one that is in alarm from an earlier update is made anew. Made again, they are what they were.
 * @returns their names, for AutoRollbackConfiguration
 */
export async function makeBakeAlarms(clients: AwsClients, bake: BakeAlarms): Promise<string[]> {
  const before = await ourAlarms(clients, [bake]);
  await remove(
    clients,
    before.filter(({ StateValue }) => StateValue === 'ALARM'),
  );
  const cloudWatch = await clients.cloudWatch();
  const alarms = alarmsOf(bake);
  for (const alarm of alarms) {
    await clients.call('cloudwatch:PutMetricAlarm', async () => cloudWatch.putMetricAlarm(alarm));
  }
  return alarms.map(({ AlarmName = '' }) => AlarmName);
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
  return [errors, latency];
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

/** The same alarm, in alarm whatever is measured and where nothing is; the tags that it has stay. */
function alwaysInAlarm(watched: Watched): PutMetricAlarmInput {
  const { Tags: _, ...errors } = errorsAlarm({ ...watched, baselineP99Ms: null, tags: new Map() });
  return { ...errors, Threshold: -1, TreatMissingData: 'breaching' };
}

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

/** @returns the names of the alarms that are gone now */
export async function removeBakeAlarms(clients: AwsClients, ...watched: Watched[]): Promise<string[]> {
  return remove(clients, await ourAlarms(clients, watched));
}

async function remove(clients: AwsClients, alarms: readonly MetricAlarm[]): Promise<string[]> {
  const names = alarms.map(({ AlarmName = '' }) => AlarmName);
  if (names.length === 0) return [];
  const cloudWatch = await clients.cloudWatch();
  try {
    await clients.call('cloudwatch:DeleteAlarms', async () => cloudWatch.deleteAlarms({ AlarmNames: names }));
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  return names;
}

/**
 * Puts one of our alarms into alarm, upon which SageMaker rolls the running update back. A state that is only set lapses
 * within seconds, before SageMaker may have looked; so the alarm is made to breach by its own definition first.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html
 * @param denied told where the definition may not be changed, so that the set state alone has to do
 * @returns its name; null where we made none for this endpoint, and only waiting helps
 */
export async function tripBakeAlarm(
  clients: AwsClients,
  watched: Watched,
  reason: string,
  denied: (error: unknown) => void,
): Promise<string | null> {
  const errors = bakeAlarmNames(watched).errors;
  const alarm = (await ourAlarms(clients, [watched])).find(({ AlarmName }) => AlarmName === errors);
  if (alarm === undefined) return null;
  const AlarmName = errors;
  const cloudWatch = await clients.cloudWatch();
  const breaching = alwaysInAlarm(watched);
  await unlessDenied(
    () => clients.call('cloudwatch:PutMetricAlarm', async () => cloudWatch.putMetricAlarm(breaching)),
    denied,
  );
  await clients.call('cloudwatch:SetAlarmState', async () =>
    cloudWatch.setAlarmState({ AlarmName, StateValue: 'ALARM', StateReason: reason.slice(0, 1023) }),
  );
  return AlarmName;
}

/** Whether all alarms that this bake wants are there. */
export async function areThere(clients: AwsClients, bake: BakeAlarms): Promise<boolean> {
  return (await ourAlarms(clients, [bake])).length === alarmsOf(bake).length;
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html (AlarmNames) */
const MOST_NAMES = 100;

async function ourAlarms(clients: AwsClients, watched: readonly Watched[]): Promise<MetricAlarm[]> {
  const cloudWatch = await clients.cloudWatch();
  const names = watched.flatMap((one) => Object.values(bakeAlarmNames(one)));
  const found: MetricAlarm[] = [];
  for (let at = 0; at < names.length; at += MOST_NAMES) {
    const AlarmNames = names.slice(at, at + MOST_NAMES);
    const { MetricAlarms = [] } = await clients.call('cloudwatch:DescribeAlarms', async () =>
      cloudWatch.describeAlarms({ AlarmNames, MaxRecords: MOST_NAMES }),
    );
    found.push(...MetricAlarms);
  }
  return found.filter(({ AlarmDescription }) => AlarmDescription === MARK);
}
