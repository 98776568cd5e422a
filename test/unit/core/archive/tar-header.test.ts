import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { pack } from 'tar-stream';
import { expect, it } from 'vitest';
import { tarHeader, tarPadding } from '../../../../src/core/archive/tar-header.ts';

/** What tar-stream writes for the whole archive, without its end. */
async function byTarStream(name: string, mode: number, content: Buffer): Promise<Buffer> {
  const tar = pack();
  const mtime = new Date('1980-02-01T00:00:00Z');
  tar.entry({ name, mode, mtime, type: 'file', uid: 0, gid: 0, uname: '', gname: '' }, content);
  tar.finalize();
  return (await buffer(Readable.from(tar as AsyncIterable<Buffer>))).subarray(0, -1024);
}

it.each([
  ['a', '644', 0],
  ['bin/run', '755', 1],
  ['x'.repeat(99), '644', 512],
  ['x'.repeat(100), '644', 513],
  [`${'d'.repeat(60)}/${'f'.repeat(60)}`, '644', 5],
  ['é', '755', 7],
  ['a\nb', '644', 7],
  [`${'é'.repeat(200)}/x`, '644', 100],
] as const)('writes what tar-stream writes: %j %s %i', async (path, mode, size) => {
  const content = Buffer.alloc(size, 'c');
  const ours = Buffer.concat([await tarHeader({ path, mode, size }), content, tarPadding(size)]);
  expect(ours.equals(await byTarStream(path, Number.parseInt(mode, 8), content))).toBe(true);
});

it('takes sizes above the 8 GiB of the oldest format', async () => {
  const header = await tarHeader({ path: 'weights', mode: '644', size: 9 * 1024 ** 3 });
  expect(header.length % 512).toBe(0);
  expect(header[124]).toBe(0x80);
});
