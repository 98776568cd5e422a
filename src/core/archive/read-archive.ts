/**
 * Reads a tar archive, compressed or not, one file after the other. Everything that could write outside a folder,
 * or that is more than a plain file, is refused.
 */
import { Readable, Transform, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract, type Extract } from 'tar-stream';
import { CancelledError, errorCode, messageOf, UpstreamError, UserError } from '../errors.ts';
import { checkEntry, EntryPaths, type ArchiveEntry } from './check-entry.ts';
import { stopIfCancelled } from './streams.ts';

export interface ArchiveLimits {
  /** Files and folders together. */
  readonly entries: number;
  /** Of the archive without its compression. */
  readonly bytes: number;
}

export interface ReadArchiveOptions {
  /** Names the archive in messages. */
  readonly label: string;
  readonly limits?: Partial<ArchiveLimits>;
  readonly signal?: AbortSignal | undefined;
}

/** Gets every file in the archive's order; it has to read `content` to its end. */
export type VisitFile = (entry: ArchiveEntry, content: AsyncIterable<Uint8Array>) => Promise<void>;

/** Far above any model: 100,000 files with their folders are fine. */
const DEFAULT_LIMITS: ArchiveLimits = { entries: 1_000_000, bytes: 64 * 1024 ** 3 };
const BLOCK = 512;
const TAR_MAGIC_AT = 257;

/**
 * @throws UserError for data that is no archive, is cut short, holds what is refused, or is over a limit; whatever
 * `source` or `visit` throws.
 */
export async function readArchive(
  source: Readable,
  options: ReadArchiveOptions,
  visit: VisitFile,
): Promise<void> {
  const { label, signal } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const { head, all } = await peek(source);
  const isGzip = checkMagic(head, label, source);
  const tar = extract();
  const end = new EndOfTar(label, limits.bytes);
  const feeding = isGzip ? pipeline(all, createGunzip(), end, tar) : pipeline(all, end, tar);
  // Awaited below; until then, a failure must not count as unhandled.
  feeding.catch(() => undefined);
  try {
    await visitAll(tar, label, limits.entries, signal, visit);
    await feeding;
  } catch (error) {
    // What broke the flow says more than the entry that was cut off by it.
    throw explain(
      label,
      isOurs(error)
        ? error
        : await feeding.then(
            () => error,
            (first: unknown) => first,
          ),
    );
  }
  if (!end.complete) throw damaged(label, 'it has no end mark');
}

async function visitAll(
  tar: Extract,
  label: string,
  maxEntries: number,
  signal: AbortSignal | undefined,
  visit: VisitFile,
): Promise<void> {
  const paths = new EntryPaths(label);
  let count = 0;
  for await (const entry of tar) {
    stopIfCancelled(signal);
    if (++count > maxEntries) throw new UserError(`${label} has more than ${maxEntries} entries.`);
    const file = checkEntry(entry.header, label, paths);
    if (file === null) {
      entry.resume();
      continue;
    }
    await visit(file, bytesOf(entry));
  }
}

/**
 * An entry as nothing but an iterable. Node's pipeline takes an entry for a stream of its own kind, and waits forever
 * for the end of one that broke before it was asked for.
 */
async function* bytesOf(entry: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  yield* entry as AsyncIterable<Uint8Array>;
}

/** The first block, and everything including it. */
async function peek(source: Readable): Promise<{ head: Buffer; all: Readable }> {
  const chunks = (source as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let next = await chunks.next();
  for (let length = 0; next.done !== true; next = await chunks.next()) {
    first.push(next.value);
    length += next.value.length;
    if (length >= BLOCK) break;
  }
  const head = Buffer.concat(first);
  const rest = async function* () {
    yield head;
    yield* { [Symbol.asyncIterator]: () => chunks };
  };
  return { head, all: Readable.from(rest(), { objectMode: false }) };
}

/** Whether it is gzip. @throws UserError for what is neither gzip nor tar; the source is let go of then. */
function checkMagic(head: Buffer, label: string, source: Readable): boolean {
  if (head[0] === 0x1f && head[1] === 0x8b) return true;
  if (head.toString('latin1', TAR_MAGIC_AT, TAR_MAGIC_AT + 5) === 'ustar') return false;
  source.destroy();
  if (head.length === 0) throw new UserError(`${label} is empty.`);
  const bytes = head.subarray(0, 8).toString('hex');
  throw new UserError(`${label} is neither a gzip nor a tar archive: it starts with the bytes ${bytes}.`);
}

/** Watches the flow of the tar's own bytes: their number, and the zeros that mark the end of an archive. */
class EndOfTar extends Transform {
  readonly #label: string;
  readonly #limit: number;
  #bytes = 0;
  #zeros = 0;

  constructor(label: string, limit: number) {
    super();
    this.#label = label;
    this.#limit = limit;
  }

  get complete(): boolean {
    return this.#zeros >= BLOCK;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#bytes += chunk.length;
    if (this.#bytes > this.#limit) {
      done(new UserError(`${this.#label} is larger than ${this.#limit} bytes when unpacked.`));
      return;
    }
    let start = chunk.length;
    while (start > 0 && chunk[start - 1] === 0) start--;
    this.#zeros = (start === 0 ? this.#zeros : 0) + chunk.length - start;
    done(null, chunk);
  }
}

function isOurs(error: unknown): boolean {
  return error instanceof UserError || error instanceof UpstreamError || error instanceof CancelledError;
}

function explain(label: string, error: unknown): unknown {
  const code = errorCode(error);
  // Errors of the file system or a socket keep their words; zlib's and tar's say the same thing in many ways.
  const fromSystem = error instanceof Error && 'syscall' in error;
  return isOurs(error) || fromSystem ? error : damaged(label, code || messageOf(error), error);
}

function damaged(label: string, detail: string, cause?: unknown): UserError {
  return new UserError(`${label} is truncated or damaged (${detail}). Pack or download it again.`, { cause });
}
