import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { UserError, type Problem } from '../errors.ts';
import { contentTree, comparePaths, fileMode, treeBytes } from './content-tree.ts';
import { hashFile } from './hash-file.ts';
import type { ModelSource } from './model-source.ts';
import { changed, packFiles, type SourceFile } from './pack.ts';
import { errorCode, mapParallel } from './streams.ts';
import { listRoot, whyUnreadable, type ListedFile, type Listing, type Root } from './walk.ts';

const PARALLEL_READS = 4;

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
  const files = await readAll(listed, signal);
  const bySource = new Map(files.map((file) => [file.path, file]));
  return {
    tree: contentTree(files),
    leftOut: listings.flatMap((listing) => listing.leftOut),
    ready: false,
    pack: (compression) => packFiles(files, { compression, signal }),
    read: (path) => readOne(bySource.get(path), path),
  };
}

function emptiness({ files, problems, leftOut }: Listing, root: Root | undefined): Problem[] {
  if (files.length > 0 || problems.length > 0 || root === undefined) return [];
  const why =
    leftOut.length > 0 ? `only ${leftOut.map((l) => l.path).join(', ')}, left out` : 'no file at all';
  return [{ where: root.where, message: `"${root.shown}" has nothing to pack: it holds ${why}.` }];
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
): Promise<SourceFile[]> {
  const problems: Problem[] = [];
  const read = await mapParallel(listed, PARALLEL_READS, async (file) => {
    const result = await readFacts(file, signal);
    if ('message' in result) problems.push(result);
    return result;
  });
  const files = read.filter((result): result is SourceFile => !('message' in result));
  if (problems.length === 0 && treeBytes(files) === 0) problems.push(allEmpty(listed));
  if (problems.length > 0) throw UserError.of(problems);
  return files;
}

async function readFacts(
  { path, source, root }: ListedFile,
  signal: AbortSignal | undefined,
): Promise<SourceFile | Problem> {
  try {
    const { mode } = await stat(source);
    const { size, sha256, isLfsPointer } = await hashFile(source, signal);
    if (!isLfsPointer) return { path, source, mode: fileMode(mode), size, sha256 };
  } catch (error) {
    if (errorCode(error) === '') throw error;
    return { where: root.where, message: `"${source}" ${whyUnreadable(error)}` };
  }
  return {
    where: root.where,
    message: `"${source}" is a Git LFS pointer: its content was not downloaded.`,
    fix: 'Set "lfs: true" on actions/checkout, or run "git lfs pull".',
  };
}

function allEmpty(listed: readonly ListedFile[]): Problem {
  const where = listed[0]?.root.where ?? 'model-path';
  return { where, message: `every file is empty (${listed.map((file) => file.path).join(', ')}).` };
}

async function readOne(file: SourceFile | undefined, path: string): Promise<Uint8Array> {
  if (file === undefined) throw new Error(`"${path}" is not in the content tree.`);
  const bytes = await readFile(file.source).catch((cause: unknown) => {
    throw new UserError(`"${file.source}" ${whyUnreadable(cause)}`, { cause });
  });
  if (createHash('sha256').update(bytes).digest('hex') !== file.sha256) throw changed(file.source);
  return bytes;
}
