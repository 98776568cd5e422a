/** The header of a file in a tar, by tar-stream; nothing in it depends on the machine, the user or the time. */
import { pack } from 'tar-stream';
import type { FileMode, TreeFile } from './content-tree.ts';

/**
 * Not the epoch: some tools take 0 for "no time", and ZIP knows nothing before 1980. A month later, no time zone
 * makes 1979 of it.
 */
const MTIME = new Date('1980-02-01T00:00:00Z');

type Entry = Pick<TreeFile, 'path' | 'mode' | 'size'>;

/** One or more whole blocks of 512 bytes; at once for most files, because waiting would take longer than all the rest. */
export function tarHeader(entry: Entry): Buffer | Promise<Buffer> {
  if (!isPlain(entry)) return encode(entry);
  const template = templates.get(entry.mode);
  return template === undefined ? firstOfMode(entry) : filledIn(template, entry);
}

const ZEROS = Buffer.alloc(512);

/** Zeros up to the end of a block, behind `size` bytes of content. */
export function tarPadding(size: number): Buffer {
  return ZEROS.subarray(0, (512 - (size % 512)) % 512);
}

/** Two blocks of zeros. */
export const TAR_END = Buffer.alloc(1024);

/** Lets tar-stream begin an archive with this entry, and takes what it wrote so far. */
function encode({ path: name, mode, size }: Entry): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const tar = pack();
    tar.once('readable', () => {
      const blocks: Buffer[] = [];
      for (let block = readFrom(tar); block !== null; block = readFrom(tar)) blocks.push(block);
      resolve(Buffer.concat(blocks));
      tar.destroy();
    });
    tar.once('error', reject);
    const owner = { uid: 0, gid: 0, uname: '', gname: '' };
    const header = { name, size, mode: Number.parseInt(mode, 8), mtime: MTIME, type: 'file' as const };
    // It ends without its content, which is not asked for here.
    tar.entry({ ...header, ...owner }).once('error', () => undefined);
  });
}

function readFrom(tar: ReturnType<typeof pack>): Buffer | null {
  return tar.read() as Buffer | null;
}

// Where the fields of a header are: https://www.gnu.org/software/tar/manual/html_node/Standard.html
const NAME = { at: 0, length: 100 };
const SIZE = { at: 124, digits: 11 };
const CHECKSUM = { at: 148, length: 8 };
const MOST_SIZE = 8 ** SIZE.digits;
const ZERO = '0'.charCodeAt(0);

/** Whether everything fits into one header of the oldest kind. */
function isPlain({ path, size }: Entry): boolean {
  return path.length < NAME.length && /^[\x20-\x7e]+$/.test(path) && !path.endsWith('/') && size < MOST_SIZE;
}

interface Template {
  /** The header of an empty file without a name, with spaces for its checksum. */
  readonly block: Buffer;
  /** Of all its bytes. */
  readonly sum: number;
}

/** Encoding takes longer than a small file does, so a header is encoded once and filled in from then on. */
const templates = new Map<FileMode, Template>();

async function firstOfMode(entry: Entry): Promise<Buffer> {
  const block = await encode({ path: '', mode: entry.mode, size: 0 });
  block.fill(' ', CHECKSUM.at, CHECKSUM.at + CHECKSUM.length);
  const template = { block, sum: block.reduce((total, byte) => total + byte, 0) };
  templates.set(entry.mode, template);
  return filledIn(template, entry);
}

function filledIn({ block, sum }: Template, { path, size }: Entry): Buffer {
  const header = Buffer.from(block);
  header.write(path, NAME.at, 'latin1');
  header.write(size.toString(8).padStart(SIZE.digits, '0'), SIZE.at, 'latin1');
  let total = sum - SIZE.digits * ZERO;
  for (let at = 0; at < path.length; at++) total += header[at] ?? 0;
  for (let at = SIZE.at; at < SIZE.at + SIZE.digits; at++) total += header[at] ?? 0;
  header.write(`${total.toString(8).padStart(6, '0')} \0`, CHECKSUM.at, 'latin1');
  return header;
}
