import { describe, expect, it } from 'vitest';
import { LatencyTally, percentile } from '../../../../src/core/smoke/latency.ts';

describe('percentiles', () => {
  it('are nearest ranks', () => {
    // The worked example of https://en.wikipedia.org/wiki/Percentile#The_nearest-rank_method
    const values = [15, 20, 35, 40, 50];
    expect([5, 30, 40, 50, 100].map((percent) => percentile(values, percent))).toEqual([15, 20, 20, 35, 50]);
    expect(percentile([7], 1)).toBe(7);
    expect(percentile([], 50)).toBeNull();
  });

  it('are counted over what was answered, with failures beside them', () => {
    const tally = new LatencyTally();
    for (let ms = 100; ms >= 1; ms--) tally.answered(ms, ms > 50 ? ms / 2 : null);
    tally.retried(2);
    tally.retried(1);
    for (let at = 0; at < 11; at++) tally.failed('answered HTTP 500');
    tally.failed('gave no answer');
    expect(tally.result()).toMatchObject({
      requests: 112,
      failed: 12,
      errorRate: 12 / 112,
      n: 100,
      p50: 50,
      p95: 95,
      p99: 99,
      min: 1,
      max: 100,
      failures: [
        { reason: 'answered HTTP 500', count: 11 },
        { reason: 'gave no answer', count: 1 },
      ],
      retries: 3,
      platform: { n: 50, p50: 37.5, p95: 49 },
    });
    const { curve } = tally.result();
    expect(curve[0]).toEqual({ percent: 0, ms: 1 });
    expect(curve).toContainEqual({ percent: 95, ms: 95 });
    expect(curve.at(-1)).toEqual({ percent: 100, ms: 100 });
  });

  it('know nothing where nothing was sent', () => {
    expect(new LatencyTally().result()).toMatchObject({
      errorRate: null,
      p50: null,
      min: null,
      max: null,
      n: 0,
    });
  });

  it('keep the reasons bounded', () => {
    const tally = new LatencyTally();
    for (let at = 0; at < 1000; at++) tally.failed(`answered HTTP 500: request ${at}`);
    const { failures } = tally.result();
    expect(failures).toHaveLength(21);
    expect(failures[0]).toEqual({ reason: 'failed in other ways', count: 980 });
  });
});
