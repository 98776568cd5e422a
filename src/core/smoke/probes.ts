/** Contract probes: how an endpoint takes bodies that it should refuse, and whether it still answers afterwards. */
import { bodyOf, BODY_LIMIT } from './batches.ts';
import { outcomeOf, type Reply, type Send } from './exchange.ts';
import type { JsonValue } from './json.ts';

export interface ProbeResult {
  readonly name: string;
  readonly passed: boolean;
  readonly message: string;
  /** Whether its failure shows that the endpoint no longer serves; otherwise it is a flaw in how it speaks. */
  readonly serious: boolean;
}

const LARGE_ROWS = 500;

/** @param manyRows whether a request may carry other numbers of rows than one. */
export async function probe(
  send: Send,
  instances: readonly JsonValue[],
  manyRows: boolean,
): Promise<ProbeResult[]> {
  const one = bodyOf(instances.slice(0, 1));
  const results = [
    await refusal(send, 'malformed body', '{"instances": [['),
    await emptyBatch(send),
    await goodAnswer(send, 'one row', one, 1, false),
  ];
  if (manyRows) results.push(await largeBatch(send, instances));
  results.push(await goodAnswer(send, 'next good request', one, 1, true));
  return results;
}

async function refusal(send: Send, name: string, body: string): Promise<ProbeResult> {
  const reply = await send(body);
  const passed = statusWithin(reply, 400, 499);
  const message = passed
    ? `was refused with ${told(reply)}`
    : `was met with ${told(reply)}; it should be refused with a status of 400 to 499`;
  return { name, passed, message, serious: false };
}

async function emptyBatch(send: Send): Promise<ProbeResult> {
  const reply = await send(bodyOf([]));
  const passed = statusWithin(reply, 200, 299) || statusWithin(reply, 400, 499);
  const message = `was met with ${told(reply)}${passed ? '' : '; it should be answered, or refused with 4xx'}`;
  return { name: 'empty batch', passed, message, serious: false };
}

async function goodAnswer(
  send: Send,
  name: string,
  body: string,
  rows: number,
  serious: boolean,
): Promise<ProbeResult> {
  const { fields, failure } = outcomeOf(await send(body));
  if (fields === null) return { name, passed: false, message: `failed: the endpoint ${failure}`, serious };
  const counted = Object.values(fields).filter((value) => Array.isArray(value));
  const passed = counted.length === 0 || counted.some((value) => value.length === rows);
  const message = passed
    ? 'was answered'
    : `was answered, but not with ${rows} ${rows === 1 ? 'row' : 'rows'}`;
  return { name, passed, message, serious };
}

/** May also be refused as too large. */
async function largeBatch(send: Send, instances: readonly JsonValue[]): Promise<ProbeResult> {
  const [first] = instances;
  const size = Buffer.byteLength(bodyOf(first === undefined ? [] : [first]));
  const count = Math.max(1, Math.min(LARGE_ROWS, Math.floor(BODY_LIMIT / 2 / size)));
  const rows = Array.from({ length: count }, (_, index) => instances[index % instances.length] ?? null);
  const name = `large batch (${count} rows)`;
  const body = bodyOf(rows);
  const reply = await send(body);
  if (reply.answer?.status === 413) {
    return { name, passed: true, message: 'was refused as too large (HTTP 413)', serious: false };
  }
  return goodAnswer(() => Promise.resolve(reply), name, body, count, false);
}

function statusWithin(reply: Reply, low: number, high: number): boolean {
  return reply.answer !== null && reply.answer.status >= low && reply.answer.status <= high;
}

function told(reply: Reply): string {
  return reply.answer ? `HTTP ${reply.answer.status}` : `no answer (${reply.failure})`;
}
