/** What a call that changes something came to, in the engine's words. */
import type { Performed } from './memory.ts';
import type { Facet } from './observed.ts';

export const done = (...touches: Facet[]): Performed => ({ is: 'done', touches });
/** One call of several. */
export const again = (...touches: Facet[]): Performed => ({ is: 'again', touches });

/** What a cloud's errors mean. */
export interface Meaning {
  /** Somebody else was faster, or a change is under way: what was decided has to be decided anew. */
  readonly isLost: (error: unknown) => boolean;
  readonly isMissing: (error: unknown) => boolean;
  readonly isDenied: (error: unknown) => boolean;
  readonly isRefused: (error: unknown) => boolean;
}

/** @throws whatever is no answer of the cloud, or may pass by itself */
export async function performing(
  { isLost, isMissing, isDenied, isRefused }: Meaning,
  make: () => Promise<Performed>,
): Promise<Performed> {
  try {
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
