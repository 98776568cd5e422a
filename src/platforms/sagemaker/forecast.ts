/** What carrying out a plan will do: the same decisions, on an account that does what it is told. */
import type { Plan } from '../../documents/plan.ts';
import { bindServe, bindStage } from '../../deployment/bind.ts';
import { accept, settle } from '../../deployment/effects.ts';
import { isAnswer, type Facet, type Known, type Observed } from '../../deployment/observed.ts';
import { forecast, NOTHING, type PlanLine } from '../../deployment/plan.ts';
import { SageMakerOperation, TRAITS } from './driver/operation.ts';
import type { SageMakerTargetOptions } from './options.ts';
import type { Session } from './session.ts';

export interface Forecast {
  readonly lines: readonly PlanLine[];
  /** Why it is not known what could be removed; null where it is. */
  readonly unknown: string | null;
}

/** @param plan with everything but its findings */
export async function forecastOf(plan: Plan, session: Session): Promise<Forecast> {
  const { options } = session;
  const operation = new SageMakerOperation(
    { endpoint: plan.endpoint, plan, command: 'plan' },
    options,
    session,
  );
  const look = async <F extends Facet>(facet: F) => ({ [facet]: await operation.look(facet) });
  let facets: Observed['facets'] = {
    ...(await look('serving')),
    ...(await look('versions')),
    ...(await look('candidates')),
    ...(await look('guards')),
    ...(await look('scaling')),
  };
  const lines = async () => {
    const now = options.clock.now().getTime();
    return linesOf(plan, { now, facets }, operation, options);
  };
  const first = await lines();
  // Who else uses a version is asked for the whole account, and only where one would be removed.
  if (first.every(({ step }) => step.kind !== 'retire-version')) return { lines: first, unknown: null };
  facets = { ...facets, ...(await look('users')) };
  const { users } = facets;
  return {
    lines: await lines(),
    unknown: users !== undefined && !isAnswer(users) ? users.denied : null,
  };
}

async function linesOf(
  plan: Plan,
  seen: Observed,
  operation: SageMakerOperation,
  options: SageMakerTargetOptions,
): Promise<readonly PlanLine[]> {
  const serving = valueIn(seen.facets.serving);
  if (serving === null) return [];
  const move = await operation.moveTo(plan.version, serving);
  const run = { run: options.context.runId || 'planned', keep: options.keepVersions };
  const isStaged = plan.candidate !== null && plan.base !== plan.version;
  if (plan.candidate === null || !isStaged)
    return forecast(bindServe(plan, null, move, run), seen, TRAITS).lines;
  const staging = forecast(bindStage(plan, plan.candidate, 0), seen, TRAITS).lines;
  const staged = staging.reduce((now, { step }) => after(now, step), seen);
  return [...staging, ...forecast(bindServe(plan, plan.candidate, move, run), staged, TRAITS).lines];
}

/** What would be seen after a step that was carried out. */
function after(seen: Observed, step: PlanLine['step']): Observed {
  const versions = valueIn(seen.facets.versions);
  const candidates = valueIn(seen.facets.candidates);
  if (versions === null || candidates === null) return seen;
  const believed = settle(accept({ ...NOTHING, versions, candidates }, step, seen.now));
  const known = <T>(value: T): Known<T> => ({ at: seen.now, value });
  const { versions: made, candidates: started } = believed;
  return { ...seen, facets: { ...seen.facets, versions: known(made), candidates: known(started) } };
}

function valueIn<T>(known: Known<T> | undefined): T | null {
  return known !== undefined && isAnswer(known) ? known.value : null;
}
