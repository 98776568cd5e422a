/** Reads a file of cases: checks all rows first, so that whatever is wrong is said before anything is sent. */
import { stat } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { CancelledError, UserError, type Problem } from '../../errors.ts';
import { isRecord, show, type JsonValue } from '../../exact-json.ts';
import type { Tolerance } from '../tolerance.ts';
import type { Case, Cases } from './cases.ts';
import { checkNames, RowChecks } from './check-rows.ts';
import { jsonFile } from './json-file.ts';
import { linesFile } from './lines-file.ts';
import type { CasesFile } from './raw-case.ts';
import { toCase } from './to-case.ts';

/** After so many rows a cancelled run gets its say. */
const ROWS_AT_ONCE = 1_000;
/** A file up to this size stays in memory once it is checked; a larger one is read again each time. */
const KEPT_BYTES = 4_000_000;

/**
 * @param name the file's name; its ending decides between CSV, JSON Lines and JSON.
 * @throws UserError with every problem of the file at once; CancelledError; what the file system says.
 */
export async function readCases(path: string, name: string, signal?: AbortSignal): Promise<Cases> {
  const file = await open(path, name);
  const problems = [...file.problems];
  const checks = new RowChecks();
  const kept: Case[] | null = (await stat(path)).size <= KEPT_BYTES ? [] : null;
  for (const row of file.rows()) {
    checks.add(row);
    kept?.push(toCase(row));
    if (checks.count % ROWS_AT_ONCE === 0) await setImmediate();
    if (signal?.aborted) throw new CancelledError();
  }
  if (checks.count === 0 && problems.length === 0) problems.push(NO_ROWS);
  const featureNames = checkNames('feature_names', file.featureNames, problems);
  const cases: Cases = {
    source: name,
    count: checks.count,
    rows: () => kept ?? casesIn(file),
    wholeTensors: false,
    labelled: checks.labelled,
    featureNames,
    labelNames: checkNames('label_names', file.labelNames, problems),
    expectedFields: checks.expectedFields,
    tolerances: checkTolerances(file.tolerances, problems),
  };
  problems.push(...checks.problems(featureNames));
  if (problems.length === 0) return cases;
  throw UserError.of(problems.map((message): Problem => ({ where: `cases (${name})`, message })));
}

function* casesIn(file: CasesFile): Generator<Case> {
  for (const row of file.rows()) yield toCase(row);
}

const NO_ROWS = 'has no rows. Give one at least.';

async function open(path: string, name: string): Promise<CasesFile> {
  if (/\.(jsonl|ndjson)$/i.test(name)) return linesFile(path, name);
  if (!/\.csv$/i.test(name)) return jsonFile(path, name);
  // Only CSV pays for its parser.
  const { csvFile } = await import('./csv-file.ts');
  return csvFile(path, name);
}

function checkTolerances(value: JsonValue | undefined, problems: string[]): Cases['tolerances'] {
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
