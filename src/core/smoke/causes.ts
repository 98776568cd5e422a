/** Guesses at why answers differ, each from a pattern that hardly anything else leaves behind. */
import type { JsonValue } from '../exact-json.ts';
import type { Sample, SampledField } from './sample.ts';
import { allowed, numberOf, type Scalar, type Tolerance } from './tolerance.ts';

export type CauseKind =
  | 'constant answer'
  | 'not a number'
  | 'class order'
  | 'reduced precision'
  | 'feature order'
  | 'other version'
  | 'saturated answers';

export interface Cause {
  readonly kind: CauseKind;
  /** One sentence for people. */
  readonly message: string;
}

/** The reference's outputs for other rows, by name; null if it cannot take them. */
export type Predict = (
  rows: readonly JsonValue[],
) => Promise<ReadonlyMap<string, readonly Scalar[][]> | null>;

/** A reference of another version of the same endpoint. */
export interface OtherVersion {
  readonly version: string;
  /** "the version before", "the live version". */
  readonly called: string;
  readonly predict: Predict;
}

export interface CauseOptions {
  readonly sample: Sample;
  readonly tolerance: Tolerance;
  readonly featureNames: readonly string[] | null;
  readonly predict: Predict | null;
  readonly others: readonly OtherVersion[];
}

/** The likeliest cause first; none if no pattern fits. */
export async function guessCauses(options: CauseOptions): Promise<Cause[]> {
  const field = tellingField(options.sample);
  if (!field || field.actual.length < 2) return [];
  const broken = notNumbers(field);
  if (broken) return [broken];
  // Answers that are all 0 or 1 fit too many patterns to tell one from another by.
  const constant = isSaturated(field) ? null : constantAnswer(field);
  const simple = constant ?? classOrder(field, options.tolerance) ?? reducedPrecision(field);
  if (simple) return [simple];
  const found = (await otherVersion(field, options)) ?? (await orderOrScale(field, options));
  return found ? [found] : [];
}

/** Probabilities tell most; then any other field of numbers; then labels. */
function tellingField({ fields }: Sample): SampledField | undefined {
  const all = [...fields.values()].filter(isThere);
  return (
    all.find(({ role }) => role === 'probabilities') ?? all.find(({ role }) => role === 'value') ?? all[0]
  );
}

/** A cause is derived only from values that are there: not from a field that the answer lacks, and not from NaN. */
function isThere({ actual, expected }: SampledField): boolean {
  const width = expected[0]?.length ?? 0;
  return actual.every((row) => row.length === width && width > 0 && row.every((value) => value !== null));
}

/** NaN is not an answer of its own: it is what a model gives whose input, or whose weights, are broken. */
function notNumbers({ field, actual, expected }: SampledField): Cause | null {
  const share = (rows: readonly Scalar[][]) =>
    rows.flat().filter((value) => Number.isNaN(numberOf(value) ?? 0)).length / rows.flat().length;
  if (share(actual) < 0.5 || share(expected) > 0) return null;
  const message = `${share(actual) === 1 ? 'All' : 'Most'} values of ${field} are NaN, but the reference has numbers: the endpoint computes with a value that is missing, infinite or not a number.`;
  return { kind: 'not a number', message };
}

function constantAnswer({ field, actual, expected }: SampledField): Cause | null {
  if (!isConstant(actual) || isConstant(expected)) return null;
  const message = `Every row gets the same ${field}, whatever is sent: the endpoint seems to ignore its input.`;
  return { kind: 'constant answer', message };
}

function isConstant(rows: readonly Scalar[][]): boolean {
  const first = String(rows[0]);
  return rows.every((row) => String(row) === first);
}

function classOrder({ field, role, actual, expected }: SampledField, tolerance: Tolerance): Cause | null {
  const width = expected[0]?.length ?? 0;
  if (role !== 'probabilities' || width < 2) return null;
  const order = Array.from({ length: width }, (_, column) =>
    Array.from({ length: width }, (_, other) => other).find((other) =>
      actual.every((row, at) => close(row[column], expected[at]?.[other], tolerance)),
    ),
  );
  if (order.some((column) => column === undefined) || order.every((column, at) => column === at)) return null;
  if (new Set(order).size !== width) return null;
  const message = `The columns of ${field} are those of the reference in another order (${order.join(', ')}): the classes are swapped.`;
  return { kind: 'class order', message };
}

/** Rounding to float16 moves a normal number by 2^-11 of itself at most. https://en.wikipedia.org/wiki/Half-precision_floating-point_format */
const HALF_PRECISION: Tolerance = { rtol: 2 ** -11 * 1.01, atol: 2 ** -24 };

function reducedPrecision({ field, role, actual, expected }: SampledField): Cause | null {
  if (role === 'label' || !allClose(actual, expected, HALF_PRECISION)) return null;
  const message = `All values of ${field} are within half a unit of 16-bit floating point: the endpoint computes or answers with reduced precision.`;
  return { kind: 'reduced precision', message };
}

/** What a model gives for the values that a field is compared with. */
function outputsFor(
  outputs: Awaited<ReturnType<Predict>>,
  { output, part }: SampledField,
): readonly Scalar[][] | undefined {
  const rows = outputs?.get(output);
  return part === undefined ? rows : rows?.map((row) => [row[part] ?? null]);
}

async function otherVersion(
  field: SampledField,
  { sample, others, tolerance }: CauseOptions,
): Promise<Cause | null> {
  for (const { version, called, predict } of others) {
    const outputs = outputsFor(await predict(sample.instances), field);
    if (!outputs || !allClose(field.actual, outputs, tolerance)) continue;
    const message = `The answers are exactly those of ${called} (${version.slice(0, 12)}): a stale model is being served.`;
    return { kind: 'other version', message };
  }
  return null;
}

