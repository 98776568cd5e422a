/** An issue as one look finds it, and what of it ends a request whatever anybody says. Pure. */
import { sha256 } from '../canonical-json.ts';
import { loginKey } from './approvers.ts';
import { wasEdited, type GateComment, type Vote } from './decide.ts';
import type { IssueState } from './gate-host.ts';
import type { IssueHistory } from './issue-history.ts';
import { supersededBy } from './marker.ts';
import { verdictOf, type DecisionWords } from './words.ts';

export interface Look {
  readonly issue: IssueState;
  /** Every comment, each with whether it was ever edited. */
  readonly comments: readonly GateComment[];
  readonly history: IssueHistory;
}

/** What people were shown, as it was when it was written. */
export interface Shown {
  /** Login of the account that asks. */
  readonly author: string;
  readonly title: string;
  readonly bodyDigest: string;
  /** The comment that shows the plan. */
  readonly comment: { readonly id: number; readonly text: string };
}

/** Why an approval would not be one of what is shown now; the rest of a sentence. Null if nothing speaks against it. */
export function whyVoid(shown: Shown, look: Look, approvers: readonly string[]): string | null {
  const { issue, history } = look;
  const moved = history.events.find(({ kind }) => kind === 'moved');
  if (moved !== undefined) return `the issue was moved${by(moved.actor)}`;
  const renamed = history.events.find(({ kind }) => kind === 'renamed');
  if (renamed !== undefined) return `its title was changed${by(renamed.actor)}`;
  if (plain(issue.title) !== plain(shown.title)) return 'its title was changed';
  if (history.bodyEdited || bodyDigest(issue.body) !== shown.bodyDigest) return 'its text was edited';
  return whyNotShown(shown, look) ?? whySilenced(shown, look, approvers);
}

/** The comment is what people read before they decided: it must say what is approved, and have said so always. */
function whyNotShown({ author, comment }: Shown, { comments }: Look): string | null {
  const found = comments.find(({ id }) => id === comment.id);
  if (found === undefined) return 'the comment with the plan was deleted';
  if (loginKey(found.author) !== loginKey(author))
    return 'the comment with the plan was not written by the gate';
  if (wasEdited(found)) return 'the comment with the plan was edited';
  if (found.hidden === true) return 'the comment with the plan is hidden';
  if (plain(found.body) === plain(comment.text)) return null;
  return 'the comment does not show the plan as this version of the action would (forged, or made by another version)';
}

/** What a deleted comment said is not known. That of an approver may have been a denial, and one of ours its end. */
function whySilenced({ author }: Shown, { history }: Look, approvers: readonly string[]): string | null {
  const matters = new Set([...approvers, author, ''].map(loginKey));
  const deleted = history.events.find(
    (event) => event.kind === 'comment-deleted' && matters.has(loginKey(event.author)),
  );
  if (deleted === undefined) return null;
  const whose = deleted.author === '' ? 'a comment' : `a comment of ${deleted.author}`;
  return `${whose} was deleted${by(deleted.actor)}, and its text is not known`;
}

function by(actor: string): string {
  return actor === '' ? '' : ` by ${actor}`;
}

export interface Closing {
  /** ISO 8601. */
  readonly at: string;
  readonly by: string;
}

/**
 * Every closing, oldest first, whoever reopened the issue afterwards.
 * @param ours the account whose closing is the gate's own; null if it did not close it yet
 */
export function closingsOf({ issue, history }: Look, ours: string | null): Closing[] {
  const isOurs = (login: string) => ours !== null && loginKey(login) === loginKey(ours);
  const closings = history.events
    .filter(({ kind, actor }) => kind === 'closed' && !isOurs(actor))
    .map(({ at, actor }) => ({ at, by: actor }));
  const isKnown = closings.some(({ by }) => loginKey(by) === loginKey(issue.closedBy));
  if (issue.open || isOurs(issue.closedBy) || isKnown) return closings;
  return [...closings, { at: issue.closedAt, by: issue.closedBy }];
}

/**
 * Without the approvals that came after the issue was closed; a denial counts whenever it came. The platform stamps whole
 * seconds: in that very second, only a comment of whoever closed it is known to have come first ("comment and close").
 */
export function withoutLate(
  comments: readonly GateComment[],
  closing: Closing | undefined,
  words: DecisionWords,
): GateComment[] {
  if (closing === undefined) return [...comments];
  const end = Date.parse(closing.at);
  return comments.filter((comment) => {
    const { createdAt, author, body } = comment;
    if (wasEdited(comment) || verdictOf(body, words) !== 'approve') return true;
    const at = Date.parse(createdAt);
    return at < end || (at === end && loginKey(author) === loginKey(closing.by));
  });
}

/** "Close with comment" is one act with two stamps, of whole seconds; a person needs longer for two acts. */
const ONE_ACT_MS = 2000;

/**
 * The first closing that denies: any but the one that an approver made together with the comment that approves. Whoever
 * approves and closes later, without a word, takes the approval back, as the request says that closing denies.
 */
export function closedAgainst(
  closings: readonly Closing[],
  approvals: readonly Approval[],
): Closing | undefined {
  return closings.find((closing) => !approvals.some((approval) => isOneAct(approval, closing)));
}

type Approval = Pick<Vote, 'login' | 'at'>;

function isOneAct({ login, at }: Approval, closing: Closing): boolean {
  const later = Date.parse(closing.at) - Date.parse(at);
  return loginKey(login) === loginKey(closing.by) && later >= 0 && later <= ONE_ACT_MS;
}

/** Only the account that opened an issue can say that another one replaces it. */
export function successor(author: string, comments: readonly GateComment[]): number | null {
  for (const comment of comments) {
    const newer = supersededBy(comment.body);
    if (newer !== null && author !== '' && comment.author === author) return newer;
  }
  return null;
}

/** The comments of a look, with what only the history knows of them. */
export function withHistory(comments: readonly GateComment[], history: IssueHistory): GateComment[] {
  const { editedComments, hiddenComments, commentsByEmail } = history;
  return comments.map((comment) => ({
    ...comment,
    edited: editedComments.has(comment.id),
    hidden: hiddenComments.has(comment.id),
    viaEmail: commentsByEmail.has(comment.id),
  }));
}

export function bodyDigest(body: string): string {
  return sha256(plain(body));
}

/** Platforms change line ends, and trim. */
export function plain(text: string): string {
  return text.replace(/\r\n/g, '\n').trim();
}
