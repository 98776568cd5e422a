/**
 * Two models in one repository: one push releases both, each under its own name; prod asks for an approval and does not
 * wait for it, and approve.yml, started by a comment, goes on from there by the rules of that model.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../../scripts/lib/paths.ts';
import { missingAct, repositoryPayload, startActBed, type ActBed } from './act-bed.ts';
import type { WorkflowStart } from './act.ts';

/** As the event of a new comment has it. */
const STAMP = '2026-01-02T03:04:05Z';

const missing = missingAct();
if (missing !== null) console.log(`skipped: several models under act: ${missing}`);

interface Kept {
  readonly model: { readonly digest: string };
  readonly deployment: { readonly endpoint: string };
  readonly approval: { readonly approvers?: readonly { readonly login: string }[] } | null;
}

describe.skipIf(missing !== null)('two models under act', () => {
  let bed: ActBed;

  beforeAll(async () => {
    bed = await startActBed({ config: 'ml-deploy-models.yml' });
    bed.repository.write('.github/workflows/deploy-models.yml', workflowOfTheGuide());
  });
  afterAll(async () => {
    await bed.close();
  });

  const newest = (environment: string, model: string): Kept => {
    const path = join(bed.store, 'environments/acme/churn', environment, `${model}.json`);
    const { release } = JSON.parse(readFileSync(path, 'utf8')) as { release: string };
    return JSON.parse(readFileSync(join(bed.store, 'releases', `${release}.json`), 'utf8')) as Kept;
  };
  /** Says something on an issue, which starts approve.yml. */
  const comment = async (
    issue: number,
    login: string,
    body: string,
    more: Partial<WorkflowStart> & { readonly log: string },
  ) => {
    const id = await bed.people.say(login, issue, body);
    const about = await bed.people.github.api<{ body: string; user: object }>(
      'GET',
      `/repos/acme/churn/issues/${issue}`,
    );
    const payload = {
      action: 'created',
      issue: { number: issue, body: about.body, user: about.user },
      comment: { id, body, user: { login, type: 'User' }, created_at: STAMP, updated_at: STAMP },
      repository: repositoryPayload(),
    };
    return bed.run({ workflow: 'approve', event: 'issue_comment', payload, actor: login, ...more });
  };

  test('one push releases both, from paths in the repository', async () => {
    const run = await bed.push('develop', 'v1', { workflow: 'deploy-models', log: 'models-develop' });
    expect(run.exitCode, run.log.slice(-6000)).toBe(0);
    expect(newest('dev', 'churn').deployment.endpoint).toBe('churn-dev');
    expect(newest('dev', 'fraud').deployment.endpoint).toBe('fraud-dev');
    expect(newest('dev', 'fraud').model.digest).not.toBe(newest('dev', 'churn').model.digest);
    // The guide's workflow hands no secrets on, so the two runs say why they tell nobody.
    expect(run.log.match(/\| Slack is told nothing/g)?.length).toBe(2);
  });

  test('prod asks for an approval of each, and no runner waits', async () => {
    const run = await bed.push('main', 'v1', { workflow: 'deploy-models', log: 'models-main' });
    expect(run.exitCode, run.log.slice(-6000)).toBe(0);
    expect(run.log.match(/set-output:: status=pending/g)?.length).toBe(2);
    expect(run.log).not.toMatch(/Run Main Stage the candidate/);
    expect(await bed.people.issueAbout('churn-prod')).not.toBe(await bed.people.issueAbout('fraud-prod'));
  });

  test('comments start approve.yml, which goes on after the second one that counts for this model', async () => {
    const issue = await bed.people.issueAbout('fraud-prod');
    for (const [login, log] of [
      ['ben', 'approve-first'],
      ['amira', 'approve-of-another-model'],
    ] as const) {
      const run = await comment(issue, login, 'Approved.', { log });
      expect(run.exitCode, run.log.slice(-6000)).toBe(0);
      expect(run.jobs).toEqual({ resume: true });
      expect(run.log).toContain('set-output:: status=pending');
    }
    const run = await comment(issue, 'carla', 'Approved.', { log: 'approve-second' });
    expect(run.exitCode, run.log.slice(-6000)).toBe(0);
    expect(run.jobs).toEqual({
      ...{ resume: true, prepare: true, release: true },
      conclude: true,
    });
    const kept = newest('prod', 'fraud');
    expect(kept.model.digest).toBe(newest('dev', 'fraud').model.digest);
    expect(kept.deployment.endpoint).toBe('fraud-prod');
    const { deployments } = bed.people.github;
    const states = (word: string) =>
      deployments
        .filter(({ payload }) => JSON.stringify(payload).includes(word))
        .flatMap(({ statuses }) => statuses.map(({ state }) => state));
    expect(states('fraud-prod')).toEqual(['queued', 'in_progress', 'success']);
    expect(states('churn-prod')).toEqual(['queued']);
  });

  test('a pull request that is checked without the name of a model is red', async () => {
    const run = await bed.pullRequest('feature', 'v1', { log: 'models-pull-request' });
    expect(run.jobs).toEqual({ train: true, verify: false });
    expect(run.log).toContain('model-name: is required, because ml-deploy.yml has several: churn, fraud.');
    expect(run.log).not.toMatch(/Run Main .*package-model/);
  });

  test('a comment on any other issue starts nothing', async () => {
    const { number } = await bed.people.github.api<{ number: number }>('POST', '/repos/acme/churn/issues', {
      body: { title: 'Something else' },
    });
    const run = await comment(number, 'ben', 'Approved.', { log: 'approve-nothing' });
    expect(run.exitCode, run.log.slice(-6000)).toBe(0);
    expect(run.jobs).toEqual({});
  });

  test('a denial is red, and ends the request', async () => {
    const issue = await bed.people.issueAbout('churn-prod');
    const run = await comment(issue, 'amira', 'no', { log: 'approve-denied' });
    expect(run.exitCode).toBe(1);
    expect(run.jobs).toEqual({ resume: false });
    await expect(bed.people.issueAbout('churn-prod')).rejects.toThrow('No open issue');
  });

  test('where the request was made by another account, the variable names it', async () => {
    const secrets = {
      GITHUB_TOKEN: bed.people.token,
      ML_DEPLOY_APPROVAL_TOKEN: bed.people.github.token,
    };
    const inputs = { environment: 'prod', 'model-name': 'fraud' };
    const asked = await bed.dispatch('deploy', 'main', inputs, { secrets, log: 'approve-account-request' });
    expect(asked.exitCode, asked.log.slice(-6000)).toBe(0);
    const issue = await bed.people.issueAbout('fraud-prod');

    const unknown = await comment(issue, 'ben', 'yes', { secrets, log: 'approve-account-unknown' });
    expect(unknown.jobs).toEqual({});
    const vars = { ML_DEPLOY_APPROVAL_ACCOUNT: 'deploy-bot' };
    const run = await comment(issue, 'carla', 'yes', { secrets, vars, log: 'approve-account' });
    expect(run.exitCode, run.log.slice(-6000)).toBe(0);
    expect(run.jobs).toMatchObject({ resume: true, release: true, conclude: true });
  });

  test('the schedule looks after what waits', async () => {
    const payload = { schedule: '17 * * * *', repository: repositoryPayload() };
    const run = await bed.run({ workflow: 'approve', event: 'schedule', payload, log: 'approve-schedule' });
    expect(run.exitCode, run.log.slice(-6000)).toBe(0);
    expect(run.jobs).toEqual({ sweep: true });
    expect(run.log).toMatch(/0 requests wait for a decision/);
  });
});

/** The workflow that docs/many-models.md shows. */
function workflowOfTheGuide(): string {
  const guide = readFileSync(join(root, 'docs/many-models.md'), 'utf8');
  const blocks = [...guide.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, code = '']) => code);
  const found = blocks.find((code) => code.includes('matrix:'));
  if (found === undefined) throw new Error('docs/many-models.md shows no workflow with a matrix.');
  return found;
}
