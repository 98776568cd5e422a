import { readFile } from 'node:fs/promises';
import type { RunContext } from '../core/ports.ts';
import type { FinishedRun } from '../core/pull-requests.ts';

/**
 * The run whose end started this one, out of the event's file. Null if this run was started by anything else.
 * https://docs.github.com/webhooks/webhook-events-and-payloads#workflow_run
 */
export async function readFinishedRun({ eventName }: RunContext): Promise<FinishedRun | null> {
  const path = process.env.GITHUB_EVENT_PATH;
  if (eventName !== 'workflow_run' || !path) return null;
  const event = JSON.parse(await readFile(path, 'utf8')) as { workflow_run?: Record<string, unknown> };
  const run = event.workflow_run ?? {};
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  const repository = (run.head_repository as { full_name?: unknown } | null | undefined)?.full_name;
  if (typeof run.id !== 'number' || typeof run.head_sha !== 'string') return null;
  return {
    id: run.id,
    url: text(run.html_url),
    conclusion: text(run.conclusion),
    commit: run.head_sha,
    branch: text(run.head_branch),
    repository: text(repository),
  };
}
