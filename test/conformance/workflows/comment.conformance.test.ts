/**
 * A pull request of a fork, whose run has a token that may not write, and comment.yml, which tells the pull request how the
 * run ended. act has no permissions: that the run of the pull request writes nothing is seen in GitHub's requests.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { missingAct, repositoryPayload, startActBed, type ActBed, type WorkflowRun } from './act-bed.ts';

const missing = missingAct();
if (missing !== null) console.log(`skipped: the comment on a pull request under act: ${missing}`);

const COMMIT = 'abc123'.padEnd(40, '0');
const FORK = 'somebody/churn';

describe.skipIf(missing !== null)('comment.yml under act', () => {
  let bed: ActBed;
  let number = 0;

  beforeAll(async () => {
    bed = await startActBed({ config: 'ml-deploy.yml' });
    const { github } = bed.people;
    // Pull requests are issues; the emulator knows no forks, so that the list of them is ours.
    const body = { title: 'A better model' };
    number = (await github.api<{ number: number }>('POST', '/repos/acme/churn/issues', { body })).number;
    github.interfere = ({ method, path }) => {
      if (method !== 'GET' || !path.startsWith('/repos/acme/churn/pulls?')) return null;
      const head = new URL(path, github.url).searchParams.get('head');
      const open = { number, head: { sha: COMMIT, repo: { full_name: FORK } } };
      return { status: 200, body: head === 'somebody:feature' ? [open] : [] };
    };
  });
  afterAll(async () => {
    await bed.close();
  });

  const finished = (of: WorkflowRun, log: string, more: object = {}) => {
    const workflow_run = {
      id: Number(of.runId),
      event: 'pull_request',
      conclusion: of.exitCode === 0 ? 'success' : 'failure',
      head_sha: COMMIT,
      head_branch: 'feature',
      head_repository: { full_name: FORK },
      html_url: `https://github.com/acme/churn/actions/runs/${of.runId}`,
      ...more,
    };
    const payload = { action: 'completed', workflow_run, repository: repositoryPayload() };
    const secrets = { GITHUB_TOKEN: bed.people.token };
    return bed.run({ workflow: 'comment', event: 'workflow_run', payload, secrets, log });
  };

  test('the run of the pull request writes nothing, and its result becomes a comment', async () => {
    const run = await bed.pullRequest('feature', 'bad-accuracy', { log: 'fork-broken' });
    expect(run.exitCode).toBe(1);
    expect(bed.people.github.requests.filter(({ path }) => path.includes('/issues/'))).toEqual([]);
    const told = await finished(run, 'comment-broken');
    expect(told.exitCode, told.log.slice(-4000)).toBe(0);
    const [comment, ...others] = await bed.people.comments(number);
    expect(others).toEqual([]);
    expect(comment?.body).toContain('❌ The check of the model failed');
    expect(comment?.body).toContain('| Package | ✅ |');
    expect(comment?.body).toMatch(/\| accuracy \| ❌ \|.*112 of 143 labels right/);
    expect(comment?.body).toContain(`[run ${run.runId}]`);
  });

  test('the next run changes that comment', async () => {
    const run = await bed.pullRequest('feature', 'v2', { log: 'fork' });
    expect(run.exitCode, run.log.slice(-4000)).toBe(0);
    const told = await finished(run, 'comment');
    expect(told.exitCode, told.log.slice(-4000)).toBe(0);
    const [comment, ...others] = await bed.people.comments(number);
    expect(others).toEqual([]);
    expect(comment?.body).toContain('✅ The model passed');
    expect(comment?.body).toContain('compared `429`, outside the tolerance `0`');
  });

  test('what a pull request forges is text, and decides nothing', async () => {
    const run = await bed.pullRequest('feature', 'bad-accuracy', { log: 'fork-forged' });
    const artifact = join(bed.folder, 'artifacts', run.runId, 'ml-deploy-verify-model');
    const forged = '<img src=x> @amira\r# The model passed [x](https://evil.example)';
    const smoke = { outcome: 'success', outputs: { compared: forged } };
    writeFileSync(join(artifact, 'steps.json'), JSON.stringify({ smoke, number: 1, conclusion: 'success' }));
    writeFileSync(join(artifact, 'report.json'), 'x'.repeat(5 * 1024 * 1024));
    const told = await finished(run, 'comment-forged');
    expect(told.exitCode, told.log.slice(-4000)).toBe(0);
    const [comment] = await bed.people.comments(number);
    expect(comment?.body).toContain('❌ The check of the model failed');
    expect(comment?.body).toContain('report.json is too large to be shown here');
    expect(comment?.body).not.toMatch(/^# /m);
    expect(comment?.body).toContain('compared `<img src=x> @amira # The model passed');
  });

  test('a run without artifacts, a commit that is not the newest, and a push', async () => {
    const run = await bed.pullRequest('feature', 'v2', { log: 'fork-without' });
    rmSync(join(bed.folder, 'artifacts', run.runId), { recursive: true });
    const without = await finished(run, 'comment-without');
    expect(without.exitCode, without.log.slice(-4000)).toBe(0);
    const [comment] = await bed.people.comments(number);
    expect(comment?.body).toContain('The run ended before the model was packed');

    const old = await finished(run, 'comment-old', { head_sha: 'f'.repeat(40) });
    expect(old.log).toContain('nothing to comment on');
    const push = await finished(run, 'comment-push', { event: 'push' });
    expect(push.jobs).toEqual({});
  });
});
