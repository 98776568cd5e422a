/** What the modes request, resume and environment need: a place for the request that nobody can edit afterwards. */
import type { GateHost } from './gate-host.ts';

/** https://docs.github.com/rest/deployments/statuses */
export type DeploymentState = 'queued' | 'in_progress' | 'success' | 'failure' | 'inactive';

export interface DeploymentDraft {
  /** The commit. */
  readonly ref: string;
  readonly task: string;
  readonly environment: string;
  readonly description: string;
  /** Cannot be changed once it is stored. */
  readonly payload: object;
}

export interface Deployment {
  readonly id: number;
  readonly task: string;
  readonly environment: string;
  readonly commit: string;
  /** Login that made it. */
  readonly creator: string;
  readonly createdAt: string;
  /** Whatever its creator put there: to be checked. */
  readonly payload: unknown;
}

export interface StatusDraft {
  readonly state: DeploymentState;
  readonly description: string;
  /** The run that this state comes from. */
  readonly logUrl: string;
  /** The endpoint; '' if there is none to link to. */
  readonly environmentUrl: string;
}

/** A state once stored: these are only ever added, never changed. */
export interface DeploymentStatus extends Omit<StatusDraft, 'state'> {
  readonly id: number;
  readonly state: string;
}

/** A review of a workflow run that waited for its environment. */
export interface EnvironmentReview {
  readonly login: string;
  readonly userType: string;
  readonly state: string;
  readonly comment: string;
  readonly environments: readonly string[];
}

/** @throws as GateHost does. */
export interface DeploymentHost {
  createDeployment(draft: DeploymentDraft): Promise<Deployment>;
  /** Those of the task (and environment, where one is given) that were made since then, newest first. */
  deployments(filter: {
    readonly task: string;
    readonly environment: string | null;
    readonly since: string;
  }): Promise<readonly Deployment[]>;
  /** Null if there is none with this number. */
  deployment(id: number): Promise<Deployment | null>;
  setStatus(id: number, status: StatusDraft): Promise<DeploymentStatus>;
  /** Every state, oldest first. */
  statuses(id: number): Promise<readonly DeploymentStatus[]>;
  reviews(runId: string): Promise<readonly EnvironmentReview[]>;
}

export type ApprovalHost = GateHost & DeploymentHost;
