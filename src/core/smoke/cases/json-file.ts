/**
 * Cases in one JSON document: an array of rows, or {feature_names?, label_names?, instances, labels?, expected?,
 * tolerances?}, where `expected` has one entry a row, or one array a field. What belongs to one row is in several
 * places of such a file, so it is read at all of them at once.
 */
import { counted } from '../../counted.ts';
import { UserError } from '../../errors.ts';
import { parseJson, show, type JsonValue } from '../../exact-json.ts';
import { chunksOf, utf16Of } from './file-chunks.ts';
import { JsonCursor, type Place } from './json-cursor.ts';
import { notJson } from './not-json.ts';
import type { CasesFile, RawCase } from './raw-case.ts';
import { expectedOfRow, LABELS_ELSEWHERE, smallJsonFile } from './small-json-file.ts';

type Outline = ReadonlyMap<string, Place>;

/** Where the rows are, and what belongs to them. */
interface Columns {
  readonly instances: Place | null;
  readonly labels: Place | null;
  /** Under the name of the field; '' if the entries name their fields themselves. */
  readonly expected: Outline;
}

/** So much of a list is parsed at once. */
const BYTES_AT_ONCE = 16_384;

/** @throws UserError if the file is no JSON. */
export function jsonFile(path: string, name: string): CasesFile {
  refuseUtf16(path, name);
  const small = smallJsonFile(path);
  if (small !== null) return small;
  const source = new Source(path, name);
  const { root, fields } = source.outline();
  const problems: string[] = [];
  const instances = root.kind === 'list' ? root : fields.get('instances');
  if (instances?.kind !== 'list' || instances.count === 0) {
    problems.push(`${instances ? NO_ROWS : NO_INSTANCES} Give {"instances": [[…], …]}, or an array of rows.`);
    return { rows: () => [], isText: false, problems };
  }
  const other = fields.has('labels') ? undefined : LABELS_ELSEWHERE.find((name) => fields.has(name));
  if (other !== undefined) problems.push(`has "${other}", which is not read. Call the true labels "labels".`);
  const columns: Columns = {
    instances,
    labels: labelsOf(source, fields, instances.count, problems),
    expected: expectedOf(source, fields, instances.count, problems),
  };
  return {
    rows: () => rowsOf(source, columns),
    isText: false,
    featureNames: source.valueOf(fields.get('feature_names')),
    labelNames: source.valueOf(fields.get('label_names')),
    tolerances: source.valueOf(fields.get('tolerances')),
    problems,
  };
}

/** The file is read at several places at once, which are counted in bytes of UTF-8. */
function refuseUtf16(path: string, name: string): void {
  const [head] = chunksOf(path);
  const encoding = head && utf16Of(head);
  if (!encoding) return;
  const message = `is in ${encoding.slice(0, 6).toUpperCase()}, but JSON must be UTF-8.`;
  throw UserError.of([{ where: `cases (${name})`, message, fix: 'Save it as UTF-8.' }]);
}

const NO_INSTANCES = 'has no "instances".';
const NO_ROWS = 'has no rows: "instances" must be an array with at least one.';

function labelsOf(source: Source, fields: Outline, rows: number, problems: string[]): Place | null {
  const labels = fields.get('labels');
  if (!labels || source.isNull(labels)) return null;
  if (labels.kind !== 'list') {
    const found = show(source.valueOf(labels));
    problems.push(`"labels" must be an array with one label for each row, not ${found}.`);
    return null;
  }
  if (labels.count === rows) return labels;
  problems.push(
    `has ${counted(rows, 'instance')} and ${counted(labels.count, 'label')}; give one label for each row.`,
  );
  return null;
}

function expectedOf(source: Source, fields: Outline, rows: number, problems: string[]): Outline {
  const expected = fields.get('expected');
  if (!expected || source.isNull(expected)) return new Map();
  if (expected.kind === 'other') {
    problems.push(`"expected" must be an array with one entry for each row, or an object of such arrays.`);
    return new Map();
  }
  const columns = expected.kind === 'list' ? new Map([['', expected]]) : source.fieldsAt(expected);
  const wrong = [...columns].filter(([, { kind, count }]) => kind !== 'list' || count !== rows);
  for (const [field, { kind, count }] of wrong) {
    const size = kind === 'list' ? counted(count, 'entry', 'entries') : 'no array';
    const called = field === '' ? '"expected"' : `"expected" ${field}`;
    problems.push(`has ${counted(rows, 'instance')} and ${size} of ${called}; give one for each row.`);
  }
  return wrong.length > 0 ? new Map() : columns;
}

