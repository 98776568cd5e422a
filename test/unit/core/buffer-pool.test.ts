import { expect, it } from 'vitest';
import { BufferPool } from '../../../src/core/buffer-pool.ts';

it('gives a buffer again once it was given back, whole', () => {
  const pool = new BufferPool(10);
  const first = pool.take();
  pool.give(first.subarray(0, 3));
  const again = pool.take();
  expect(again.buffer).toBe(first.buffer);
  expect(again).toHaveLength(10);
  expect(pool.take().buffer).not.toBe(first.buffer);
});
