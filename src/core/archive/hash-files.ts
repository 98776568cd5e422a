/** Hashes the files of a model on every core: an unchanged model costs nothing else. */
import { statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { CancelledError, errorCode } from '../errors.ts';
import { hashFile, HEAD_BYTES, natureOf, type HashedFile } from './hash-file.ts';
import { hashWorker, type HashAnswer, type HashRequest } from './hash-worker.ts';
import { mapParallel } from '../map-parallel.ts';
import { stopIfCancelled } from './streams.ts';

export interface HashedSource extends HashedFile {
  /** Permission bits, as `stat` gives them. */
  readonly mode: number;
}

/** What became of one file: its hash, or the file system's error. */
export type HashResult = HashedSource | { readonly error: Error };

export interface HashFilesOptions {
  readonly signal: AbortSignal | undefined;
  /** How many threads; 1 for none beside the main one. */
  readonly threads?: number;
}

/** More threads than this wait for the disk, and each takes about 20 MB. */
const MOST_THREADS = 4;
/** Below both of these, starting threads takes longer than the work. */
const FEW_FILES = 200;
const FEW_BYTES = 32 * 1024 * 1024;
/** What a thread is given at once: many small files, or one large one. */
const BATCH_FILES = 64;
const BATCH_BYTES = 8 * 1024 * 1024;
const PARALLEL_READS = 4;
/** A thread keeps nothing; without a limit, it lets tens of megabytes of rubbish lie about. */
const YOUNG_MB = 4;

/**
 * @param paths absolute.
 * @returns in the order of `paths`; errors of the file system are in the results.
 * @throws CancelledError
 */
export async function hashFiles(
  paths: readonly string[],
  { signal, threads = Math.min(availableParallelism(), MOST_THREADS) }: HashFilesOptions,
): Promise<HashResult[]> {
  stopIfCancelled(signal);
  const files = paths.map((path, index) => ({ path, index, size: sizeOf(path) }));
  const bytes = files.reduce((sum, file) => sum + file.size, 0);
  const batches = threads > 1 && (files.length >= FEW_FILES || bytes >= FEW_BYTES) ? batchesOf(files) : [];
  const count = Math.min(threads, batches.length);
  if (count > 1) return hashInThreads(files.length, batches, count, signal);
  return mapParallel(paths, PARALLEL_READS, (path) => hashHere(path, signal));
}

async function hashHere(path: string, signal: AbortSignal | undefined): Promise<HashResult> {
  try {
    const { mode } = await stat(path);
    return { ...(await hashFile(path, signal)), mode };
  } catch (error) {
    if (errorCode(error) === '' || !(error instanceof Error)) throw error;
    return { error };
  }
}

/** Only for choosing how the work is done; what is wrong with a file is found when it is read. */
function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}

interface FileToHash {
  readonly path: string;
  readonly index: number;
  readonly size: number;
}

/** The largest first, so no thread is left with one at the end. */
function batchesOf(files: readonly FileToHash[]): HashRequest[] {
  const order = [...files].sort((a, b) => b.size - a.size);
  const batches: [number, string][][] = [];
  let room = 0;
  let bytes = 0;
  for (const { index, path, size } of order) {
    if (room === 0 || bytes + size > BATCH_BYTES) {
      batches.push([]);
      room = BATCH_FILES;
      bytes = 0;
    }
    batches.at(-1)?.push([index, path]);
    room--;
    bytes += size;
  }
  return batches;
}

async function hashInThreads(
  total: number,
  batches: readonly HashRequest[],
  count: number,
  signal: AbortSignal | undefined,
): Promise<HashResult[]> {
  const results = new Array<HashResult>(total);
  const queue = batches.values();
  const workers = Array.from({ length: count }, startWorker);
  const cancel = new Promise<never>((_, reject) => {
    signal?.addEventListener('abort', () => reject(new CancelledError()), { once: true });
  });
  const drive = async (worker: Worker) => {
    for (const batch of queue) {
      for (const answer of await ask(worker, batch)) results[answer.index] = resultOf(answer);
    }
  };
  try {
    await Promise.race([Promise.all(workers.map(drive)), cancel]);
    return results;
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function startWorker(): Worker {
  return new Worker(`(${hashWorker.toString()})()`, {
    eval: true,
    workerData: HEAD_BYTES,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
}

function ask(worker: Worker, batch: HashRequest): Promise<readonly HashAnswer[]> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error) => reject(error);
    worker.once('error', failed);
    worker.once('message', (answers: readonly HashAnswer[]) => {
      worker.off('error', failed);
      resolve(answers);
    });
    worker.postMessage(batch);
  });
}

function resultOf({ error, size, sha256, mode, head }: HashAnswer): HashResult {
  if (error !== null) return { error: Object.assign(new Error(error.message), { code: error.code }) };
  return { size, sha256, mode, ...natureOf(size, head) };
}
