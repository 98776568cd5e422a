/** Every verdict keeps what is promised, in states of an endpoint that no scenario leads to. */
import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../../src/deployment/verdict.ts';
import { product } from '../../deployment/product.ts';
import { drawn, wrongAt } from '../../deployment/promised/drawn.ts';
import { breaking } from '../../deployment/promised/promises.ts';
import { misjudging } from '../../deployment/promised/looked.ts';
import { isHidden } from '../../deployment/promised/view.ts';
import { walk, wrongOn, type Question } from '../../deployment/promised/walked.ts';

const SEEDS = 6000;
const seeds = Array.from({ length: SEEDS }, (_, at) => at + 1);

it(`keeps every promise in ${SEEDS} looks that are drawn`, () => {
  const wrong = seeds.flatMap((seed) => wrongAt(seed).map((what) => `${seed}: ${what}`));
  expect(wrong).toEqual([]);
});

const decided = seeds.map((seed) => {
  const asked = drawn(seed);
  return { asked, verdict: product.next(asked.goal, asked.seen, asked.memory, asked.traits) };
});

it('meets every kind of step, wait and end there', () => {
  const kinds = new Set(decided.map(({ verdict }) => kindOf(verdict)));
  expect([...kinds].toSorted()).toMatchInlineSnapshot(`
    [
      "abort-shift",
      "ask",
      "close",
      "drop-candidate",
      "end-scaling",
      "ends: contended",
      "ends: denied",
      "ends: discarded",
      "ends: failed",
      "ends: needs-human",
      "ends: not-as-asked",
      "ends: nothing-to-go-back-to",
      "ends: outdated",
      "ends: overtaken",
      "ends: refused",
      "ends: replaced",
      "ends: rolled-back",
      "ends: staged",
      "ends: tidied",
      "ends: unchanged",
      "ends: went-back",
      "ends: withdrawn",
      "gives up: contended",
      "gives up: denied",
      "gives up: failed",
      "gives up: no-candidate",
      "gives up: outdated",
      "gives up: refused",
      "gives up: replaced",
      "gives up: rolled-back",
      "gives up: withdrawn",
      "guard",
      "keep-candidate",
      "looks",
      "make-version",
      "note",
      "open",
      "restore-scaling",
      "retire-version",
      "set-count",
      "set-scaling",
      "set-scaling-aside",
      "shift",
      "start-candidate",
      "unguard",
      "unmark",
      "waits for bake",
      "waits for candidate",
      "waits for move",
      "waits for seen",
    ]
  `);
});

const WALKS = 1000;
const walks = Array.from({ length: WALKS }, (_, at) => at + 1);

it(`keeps every promise on the way of ${WALKS} runs, whatever they have looked at by then`, () => {
  const wrong = walks.flatMap((seed) => wrongOn(seed).map((what) => `${seed}: ${what}`));
  expect(wrong).toEqual([]);
});

describe('on its way', () => {
  const met: { readonly question: Question; readonly verdict: Verdict }[] = [];
  for (const seed of walks)
    walk(seed, (question) => {
      const { goal, seen, memory, traits } = question.asked;
      const verdict = product.next(goal, seen, memory, traits);
      met.push({ question, verdict });
      return verdict;
    });

  it('comes to the ends that no look by itself leads to', () => {
    const ends = new Set(met.map(({ verdict }) => ('end' in verdict ? verdict.end.kind : '')));
    expect([...ends]).toEqual(expect.arrayContaining(['serves', 'overtaken', 'gone', 'not-as-asked']));
  });

  it.each<[string, (verdict: Verdict, question: Question) => Verdict | null]>([
    [
      'a look is skipped that a step depends on',
      (verdict) =>
        'look' in verdict && verdict.look === 'serving' ? { do: { kind: 'close', of: '' } } : null,
    ],
    [
      'a look is for nothing',
      (verdict, { asked }) => (asked.goal.kind === 'stage' && 'do' in verdict ? { look: 'guards' } : null),
    ],
    [
      'nobody need see what everything depends on',
      (verdict) => ('look' in verdict && verdict.look === 'versions' ? { ...verdict, optional: true } : null),
    ],
    [
      'who may not look goes on',
      (verdict, { denied }) => (denied !== null && 'end' in verdict ? { end: { kind: 'gone' } } : null),
    ],
  ])('finds that %s', (_, spoil) => {
    const spoiled = met.flatMap(({ question, verdict }) => {
      const other = isHidden(question.whole) ? null : spoil(verdict, question);
      return other === null ? [] : [{ question, other }];
    });
    expect(spoiled.length).toBeGreaterThan(20);
    const missed = spoiled.filter(
      ({ question: { asked, whole, denied }, other }) => misjudging(other, asked, whole, denied).length === 0,
    );
    expect(missed).toEqual([]);
  });
});

it.each<[string, (verdict: Verdict) => Verdict | null]>([
  ['a step is left out', (verdict) => ('do' in verdict ? { end: { kind: 'gone' } } : null)],
  ['a step is bound to nothing', (verdict) => ('do' in verdict ? without(verdict) : null)],
  [
    'another version is meant',
    (verdict) => ('do' in verdict ? { ...verdict, do: { ...verdict.do, of: 'v7' } } : null),
  ],
  ['it waits for ever', (verdict) => ('wait' in verdict ? { wait: { ...verdict.wait, until: 1e12 } } : null)],
  [
    'it says that it serves',
    (verdict) => ('turn' in verdict ? { end: { kind: 'serves', changed: true } } : null),
  ],
])('finds that %s', (_, spoil) => {
  // What comes of a look that is denied is for the exploration.
  const seen = decided.filter(({ asked }) => !isHidden(asked.seen));
  const spoiled = seen.flatMap(({ asked, verdict }) => {
    const other = spoil(verdict);
    return other === null ? [] : [breaking(other, asked)];
  });
  expect(spoiled.length).toBeGreaterThan(50);
  expect(spoiled.filter((wrong) => wrong.length === 0)).toEqual([]);
});

function kindOf(verdict: Verdict): string {
  if ('do' in verdict) return verdict.do.kind;
  if ('wait' in verdict) return `waits for ${verdict.wait.for}`;
  if ('look' in verdict) return 'looks';
  return 'turn' in verdict ? `gives up: ${verdict.turn.why.kind}` : `ends: ${verdict.end.kind}`;
}

/** Or, of a step that needs none, bound to something. */
function without(verdict: Extract<Verdict, { readonly do: unknown }>): Verdict {
  const { basis, ...bare } = verdict.do;
  const other = { etag: '9', state: 'mixed', version: null, towards: null } as const;
  return { ...verdict, do: basis === undefined ? { ...bare, basis: other } : bare };
}
