import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { errorCode, mapParallel, Meter, stopIfCancelled } from '../../../../src/core/archive/streams.ts';
import { sha256 } from '../../../../src/core/canonical-json.ts';
import { CancelledError } from '../../../../src/core/errors.ts';

describe('mapParallel', () => {
  it('keeps the order, and runs no more at once than it may', async () => {
    let running = 0;
    let most = 0;
    const results = await mapParallel([1, 2, 3, 4, 5, 6, 7], 3, async (n) => {
      most = Math.max(most, ++running);
      for (let turns = 8 - n; turns > 0; turns--) await Promise.resolve();
      running--;
      return n * 2;
    });
    expect(results).toEqual([2, 4, 6, 8, 10, 12, 14]);
    expect(most).toBe(3);
  });

  it('takes no items for an answer', async () => {
    expect(await mapParallel([], 3, async (n) => n)).toEqual([]);
  });

  it('passes the first error on', async () => {
    const job = async (n: number) => (n === 2 ? Promise.reject(new Error('two')) : n);
    await expect(mapParallel([1, 2, 3], 1, job)).rejects.toThrow('two');
  });
});

it('meters what flows through', async () => {
  const meter = new Meter();
  expect((await buffer(Readable.from(['ab', 'c']).pipe(meter))).toString()).toBe('abc');
  expect([meter.bytes, meter.sha256, meter.sha256]).toEqual([3, sha256('abc'), sha256('abc')]);
});

it('knows the code of an error, where it has one', () => {
  expect(errorCode(Object.assign(new Error('x'), { code: 'ENOENT' }))).toBe('ENOENT');
  expect(errorCode(Object.assign(new Error('x'), { code: 3 }))).toBe('');
  expect(errorCode(new Error('x'))).toBe('');
  expect(errorCode('ENOENT')).toBe('');
});

it('stops only where the signal is aborted', () => {
  expect(() => stopIfCancelled(undefined)).not.toThrow();
  expect(() => stopIfCancelled(new AbortController().signal)).not.toThrow();
  expect(() => stopIfCancelled(AbortSignal.abort())).toThrow(CancelledError);
});
