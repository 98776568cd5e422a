import type { PlatformHost, TargetWishes } from '../../core/platform.ts';
import type { DeploymentTarget } from '../../core/targets.ts';

export const TARGET = 'terraform';
/** Read by Terraform by itself, before the files of `var-files`. */
export const VARIABLES_FILE = 'ml-deploy.auto.tfvars.json';

export interface Wanted {
  /** Absolute. */
  readonly directory: string;
  readonly varFiles: readonly string[];
  readonly backendConfig: readonly string[];
  readonly workspace: string;
  readonly lockTimeout: string;
  readonly allowDestroy: readonly string[];
  readonly keepVersions: number;
  /** The container's variables, with their values. */
  readonly environment: ReadonlyMap<string, string>;
}

export interface TerraformTargetOptions {
  readonly wanted: Wanted;
  /** Who serves the models. */
  readonly platform: DeploymentTarget;
  /** null if nothing is to be started: the variables are written, and that is all. */
  readonly terraform: Terraform | null;
  readonly host: Pick<PlatformHost, 'clock' | 'signal' | 'log' | 'redactor' | 'context'> & {
    readonly settings: Pick<PlatformHost['settings'], 'event'>;
  };
}

export type Group = NonNullable<TargetWishes['group']>;

export interface TerraformState {
  /** A random id that only readers of the state have; null if there is no state yet. */
  readonly lineage: string | null;
  /** Of `terraform show -json`. */
  readonly json: unknown;
  /** Type and settings of the backend, as `init` noted them; null for a local state. */
  readonly backend: unknown;
  /** sha256 of .terraform.lock.hcl; null if there is none. */
  readonly lockFile: string | null;
}

export interface SavedPlan {
  /** Of `terraform show -json`. */
  readonly json: string;
  /** Holds every secret of the plan in clear, so it stays in memory until it is applied. */
  readonly file: Uint8Array;
}

export interface Applied {
  readonly ok: boolean;
  /** What Terraform said went wrong; '' if nothing did. */
  readonly errors: string;
}

/** Each method @throws UpstreamError with what it said, CancelledError if the run was cancelled. */
export interface Program {
  version(): Promise<string>;
  init(): Promise<void>;
  state(): Promise<TerraformState>;
  plan(): Promise<SavedPlan>;
  /** Applies exactly this plan. */
  apply(plan: SavedPlan): Promise<Applied>;
}

export interface Terraform extends Program {
  /** Waits for what a run that was cancelled left running, and says in sentences how it ended. */
  settle(): Promise<readonly string[]>;
}
