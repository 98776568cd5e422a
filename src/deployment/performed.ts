/** What a call that changes something came to, as drivers say it. */
import type { Performed } from './memory.ts';
import type { Facet, Known } from './observed.ts';

export const done = (...touches: Facet[]): Performed => ({ is: 'done', touches });
/** One call of several. */
export const again = (...touches: Facet[]): Performed => ({ is: 'again', touches });

/** A look with the time of its answer; that nobody may look is an answer, too. */
export async function known<T>(
  now: () => Date,
  isDenied: (error: unknown) => boolean,
  read: () => Promise<T>,
): Promise<Known<T>> {
  const at = () => now().getTime();
  try {
    const value = await read();
    return { at: at(), value };
  } catch (error) {
    if (isDenied(error) && error instanceof Error) return { at: at(), denied: error.message };
    throw error;
  }
}

/** What a cloud's errors mean. */
export interface Meaning {
  /** Somebody else was faster, or a change is in progress: what was decided has to be decided anew. */
  readonly isLost: (error: unknown) => boolean;
  readonly isMissing: (error: unknown) => boolean;
  readonly isDenied: (error: unknown) => boolean;
  readonly isRefused: (error: unknown) => boolean;
}

/** @throws whatever is not an answer of the cloud, or may pass by itself */
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
