/** What Azure Monitor has measured of the two versions of a rollout since its last step. */
import { NOTHING_SEEN, type Sample, type Watch } from '../../deployment/rollout/watch.ts';
import type { Marker } from '../../deployment/rollout/marker.ts';
import { deploymentOf } from './names.ts';
import type { AzureMlTargetOptions } from './options.ts';
import type { Metric, MetricSeries } from './resources.ts';

/** Azure Monitor shows what an endpoint did after some minutes; no page says how many. */
export const LATE_MS = 180_000;

/**
 * Requests a minute, by deployment, class of the status and the model's own status; and the time within which 95 % of
 * them were answered, by deployment.
 * https://learn.microsoft.com/azure/azure-monitor/reference/supported-metrics/microsoft-machinelearningservices-workspaces-onlineendpoints-metrics
 */
const REQUESTS: Metric = {
  name: 'RequestsPerMinute',
  by: ['deployment', 'statusCodeClass', 'modelStatusCode'],
};
const LATENCY: Metric = { name: 'RequestLatency_P95', by: ['deployment'] };

/** @param marker of the rollout under way; null if there is none */
export async function readWatch(
  endpoint: string,
  marker: Marker | null,
  own: Watch['own'],
  { resources, clock }: Pick<AzureMlTargetOptions, 'resources' | 'clock'>,
): Promise<Watch> {
  if (marker === null) return { ...NOTHING_SEEN, own };
  const window = { from: new Date(marker.at), to: clock.now() };
  const requests = await resources.metric(endpoint, REQUESTS, window);
  const latency = await resources.metric(endpoint, LATENCY, window);
  const sample = (version: string) => sampleOf(deploymentOf(version), requests, latency);
  return { from: sample(marker.from), to: sample(marker.to), own, alarms: [] };
}

function sampleOf(
  deployment: string,
  requests: readonly MetricSeries[],
  latency: readonly MetricSeries[],
): Sample {
  const of = (series: readonly MetricSeries[]) =>
    series.filter(({ dimensions }) => dimensions.deployment?.toLowerCase() === deployment);
  const sum = (series: readonly MetricSeries[]) =>
    series.flatMap(({ values }) => values).reduce((total, value) => total + value, 0);
  const slowest = of(latency).flatMap(({ values }) => values);
  return {
    requests: Math.round(sum(of(requests))),
    errors: Math.round(sum(of(requests).filter(isFault))),
    p95Ms: slowest.length === 0 ? null : Math.max(...slowest),
  };
}

/**
 * Azure answers 424 for everything except the model's 200, also if the model rightly refuses a request: the model's own
 * status decides. Without one, it broke down or was too slow.
 */
function isFault({ dimensions }: MetricSeries): boolean {
  const own = Number(dimensions.modelstatuscode);
  return own > 0 ? own >= 500 : /^[45]xx$/i.test(dimensions.statuscodeclass ?? '');
}
