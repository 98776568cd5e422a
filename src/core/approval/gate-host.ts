/** What the gate needs from the platform that holds the request and its comments. */
import { UpstreamError } from '../errors.ts';
import type { TeamRef } from './approvers.ts';
import type { GateComment } from './decide.ts';
import type { IssueHistory } from './issue-history.ts';

/** What a person may do in the repository; `unknown` where the platform does not know the person as a collaborator. */
export type Access = 'unknown' | 'none' | 'read' | 'write' | 'admin';

export interface IssueDraft {
  readonly title: string;
  readonly body: string;
  readonly assignees: readonly string[];
  readonly labels: readonly string[];
}

export interface OpenedIssue {
  readonly number: number;
  readonly url: string;
  readonly createdAt: string;
  /** Login under which the token acts. */
  readonly author: string;
  /** Both as they were stored. */
  readonly title: string;
  readonly body: string;
}

export interface IssueState {
  readonly open: boolean;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly url: string;
  readonly title: string;
  readonly body: string;
  readonly author: string;
  readonly closedBy: string;
  /** ISO 8601; '' while it is open. */
  readonly closedAt: string;
  /** Changes with every comment. */
  readonly updatedAt: string;
  /** How many comments there are. */
  readonly comments: number;
}

export interface IssueSummary {
  readonly number: number;
  readonly author: string;
  readonly body: string;
}

/** An account of the platform: a name can be given to somebody else, the number cannot. */
export interface Account {
  readonly id: number;
  /** GitHub's account type: `User`, `Bot`, `Organization`. */
  readonly type: string;
}

/** @throws UserError, UpstreamError, TransientError (try again later) or CancelledError, each method alike. */
export interface GateHost {
  /** Every member, over all pages. @throws UserError if the token cannot read the team, or there is none. */
  teamMembers(team: TeamRef): Promise<readonly string[]>;
  /** Whether the membership is active. */
  isTeamMember(team: TeamRef, login: string): Promise<boolean>;
  /** Null if nobody has this name. */
  account(login: string): Promise<Account | null>;
  access(login: string): Promise<Access>;
  open(draft: IssueDraft): Promise<OpenedIssue>;
  /** Null if it no longer exists: deleted, transferred to another repository, or made a discussion. */
  issue(number: number): Promise<IssueState | null>;
  /** Null as with `issue`. */
  history(number: number): Promise<IssueHistory | null>;
  /** Every comment since then, over all pages. */
  comments(number: number, since: string): Promise<readonly GateComment[]>;
  /** Open issues that were touched since then, over all pages. */
  openIssues(since: string): Promise<readonly IssueSummary[]>;
  /** Writes a comment; given as it was stored. */
  comment(number: number, body: string): Promise<GateComment>;
  close(number: number, reason: 'completed' | 'not_planned'): Promise<void>;
}

/** The platform is busy or down for a moment; says nothing about the request. */
export class TransientError extends UpstreamError {
  /** How long it asked us to wait, in milliseconds; null if it did not say. */
  readonly retryAfterMs: number | null;
  /** Whether the call was refused (a rate limit), so it is certain not to have been carried out. */
  readonly refused: boolean;

  constructor(
    system: string,
    message: string,
    options: { cause?: unknown; retryAfterMs: number | null; refused?: boolean },
  ) {
    super(system, message, { cause: options.cause });
    this.retryAfterMs = options.retryAfterMs;
    this.refused = options.refused ?? false;
  }
}
