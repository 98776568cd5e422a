/**
 * Rows as the model takes them: the signature decides the type of each value, its name or position the place. Without a
 * model the file itself tells: JSON has types, and a column of CSV is numbers if all its cells are.
 */
import { isRecord, type JsonValue } from '../../exact-json.ts';
import { answerFields } from '../../inference/answer.ts';
import {
  formOfCell,
  valueByLooks,
  valueInColumn,
  valueOfCell,
  type ColumnForm,
} from '../../inference/cells.ts';
import { columnsOf } from '../../inference/signature.ts';
import type { ModelSignature, TensorType } from '../../model-session.ts';
import type { Label } from '../label.ts';
import { arePlainNumbers } from '../plain-numbers.ts';
import { layoutOf, type Layout, type RowFacts } from './layout.ts';
import type { RawCase } from './raw-case.ts';

export interface Binding {
  /** The same row, as it is sent and as its label is compared. */
  readonly bind: (row: RawCase) => RawCase;
  /** A label of the file as it is compared; null if that is how the file has it. */
  readonly label: ((cell: string) => Label) | null;
  readonly names: readonly string[] | null;
  /** Columns that are not sent. */
  readonly leftOut: readonly string[];
}

interface Source extends RowFacts {
  readonly isText: boolean;
  rows(): Iterable<RawCase>;
}

/**
 * @param signature null if only the file tells
 * @throws UserError if the columns are not the model's.
 */
export function bindingOf(source: Source, signature: ModelSignature | null): Binding {
  const layout = signature ? layoutOf(signature, source) : asInTheFile(source);
  if (!source.isText) {
    const instanceOf = signature ? jsonReader(signature, source, layout) : (row: JsonValue) => row;
    const bind = (row: RawCase): RawCase => {
      const instance = instanceOf(row.instance);
      return instance === row.instance ? row : { ...row, instance };
    };
    return { ...layout, bind, label: null };
  }
  const read = signature ? typedCells(signature, layout) : cellsByLooks(source);
  return {
    ...layout,
    label: (cell) => read.label(cell) as Label,
    bind: (row) => ({
      ...row,
      instance: read.instance(row.instance as readonly string[]),
      label: typeof row.label === 'string' ? read.label(row.label) : row.label,
    }),
  };
}

function asInTheFile({ names }: RowFacts): Layout {
  return { names, order: null, leftOut: [] };
}

interface CellReader {
  readonly instance: (cells: readonly string[]) => JsonValue;
  readonly label: (cell: string) => JsonValue;
}

function typedCells(signature: ModelSignature, { order }: Layout): CellReader {
  const columns = columnsOf(signature);
  const read = (cell: string, column: number) => {
    const type = columns?.[column]?.type;
    return type === undefined ? valueByLooks(cell) : valueOfCell(cell, type);
  };
  return {
    instance: (cells) =>
      order ? order.map((from, column) => read(cells[from] ?? '', column)) : cells.map(read),
    label: labelReader(signature),
  };
}

/** A label is of the type that the model answers labels in; a target of a regression is a number. */
function labelReader(signature: ModelSignature): CellReader['label'] {
  const label = answerFields(signature).find(({ role }) => role === 'label')?.output;
  const [first] = signature.outputs;
  const type = (signature.outputs.find(({ name }) => name === label) ?? first)?.type ?? 'string';
  return (cell) => {
    const isTruth = type !== 'string' && formOfCell(cell) === 'truths';
    return valueOfCell(cell, isTruth ? 'bool' : type) ?? cell;
  };
}

/** All cells of a column decide together, as when pandas reads them: 10 is a text beside "a", and so is 007. */
function cellsByLooks(source: Source): CellReader {
  const forms: (ColumnForm | null)[] = [];
  let labels: ColumnForm | null = null;
  for (const { instance, label } of source.rows()) {
    for (const [column, cell] of (instance as readonly string[]).entries()) {
      forms[column] = joined(forms[column] ?? null, cell);
    }
    if (typeof label === 'string') labels = joined(labels, label);
  }
  return {
    instance: (cells) => cells.map((cell, column) => valueInColumn(cell, forms[column] ?? 'numbers')),
    label: (cell) => valueInColumn(cell, labels ?? 'texts'),
  };
}

function joined(known: ColumnForm | null, cell: string): ColumnForm | null {
  if (known === 'texts') return known;
  const form = formOfCell(cell);
  if (form === null || form === known) return known;
  return known === null ? form : 'texts';
}

type RowReader = (row: JsonValue) => JsonValue;

function jsonReader(signature: ModelSignature, { fields }: RowFacts, { order, names }: Layout): RowReader {
  const { inputs } = signature;
  const areFields = fields !== null && inputs.every(({ name }) => fields.includes(name));
  if (areFields) {
    return (row) =>
      isRecord(row)
        ? Object.fromEntries(inputs.map(({ name, type }) => [name, typed(row[name] ?? null, type)]))
        : row;
  }
  const columns = columnsOf(signature);
  const typeAt = (column: number) => (columns ? columns[column] : inputs[0])?.type ?? 'string';
  if (fields !== null) {
    return (row) =>
      isRecord(row) && names ? names.map((name, at) => typed(row[name] ?? null, typeAt(at))) : row;
  }
  const isOneType = inputs.length === 1;
  return (row) => {
    if (!Array.isArray(row)) return typed(row, typeAt(0));
    const given: readonly JsonValue[] = row;
    const values = order ? order.map((from) => given[from] ?? null) : given;
    if (isOneType || arePlainNumbers(values)) return typed(values, typeAt(0));
    return values.map((value: JsonValue, column: number) => typed(value, typeAt(column)));
  };
}

/** A missing number is null, however the file writes it. Lists of plain numbers are themselves. */
function typed(value: JsonValue, type: TensorType): JsonValue {
  if (Array.isArray(value)) {
    const items: readonly JsonValue[] = value;
    return arePlainNumbers(items) ? items : items.map((item) => typed(item, type));
  }
  return value === 'NaN' && type.startsWith('float') ? null : value;
}
