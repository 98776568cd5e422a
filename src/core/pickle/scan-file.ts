/** A file of a model, looked at for pickles: by itself, compressed by joblib, or in an archive of torch or numpy. */
import { Readable, type Transform } from 'node:stream';
import { createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { messageOf } from '../errors.ts';
import { ByteSource, EndOfBytes, TooMuch } from './byte-source.ts';
import { nothingFound, scanPickle, type PickleScan } from './scan-pickle.ts';

export type FileScan =
  /** Holds no pickle. */
  | { readonly kind: 'other' }
  | ({ readonly kind: 'pickle' } & PickleScan)
  /** Begins like a pickle, or like what joblib compresses, and cannot be loaded. What comes before the end has run by then. */
  | ({ readonly kind: 'broken'; readonly problem: string } & PickleScan)
  /** May hold a pickle that was not read, or not to its end. */
  | ({ readonly kind: 'not-checked'; readonly why: string } & PickleScan);

const HEAD = 6;
const ZIP_ENTRY = 0x04034b50;

/** @param name of the file: a pickle of protocol 0 or 1 has no mark, so its name has to tell it. */
export async function scanFile(stream: Readable, name: string): Promise<FileScan> {
  const source = new ByteSource(stream);
  const found = nothingFound();
  const head = await source.peek(HEAD);
  try {
    return await scan(source, head, name, found);
  } catch (error) {
    const why = problemOf(error);
    if (why === null) throw error;
    if (error instanceof TooMuch) return { kind: 'not-checked', why, ...found };
    // Without a mark, nobody knows whether it is meant to be a pickle.
    return isMarked(head)
      ? { kind: 'broken', problem: why, ...found }
      : { kind: 'not-checked', why: 'It has the name of a pickle, but cannot be read as one.', ...found };
  } finally {
    stream.destroy();
  }
}

/** Null for what is no fault of the file. */
function problemOf(error: unknown): string | null {
  if (error instanceof EndOfBytes || error instanceof TypeError || error instanceof TooMuch)
    return error.message;
  const code = (error as { readonly code?: unknown }).code;
  if (typeof code !== 'string' || !code.startsWith('Z_')) return null;
  return `It cannot be decompressed (${messageOf(error)}).`;
}

const isZip = (head: Buffer) => head.length >= 4 && head.readUInt32LE() === ZIP_ENTRY;
const isPickle = ([mark, version = 9]: Buffer) => mark === 0x80 && version <= 5;
const isMarked = (head: Buffer) => isZip(head) || isPickle(head) || decompressor(head) !== null;

async function scan(source: ByteSource, head: Buffer, name: string, found: PickleScan): Promise<FileScan> {
  if (isZip(head)) return scanZip(source, found);
  const isNamed = /\.(pkl|pickle|joblib)$/i.test(name);
  const packer = isNamed && !isPickle(head) ? decompressor(head) : null;
  if (packer === 'unknown') {
    return { kind: 'not-checked', why: 'Node cannot decompress it.', ...found };
  }
  if (packer !== null) await whole(new ByteSource(Readable.from(source.rest()).pipe(packer)), found);
  else if (isPickle(head) || isNamed) await whole(source, found);
  else return { kind: 'other' };
  return { kind: 'pickle', ...found };
}

/** joblib's own: zlib, gzip, bz2, lzma, xz, lz4. https://joblib.readthedocs.io/en/stable/persistence.html */
function decompressor(head: Buffer): Transform | 'unknown' | null {
  const hex = head.toString('hex');
  if (hex.startsWith('1f8b')) return createGunzip();
  if (/^78(01|5e|9c|da)/.test(hex)) return createInflate();
  return ['425a68', 'fd377a585a00', '5d0000', '04224d18'].some((magic) => hex.startsWith(magic))
    ? 'unknown'
    : null;
}

/** One pickle after another, as joblib and older torch files have them. */
async function whole(source: ByteSource, found: PickleScan): Promise<void> {
  do await scanPickle(source, found);
  while (isPickle(await source.peek(2)));
}

/** torch.save: `<name>/data.pkl` beside the tensors. https://github.com/pytorch/pytorch/blob/main/caffe2/serialize/inline_container.h */
async function scanZip(source: ByteSource, found: PickleScan): Promise<FileScan> {
  let pickles = 0;
  while (isZip(await source.peek(4))) {
    const header = await source.take(30);
    const [flags, method, packed] = [header.readUInt16LE(6), header.readUInt16LE(8), header.readUInt32LE(18)];
    const name = (await source.take(header.readUInt16LE(26))).toString();
    const extra = await source.take(header.readUInt16LE(28));
    const size = packed === 0xffffffff ? longSize(extra) : packed;
    if ((flags & 8) !== 0 && size === 0)
      return { kind: 'not-checked', why: 'Its archive does not say how long its files are.', ...found };
    if (name.endsWith('.pkl')) {
      pickles += 1;
      await whole(new ByteSource(entryOf(source, size, method)), found);
    } else await source.skip(size);
  }
  return pickles === 0 ? { kind: 'other' } : { kind: 'pickle', ...found };
}

/** The compressed size in the ZIP64 field, the second of the two. */
function longSize(extra: Buffer): number {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) === 1 && at + 20 <= extra.length)
      return Number(extra.readBigUInt64LE(at + 12));
  }
  throw new TypeError('Its archive does not say how long a file is.');
}

/** The bytes of one file of an archive, as they were before it was compressed. */
function entryOf(source: ByteSource, size: number, method: number): Readable {
  const raw = Readable.from(part(source, size));
  if (method === 0) return raw;
  if (method !== 8) throw new TypeError('A file of its archive is compressed in an unknown way.');
  return raw.pipe(createInflateRaw());
}

async function* part(source: ByteSource, size: number): AsyncGenerator<Buffer> {
  for (let left = size; left > 0;) {
    const bytes = await source.take(Math.min(left, 64 * 1024));
    left -= bytes.length;
    yield Buffer.from(bytes);
  }
}
