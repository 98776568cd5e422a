/** Requests to an endpoint, and what came of them. */
import { CancelledError, messageOf, UpstreamError } from '../errors.ts';
import type { EndpointInvoker, InvokeAnswer } from '../targets.ts';
import { bodyOf } from './batches.ts';
import { decodeAnswer, type Fields } from './decode.ts';
import type { JsonValue } from './json.ts';

/** An answer, or in words that continue a sentence why there is none. */
export type Reply =
  | { readonly answer: InvokeAnswer; readonly failure: null }
  | { readonly answer: null; readonly failure: string };

export type Exchange =
  | { readonly fields: Fields; readonly latencyMs: number; readonly failure: null; readonly status: number }
  | {
      readonly fields: null;
      readonly latencyMs: null;
      readonly failure: string;
      readonly status: number | null;
    };

export type Send = (body: string) => Promise<Reply>;

/**
 * Sends one body as JSON. No answer is an outcome as well, not an error.
 * @throws CancelledError where the run was cancelled; whatever is not the endpoint's fault.
 */
export function sender(invoker: EndpointInvoker, signal: AbortSignal): Send {
  const stopIfCancelled = () => {
    if (signal.aborted) throw new CancelledError();
  };
  return async (body) => {
    stopIfCancelled();
    try {
      return { answer: await invoker.invoke(body, 'application/json', signal), failure: null };
    } catch (error) {
      stopIfCancelled();
      if (error instanceof UpstreamError)
        return { answer: null, failure: `gave no answer: ${messageOf(error)}` };
      throw error;
    }
  };
}

export async function sendRows(send: Send, rows: readonly JsonValue[]): Promise<Exchange> {
  return outcomeOf(await send(bodyOf(rows)));
}

/** Reads the answer; apart from sending, so that reading one does not count as another's latency. */
export function outcomeOf(reply: Reply): Exchange {
  if (!reply.answer) return { fields: null, latencyMs: null, failure: reply.failure, status: null };
  const { fields, failure } = decodeAnswer(reply.answer);
  const { latencyMs, status } = reply.answer;
  return fields
    ? { fields, latencyMs, failure: null, status }
    : { fields: null, latencyMs: null, failure, status };
}

/** Runs the tasks with at most `concurrency` under way; results in the order of the items. */
export async function inParallel<T, R>(
  items: readonly T[],
  concurrency: number,
  task: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < items.length; at = next++) results[at] = await task(items[at] as T);
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, worker));
  return results;
}
