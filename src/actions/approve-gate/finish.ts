/** How a request ends on its issue, and how that is said. */
import { closedHow, ends } from '../../core/approval/answers.ts';
import type { ApprovalHost } from '../../core/approval/deployment-host.ts';
import type { Vote } from '../../core/approval/decide.ts';
import { TransientError } from '../../core/approval/gate-host.ts';
import { minutes } from '../../core/approval/request-body.ts';
import { UpstreamError, UserError } from '../../core/errors.ts';
import type { GatePorts } from './ports.ts';

export type End =
  | { readonly kind: 'approved'; readonly votes: readonly Vote[] }
  | { readonly kind: 'denied'; readonly votes: readonly Vote[] }
  /** It is no longer certain what was to be approved. */
  | { readonly kind: 'void'; readonly why: string }
  | { readonly kind: 'closed'; readonly by: string; readonly takesBack: boolean }
  | { readonly kind: 'superseded'; readonly by: number }
  | { readonly kind: 'timed-out'; readonly minutes: number }
  | { readonly kind: 'expired'; readonly at: string };

export type Status = 'approved' | 'denied' | 'superseded' | 'timed-out';

export function statusOf({ kind }: End): Status {
  if (kind === 'approved' || kind === 'superseded') return kind;
  return kind === 'timed-out' || kind === 'expired' ? 'timed-out' : 'denied';
}

interface Issue {
  readonly number: number;
  readonly url: string;
}

/** The decision holds, whatever becomes of the issue; one that stays open is left to the post step. */
export async function finish(
  issue: Issue,
  comment: string,
  reason: 'completed' | 'not_planned',
  { host, log, remember }: GatePorts & { readonly host: ApprovalHost },
): Promise<void> {
  try {
    await host.comment(issue.number, comment);
    await host.close(issue.number, reason);
    remember.ended();
  } catch (error) {
    if (!(error instanceof TransientError)) throw error;
    log.warning(`${issue.url} could not be closed; the post step tries again. ${error.message}`);
  }
}

/** A request whose run ends by an error must not look as if it could still be approved. */
export async function closeAfterError(
  issue: Issue,
  ports: GatePorts & { readonly host: ApprovalHost },
): Promise<void> {
  try {
    await finish(issue, ends.failed(), 'not_planned', ports);
  } catch (error) {
    if (!(error instanceof UserError) && !(error instanceof UpstreamError)) throw error;
    ports.log.warning(`${issue.url} could not be closed; the post step tries again. ${error.message}`);
  }
}

/** How a request ended, as the rest of a sentence. */
export function ending(end: End): string {
  switch (end.kind) {
    case 'approved':
    case 'denied':
      return `${end.kind} by ${end.votes.map(({ login }) => login).join(', ')}`;
    case 'void':
      return `void: ${end.why}`;
    case 'closed':
      return `closed ${closedHow(end)}`;
    case 'superseded':
      return `replaced by the request #${end.by}`;
    case 'timed-out':
    case 'expired':
      return 'its time was over before a decision';
  }
}

/** The gate's last comment on the issue. */
export function lastWord(end: End): string {
  switch (end.kind) {
    case 'approved':
      return ends.approved(end.votes);
    case 'denied':
      return ends.denied(end.votes);
    case 'void':
      return ends.void(end.why);
    case 'closed':
      return ends.closed(end);
    case 'superseded':
      return ends.superseded(end.by);
    case 'timed-out':
      return ends['timed-out'](end.minutes);
    case 'expired':
      return ends.expired(end.at);
  }
}

/** The sentence that the step ends with. */
export function refusal(end: Exclude<End, { kind: 'approved' }>, { url }: Issue): string {
  switch (end.kind) {
    case 'denied':
      return `The plan was denied by ${end.votes.map(({ login }) => login).join(', ')} (${url}); nothing was changed.`;
    case 'void':
      return `The request ${url} is void: ${end.why}. Nothing was changed; make a new request.`;
    case 'closed':
      return `The request ${url} was closed${end.by ? ` by ${end.by}` : ''} ${closedHow(end)}; nothing was changed.`;
    case 'superseded':
      return `The request ${url} was replaced by a newer one, #${end.by}; decide there.`;
    case 'timed-out':
      return `Nobody decided on ${url} within ${minutes(end.minutes)}; run the workflow again, or raise timeout-minutes.`;
    case 'expired':
      return `The request ${url} ended at ${end.at} without a decision; ask again with a new request.`;
  }
}
