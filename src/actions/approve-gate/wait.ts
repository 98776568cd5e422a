/** Waits for the decision. A platform that is down for a moment decides nothing. */
import { answerTo } from '../../core/approval/answers.ts';
import {
  decide,
  type Decision,
  type GateComment,
  type GateRequest,
  type Vote,
} from '../../core/approval/decide.ts';
import { TransientError, type GateHost, type OpenedIssue } from '../../core/approval/gate-host.ts';
import { supersededBy } from '../../core/approval/marker.ts';
import { poll } from '../../core/poll.ts';
import type { Clock, Logger } from '../../core/ports.ts';
import type { People } from './people.ts';

export type End =
  | { readonly kind: 'approved'; readonly votes: readonly Vote[] }
  | { readonly kind: 'denied'; readonly votes: readonly Vote[] }
  | { readonly kind: 'edited' }
  | { readonly kind: 'closed'; readonly by: string }
  | { readonly kind: 'superseded'; readonly by: number }
  | { readonly kind: 'timed-out' };

type Look =
  | End
  | { readonly kind: 'pending'; readonly approvals: number }
  | { readonly kind: 'unavailable'; readonly error: TransientError };

export interface WaitOptions {
  readonly host: GateHost;
  readonly issue: OpenedIssue;
  readonly request: GateRequest;
  readonly people: People;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly log: Logger;
}

/** Enough for honest mistakes; a flood of comments is only logged. */
const MOST_ANSWERS = 30;

/** @throws TransientError where GitHub cannot be reached until the time is over; CancelledError */
export async function waitForDecision(options: WaitOptions): Promise<End> {
  const { clock, signal, intervalMs, timeoutMs, log } = options;
  const deadline = clock.monotonic() + timeoutMs;
  const answered = new Set<number>();
  const { state } = await poll<Look>({
    check: () => look(options, answered).catch((error: unknown) => pause(error, options, deadline)),
    done: ({ kind }) => kind !== 'pending' && kind !== 'unavailable',
    key: (now) => (now.kind === 'pending' ? `pending ${now.approvals}` : now.kind),
    onChange: (now) => log.info(wording(now, options)),
    intervalMs,
    timeoutMs,
    clock,
    signal,
  });
  if (state.kind === 'unavailable') throw state.error;
  return state.kind === 'pending' ? { kind: 'timed-out' } : state;
}

/** Any error but a passing one ends the wait. */
async function pause(error: unknown, options: WaitOptions, deadline: number): Promise<Look> {
  if (!(error instanceof TransientError)) throw error;
  const { clock, signal } = options;
  const left = deadline - clock.monotonic();
  const asked = Math.min(error.retryAfterMs ?? 0, Math.max(0, left));
  if (asked > options.intervalMs) await clock.sleep(asked - options.intervalMs, signal);
  return { kind: 'unavailable', error };
}

async function look(options: WaitOptions, answered: Set<number>): Promise<Look> {
  const { host, issue } = options;
  const now = await host.issue(issue.number);
  const comments = await host.comments(issue.number, issue.createdAt);
  const newer = successor(issue, comments);
  if (newer !== null) return { kind: 'superseded', by: newer };
  if (plain(now.body) !== plain(issue.body)) return { kind: 'edited' };
  const decision = await decideNow(options, comments);
  if (decision.status === 'approved') return { kind: 'approved', votes: decision.approvals };
  if (decision.status === 'denied') return { kind: 'denied', votes: decision.denials };
  if (!now.open) return { kind: 'closed', by: now.closedBy };
  await answer(options, decision, answered);
  return { kind: 'pending', approvals: decision.approvals.length };
}

/** Only the account that opened this issue can say that another one replaces it. */
function successor(issue: OpenedIssue, comments: readonly GateComment[]): number | null {
  for (const { author, body } of comments) {
    const by = supersededBy(body);
    if (by !== null && author !== '' && author === issue.author) return by;
  }
  return null;
}

function plain(body: string): string {
  return body.replace(/\r\n/g, '\n').trim();
}

/** Before a decision holds, everybody who made it is looked up again. */
async function decideNow(options: WaitOptions, comments: readonly GateComment[]): Promise<Decision> {
  const { request, people } = options;
  const { approvers } = people;
  const first = decide(request, { approvers }, comments);
  if (first.status === 'pending') return first;
  const lost = await people.lost([...first.approvals, ...first.denials].map(({ login }) => login));
  return lost.length === 0 ? first : decide(request, { approvers, lost }, comments);
}

async function answer(options: WaitOptions, decision: Decision, answered: Set<number>): Promise<void> {
  for (const ignored of decision.ignored) {
    const { id, author } = ignored.comment;
    const text = answered.has(id) ? null : answerTo(ignored, options.request.minimumApprovals);
    if (text === null) continue;
    options.log.info(`A comment of ${author || 'a deleted account'} does not count: ${ignored.why}.`);
    if (answered.size < MOST_ANSWERS) await options.host.comment(options.issue.number, text);
    answered.add(id);
  }
}

function wording(now: Look, { request, issue }: WaitOptions): string {
  if (now.kind === 'unavailable') return `${now.error.message} Trying again.`;
  if (now.kind !== 'pending') return `The request has ended: ${now.kind}.`;
  return `Waiting for a decision on ${issue.url} (${now.approvals} of ${request.minimumApprovals} approvals).`;
}
