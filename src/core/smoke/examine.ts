/**
 * The examination: sends all cases, a window of requests at a time, and adds up parity, accuracy and latency. Memory
 * holds one window, whatever the number of rows and of requests at once.
 */
import { UserError } from '../errors.ts';
import { batchesOf, bodyOf, bytesPerRequest, type Batch, type BatchLimits } from './batches.ts';
import type { Cases } from './cases/cases.ts';
import { mapParallel } from '../map-parallel.ts';
import { outcomeOf, type Exchange, type Reply, type Send } from './exchange.ts';
import type { PathReader } from './json-path.ts';
import { LatencyTally, type LatencyResult } from './latency.ts';
import { isRecord } from '../exact-json.ts';
import { mapFields, withPartsOfRows, type MappedField } from './mapping.ts';
import { ParityTally, type ParityResult } from './parity.ts';
import type { Protocol } from './protocol/protocol.ts';
import { QualityTally, type QualityResult, type QualityWishes } from './quality/quality.ts';
import type { Expected, Reference } from './reference.ts';
import { Sample } from './sample.ts';
import type { Tolerances } from './tolerance.ts';

export interface Examination {
  readonly cases: Cases;
  /** null: health only. */
  readonly reference: Reference | null;
  readonly protocol: Protocol;
  readonly tolerances: Tolerances;
  readonly outputMap: ReadonlyMap<string, string> | null;
  /** Fields that are named by JSONPath; null if none is. */
  readonly paths: PathReader | null;
  readonly rowsPerRequest: number;
  /** Requests in all; the cases are sent again and again if that takes more than they need. */
  readonly requests: number | null;
  /** The largest body that the platform takes; undefined if nobody knows. */
  readonly bodyBytes: number | undefined;
  readonly concurrency: number;
  readonly warmup: number;
  /** What is known of the model's task, for cases with labels. */
  readonly quality: QualityWishes;
}

export interface Findings {
  readonly rows: number;
  readonly requests: number;
  readonly mapping: readonly MappedField[];
  /** Outputs of the reference that could not be compared row by row. */
  readonly leftOut: readonly string[];
  readonly parity: ParityResult | null;
  /** null if the cases have no labels. */
  readonly quality: QualityResult | null;
  readonly latency: LatencyResult;
  /** Some rows with their answers, for a guess at what is wrong. */
  readonly sample: Sample;
  /** Every request was refused with a 4xx, and no reference model has shown that the cases are right. */
  readonly refused: boolean;
  /** Requests that were refused for their size (HTTP 413). */
  readonly tooLarge: number;
}

interface State {
  mapping: readonly MappedField[] | null;
  leftOut: readonly string[];
  refusals: number;
  tooLarge: number;
  readonly parity: ParityTally;
  readonly quality: QualityTally | null;
  readonly latency: LatencyTally;
  readonly sample: Sample;
}

/** Windows of this many requests for each that may be in progress; if they are large, of one for each. */
const WINDOW = 4;
const WINDOW_BYTES = 500_000;

/** @throws UserError if the cases do not fit the reference; CancelledError. */
export async function examine(options: Examination, send: Send, signal: AbortSignal): Promise<Findings> {
  const { cases, tolerances } = options;
  const state: State = {
    mapping: null,
    leftOut: [],
    refusals: 0,
    tooLarge: 0,
    parity: new ParityTally(tolerances, cases.labelNames),
    quality: cases.labels ? new QualityTally(cases.labels, cases.labelNames, options.quality) : null,
    latency: new LatencyTally(),
    sample: new Sample(),
  };
  await warmUp(options, send);
  let sent = 0;
  for (const batches of windowsOf(options)) {
    await examineWindow(batches, options, send, state, signal);
    sent += batches.length;
  }
  await sendMore(options, (options.requests ?? 0) - sent, send, state.latency);
  return findings(options, state);
}

function findings({ cases, reference }: Examination, state: State): Findings {
  const latency = state.latency.result();
  return {
    rows: cases.count,
    requests: latency.requests,
    mapping: state.mapping ?? [],
    leftOut: state.leftOut,
    parity: reference ? state.parity.result() : null,
    quality: state.quality?.result() ?? null,
    latency,
    sample: state.sample,
    tooLarge: state.tooLarge,
    refused: reference?.kind !== 'onnx' && latency.failed > 0 && state.refusals === latency.requests,
  };
}

type Sizes = Pick<Examination, 'rowsPerRequest' | 'protocol' | 'concurrency' | 'bodyBytes'>;

/** How much a request carries. */
export function limitsOf({ rowsPerRequest, protocol, concurrency, bodyBytes }: Sizes): BatchLimits {
  return {
    rows: Math.min(rowsPerRequest, protocol.maxRows),
    bytes: bytesPerRequest(concurrency, bodyBytes),
    asWritten: protocol.name !== 'v2',
  };
}

