import { CancelledError } from '../../../core/errors.ts';
import { explainSocketError, loopbackRequest } from '../loopback-http.ts';

const PING_TIMEOUT_MS = 2000;

/** null if the container is healthy; else what it said. @throws CancelledError */
export async function pingContainer(port: number, signal: AbortSignal): Promise<string | null> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(PING_TIMEOUT_MS)]);
  try {
    const { status } = await loopbackRequest({ port, method: 'GET', path: '/ping', signal: limited });
    return status === 200 ? null : `/ping answered ${status}`;
  } catch (error) {
    if (signal.aborted) throw new CancelledError();
    return limited.aborted
      ? `/ping did not answer within ${PING_TIMEOUT_MS / 1000} s`
      : `/ping failed: ${explainSocketError(error)}`;
  }
}
