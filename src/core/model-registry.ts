/** A registry of models with versions that somebody approves, such as SageMaker's. */
import type { RunContext } from './ports.ts';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateModelPackageGroup.html */
export function isGroupName(text: string): boolean {
  return text.length <= 63 && /^[a-zA-Z0-9](-*[a-zA-Z0-9])*$/.test(text);
}

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
  /** Of the group, if it is made. */
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

/** A version in a registry, as far as a deployment has to know it. */
export interface ModelPackage {
  readonly arn: string;
  /** Such as `Approved`. */
  readonly approval: string;
  /** How many containers serve it; the rest is of the only one. */
  readonly containers: number;
  /** URL of the archive, or of the folder of files (ending in a slash). */
  readonly url: string | null;
  /** By digest if the registry knows it. */
  readonly image: string | null;
  readonly environment: ReadonlyMap<string, string>;
}

export interface ModelRegistry {
  /** Makes the group if it is missing. @throws UserError, UpstreamError */
  register(model: ModelToRegister): Promise<RegisteredModel>;
}
