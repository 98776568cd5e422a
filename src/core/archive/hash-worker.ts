/**
 * The body of a hashing thread. It is started from its own text (a worker of the built bundle has no file), so it must
 * use nothing from outside itself.
 */

/**
 * What a thread is asked: indexes, paths, and up to which size in bytes it looks for the mark of a credential (-1: never).
 * What it answers: one of `HashAnswer` for each.
 */
export type HashRequest = readonly (readonly [index: number, path: string, mostToLookAt: number])[];

/** What all files are hashed by. */
export interface HashWorkerData {
  readonly headBytes: number;
  /** Of a regular expression over the bytes as Latin-1, in any case. */
  readonly mark: string;
}

export interface HashAnswer {
  readonly index: number;
  readonly size: number;
  readonly sha256: string;
  /** Permission bits, as `stat` gives them. */
  readonly mode: number;
  /** The first bytes, at most `headBytes` of them. */
  readonly head: Uint8Array;
  /** The bytes have the mark. */
  readonly marked: boolean;
  /** The file system's error, instead of everything else; null if there is none. */
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** Reads files without waiting for anything else: a thread has nothing else to do. */
export function hashWorker(): void {
  const threads = process.getBuiltinModule('node:worker_threads');
  const { parentPort } = threads;
  const { createHash } = process.getBuiltinModule('node:crypto');
  const { openSync, readSync, closeSync, fstatSync } = process.getBuiltinModule('node:fs');
  const { headBytes, mark: markSource } = threads.workerData as HashWorkerData;
  const mark = new RegExp(markSource, 'i');
  const buffer = Buffer.allocUnsafeSlow(1024 * 1024);
  const hashOne = ([index, path, mostToLookAt]: HashRequest[number]): HashAnswer => {
    try {
      const file = openSync(path, 'r');
      try {
        const { mode, size: expected } = fstatSync(file);
        const hash = createHash('sha256');
        let head = new Uint8Array(0);
        let size = 0;
        let inPieces = false;
        for (;;) {
          const read = readSync(file, buffer, 0, buffer.length, null);
          if (read === 0) break;
          const chunk = buffer.subarray(0, read);
          if (size > 0) inPieces = true;
          else head = new Uint8Array(chunk.subarray(0, headBytes));
          hash.update(chunk);
          size += read;
          // One call less for each small file, of which there may be many.
          if (read < buffer.length && size === expected) break;
        }
        // Such a file is no larger than the buffer; one that came in pieces is for others to look at.
        const marked = size <= mostToLookAt && (inPieces || mark.test(buffer.toString('latin1', 0, size)));
        return { index, size, sha256: hash.digest('hex'), mode, head, marked, error: null };
      } finally {
        closeSync(file);
      }
    } catch (thrown) {
      const { code = 'UNKNOWN', message } = thrown as NodeJS.ErrnoException;
      const nothing = { size: 0, sha256: '', mode: 0, head: new Uint8Array(0), marked: false };
      return { index, ...nothing, error: { code, message } };
    }
  };
  parentPort?.on('message', (request: HashRequest) => {
    parentPort.postMessage(request.map(hashOne));
  });
}
