/** One request to an endpoint, at its own address and with its own kind of sign-in. */
import { errorIn } from '../../clouds/azure/error-kinds.ts';
import { AzureFailure } from '../../clouds/azure/errors.ts';
import type { AzureTokens } from '../../clouds/azure/tokens.ts';
import { messageOf, CancelledError } from '../../core/errors.ts';
import { NoAnswerError } from '../../core/targets.ts';
import type { EndpointResource } from './endpoint.ts';
import { versionOf } from './names.ts';
import type { Resources } from './resources.ts';

export interface Scoring {
  readonly tokens: Pick<AzureTokens, 'token'>;
  readonly resources: Resources;
  /** The scope of a token of Entra. */
  readonly audience: string;
  /** Hides a secret in everything that is logged from now on. */
  readonly hide: (secret: string) => void;
  /** For tests. */
  readonly fetch?: typeof globalThis.fetch;
}

export interface Scored {
  /** The model's own. */
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array;
  /** Content id of the version whose deployment answered; null if none did. */
  readonly version: string | null;
}

export interface ScoreCall {
  readonly body: Uint8Array;
  readonly contentType: string;
  /** The deployment that shall answer, whatever its traffic; null for the one that the traffic chooses. */
  readonly deployment: string | null;
  readonly signal: AbortSignal;
}

/** REC: a request with this header reaches a deployment at 0 %, and every answer has it. */
const DEPLOYMENT = 'azureml-model-deployment';
/** Azure answers 424 for everything except 200: this header has the model's own status. */
const MODEL_STATUS = 'ms-azureml-model-error-statuscode';
const NEEDS = 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action';

/**
 * Requests its secret or token once.
 * @throws UpstreamError if Azure refuses, or does not answer
 */
export function scorerOf(endpoint: EndpointResource, scoring: Scoring): (call: ScoreCall) => Promise<Scored> {
  const { scoringUri: url } = endpoint.properties;
  let token: Promise<string> | null = null;
  return async ({ body, contentType, deployment, signal }) => {
    // Entra's tokens are kept by `tokens`, which asks for a new one in time.
    token = isOfEntra(endpoint) ? tokenOf(endpoint, scoring) : (token ?? tokenOf(endpoint, scoring));
    const headers = {
      'content-type': contentType,
      authorization: `Bearer ${await token}`,
      ...(deployment === null ? {} : { [DEPLOYMENT]: deployment }),
    };
    const answer = await send(url ?? '', { headers, body, signal }, scoring);
    return scored(answer, endpoint.name);
  };
}

const isOfEntra = ({ properties: { authMode } }: EndpointResource) => authMode === 'AADToken';

async function tokenOf(
  { name, properties: { authMode } }: EndpointResource,
  { tokens, resources, audience, hide }: Scoring,
): Promise<string> {
  if (authMode === 'AADToken') return tokens.token(`${audience}/.default`);
  const secret = await resources.secret(name, authMode === 'Key' ? 'key' : 'token');
  if (secret !== null) hide(secret);
  return secret ?? '';
}

async function send(
  url: string,
  { headers, body, signal }: { headers: Record<string, string>; body: Uint8Array; signal: AbortSignal },
  { fetch = globalThis.fetch }: Scoring,
): Promise<Response> {
  try {
    // A redirection would carry the token to another host.
    return await fetch(url, {
      method: 'POST',
      headers,
      body: Uint8Array.from(body),
      redirect: 'manual',
      signal,
    });
  } catch (cause) {
    if (signal.aborted && !(signal.reason instanceof DOMException)) throw new CancelledError();
    throw new NoAnswerError('Azure ML', `${url} did not answer: ${messageOf(cause)}.`, {
      cause,
      retries: 0,
    });
  }
}

async function scored(answer: Response, endpoint: string): Promise<Scored> {
  const name = answer.headers.get(DEPLOYMENT);
  const body = new Uint8Array(await answer.arrayBuffer());
  const isRefusal = answer.status === 401 || answer.status === 403;
  if (name === null && isRefusal) {
    const request = { operation: 'a request to the endpoint', on: endpoint, needs: [NEEDS] };
    const said = errorIn(answer.status, answer.headers, Buffer.from(body).toString('utf8'));
    throw new AzureFailure(request, said);
  }
  const own = Number(answer.headers.get(MODEL_STATUS));
  return {
    status: answer.status === 424 && own > 0 ? own : answer.status,
    contentType: answer.headers.get('content-type') ?? '',
    body,
    version: name === null ? null : versionOf(name),
  };
}
