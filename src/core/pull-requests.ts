/** What the comment on a pull request needs from the platform, and the event that it starts from. */
import type { GateComment } from './approval/decide.ts';

/** The run that a workflow on `workflow_run` is about; all of it is what GitHub says, nothing what the run made. */
export interface FinishedRun {
  readonly id: number;
  readonly url: string;
  /** success, failure, cancelled, … */
  readonly conclusion: string;
  /** The commit that it ran on. */
  readonly commit: string;
  readonly branch: string;
  /** `owner/name` of the repository that the commit is in: another one for a fork. */
  readonly repository: string;
}

export interface PullRequest {
  readonly number: number;
  /** The commit at its head. */
  readonly commit: string;
  /** `owner/name` of the repository that its branch is in; '' if that was deleted. */
  readonly repository: string;
}

/** @throws UserError, UpstreamError */
export interface PullRequestHost {
  /** Open pull requests from this branch of a repository of `owner`. */
  pullRequests(owner: string, branch: string): Promise<readonly PullRequest[]>;
  comments(pullRequest: number): Promise<readonly GateComment[]>;
  addComment(pullRequest: number, body: string): Promise<GateComment>;
  changeComment(comment: number, body: string): Promise<GateComment>;
}
