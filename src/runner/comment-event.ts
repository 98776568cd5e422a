import { readFile } from 'node:fs/promises';
import type { RunContext } from '../core/ports.ts';

/**
 * The numbers of the comment that started the run, out of the event's file; never its text. Null where the run was
 * started by anything else. https://docs.github.com/webhooks/webhook-events-and-payloads#issue_comment
 */
export async function readCommentEvent({
  eventName,
}: RunContext): Promise<{ issue: number; isPullRequest: boolean; comment: number | null } | null> {
  const path = process.env.GITHUB_EVENT_PATH;
  if (eventName !== 'issue_comment' || !path) return null;
  const event = JSON.parse(await readFile(path, 'utf8')) as {
    issue?: { number?: unknown; pull_request?: unknown };
    comment?: { id?: unknown };
  };
  const issue = event.issue?.number;
  if (typeof issue !== 'number') return null;
  const comment = event.comment?.id;
  return {
    issue,
    isPullRequest: event.issue?.pull_request !== undefined,
    comment: typeof comment === 'number' ? comment : null,
  };
}
