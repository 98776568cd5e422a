/** What Cloud Monitoring has measured of the two versions of a rollout since its last step. */
import type { RestRequest } from '../../clouds/google/rest.ts';
import { NOTHING_SEEN, type Sample, type Watch } from '../../deployment/rollout/watch.ts';
import type { VertexTargetOptions } from './options.ts';

/** Sampled every minute, and visible two minutes later at the most (https://docs.cloud.google.com/monitoring/api/metrics_gcp_a_b#gcp-aiplatform). */
export const LATE_MS = 180_000;

const PREFIX = 'aiplatform.googleapis.com/prediction/online';
const MINUTE = '60s';

export interface Watched {
  readonly endpoint: string;
  /** IDs of the deployed models; null if no rollout is under way. */
  readonly deployed: { readonly from: string; readonly to: string; readonly since: Date } | null;
  readonly own: Watch['own'];
}

type Options = Pick<VertexTargetOptions, 'rest' | 'hosts' | 'place' | 'clock'>;

export async function readWatch({ endpoint, deployed, own }: Watched, options: Options): Promise<Watch> {
  if (deployed === null) return { ...NOTHING_SEEN, own };
  const { from, to, since } = deployed;
  const [counts, latencies] = [
    await series(endpoint, since, counting, options),
    await series(endpoint, since, slowest, options),
  ];
  return { from: sampleOf(from, counts, latencies), to: sampleOf(to, counts, latencies), own, alarms: [] };
}

interface Series {
  readonly metric?: { readonly labels?: Readonly<Record<string, string>> };
  readonly points?: readonly {
    readonly value?: { readonly int64Value?: string; readonly doubleValue?: number };
  }[];
}

function sampleOf(id: string, counts: readonly Series[], latencies: readonly Series[]): Sample {
  const own = (all: readonly Series[]) =>
    all.filter(({ metric }) => metric?.labels?.deployed_model_id === id);
  const sum = (all: readonly Series[]) => all.flatMap(valuesOf).reduce((total, value) => total + value, 0);
  const times = own(latencies).flatMap(valuesOf);
  return {
    requests: sum(own(counts)),
    errors: sum(own(counts).filter(({ metric }) => metric?.labels?.response_code?.startsWith('5') === true)),
    p95Ms: times.length === 0 ? null : Math.max(...times),
  };
}

function valuesOf({ points = [] }: Series): number[] {
  return points.map(({ value }) => Number(value?.int64Value ?? value?.doubleValue ?? 0));
}

interface Measure {
  readonly metric: string;
  readonly aligner: string;
  readonly by: readonly string[];
  readonly reducer: string;
}

const counting: Measure = {
  metric: `${PREFIX}/response_count`,
  aligner: 'ALIGN_DELTA',
  by: ['metric.label.deployed_model_id', 'metric.label.response_code'],
  reducer: 'REDUCE_SUM',
};
/** The model's time and what Vertex AI adds, in milliseconds. */
const slowest: Measure = {
  metric: `${PREFIX}/prediction_latencies`,
  aligner: 'ALIGN_PERCENTILE_95',
  by: ['metric.label.deployed_model_id'],
  reducer: 'REDUCE_MAX',
};

/** https://docs.cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.timeSeries/list */
async function series(
  endpoint: string,
  since: Date,
  { metric, aligner, by, reducer }: Measure,
  { rest, hosts, place, clock }: Options,
): Promise<Series[]> {
  const host = hosts.monitoring ?? 'https://monitoring.googleapis.com';
  const request: RestRequest = {
    operation: 'monitoring.projects.timeSeries.list',
    on: endpoint,
    needs: ['monitoring.timeSeries.list'],
    method: 'GET',
    url: `${host}/v3/projects/${place.project}/timeSeries`,
    query: {
      filter: `metric.type="${metric}" AND resource.label.endpoint_id="${endpoint}" AND resource.label.location="${place.location}"`,
      'interval.startTime': since.toISOString(),
      'interval.endTime': clock.now().toISOString(),
      'aggregation.alignmentPeriod': MINUTE,
      'aggregation.perSeriesAligner': aligner,
      'aggregation.crossSeriesReducer': reducer,
      'aggregation.groupByFields': by,
    },
  };
  return rest.list<Series>(request, 'timeSeries');
}
