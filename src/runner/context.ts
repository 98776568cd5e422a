import { resolve } from 'node:path';
import type { RunContext } from '../core/ports.ts';
import { privateTemp } from '../core/workspace.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The facts of the run, from the runner's default variables. https://docs.github.com/actions/reference/variables-reference */
export function readContext(env: Environment): RunContext {
  const value = (name: string): string => env[name] ?? '';
  const serverUrl = value('GITHUB_SERVER_URL') || 'https://github.com';
  const repository = value('GITHUB_REPOSITORY');
  const runId = value('GITHUB_RUN_ID');
  const workspace = resolve(value('GITHUB_WORKSPACE') || '.');
  return {
    repository,
    commit: value('GITHUB_SHA'),
    ref: value('GITHUB_REF'),
    runId,
    runAttempt: value('GITHUB_RUN_ATTEMPT'),
    runUrl: repository && runId ? `${serverUrl}/${repository}/actions/runs/${runId}` : '',
    workflow: value('GITHUB_WORKFLOW'),
    job: value('GITHUB_JOB'),
    actor: value('GITHUB_ACTOR'),
    triggeringActor: value('GITHUB_TRIGGERING_ACTOR'),
    eventName: value('GITHUB_EVENT_NAME'),
    serverUrl,
    apiUrl: value('GITHUB_API_URL') || 'https://api.github.com',
    workspace,
    temp: resolve(value('RUNNER_TEMP') || privateTemp(workspace)),
  };
}
