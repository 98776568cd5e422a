/** What an endpoint answers, and what is measured of it. */
import { GoogleError } from './google-error.ts';
import type { Deployed, Endpoint, Json, World } from './world.ts';

export interface FromContainer {
  readonly status: number;
  readonly body: string;
  readonly ms?: number;
}

/** Of the container of one version. @param request its body. @param model the folder that it was uploaded from, or '' */
export type Container = (
  image: string,
  request: string,
  model: string,
) => FromContainer | Promise<FromContainer>;

export interface Predicted extends FromContainer {
  readonly headers: Readonly<Record<string, string>>;
}

const MOST = { shared: 1_500_000, dedicated: 10_000_000 };

/** @param turn 0 to 99: whose turn it is by the traffic split */
export async function predict(
  world: World,
  endpoint: Endpoint,
  { body, turn, container }: { readonly body: Buffer; readonly turn: number; readonly container: Container },
): Promise<Predicted> {
  const most = endpoint.body.dedicatedEndpointEnabled === true ? MOST.dedicated : MOST.shared;
  if (body.length > most)
    throw new GoogleError('INVALID_ARGUMENT', `The request has ${body.length} bytes, and ${most} at most.`);
  const deployed = chosen(endpoint, turn);
  if (deployed === undefined)
    throw new GoogleError('FAILED_PRECONDITION', `Endpoint ${endpoint.id} doesn't have traffic_split.`);
  const version = world.version(`${deployed.model}@${deployed.version}`);
  const { containerSpec = {}, artifactUri = '' } = version.body as {
    containerSpec?: { imageUri?: string };
    artifactUri?: string;
  };
  const answer = await container(containerSpec.imageUri ?? '', body.toString(), artifactUri);
  const { status, ms = 20 } = answer;
  world.answered.push({ endpoint: endpoint.id, deployed: deployed.id, status, ms, at: world.now });
  const headers = { 'content-type': 'application/json', 'x-vertex-ai-deployed-model-id': deployed.id };
  return { ...answer, headers };
}

function chosen({ split, deployed }: Endpoint, turn: number): Deployed | undefined {
  let sum = 0;
  for (const [id, percent] of Object.entries(split)) {
    sum += percent;
    if (turn < sum) return deployed.find((each) => each.id === id);
  }
  return undefined;
}

/** https://docs.cloud.google.com/monitoring/api/metrics_gcp_a_b#gcp-aiplatform: visible after two minutes. */
const LATE_MS = 120_000;

const FILTER =
  /^metric\.type="([^"]+)" AND resource\.label\.endpoint_id="([^"]+)" AND resource\.label\.location="([^"]+)"$/;

/** As aggregated: one point of each deployed model, or of each of its response codes. */
export function timeSeries(world: World, query: URLSearchParams): Json {
  const [, type = '', endpoint, location] = FILTER.exec(query.get('filter') ?? '') ?? [];
  if (endpoint === undefined || location !== world.settings.location)
    throw new GoogleError('INVALID_ARGUMENT', `The fake cannot filter by ${query.get('filter') ?? ''}`);
  const [from, to] = ['interval.startTime', 'interval.endTime'].map((name) =>
    Date.parse(query.get(name) ?? ''),
  );
  const seen = world.answered.filter(
    (each) =>
      each.endpoint === endpoint &&
      each.at > (from ?? 0) &&
      each.at <= Math.min(to ?? 0, world.now - LATE_MS),
  );
  const isLatency = type.endsWith('/prediction_latencies');
  const keyOf = ({ deployed, status }: (typeof seen)[number]) =>
    isLatency ? deployed : `${deployed} ${status}`;
  const keys = [...new Set(seen.map(keyOf))];
  return {
    timeSeries: keys.map((key) => {
      const own = seen.filter((each) => keyOf(each) === key);
      const [deployed = '', code] = key.split(' ');
      const slow = own.map(({ ms }) => ms).sort((a, b) => a - b);
      const value = isLatency
        ? { doubleValue: slow[Math.ceil(slow.length * 0.95) - 1] ?? 0 }
        : { int64Value: String(own.length) };
      return {
        metric: {
          type,
          labels: { deployed_model_id: deployed, ...(code === undefined ? {} : { response_code: code }) },
        },
        resource: { type: 'aiplatform.googleapis.com/Endpoint', labels: { endpoint_id: endpoint } },
        metricKind: 'DELTA',
        valueType: isLatency ? 'DOUBLE' : 'INT64',
        points: [{ interval: { startTime: query.get('interval.startTime'), endTime: world.stamp }, value }],
      };
    }),
  };
}

/** The newest first, of one endpoint. */
export function logEntries(
  world: World,
  { filter = '', pageSize = 50 }: { filter?: string; pageSize?: number },
): Json {
  const endpoint = /resource\.labels\.endpoint_id="([^"]+)"/.exec(filter)?.[1] ?? '';
  const lines = world.logs.get(endpoint) ?? [];
  const entries = lines.map((textPayload, at) => ({
    textPayload,
    timestamp: new Date(world.now + at).toISOString(),
    resource: { type: 'aiplatform.googleapis.com/Endpoint', labels: { endpoint_id: endpoint } },
  }));
  return { entries: entries.reverse().slice(0, pageSize) };
}
