import { Agent } from 'node:http';
import { CancelledError } from '../../core/errors.ts';
import type { Clock } from '../../core/ports.ts';
import { NoAnswerError, type EndpointInvoker } from '../../core/targets.ts';
import { BODY_LIMIT, VERSION_HEADER } from './control-protocol.ts';
import { explainSocketError, loopbackRequest } from './loopback-http.ts';

/** SageMaker's limit for one answer. https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html */
const ANSWER_MS = 60_000;

/** @param candidate null for the live version */
export function createInvoker(
  endpoint: string,
  port: number,
  candidate: string | null,
  clock: Clock,
): EndpointInvoker {
  const agent = new Agent({ keepAlive: true });
  const prefix = candidate === null ? '' : `/candidates/${encodeURIComponent(candidate)}`;
  const path = `${prefix}/invocations`;
  const url = `http://127.0.0.1:${port}${path}`;
  return {
    url,
    bodyBytes: BODY_LIMIT,
    invoke: async (body, contentType, signal) => {
      const timeout = AbortSignal.timeout(ANSWER_MS);
      const begun = clock.monotonic();
      let retries = 0;
      const answer = await loopbackRequest({
        port,
        method: 'POST',
        path,
        headers: { 'content-type': contentType },
        body,
        signal: AbortSignal.any([signal, timeout]),
        agent,
        onRetry: () => retries++,
      }).catch((error: unknown) => {
        if (signal.aborted) throw new CancelledError();
        const why = timeout.aborted
          ? `it did not answer within ${ANSWER_MS / 1000} s`
          : explainSocketError(error);
        const message = `The request to ${endpoint} (${url}) failed: ${why}.`;
        throw new NoAnswerError('local endpoint', message, { cause: error, retries });
      });
      const version = answer.headers[VERSION_HEADER];
      return {
        status: answer.status,
        contentType: answer.headers['content-type'] ?? '',
        body: answer.body,
        latencyMs: clock.monotonic() - begun,
        version: typeof version === 'string' ? version : null,
        retries,
      };
    },
  };
}
