/** What Azure Monitor has measured of the two versions of a rollout since its last step. */
import { NOTHING_SEEN, type Sample, type Watch } from '../../deployment/rollout/watch.ts';
import type { Marker } from '../../deployment/rollout/marker.ts';
import { deploymentOf } from './names.ts';
import type { AzureMlTargetOptions } from './options.ts';
import type { Metric, MetricSeries } from './resources.ts';

/** Azure Monitor has what an endpoint did after some minutes; how many, no page says. */
export const LATE_MS = 180_000;

/**
 * Requests a minute, by deployment, class of the status and the model's own status; and what 95 % of them took, by deployment.
 * https://learn.microsoft.com/azure/azure-monitor/reference/supported-metrics/microsoft-machinelearningservices-workspaces-onlineendpoints-metrics
 */
const REQUESTS: Metric = {
  name: 'RequestsPerMinute',
  by: ['deployment', 'statusCodeClass', 'modelStatusCode'],
};
const LATENCY: Metric = { name: 'RequestLatency_P95', by: ['deployment'] };

/** @param marker of the rollout under way; null where none is */
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
 * Azure answers 424 for whatever the model answers but 200, also where it refuses a request rightly: its own status decides.
 * Where it gave none, it broke down, or was too slow.
 */
function isFault({ dimensions }: MetricSeries): boolean {
  const own = Number(dimensions.modelstatuscode);
  return own > 0 ? own >= 500 : /^[45]xx$/i.test(dimensions.statuscodeclass ?? '');
}
