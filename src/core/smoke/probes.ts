/** Contract probes: how an endpoint takes bodies that it should refuse, and whether it still answers afterwards. */
import type { JsonValue } from '../exact-json.ts';
import { BODY_LIMIT } from './batches.ts';
import { outcomeOf, type Reply, type Send } from './exchange.ts';
import type { Protocol, RequestBody } from './protocol/protocol.ts';

export interface ProbeResult {
  readonly name: string;
  readonly passed: boolean;
  readonly message: string;
  /** Whether its failure shows that the endpoint no longer serves; otherwise it is a flaw in how it speaks. */
  readonly serious: boolean;
}

/** Rows of the largest request; the probes need no more of the cases. */
export const PROBE_ROWS = 500;
/** Nothing has to be computed to refuse a body. */
const QUICK_MS = 5_000;

/**
 * @param instances the first rows of the cases
 * @param manyRows whether a request may carry other numbers of rows than one
 * @param bodyBytes the largest body that the platform takes
 */
export async function probe(
  send: Send,
  protocol: Protocol,
  instances: readonly JsonValue[],
  manyRows: boolean,
  bodyBytes = BODY_LIMIT,
): Promise<ProbeResult[]> {
  const { malformed, noRows } = protocol;
  const one = instances.slice(0, 1);
  const results: ProbeResult[] = [];
  if (malformed) results.push(await refusal(send, malformed));
  if (noRows) results.push(await emptyBatch(send, noRows));
  results.push(await goodAnswer(send, protocol, 'one row', one, false));
  if (manyRows && protocol.maxRows > 1) results.push(await largeBatch(send, protocol, instances, bodyBytes));
  results.push(await goodAnswer(send, protocol, 'next good request', one, true));
  return results;
}

async function refusal(send: Send, body: RequestBody): Promise<ProbeResult> {
  const reply = await send(body);
  const refused = statusWithin(reply, 400, 499);
  const slow = refused && reply.answer !== null && reply.answer.latencyMs > QUICK_MS;
  const message = !refused
    ? `got ${told(reply)}; it should be refused with a status of 400 to 499`
    : slow
      ? `was refused with ${told(reply)}, but only after ${Math.round(reply.answer.latencyMs)} ms; ${QUICK_MS} ms are allowed`
      : `was refused with ${told(reply)}`;
  return { name: 'malformed body', passed: refused && !slow, message, serious: false };
}

async function emptyBatch(send: Send, body: RequestBody): Promise<ProbeResult> {
  const reply = await send(body);
  const passed = statusWithin(reply, 200, 299) || statusWithin(reply, 400, 499);
  const message = `got ${told(reply)}${passed ? '' : '; it should be answered, or refused with 4xx'}`;
  return { name: 'empty batch', passed, message, serious: false };
}

async function goodAnswer(
  send: Send,
  protocol: Protocol,
  name: string,
  rows: readonly JsonValue[],
  serious: boolean,
): Promise<ProbeResult> {
  return judge(await send(await protocol.encode(rows)), protocol, name, rows.length, serious);
}

function judge(reply: Reply, protocol: Protocol, name: string, rows: number, serious: boolean): ProbeResult {
  const { fields, failure } = outcomeOf(reply, protocol, rows);
  if (fields === null) return { name, passed: false, message: `failed: the endpoint ${failure}`, serious };
  const counted = Object.values(fields).filter((value) => Array.isArray(value));
  const passed = counted.length === 0 || counted.some((value) => value.length === rows);
  const message = passed
    ? 'was answered'
    : `was answered, but not with ${rows} ${rows === 1 ? 'row' : 'rows'}`;
  return { name, passed, message, serious };
}

/** May also be refused as too large. */
async function largeBatch(
  send: Send,
  protocol: Protocol,
  instances: readonly JsonValue[],
  bodyBytes: number,
): Promise<ProbeResult> {
  const { content } = await protocol.encode(instances.slice(0, 1));
  const count = Math.max(1, Math.min(PROBE_ROWS, Math.floor(bodyBytes / 2 / Buffer.byteLength(content))));
  const rows = Array.from({ length: count }, (_, index) => instances[index % instances.length] ?? null);
  const name = `large batch (${count} rows)`;
  const reply = await send(await protocol.encode(rows));
  if (reply.answer?.status === 413) {
    return { name, passed: true, message: 'was refused as too large (HTTP 413)', serious: false };
  }
  return judge(reply, protocol, name, count, false);
}

function statusWithin(reply: Reply, low: number, high: number): boolean {
  return reply.answer !== null && reply.answer.status >= low && reply.answer.status <= high;
}

function told(reply: Reply): string {
  return reply.answer ? `HTTP ${reply.answer.status}` : `no answer (${reply.failure})`;
}
