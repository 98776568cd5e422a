/**
 * One judge for every mode that reads an issue: looks at it as a whole, and says whether the request has ended. Nothing is
 * approved on one look alone: the issue may change between two requests to the platform.
 */
import { loginKey } from '../../core/approval/approvers.ts';
import {
  decide,
  wasEdited,
  type Decision,
  type GateComment,
  type GateRequest,
} from '../../core/approval/decide.ts';
import type { GateHost } from '../../core/approval/gate-host.ts';
import {
  closedAgainst,
  closingsOf,
  successor,
  whyVoid,
  withHistory,
  withoutLate,
  type Look,
  type Shown,
} from '../../core/approval/look.ts';
import { verdictOf } from '../../core/approval/words.ts';
import type { End } from './finish.ts';
import type { People } from './people.ts';

/** A request that is to be judged. */
export interface Case {
  readonly number: number;
  readonly shown: Shown;
  readonly request: GateRequest;
  readonly people: People;
  /** A comment as it was when it started the run, whatever became of it; null if none did. */
  readonly told: GateComment | null;
  /** Whether this run took the request before, and its account closed the issue. */
  readonly isTaken: boolean;
}

export interface Pending {
  readonly kind: 'pending';
  readonly decision: Decision;
  /** The comment that started the run is gone or was edited, and its author may decide. */
  readonly held: boolean;
}

/** How often a look is taken again that the issue has changed under. */
const MOST_LOOKS = 4;

/** Null if the issue no longer exists. */
export async function lookAt(number: number, host: GateHost): Promise<Look | null> {
  let before = '';
  for (let looks = 1; ; looks++) {
    const issue = await host.issue(number);
    if (issue === null) return null;
    const read = await host.comments(number, issue.createdAt);
    const history = await host.history(number);
    if (history === null) return null;
    const ids = JSON.stringify([read.map(({ id }) => id).sort(), [...history.comments].sort()]);
    const isWhole = read.length === history.comments.size && read.every(({ id }) => history.comments.has(id));
    // Lists that differ in the same way twice do so for another reason than a comment in between.
    if (isWhole || ids === before || looks >= MOST_LOOKS) {
      return { issue, comments: withHistory(read, history), history };
    }
    before = ids;
  }
}

/** Before an approval holds, a second look must find the same: whatever came in between then counts. */
export async function judge(subject: Case, host: GateHost): Promise<End | Pending> {
  const first = await judgeOnce(subject, host);
  return first.kind === 'approved' ? judgeOnce(subject, host) : first;
}

async function judgeOnce(subject: Case, host: GateHost): Promise<End | Pending> {
  const { number, shown, request, people, told, isTaken } = subject;
  const look = await lookAt(number, host);
  if (look === null) {
    return { kind: 'void', why: 'the issue was deleted, transferred, or converted to a discussion' };
  }
  const closings = closingsOf(look, isTaken ? shown.author : null);
  const comments = withoutLate(withTold(look.comments, told, request), closings[0], request.words);
  const decision = await decideNow(request, people, comments);
  if (decision.status === 'denied') return { kind: 'denied', votes: decision.denials };
  const newer = successor(shown.author, look.comments);
  if (newer !== null) return { kind: 'superseded', by: newer };
  const names = people.approvers.map(({ login }) => login);
  const why = whyVoid(shown, look, names);
  if (why !== null) return { kind: 'void', why };
  const held = isHeld(told, look, names);
  const isApproved = decision.status === 'approved' && !held;
  const closing = isApproved ? closedAgainst(closings, decision.approvals) : closings[0];
  if (closing !== undefined) {
    const takesBack = decision.approvals.some(({ login }) => loginKey(login) === loginKey(closing.by));
    return { kind: 'closed', by: closing.by, takesBack };
  }
  if (isApproved) return { kind: 'approved', votes: decision.approvals };
  return { kind: 'pending', decision, held };
}

/** A denial counts as it was said, even if it was edited or deleted since; an approval does not. */
function withTold(
  comments: readonly GateComment[],
  told: GateComment | null,
  { words }: GateRequest,
): readonly GateComment[] {
  if (told === null || verdictOf(told.body, words) !== 'deny') return comments;
  return [...comments.filter(({ id }) => id !== told.id), told];
}

function isHeld(told: GateComment | null, { comments }: Look, approvers: readonly string[]): boolean {
  if (told === null || !approvers.some((login) => loginKey(login) === loginKey(told.author))) return false;
  const now = comments.find(({ id }) => id === told.id);
  const changed = now === undefined || wasEdited(now) || now.body !== told.body;
  const later = comments.some(
    ({ id, author, createdAt }) =>
      id !== told.id &&
      loginKey(author) === loginKey(told.author) &&
      Date.parse(createdAt) > Date.parse(told.createdAt),
  );
  return changed && !later;
}

/** Before an approval holds, everybody who gave one is looked up again. */
async function decideNow(
  request: GateRequest,
  people: People,
  comments: readonly GateComment[],
): Promise<Decision> {
  const { approvers, accounts } = people;
  const first = decide(request, { approvers, accounts }, comments);
  if (first.approvals.length === 0 || first.status === 'denied') return first;
  const lost = await people.lost(first.approvals.map(({ login }) => login));
  return lost.length === 0 ? first : decide(request, { approvers, accounts, lost }, comments);
}
