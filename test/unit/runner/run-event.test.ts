import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readRunEvent } from '../../../src/runner/run-event.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ml-deploy-event-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function event(name: string, payload: unknown) {
  const path = join(folder, 'event.json');
  writeFileSync(path, typeof payload === 'string' ? payload : JSON.stringify(payload));
  return readRunEvent({ GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: path });
}

const repository = { full_name: 'acme/churn' };
const pull = (full_name: string) => ({ repository, pull_request: { head: { repo: { full_name } } } });

it.each([
  ['a push', 'push', {}, false],
  ['a pull request of this repository', 'pull_request', pull('acme/churn'), false],
  ['a pull request of a fork', 'pull_request', pull('mallory/churn'), true],
  [
    'a pull request whose fork was deleted',
    'pull_request',
    { repository, pull_request: { head: { repo: null } } },
    true,
  ],
  [
    'a run of a fork',
    'workflow_run',
    { repository, workflow_run: { head_repository: { full_name: 'mallory/churn' } } },
    true,
  ],
  [
    'a run of this repository',
    'workflow_run',
    { repository, workflow_run: { head_repository: repository } },
    false,
  ],
  ['an event that cannot be read', 'pull_request', 'not JSON', true],
])('%s', (_, name, payload, isFromFork) => {
  expect(event(name, payload)).toEqual({ name, isFromFork });
});

it('is nothing outside of a workflow', () => {
  expect(readRunEvent({})).toEqual({ name: '', isFromFork: false });
});
