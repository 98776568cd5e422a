import type { GoogleSignIn } from '../../core/google-environment.ts';
import type { Clock, Logger } from '../../core/ports.ts';

/** What a store in Cloud Storage needs: how the job signs in, and who waits. */
export interface GcsOptions extends Omit<GoogleSignIn, 'clock'> {
  readonly clock: Pick<Clock, 'now' | 'monotonic' | 'sleep'>;
  readonly log?: Pick<Logger, 'info' | 'debug'>;
}
