/** The reference that matters most: the exported model itself, run here on the same rows. */
import { UserError } from '../errors.ts';
import { answerFields } from '../inference/answer.ts';
import { feedsOfInstances } from '../inference/instances.ts';
import { feedsOfV2 } from '../inference/v2.ts';
import type { ModelSession, ModelSignature, Tensor } from '../model-session.ts';
import type { JsonValue } from '../exact-json.ts';
import type { Column, Expected, Reference } from './reference.ts';

/** Rows a request if the model's batch dimension is fixed; null if any number will do. */
export function fixedBatch(signature: ModelSignature): number | null {
  const sizes = signature.inputs.map(({ shape }) => shape[0]);
  return sizes.find((size) => typeof size === 'number') ?? null;
}

/** @param wholeTensors whether a case is the model's whole input, as ONNX test data has it, and not a row of it */
export function onnxReference(
  session: ModelSession,
  label: string,
  digest: string,
  wholeTensors = false,
): Reference {
  const fields = answerFields(session.signature);
  return {
    kind: 'onnx',
    label,
    digest,
    async expect({ start, rows }) {
      if (wholeTensors) return expectWhole(await session.run(feedsOfWhole(rows[0], session.signature)));
      const outputs = await session.run(
        feedsOfInstances(rows, session.signature, (index) => `cases, row ${start + index + 1}`),
      );
      const columns = new Map<string, Column>();
      for (const { output } of fields) {
        const column = columnOf(outputs[output], rows.length);
        if (column) columns.set(output, column);
      }
      if (columns.size === 0) throw noColumns(label, outputs, rows.length);
      const leftOut = fields.map(({ output }) => output).filter((output) => !columns.has(output));
      return { fields: fields.filter(({ output }) => columns.has(output)), columns, shapes: null, leftOut };
    },
    close: () => session.close(),
  };
}

function feedsOfWhole(row: JsonValue | undefined, signature: ModelSignature): Record<string, Tensor> {
  return feedsOfV2(Array.isArray(row) ? (row as readonly JsonValue[]) : [], signature);
}

/** Every output as one row of all its values. */
function expectWhole(outputs: Readonly<Record<string, Tensor>>): Expected {
  const all = Object.entries(outputs);
  return {
    fields: all.map(([name]) => ({ field: name, output: name, role: 'value' })),
    columns: new Map(all.map(([name, { data }]) => [name, { width: data.length, values: data }])),
    shapes: new Map(all.map(([name, { dims }]) => [name, dims])),
    leftOut: [],
  };
}

/** null for an output whose first dimension does not count the rows. */
function columnOf(tensor: Tensor | undefined, rows: number): Column | null {
  const size = tensor?.data.length ?? 0;
  if (!tensor || size % rows !== 0 || (tensor.dims[0] !== rows && rows !== 1)) return null;
  return { width: size / rows, values: tensor.data };
}

function noColumns(label: string, outputs: Readonly<Record<string, Tensor>>, rows: number): UserError {
  const shapes = Object.entries(outputs).map(([name, { dims }]) => `"${name}" [${dims.join(', ')}]`);
  return new UserError(
    `No output of ${label} has one value for each of ${rows} rows: ${shapes.join(', ')}. ` +
      'Export the model with a batch dimension.',
  );
}
