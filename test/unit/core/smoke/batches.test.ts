import { describe, expect, it } from 'vitest';
import { writeJson, type JsonValue } from '../../../../src/core/exact-json.ts';
import {
  batchesOf,
  BODY_LIMIT,
  bytesPerRequest,
  rowsPerRequest,
} from '../../../../src/core/smoke/batches.ts';
import { bareCase } from '../../../../src/core/smoke/cases/cases.ts';

describe('batches', () => {
  const rows = Array.from({ length: 100 }, (_, at) => [at, 'x'.repeat(at)]);

  it.each([
    [1, 1e9],
    [7, 1e9],
    [512, 200],
    [512, 1],
    [3, 150],
  ])('of at most %i rows and %i bytes hold every row once', (most, bytes) => {
    const batches = [...batchesOf(rows.map(bareCase), { rows: most, bytes })];
    expect(batches.flatMap((batch) => batch.rows)).toEqual(rows);
    let next = 0;
    for (const batch of batches) {
      expect(batch.start).toBe(next);
      next += batch.rows.length;
      expect(batch.rows.length).toBeLessThanOrEqual(most);
      if (batch.rows.length > 1)
        expect(Buffer.byteLength(writeJson({ instances: batch.rows }))).toBeLessThanOrEqual(bytes);
      expect(Buffer.byteLength(writeJson({ instances: batch.rows }))).toBeLessThanOrEqual(batch.bytes);
    }
  });

  it('are small enough for figures of latency, and large enough for many rows', () => {
    expect(rowsPerRequest(143, null)).toBe(8);
    expect(rowsPerRequest(10_000, null)).toBe(500);
    expect(rowsPerRequest(1_000_000, null)).toBe(512);
    expect(rowsPerRequest(5, null)).toBe(1);
    expect(rowsPerRequest(100, 10)).toBe(10);
    expect(rowsPerRequest(100, 1000)).toBe(1);
  });

  it.each<[string, JsonValue]>([
    ['numbers', [-1.2345678901234567e-308, -Number.MAX_VALUE, 1 / 3]],
    ['texts that are escaped', ['\u0001\u0002\ud800', '"\\', 'ü€😀']],
    ['long integers and words', [-9223372036854775808n, true, false, null]],
    ['objects', { 'a "name"': { deep: [[], {}, [1]] } }],
  ])('count no byte less than there are of %s', (_name, row) => {
    // A limit that leaves room for each row, whatever it may be.
    const batches = [...batchesOf([row, row, row].map(bareCase), { rows: 3, bytes: 1e9 })];
    expect(batches).toHaveLength(1);
    for (const { rows: sent, bytes } of batches) {
      expect(Buffer.byteLength(writeJson({ instances: sent }))).toBeLessThanOrEqual(bytes);
    }
  });

  it('are smaller where many are under way at once', () => {
    expect(bytesPerRequest(1)).toBe(BODY_LIMIT);
    expect(bytesPerRequest(8)).toBe(BODY_LIMIT);
    expect(bytesPerRequest(256) * 256).toBeLessThanOrEqual(48_000_000);
  });
});
