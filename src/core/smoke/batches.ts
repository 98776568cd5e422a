/** Requests made of rows, each below the platform's limit on a body. */
import { writeJson, type JsonValue } from '../exact-json.ts';

/**
 * SageMaker takes 6,291,456 bytes a request; a margin is left for headers and envelopes.
 * https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html
 */
export const BODY_LIMIT = 6_000_000;
/** As few rows as still give a latency figure of some worth, and as many as keep memory flat. */
const WANTED_REQUESTS = 20;
const MOST_ROWS = 512;

export interface Batch {
  /** Index of the first row among all rows. */
  readonly start: number;
  readonly rows: readonly JsonValue[];
}

export interface BatchLimits {
  /** Rows a request, at most; at least one is sent whatever its size. */
  readonly rows: number;
  /** Bytes a body, at most. */
  readonly bytes: number;
}

/** Rows a request, where `requests` are wanted for `rows` rows (null: no wish). */
export function rowsPerRequest(rows: number, requests: number | null): number {
  const wanted = Math.ceil(rows / (requests ?? WANTED_REQUESTS));
  return Math.max(1, Math.min(wanted, MOST_ROWS));
}

/** Cuts the rows into requests, in order. */
export function* batchesOf(instances: readonly JsonValue[], limits: BatchLimits): Generator<Batch> {
  let start = 0;
  let bytes = ENVELOPE;
  for (let index = 0; index < instances.length; index++) {
    const size = Buffer.byteLength(writeJson(instances[index] ?? null)) + 1;
    if (index > start && (index - start >= limits.rows || bytes + size > limits.bytes)) {
      yield { start, rows: instances.slice(start, index) };
      start = index;
      bytes = ENVELOPE;
    }
    bytes += size;
  }
  if (start < instances.length) yield { start, rows: instances.slice(start) };
}

const ENVELOPE = '{"instances":[]}'.length;
