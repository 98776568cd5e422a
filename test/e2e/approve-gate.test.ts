/** The gate on built bundles: processes, signals, files and HTTP as on a runner; GitHub is the emulator. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Approval } from '../../src/documents/approval.ts';
import type { ActionRun } from '../../scripts/lib/runner-protocol.ts';
import { ENDPOINT, GateBed, isBuilt, ok, readJson, unbuilt, type Job } from './gate-bed.ts';

let bed: GateBed;
beforeAll(async () => {
  bed = await GateBed.open();
});
afterAll(() => bed.close());

const gateInputs = (plan: string, more: Record<string, string> = {}) => ({
  approvers: 'amira, ben',
  'plan-path': plan,
  token: bed.github.token,
  environment: 'prod',
  ...more,
});

describe.skipIf(!isBuilt)(`request, comment, resume, release${unbuilt}`, () => {
  it('deploys what was asked for, whatever was changed in between, and nobody waits', async () => {
    const first = await bed.job();
    const packed = await bed.package(first, 'v1');
    const other = await bed.package(first, 'v2');
    const planned = await bed.plan(first, packed.outputs['release-record'] ?? '');
    const asked = ok(
      await first.run('approve-gate', gateInputs(planned.outputs['plan-path'] ?? '', { mode: 'request' })),
    );
    const issue = asked.outputs['issue-number'] ?? '';
    expect(asked.outputs.status).toBe('pending');

    // The branch moves on, and somebody says something else on the issue.
    const before = await bed.github.headCommit();
    const file = { message: 'another model', content: Buffer.from('x').toString('base64') };
    await bed.github.api('PUT', '/repos/acme/churn/contents/model.txt', { body: file });
    expect(await bed.github.headCommit()).not.toBe(before);
    await bed.say(issue, 'olga', `Now with model ${other.outputs['model-digest'] ?? ''}`);

    const talk = await bed.commentJob(issue, await bed.say(issue, 'ben', 'looks fine'), 'ben');
    const resumeInputs = { ...gateInputs(''), mode: 'resume', requester: bed.github.botLogin };
    const pending = ok(await talk.run('approve-gate', resumeInputs));
    expect(pending.outputs).toMatchObject({ status: 'pending', 'approved-plan-json': '' });

    const comment = await bed.say(issue, 'amira', 'Approved.');
    const release = await bed.commentJob(issue, comment, 'amira');
    await tamper(release, other);
    const resumed = ok(await release.run('approve-gate', resumeInputs));
    expect(resumed.outputs).toMatchObject({
      status: 'approved',
      'approved-by': 'amira',
      'model-digest': packed.outputs['model-digest'],
      'release-digest': packed.outputs['release-digest'] ?? /[0-9a-f]{64}/,
      'endpoint-name': ENDPOINT,
      commit: before,
    });
    try {
      const deployed = await deploy(release, resumed.outputs);
      expect(deployed.outputs.outcome, deployed.log).toBe('deployed');
      expect(deployed.outputs['running-version']).toBe(packed.outputs['model-digest']);
      await provesApproval(deployed, { comment, issue, planDigest: planned.outputs['plan-digest'] ?? '' });
      const concluded = ok(
        await release.run('approve-gate', {
          mode: 'conclude',
          token: bed.github.token,
          'deployment-id': resumed.outputs['deployment-id'] ?? '',
          result: 'success',
          'endpoint-url': deployed.outputs['endpoint-url'] ?? '',
        }),
      );
      const deployment = bed.github.deployments.at(-1);
      expect(deployment?.statuses.map(({ state }) => state)).toEqual(['queued', 'in_progress', 'success']);
      expect(deployment?.statuses.at(-1)?.environment_url).toBe(deployed.outputs['endpoint-url']);
      for (const step of [asked, pending, resumed, concluded]) {
        expect(step.milliseconds).toBeLessThan(15_000);
        expect(step.log).not.toMatch(/Waiting for|Trying again/);
      }
      console.log(
        [asked, pending, resumed, concluded]
          .map(
            (step, i) =>
              `${['request', 'resume (talk)', 'resume', 'conclude'][i]}: ${(step.milliseconds / 1000).toFixed(2)} s`,
          )
          .join(', '),
      );
      console.log(asked.log);
      console.log(resumed.log);
    } finally {
      await bed.teardown(release);
    }
  });

  it('refuses another plan than the approved one, and shows the difference', async () => {
    const job = await bed.job();
    const packed = await bed.package(job, 'v1');
    const other = await bed.package(job, 'v2');
    const planned = await bed.plan(job, packed.outputs['release-record'] ?? '');
    const asked = ok(
      await job.run('approve-gate', gateInputs(planned.outputs['plan-path'] ?? '', { mode: 'request' })),
    );
    const issue = asked.outputs['issue-number'] ?? '';
    const release = await bed.commentJob(issue, await bed.say(issue, 'ben', 'yes'), 'ben');
    const inputs = { ...gateInputs(''), mode: 'resume', requester: bed.github.botLogin };
    const { outputs } = ok(await release.run('approve-gate', inputs));
    const refused = await deploy(release, outputs, { release: other.outputs['release-record'] ?? '' });
    expect(refused.exitCode).toBe(1);
    expect(refused.error).toContain('differs from the approved plan in model');
    expect(refused.error).toContain(
      `model: ${packed.outputs['model-digest']} -> ${other.outputs['model-digest']}`,
    );
    expect(refused.outputs['running-version']).toBe('');
    console.log(refused.error);
    const edited = await deploy(release, {
      ...outputs,
      'approved-plan-json': (outputs['approved-plan-json'] ?? '').replace(
        `"endpoint":"${ENDPOINT}"`,
        '"endpoint":"other"',
      ),
    });
    expect(edited.error).toMatch(/was edited/);
  });
});

/** What the release job must not believe: a configuration file that was pushed after the request. */
async function tamper(job: Job, other: ActionRun): Promise<void> {
  await job.write(
    'ml-deploy.yml',
    `defaults:\n  release: ${other.outputs['release-record']}\n  plan-path: other.json\n`,
  );
}

