/** The header of a file in a tar, by tar-stream; nothing in it depends on the machine, the user or the time. */
import { pack } from 'tar-stream';
import type { FileMode, TreeFile } from './content-tree.ts';

/**
 * Not the epoch: some tools take 0 for "no time", and ZIP knows nothing before 1980. A month later, no time zone
 * makes 1979 of it.
 */
const MTIME = new Date('1980-02-01T00:00:00Z');

type Entry = Pick<TreeFile, 'path' | 'mode' | 'size'>;

/** One or more whole blocks of 512 bytes. */
export async function tarHeader(entry: Entry): Promise<Buffer> {
  return isPlain(entry) ? filledIn(await templateOf(entry.mode), entry) : encode(entry);
}

/** Zeros up to the end of a block, behind `size` bytes of content. */
export function tarPadding(size: number): Buffer {
  return Buffer.alloc((512 - (size % 512)) % 512);
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

/** Whether everything fits into one header of the oldest kind. */
function isPlain({ path, size }: Entry): boolean {
  return path.length < NAME.length && /^[\x20-\x7e]+$/.test(path) && !path.endsWith('/') && size < MOST_SIZE;
}

const templates = new Map<FileMode, Promise<Buffer>>();

/** Encoding takes longer than a small file does, so a header is encoded once and filled in from then on. */
function templateOf(mode: FileMode): Promise<Buffer> {
  const known = templates.get(mode) ?? encode({ path: '', mode, size: 0 });
  templates.set(mode, known);
  return known;
}

function filledIn(template: Buffer, { path, size }: Entry): Buffer {
  const header = Buffer.from(template);
  header.write(path, NAME.at, 'latin1');
  header.write(size.toString(8).padStart(SIZE.digits, '0'), SIZE.at, 'latin1');
  header.fill(' ', CHECKSUM.at, CHECKSUM.at + CHECKSUM.length);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')} \0`, CHECKSUM.at, 'latin1');
  return header;
}
