/** The inputs, checked together: whatever is wrong is said at once, before anything is called. */
import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { parseCases, type Cases } from '../../core/smoke/cases.ts';
import { UserError, type Problem } from '../../core/errors.ts';
import type { RunContext } from '../../core/ports.ts';
import type { InputsOf } from '../../core/spec/action-spec.ts';
import type { spec } from './spec.ts';

export type Inputs = InputsOf<typeof spec>;

/** What is tested: an endpoint of a target, or a bare URL. */
export type Goal =
  | {
      readonly target: NonNullable<Inputs['target']>;
      readonly endpoint: string;
      readonly candidate: string | null;
    }
  | { readonly target: null; readonly url: string };

export interface Settings {
  readonly goal: Goal;
  /** null: made from the reference's signature. */
  readonly cases: Cases | null;
  /** The reference model given by hand. */
  readonly model: { readonly bytes: Buffer; readonly label: string } | null;
}

/** @throws UserError with every problem at once. */
export async function readSettings(inputs: Inputs, context: RunContext): Promise<Settings> {
  const problems: Problem[] = [...goalProblems(inputs), ...referenceProblems(inputs)];
  const cases = await readCases(inputs, context, problems);
  const model = await readModel(inputs, context, problems);
  if (cases !== null) problems.push(...caseProblems(inputs, cases));
  if (problems.length > 0) throw UserError.of(problems);
  return { goal: goalOf(inputs), cases, model };
}

function goalOf({ target, endpointName, endpointUrl, candidateName }: Inputs): Goal {
  if (endpointUrl !== null) return { target: null, url: endpointUrl };
  if (target === null || endpointName === null) throw new TypeError('The inputs were not checked.');
  return { target, endpoint: endpointName, candidate: candidateName };
}

function goalProblems(inputs: Inputs): Problem[] {
  const { target, endpointName, endpointUrl, candidateName, rollbackOnFailure } = inputs;
  const problems: Problem[] = [];
  const add = (where: string, message: string, fix: string) => problems.push({ where, message, fix });
  if (endpointName === null && endpointUrl === null) {
    add('endpoint-name', 'is missing, and so is endpoint-url.', 'Set one of them.');
  }
  if (endpointName !== null && endpointUrl !== null) {
    add('endpoint-name', `"${endpointName}" and endpoint-url are both set.`, 'Set only one of them.');
  }
  if (endpointName !== null && target === null) {
    add(
      'target',
      `is needed for endpoint-name "${endpointName}".`,
      'Set target: local or target: sagemaker.',
    );
  }
  if (endpointUrl !== null) problems.push(...urlProblems(inputs, endpointUrl));
  if (candidateName !== null && rollbackOnFailure) {
    add(
      'rollback-on-failure',
      `cannot be used with candidate-name "${candidateName}": a candidate has no traffic, so there is nothing to roll back.`,
      'Discard a candidate that fails with deploy-endpoint, command: discard.',
    );
  }
  return problems;
}

function urlProblems({ candidateName, rollbackOnFailure }: Inputs, url: string): Problem[] {
  const problems: Problem[] = [];
  const fix = 'Use target and endpoint-name instead of endpoint-url.';
  if (rollbackOnFailure) {
    problems.push({
      where: 'rollback-on-failure',
      message: 'cannot be used with endpoint-url: a URL has no versions.',
      fix,
    });
  }
  if (candidateName !== null) {
    problems.push({ where: 'candidate-name', message: 'cannot be used with endpoint-url.', fix });
  }
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null) {
    problems.push({
      where: 'endpoint-url',
      message: 'is not a valid URL.',
      fix: 'Give such as https://host/path.',
    });
  } else if (parsed.username !== '' || parsed.password !== '') {
    const message = 'holds a user name or a password, which would end up in logs.';
    problems.push({ where: 'endpoint-url', message, fix: 'Take them out of the URL.' });
  }
  return problems;
}

function referenceProblems(inputs: Inputs): Problem[] {
  const { reference, modelPath, endpointUrl, candidateName, cases, outputMap } = inputs;
  const problems: Problem[] = [];
  const add = (where: string, message: string, fix: string) => problems.push({ where, message, fix });
  if (reference === 'onnx' && modelPath === null && endpointUrl !== null) {
    add(
      'model-path',
      'is missing: a URL names no release, so there is nothing to compare with.',
      'Set model-path, or reference: none for a health check only.',
    );
  }
  if (reference !== 'onnx' && modelPath !== null) {
    add('model-path', `"${modelPath}" is not used with reference: ${reference}.`, 'Remove one of them.');
  }
  if (reference === 'endpoint' && candidateName === null) {
    add(
      'reference',
      '"endpoint" compares a candidate with the live version, and candidate-name is missing.',
      'Set candidate-name, or another reference.',
    );
  }
  if (reference !== 'onnx' && cases === null) {
    add(
      'cases',
      `is needed with reference: ${reference}; only an ONNX reference tells what to send.`,
      'Give a file of cases.',
    );
  }
  if (reference === 'none' && outputMap !== null) {
    add('output-map', 'is not used with reference: none.', 'Remove one of them.');
  }
  return problems;
}

function caseProblems({ reference, minAccuracy }: Inputs, cases: Cases): Problem[] {
  const problems: Problem[] = [];
  if (minAccuracy !== null && cases.labels === null) {
    const message = `of ${minAccuracy} needs true labels, and ${cases.source} has none.`;
    problems.push({ where: 'min-accuracy', message, fix: 'Add "labels", one for each row, to the cases.' });
  }
  if (reference === 'recorded' && cases.expected === null) {
    const message = `${cases.source} has no recorded expectations.`;
    problems.push({
      where: 'cases',
      message,
      fix: 'Add "expected": {"predictions": […]}, one entry for each row.',
    });
  }
  return problems;
}

async function readCases(inputs: Inputs, context: RunContext, problems: Problem[]): Promise<Cases | null> {
  if (inputs.cases === null) {
    if (inputs.minAccuracy !== null) {
      const message = `of ${inputs.minAccuracy} needs cases with true labels.`;
      problems.push({
        where: 'min-accuracy',
        message,
        fix: 'Set cases to a file with "instances" and "labels".',
      });
    }
    return null;
  }
  const bytes = await readInput('cases', inputs.cases, context, problems);
  if (bytes === null) return null;
  try {
    return await parseCases(bytes.toString('utf8'), basename(inputs.cases));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    problems.push(...error.problems);
    return null;
  }
}

async function readModel(
  { modelPath }: Inputs,
  context: RunContext,
  problems: Problem[],
): Promise<Settings['model']> {
  if (modelPath === null) return null;
  const bytes = await readInput('model-path', modelPath, context, problems);
  return bytes && { bytes, label: modelPath };
}

async function readInput(
  where: string,
  path: string,
  context: RunContext,
  problems: Problem[],
): Promise<Buffer | null> {
  try {
    return await readFile(resolve(context.workspace, path));
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
