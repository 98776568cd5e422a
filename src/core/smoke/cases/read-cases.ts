/** Opens a file of cases: checks all rows first, so whatever is wrong is said before anything is sent. */
import { stat } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { CancelledError, UserError, type Problem } from '../../errors.ts';
import { isRecord, show, type JsonValue } from '../../exact-json.ts';
import type { Tolerance } from '../tolerance.ts';
import { bindingOf } from './bind-cases.ts';
import type { CasesFacts, OpenedCases } from './cases.ts';
import { checkNames, RowChecks } from './check-rows.ts';
import { jsonFile } from './json-file.ts';
import { linesFile } from './lines-file.ts';
import { KEPT_BYTES, type CasesFile, type RawCase } from './raw-case.ts';
import { toCase } from './to-case.ts';

/** After this many rows, cancellation is checked. */
const ROWS_AT_ONCE = 1_000;

/** What no file of every format can say. */
export interface CasesOptions {
  /** The column of the true labels in CSV; null: `label`. */
  readonly labelColumn: string | null;
  /** What the labels 0, 1, … are called; null: as the file says. */
  readonly labelNames: readonly string[] | null;
}

const NO_OPTIONS: CasesOptions = { labelColumn: null, labelNames: null };

/**
 * @param name the file's name; its ending decides between CSV, JSON Lines and JSON.
 * @throws UserError with every problem of the file at once; CancelledError; what the file system says.
 */
export async function readCases(
  path: string,
  name: string,
  signal?: AbortSignal,
  options: CasesOptions = NO_OPTIONS,
): Promise<OpenedCases> {
  const file = await open(path, name, options);
  const problems = [...file.problems];
  const checks = new RowChecks();
  const isSmall = (await stat(path)).size <= KEPT_BYTES;
  // Cells of CSV take several times the memory of the numbers that they become: those are kept instead, once they are.
  const kept: RawCase[] | null = isSmall && !file.isText ? [] : null;
  for (const row of file.rows()) {
    checks.add(row);
    kept?.push(row);
    if (checks.count % ROWS_AT_ONCE === 0) await setImmediate();
    if (signal?.aborted) throw new CancelledError();
  }
  if (checks.count === 0 && problems.length === 0) problems.push(NO_ROWS);
  const facts: CasesFacts = {
    source: name,
    count: checks.count,
    wholeTensors: false,
    labelled: checks.labelled,
    featureNames: checkNames('feature_names', file.featureNames, problems),
    labelNames: options.labelNames ?? checkNames('label_names', file.labelNames, problems),
    expectedFields: checks.expectedFields,
    tolerances: checkTolerances(file.tolerances, problems),
    labels: checks.labelled ? checks.labels : null,
    largest: checks.largest,
  };
  problems.push(...checks.problems(facts.featureNames));
  if (problems.length > 0) {
    throw UserError.of(problems.map((message): Problem => ({ where: `cases (${name})`, message })));
  }
  return opened(facts, file, checks, kept, isSmall);
}

/**
 * @param kept all rows, if they are held as they are
 * @param isSmall whether they may be held once they are bound
 */
function opened(
  facts: CasesFacts,
  file: CasesFile,
  { rowNames, width }: RowChecks,
  kept: readonly RawCase[] | null,
  isSmall: boolean,
): OpenedCases {
  const rows = () => kept ?? file.rows();
  const source = {
    where: `cases (${facts.source})`,
    count: facts.count,
    width,
    names: facts.featureNames,
    fields: rowNames,
    isText: file.isText,
    rows,
  };
  return {
    ...facts,
    bind(signature) {
      const { bind, label, names, leftOut } = bindingOf(source, signature);
      const labels = label && facts.labels ? facts.labels.as(label) : facts.labels;
      function* reread() {
        for (const row of rows()) yield toCase(bind(row));
      }
      const bound = isSmall ? [...reread()] : null;
      return { ...facts, labels, featureNames: names, leftOut, rows: () => bound ?? reread() };
    },
  };
}

const NO_ROWS = 'has no rows. Give at least one.';

async function open(path: string, name: string, { labelColumn }: CasesOptions): Promise<CasesFile> {
  if (/\.(jsonl|ndjson)$/i.test(name)) return linesFile(path, name);
  if (!/\.(csv|tsv|tab)$/i.test(name)) return jsonFile(path, name);
  // Only CSV pays for its parser.
  const { csvFile } = await import('./csv-file.ts');
  return csvFile(path, name, labelColumn);
}

function checkTolerances(value: JsonValue | undefined, problems: string[]): CasesFacts['tolerances'] {
  if (value === undefined || value === null) return new Map();
  const isSize = (size: JsonValue | undefined) =>
    size === undefined || (typeof size === 'number' && size >= 0);
  const isTolerance = (one: JsonValue) => isRecord(one) && isSize(one.rtol) && isSize(one.atol);
  if (isRecord(value) && Object.values(value).every(isTolerance)) {
    return new Map(Object.entries(value) as [string, Partial<Tolerance>][]);
  }
  problems.push(`"tolerances" must be an object {field: {"rtol": …, "atol": …}}, not ${show(value)}.`);
  return new Map();
}
