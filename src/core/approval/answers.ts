/** What the gate writes on the issue. Everything carries our mark, so it never counts as anybody's comment. */
import { code } from '../markdown.ts';
import type { Ignored, Vote, Why } from './decide.ts';
import { ours, reminderComment, supersededComment } from './marker.ts';
import { minutes } from './request-body.ts';

/** Why a comment does not count, as the rest of a sentence. `null`: nobody needs to be told. */
const REASONS: Readonly<Record<Why, string | null>> = {
  edited:
    'it was edited; its original text can no longer be seen. Its author has to write a new comment, which then decides',
  app: 'an app posted it in its author’s name. Write it yourself',
  email:
    'it was sent by e-mail, and anybody who has a forwarded notification can do that in its author’s name. Write it on the issue',
  renamed: 'its author’s account has another name in approvers. Correct approvers, and make a new request',
  'other-account': 'its author’s name belonged to another account when the request was made',
  bot: 'it was not written by a person’s own account',
  'too-old': 'it is older than this request',
  quoted: 'it contains a quotation; the word must be the whole comment',
  'in-code': 'the word is in code; it must be the whole comment, as plain text',
  'not-one-word': 'the whole comment must be one of the words, and nothing else',
  talk: null,
  initiator: 'its author started this run; somebody else must decide. (To stop the run, cancel it.)',
  'not-an-approver': 'its author is not one of the approvers',
  'lost-access':
    'its author has no write access to this repository, or left the team (allow-read-access lets people with read access approve)',
  unclear:
    'a later comment of its author was edited, so their last decision is not certain. Write a new comment',
  'said-again': null,
};

export function reason(why: Why): string | null {
  return REASONS[why];
}

/** The answer to a comment that does not count; null if it needs none. */
export function answerTo({ comment, why }: Ignored, minimumApprovals: number): string | null {
  const because = reason(why);
  if (because === null) return null;
  const link = comment.url === '' ? 'A comment' : `[The comment](${comment.url})`;
  const author = comment.author === '' ? '' : ` of ${code(comment.author)}`;
  const needed = minimumApprovals === 1 ? 'one approval' : `${minimumApprovals} approvals`;
  return ours(
    `${link}${author} does not count: ${because.replace(/\.$/, '')}.\n\nThis request needs ${needed}.`,
  );
}

interface ClosedBy {
  readonly by: string;
  /** Whether they had approved before. */
  readonly takesBack: boolean;
}

/** What a closing that denies means; the rest of a sentence. */
export function closedHow({ takesBack }: Pick<ClosedBy, 'takesBack'>): string {
  return takesBack
    ? 'after their approval, which withdraws it (to approve and close in one step, use "Close with comment")'
    : 'without a decision, which denies';
}

export const ends = {
  approved: (by: readonly Vote[]) =>
    ours(`Approved by ${people(by)}. The run continues with exactly this plan.`),
  denied: (by: readonly Vote[]) => ours(`Denied by ${people(by)}. Nothing was changed.`),
  closed: (closing: ClosedBy) =>
    ours(
      `Closed${closing.by === '' ? '' : ` by ${code(closing.by)}`} ${closedHow(closing)}. Nothing was changed.`,
    ),
  'timed-out': (count: number) => ours(`No decision within ${minutes(count)}. Nothing was changed.`),
  expired: (at: string) => ours(`No decision until ${at}. Nothing was changed; make a new request.`),
  void: (why: string) =>
    ours(`This request is void: ${why}. It ended without a decision; nothing was changed.`),
  failed: () =>
    ours(
      'The run ended with an error before a decision. This request can no longer be approved; nothing was changed.',
    ),
  cancelled: () => ours('The run was cancelled before a decision. Nothing was changed.'),
  leftOpen: () =>
    ours('The run ended (cancelled or killed) without closing this request. It can no longer be approved.'),
  superseded: (by: number) =>
    supersededComment(by, `A newer request for the same endpoint and environment, #${by} replaces this one.`),
};

/** Who has not decided yet is called once more. `left` in minutes. */
export function reminder(names: readonly string[], left: number): string {
  const calls = names.map((name) => `@${name}`).join(' ');
  return reminderComment(`${calls}: this request still needs a decision, and ends in ${minutes(left)}.`);
}

/** How the release went that was approved here. */
export function released(result: string, endpoint: string, url: string, run: string): string {
  const place = url === '' ? code(endpoint) : `[${code(endpoint)}](${url})`;
  const where = run === '' ? '' : ` ([run](${run}))`;
  if (result === 'success') return ours(`Released: ${place} serves what was approved${where}.`);
  return ours(`The release approved here did not succeed: ${result}${where}.`);
}

function people(votes: readonly Vote[]): string {
  return votes.map(({ login, url }) => (url === '' ? code(login) : `[${code(login)}](${url})`)).join(', ');
}