async function warmUp(options: Examination, send: Send): Promise<void> {
  const { cases, warmup, concurrency, protocol, bodyBytes } = options;
  if (warmup === 0) return;
  const [first] = batchesOf(cases.rows(), limitsOf(options));
  if (!first) return;
  const body = await bodyOf(protocol, first, bodyBytes);
  await mapParallel(Array.from({ length: warmup }), concurrency, () => send(body));
}

/** Expectations are made before the window is sent, so the reference's work is nobody's latency. */
async function examineWindow(
  batches: readonly Batch[],
  options: Examination,
  send: Send,
  state: State,
  signal: AbortSignal,
): Promise<void> {
  const { reference } = options;
  const expected: (Expected | null)[] = [];
  for (const batch of batches) expected.push(reference ? await reference.expect(batch, signal) : null);
  const replies = await sendAll(batches, options, send);
  for (const [index, batch] of batches.entries()) {
    const reply = replies[index];
    if (reply) take(batch, expected[index] ?? null, reply, options, state);
  }
}

/** All bodies are made before the first is sent: making one is nobody's latency. */
async function sendAll(
  batches: readonly Batch[],
  { protocol, concurrency, bodyBytes }: Examination,
  send: Send,
): Promise<Reply[]> {
  const bodies = await Promise.all(batches.map((batch) => bodyOf(protocol, batch, bodyBytes)));
  return mapParallel(bodies, concurrency, send);
}

function take(
  batch: Batch,
  expected: Expected | null,
  reply: Reply,
  { protocol, outputMap, paths, tolerances }: Examination,
  state: State,
): void {
  const outcome = outcomeOf(reply, protocol, batch.rows.length);
  count(outcome, state.latency);
  if (outcome.fields === null) {
    if (outcome.status === 413) state.tooLarge++;
    if (outcome.status === 401 || outcome.status === 403) throw denied(outcome.status);
    if (outcome.status !== null && outcome.status >= 400 && outcome.status < 500) state.refusals++;
    return;
  }
  const rows = batch.rows.length;
  const named = paths ? { ...outcome.fields, ...paths(outcome.document, rows) } : outcome.fields;
  const fields = withPartsOfRows(named);
  if (expected) {
    state.leftOut = expected.leftOut;
    if (!state.mapping || state.mapping.some(({ isGuess }) => isGuess)) {
      const form = { fields, isBare: !isRecord(outcome.document), rows };
      state.mapping = checkedMapping(mapFields(expected, form, outputMap), expected, tolerances);
    }
    state.parity.add(batch, expected, fields, state.mapping, outcome.shapes);
    state.sample.add(batch, expected, fields, state.mapping);
  }
  state.quality?.add(batch, fields, expected, state.mapping ?? []);
}

/** @throws UserError for a tolerance that nothing is compared with, such as one with a slip in its name. */
function checkedMapping(
  mapping: readonly MappedField[],
  { columns }: Expected,
  { by }: Tolerances,
): readonly MappedField[] {
  const known = new Set([...mapping.flatMap(({ field, output }) => [field, output]), ...columns.keys()]);
  const unknown = [...by.keys()].filter((name) => !known.has(name));
  if (unknown.length === 0) return mapping;
  throw UserError.of(
    unknown.map((name) => ({
      where: 'output-tolerances',
      message: `names "${name}", but nothing with that name is compared; the names are ${[...known].join(', ')}.`,
    })),
  );
}

/** Our credentials are at fault, not the model; they may also run out in the middle of a test. */
export function denied(status: number): UserError {
  return new UserError(
    `The endpoint refuses these credentials (HTTP ${status}), so it could not be tested. ` +
      'Give the step access to the endpoint.',
  );
}

function count(outcome: Exchange, latency: LatencyTally): void {
  latency.retried(outcome.retries);
  if (outcome.failure === null) latency.answered(outcome.latencyMs, outcome.platformMs);
  else latency.failed(outcome.failure);
}

/** Requests beyond those that the cases need: only their latency and their failures are of interest. */
async function sendMore(
  options: Examination,
  more: number,
  send: Send,
  latency: LatencyTally,
): Promise<void> {
  const { protocol } = options;
  let left = more;
  while (left > 0) {
    for (const window of windowsOf(options)) {
      const batches = window.slice(0, left);
      const replies = await sendAll(batches, options, send);
      batches.forEach(({ rows }, index) => {
        const reply = replies[index];
        if (reply) count(outcomeOf(reply, protocol, rows.length), latency);
      });
      left -= batches.length;
      if (left <= 0) return;
    }
  }
}

/** All requests that the cases make, from the first one on; each window can keep all places busy. */
function* windowsOf(options: Examination): Generator<Batch[]> {
  const { cases, concurrency } = options;
  let window: Batch[] = [];
  let bytes = 0;
  for (const batch of batchesOf(cases.rows(), limitsOf(options))) {
    window.push(batch);
    bytes += batch.bytes;
    if (window.length < concurrency) continue;
    if (window.length < concurrency * WINDOW && bytes < WINDOW_BYTES) continue;
    yield window;
    window = [];
    bytes = 0;
  }
  if (window.length > 0) yield window;
}
