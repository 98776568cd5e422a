/** What CloudWatch has measured of the two versions of a rollout since its last step, and the alarms of the plan. */
import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { NOTHING_SEEN, type Sample, type Watch } from '../../deployment/rollout/watch.ts';
import { LIVE } from './names.ts';
import type { Clock } from '../../core/ports.ts';
import type { LambdaTargetOptions } from './options.ts';

/** CloudWatch shows what a function did after a minute or two. */
export const LATE_MS = 120_000;

const PERIOD_S = 60;
const METRICS = [
  ['requests', 'Invocations', 'Sum'],
  ['errors', 'Errors', 'Sum'],
  ['p95', 'Duration', 'p95'],
] as const;

interface Asking extends Pick<LambdaTargetOptions, 'clients'> {
  readonly clock: Pick<Clock, 'now'>;
}

export interface Watched {
  readonly endpoint: string;
  /** Numbers of the versions; null if no rollout is under way. */
  readonly versions: { readonly from: string; readonly to: string; readonly since: Date } | null;
  readonly alarms: readonly string[];
  readonly own: Watch['own'];
}

export async function readWatch(
  { endpoint, versions, alarms, own }: Watched,
  options: Asking,
): Promise<Watch> {
  const inAlarm = await alarmsIn(alarms, options);
  if (versions === null) return { ...NOTHING_SEEN, own, alarms: inAlarm };
  const { from, to, since } = versions;
  const values = await read(endpoint, [from, to], since, options);
  return { from: sampleOf(values, 0), to: sampleOf(values, 1), own, alarms: inAlarm };
}

function sampleOf(values: ReadonlyMap<string, readonly number[]>, at: number): Sample {
  const of = (name: string) => values.get(`${name}${at}`) ?? [];
  const sum = (list: readonly number[]) => list.reduce((total, value) => total + value, 0);
  const slowest = of('p95');
  return {
    requests: sum(of('requests')),
    errors: sum(of('errors')),
    p95Ms: slowest.length === 0 ? null : Math.max(...slowest),
  };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics.html (Resource and ExecutedVersion, of an alias) */
async function read(
  endpoint: string,
  numbers: readonly string[],
  since: Date,
  { clients, clock }: Asking,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const queries = numbers.flatMap((number, at) =>
    METRICS.map(([name, MetricName, Stat]): MetricDataQuery => {
      const dimensions = { FunctionName: endpoint, Resource: `${endpoint}:${LIVE}`, ExecutedVersion: number };
      const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
      const Metric = { Namespace: 'AWS/Lambda', MetricName, Dimensions };
      return { Id: `${name}${at}`, MetricStat: { Metric, Period: PERIOD_S, Stat } };
    }),
  );
  const cloudwatch = await clients.cloudWatch();
  const { MetricDataResults = [] } = await clients.call('cloudwatch:GetMetricData', (http) =>
    cloudwatch.getMetricData(
      {
        StartTime: since,
        EndTime: new Date(clock.now().getTime() + PERIOD_S * 1000),
        MetricDataQueries: queries,
      },
      http,
    ),
  );
  return new Map(MetricDataResults.map(({ Id = '', Values = [] }) => [Id, Values]));
}

async function alarmsIn(
  names: readonly string[],
  { clients }: Pick<LambdaTargetOptions, 'clients'>,
): Promise<readonly string[]> {
  if (names.length === 0) return [];
  const cloudwatch = await clients.cloudWatch();
  const { MetricAlarms = [], CompositeAlarms = [] } = await clients.call(
    'cloudwatch:DescribeAlarms',
    (http) =>
      cloudwatch.describeAlarms(
        { AlarmNames: [...names], AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] },
        http,
      ),
  );
  return [...MetricAlarms, ...CompositeAlarms].flatMap(({ AlarmName, StateValue }) =>
    AlarmName !== undefined && StateValue === 'ALARM' ? [AlarmName] : [],
  );
}
