/** Hashes the files of a model on every core: an unchanged model costs nothing else. */
import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { CREDENTIAL_MARK, mostToLookAt } from './credentials.ts';
import { CancelledError, errorCode } from '../errors.ts';
import { hashFile, HEAD_BYTES, HEAD_MARK, natureOf, type HashedFile } from './hash-file.ts';
import {
  batchHasher,
  type HashAnswer,
  type HashedEntry,
  type HashRequest,
  type HashWorkerData,
} from './hash-worker.ts';
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
  /** How many threads, with the main one. */
  readonly threads?: number;
  /** With fewer files than this, the main thread is alone; for tests. */
  readonly fewFiles?: number;
}

/** More threads than this wait for the disk, and each takes about 20 MB. */
const MOST_THREADS = 4;
/** Below both of these, starting threads takes longer than the work: a start takes as long as 2,000 small files. */
const FEW_FILES = 4000;
const FEW_BYTES = 32 * 1024 * 1024;
/** Small files are hashed in batches, so the threads have little to tell each other. */
const SMALL_BYTES = 256 * 1024;
const BATCH_FILES = 128;
/** A thread keeps nothing; without a limit, it leaves tens of megabytes of garbage. */
const YOUNG_MB = 4;

const DATA: HashWorkerData = {
  headBytes: HEAD_BYTES,
  headMark: HEAD_MARK.source,
  mark: CREDENTIAL_MARK.source,
};

/** @returns in the order of `sources`; errors of the file system are in the results. @throws CancelledError */
export async function hashFiles(
  sources: readonly NamedSource[],
  {
    signal,
    threads = Math.min(availableParallelism(), MOST_THREADS),
    fewFiles = FEW_FILES,
  }: HashFilesOptions,
): Promise<HashResult[]> {
  stopIfCancelled(signal);
  const hashing = new Hashing(sources, signal);
  try {
    await Promise.race([hashing.run(threads, fewFiles), cancelled(signal)]);
    return hashing.results;
  } finally {
    await hashing.end();
  }
}

function cancelled(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(new CancelledError()), { once: true });
  });
}

class Hashing {
  readonly results: HashResult[];
  readonly #sources: readonly NamedSource[];
  readonly #signal: AbortSignal | undefined;
  readonly #hashHere = batchHasher(DATA);
  readonly #workers: Worker[] = [];
  readonly #large: { readonly index: number; readonly size: number }[] = [];
  /** Indexes of files that a thread hashes before it takes the next ones; taken from the end. */
  #queue: (readonly number[])[] = [];

  constructor(sources: readonly NamedSource[], signal: AbortSignal | undefined) {
    this.#sources = sources;
    this.#signal = signal;
    this.results = new Array<HashResult>(sources.length);
  }

  async run(threads: number, fewFiles: number): Promise<void> {
    const all = [...this.#sources.keys()];
    for (let at = 0; at < all.length; at += BATCH_FILES) this.#queue.push(all.slice(at, at + BATCH_FILES));
    await this.#share(all.length < fewFiles ? 1 : threads, (indexes) => this.#small(indexes), SMALL_BYTES);
    // Only who opens a file knows its size. The largest comes first, so no thread is left with one at the end.
    this.#queue = this.#large.sort((a, b) => a.size - b.size).map(({ index }) => [index]);
    const bytes = this.#large.reduce((sum, { size }) => sum + size, 0);
    await this.#share(bytes < FEW_BYTES ? 1 : threads, (indexes) => this.#largeOnes(indexes), Infinity);
  }

  async end(): Promise<void> {
    this.#queue = [];
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  /** Lets the threads take from the queue until it is empty; `here` is how the main one does it. */
  async #share(
    threads: number,
    here: (indexes: readonly number[]) => Promise<void>,
    mostBytes: number,
  ): Promise<void> {
    while (this.#workers.length < Math.min(threads, this.#queue.length) - 1) {
      this.#workers.push(startWorker());
    }
    const drive = async (hash: (indexes: readonly number[]) => Promise<void>) => {
      for (let next = this.#queue.pop(); next !== undefined; next = this.#queue.pop()) await hash(next);
    };
    const inThread = (worker: Worker) =>
      drive(async (indexes) => this.#take(indexes, await ask(worker, this.#request(indexes, mostBytes))));
    await Promise.all([drive(here), ...this.#workers.map(inThread)]);
  }

  /** In the main thread, where others want their turn as well. */
  async #small(indexes: readonly number[]): Promise<void> {
    await setImmediate();
    stopIfCancelled(this.#signal);
    this.#take(indexes, this.#hashHere(this.#request(indexes, SMALL_BYTES)));
  }

  async #largeOnes(indexes: readonly number[]): Promise<void> {
    for (const index of indexes) this.results[index] = await hashLarge(this.#at(index), this.#signal);
  }

  #at(index: number): NamedSource {
    const source = this.#sources[index];
    if (source === undefined) throw new TypeError(`There is no file ${index}.`);
    return source;
  }

  #request(indexes: readonly number[], mostBytes: number): HashRequest {
    const paths = indexes.map((index) => this.#at(index).source);
    return { paths, mostToLookAt: indexes.map((index) => mostToLookAt(this.#at(index).path)), mostBytes };
  }

  #take(indexes: readonly number[], answer: HashAnswer): void {
    for (const [at, found] of answer.entries()) {
      const index = indexes[at] ?? 0;
      if (typeof found === 'number') this.#large.push({ index, size: found });
      else this.results[index] = resultOf(found);
    }
  }
}

/** Reads ahead while it hashes. */
async function hashLarge(
  { source, path }: NamedSource,
  signal: AbortSignal | undefined,
): Promise<HashResult> {
  try {
    const { mode } = await stat(source);
    const hashed = await hashFile(source, signal);
    return { ...hashed, mode, mayBeCredential: hashed.size <= mostToLookAt(path) };
  } catch (error) {
    if (errorCode(error) === '' || !(error instanceof Error)) throw error;
    return { error };
  }
}

function startWorker(): Worker {
  const text = `const threads = process.getBuiltinModule('node:worker_threads');
    const hash = (${batchHasher.toString()})(threads.workerData);
    threads.parentPort.on('message', (request) => threads.parentPort.postMessage(hash(request)));`;
  const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MB };
  return new Worker(text, { eval: true, workerData: DATA, resourceLimits });
}

function ask(worker: Worker, request: HashRequest): Promise<HashAnswer> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error) => reject(error);
    worker.once('error', failed);
    worker.once('message', (answer: HashAnswer) => {
      worker.off('error', failed);
      resolve(answer);
    });
    worker.postMessage(request);
  });
}

const NO_BYTES = new Uint8Array(0);

function resultOf(found: HashedEntry | { readonly code: string; readonly message: string }): HashResult {
  if ('code' in found) return { error: Object.assign(new Error(found.message), { code: found.code }) };
  const [size, sha256, mode, mayBeCredential, head] = found;
  return { size, sha256, mode, mayBeCredential, ...natureOf(size, head ?? NO_BYTES) };
}
