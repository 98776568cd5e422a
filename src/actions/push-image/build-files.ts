/** The build's files: where they are, and what they hold. */
import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { hashFile } from '../../core/archive/hash-file.ts';
import { type Problem, UserError, whyUnreadable } from '../../core/errors.ts';
import { pathProblem } from '../../core/missing-path.ts';
import { readBuildContext, type BuildContext } from '../../core/image/build-context.ts';
import { contentTag } from '../../core/image/content-tag.ts';
import { readIgnoreRules, type IgnoreRules } from '../../core/image/ignore-rules.ts';
import type { Ports } from '../../core/ports.ts';
import type { PushImageInputs } from './inputs.ts';

export interface BuildFiles {
  readonly context: string;
  readonly dockerfile: string;
}

/** Where context and Dockerfile are, and what is wrong with them. */
export async function findFiles(
  inputs: PushImageInputs,
  workspace: string,
): Promise<BuildFiles & { problems: Problem[] }> {
  const context = resolve(workspace, inputs.context);
  const dockerfile = inputs.dockerfile ? resolve(workspace, inputs.dockerfile) : join(context, 'Dockerfile');
  const problems: Problem[] = [];
  if (!(await isThere(context, 'folder'))) {
    const fix = 'Give a folder relative to the workspace.';
    const message = `"${inputs.context}" is not a folder (${context}).`;
    const missing = await missingProblem('context', inputs.context, workspace);
    problems.push(missing ?? { where: 'context', message, fix });
  } else if (!(await isThere(dockerfile, 'file'))) {
    const fix = await dockerfileFix(context, inputs.dockerfile);
    const message =
      inputs.dockerfile === null
        ? `there is no Dockerfile in the context "${inputs.context}" (${dockerfile}).`
        : `"${inputs.dockerfile}" is not a file (${dockerfile}).`;
    problems.push({ where: 'dockerfile', message, fix });
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
  return given === null ? 'Give its path in the input dockerfile, relative to the workspace.' : `${path}.`;
}

/** Null for a path that is there. */
async function missingProblem(where: string, given: string, workspace: string): Promise<Problem | null> {
  try {
    await stat(resolve(workspace, given));
    return null;
  } catch (error) {
    return pathProblem(where, given, workspace, error);
  }
}

async function isThere(path: string, kind: 'file' | 'folder'): Promise<boolean> {
  try {
    const found = await stat(path);
    return kind === 'file' ? found.isFile() : found.isDirectory();
  } catch {
    return false;
  }
}

/** The content tag, and what the engine has to know of the context. @throws UserError for what cannot be read. */
export async function describeContent(
  inputs: PushImageInputs,
  files: BuildFiles,
  modelDigest: string | null,
  { signal, log }: Ports,
): Promise<{ tag: string; ignoreFile: string | null; bytes: number }> {
  try {
    const rules = await readIgnoreRules(files.context, files.dockerfile);
    const read = await readBuildContext(files.context, rules, signal);
    const { entries: context, bytes } = read;
    refuseCredentials(inputs.context, rules, read);
    if (context.some(({ path }) => path === '.git')) {
      log.warning(
        'The build context contains .git, which changes with every commit, so no image is ever reused. Add .git to .dockerignore.',
      );
    }
    const tag = contentTag({
      context,
      dockerfile: (await hashFile(files.dockerfile, signal)).sha256,
      args: inputs.buildArgs ?? new Map(),
      secretNames: [...(inputs.buildSecrets?.keys() ?? [])],
      platform: inputs.platform,
      forTarget: inputs.forTarget,
      modelDigest,
      hasModel: inputs.modelPath !== null,
    });
    return { tag, ignoreFile: rules.file, bytes };
  } catch (error) {
    throw unreadable(error, inputs.context);
  }
}

/**
 * Nothing of them may reach an image, and those that a login action writes have another name or content in each run, so
 * no image would ever be found again by its content.
 */
function refuseCredentials(shown: string, { file }: IgnoreRules, { credentials }: BuildContext): void {
  const ignoreFile = file === null ? '.dockerignore' : basename(file);
  const problems = credentials.map(({ path, what, ignore }) => ({
    where: 'context',
    message: `the build would see "${join(shown, path)}", which ${what}.`,
    fix: `Add the line ${JSON.stringify(ignore)} at the end of ${ignoreFile}; pass build secrets in build-secrets.`,
  }));
  if (problems.length > 0) throw UserError.of(problems);
}

/** What the file system said becomes the user's problem; anything else stays what it is. */
function unreadable(error: unknown, context: string): unknown {
  const isFileError = error instanceof Error && 'code' in error && 'syscall' in error;
  if (!isFileError) return error;
  const where = 'context';
  const fix = 'Every file of the build context must be readable; exclude the others in .dockerignore.';
  const problem = { where, message: `"${context}" ${whyUnreadable(error)}`, fix };
  return new UserError(UserError.of([problem]).message, { cause: error, problems: [problem] });
}
