import type { AwsClients } from '../../clouds/aws/clients.ts';
import type { SageMakerTargetOptions } from './options.ts';
import { Reads } from './reads.ts';

/** What one operation works with. */
export interface Session {
  readonly reads: Reads;
  readonly clients: AwsClients;
  readonly options: SageMakerTargetOptions;
}

export function openSession(options: SageMakerTargetOptions): Session {
  return { reads: new Reads(options.clients), clients: options.clients, options };
}
