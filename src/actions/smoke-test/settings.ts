/** The inputs, checked together: whatever is wrong is said at once, before anything is called. */
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { parseCases, type Cases } from '../../core/smoke/cases.ts';
import { UserError, type Problem } from '../../core/errors.ts';
import type { RunContext } from '../../core/ports.ts';
import type { PathReader } from '../../core/smoke/json-path.ts';
import type { ProtocolName } from '../../core/smoke/protocol/protocol.ts';
import type { Tolerances } from '../../core/smoke/tolerance.ts';
import { inputProblems } from './check-inputs.ts';
import type { Inputs } from './inputs.ts';
import { readTolerances } from './tolerances.ts';

/** What is tested: an endpoint of a target, or a bare URL. */
export type Goal =
  | {
      readonly target: NonNullable<Inputs['target']>;
      readonly endpoint: string;
      readonly candidate: string | null;
      readonly variant: string | null;
    }
  | { readonly target: null; readonly url: string; readonly access: EndpointAccess };

/** How a bare URL is asked. */
export interface EndpointAccess {
  readonly headers: ReadonlyMap<string, string>;
  readonly bearerToken: string | null;
  readonly sigv4Service: string | null;
  /** Of the signature; null where the environment tells. */
  readonly region: string | null;
}

/** A model given as a file. */
export interface ModelFile {
  readonly bytes: Buffer;
  readonly label: string;
}

export interface Settings {
  readonly goal: Goal;
  /** null: made from the reference's signature. */
  readonly cases: Cases | null;
  /** The folder that files named in the cases are relative to. */
  readonly casesFolder: string;
  readonly protocol: ProtocolName;
  readonly tolerances: Tolerances;
  /** Fields that are named by JSONPath; null where none is. */
  readonly paths: PathReader | null;
  /** The reference model given by hand. */
  readonly model: ModelFile | null;
  readonly earlierModels: readonly ModelFile[];
}

/** @throws UserError with every problem at once. */
export async function readSettings(inputs: Inputs, { workspace }: RunContext): Promise<Settings> {
  const problems = inputProblems(inputs);
  const read = (where: string, path: string) => readInput(where, path, workspace, problems);
  const cases = await collecting(problems, () => readCases(inputs, workspace, problems));
  const model = inputs.modelPath === null ? null : await read('model-path', inputs.modelPath);
  const earlier: (ModelFile | null)[] = [];
  for (const path of inputs.earlierModels ?? []) earlier.push(await read('earlier-models', path));
  if (cases !== null) problems.push(...caseProblems(inputs, cases));
  const tolerances = await collecting(problems, () => readTolerances(inputs, cases));
  const paths = await collecting(problems, () => pathsOf(inputs, cases));
  if (problems.length > 0 || tolerances === null) throw UserError.of(problems);
  return {
    goal: goalOf(inputs),
    cases,
    casesFolder: dirname(resolve(workspace, inputs.cases ?? '')),
    protocol: inputs.protocol ?? (cases?.wholeTensors ? 'v2' : 'instances'),
    tolerances,
    paths,
    model,
    earlierModels: earlier.filter((file) => file !== null),
  };
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

function goalOf(inputs: Inputs): Goal {
  const { target, endpointName, endpointUrl, candidateName, targetVariant } = inputs;
  if (endpointUrl !== null) {
    const { requestHeaders, bearerToken, sigv4Service, awsRegion } = inputs;
    const access = { headers: requestHeaders ?? new Map(), bearerToken, sigv4Service, region: awsRegion };
    return { target: null, url: endpointUrl, access };
  }
  if (target === null || endpointName === null) throw new TypeError('The inputs were not checked.');
  return { target, endpoint: endpointName, candidate: candidateName, variant: targetVariant };
}

function caseProblems(
  { reference, minAccuracy, maxAccuracyDrop, protocol }: Inputs,
  cases: Cases,
): Problem[] {
  const problems: Problem[] = [];
  const floors = { 'min-accuracy': minAccuracy, 'max-accuracy-drop': maxAccuracyDrop };
  for (const [where, limit] of Object.entries(floors)) {
    if (limit === null || cases.labels !== null) continue;
    const message = `of ${limit} needs true labels, and ${cases.source} has none.`;
    problems.push({ where, message, fix: 'Add "labels", one for each row, to the cases.' });
  }
  if (reference === 'recorded' && cases.expected === null) {
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

/** A folder is one of ONNX test data. */
async function readCases(inputs: Inputs, workspace: string, problems: Problem[]): Promise<Cases | null> {
  if (inputs.cases === null) return null;
  const path = resolve(workspace, inputs.cases);
  if (
    await stat(path).then(
      (found) => found.isDirectory(),
      () => false,
    )
  ) {
    const { readTestData } = await import('../../core/smoke/test-data/test-data.ts');
    return readTestData(path, inputs.cases);
  }
  const file = await readInput('cases', inputs.cases, workspace, problems);
  if (file === null) return null;
  const cases = await parseCases(file.bytes.toString('utf8'), basename(inputs.cases));
  if (inputs.generatedRows === null) return cases;
  const { casesLike } = await import('../../core/smoke/generated.ts');
  return casesLike(cases, inputs.generatedRows);
}

/** Only a test that names one pays for the parser of JSONPath. */
async function pathsOf({ outputMap }: Inputs, cases: Cases | null): Promise<PathReader | null> {
  const names = [...Object.keys(cases?.expected ?? {}), ...(outputMap?.keys() ?? [])];
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
    return { bytes: await readFile(resolve(workspace, path)), label: path };
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    const reason =
      { ENOENT: 'does not exist', EISDIR: 'is a folder', EACCES: 'may not be read' }[code] ?? message;
    problems.push({
      where,
      message: `"${path}" ${reason}.`,
      fix: 'Give the path of a file, relative to the workspace.',
    });
    return null;
  }
}
