import { describe, expect, it } from 'vitest';
import { mapParallel } from '../../../src/core/map-parallel.ts';

describe('mapParallel', () => {
  it.each([1, 3, 100])('runs at most %i at once, all of them, and keeps the order', async (concurrency) => {
    let now = 0;
    let most = 0;
    const items = Array.from({ length: 20 }, (_, at) => at);
    const results = await mapParallel(items, concurrency, async (item) => {
      most = Math.max(most, ++now);
      await new Promise(setImmediate);
      now--;
      return item * 2;
    });
    expect(results).toEqual(items.map((item) => item * 2));
    expect(most).toBe(Math.min(concurrency, 20));
  });

  it('takes no items for an answer', async () => {
    expect(await mapParallel([], 3, async (n) => n)).toEqual([]);
  });

  it('passes the first error on', async () => {
    const job = async (n: number) => (n === 2 ? Promise.reject(new Error('two')) : n);
    await expect(mapParallel([1, 2, 3], 1, job)).rejects.toThrow('two');
  });
});
