/**
 * Decides a request from the comments on it. Pure: the same comments always give the same decision, whoever asks
 * (a step that waits, or a workflow that was started by a comment).
 */
import { loginKey } from './approvers.ts';
import { isOurs } from './marker.ts';
import { mentionsWord, verdictOf, type DecisionWords, type Verdict } from './words.ts';

export interface GateComment {
  readonly id: number;
  readonly author: string;
  /** GitHub's account type; only a `User` can approve. */
  readonly authorType: string;
  readonly body: string;
  /** ISO 8601, as the platform stamped them. */
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly url: string;
}

export interface GateRequest {
  /** When the request was made; no earlier comment counts. */
  readonly createdAt: string;
  readonly minimumApprovals: number;
  readonly words: DecisionWords;
  /** Logins that may not decide: those who started the run. */
  readonly excluded: readonly string[];
}

/** The people who may decide. */
export interface Standing {
  readonly approvers: readonly { readonly login: string }[];
  /** Approvers who have lost their access since; looked up when a decision is near. */
  readonly lost?: readonly string[];
}

export type Why =
  | 'edited'
  | 'bot'
  | 'too-old'
  | 'quoted'
  | 'in-code'
  | 'not-one-word'
  | 'talk'
  | 'initiator'
  | 'not-an-approver'
  | 'lost-access'
  | 'unclear'
  | 'said-again';

export interface Ignored {
  readonly comment: GateComment;
  readonly why: Why;
}

export interface Vote {
  readonly login: string;
  readonly at: string;
  readonly url: string;
  readonly commentId: number;
  /** The whole comment, which is one of the words. */
  readonly said: string;
}

export interface Decision {
  readonly status: 'approved' | 'denied' | 'pending';
  readonly approvals: readonly Vote[];
  readonly denials: readonly Vote[];
  readonly ignored: readonly Ignored[];
}

interface Counted {
  readonly comment: GateComment;
  readonly verdict: Verdict;
}

/**
 * Of each person the last word counts, so that whoever approves can take it back. One denial denies.
 * Whatever cannot be counted with certainty is ignored, with the reason.
 */
export function decide(request: GateRequest, standing: Standing, comments: readonly GateComment[]): Decision {
  const ignored: Ignored[] = [];
  const last = new Map<string, Counted>();
  for (const comment of inOrder(comments)) {
    if (isOurs(comment.body) && !wasEdited(comment)) continue;
    const person = loginKey(comment.author);
    const result = judge(request, standing, comment);
    const before = last.get(person);
    if ('verdict' in result) {
      if (before) ignored.push({ comment: before.comment, why: 'said-again' });
      last.set(person, { comment, verdict: result.verdict });
    } else {
      ignored.push({ comment, why: result.why });
      // Writers can edit other people's comments. What this person said last is not known any more.
      if (result.why === 'edited' && before?.verdict === 'approve') {
        ignored.push({ comment: before.comment, why: 'unclear' });
        last.delete(person);
      }
    }
  }
  const approvals = votes(last, 'approve');
  const denials = votes(last, 'deny');
  return { status: statusOf(request, approvals, denials), approvals, denials, ignored };
}

function statusOf(
  request: GateRequest,
  approvals: readonly Vote[],
  denials: readonly Vote[],
): Decision['status'] {
  if (denials.length > 0) return 'denied';
  // A quorum of none would approve by itself.
  return approvals.length >= Math.max(1, request.minimumApprovals) ? 'approved' : 'pending';
}

function judge(
  request: GateRequest,
  standing: Standing,
  comment: GateComment,
): { verdict: Verdict } | { why: Why } {
  if (wasEdited(comment)) return { why: 'edited' };
  if (isBot(comment)) return { why: 'bot' };
  if (!(Date.parse(comment.createdAt) >= Date.parse(request.createdAt))) return { why: 'too-old' };
  const verdict = verdictOf(comment.body, request.words);
  const approver = has(
    standing.approvers.map(({ login }) => login),
    comment.author,
  );
  if (verdict === null) return { why: shapeOf(comment.body, request.words, approver) };
  if (has(request.excluded, comment.author)) return { why: 'initiator' };
  if (!approver) return { why: 'not-an-approver' };
  if (has(standing.lost ?? [], comment.author)) return { why: 'lost-access' };
  return { verdict };
}

/**
 * GitHub stamps whole seconds, equal on a comment that was never touched. One millisecond is forgiven for servers that
 * stamp finer than that and write a new comment in two steps.
 */
function wasEdited(comment: GateComment): boolean {
  return !(Math.abs(Date.parse(comment.updatedAt) - Date.parse(comment.createdAt)) <= 1);
}

function isBot(comment: GateComment): boolean {
  return comment.authorType !== 'User' || comment.author.toLowerCase().endsWith('[bot]');
}

/** Whoever may decide is told how to; what others talk about is left alone unless it looks like a decision. */
function shapeOf(body: string, words: DecisionWords, approver: boolean): Why {
  if (!mentionsWord(body, words)) return approver ? 'not-one-word' : 'talk';
  if (/^\s*(>|&gt;)/m.test(body)) return 'quoted';
  return /`|~~~|^( {4}|\t)/m.test(body) || /<(code|pre)\b/i.test(body) ? 'in-code' : 'not-one-word';
}

function has(logins: readonly string[], login: string): boolean {
  return logins.some((other) => loginKey(other) === loginKey(login));
}

function inOrder(comments: readonly GateComment[]): GateComment[] {
  return [...comments].sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt) || a.id - b.id);
}

function votes(last: ReadonlyMap<string, Counted>, verdict: Verdict): Vote[] {
  return [...last.values()]
    .filter((counted) => counted.verdict === verdict)
    .map(({ comment }) => ({
      login: comment.author,
      at: comment.createdAt,
      url: comment.url,
      commentId: comment.id,
      said: comment.body.trim(),
    }));
}
