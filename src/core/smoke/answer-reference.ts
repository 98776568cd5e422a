/** References that are answers themselves: recorded in the cases, or given by the live version of the endpoint. */
import { UpstreamError } from '../errors.ts';
import type { JsonValue } from '../exact-json.ts';
import type { AnswerField } from '../inference/answer.ts';
import type { EndpointInvoker } from '../targets.ts';
import type { Batch } from './batches.ts';
import type { CasesFacts } from './cases/cases.ts';
import { flatten, type Fields } from './decode.ts';
import type { Protocol } from './protocol/protocol.ts';
import type { Column, Expected, Reference } from './reference.ts';
import type { Scalar } from './tolerance.ts';

/** Expectations that are in the cases. */
export function recordedReference({ expectedFields, source }: CasesFacts): Reference {
  return {
    kind: 'recorded',
    label: `expectations recorded in ${source}`,
    digest: null,
    expect: ({ cases }: Batch) => {
      const columns = (expectedFields ?? []).map((name) => [
        name,
        cases.map(({ expected }) => expected?.[name] ?? null),
      ]);
      const expected = expectedOf(Object.fromEntries(columns) as Fields, cases.length);
      return Promise.resolve({ ...expected, shapes: cases[0]?.shapes ?? null });
    },
    close: () => Promise.resolve(),
  };
}

/** What the live version answers to the same rows. */
export function endpointReference(invoker: EndpointInvoker, protocol: Protocol): Reference {
  return {
    kind: 'endpoint',
    label: `the live version at ${invoker.url}`,
    digest: null,
    async expect({ rows }, signal) {
      const { content, contentType } = await protocol.encode(rows);
      const decoded = protocol.decode(await invoker.invoke(content, contentType, signal), rows.length);
      if (decoded.fields) return expectedOf(decoded.fields, rows.length);
      throw new UpstreamError(
        'endpoint',
        `The live version at ${invoker.url}, which the candidate is compared with, ${decoded.failure}.`,
      );
    },
    close: () => Promise.resolve(),
  };
}

function expectedOf(fields: Fields, rows: number): Expected {
  const columns = Object.entries(fields).flatMap(([name, value]) => {
    const column = columnOf(value, rows);
    return column ? [[name, column] as const] : [];
  });
  const labelled = columns.some(([name]) => name === 'probabilities');
  return {
    fields: columns.map(([name, column]) => ({
      field: name,
      output: name,
      role: roleOf(name, column, labelled),
    })),
    columns: new Map(columns),
    shapes: null,
    leftOut: Object.keys(fields).filter((name) => !columns.some(([known]) => known === name)),
  };
}

/** null for a field that does not hold one value a row, such as the name of the model. */
function columnOf(value: JsonValue, rows: number): Column | null {
  if (!Array.isArray(value) || value.length !== rows) return null;
  const values: (readonly Scalar[])[] = value.map((row: JsonValue) => flatten(row));
  const width = values[0]?.length ?? 0;
  return values.every((row) => row.length === width) ? { width, values: values.flat() } : null;
}

function roleOf(name: string, { width, values }: Column, labelled: boolean): AnswerField['role'] {
  if (name === 'probabilities') return 'probabilities';
  const labels = width === 1 && Array.from(values).every(isLabel);
  const texts = typeof values[0] === 'string';
  return name === 'predictions' && labels && (labelled || texts) ? 'label' : 'value';
}

function isLabel(value: Scalar): boolean {
  return typeof value === 'string' || typeof value === 'bigint' || Number.isInteger(value);
}
