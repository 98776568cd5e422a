/** Looks at what may be somebody else's: what may not be looked at is nothing that we may touch, and no reason to fail. */
import { isDenied } from '../../clouds/aws/errors.ts';

/** @returns null if the look is denied */
export async function unlessDenied<T>(
  look: () => Promise<T>,
  denied: (error: unknown) => void = () => undefined,
): Promise<T | null> {
  try {
    return await look();
  } catch (error) {
    if (!isDenied(error)) throw error;
    denied(error);
    return null;
  }
}
