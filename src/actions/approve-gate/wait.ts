/** Waits for the decision. A platform that is down for a moment decides nothing. */
import { reminder } from '../../core/approval/answers.ts';
import { teamName } from '../../core/approval/approvers.ts';
import type { Decision } from '../../core/approval/decide.ts';
import { TransientError, type GateHost, type IssueState } from '../../core/approval/gate-host.ts';
import { poll } from '../../core/poll.ts';
import type { Clock, Logger } from '../../core/ports.ts';
import { answerComments } from './answer.ts';
import { ending, type End } from './finish.ts';
import { judge, type Case, type Pending } from './judge.ts';
import type { People } from './people.ts';

type Look = End | Pending | { readonly kind: 'unavailable'; readonly error: TransientError };

export interface WaitOptions {
  readonly host: GateHost;
  readonly subject: Case;
  /** The issue, for people. */
  readonly url: string;
  /** Between two looks while there is news. */
  readonly intervalMs: number;
  readonly timeoutMs: number;
  /** How long before the end those who have not decided are called again; null for never. */
  readonly reminderMs: number | null;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly log: Logger;
}

/** So long without news, the looks become rarer, down to every fourth. */
const QUIET_MS = 10 * 60_000;
const RAREST = 4;
/** An issue that did not change has no new comments; in case that is wrong, they are read now and then all the same. */
const READ_ANYWAY = 10;

/** @throws TransientError if GitHub cannot be reached until the time is over; CancelledError */
export async function waitForDecision(options: WaitOptions): Promise<End> {
  const { clock, signal, timeoutMs, log } = options;
  const watch = new Watch(options);
  const { state } = await poll<Look>({
    check: () => watch.look().catch((error: unknown) => watch.pause(error)),
    done: ({ kind }) => kind !== 'pending' && kind !== 'unavailable',
    key: (now) => (now.kind === 'pending' ? `pending ${now.decision.approvals.length}` : now.kind),
    onChange: (now) => log.info(wording(now, options)),
    intervalMs: () => watch.interval(),
    timeoutMs,
    clock,
    signal,
  });
  if (state.kind === 'unavailable') throw state.error;
  return state.kind === 'pending' ? { kind: 'timed-out', minutes: timeoutMs / 60_000 } : state;
}

/** What is remembered from one look to the next. */
class Watch {
  readonly #options: WaitOptions;
  readonly #deadline: number;
  readonly #answered = new Set<number>();
  #newsAt: number;
  #last: { readonly stamp: string; readonly pending: Pending } | null = null;
  #unread = 0;
  #reminded = false;

  constructor(options: WaitOptions) {
    this.#options = options;
    this.#newsAt = options.clock.monotonic();
    this.#deadline = this.#newsAt + options.timeoutMs;
  }

  async look(): Promise<Look> {
    const { host, subject, log } = this.#options;
    const { number, request } = subject;
    await this.#remind();
    const now = await host.issue(number);
    if (now !== null && this.#isOldNews(now)) return this.#last?.pending ?? oops();
    const found = await judge(subject, host);
    if (found.kind !== 'pending') return found;
    const to = { issue: number, minimumApprovals: request.minimumApprovals, answered: this.#answered };
    await answerComments(found.decision.ignored, to, host, log);
    if (now !== null) this.#note(now, found);
    return found;
  }

  #isOldNews(now: IssueState): boolean {
    if (this.#last?.stamp !== stampOf(now)) return false;
    this.#unread = (this.#unread + 1) % READ_ANYWAY;
    return this.#unread !== 0;
  }

  #note(now: IssueState, pending: Pending): void {
    const stamp = stampOf(now);
    if (stamp !== this.#last?.stamp) this.#newsAt = this.#options.clock.monotonic();
    this.#last = { stamp, pending };
  }

  interval(): number {
    const { intervalMs, clock } = this.#options;
    const quiet = clock.monotonic() - this.#newsAt;
    return intervalMs * Math.min(RAREST, Math.max(1, quiet / QUIET_MS));
  }

  /** Any error but a passing one ends the wait. */
  async pause(error: unknown): Promise<Look> {
    if (!(error instanceof TransientError)) throw error;
    const { clock, signal } = this.#options;
    const left = this.#deadline - clock.monotonic();
    // "If no time is given, wait for at least one minute."
    const asked = Math.min(error.retryAfterMs ?? (error.refused ? 60_000 : 0), Math.max(0, left));
    if (asked > this.interval()) await clock.sleep(asked - this.interval(), signal);
    return { kind: 'unavailable', error };
  }

  async #remind(): Promise<void> {
    const { reminderMs, clock, host, subject } = this.#options;
    const { number, people } = subject;
    const left = this.#deadline - clock.monotonic();
    if (this.#reminded || reminderMs === null || left > reminderMs || left <= 0) return;
    this.#reminded = true;
    const text = reminder(undecided(people, this.#last?.pending.decision ?? null), Math.ceil(left / 60_000));
    await host.comment(number, text);
  }
}

function oops(): never {
  throw new TypeError('An issue without news was looked at before.');
}

function stampOf({ updatedAt, comments, open }: IssueState): string {
  return `${updatedAt} ${comments} ${open}`;
}

/** Named users, and teams as teams, without those who approved. */
export function undecided({ approvers }: People, decision: Decision | null): string[] {
  const voted = new Set((decision?.approvals ?? []).map(({ login }) => login.toLowerCase()));
  const left = approvers.filter(({ login }) => !voted.has(login.toLowerCase()));
  const users = left.filter(({ named }) => named).map(({ login }) => login);
  return [
    ...users,
    ...new Set(left.filter(({ named }) => !named).flatMap(({ teams }) => teams.map(teamName))),
  ];
}

function wording(now: Look, { subject, url }: WaitOptions): string {
  if (now.kind === 'unavailable') return `${now.error.message} Trying again.`;
  if (now.kind !== 'pending') return `The request ${url} has ended: ${ending(now)}.`;
  const { length } = now.decision.approvals;
  const needed = subject.request.minimumApprovals;
  return `Waiting for a decision on ${url} (${length} of ${needed} approvals).`;
}
