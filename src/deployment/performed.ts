/** What a call that changes something came to, as drivers say it. */
import type { Clock } from '../core/ports.ts';
import type { Performed } from './memory.ts';
import { holds, type Facet, type Facets, type Known, type Serving } from './observed.ts';
import type { Step, StepKind } from './verdict.ts';

export const done = (...touches: Facet[]): Performed => ({ is: 'done', touches });
/** One call of several. */
export const again = (...touches: Facet[]): Performed => ({ is: 'again', touches });

/** What a platform reads for each facet. */
export type Looks = { readonly [F in Facet]: () => Promise<Facets[F]> };

/** A look with the time of its answer; that nobody may look is an answer, too. */
export async function known<F extends Facet>(
  facet: F,
  looks: Looks,
  isDenied: (error: unknown) => boolean,
  clock: Pick<Clock, 'now'>,
): Promise<Known<Facets[F]>> {
  const at = () => clock.now().getTime();
  try {
    const value = await looks[facet]();
    return { at: at(), value };
  } catch (error) {
    if (isDenied(error) && error instanceof Error) return { at: at(), denied: error.message };
    throw error;
  }
}

/** What a platform makes of each kind of step that it has a use for. */
export type Steps<At> = Readonly<Partial<Record<StepKind, (step: Step, at: At) => Promise<Performed>>>>;

/** @throws TypeError for a kind of step that the platform has no use for: no goal asks for it there */
export function carrying<At>(title: string, steps: Steps<At>): (step: Step, at: At) => Promise<Performed> {
  return (step, at) => {
    const carry = steps[step.kind];
    if (carry === undefined) throw new TypeError(`${title} has no step "${step.kind}".`);
    return carry(step, at);
  };
}

/** What a cloud's errors mean. */
export interface Meaning {
  /** Somebody else was faster, or a change is in progress: what was decided has to be decided anew. */
  readonly isLost: (error: unknown) => boolean;
  readonly isMissing: (error: unknown) => boolean;
  readonly isDenied: (error: unknown) => boolean;
  readonly isRefused: (error: unknown) => boolean;
}

/**
 * What the step was decided on is compared immediately before.
 * @param serving reads what serves, as far as a step can be decided on it
 * @throws whatever is not an answer of the cloud, or may pass by itself
 */
export async function performing(
  { basis }: Step,
  serving: () => Promise<Serving>,
  { isLost, isMissing, isDenied, isRefused }: Meaning,
  make: () => Promise<Performed>,
): Promise<Performed> {
  try {
    if (basis !== undefined && !holds(basis, await serving())) return { is: 'lost' };
    return await make();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (isLost(error)) return { is: 'lost' };
    if (isMissing(error)) return { is: 'missing' };
    if (isDenied(error)) return { is: 'denied', permission: error.message };
    if (isRefused(error)) return { is: 'refused', cause: error.message };
    throw error;
  }
}
