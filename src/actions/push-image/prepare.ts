/** From the inputs to what is to be built, with every problem found before anything runs. */
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { messageOf, UserError, type Problem } from '../../core/errors.ts';
import { hashFile } from '../../core/archive/hash-file.ts';
import { readBuildContext } from '../../core/image/build-context.ts';
import type { BuildRequest } from '../../core/image/container-engine.ts';
import { contentTag, isContentTag } from '../../core/image/content-tag.ts';
import { platformInputProblems, type ForTarget } from '../../core/image/deployable.ts';
import { readIgnoreRules } from '../../core/image/ignore-rules.ts';
import {
  formatReference,
  imageTagProblems,
  resolveRepository,
  type ImageName,
} from '../../core/image/reference.ts';
import type { Ports, RunContext } from '../../core/ports.ts';
import type { InputsOf } from '../../core/spec/action-spec.ts';
import type { spec } from './spec.ts';

export type PushImageInputs = InputsOf<typeof spec>;

export interface ImageJob {
  readonly name: ImageName;
  /** The content tag. */
  readonly tag: string;
  readonly imageTags: readonly string[];
  readonly forTarget: ForTarget;
  readonly build: BuildRequest;
}

/** @throws UserError with every problem of the inputs and of the files they name. */
export async function prepare(inputs: PushImageInputs, ports: Ports): Promise<ImageJob> {
  const { name, problems } = resolveRepository(inputs);
  const files = await findFiles(inputs, ports.context.workspace);
  const all = [...problems, ...files.problems, ...inputProblems(inputs)];
  if (name === null || all.length > 0) throw UserError.of(all);
  const { tag, ignoreFile } = await describeContent(inputs, files, ports);
  const forTarget = inputs.forTarget;
  return {
    name,
    tag,
    imageTags: [...new Set(inputs.imageTags ?? [])],
    forTarget,
    build: {
      context: files.context,
      dockerfile: files.dockerfile,
      ignoreFile,
      reference: formatReference({ ...name, tag }),
      platform: inputs.platform,
      network: inputs.buildNetwork,
      args: inputs.buildArgs ?? new Map(),
      secrets: inputs.buildSecrets ?? new Map(),
      labels: labelsOf(inputs, ports.context),
      singleDockerManifest: forTarget !== 'generic',
    },
  };
}

interface BuildFiles {
  readonly context: string;
  readonly dockerfile: string;
}

async function findFiles(
  inputs: PushImageInputs,
  workspace: string,
): Promise<BuildFiles & { problems: Problem[] }> {
  const context = resolve(workspace, inputs.context);
  const dockerfile = inputs.dockerfile ? resolve(workspace, inputs.dockerfile) : join(context, 'Dockerfile');
  const problems: Problem[] = [];
  if (!(await isThere(context, 'folder'))) {
    const fix = 'Give a folder, relative to the workspace; was the repository checked out before this step?';
    problems.push({ where: 'context', message: `"${inputs.context}" is no folder (${context}).`, fix });
  } else if (!(await isThere(dockerfile, 'file'))) {
    const fix = await dockerfileFix(context, inputs.dockerfile);
    const where = 'dockerfile';
    problems.push({
      where,
      message: `"${inputs.dockerfile ?? dockerfile}" is no file (${dockerfile}).`,
      fix,
    });
  }
  return { context, dockerfile, problems };
}

async function dockerfileFix(context: string, given: string | null): Promise<string> {
  const path = 'The path is relative to the workspace, not to the context';
  if (given !== null && (await isThere(join(context, given), 'file')))
    return `${path}: give ${join(context, given)}.`;
  if (given === null && (await isThere(join(context, 'Containerfile'), 'file'))) {
    return 'The context has a Containerfile: name it in the input dockerfile.';
  }
  return `${path}.`;
}

async function isThere(path: string, kind: 'file' | 'folder'): Promise<boolean> {
  try {
    const found = await stat(path);
    return kind === 'file' ? found.isFile() : found.isDirectory();
  } catch {
    return false;
  }
}

