/**
 * Decides a request from the comments on it. Pure: the same comments always give the same decision, whoever asks
 * (a step that waits, or a workflow that was started by a comment).
 */
import { isBotLogin, loginKey } from './approvers.ts';
import { isOurs } from './marker.ts';
import { mentionsWord, verdictOf, type DecisionWords, type Verdict } from './words.ts';

export interface GateComment {
  readonly id: number;
  readonly author: string;
  /** Number of the author's account; null if it is not known. */
  readonly authorId: number | null;
  /** The app that posted it in its author's name, by its slug; null if the author did. */
  readonly viaApp: string | null;
  /** GitHub's account type; only a `User` can approve. */
  readonly authorType: string;
  readonly body: string;
  /** ISO 8601, as the platform stamped them. */
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Whether the platform remembers an edit that the stamps do not show; absent if it was not asked. */
  readonly edited?: boolean;
  /** Whether it came as the answer to a notification by e-mail; absent if the platform was not asked. */
  readonly viaEmail?: boolean;
  /** Whether somebody hid it from readers; absent if the platform was not asked. */
  readonly hidden?: boolean;
  readonly url: string;
}

export interface GateRequest {
  /** When the request was made; no earlier approval counts. */
  readonly createdAt: string;
  readonly minimumApprovals: number;
  readonly words: DecisionWords;
  /** Logins that may not decide: those who started the run. */
  readonly excluded: readonly string[];
  /** Their accounts, which stay theirs under another name. */
  readonly excludedAccounts?: readonly number[];
}

/** The people who may decide. */
export interface Standing {
  readonly approvers: readonly { readonly login: string }[];
  /** Approvers who cannot approve, or no longer; looked up when a decision is near. Their denials count. */
  readonly lost?: readonly string[];
  /** Login in lower case to the account that is meant by it. */
  readonly accounts?: ReadonlyMap<string, number>;
}

export type Why =
  | 'edited'
  | 'bot'
  | 'app'
  | 'email'
  | 'other-account'
  | 'renamed'
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
  /** Approvers of whom it is not certain what they said last: nothing is approved before they say it again. */
  readonly unclear: readonly string[];
  readonly ignored: readonly Ignored[];
}

interface Counted {
  readonly comment: GateComment;
  readonly verdict: Verdict | 'unclear';
}

/**
 * Of each person the last word counts, so whoever approves can take it back. One denial denies.
 * Whatever cannot be counted with certainty is ignored, with the reason; and where it may have been a denial, nothing is
 * approved until its author has spoken again.
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
      continue;
    }
    ignored.push({ comment, why: result.why });
    // Writers can edit other people's comments. What this person said last is no longer known; a denial stays one.
    if (result.why !== 'edited' || before?.verdict === 'deny' || !mayDecide(request, standing, comment))
      continue;
    if (before?.verdict === 'approve') ignored.push({ comment: before.comment, why: 'unclear' });
    last.set(person, { comment, verdict: 'unclear' });
  }
  const approvals = votes(last, 'approve').filter(({ login }) => !has(standing.lost ?? [], login));
  const denials = votes(last, 'deny');
  const unclear = votes(last, 'unclear').map(({ login }) => login);
  const status = statusOf(request, { approvals, denials, unclear });
  return { status, approvals, denials, unclear, ignored: [...ignored, ...lostVotes(last, standing)] };
}

/** Who approved, and cannot or no longer. */
function lostVotes(last: ReadonlyMap<string, Counted>, { lost = [] }: Standing): Ignored[] {
  return [...last.values()]
    .filter(({ comment, verdict }) => verdict === 'approve' && has(lost, comment.author))
    .map(({ comment }) => ({ comment, why: 'lost-access' }));
}

function statusOf(
  request: GateRequest,
  { approvals, denials, unclear }: Pick<Decision, 'approvals' | 'denials' | 'unclear'>,
): Decision['status'] {
  if (denials.length > 0) return 'denied';
  // A quorum of none would approve by itself.
  const enough = approvals.length >= Math.max(1, request.minimumApprovals);
  return enough && unclear.length === 0 ? 'approved' : 'pending';
}

function judge(
  request: GateRequest,
  standing: Standing,
  comment: GateComment,
): { verdict: Verdict } | { why: Why } {
  if (wasEdited(comment)) return { why: 'edited' };
  if (isBot(comment)) return { why: 'bot' };
  const verdict = verdictOf(comment.body, request.words);
  const renamed = isRenamed(standing, comment);
  const approver = isApprover(standing, comment);
  if (verdict === null) return { why: shapeOf(comment.body, request.words, approver) };
  if (isExcluded(request, comment)) return { why: 'initiator' };
  if (!approver && !renamed) return { why: 'not-an-approver' };
  // A denial counts if there is any doubt.
  if (verdict === 'deny') return { verdict };
  if (renamed) return { why: 'renamed' };
  if (!(Date.parse(comment.createdAt) >= Date.parse(request.createdAt))) return { why: 'too-old' };
  if (comment.viaApp !== null) return { why: 'app' };
  if (comment.viaEmail === true) return { why: 'email' };
  return isOtherAccount(standing, comment) ? { why: 'other-account' } : { verdict };
}

/** The account of an approver whose name is no longer one of `approvers`. */
function isRenamed(standing: Standing, comment: GateComment): boolean {
  if (isApprover(standing, comment) || comment.authorId === null) return false;
  return [...(standing.accounts?.values() ?? [])].includes(comment.authorId);
}

function mayDecide(request: GateRequest, standing: Standing, comment: GateComment): boolean {
  return isApprover(standing, comment) && !isExcluded(request, comment) && !isBot(comment);
}

function isApprover({ approvers }: Standing, { author }: GateComment): boolean {
  return has(
    approvers.map(({ login }) => login),
    author,
  );
}

function isExcluded({ excluded, excludedAccounts = [] }: GateRequest, comment: GateComment): boolean {
  const { author, authorId } = comment;
  return has(excluded, author) || (authorId !== null && excludedAccounts.includes(authorId));
}

/** The name was given to somebody else since the request was made. */
function isOtherAccount({ accounts }: Standing, { author, authorId }: GateComment): boolean {
  const meant = accounts?.get(loginKey(author));
  return meant !== undefined && meant !== authorId;
}

/**
 * GitHub stamps whole seconds, equal on a comment that was never touched. One millisecond is forgiven for servers that
 * stamp finer than that and write a new comment in two steps.
 */
export function wasEdited(comment: GateComment): boolean {
  if (comment.edited === true) return true;
  return !(Math.abs(Date.parse(comment.updatedAt) - Date.parse(comment.createdAt)) <= 1);
}

function isBot(comment: GateComment): boolean {
  return comment.authorType !== 'User' || isBotLogin(comment.author);
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

function votes(last: ReadonlyMap<string, Counted>, verdict: Counted['verdict']): Vote[] {
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
