/** What the inputs ask for, as far as it can be told without looking at the files. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isInside, type Root } from '../../core/archive/walk.ts';
import { messageOf, UserError, type Problem } from '../../core/errors.ts';
import type { Logger, RunContext } from '../../core/ports.ts';
import type { InputsOf } from '../../core/spec/action-spec.ts';
import { defaultStoreUrl } from '../../core/workspace.ts';
import type { spec } from './spec.ts';

export type Inputs = InputsOf<typeof spec>;

export interface Request {
  readonly model: Root;
  readonly code: Root | null;
  /** Absolute path and the input's text; null where the model itself is the reference, if it can be. */
  readonly reference: { readonly path: string; readonly shown: string } | null;
  readonly storeUrl: string;
  readonly isDefaultStore: boolean;
}

const ONLY_LOCAL = 'This version packs local files into file stores.';

/** @throws UserError with every problem at once. */
export function checkInputs(inputs: Inputs, context: RunContext, log: Pick<Logger, 'notice'>): Request {
  const problems = [...cloudProblems(inputs), ...destinationProblems(inputs, context)];
  if (problems.length > 0) throw UserError.of(problems);
  if (inputs.tags !== null)
    log.notice('tags are for cloud resources; a file store has none, so they are ignored.');
  const root = (where: string, shown: string, prefix: string): Root => {
    return { where, shown, path: resolve(context.workspace, shown), prefix };
  };
  const { modelPath, codePath, referencePath, destination } = inputs;
  return {
    model: root('model-path', modelPath, ''),
    code: codePath === null ? null : root('code-path', codePath, 'code/'),
    reference:
      referencePath === null
        ? null
        : { path: resolve(context.workspace, referencePath), shown: referencePath },
    storeUrl: destination ?? defaultStoreUrl(context),
    isDefaultStore: destination === null,
  };
}

function cloudProblems(inputs: Inputs): Problem[] {
  const problems: Problem[] = [];
  for (const [where, value] of [
    ['model-path', inputs.modelPath],
    ['code-path', inputs.codePath],
    ['reference-path', inputs.referencePath],
    ['destination', inputs.destination],
  ] as const) {
    if (!value?.toLowerCase().startsWith('s3://')) continue;
    const fix = where === 'destination' ? 'Give a file:///folder URL, or leave it out.' : 'Give a path.';
    problems.push({ where, message: `"${value}" is in S3. ${ONLY_LOCAL}`, fix });
  }
  for (const [where, value] of [
    ['kms-key-id', inputs.kmsKeyId],
    ['model-package-group', inputs.modelPackageGroup],
  ] as const) {
    if (value === null) continue;
    problems.push({ where, message: `"${value}" needs AWS. ${ONLY_LOCAL}`, fix: 'Leave it out.' });
  }
  return problems;
}

/** A store inside of the model would be packed into the next archive. */
function destinationProblems({ destination, modelPath }: Inputs, context: RunContext): Problem[] {
  if (!destination?.startsWith('file:')) return [];
  const where = 'destination';
  try {
    const folder = fileURLToPath(destination);
    if (!isInside(resolve(context.workspace, modelPath), folder)) return [];
    const message = `"${destination}" lies in model-path, so every run would pack what the runs before it stored.`;
    return [{ where, message, fix: 'Choose a folder elsewhere.' }];
  } catch (error) {
    return [{ where, message: `"${destination}" is no file URL of this machine (${messageOf(error)}).` }];
  }
}
