/** The inputs, checked together: whatever is wrong is said at once, before anything is called. */
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { CasesFacts, OpenedCases } from '../../core/smoke/cases/cases.ts';
import { openCases, unlabelled, unreadable } from '../../core/smoke/cases/open-cases.ts';
import { messageOf, UserError, type Problem } from '../../core/errors.ts';
import { filesBeside, type ReadBeside } from '../../core/onnx-reader.ts';
import type { RunContext } from '../../core/ports.ts';
import type { PathReader } from '../../core/smoke/json-path.ts';
import type { ProtocolName } from '../../core/smoke/protocol/protocol.ts';
import type { Tolerances } from '../../core/smoke/tolerance.ts';
import { inputProblems, qualityLimits } from './check-inputs.ts';
import type { Inputs } from './inputs.ts';
import { readTolerances } from './tolerances.ts';

/** What is tested: an endpoint of a target, or a bare URL. */
export type Goal =
  | {
      readonly target: NonNullable<Inputs['target']>;
      readonly endpoint: string;
      readonly candidate: string | null;
    }
  | { readonly target: null; readonly url: string; readonly access: EndpointAccess };

/** How a bare URL is asked. */
export interface EndpointAccess {
  readonly headers: ReadonlyMap<string, string>;
  readonly bearerToken: string | null;
  readonly sigv4Service: string | null;
  /** Of the signature; null if the environment tells. */
  readonly region: string | null;
}

/** A model given as a file. */
export interface ModelFile {
  readonly bytes: Uint8Array;
  readonly label: string;
  /** Reads the files of weights that are beside it; absent for a model that has them itself. */
  readonly beside?: ReadBeside;
}

export interface Settings {
  /** null: made from the reference's signature. */
  readonly cases: OpenedCases | null;
  /** The folder that files named in the cases are relative to. */
  readonly casesFolder: string;
  readonly protocol: ProtocolName;
  readonly tolerances: Tolerances;
  /** Fields that are named by JSONPath; null if none is. */
  readonly paths: PathReader | null;
  /** The reference model given by hand. */
  readonly model: ModelFile | null;
  readonly earlierModels: readonly ModelFile[];
  /** Limits that need labels which the cases lack: told with what the model says of their rows (label-problems.ts). */
  readonly unlabelled: readonly Problem[];
}

/** @throws UserError with every problem at once, but for those of labels that are missing if they are the only ones. */
export async function readSettings(
  inputs: Inputs,
  { workspace }: RunContext,
  signal: AbortSignal,
): Promise<Settings> {
  const problems = inputProblems(inputs);
  const read = (where: string, path: string) => readInput(where, path, workspace, problems);
  const cases = await collecting(problems, () => casesOf(inputs, workspace, problems, signal));
  const model = inputs.modelPath === null ? null : await read('model-path', inputs.modelPath);
  const earlier: (ModelFile | null)[] = [];
  for (const path of inputs.earlierModels ?? []) earlier.push(await read('earlier-models', path));
  if (cases !== null) problems.push(...caseProblems(inputs, cases));
  const lacking = cases === null || cases.labelled ? [] : limitsWithoutLabels(inputs, cases);
  await makeReportDir(inputs, workspace, problems);
  const tolerances = await collecting(problems, () => readTolerances(inputs, cases));
  const paths = await collecting(problems, () => pathsOf(inputs, cases));
  if (problems.length > 0 || tolerances === null) throw refusal([...problems, ...lacking]);
  return {
    cases,
    casesFolder: dirname(resolve(workspace, inputs.cases ?? '')),
    protocol: inputs.protocol ?? (cases?.wholeTensors ? 'v2' : 'instances'),
    tolerances,
    paths,
    model,
    earlierModels: earlier.filter((file) => file !== null),
    unlabelled: lacking,
  };
}

