import { describe, expect, it } from 'vitest';
import { LIVE, SPLIT } from '../../../deployment/scenarios.ts';
import {
  readMarker,
  sayShares,
  servingOf,
  sharesOf,
  writeMarker,
} from '../../../../src/deployment/rollout/marker.ts';

const MARKER = {
  from: '0123456789abcdef',
  to: 'fedcba9876543210',
  percent: 10,
  at: 1_800_000_000_000,
  until: 1_800_003_600_000,
};

describe('a marker', () => {
  it('is read as it was written, and fits into a label', () => {
    const text = writeMarker(MARKER);
    expect(readMarker(text)).toEqual(MARKER);
    expect(text).toMatch(/^[a-z0-9_-]{1,63}$/);
  });

  it('does not say that a step began earlier than it did', () => {
    expect(readMarker(writeMarker({ ...MARKER, at: 1_800_000_000_001 }))?.at).toBe(1_800_000_001_000);
  });

  it('is nothing that somebody else wrote, and refuses names that it could not read again', () => {
    expect(readMarker('managed by terraform')).toBeNull();
    expect(readMarker('')).toBeNull();
    expect(() => writeMarker({ ...MARKER, to: 'v_2' })).toThrow('cannot be the marker of a rollout');
  });
});

describe('servingOf', () => {
  const marker = { from: 'v1', to: 'v2', percent: 10, at: 1, until: 2 };
  const rollout = { percent: 10, at: 1, until: 2 };

  it('tells a rollout of ours from shares that somebody else has set', () => {
    const shares = sharesOf('v1', 'v2', 10);
    expect(servingOf(shares, marker)).toEqual({ state: 'shifting', version: 'v1', towards: 'v2', rollout });
    expect(servingOf(shares, null)).toEqual({ state: 'mixed', version: 'v1', towards: null });
    expect(servingOf(sharesOf('v1', 'v2', 30), marker).state).toBe('mixed');
    expect(servingOf([...shares, { version: 'v3', percent: 1 }], marker).state).toBe('mixed');
  });

  it('is a rollout until the marker of the last step is gone', () => {
    const all = sharesOf('v1', 'v2', 100);
    expect(all).toEqual([{ version: 'v2', percent: 100 }]);
    expect(servingOf(all, { ...marker, percent: 100 })).toMatchObject({ state: 'shifting', version: 'v1' });
    expect(servingOf(all, null)).toEqual({ state: 'serving', version: 'v2', towards: null });
  });

  it('does not believe a marker that somebody else has left behind', () => {
    expect(servingOf([{ version: 'v1', percent: 100 }], marker)).toMatchObject({
      state: 'serving',
      version: 'v1',
    });
  });

  it('serves nothing where no version gets a request', () => {
    expect(servingOf([{ version: 'v1', percent: 0 }], null).state).toBe('broken');
  });
});

describe('sayShares', () => {
  it('says what is left of a rollout, and how it ends', () => {
    const { serving } = SPLIT;
    const rollout = { percent: 10, at: 0, until: Date.parse('2026-01-02T03:04:05Z') };
    const ends =
      'Run the same command to continue, or rollback to end it. After 2026-01-02 03:04 UTC the command reap ends it.';
    expect(sayShares({ ...serving, rollout })).toBe(`v2 gets 10 % of the requests, v1 the rest. ${ends}`);
    expect(sayShares({ ...serving, rollout: { ...rollout, percent: 100 } })).toBe(
      `v2 gets 100 % of the requests. ${ends}`,
    );
    expect(sayShares(LIVE.serving)).toBeNull();
  });
});
