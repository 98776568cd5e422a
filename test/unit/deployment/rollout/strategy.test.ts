import { describe, expect, it } from 'vitest';
import type { Strategy } from '../../../../src/documents/plan.ts';
import { holdOf, rolloutOf } from '../../../../src/deployment/rollout/strategy.ts';
import { LIMITS } from '../../../deployment/scenarios.ts';

const of = (type: Strategy['type'], stepPercent: number | null, bakeMinutes = 5) =>
  rolloutOf({ type, stepPercent, bakeMinutes, alarms: [] }, { lateMs: 60_000, limits: LIMITS });

describe('rolloutOf', () => {
  it.each([
    ['all-at-once', null, [100]],
    ['canary', 10, [10, 100]],
    ['canary', 100, [100]],
    ['linear', 25, [25, 50, 75, 100]],
    ['linear', 30, [30, 60, 90, 100]],
  ] as const)('%s of %s %%', (type, size, steps) => {
    expect(of(type, size)).toEqual({ steps, bakeMs: 300_000, lateMs: 60_000, limits: LIMITS });
  });

  it('has no steps without a size, and none that replace machines', () => {
    expect(() => of('linear', null)).toThrow('needs a step of 1 to 100 %, not null');
    expect(() => of('canary', 0)).toThrow('not 0');
    expect(() => of('rolling', 50)).toThrow('"rolling" shifts no requests');
  });
});

describe('a canary in several steps', () => {
  const canary = (stepPercent: number, ...laterPercents: number[]) =>
    rolloutOf(
      { type: 'canary', stepPercent, laterPercents, bakeMinutes: 5, alarms: [] },
      { lateMs: 0, limits: LIMITS },
    ).steps;

  it('gives the new version each share, and then all', () => {
    expect(canary(10, 50)).toEqual([10, 50, 100]);
    expect(canary(1, 5, 25, 99)).toEqual([1, 5, 25, 99, 100]);
  });

  it.each([
    [50, 10],
    [10, 10],
    [10, 100],
  ])('does not go from %i to %i', (first, second) => {
    expect(() => canary(first, second)).toThrow('do not rise');
  });
});

it('keeps a marker for longer than the step is watched', () => {
  expect(holdOf(of('canary', 10))).toBe(300_000 + 60_000 + 3_600_000);
});
