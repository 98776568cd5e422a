/** Requests to an endpoint, and what came of them. */
import { CancelledError, messageOf, UpstreamError } from '../errors.ts';
import { AnswerTooLargeError, NoAnswerError, type EndpointInvoker, type InvokeAnswer } from '../targets.ts';
import type { Decoded } from './decode.ts';
import type { Protocol, RequestBody } from './protocol/protocol.ts';

/** An answer, or in words that continue a sentence why there is none. */
export type Reply =
  | { readonly answer: InvokeAnswer; readonly failure: null }
  | {
      readonly answer: null;
      readonly failure: string;
      /** Something answers, so there is nothing to wait for. */
      readonly isUp: boolean;
      /** How often the client sent the request again all the same. */
      readonly retries: number;
    };

export type Exchange =
  | (Extract<Decoded, { failure: null }> & {
      readonly latencyMs: number;
      readonly platformMs: number | null;
      readonly retries: number;
      readonly status: number;
    })
  | {
      readonly fields: null;
      readonly latencyMs: null;
      readonly failure: string;
      readonly retries: number;
      readonly status: number | null;
    };

export type Send = (body: RequestBody) => Promise<Reply>;

/**
 * Sends one body. No answer is an outcome as well, not an error.
 * @throws CancelledError if the run was cancelled; whatever is not the endpoint's fault.
 */
export function sender(invoker: EndpointInvoker, signal: AbortSignal): Send {
  const stopIfCancelled = () => {
    if (signal.aborted) throw new CancelledError();
  };
  return async ({ content, contentType }) => {
    stopIfCancelled();
    try {
      return { answer: await invoker.invoke(content, contentType, signal), failure: null };
    } catch (error) {
      stopIfCancelled();
      if (error instanceof UpstreamError && !error.refusesCaller)
        return {
          answer: null,
          failure: `did not answer: ${messageOf(error)}`,
          isUp: error instanceof AnswerTooLargeError,
          retries: error instanceof NoAnswerError ? error.retries : 0,
        };
      throw error;
    }
  };
}

/** Reads the answer; apart from sending, so reading one does not count as another's latency. */
export function outcomeOf(reply: Reply, protocol: Protocol, rows: number): Exchange {
  if (!reply.answer) {
    return { fields: null, latencyMs: null, failure: reply.failure, retries: reply.retries, status: null };
  }
  const { latencyMs, status, platformMs = null, retries = 0 } = reply.answer;
  const decoded = protocol.decode(reply.answer, rows);
  return decoded.fields
    ? { ...decoded, latencyMs, platformMs, retries, status }
    : { ...decoded, latencyMs: null, retries, status };
}
