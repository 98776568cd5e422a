/** What the inputs ask for, as far as they say it without the files. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isRemote } from '../../core/archive/remote-model.ts';
import { objectStoreOf } from '../../core/stores.ts';
import { mlflowAccess } from '../../core/mlflow/access.ts';
import { isMlflowUri, readMlflowUri, type MlflowModelUri } from '../../core/mlflow/model-uri.ts';
import type { MlflowAccess, MlflowEnvironment } from '../../core/mlflow/registry.ts';
import { isInside, type Root } from '../../core/archive/walk.ts';
import { messageOf, UserError, type Problem } from '../../core/errors.ts';
import { isGroupName } from '../../core/model-registry.ts';
import type { Logger, RunContext } from '../../core/ports.ts';
import type { InputsOf } from '../../core/spec/action-spec.ts';
import { defaultStoreUrl } from '../../core/workspace.ts';
import { signatureInputProblems } from './signed.ts';
import type { spec } from './spec.ts';

export type Inputs = InputsOf<typeof spec>;

/** A model of MLflow, and the server that has it. */
export interface MlflowRequest {
  readonly uri: MlflowModelUri;
  readonly access: MlflowAccess;
}

export interface Request {
  readonly model: Root;
  /** The URL of a model in an object store; null for one on this machine. */
  readonly remote: string | null;
  /** null for a model from anywhere else. */
  readonly mlflow: MlflowRequest | null;
  readonly code: Root | null;
  /** Absolute path and the input's text; null if the model itself is the reference, if it can be. */
  readonly reference: Pick<Root, 'path' | 'shown' | 'base'> | null;
  readonly storeUrl: string;
  readonly isDefaultStore: boolean;
}

/** @throws UserError with every problem at once. */
export function checkInputs(
  inputs: Inputs,
  context: RunContext,
  log: Pick<Logger, 'notice'>,
  environment: MlflowEnvironment,
): Request {
  const mlflow = mlflowRequest(inputs, environment);
  const problems = [
    ...(Array.isArray(mlflow) ? mlflow : []),
    ...placeProblems(inputs),
    ...cloudProblems(inputs),
    ...destinationProblems(inputs, context),
    ...tagProblems(inputs),
    ...signatureInputProblems(inputs),
  ];
  if (problems.length > 0) throw UserError.of(problems);
  if (inputs.tags !== null && !isInS3(inputs))
    log.notice('tags apply only to objects in S3, so they are ignored here.');
  const root = (where: string, shown: string, prefix: string): Root => {
    const base = context.workspace;
    return { where, shown, path: resolve(base, shown), base, prefix };
  };
  const { modelPath, codePath, referencePath, destination } = inputs;
  return {
    model: root('model-path', modelPath, ''),
    remote: isRemote(modelPath) ? modelPath : null,
    mlflow: Array.isArray(mlflow) ? null : mlflow,
    code: codePath === null ? null : root('code-path', codePath, 'code/'),
    reference:
      referencePath === null
        ? null
        : {
            path: resolve(context.workspace, referencePath),
            shown: referencePath,
            base: context.workspace,
          },
    storeUrl: destination ?? defaultStoreUrl(context),
    isDefaultStore: destination === null,
  };
}

/** Null for a model that is not in MLflow; the problems, if it cannot be requested. */
function mlflowRequest(inputs: Inputs, environment: MlflowEnvironment): MlflowRequest | Problem[] | null {
  const { modelPath, mlflowTrackingUri, mlflowToken } = inputs;
  if (!isMlflowUri(modelPath)) return null;
  const read = readMlflowUri(modelPath);
  const access = mlflowAccess({ mlflowTrackingUri, mlflowToken }, environment);
  const problems = [
    ...('uri' in read
      ? []
      : [{ where: 'model-path', message: `"${modelPath}" ${read.message}`, fix: read.fix }]),
    ...(Array.isArray(access) ? access : []),
  ];
  return !('uri' in read) || Array.isArray(access) ? problems : { uri: read.uri, access };
}

function isInS3({ destination }: Inputs): boolean {
  return destination !== null && objectStoreOf(destination) === 's3';
}

/** Only the model itself may come from an object store. */
function placeProblems({ codePath, referencePath }: Inputs): Problem[] {
  const places = [
    ['code-path', codePath],
    ['reference-path', referencePath],
  ] as const;
  return places.flatMap(([where, value]) =>
    value !== null && isRemote(value)
      ? [{ where, message: `"${value}" is in an object store.`, fix: 'Give a path in the workspace.' }]
      : [],
  );
}

function cloudProblems(inputs: Inputs): Problem[] {
  if (isInS3(inputs)) return groupProblems(inputs);
  const fix = 'Set destination to s3://bucket/prefix, or leave it out.';
  const problems: Problem[] = [];
  for (const [where, value, why] of [
    ['kms-key-id', inputs.kmsKeyId, 'encrypts objects in S3'],
    ['model-package-group', inputs.modelPackageGroup, 'registers only models in S3'],
  ] as const) {
    if (value !== null)
      problems.push({ where, message: `"${value}" ${why}, and this store is not in S3.`, fix });
  }
  return problems;
}

function groupProblems({ modelPackageGroup: group }: Inputs): Problem[] {
  if (group === null || isGroupName(group)) return [];
  const message = `"${group}" is not a valid name of a group. Use letters, digits and single hyphens (63 at most).`;
  return [{ where: 'model-package-group', message }];
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html */
const MOST_TAGS = 10;
const TAG_CHARACTERS = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

function tagProblems(inputs: Inputs): Problem[] {
  if (inputs.tags === null || !isInS3(inputs)) return [];
  const where = 'tags';
  const problems: Problem[] = [];
  if (inputs.tags.size > MOST_TAGS) {
    problems.push({ where, message: `has ${inputs.tags.size} tags; an object in S3 can have ${MOST_TAGS}.` });
  }
  for (const [name, value] of inputs.tags) {
    const fits =
      name.length <= 128 && value.length <= 256 && [name, value].every((t) => TAG_CHARACTERS.test(t));
    if (fits) continue;
    const rule = 'letters, digits, spaces and _ . : / = + - @, 128 of them in a name and 256 in a value';
    problems.push({ where, message: `"${name}=${value}" is not a valid S3 tag. Use ${rule}.` });
  }
  return problems;
}

/** A store inside the model would be packed into the next archive. */
function destinationProblems({ destination, modelPath }: Inputs, context: RunContext): Problem[] {
  if (!destination?.startsWith('file:')) return [];
  const where = 'destination';
  try {
    const folder = fileURLToPath(destination);
    if (!isInside(resolve(context.workspace, modelPath), folder)) return [];
    const message = `"${destination}" is inside model-path, so every run would pack what earlier runs stored.`;
    return [{ where, message, fix: 'Choose a folder elsewhere.' }];
  } catch (error) {
    return [
      { where, message: `"${destination}" is not a valid file URL on this machine (${messageOf(error)}).` },
    ];
  }
}
