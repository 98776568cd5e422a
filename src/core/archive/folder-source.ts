import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Problem, UserError, whyUnreadable } from '../errors.ts';
import { credentialIn } from './credentials.ts';
import type { LeftOut } from './exclusions.ts';
import { contentTree, comparePaths, fileMode, treeBytes } from './content-tree.ts';
import { hashFiles, type HashResult } from './hash-files.ts';
import type { ModelSource } from './source.ts';
import { changed, packedBound, packFiles, streamFile, type SourceFile } from './pack.ts';
import { listRoot, type ListedFile, type Listing, type Root } from './walk.ts';

/** Files and folders laid over each other; the first of `roots` is the model. @throws UserError */
export async function folderSource(
  roots: readonly Root[],
  signal: AbortSignal | undefined,
): Promise<ModelSource> {
  const listings = await Promise.all(roots.map(listRoot));
  const problems = listings.flatMap((listing, index) => [
    ...listing.problems,
    ...emptiness(listing, roots[index]),
  ]);
  const listed = merge(listings, problems);
  if (problems.length > 0) throw UserError.of(problems);
  const { files, secrets } = await readAll(listed, signal);
  const leftOut = [...listings.flatMap((listing) => listing.leftOut), ...secrets];
  const bySource = new Map(files.map((file) => [file.path, file]));
  const fileAt = (path: string): SourceFile => {
    const file = bySource.get(path);
    if (file === undefined) throw new Error(`"${path}" is not in the content tree.`);
    return file;
  };
  return {
    tree: contentTree(files),
    leftOut,
    ready: false,
    origin: null,
    pack: (compression, onProgress) => packFiles(files, { compression, signal, onProgress }),
    maxBytes: (compression) => packedBound(files, compression),
    read: async (path) => readOne(fileAt(path)),
    stream: (path) => streamFile(fileAt(path), signal),
  };
}

function emptiness({ files, problems, leftOut }: Listing, root: Root | undefined): Problem[] {
  if (files.length > 0 || problems.length > 0 || root === undefined) return [];
  const why =
    leftOut.length > 0 ? `only ${leftOut.map((l) => l.path).join(', ')}, left out` : 'no file at all';
  return [{ where: root.where, message: `"${root.shown}" has nothing to pack: it contains ${why}.` }];
}

/** The same file, reached twice, is one; two files for one path are a problem. */
function merge(listings: readonly Listing[], problems: Problem[]): ListedFile[] {
  const byPath = new Map<string, ListedFile>();
  for (const file of listings.flatMap((listing) => listing.files)) {
    const other = byPath.get(file.path);
    if (other === undefined) byPath.set(file.path, file);
    else if (other.source !== file.source) {
      const message = `"${file.source}" and "${other.source}" would both be "${file.path}" in the archive.`;
      problems.push({ where: file.root.where, message, fix: 'Remove one of them.' });
    }
  }
  return [...byPath.values()].sort((a, b) => comparePaths(a.path, b.path));
}

async function readAll(
  listed: readonly ListedFile[],
  signal: AbortSignal | undefined,
): Promise<{ files: SourceFile[]; secrets: LeftOut[] }> {
  const problems: Problem[] = [];
  const files: SourceFile[] = [];
  const secrets: LeftOut[] = [];
  const results = await hashFiles(listed, { signal });
  for (const [index, file] of listed.entries()) {
    const result = results[index];
    const facts = factsOf(file, result);
    if ('message' in facts) problems.push(facts);
    else if (await isSecret(facts, result)) secrets.push({ path: file.path, reason: 'secret' });
    else files.push(facts);
  }
  if (problems.length === 0 && treeBytes(files) === 0) problems.push(allEmpty(listed, files));
  if (problems.length > 0) throw UserError.of(problems);
  return { files, secrets };
}

/** A private key, or a file whose content is another credential. */
async function isSecret(file: SourceFile, result: HashResult | undefined): Promise<boolean> {
  if (result === undefined || 'error' in result) return false;
  if (result.isPrivateKey) return true;
  return result.mayBeCredential && credentialIn(file.path, await readOne(file)) !== null;
}

function factsOf({ path, source, root }: ListedFile, result: HashResult | undefined): SourceFile | Problem {
  if (result === undefined) throw new TypeError(`"${source}" was not hashed.`);
  if ('error' in result) return { where: root.where, message: `"${source}" ${whyUnreadable(result.error)}` };
  const { size, sha256, mode, isLfsPointer } = result;
  if (!isLfsPointer) return { path, source, mode: fileMode(mode), size, sha256 };
  return {
    where: root.where,
    message: `"${source}" is a Git LFS pointer: its content was not downloaded.`,
    fix: 'Set "lfs: true" on actions/checkout or on the reusable workflow, or run "git lfs pull".',
  };
}

function allEmpty(listed: readonly ListedFile[], files: readonly SourceFile[]): Problem {
  const where = listed[0]?.root.where ?? 'model-path';
  const names = listed.map((file) => file.path).join(', ');
  const message =
    files.length > 0
      ? `every file is empty (${names}).`
      : `there is nothing to pack: it contains only credentials (${names}), which are left out.`;
  return { where, message };
}

async function readOne(file: SourceFile): Promise<Uint8Array> {
  const bytes = await readFile(file.source).catch((cause: unknown) => {
    throw new UserError(`"${file.source}" ${whyUnreadable(cause)}`, { cause });
  });
  if (createHash('sha256').update(bytes).digest('hex') !== file.sha256) throw changed(file.source);
  return bytes;
}
