/** One request to an endpoint, with what Vertex AI says of it. */
import type { EndpointResource, Hosts, Place } from './resources.ts';
import type { VertexTargetOptions } from './options.ts';

/** docs.cloud.google.com/gemini-enterprise-agent-platform/…/using-dedicated-endpoints; 1.5 MB on the shared address */
export const BODY_BYTES = { shared: 1_500_000, dedicated: 10_000_000 } as const;

/** Says which deployed model answered (aiplatform v1, endpoints.rawPredict). */
const BY = 'x-vertex-ai-deployed-model-id';

export interface Invoked {
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array;
  /** The ID of the deployed model; null if the answer does not say. */
  readonly by: string | null;
}

/** A dedicated endpoint is reached only at the address that it reports: nobody else can invent one. */
export function predictUrl(
  { name, dedicatedEndpointDns }: Pick<EndpointResource, 'name' | 'dedicatedEndpointDns'>,
  { project, location }: Place,
  { aiplatform }: Hosts,
): string {
  const shared = aiplatform ?? `https://${location}-aiplatform.googleapis.com`;
  const host = dedicatedEndpointDns === undefined ? shared : `https://${dedicatedEndpointDns}`;
  const id = name.split('/').at(-1) ?? '';
  return `${host}/v1/projects/${project}/locations/${location}/endpoints/${id}:rawPredict`;
}

export async function rawPredict(
  url: string,
  body: Uint8Array | string,
  contentType: string,
  { rest }: Pick<VertexTargetOptions, 'rest'>,
  signal: AbortSignal,
): Promise<Invoked> {
  const response = await rest.raw(
    {
      operation: 'endpoints.rawPredict',
      on: url.split('/').at(-1) ?? '',
      needs: ['aiplatform.endpoints.predict'],
      method: 'POST',
      url,
      body,
      contentType,
      accepts: ANSWERS,
      attempts: 1,
    },
    signal,
  );
  return {
    status: response.status,
    contentType: response.headers.get('content-type') ?? '',
    body: new Uint8Array(await response.arrayBuffer()),
    by: response.headers.get(BY),
  };
}

/** What a container can answer; "permission denied" and "no such endpoint" are Google's own answers. */
const ANSWERS = [400, 405, 406, 408, 409, 410, 411, 413, 415, 422, 429, 500, 501, 502, 503, 504];
