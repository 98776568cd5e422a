import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { gunzipSync, gzipSync, inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { BLOCK_BYTES, gzip, gzipBound } from '../../../../src/core/archive/gzip.ts';

async function* blocksOf(data: Buffer) {
  for (let at = 0; at < data.length; at += BLOCK_BYTES) yield data.subarray(at, at + BLOCK_BYTES);
}

async function gzipped(data: Buffer, parallel?: number): Promise<Buffer> {
  return buffer(gzip(blocksOf(data), parallel));
}

const text = (bytes: number) => {
  const lines = Array.from({ length: bytes / 4 }, (_, i) => `${(i * 7919) % 10_007};${i % 13}\n`).join('');
  return Buffer.from(lines.slice(0, bytes));
};
const SAMPLES: [string, Buffer][] = [
  ['nothing', Buffer.alloc(0)],
  ['one byte', Buffer.from('x')],
  ['one block', text(BLOCK_BYTES)],
  ['several blocks of text', text(3 * BLOCK_BYTES + 12_345)],
  ['random bytes', randomBytes(2 * BLOCK_BYTES + 1)],
  ['both', Buffer.concat([text(BLOCK_BYTES + 5), randomBytes(BLOCK_BYTES), text(2 * BLOCK_BYTES)])],
  ['zeros', Buffer.alloc(4 * BLOCK_BYTES)],
];

describe.each(SAMPLES)('%s', (_, data) => {
  it('comes out again', async () => {
    expect(gunzipSync(await gzipped(data)).equals(data)).toBe(true);
  });

  it('gives the same bytes whatever the number of cores', async () => {
    const one = await gzipped(data, 1);
    for (const parallel of [2, 3, 16]) expect((await gzipped(data, parallel)).equals(one)).toBe(true);
  });

  it('stays below the bound', async () => {
    expect((await gzipped(data)).length).toBeLessThanOrEqual(gzipBound(data.length));
  });
});

it('is one member', async () => {
  const bytes = await gzipped(text(2 * BLOCK_BYTES));
  // Some readers stop at the end of the first member; nothing but its trailer may come after it.
  const { buffer: data, engine } = inflateRawSync(bytes.subarray(10), { info: true }) as unknown as {
    buffer: Buffer;
    engine: { bytesWritten: number };
  };
  expect([data.length, engine.bytesWritten]).toEqual([2 * BLOCK_BYTES, bytes.length - 10 - 8]);
});

it('shrinks text about as well as one stream does', async () => {
  const data = text(4 * BLOCK_BYTES);
  expect((await gzipped(data)).length).toBeLessThan(gzipSync(data).length * 1.1);
});

it('stores what does not shrink', async () => {
  const data = randomBytes(2 * BLOCK_BYTES);
  const bytes = await gzipped(data);
  // Byte for byte behind the two headers.
  expect(bytes.subarray(15, 15 + 65_535).equals(data.subarray(0, 65_535))).toBe(true);
});

it('passes a failure of the data on', async () => {
  const failing = async function* () {
    yield text(BLOCK_BYTES);
    throw new Error('the disk is gone');
  };
  await expect(buffer(gzip(failing()))).rejects.toThrow('the disk is gone');
});
