import { describe, expect, it } from 'vitest';
import { bareBatch, BODY_LIMIT } from '../../../../src/core/smoke/batches.ts';
import { bareCases } from '../../../../src/core/smoke/cases/cases.ts';
import { examine, type Examination } from '../../../../src/core/smoke/examine.ts';
import type { Reply } from '../../../../src/core/smoke/exchange.ts';
import { instancesProtocol } from '../../../../src/core/smoke/protocol/instances.ts';
import { Sample } from '../../../../src/core/smoke/sample.ts';

const never = new AbortController().signal;

function examinationOf(more: Partial<Examination>): Examination {
  return {
    cases: bareCases('test', 1, () => [[1]]),
    reference: null,
    protocol: instancesProtocol,
    tolerances: { rtol: 0, atol: 0, by: new Map() },
    outputMap: null,
    paths: null,
    rowsPerRequest: 1,
    requests: null,
    bodyBytes: undefined,
    concurrency: 1,
    warmup: 0,
    quality: { task: null, threshold: null },
    ...more,
  };
}

const good: Reply = {
  answer: {
    status: 200,
    contentType: 'application/json',
    body: Buffer.from('{"predictions":[1]}'),
    latencyMs: 1,
    version: null,
  },
  failure: null,
};

/** Rows that count how many of them were taken, and requests that count how many are under way. */
async function watch(rows: number, row: string, concurrency: number, rowsPerRequest: number) {
  let [taken, answered, most, ahead, largest] = [0, 0, 0, 0, 0];
  let underWay = 0;
  const cases = bareCases('test', rows, function* () {
    for (; taken < rows; taken++) yield [row];
  });
  const findings = await examine(
    examinationOf({ cases, concurrency, rowsPerRequest }),
    async ({ content }) => {
      most = Math.max(most, ++underWay);
      ahead = Math.max(ahead, taken - answered);
      largest = Math.max(largest, content.length);
      await new Promise(setImmediate);
      underWay--;
      answered += rowsPerRequest;
      return good;
    },
    never,
  );
  return { findings, most, ahead, largest };
}

describe('an examination of many rows', () => {
  it.each([1, 4])('has no more than %i requests under way, and takes rows as it needs them', async (at) => {
    const { findings, most, ahead } = await watch(5_000, 'x', at, 10);
    expect(findings).toMatchObject({ rows: 5_000, requests: 500 });
    expect(most).toBe(at);
    // Four requests for each place, and the row that made the last of them full.
    expect(ahead).toBeLessThanOrEqual(at * 4 * 10 + 1);
  });

  it('makes smaller bodies where many are under way', async () => {
    const row = 'x'.repeat(100_000);
    expect((await watch(150, row, 1, 100)).largest).toBeGreaterThan(BODY_LIMIT / 2);
    const many = await watch(600, row, 64, 100);
    expect(many.largest * 64).toBeLessThanOrEqual(50_000_000);
    expect(many.most).toBe(64);
  });
});

describe('the sample for a guess at the cause', () => {
  it('is small, of all rows and not the first ones, and the same every time', () => {
    const take = () => {
      const sample = new Sample();
      for (let start = 0; start < 10_000; start += 100) {
        const rows = Array.from({ length: 100 }, (_, at) => [start + at]);
        const columns = new Map([['y', { width: 1, values: rows.flat() }]]);
        const field = { field: 'predictions', output: 'y', role: 'value' } as const;
        const expected = { fields: [field], columns, shapes: null, leftOut: [] };
        sample.add(bareBatch(start, rows), expected, { predictions: rows.flat() }, [{ ...field, why: '' }]);
      }
      return sample;
    };
    const { instances, fields } = take();
    expect(instances).toHaveLength(128);
    expect(take().instances).toEqual(instances);
    const late = (instances as number[][]).filter(([value = 0]) => value >= 5_000);
    expect(late.length).toBeGreaterThan(32);
    // What was expected and answered stays beside its row.
    expect(fields.get('predictions')).toMatchObject({ expected: instances, actual: instances });
  });
});