function inputProblems(inputs: PushImageInputs): Problem[] {
  return [
    ...imageTagProblems('image-tags', inputs.imageTags ?? []),
    ...(inputs.imageTags ?? []).filter(isContentTag).map((tag) => ({
      where: 'image-tags',
      message: `"${tag}" has the form of a content tag.`,
      fix: 'Leave it out: the content tag is always set.',
    })),
    ...platformInputProblems(inputs.forTarget, inputs.platform),
    ...nameProblems('build-args', inputs.buildArgs, /^[A-Za-z_]\w*$/, 'letters, digits and _'),
    ...nameProblems('build-secrets', inputs.buildSecrets, /^[\w.-]+$/, 'letters, digits, ., _ and -'),
    ...notInThisVersion(inputs),
  ];
}

function nameProblems(
  where: string,
  map: ReadonlyMap<string, string> | null,
  pattern: RegExp,
  form: string,
): Problem[] {
  const bad = [...(map?.keys() ?? [])].filter((name) => !pattern.test(name));
  return bad.map((name) => ({ where, message: `the name "${name}" may have ${form} only.` }));
}

/** Said instead of left undone. */
function notInThisVersion(inputs: PushImageInputs): Problem[] {
  const message = (value: string) => `"${value}" is not supported in this version.`;
  const problems: Problem[] = [];
  if (inputs.cache !== 'none') {
    problems.push({ where: 'cache', message: message(inputs.cache), fix: 'Set cache: none.' });
  }
  if (inputs.scan !== 'off') {
    const fix = 'Set scan: off, and scan the image in a step of its own.';
    problems.push({ where: 'scan', message: message(inputs.scan), fix });
  }
  if (inputs.createRepository) {
    const fix = 'Create the repository before this step, and leave create-repository out.';
    problems.push({ where: 'create-repository', message: message('true'), fix });
  }
  return problems;
}

async function describeContent(
  inputs: PushImageInputs,
  files: BuildFiles,
  { signal, log }: Ports,
): Promise<{ tag: string; ignoreFile: string | null }> {
  try {
    const rules = await readIgnoreRules(files.context, files.dockerfile);
    const context = await readBuildContext(files.context, rules, signal);
    if (context.some(({ path }) => path === '.git')) {
      log.warning(
        'The build context holds .git, which changes with every commit, so no image will ever be reused. Add .git to .dockerignore.',
      );
    }
    const tag = contentTag({
      context,
      dockerfile: (await hashFile(files.dockerfile, signal)).sha256,
      args: inputs.buildArgs ?? new Map(),
      secretNames: [...(inputs.buildSecrets?.keys() ?? [])],
      platform: inputs.platform,
      forTarget: inputs.forTarget,
      modelDigest: inputs.modelDigest,
    });
    return { tag, ignoreFile: rules.file };
  } catch (error) {
    throw unreadable(error, inputs.context);
  }
}

/** What the file system said becomes the user's problem; anything else stays what it is. */
function unreadable(error: unknown, context: string): unknown {
  const isFileError = error instanceof Error && 'code' in error && 'syscall' in error;
  if (!isFileError) return error;
  const where = 'context';
  const fix =
    'Every file of the build context has to be readable; leave out what is not needed in .dockerignore.';
  const problem = { where, message: `"${context}" cannot be read (${messageOf(error)}).`, fix };
  return new UserError(UserError.of([problem]).message, { cause: error, problems: [problem] });
}

/** https://github.com/opencontainers/image-spec/blob/main/annotations.md */
function labelsOf(inputs: PushImageInputs, context: RunContext): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  if (context.commit) labels.set('org.opencontainers.image.revision', context.commit);
  if (context.repository) {
    labels.set('org.opencontainers.image.source', `${context.serverUrl}/${context.repository}`);
  }
  if (inputs.modelDigest !== null) labels.set('ml-deploy.model-digest', inputs.modelDigest);
  return labels;
}
