/** A registry of models with versions that somebody approves, such as SageMaker's. */
import type { RunContext } from './ports.ts';

export interface ModelToRegister {
  readonly group: string;
  /** The model digest: one digest is one version. */
  readonly digest: string;
  /** URL of the archive, or of the folder of files (ending in a slash). */
  readonly url: string;
  readonly compressed: boolean;
  readonly framework: string;
  readonly frameworkVersion: string | null;
  /** Of the release record. */
  readonly release: string;
  /** Of the group, where it is made. */
  readonly tags: ReadonlyMap<string, string> | null;
  readonly context: Pick<RunContext, 'repository' | 'commit' | 'actor' | 'runUrl'>;
}

export interface RegisteredModel {
  readonly arn: string;
  /** The group had this digest already. */
  readonly reused: boolean;
  /** Such as `PendingManualApproval`. */
  readonly approval: string;
}

export interface ModelRegistry {
  /** Makes the group where it is missing. @throws UserError, UpstreamError */
  register(model: ModelToRegister): Promise<RegisteredModel>;
}
