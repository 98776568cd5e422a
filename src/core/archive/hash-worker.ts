/**
 * How files are hashed, in the main thread and in others. A thread is started from the text of this function (a worker of
 * the built bundle has no file), so it must use nothing from outside itself.
 */

export interface HashRequest {
  /** Absolute. */
  readonly paths: readonly string[];
  /** Of each: up to which size in bytes it is looked for the mark of a credential; -1 for never. */
  readonly mostToLookAt: readonly number[];
  /** Larger files, in bytes, are told and not read. */
  readonly mostBytes: number;
}

/** What all files are hashed by. */
export interface HashWorkerData {
  readonly headBytes: number;
  /** Of a regular expression over the first bytes as Latin-1. */
  readonly headMark: string;
  /** Of one over all bytes, in any case. */
  readonly mark: string;
}

/** One file's. A tuple, because the names of members would take longer to send than what they hold. */
export type HashedEntry = readonly [
  size: number,
  /** 64 hexadecimal digits. */
  sha256: string,
  /** Permission bits, as `stat` gives them. */
  mode: number,
  /** The bytes have the mark of a credential. */
  marked: boolean,
  /** The first bytes, at most `headBytes` of them; null if they do not have their mark. */
  head: Uint8Array | null,
];

/** In the order of the paths: a file, the size of one that was too large, or the file system's error. */
export type HashAnswer = readonly (
  HashedEntry | number | { readonly code: string; readonly message: string }
)[];

/** Reads files without waiting for anything else, which is fastest for small ones, and right in a thread of its own. */
export function batchHasher({ headBytes, ...marks }: HashWorkerData): (request: HashRequest) => HashAnswer {
  const { createHash, hash } = process.getBuiltinModule('node:crypto');
  const { openSync, readSync, closeSync, fstatSync } = process.getBuiltinModule('node:fs');
  const mark = new RegExp(marks.mark, 'i');
  const headMark = new RegExp(marks.headMark);
  const buffer = Buffer.allocUnsafeSlow(1024 * 1024);
  /** A file that does not fit into the buffer, or is not as large as it says. */
  const hashPieces = (file: number, first: Buffer) => {
    const sha256 = createHash('sha256').update(first);
    let size = first.length;
    for (let read = first.length; read > 0; size += read) {
      read = readSync(file, buffer, 0, buffer.length, null);
      sha256.update(buffer.subarray(0, read));
    }
    return [size, sha256.digest('hex')] as const;
  };
  const hashOpen = (file: number, mostBytes: number, mostToLookAt: number): HashedEntry | number => {
    const { mode, size: expected } = fstatSync(file);
    if (expected > mostBytes) return expected;
    // One byte more than there should be: one call then reads a small file and sees its end.
    const most = Math.min(expected + 1, buffer.length);
    const first = buffer.subarray(0, readSync(file, buffer, 0, most, null));
    const isHead = headMark.test(first.toString('latin1', 0, headBytes));
    const head = isHead ? new Uint8Array(first.subarray(0, headBytes)) : null;
    const isWhole = first.length === expected && expected < most;
    const text = isWhole && expected <= mostToLookAt ? first.toString('latin1') : '';
    const [size, sha256] = isWhole ? [expected, hash('sha256', first)] : hashPieces(file, first);
    // One that came in pieces is for others to look at.
    return [size, sha256, mode, size <= mostToLookAt && (!isWhole || mark.test(text)), head];
  };
  return ({ paths, mostToLookAt, mostBytes }) =>
    paths.map((path, at) => {
      try {
        const file = openSync(path, 'r');
        try {
          return hashOpen(file, mostBytes, mostToLookAt[at] ?? -1);
        } finally {
          closeSync(file);
        }
      } catch (thrown) {
        const { code = 'UNKNOWN', message } = thrown as NodeJS.ErrnoException;
        return { code, message };
      }
    });
}
