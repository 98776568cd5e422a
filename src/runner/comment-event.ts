import { readFile } from 'node:fs/promises';
import type { RunContext } from '../core/ports.ts';

export interface IssueTrigger {
  readonly issue: number;
  readonly isPullRequest: boolean;
  /**
   * The comment as GitHub gives it, to be read with care; if it was edited, with what it said before. Null if the
   * issue itself changed.
   */
  readonly comment: Readonly<Record<string, unknown>> | null;
}

interface Event {
  readonly action?: unknown;
  readonly issue?: { readonly number?: unknown; readonly pull_request?: unknown };
  readonly comment?: Readonly<Record<string, unknown>>;
  readonly changes?: { readonly body?: { readonly from?: unknown } };
}

/**
 * The issue, or the comment on it, that started the run, out of the event's file. Null if the run was started by
 * anything else. GitHub writes that file once, so it still says what a comment said that was edited or deleted since.
 * https://docs.github.com/webhooks/webhook-events-and-payloads#issue_comment
 */
export async function readCommentEvent({ eventName }: RunContext): Promise<IssueTrigger | null> {
  const path = process.env.GITHUB_EVENT_PATH;
  if (!['issue_comment', 'issues'].includes(eventName) || !path) return null;
  const event = JSON.parse(await readFile(path, 'utf8')) as Event;
  const issue = event.issue?.number;
  if (typeof issue !== 'number') return null;
  const isPullRequest = event.issue?.pull_request !== undefined;
  return { issue, isPullRequest, comment: event.comment === undefined ? null : asItWas(event) };
}

function asItWas({ action, comment = {}, changes }: Event): Readonly<Record<string, unknown>> {
  const from = changes?.body?.from;
  if (action !== 'edited' || typeof from !== 'string') return comment;
  return { ...comment, body: from, updated_at: comment.created_at };
}
