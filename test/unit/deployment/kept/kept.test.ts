/** What platforms remember that keep their versions side by side. */
import { describe, expect, it } from 'vitest';
import { NO_NOTES, notedBy, readNotes, writeNotes } from '../../../../src/deployment/kept/notes.ts';
import {
  aborted,
  arrived,
  hasArrived,
  inFront,
  NEVER,
  runText,
  shifted,
} from '../../../../src/deployment/kept/served.ts';
import { inTurn, turnOf, type KeptVersion } from '../../../../src/deployment/kept/versions.ts';
import { readMarker } from '../../../../src/deployment/rollout/marker.ts';

const NOW = new Date('2026-01-02T03:04:05.000Z');
const BACK = { run: '7', from: '2', to: '1' };
const [FROM, TO] = [
  { name: '1', id: 'v1' },
  { name: '2', id: 'v2' },
];
const shift = (more: { percent?: number; holdMs?: number }, back: string | null = null) =>
  shifted(
    { versions: ['3', '2', '1'], back: BACK, marker: 'old' },
    { step: { kind: 'shift', of: 'v2', ...more }, from: FROM, to: TO, now: NOW, back },
  );

describe('the versions that have served', () => {
  it('begin with the one that served last, each once', () => {
    expect(inFront('1', ['3', '2', '1'])).toEqual(['1', '3', '2']);
    expect(inFront('4', ['3'])).toEqual(['4', '3']);
    expect(inFront('', ['3'])).toEqual(['3']);
  });

  it('change with a move: what is left goes before all others, and what is reached before that', () => {
    expect(shift({ percent: 100 })).toEqual({ versions: ['2', '1', '3'], back: BACK, marker: '' });
    expect(shift({})).toEqual({ versions: ['2', '1', '3'], back: BACK, marker: '' });
  });

  it('do not have the new one before its rollout has arrived, which is marked meanwhile', () => {
    for (const percent of [10, 100]) {
      const { versions, marker } = shift({ percent, holdMs: 60_000 });
      expect(versions).toEqual(['1', '3', '2']);
      const at = NOW.getTime();
      expect(readMarker(marker)).toEqual({ from: 'v1', to: 'v2', percent, at, until: at + 60_000 });
    }
    expect(arrived({ ...NEVER, versions: ['1'], marker: 'x' }, '2')).toEqual({
      ...NEVER,
      versions: ['2', '1'],
    });
  });

  it('stay as they are where a rollout is undone', () => {
    const before = { versions: ['1'], back: BACK, marker: 'x' };
    expect(aborted(before, '2', '1', null)).toEqual({ ...before, marker: '' });
    expect(aborted(before, '5', '1', '8')).toEqual({
      versions: ['1'],
      back: { run: '8', from: '5', to: '1' },
      marker: '',
    });
  });

  it('remember the last way back until there is another one', () => {
    expect(shift({ percent: 100 }, '9').back).toEqual({ run: '9', from: '1', to: '2' });
  });
});

it('is over with a rollout when all requests are moved to its version, and not before', () => {
  const marker = { from: 'v1', to: 'v2', percent: 100, at: 0, until: 1 };
  expect(hasArrived(marker, 'v2')).toBe(true);
  expect(hasArrived(marker, 'v1')).toBe(false);
  expect(hasArrived({ ...marker, percent: 99 }, 'v2')).toBe(false);
  expect(hasArrived(null, 'v2')).toBe(false);
});

it('writes the name of a run with what a list of names can hold', () => {
  expect(runText('a b/c:d,e_f.g-1')).toBe('a-b-c-d-e_f.g-1');
  expect(runText('9'.repeat(50))).toHaveLength(40);
});

describe('notes of a version', () => {
  it('are read as they were written', () => {
    for (const notes of [
      NO_NOTES,
      { ...NO_NOTES, verified: true },
      { verified: true, withdrawn: true, withdrawnAt: NOW.toISOString(), release: 'sha256:12' },
    ])
      expect(readNotes(writeNotes(notes))).toEqual(notes);
    expect(readNotes(undefined)).toEqual(NO_NOTES);
  });

  it('take back that it is verified where it is rolled back from, and do not give that again', () => {
    const withdrawn = notedBy({ ...NO_NOTES, verified: true, release: 'r' }, 'withdrawn', NOW);
    expect(withdrawn).toEqual({
      verified: false,
      withdrawn: true,
      withdrawnAt: NOW.toISOString(),
      release: 'r',
    });
    expect(notedBy(withdrawn, 'reinstated', NOW)).toEqual({ ...withdrawn, withdrawn: false });
  });
});

describe('versions in their turn', () => {
  const kept = (id: string, turn: number, madeAt: number): KeptVersion => ({
    id,
    made: null,
    notes: NO_NOTES,
    referenceUrl: null,
    turn,
    madeAt,
    imageDigest: null,
    isWhole: true,
  });
  const shown = (versions: readonly KeptVersion[]) => versions.map(({ id, madeAt }) => `${id} ${madeAt}`);

  it('are those that never served, and then the others, the last one first', () => {
    const some = [kept('c', 2, 9), kept('d', Infinity, 8), kept('a', 0, 7), kept('b', 1, 6)];
    expect(shown(inTurn(some))).toEqual(['d 8', 'a 7', 'b 6', 'c 9']);
  });

  it('are named once: of two with the same content the one that served last', () => {
    const twice = [kept('a', 3, 9), kept('b', 1, 8), kept('a', 0, 7)];
    expect(shown(inTurn(twice))).toEqual(['a 7', 'b 8']);
  });

  it('begin with what serves, whoever let it, and have no place for what never did', () => {
    expect(turnOf('5', ['3', '5'], '5')).toBe(0);
    expect(turnOf('9', ['3', '5'], '9')).toBe(0);
    expect(turnOf('5', ['3', '5'], '3')).toBe(1);
    expect(turnOf('9', ['3', '5'], '3')).toBe(Infinity);
  });
});
