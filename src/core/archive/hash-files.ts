/** Hashes the files of a model on every core: an unchanged model costs nothing else. */
import { statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { CREDENTIAL_MARK, mostToLookAt } from './credentials.ts';
import { CancelledError, errorCode } from '../errors.ts';
import { hashFile, HEAD_BYTES, natureOf, type HashedFile } from './hash-file.ts';
import { hashWorker, type HashAnswer, type HashRequest, type HashWorkerData } from './hash-worker.ts';
import { mapParallel } from '../map-parallel.ts';
import { stopIfCancelled } from './streams.ts';

export interface HashedSource extends HashedFile {
  /** Permission bits, as `stat` gives them. */
  readonly mode: number;
  /** To be read and looked at: its content may be a credential. */
  readonly mayBeCredential: boolean;
}

/** A file, and what it is called in the archive: by that name others will look for a credential in it. */
export interface NamedSource {
  /** Absolute, without links. */
  readonly source: string;
  readonly path: string;
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
/** A thread keeps nothing; without a limit, it leaves tens of megabytes of garbage. */
const YOUNG_MB = 4;

/** @returns in the order of `sources`; errors of the file system are in the results. @throws CancelledError */
export async function hashFiles(
  sources: readonly NamedSource[],
  { signal, threads = Math.min(availableParallelism(), MOST_THREADS) }: HashFilesOptions,
): Promise<HashResult[]> {
  stopIfCancelled(signal);
  const files = sources.map(({ source, path }, index) => ({ source, path, index, size: sizeOf(source) }));
  const bytes = files.reduce((sum, file) => sum + file.size, 0);
  const batches = threads > 1 && (files.length >= FEW_FILES || bytes >= FEW_BYTES) ? batchesOf(files) : [];
  const count = Math.min(threads, batches.length);
  if (count > 1) return hashInThreads(files.length, batches, count, signal);
  return mapParallel(sources, PARALLEL_READS, (file) => hashHere(file, signal));
}

async function hashHere({ source, path }: NamedSource, signal: AbortSignal | undefined): Promise<HashResult> {
  try {
    const { mode } = await stat(source);
    const hashed = await hashFile(source, signal);
    return { ...hashed, mode, mayBeCredential: hashed.size <= mostToLookAt(path) };
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

interface FileToHash extends NamedSource {
  readonly index: number;
  readonly size: number;
}

/** The largest first, so no thread is left with one at the end. */
function batchesOf(files: readonly FileToHash[]): HashRequest[] {
  const order = [...files].sort((a, b) => b.size - a.size);
  const batches: [index: number, source: string, mostToLookAt: number][][] = [];
  let room = 0;
  let bytes = 0;
  for (const { index, source, path, size } of order) {
    if (room === 0 || bytes + size > BATCH_BYTES) {
      batches.push([]);
      room = BATCH_FILES;
      bytes = 0;
    }
    batches.at(-1)?.push([index, source, mostToLookAt(path)]);
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
    workerData: { headBytes: HEAD_BYTES, mark: CREDENTIAL_MARK.source } satisfies HashWorkerData,
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

function resultOf({ error, size, sha256, mode, head, marked }: HashAnswer): HashResult {
  if (error !== null) return { error: Object.assign(new Error(error.message), { code: error.code }) };
  return { size, sha256, mode, mayBeCredential: marked, ...natureOf(size, head) };
}
