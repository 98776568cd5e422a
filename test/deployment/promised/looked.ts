/**
 * What a run may decide before it has looked at everything: a look that something depends on, or what is right whatever the
 * rest is. The loop of the product looks at one facet after the other, and each look is a call that somebody may be denied.
 */
import type { Serve } from '../../../src/deployment/goal.ts';
import type { Facet, Observed, Serving } from '../../../src/deployment/observed.ts';
import type { Verdict } from '../../../src/deployment/verdict.ts';
import { breaking, mistakenFor, unneeded } from './promises.ts';
import { isPassing, viewOf, type Asked, type View } from './view.ts';
import { wantedBy } from './wanted.ts';

/**
 * @param asked with what was looked at so far
 * @param whole with all there is to see; what was not looked at is as new as can be
 * @param denied what was needed a moment ago, and may not be looked at
 */
export function misjudging(
  verdict: Verdict,
  asked: Asked,
  whole: Observed,
  denied: Facet | null = null,
): readonly string[] {
  const known = denied === null ? undefined : asked.seen.facets[denied];
  if (known !== undefined && 'denied' in known) return mistakenFor(verdict, known.denied, asked);
  const all = { ...asked, seen: whole };
  if ('look' in verdict && asked.seen.facets[verdict.look] === undefined)
    return needlessly(verdict.look, verdict.optional === true, all, viewOf(asked.seen)?.serving);
  const blind = 'do' in verdict ? unneeded(verdict.do, asked) : [];
  return [...blind, ...breaking(verdict, all)];
}

function needlessly(
  facet: Facet,
  isOptional: boolean,
  asked: Asked,
  serving: Serving | undefined,
): readonly string[] {
  const view = viewOf(asked.seen);
  if (view === null || serving === undefined) return [];
  return [
    ...(isNeeded(facet, asked, view) ? [] : [`it looks at ${facet} for nothing`]),
    ...(isOptional === isGoodToKnow(facet, asked, serving)
      ? []
      : [`${facet} is ${isOptional ? '' : 'not '}optional`]),
  ];
}

/** Nothing is moved yet, and nothing is on its way. */
function isBefore({ version }: Serve, serving: Serving): boolean {
  return !isPassing(serving) && serving.rollout === undefined && serving.version !== version;
}

function isNeeded(facet: Facet, asked: Asked, view: View): boolean {
  const { goal } = asked;
  const { serving } = view;
  const { kind } = goal;
  switch (facet) {
    case 'users':
      // Whoever else has a version is asked for, where it would go if nobody had, and at the end of an endpoint.
      if (kind === 'gone') return true;
      return wantedBy(asked, { ...view, users: [] }).some(({ step }) => step.kind === 'retire-version');
    case 'watch':
      return kind === 'serve' && (goal.rollout?.bakeMs ?? 0) > 0;
    case 'guards':
      if (kind === 'stage' || kind === 'without-candidate') return false;
      if (kind === 'give-up') return goal.run !== '';
      if (kind !== 'serve') return true;
      if (isPassing(serving)) return serving.towards === goal.version && serving.guards.length > 0;
      return !isBefore(goal, serving) || goal.guarded;
    case 'scaling':
      if (kind === 'stage' || kind === 'without-candidate' || kind === 'gone') return false;
      return kind !== 'serve' || serving.state === 'mixed' || !isBefore(goal, serving) || goal.otherMachines;
    case 'candidates':
      return kind !== 'serve' || !isBefore(goal, serving) || goal.candidate !== null;
    case 'serving':
    case 'versions':
      return true;
  }
}

/** Whoever may not see it goes on all the same. */
function isGoodToKnow(facet: Facet, { goal }: Asked, serving: Serving): boolean {
  const isMoving = goal.kind === 'serve' && isBefore(goal, serving);
  switch (facet) {
    case 'users':
      return true;
    case 'guards':
      return !isMoving;
    case 'candidates':
      return goal.kind === 'give-up' || goal.kind === 'go-back' || (goal.kind === 'serve' && !isMoving);
    case 'scaling':
      return goal.kind === 'give-up';
    case 'serving':
    case 'versions':
    case 'watch':
      return false;
  }
}
