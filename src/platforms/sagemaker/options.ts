import type { Clock, Logger, RunContext } from '../../core/ports.ts';
import type { ArtifactStore } from '../../core/stores.ts';
import type { AwsClients } from '../../clouds/aws/clients.ts';

export interface SageMakerTargetOptions {
  readonly clients: AwsClients;
  /** The only account that this may run in; null if any may be. */
  readonly account: string | null;
  /** Whether an endpoint that ml-deploy did not make may be taken over. */
  readonly adopt: boolean;
  /** A teardown may remove an endpoint that was taken over. */
  readonly removesAdopted: boolean;
  /** Whether the environment has approvers. */
  readonly hasApprovers?: boolean;
  /** Values of the container's environment; the plan has their digests only. */
  readonly environment: ReadonlyMap<string, string>;
  /** What those digests are keyed with; null if they are not. */
  readonly environmentKey: string | null;
  /** Tags of the user, for every resource that is made. */
  readonly tags: ReadonlyMap<string, string>;
  readonly environmentName: string | null;
  readonly context: Pick<RunContext, 'repository' | 'commit' | 'runId'>;
  /** For notes about versions beside their archives, which survive that somebody strips the tags. */
  readonly openStore: (url: string) => Promise<ArtifactStore>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly log: Logger;
  /** For each wait. */
  readonly timeoutMs: number;
  /** Between two looks; null for the wait's own. */
  readonly pollMs: number | null;
  /** For how long a change may not be seen at most, in milliseconds; absent if SageMaker itself answers. */
  readonly longestLagMs?: number;
  /** How long the credentials last from the moment they are requested, in seconds; null if nobody says. */
  readonly sessionSeconds: number | null;
  readonly keepVersions: number;
  /** The endpoint that this run is about: it is looked at right away, while everything else is still being found. */
  readonly startWith?: string;
  /** What every request to an endpoint carries, where somebody asks for it. */
  readonly requests?: {
    /** The production variant; null: as the endpoint shares out its traffic. */
    readonly variant: string | null;
    /** The beginning of every InferenceId, which marks the requests in data capture: such as the run's id. */
    readonly mark: string;
  };
}

export const TARGET = 'sagemaker';
export const DEFAULT_POLL_MS = 15_000;
