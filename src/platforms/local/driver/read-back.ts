/** Asks the endpoint itself what it serves. */
import { CancelledError } from '../../../core/errors.ts';
import { VERSION_HEADER } from '../control-protocol.ts';
import { explainSocketError, loopbackRequest } from '../loopback-http.ts';

export interface ServedVersion {
  /** null if it does not answer as healthy. */
  readonly version: string | null;
  /** What it said, for messages. */
  readonly detail: string;
}

const TIMEOUT_MS = 30_000;

/** @param candidate null for what gets the traffic */
export async function servedVersion(
  port: number,
  candidate: string | null,
  signal: AbortSignal,
): Promise<ServedVersion> {
  const path = candidate === null ? '/ping' : `/candidates/${encodeURIComponent(candidate)}/ping`;
  const limited = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
  try {
    const { status, headers, body } = await loopbackRequest({ port, method: 'GET', path, signal: limited });
    const version = headers[VERSION_HEADER];
    const detail = `GET ${path} answered ${status}: ${body.toString('utf8')}`;
    return { version: status === 200 && typeof version === 'string' ? version : null, detail };
  } catch (error) {
    if (signal.aborted) throw new CancelledError();
    return { version: null, detail: `GET ${path} failed: ${explainSocketError(error)}.` };
  }
}
