/** The V2 inference protocol. https://kserve.github.io/website/docs/concepts/architecture/data-plane/v2-protocol */
import { isRecord, show, writeJson, type JsonValue } from '../../exact-json.ts';
import { UserError } from '../../errors.ts';
import { feedsOfInstances } from '../../inference/instances.ts';
import { isNotFinite } from '../../inference/scalars.ts';
import { v2TensorOf, type V2Tensor } from '../../inference/v2.ts';
import type { InvokeAnswer } from '../../targets.ts';
import { decodeJson, failed, flatten, type Decoded, type Fields } from '../decode.ts';
import type { Protocol, ProtocolOptions, RequestBody } from './protocol.ts';

const JSON_TYPE = 'application/json';
/** What MLServer calls the only input of a request. */
const DEFAULT_INPUT = 'input-0';

export function v2Protocol({ signature, wholeTensors }: ProtocolOptions): Protocol {
  const tensorsOf = (rows: readonly JsonValue[]) => {
    if (!signature) return guessTensors(rows);
    return Object.entries(feedsOfInstances(rows, signature)).map(([name, tensor]) =>
      v2TensorOf(name, tensor),
    );
  };
  return {
    name: 'v2',
    maxRows: wholeTensors ? 1 : Infinity,
    encode: (rows) => bodyOf(wholeTensors ? { inputs: rows[0] ?? [] } : { inputs: tensorsOf(rows) }),
    decode: (answer, rows) => decodeV2(answer, wholeTensors ? null : rows),
    malformed: { content: '{"inputs": [{"name":', contentType: JSON_TYPE },
    noRows: bodyOf({ inputs: [] }),
  };
}

function bodyOf(value: unknown): RequestBody {
  return { content: writeJson(value), contentType: JSON_TYPE };
}

/** Without a model nothing but the rows tells names and types. @throws UserError if they do not either. */
function guessTensors(rows: readonly JsonValue[]): V2Tensor[] {
  const [first] = rows;
  if (!isRecord(first)) return [guessTensor(DEFAULT_INPUT, rows)];
  return Object.keys(first).map((name) =>
    guessTensor(
      name,
      rows.map((row) => (isRecord(row) ? (row[name] ?? null) : null)),
    ),
  );
}

function guessTensor(name: string, rows: readonly JsonValue[]): V2Tensor {
  // A missing value, for which a tensor of JSON has a word.
  const data = rows.flatMap((row) => flatten(row)).map((value) => value ?? 'NaN');
  return { name, shape: [rows.length, ...shapeOf(rows[0] ?? null)], datatype: datatypeOf(name, data), data };
}

function shapeOf(value: JsonValue): number[] {
  return Array.isArray(value) ? [value.length, ...shapeOf((value as readonly JsonValue[])[0] ?? null)] : [];
}

function datatypeOf(name: string, data: readonly JsonValue[]): string {
  if (data.every((value) => typeof value === 'string')) return 'BYTES';
  if (data.every((value) => typeof value === 'boolean')) return 'BOOL';
  if (data.every((value) => typeof value === 'bigint' || Number.isInteger(value))) return 'INT64';
  if (data.every((value) => ['number', 'bigint'].includes(typeof value) || isNotFinite(value))) return 'FP32';
  throw new UserError(
    `The values of "${name}" have several types, but a tensor has one. Give each column as a separate input: ` +
      '{"instances": [{"age": [41], "plan": ["basic"]}]}.',
  );
}

/** @param rows null for whole tensors, which are one row each */
function decodeV2(answer: InvokeAnswer, rows: number | null): Decoded {
  const decoded = decodeJson(answer);
  if (!decoded.fields) return decoded;
  const { outputs } = decoded.fields;
  if (!Array.isArray(outputs)) {
    const has = Object.keys(decoded.fields).slice(0, 10).join(', ');
    return failed(`answered JSON without "outputs", which protocol v2 has (its fields: ${has})`);
  }
  const fields: Record<string, JsonValue> = {};
  const shapes: Record<string, readonly number[]> = {};
  for (const output of outputs as readonly JsonValue[]) {
    const read = isRecord(output) ? readOutput(output, rows) : null;
    if (read === null) return failed(`answered an output that is not a tensor: ${show(output)}`);
    fields[read.name] = read.rows;
    shapes[read.name] = read.shape;
  }
  return { ...decoded, fields, shapes };
}

function readOutput({ name, shape, data }: Fields, rows: number | null) {
  if (typeof name !== 'string' || !Array.isArray(shape) || !Array.isArray(data)) return null;
  const sizes = (shape as readonly JsonValue[]).map(Number);
  const values = (data as readonly JsonValue[]).some(Array.isArray) ? flatten(data) : (data as JsonValue[]);
  return { name, shape: sizes, rows: rows === null ? [values] : rowsOf(values, sizes, rows) };
}

/** A field without a row for each row sent is left as it is, and the comparison names it. */
function rowsOf(values: readonly JsonValue[], [count, ...rest]: readonly number[], rows: number): JsonValue {
  const width = values.length / rows;
  if (count !== rows || !Number.isInteger(width)) return values;
  if (rest.length === 0) return values;
  return Array.from({ length: rows }, (_, row) => values.slice(row * width, (row + 1) * width));
}
