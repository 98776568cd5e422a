/** What carrying out a plan will do: the same decisions, on a platform that does what it is told. */
import type { Plan } from '../documents/plan.ts';
import { bindServe, bindStage, type Run } from './bind.ts';
import { accept, settle } from './effects.ts';
import { isAnswer, valueOf, type Facet, type Known, type Observed } from './observed.ts';
import { forecast, NOTHING, type PlanLine } from './plan.ts';
import type { Operation } from './port.ts';
import type { Traits } from './traits.ts';
import type { Step } from './verdict.ts';

export interface Foreseen {
  readonly lines: readonly PlanLine[];
  /** Why it is not known what could be removed; null if it is. */
  readonly unknown: string | null;
}

export interface Foreseeing extends Run {
  readonly operation: Operation;
  readonly traits: Traits;
  /** Milliseconds. */
  readonly now: number;
}

/** @param plan with everything but its steps */
export async function foresee(plan: Plan, options: Foreseeing): Promise<Foreseen> {
  const { operation, now } = options;
  const look = async <F extends Facet>(facet: F) => ({ [facet]: await operation.look(facet) });
  let facets: Observed['facets'] = {
    ...(await look('serving')),
    ...(await look('versions')),
    ...(await look('candidates')),
    ...(await look('guards')),
    ...(await look('scaling')),
  };
  const first = await linesOf(plan, { now, facets }, options);
  // Who else uses a version is asked for the whole account, and only if one would be removed.
  if (first.every(({ step }) => step.kind !== 'retire-version')) return { lines: first, unknown: null };
  facets = { ...facets, ...(await look('users')) };
  const { users } = facets;
  return {
    lines: await linesOf(plan, { now, facets }, options),
    unknown: users !== undefined && !isAnswer(users) ? users.denied : null,
  };
}

async function linesOf(
  plan: Plan,
  seen: Observed,
  { operation, traits, run, keep }: Foreseeing,
): Promise<readonly PlanLine[]> {
  const { version, base, candidate } = plan;
  const serving = valueOf(seen, 'serving');
  if (serving === undefined) return [];
  const move = await operation.moveTo(version, serving);
  if (candidate === null || base === version)
    return forecast(bindServe(plan, null, move, { run, keep }), seen, traits).lines;
  const staging = forecast(bindStage(plan, candidate, 0), seen, traits).lines;
  const staged = staging.reduce((now, { step }) => after(now, step), seen);
  return [...staging, ...forecast(bindServe(plan, candidate, move, { run, keep }), staged, traits).lines];
}

/** What would be seen after a step that was carried out. */
function after(seen: Observed, step: Step): Observed {
  const versions = valueOf(seen, 'versions');
  const candidates = valueOf(seen, 'candidates');
  if (versions === undefined || candidates === undefined) return seen;
  const believed = settle(accept({ ...NOTHING, versions, candidates }, step, seen.now));
  const known = <T>(value: T): Known<T> => ({ at: seen.now, value });
  const { versions: made, candidates: started } = believed;
  return { ...seen, facets: { ...seen.facets, versions: known(made), candidates: known(started) } };
}
