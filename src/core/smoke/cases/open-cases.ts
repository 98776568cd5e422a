/** Opens what the input `cases` names: a file of rows, or a folder of ONNX test data. */
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { Problem } from '../../errors.ts';
import { pathProblem } from '../../missing-path.ts';
import type { OpenedCases } from './cases.ts';
import { readCases, type CasesOptions } from './read-cases.ts';

/**
 * @param given the input's text, a path in the workspace
 * @throws UserError with every problem of the file at once; CancelledError
 */
export async function openCases(
  given: string,
  workspace: string,
  options: CasesOptions,
  signal: AbortSignal,
): Promise<OpenedCases> {
  const path = resolve(workspace, given);
  if ((await stat(path)).isDirectory()) {
    const { readTestData } = await import('../test-data/test-data.ts');
    return readTestData(path, given);
  }
  return readCases(path, basename(given), signal, options);
}

/** What the file system said of a path that an input names. @throws what it did not say */
export async function unreadable(
  where: string,
  path: string,
  workspace: string,
  error: unknown,
): Promise<Problem> {
  if (!(error instanceof Error) || !('syscall' in error)) throw error;
  return pathProblem(where, path, workspace, error);
}

/** A limit that is measured by true labels, of cases that have none. */
export function unlabelled(where: string, limit: number | string, cases: OpenedCases): Problem {
  const message = `of ${limit} needs true labels, but ${cases.source} has none.`;
  return { where, message, fix: labelsFix(cases) };
}

function labelsFix({ source, featureNames }: OpenedCases): string {
  if (!/\.(csv|tsv|tab)$/i.test(source)) return 'Add "labels", one for each row, to the cases.';
  const columns = (featureNames ?? []).slice(0, 40).join(', ');
  return `Call their column "label", or name it in label-column (the columns: ${columns}).`;
}