/** Rows enough to tell one order from another. */
const TRIED_ROWS = 24;
/** Widest row whose every pair of columns is tried. */
const WIDEST = 64;

/**
 * Answers that are all 0 or 1 fit features in another order as well as features that were not scaled: if both do,
 * both are named.
 */
async function orderOrScale(field: SampledField, options: CauseOptions): Promise<Cause | null> {
  const order = await fittingOrder(field, options);
  if (!order) return saturated(field, '');
  if (saturation(order.outputs) >= SATURATED)
    return saturated(field, ', or its features are in another order');
  const message = `The answers are those for rows with ${order.told}: the features are in another order.`;
  return { kind: 'feature order', message };
}

interface TriedOrder {
  readonly told: string;
  /** The reference's, for rows in that order. */
  readonly outputs: readonly Scalar[][];
}

/** The order of the columns whose outputs are those that were answered; null if there is none. */
async function fittingOrder(
  field: SampledField,
  { sample, tolerance, featureNames, predict }: CauseOptions,
): Promise<TriedOrder | null> {
  const rows = sample.instances.slice(0, TRIED_ROWS);
  const first = rows[0];
  if (!predict || !Array.isArray(first) || first.length < 2 || rows.some((row) => !Array.isArray(row)))
    return null;
  const name = (column: number) => featureNames?.[column] ?? `column ${column + 1}`;
  let nearest: (TriedOrder & { readonly total: number }) | null = null;
  for (const { order, told } of orders(first.length, featureNames, name)) {
    const reordered = rows.map((row) => order.map((column) => (row as readonly JsonValue[])[column] ?? null));
    const outputs = outputsFor(await predict(reordered), field);
    if (!outputs) continue;
    const { total } = distance(field.actual.slice(0, rows.length), outputs);
    if (nearest === null || total < nearest.total) nearest = { told, outputs, total };
  }
  return nearest && closer(field, nearest.outputs, tolerance) ? nearest : null;
}

interface Order {
  readonly order: readonly number[];
  readonly told: string;
}

function* orders(
  width: number,
  names: readonly string[] | null,
  name: (column: number) => string,
): Generator<Order> {
  const identity = Array.from({ length: width }, (_, column) => column);
  if (names) {
    const sorted = [...identity].sort((a, b) => (name(a) < name(b) ? -1 : 1));
    if (sorted.some((column, at) => column !== at))
      yield { order: sorted, told: 'their columns sorted by name' };
    const unsorted = identity.map((column) => sorted.indexOf(column));
    yield { order: unsorted, told: 'their columns restored from an order by name' };
  }
  yield { order: [...identity].reverse(), told: 'their columns reversed' };
  yield { order: [...identity.slice(1), 0], told: 'their columns moved by one to the left' };
  yield { order: [width - 1, ...identity.slice(0, -1)], told: 'their columns moved by one to the right' };
  if (width > WIDEST) return;
  for (let a = 0; a < width; a++) {
    for (let b = a + 1; b < width; b++) {
      const order = identity.map((column) => (column === a ? b : column === b ? a : column));
      yield { order, told: `"${name(a)}" and "${name(b)}" swapped` };
    }
  }
}

/**
 * Equal; or, because a model that was trained on swapped columns agrees only as far as its training does, twenty times
 * nearer in sum than what was expected, and nowhere far off.
 */
function closer(
  { actual, expected }: SampledField,
  outputs: readonly Scalar[][],
  tolerance: Tolerance,
): boolean {
  const tried = actual.slice(0, outputs.length);
  if (allClose(tried, outputs, tolerance)) return true;
  const now = distance(tried, outputs);
  return now.worst < 0.02 && now.total * 20 < distance(tried, expected.slice(0, outputs.length)).total;
}

function saturated(field: SampledField, otherwise: string): Cause | null {
  if (!isSaturated(field)) return null;
  const message =
    `Almost all ${field.field} are 0 or 1, but the reference is less certain: ` +
    `the input does not seem to be scaled as the model expects${otherwise}.`;
  return { kind: 'saturated answers', message };
}

const SATURATED = 0.9;

function isSaturated({ role, actual, expected }: SampledField): boolean {
  return role === 'probabilities' && saturation(actual) >= SATURATED && saturation(expected) <= 0.5;
}

/** The share of values that are 0 or 1, or nearly so. */
function saturation(rows: readonly (readonly Scalar[])[]): number {
  const values = rows.flat().map((value) => numberOf(value) ?? 0.5);
  const isEdge = (value: number) => Math.abs(value) < 1e-6 || Math.abs(value - 1) < 1e-6;
  return values.filter(isEdge).length / values.length;
}

function allClose(a: readonly Scalar[][], b: readonly Scalar[][], tolerance: Tolerance): boolean {
  return a.every(
    (row, at) => row.length > 0 && row.every((value, column) => close(value, b[at]?.[column], tolerance)),
  );
}

function close(actual: Scalar | undefined, expected: Scalar | undefined, tolerance: Tolerance): boolean {
  const got = numberOf(actual);
  const want = numberOf(expected);
  if (got === null || want === null) return actual !== undefined && String(actual) === String(expected);
  return Math.abs(got - want) <= allowed(want, tolerance);
}

function distance(a: readonly Scalar[][], b: readonly Scalar[][]): { total: number; worst: number } {
  const differences = a.flatMap((row, at) =>
    row.map((value, column) => Math.abs((numberOf(value) ?? 0) - (numberOf(b[at]?.[column]) ?? Number.NaN))),
  );
  return {
    total: differences.reduce((sum, difference) => sum + difference, 0),
    worst: differences.reduce((most, difference) => Math.max(most, difference), 0),
  };
}
