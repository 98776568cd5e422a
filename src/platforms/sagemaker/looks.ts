/** Reads what may be somebody else's: what we may not read, we may not touch either, and that is no reason to fail. */
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