/** The release job: everything that is deployed comes from the outputs of resume. */
function deploy(
  job: Job,
  outputs: ActionRun['outputs'],
  more: Record<string, string> = {},
): Promise<ActionRun> {
  return job.run('deploy-endpoint', {
    command: 'deploy',
    target: outputs.target ?? '',
    'endpoint-name': outputs['endpoint-name'] ?? '',
    environment: outputs['environment-name'] ?? '',
    release: outputs['release-digest'] ?? '',
    'artifact-store': bed.store,
    'approved-plan': outputs['approved-plan-json'] ?? '',
    ...more,
  });
}

/** Who, when, by which comment, and of which plan. */
async function provesApproval(
  deployed: ActionRun,
  { comment, issue, planDigest }: { comment: number; issue: string; planDigest: string },
): Promise<void> {
  const record = await readJson(deployed.outputs['release-record'] ?? '');
  const approval = record.approval as Approval;
  expect(approval).toMatchObject({ status: 'approved', planDigest });
  const [by, ...others] = approval.by;
  expect(others).toEqual([]);
  expect(by).toMatchObject({ login: 'amira', said: 'Approved.' });
  expect(by?.url).toMatch(new RegExp(`/issues/${issue}#issuecomment-${comment}$`));
  expect(Date.parse(by?.at ?? '')).toBeGreaterThan(Date.now() - 60_000);
}

describe.skipIf(!isBuilt)(`wait${unbuilt}`, () => {
  const planFor = async (endpoint: string) => {
    const job = await bed.job();
    const packed = await bed.package(job);
    const planned = await bed.plan(job, packed.outputs['release-record'] ?? '', {
      'endpoint-name': endpoint,
    });
    return { job, path: planned.outputs['plan-path'] ?? '' };
  };

  it('two models of one repository wait at once, and neither closes the other', async () => {
    const plans = [await planFor('model-a'), await planFor('model-b')];
    const runs: Promise<ActionRun>[] = [];
    const issues: string[] = [];
    for (const { job, path } of plans) {
      runs.push(job.run('approve-gate', gateInputs(path)));
      issues.push(await bed.nextIssue(issues));
    }
    for (const issue of issues) expect((await bed.issue(issue)).state).toBe('open');
    for (const issue of issues) await bed.say(issue, 'amira', 'lgtm');
    for (const run of await Promise.all(runs)) expect(ok(run).outputs.status).toBe('approved');
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
    '%s in mid-wait: the issue is closed, the status is cancelled',
    async (signal) => {
      const { job, path } = await planFor(`cancelled-${signal.toLowerCase()}`);
      let pid = 0;
      const waiting = job.run('approve-gate', gateInputs(path), {
        onStart: (started) => (pid = started),
        onLine: (line) => {
          if (line.includes('Waiting for a decision')) process.kill(pid, signal);
        },
      });
      const run = await waiting;
      const issue = run.outputs['issue-number'] ?? '';
      expect(run.outputs.status).toBe('cancelled');
      expect(run.outputs['approved-plan'] ?? '').toBe('');
      expect(run.exitCode).toBe(signal === 'SIGKILL' ? null : 1);
      if (signal === 'SIGKILL') expect((await bed.issue(issue)).state).toBe('open');
      const post = await job.run('approve-gate', gateInputs(path), { entry: 'post.js', state: run.state });
      expect(post.exitCode).toBe(0);
      expect((await bed.issue(issue)).state).toBe('closed');
      const last = (await bed.comments(issue)).at(-1);
      expect(last).toMatch(signal === 'SIGKILL' ? /cancelled or killed/ : /was cancelled before a decision/);
    },
  );
});

it.skipIf(!isBuilt)(`no log and no summary shows the token${unbuilt}`, () => {
  const all = bed.jobs.flatMap(({ logs }) => logs).join('\n');
  expect(all.length).toBeGreaterThan(1000);
  expect(all.replaceAll(`::add-mask::${bed.github.token}`, '')).not.toContain(bed.github.token);
});
