/** What a call that changes something came to, in the engine's words. */
import { AwsFailure, isDenied, isMissing } from '../../clouds/aws/errors.ts';
import type { Performed } from '../../deployment/memory.ts';
import type { Facet } from '../../deployment/observed.ts';
import { isLost } from './reads.ts';

export const done = (...touches: Facet[]): Performed => ({ is: 'done', touches });
/** One call of several. */
export const again = (...touches: Facet[]): Performed => ({ is: 'again', touches });

/** @throws whatever is no answer of AWS, or may pass by itself */
export async function performing(make: () => Promise<Performed>): Promise<Performed> {
  try {
    return await make();
  } catch (error) {
    if (isLost(error)) return { is: 'lost' };
    if (isMissing(error)) return { is: 'missing' };
    if (isDenied(error) && error instanceof Error) return { is: 'denied', permission: error.message };
    if (error instanceof AwsFailure && error.kind === 'refused')
      return { is: 'refused', cause: error.message };
    throw error;
  }
}
