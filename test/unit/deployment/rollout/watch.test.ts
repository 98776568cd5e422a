import { describe, expect, it } from 'vitest';
import {
  atLeast,
  judge,
  NOTHING_SEEN,
  sayWatched,
  type Limits,
  type Sample,
  type Watch,
} from '../../../../src/deployment/rollout/watch.ts';

const LIMITS: Limits = { fewest: 20, moreErrors: 0.01, slower: 2 };
const sample = (requests: number, errors = 0, p95Ms: number | null = null): Sample => ({
  requests,
  errors,
  p95Ms,
});
const judged = (more: Partial<Watch>, limits: Partial<Limits> = {}) =>
  judge({ ...NOTHING_SEEN, ...more }, { ...LIMITS, ...limits });

describe('judge', () => {
  it('takes a version for good that fails no more than the old one', () => {
    expect(judged({ to: sample(100), from: sample(900) })).toEqual({ is: 'good' });
    expect(judged({ to: sample(1000, 10), from: sample(9000, 90) })).toEqual({ is: 'good' });
  });

  it('finds a version that fails half of its requests after a few of them', () => {
    expect(judged({ to: sample(10, 5), from: sample(90) })).toEqual({
      is: 'bad',
      found: {
        is: 'errors',
        says: 'With the new version 5 of 10 requests failed, with the old version 0 of 90.',
      },
    });
  });

  it('does not take one failure in a few requests for a proof, nor what the old version does as well', () => {
    expect(judged({ to: sample(40, 1), from: sample(90) })).toEqual({ is: 'good' });
    expect(judged({ to: sample(100, 50), from: sample(900, 450) })).toEqual({ is: 'good' });
  });

  it('measures against nothing where the old version takes no requests any more', () => {
    expect(judged({ to: sample(100, 20) })).toMatchObject({
      found: { says: 'With the new version 20 of 100 requests failed, with the old version no request.' },
    });
  });

  it('is not green for want of requests, and says which of them were our own', () => {
    expect(judged({ to: sample(19), from: sample(900) })).toEqual({ is: 'few' });
    expect(judged({ to: sample(20), from: sample(900) })).toEqual({ is: 'good' });
    const own = { requests: 20, failed: 0 };
    expect(judged({ own })).toEqual({ is: 'good' });
    expect(sayWatched({ ...NOTHING_SEEN, own, to: sample(25), from: sample(180, 1) })).toBe(
      'The new version: 25 requests, 20 of them synthetic, 0 of 25 failed. The old version: 180 requests, 1 failed.',
    );
  });

  it('counts failures of our own requests before the platform does', () => {
    expect(judged({ own: { requests: 20, failed: 20 } })).toMatchObject({
      is: 'bad',
      found: { is: 'errors' },
    });
  });

  it('heeds alarms before anything else', () => {
    expect(judged({ to: sample(10, 5), alarms: ['p95', 'errors'] })).toEqual({
      is: 'bad',
      found: { is: 'alarm', says: 'In alarm: p95, errors.' },
    });
  });

  it('compares times only where both versions had enough requests and the plan asks for it', () => {
    const slow = { to: sample(100, 0, 900), from: sample(900, 0, 300) };
    expect(judged(slow)).toEqual({
      is: 'bad',
      found: {
        is: 'latency',
        says: '95 % of the requests took up to 900 ms with the new version and 300 ms with the old one.',
      },
    });
    expect(judged(slow, { slower: null }).is).toBe('good');
    expect(judged(slow, { slower: 3 }).is).toBe('good');
    expect(judged({ ...slow, from: sample(19, 0, 300) }).is).toBe('good');
    expect(judged({ ...slow, from: sample(900) }).is).toBe('good');
  });
});

describe('atLeast', () => {
  it.each([
    // https://www.itl.nist.gov/div898/handbook/prc/section2/prc241.htm, with z = 1.645
    [0, 0, 0],
    [0, 50, 0],
    [5, 10, 0.269],
    [50, 100, 0.419],
    [100, 100, 0.974],
  ])('%i of %i', (failed, requests, expected) => {
    expect(atLeast(failed, requests)).toBeCloseTo(expected, 3);
  });
});
