import type { ArtifactStore } from '../../core/stores.ts';
import type { AwsClients } from '../../clouds/aws/clients.ts';
import type { CloudTargetOptions } from '../../deployment/target-options.ts';

export interface SageMakerTargetOptions extends CloudTargetOptions {
  readonly clients: AwsClients;
  /** The only account that this may run in; null if any may be. */
  readonly account: string | null;
  /** Whether the environment has approvers. */
  readonly hasApprovers?: boolean;
  /** For notes about versions beside their archives, which survive that somebody strips the tags. */
  readonly openStore: (url: string) => Promise<ArtifactStore>;
  /** For how long a change may not be seen at most, in milliseconds; absent if SageMaker itself answers. */
  readonly longestLagMs?: number;
  /** How long the credentials last from the moment they are requested, in seconds; null if nobody says. */
  readonly sessionSeconds: number | null;
  /** The endpoint that this run is about: it is looked at right away, while everything else is still being found. */
  readonly startWith?: string;
  /** What every request to an endpoint carries, if somebody asks for it. */
  readonly requests?: {
    /** The production variant; null: as the endpoint shares out its traffic. */
    readonly variant: string | null;
    /** The beginning of every InferenceId, which marks the requests in data capture: such as the run's id. */
    readonly mark: string;
  };
}

export const TARGET = 'sagemaker';
export const DEFAULT_POLL_MS = 15_000;