function* rowsOf(source: Source, { instances, labels, expected }: Columns): Generator<RawCase> {
  const rows = source.entriesOf(instances, 'row', 'null');
  const truths = source.entriesOf(labels, '"labels", entry');
  const recorded = [...expected].map(
    ([field, place]) => [field, source.entriesOf(place, `"expected" ${field}, entry`)] as const,
  );
  try {
    for (const instance of rows) {
      const label = next(truths);
      const values = recorded.map(([field, entries]) => [field, next(entries) ?? null] as const);
      yield { instance, label, expected: expectedOfRow(values), line: null };
    }
  } finally {
    for (const entries of [truths, ...recorded.map(([, opened]) => opened)]) entries.return(undefined);
  }
}

function next(entries: Iterator<JsonValue>): JsonValue | undefined {
  const found = entries.next();
  return found.done ? undefined : found.value;
}

class Source {
  readonly #path: string;
  readonly #name: string;

  constructor(path: string, name: string) {
    this.#path = path;
    this.#name = name;
  }

  /** The document, and the places of its fields. */
  outline(): { readonly root: Place; readonly fields: Outline } {
    return this.#at(0, (cursor) => {
      if (cursor.isOver()) return { root: NOTHING, fields: new Map() };
      if (cursor.kind() === 'object') {
        const fields = placesOf(cursor);
        cursor.end();
        return { root: { ...NOTHING, kind: 'object' }, fields };
      }
      const root = cursor.place();
      cursor.end();
      if (root.kind === 'other') this.valueOf(root);
      return { root, fields: new Map() };
    });
  }

  fieldsAt({ offset }: Place): Outline {
    return this.#at(offset, placesOf);
  }

  valueOf(place: Place | undefined): JsonValue | undefined {
    return place && this.#at(place.offset, (cursor) => parseJson(cursor.text()));
  }

  isNull(place: Place): boolean {
    return place.kind === 'other' && this.valueOf(place) === null;
  }

  /**
   * The entries of a list, none if there is no list.
   * @param called what to name an entry by, before its number
   * @param nan what the bare word NaN is there: a missing value in a row, a value to compare with elsewhere
   */
  *entriesOf(place: Place | null, called: string, nan: 'text' | 'null' = 'text'): Generator<JsonValue> {
    if (place === null) return;
    const cursor = new JsonCursor(this.#path, place.offset);
    try {
      for (const text of cursor.entries(BYTES_AT_ONCE))
        yield* parseJson(`[${text}]`, nan) as readonly JsonValue[];
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      this.#refuse(place, called);
      throw this.#explained(error, '');
    } finally {
      cursor.close();
    }
  }

  /** Names the first entry that is no JSON. */
  #refuse({ offset }: Place, called: string): void {
    const cursor = new JsonCursor(this.#path, offset);
    let number = 1;
    try {
      for (const text of cursor.entries(0)) {
        parseJson(text);
        number++;
      }
    } catch (error) {
      throw this.#explained(error, `, ${called} ${number}`);
    } finally {
      cursor.close();
    }
  }

  #at<T>(offset: number, read: (cursor: JsonCursor) => T): T {
    const cursor = new JsonCursor(this.#path, offset);
    try {
      return read(cursor);
    } catch (error) {
      throw this.#explained(error, '');
    } finally {
      cursor.close();
    }
  }

  #explained(error: unknown, place: string): unknown {
    return error instanceof SyntaxError ? UserError.of([notJson(error, `${this.#name}${place}`)]) : error;
  }
}

/** The places of the values of an object's fields. */
function placesOf(cursor: JsonCursor): Outline {
  const places = new Map<string, Place>();
  for (const field of cursor.fields()) places.set(field, cursor.place());
  return places;
}

/** What an empty file holds. */
const NOTHING: Place = { offset: 0, kind: 'other', count: 0 };
