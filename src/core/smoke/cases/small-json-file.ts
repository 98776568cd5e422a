/**
 * Cases in a JSON document that fits into memory, parsed at once: in half the time that json-file.ts takes to walk it.
 * Only of a document without a fault; json-file.ts tells faults by their places.
 */
import { readFileSync, statSync } from 'node:fs';
import { isRecord, parseJson, type JsonValue } from '../../exact-json.ts';
import { KEPT_BYTES, type CasesFile, type RawCase } from './raw-case.ts';

/** What people call true labels. Passed over in silence, the rows would be sent and the labels never compared. */
export const LABELS_ELSEWHERE = ['y', 'y_true', 'y_test', 'label', 'target', 'targets', 'ground_truth'];

type List = readonly JsonValue[];

/** @returns null for a large document, and for one that has to be looked at more closely */
export function smallJsonFile(path: string): CasesFile | null {
  if (statSync(path).size > KEPT_BYTES) return null;
  const fields = fieldsOf(parsed(readFileSync(path, 'utf8')));
  const { instances, labels = null, expected = null } = fields;
  if (!isList(instances) || instances.length === 0) return null;
  const isSure = labels !== null || !LABELS_ELSEWHERE.some((name) => Object.hasOwn(fields, name));
  const columns = columnsOf(expected);
  const lists = [...(labels === null ? [] : [labels]), ...(columns ?? []).map(([, values]) => values)];
  const areWhole = lists.every((list) => isList(list) && list.length === instances.length);
  if (!isSure || columns === null || !areWhole) return null;
  return {
    rows: () => rowsOf(instances, labels as List | null, columns as [string, List][]),
    isText: false,
    featureNames: fields.feature_names,
    labelNames: fields.label_names,
    tolerances: fields.tolerances,
    problems: [],
  };
}

type Fields = Readonly<Record<string, JsonValue>>;

function fieldsOf(document: JsonValue | undefined): Fields {
  if (document === undefined) return {};
  return isRecord(document) ? document : { instances: document };
}

/** undefined if it is no JSON, or has a word such as NaN, which means something else in a row than elsewhere. */
function parsed(text: string): JsonValue | undefined {
  if (/\b(NaN|Infinity)\b/.test(text)) return undefined;
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

function isList(value: JsonValue | undefined): value is List {
  return Array.isArray(value);
}

/** Under the name of the field; '' if the entries name their fields themselves. null if it is neither. */
function columnsOf(expected: JsonValue): [string, JsonValue][] | null {
  if (expected === null) return [];
  if (isList(expected)) return [['', expected]];
  return isRecord(expected) ? Object.entries(expected) : null;
}

function* rowsOf(
  instances: List,
  labels: List | null,
  columns: readonly (readonly [string, List])[],
): Generator<RawCase> {
  for (const [at, instance] of instances.entries()) {
    const values = columns.map(([field, entries]) => [field, entries[at] ?? null] as const);
    yield { instance, label: labels?.[at], expected: expectedOfRow(values), line: null };
  }
}

export function expectedOfRow(values: readonly (readonly [string, JsonValue])[]): JsonValue | undefined {
  const [first] = values;
  if (!first) return undefined;
  return first[0] === '' ? first[1] : Object.fromEntries(values);
}
