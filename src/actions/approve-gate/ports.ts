import type { GateComment } from '../../core/approval/decide.ts';
import type { ApprovalHost } from '../../core/approval/deployment-host.ts';
import type { Ports } from '../../core/ports.ts';
import type { OutputsOf } from '../../core/spec/action-spec.ts';
import type { spec } from './spec.ts';

export type Output = OutputsOf<typeof spec>;

/** The issue, and the comment on it, that started a run. */
export interface CommentEvent {
  readonly issue: number;
  readonly isPullRequest: boolean;
  /** As it was when it was written, deleted or edited (then: before the edit); null if the issue itself changed. */
  readonly comment: GateComment | null;
}

export interface GatePorts extends Ports<Output> {
  /** Connects to GitHub; null if there is no token. */
  readonly connect: (() => Promise<ApprovalHost>) | null;
  /** Milliseconds between two looks, instead of poll-seconds; null to use poll-seconds. */
  readonly pollMs: number | null;
  /** What started the run; null if it was no comment. */
  readonly event: () => Promise<CommentEvent | null>;
  /** What the post step needs to know, kept from the moment it is true. */
  readonly remember: { opened(issue: number): void; ended(): void };
}

/** Connected: both the bare host, and one that tries again if GitHub is only busy. */
export interface Connected extends GatePorts {
  readonly host: ApprovalHost;
  readonly bareHost: ApprovalHost;
}
