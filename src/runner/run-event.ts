import { readFileSync } from 'node:fs';
import type { RunEvent } from '../core/platform.ts';
import { isObject } from '../core/json-object.ts';
import type { Environment } from './context.ts';

/**
 * What started the run, out of the event's file. What cannot be read is taken for a fork's: absence is no permission.
 * https://docs.github.com/webhooks/webhook-events-and-payloads#pull_request
 */
export function readRunEvent({
  GITHUB_EVENT_NAME: name = '',
  GITHUB_EVENT_PATH: path,
}: Environment): RunEvent {
  return { name, isFromFork: CARRIES_A_FORK.has(name) && isFromFork(path) };
}

/** Their code may be somebody else's. */
const CARRIES_A_FORK: ReadonlySet<string> = new Set(['pull_request', 'pull_request_target', 'workflow_run']);

function isFromFork(path: string | undefined): boolean {
  if (!path) return true;
  let event: unknown;
  try {
    event = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return true;
  }
  const at = (...keys: string[]): unknown =>
    keys.reduce((value: unknown, key) => (isObject(value) ? value[key] : undefined), event);
  const base = at('repository', 'full_name');
  const head =
    at('pull_request', 'head', 'repo', 'full_name') ?? at('workflow_run', 'head_repository', 'full_name');
  return typeof base !== 'string' || head !== base;
}
