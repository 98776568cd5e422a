import type { AzureSignIn } from '../../core/azure-environment.ts';
import type { Clock, Logger } from '../../core/ports.ts';

/** What a store in Azure Blob needs: how the job signs in, and who waits. */
export interface AzureBlobOptions extends Omit<AzureSignIn, 'clock'> {
  readonly clock: Pick<Clock, 'now' | 'monotonic' | 'sleep'>;
  readonly log?: Pick<Logger, 'info' | 'debug'>;
}
