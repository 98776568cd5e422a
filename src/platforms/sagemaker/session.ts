import type { AwsClients } from '../../clouds/aws/clients.ts';
import type { SageMakerTargetOptions } from './options.ts';
import { Reads } from './reads.ts';

/** What one operation works with. */
export interface Session {
  /** Answers that are still true: whoever changes something, or looks again, begins with new ones (`lookAgain`). */
  reads: Reads;
  readonly clients: AwsClients;
  readonly options: SageMakerTargetOptions;
}

export function openSession(options: SageMakerTargetOptions): Session {
  return { reads: new Reads(options.clients), clients: options.clients, options };
}

/** What was read before is no longer used. */
export function lookAgain(session: Session): void {
  session.reads = session.reads.anew();
}
