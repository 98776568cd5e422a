import { describe, expect, it } from 'vitest';
import { bindBack, bindDiscard, bindServe, bindStage, type AskedBack } from '../../../src/deployment/bind.ts';
import type { Serving } from '../../../src/deployment/observed.ts';
import { LIVE, version } from '../../deployment/scenarios.ts';
import { fakePlan } from '../../fakes/plan.ts';

const VERSIONS = [
  version('v2', false),
  version('aaaaaaaa11111111', true),
  version('aaaaaaaa22222222', true),
  version('bbbbbbbb33333333', true, { verified: true }),
];
const [, { version: one }, { version: two }, { version: three }] = VERSIONS as [
  (typeof VERSIONS)[0],
  (typeof VERSIONS)[0],
  (typeof VERSIONS)[0],
  (typeof VERSIONS)[0],
];
const QUIET: Serving = { ...LIVE.serving, version: one };
const moving = (towards: string): Serving => ({ ...QUIET, state: 'moving', towards });

function back(serving: Serving, more: Partial<AskedBack> = {}, run = 'r') {
  const asked = { endpoint: 'churn', place: 'here', from: null, to: null, last: null, ...more };
  return bindBack(asked, serving, VERSIONS, { run });
}

describe('where a rollback goes', () => {
  it('is from what serves to the newest verified version before it', () => {
    expect(back(QUIET)).toEqual([{ from: one, to: three }]);
  });

  it('is to the version that is named, by its first characters or its last', () => {
    expect(back(QUIET, { to: two })).toEqual([{ from: one, to: two }]);
    expect(back(QUIET, { to: 'bbbbbbbb' })).toEqual([{ from: one, to: three }]);
    expect(back(QUIET, { to: '22222222' })).toEqual([{ from: one, to: two }]);
  });

  it('is nowhere if the name is too short, or means two versions', () => {
    for (const to of ['bbbbbbb', '3333333', 'b', 'aaaaaaaa', 'cccccccc'])
      expect(() => back(QUIET, { to })).toThrow(`churn has no version "${to}"; it has `);
  });

  it('leaves nothing if what is named serves already', () => {
    expect(back(QUIET, { to: one })).toEqual([{ from: '', to: one }]);
    expect(back(QUIET, { to: one, from: two })).toEqual([{ from: two, to: one }]);
  });

  it('undoes a move that is in progress, and goes on from there to an older version', () => {
    expect(back(moving('v2'))).toEqual([{ from: 'v2', to: one }]);
    expect(back(moving('v2'), { from: 'v2' })).toEqual([{ from: 'v2', to: one }]);
    expect(back(moving('v2'), { to: one })).toEqual([{ from: 'v2', to: one }]);
    expect(back(moving('v2'), { to: two })).toEqual([
      { from: 'v2', to: one },
      { from: one, to: two },
    ]);
  });

  it('leaves a move alone that leads to what is asked for, or from what is to be left', () => {
    expect(back(moving(two), { to: two })).toEqual([{ from: one, to: two }]);
    expect(back(moving('v2'), { from: one })).toEqual([{ from: one, to: three }]);
  });

  it('follows the way back that is in progress, and none that was over before', () => {
    const last = { run: 'x', from: one, to: two };
    expect(back(moving(two), { last })).toEqual([last]);
    expect(back(moving(two), { last, from: one, to: two })).toEqual([last]);
    expect(back(moving(two), { last, from: two })).toEqual([{ from: two, to: one }]);
    expect(back(moving(two), { last: { ...last, from: three } })).toEqual([{ from: two, to: one }]);
    expect(back(moving('v2'), { last })).toEqual([{ from: 'v2', to: one }]);
  });

  it('is the same again for the same run, and goes further for another one', () => {
    const last = { run: 'r', from: one, to: two };
    const there = { ...QUIET, version: two };
    expect(back(there, { last })).toEqual([{ from: one, to: two }]);
    expect(back(QUIET, { last })).toEqual([{ from: one, to: two }]);
    expect(back(there, { last }, 'other')).toEqual([{ from: two, to: three }]);
    // What it went to is there no more, or something else has been deployed since.
    expect(back(QUIET, { last: { ...last, to: 'gone' } })).toEqual([{ from: one, to: three }]);
    expect(back({ ...QUIET, version: 'v2' }, { last })).toEqual([{ from: 'v2', to: three }]);
  });

  it('is to what serves most where the platform could not undo a move', () => {
    const mixed: Serving = { ...QUIET, state: 'mixed' };
    expect(back(mixed)).toEqual([{ from: one, to: one }]);
    expect(back(mixed, { to: two })).toEqual([{ from: one, to: two }]);
  });

  it('is refused if another version serves than the one to leave, but for one that was gone back from', () => {
    expect(() => back(QUIET, { from: 'v2' })).toThrow('"v2" does not serve churn');
    expect(() => back(QUIET, { from: 'v2', to: two })).toThrow('"v2" does not serve churn');
    expect(back({ ...QUIET, version: three }, { from: one })).toEqual([{ from: one, to: three }]);
  });

  it('is refused if nothing serves, or nothing is known to have served before', () => {
    const nothing = { ...QUIET, version: null };
    expect(() => back({ ...nothing, state: 'absent' })).toThrow('There is no endpoint churn here.');
    expect(() => back({ ...nothing, state: 'broken' })).toThrow('churn serves nothing');
    expect(() => back({ ...QUIET, version: three })).toThrow('There is nothing to roll churn back to');
  });
});

describe('what a plan is bound to', () => {
  const move = { guarded: true, otherMachines: false, scaling: 'set' } as const;
  const plan = fakePlan({ base: 'v1' }, { version: 'v2', candidate: 'c2' });

  it('is its version, its base and what approvers saw', () => {
    const shared = { version: 'v2', base: 'v1', withdrawn: false };
    const run = { run: 'r', keep: 2 };
    expect(bindServe(plan, 'c2', move, run)).toEqual({
      ...{ kind: 'serve', candidate: 'c2' },
      ...{ ...shared, ...move, ...run },
    });
    expect(bindStage(plan, 'c2', 7)).toEqual({ kind: 'stage', candidate: 'c2', until: 7, ...shared });
    expect(bindDiscard(plan)).toEqual({ kind: 'without-candidate', candidate: 'c2', version: 'v2' });
  });
});
