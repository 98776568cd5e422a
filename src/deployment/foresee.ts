/** What carrying out a plan will do: the same decisions, on a platform that does what it is told. */
import type { Clock } from '../core/ports.ts';
import type { Plan } from '../documents/plan.ts';
import { bindServe, bindStage, type Run } from './bind.ts';
import { accept, settle } from './effects.ts';
import { isAnswer, valueOf, type Facet, type Known, type Observed } from './observed.ts';
import { asFarAsSeen, forecast, NOTHING, type PlanLine } from './plan.ts';
import type { Operation } from './port.ts';
import type { Traits } from './traits.ts';
import type { Step } from './verdict.ts';

export interface Foreseen {
  readonly lines: readonly PlanLine[];
  /** Why it is not known what could be removed; null if it is. */
  readonly unknown: string | null;
}

/** Of whoever makes a plan. */
export interface Planning {
  readonly clock: Clock;
  /** Outside a workflow run: ''. */
  readonly context: { readonly runId: string };
  readonly keepVersions: number;
}

interface Foreseeing extends Run {
  readonly operation: Operation;
  readonly traits: Traits;
}

/** @param plan with everything but its steps */
export async function foresee(
  plan: Plan,
  operation: Operation,
  traits: Traits,
  { clock, context, keepVersions: keep }: Planning,
): Promise<Foreseen> {
  const now = clock.now().getTime();
  const options = { operation, traits, run: context.runId || 'planned', keep };
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
  const denied = [facets.users, facets.candidates].find((known) => known && !isAnswer<unknown>(known));
  return {
    lines: await linesOf(plan, { now, facets }, options),
    unknown: denied !== undefined && 'denied' in denied ? denied.denied : null,
  };
}

async function linesOf(
  plan: Plan,
  seen: Observed,
  { operation, traits, run, keep }: Foreseeing,
): Promise<readonly PlanLine[]> {
  const { version, base, candidate } = plan;
  const live = valueOf(seen, 'serving');
  if (live === undefined) return [];
  const move = await operation.moveTo(version, live);
  if (candidate === null || base === version)
    return forecast(bindServe(plan, null, move, { run, keep }), seen, traits).lines;
  const staging = forecast(bindStage(plan, candidate, 0), seen, traits).lines;
  const staged = staging.reduce((now, { step }) => after(now, step), seen);
  const serving = forecast(bindServe(plan, candidate, move, { run, keep }), staged, traits).lines;
  return [...staging, ...serving.map((line) => asFarAsSeen(line, seen))];
}

/** What would be seen after a step that was carried out. What may not be looked at is taken to be empty before it. */
function after(seen: Observed, step: Step): Observed {
  const versions = valueOf(seen, 'versions') ?? NOTHING.versions;
  const candidates = valueOf(seen, 'candidates') ?? NOTHING.candidates;
  const believed = settle(accept({ ...NOTHING, versions, candidates }, step, seen.now));
  const known = <T>(value: T): Known<T> => ({ at: seen.now, value });
  const { versions: made, candidates: started } = believed;
  return { ...seen, facets: { ...seen.facets, versions: known(made), candidates: known(started) } };
}