/** With the page that has a sample of cases, if they are at fault. */
function refusal(problems: readonly Problem[]): UserError {
  const isOfCases = problems.some(({ where }) => where.startsWith('cases ('));
  return UserError.of(problems, isOfCases ? { page: 'cases' } : {});
}

/** Now, because after the test nobody could read what it found. */
async function makeReportDir({ reportDir }: Inputs, workspace: string, problems: Problem[]): Promise<void> {
  if (reportDir === null) return;
  try {
    await mkdir(resolve(workspace, reportDir), { recursive: true });
  } catch (error) {
    const message = `"${reportDir}" cannot be created: ${messageOf(error)}.`;
    problems.push({ where: 'report-dir', message, fix: 'Give the path of a writable folder.' });
  }
}

/** Adds the problems of a UserError to all others. */
async function collecting<T>(problems: Problem[], read: () => T | Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    problems.push(
      ...(error.problems.length > 0 ? error.problems : [{ where: 'cases', message: error.message }]),
    );
    return null;
  }
}

/** @param inputs that were checked */
export function goalOf(inputs: Inputs): Goal {
  const { target, endpointName, endpointUrl, candidateName } = inputs;
  if (endpointUrl !== null) {
    const { requestHeaders, bearerToken, sigv4Service, awsRegion } = inputs;
    const access = { headers: requestHeaders ?? new Map(), bearerToken, sigv4Service, region: awsRegion };
    return { target: null, url: endpointUrl, access };
  }
  if (target === null || endpointName === null) throw new TypeError('The inputs were not checked.');
  return { target, endpoint: endpointName, candidate: candidateName };
}

function caseProblems(inputs: Inputs, cases: OpenedCases): Problem[] {
  const { reference, protocol } = inputs;
  const problems: Problem[] = [];
  if (reference === 'recorded' && cases.expectedFields === null) {
    const message = `${cases.source} has no recorded expectations.`;
    const fix = 'Add "expected": {"predictions": […]}, one entry for each row.';
    problems.push({ where: 'cases', message, fix });
  }
  if (cases.wholeTensors && protocol !== null && protocol !== 'v2') {
    const message = `"${protocol}" carries rows, and ONNX test data are whole tensors.`;
    problems.push({ where: 'protocol', message, fix: 'Set protocol: v2, or leave it out.' });
  }
  return problems;
}

function limitsWithoutLabels(inputs: Inputs, cases: OpenedCases): Problem[] {
  return qualityLimits(inputs).map(([where, limit]) => unlabelled(where, limit, cases));
}

async function casesOf(
  inputs: Inputs,
  workspace: string,
  problems: Problem[],
  signal: AbortSignal,
): Promise<OpenedCases | null> {
  const { cases: given, labelColumn, labelNames, generatedRows } = inputs;
  if (given === null) return null;
  try {
    const cases = await openCases(given, workspace, { labelColumn, labelNames }, signal);
    if (generatedRows === null || cases.wholeTensors) return cases;
    const { casesLike } = await import('../../core/smoke/generated.ts');
    return casesLike(cases, generatedRows);
  } catch (error) {
    problems.push(await unreadable('cases', given, workspace, error));
    return null;
  }
}

/** Only a test that names one pays for the parser of JSONPath. */
async function pathsOf({ outputMap }: Inputs, cases: CasesFacts | null): Promise<PathReader | null> {
  const names = [...(cases?.expectedFields ?? []), ...(outputMap?.keys() ?? [])];
  const paths = names.filter((name) => name.startsWith('$'));
  if (paths.length === 0) return null;
  const { compilePaths } = await import('../../core/smoke/json-path.ts');
  return compilePaths(paths);
}

async function readInput(
  where: string,
  path: string,
  workspace: string,
  problems: Problem[],
): Promise<ModelFile | null> {
  try {
    const file = resolve(workspace, path);
    return { bytes: await readFile(file), label: path, beside: filesBeside(file) };
  } catch (error) {
    problems.push(await unreadable(where, path, workspace, error));
    return null;
  }
}
