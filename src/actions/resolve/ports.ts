import type { DeploymentHost } from '../../core/approval/deployment-host.ts';
import type { Config } from '../../core/config/config-file.ts';
import type { Ports } from '../../core/ports.ts';
import type { FinishedRun, PullRequestHost } from '../../core/pull-requests.ts';
import type { OutputsOf } from '../../core/spec/action-spec.ts';
import type { ArtifactStore } from '../../core/stores.ts';
import type { spec } from './spec.ts';

export type WorkflowHost = Pick<DeploymentHost, 'deployments'> & PullRequestHost;

export interface ResolvePorts extends Ports<OutputsOf<typeof spec>> {
  /** ml-deploy.yml; null if there is none. */
  readonly readConfig: () => Promise<Config | null>;
  /** The address of a sample of that file. */
  readonly sampleUrl: string;
  readonly openStore: (url: string) => Promise<ArtifactStore>;
  /** Connects to GitHub; null if there is no token. */
  readonly connect: (() => Promise<WorkflowHost>) | null;
  /** The issue whose comment started the run; null if it was none. */
  readonly event: () => Promise<{ readonly issue: number; readonly isPullRequest: boolean } | null>;
  /** The run whose end started this one; null if it was none. */
  readonly finishedRun: () => Promise<FinishedRun | null>;
}
