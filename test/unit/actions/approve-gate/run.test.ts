import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeLeftOpen } from '../../../../src/actions/approve-gate/post.ts';
import type { GatePorts } from '../../../../src/actions/approve-gate/ports.ts';
import { run } from '../../../../src/actions/approve-gate/run.ts';
import { spec } from '../../../../src/actions/approve-gate/spec.ts';
import { createGateHost } from '../../../../src/adapters/github/gate-host.ts';
import type { ApprovalHost } from '../../../../src/core/approval/deployment-host.ts';
import { TransientError } from '../../../../src/core/approval/gate-host.ts';
import { CancelledError, OutcomeError, UpstreamError, UserError } from '../../../../src/core/errors.ts';
import { parseApprovedPlan } from '../../../../src/documents/approved-plan.ts';
import type { Plan } from '../../../../src/documents/plan.ts';
import { parseInputs, type InputsOf, type OutputsOf } from '../../../../src/core/spec/action-spec.ts';
import { createOctokit } from '../../../../src/runner/octokit.ts';
import { inOneSecond, startGitHubFront, type GitHubFront } from '../../../fakes/github-front.ts';
import { fakePlan } from '../../../fakes/plan.ts';
import { fakePorts, type FakePorts } from '../../../fakes/ports.ts';

type Output = OutputsOf<typeof spec>;

let github: GitHubFront;
let folder: string;

beforeAll(async () => {
  github = await startGitHubFront({
    repository: 'acme/churn',
    users: ['olga', 'alice', 'bob', 'carol', 'mallory', 'otto', 'ci-bot'],
    collaborators: ['olga', 'alice', 'bob', 'carol'],
    teams: { ml: ['carol', 'olga'], 'ml-ops': ['mallory'] },
  });
});
afterAll(() => github.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ml-deploy-gate-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface Step {
  readonly ports: FakePorts<Output>;
  readonly gate: GatePorts;
  readonly remembered: string[];
  readonly issues: number[];
}

function step(wrap: (host: ApprovalHost) => ApprovalHost = (host) => host): Step {
  const ports = fakePorts<Output>({ workspace: folder, temp: folder });
  const remembered: string[] = [];
  const issues: number[] = [];
  const connect = async () =>
    wrap(
      createGateHost(createOctokit(github.token, github.url), {
        repository: 'acme/churn',
        signal: ports.signal,
        now: () => ports.clock.now(),
      }),
    );
  const remember = {
    opened: (issue: number) => {
      issues.push(issue);
      remembered.push(`opened ${issue}`);
    },
    ended: () => void remembered.push('ended'),
  };
  return {
    ports,
    gate: { ...ports, connect, pollMs: 1000, event: () => Promise.resolve(null), remember },
    remembered,
    issues,
  };
}

function inputs(given: Record<string, string> = {}): InputsOf<typeof spec> {
  const all: Record<string, string> = { approvers: 'alice, bob', 'plan-path': 'plan.json', ...given };
  const parsed = parseInputs(spec, (name) => (all[name] ? { text: all[name], origin: '' } : null));
  expect(parsed.problems).toEqual([]);
  return parsed.inputs;
}

async function plan(made: Plan = fakePlan()): Promise<Plan> {
  await writeFile(join(folder, 'plan.json'), JSON.stringify(made));
  return made;
}

/** A plan for an endpoint of its own, so that the tests do not supersede each other. */
let endpoints = 0;
const freshPlan = () => plan(fakePlan({ endpoint: `churn-${++endpoints}` }));

const path = (issue: number, rest = '') => `/repos/acme/churn/issues/${issue}${rest}`;
const say = (issue: number, as: string, body: string) =>
  github.api<{ id: number }>('POST', path(issue, '/comments'), { as, body: { body } });
/** A comment that was changed later; the emulator stamps milliseconds, so that it may take more than one change. */
async function sayEdited(issue: number, as: string, body: string): Promise<void> {
  const { id } = await say(issue, as, 'hm');
  let stamps: { created_at: string; updated_at: string };
  do {
    stamps = await github.api('PATCH', `/repos/acme/churn/issues/comments/${id}`, { body: { body } });
  } while (Date.parse(stamps.updated_at) - Date.parse(stamps.created_at) < 2);
}
const comments = async (issue: number) =>
  (await github.api<{ body: string }[]>('GET', path(issue, '/comments?per_page=100'))).map(
    ({ body }) => body,
  );
const close = (issue: number, as: string) =>
  github.api('PATCH', path(issue), { as, body: { state: 'closed' } });
const stateOf = async (issue: number) => (await github.api<{ state: string }>('GET', path(issue))).state;

/** Does one thing at each look, the first one after the first look. */
function meanwhile({ ports, issues }: Step, ...things: ((issue: number) => unknown)[]): void {
  ports.clock.onSleep = async () => {
    const issue = issues[0];
    if (issue !== undefined) await things.shift()?.(issue);
  };
}

async function thrown(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => new Error('nothing was thrown'),
    (error: unknown) => error as Error,
  );
}

describe('a decision', () => {
  it('approves, and passes on exactly this plan with the approval in it', async () => {
    const made = await freshPlan();
    const s = step();
    meanwhile(s, (issue) => say(issue, 'alice', 'LGTM!'));
    await run(inputs({ labels: 'gate', 'issue-title': 'May we?' }), s.gate);
    const issue = s.issues[0] ?? 0;
    expect(s.ports.outputs).toMatchObject({
      status: 'approved',
      'approved-by': 'alice',
      'issue-number': String(issue),
      'deployment-id': '',
    });
    expect(s.ports.outputs['issue-url']).toMatch(new RegExp(`/issues/${issue}$`));
    const document = parseApprovedPlan(await readFile(s.ports.outputs['approved-plan'] ?? '', 'utf8'), 'it');
    expect(document.plan).toEqual(made);
    expect(document.approval).toMatchObject({ by: [{ login: 'alice' }], planDigest: made.digest });
    expect(await stateOf(issue)).toBe('closed');
    expect((await comments(issue)).at(-1)).toMatch(/Approved by .*alice/);
    expect(s.remembered).toEqual([`opened ${issue}`, 'ended']);
    const shown = await github.api<{
      title: string;
      labels: { name: string }[];
      assignees: { login: string }[];
    }>('GET', path(issue));
    expect(shown.title).toBe('May we?');
    expect(shown.labels.map(({ name }) => name)).toEqual(['gate']);
    expect(shown.assignees.map(({ login }) => login)).toEqual(['alice', 'bob']);
    expect(s.ports.summaries.join()).toContain(made.digest);
  });

  it('waits for a quorum, out of users and a team', async () => {
    await freshPlan();
    const s = step();
    meanwhile(
      s,
      (issue) => say(issue, 'alice', 'approve'),
      (issue) => say(issue, 'alice', 'approve'),
      (issue) => say(issue, 'carol', 'yes'),
    );
    await run(inputs({ approvers: 'alice, acme/ml', 'minimum-approvals': '2' }), s.gate);
    expect(s.ports.outputs['approved-by']).toBe('alice,carol');
    expect(s.ports.log.text).toContain('(1 of 2 approvals)');
    expect(s.ports.clock.sleeps).toHaveLength(3);
  });

  it('denies', async () => {
    await freshPlan();
    const s = step();
    meanwhile(s, (issue) => say(issue, 'bob', 'no'));
    const error = await thrown(run(inputs(), s.gate));
    expect(error).toBeInstanceOf(OutcomeError);
    expect(error.message).toMatch(/denied by bob/);
    expect(s.ports.log.text).toMatch(/The request http\S+ has ended: denied by bob\./);
    expect(s.ports.outputs).toMatchObject({ status: 'denied', 'approved-by': '', 'approved-plan': '' });
    expect(await stateOf(s.issues[0] ?? 0)).toBe('closed');
  });

  it('times out', async () => {
    await freshPlan();
    const s = step();
    const error = await thrown(run(inputs({ 'timeout-minutes': '0.1' }), s.gate));
    expect(error).toBeInstanceOf(OutcomeError);
    expect(s.ports.outputs.status).toBe('timed-out');
    expect((await comments(s.issues[0] ?? 0)).at(-1)).toMatch(/No decision within 0.1 minutes/);
    expect(await stateOf(s.issues[0] ?? 0)).toBe('closed');
  });

  it('is cancelled: the issue is closed at once', async () => {
    await freshPlan();
    const s = step();
    meanwhile(s, () => s.ports.cancel());
    expect(await thrown(run(inputs(), s.gate))).toBeInstanceOf(CancelledError);
    expect(s.ports.outputs.status).toBe('cancelled');
    expect(await stateOf(s.issues[0] ?? 0)).toBe('closed');
    expect(s.remembered.at(-1)).toBe('ended');
  });

  it('is denied by closing the issue', async () => {
    await freshPlan();
    const s = step();
    meanwhile(s, (issue) => github.api('PATCH', path(issue), { body: { state: 'closed' } }));
    const error = await thrown(run(inputs(), s.gate));
    expect(error.message).toMatch(/closed by deploy-bot without a decision/);
    expect(s.ports.outputs.status).toBe('denied');
  });

  it('counts "comment and close" with an approval as an approval', async () => {
    await freshPlan();
    const s = step();
    meanwhile(s, (issue) =>
      inOneSecond(github, async () => {
        await say(issue, 'alice', 'approve');
        await close(issue, 'alice');
      }),
    );
    await run(inputs(), s.gate);
    expect(s.ports.outputs.status).toBe('approved');
  });

  it('is taken back by an approver who closes the issue later, without a word', async () => {
    await freshPlan();
    const s = step();
    const later = new Date(Date.now() + 3_600_000);
    meanwhile(
      s,
      (issue) => say(issue, 'alice', 'approve'),
      async (issue) => {
        github.now = () => later;
        await close(issue, 'alice');
        github.now = () => new Date();
        await say(issue, 'bob', 'approve');
      },
    );
    const error = await thrown(run(inputs({ 'minimum-approvals': '2' }), s.gate));
    expect(error.message).toMatch(
      /was closed by alice after their approval, which withdraws it .*"Close with comment"/,
    );
    expect(s.ports.outputs).toMatchObject({ status: 'denied', 'approved-plan-json': '' });
    expect((await comments(s.issues[0] ?? 0)).at(-1)).toContain('which withdraws it');
  });
});

describe('what is no approval', () => {
  it('is answered once with its reason, and the honest word after it counts', async () => {
    await freshPlan();
    const s = step();
    meanwhile(
      s,
      async (issue) => {
        await say(issue, 'mallory', 'approve');
        await say(issue, 'olga', 'approve');
        await say(issue, 'alice', '> approve');
        await sayEdited(issue, 'bob', 'approve');
      },
      () => undefined,
      () => undefined,
      (issue) => say(issue, 'alice', 'approve'),
      // What Bob said first may have been a denial: he has to speak again.
      (issue) => say(issue, 'bob', 'approve'),
    );
    await run(inputs(), s.gate);
    const answers = (await comments(s.issues[0] ?? 0)).filter((body) => body.includes('does not count'));
    expect(answers).toHaveLength(4);
    expect(answers.join('\n')).toMatch(/mallory`? does not count: its author is not one of the approvers/);
    expect(answers.join('\n')).toMatch(/olga`? does not count: its author started this run/);
    expect(answers.join('\n')).toMatch(/alice`? does not count: it contains a quotation/);
    expect(answers.join('\n')).toMatch(/bob`? does not count: it was edited/);
    expect(s.ports.outputs['approved-by']).toBe('bob,alice');
  });

  it('is the word of somebody who lost write access', async () => {
    await freshPlan();
    const s = step();
    meanwhile(
      s,
      async (issue) => {
        await say(issue, 'bob', 'approve');
        await github.api('DELETE', '/repos/acme/churn/collaborators/bob');
      },
      () => undefined,
      (issue) => say(issue, 'alice', 'approve'),
    );
    try {
      await run(inputs(), s.gate);
    } finally {
      await github.api('PUT', '/repos/acme/churn/collaborators/bob', { body: { permission: 'push' } });
    }
    expect(s.ports.outputs['approved-by']).toBe('alice');
    expect((await comments(s.issues[0] ?? 0)).join('\n')).toMatch(
      /has no write access to this repository, or left the team/,
    );
  });

  it('is the word of somebody who left the team, or is only in a team of a similar name', async () => {
    await freshPlan();
    const s = step();
    meanwhile(
      s,
      async (issue) => {
        await say(issue, 'mallory', 'approve');
        await say(issue, 'carol', 'approve');
        await github.api('DELETE', '/orgs/acme/teams/ml/memberships/carol');
      },
      () => undefined,
    );
    let error: Error;
    try {
      error = await thrown(run(inputs({ approvers: 'acme/ml', 'timeout-minutes': '0.1' }), s.gate));
    } finally {
      await github.api('PUT', '/orgs/acme/teams/ml/memberships/carol', { body: {} });
    }
    expect(error.message).toMatch(/Nobody decided/);
  });

  it('is an approval of a text that was edited', async () => {
    await freshPlan();
    const s = step();
    meanwhile(s, async (issue) => {
      await github.api('PATCH', path(issue), { as: 'olga', body: { body: 'A harmless plan' } });
      await say(issue, 'alice', 'approve');
    });
    const error = await thrown(run(inputs(), s.gate));
    expect(error).toBeInstanceOf(OutcomeError);
    expect(error.message).toMatch(/was edited/);
    expect(s.ports.outputs).toMatchObject({ status: 'denied', 'approved-plan': '' });
  });

  it('is an approval while GitHub fails: an error is neither yes nor no', async () => {
    await freshPlan();
    const down = new TransientError('GitHub', 'GitHub could not read the comments (HTTP 502).', {
      retryAfterMs: null,
    });
    const s = step((host) => ({ ...host, comments: () => Promise.reject(down) }));
    meanwhile(s, (issue) => say(issue, 'alice', 'approve'));
    const error = await thrown(run(inputs({ 'timeout-minutes': '0.1' }), s.gate));
    expect(error).toBe(down);
    expect(s.ports.outputs).toMatchObject({ status: 'error', 'approved-plan': '' });
    expect((await comments(s.issues[0] ?? 0)).at(-1)).toMatch(/ended with an error before a decision/);
    expect(await stateOf(s.issues[0] ?? 0)).toBe('closed');
    expect(s.remembered).toEqual([`opened ${s.issues[0]}`, 'ended']);
    const log = s.ports.log.lines.filter(({ message }) => message.includes('Trying again'));
    expect(log).toHaveLength(1);
  });
});

describe('waiting', () => {
  it('goes on after a hiccup, as late as GitHub asks', async () => {
    await freshPlan();
    let failures = 2;
    const s = step((host) => ({
      ...host,
      issue: (number) =>
        failures-- > 0
          ? Promise.reject(new TransientError('GitHub', 'GitHub is busy.', { retryAfterMs: 30_000 }))
          : host.issue(number),
    }));
    s.ports.clock.onSleep = async () => {
      if (failures < 0 && s.issues[0] !== undefined) await say(s.issues[0], 'alice', 'approve');
    };
    await run(inputs(), s.gate);
    expect(s.ports.outputs.status).toBe('approved');
    expect(s.ports.clock.sleeps.filter((ms) => ms === 29_000)).toHaveLength(2);
  });

  it('leaves the issue to the post step where it cannot be closed after an error', async () => {
    await freshPlan();
    const down = () =>
      Promise.reject(new TransientError('GitHub', 'GitHub is down.', { retryAfterMs: null }));
    const s = step((host) => ({ ...host, issue: down, comment: down }));
    await thrown(run(inputs({ 'timeout-minutes': '0.1' }), s.gate));
    expect(s.ports.outputs.status).toBe('error');
    expect(s.remembered).toEqual([`opened ${s.issues[0]}`]);
    expect(s.ports.log.text).toMatch(/the post step tries again/);
  });

  it('an error that no waiting mends ends the wait at once, as an error', async () => {
    await freshPlan();
    const gone = new UpstreamError('GitHub', 'GitHub refused to read the issue (HTTP 410: gone).');
    const s = step((host) => ({ ...host, issue: () => Promise.reject(gone) }));
    expect(await thrown(run(inputs(), s.gate))).toBe(gone);
    expect(s.ports.outputs).toMatchObject({ status: 'error', 'approved-plan': '', 'approved-by': '' });
  });

  it('reminds once, whoever has not decided yet', async () => {
    await freshPlan();
    const s = step();
    meanwhile(s, (issue) => say(issue, 'alice', 'approve'));
    const given = { approvers: 'alice, bob, acme/ml', 'minimum-approvals': '3', 'timeout-minutes': '60' };
    await thrown(run(inputs(given), { ...s.gate, pollMs: 60_000 }));
    const reminders = (await comments(s.issues[0] ?? 0)).filter((body) =>
      body.includes('still needs a decision'),
    );
    expect(reminders).toHaveLength(1);
    expect(reminders[0]).toMatch(/@bob @acme\/ml: .* ends in 1[0-5] minutes/);
  });

  it.each([
    ['0', '60'],
    ['', '10'],
  ])('does not remind (reminder-minutes %j of %s)', async (before, whole) => {
    await freshPlan();
    const s = step();
    const given = { 'timeout-minutes': whole, 'reminder-minutes': before };
    await thrown(run(inputs(given), { ...s.gate, pollMs: 60_000 }));
    expect((await comments(s.issues[0] ?? 0)).join()).not.toContain('still needs a decision');
  });
});

describe('requests for the same endpoint', () => {
  it('a newer one ends the older one, and no other', async () => {
    const mine = fakePlan({ endpoint: 'shared' });
    const older = step();
    const others: Step[] = [];
    const begin = async (s: Step, made: Plan, environment = 'prod') => {
      await plan(made);
      let go: () => void = () => undefined;
      const opened = new Promise<void>((resolve) => (go = resolve));
      let stop: () => void = () => undefined;
      const hold = new Promise<void>((resolve) => (stop = resolve));
      s.ports.clock.onSleep = async () => {
        go();
        await hold;
      };
      const finished = thrown(run(inputs({ environment, 'timeout-minutes': '0.1' }), s.gate));
      await opened;
      return { stop, finished };
    };
    const first = await begin(older, mine);
    const waiting: (typeof first)[] = [];
    for (const [made, environment] of [
      [fakePlan({ endpoint: 'shared', environmentName: 'dev' }), 'dev'],
      [fakePlan({ endpoint: 'shared-2' }), 'prod'],
    ] as const) {
      const s = step();
      others.push(s);
      waiting.push(await begin(s, made, environment));
    }
    // Somebody else's issue with the same mark is none of ours.
    const copied = await github.api<{ body: string }>('GET', path(older.issues[0] ?? 0));
    const foreign = await github.api<{ number: number }>('POST', '/repos/acme/churn/issues', {
      as: 'alice',
      body: { title: 'copy', body: copied.body },
    });
    const newer = step();
    meanwhile(newer, (issue) => say(issue, 'alice', 'approve'));
    await plan(mine);
    await run(inputs({ environment: 'prod' }), newer.gate);
    // An approval that comes late on the older one changes nothing.
    await say(older.issues[0] ?? 0, 'alice', 'approve');
    first.stop();
    const error = await first.finished;
    expect(error).toBeInstanceOf(OutcomeError);
    expect(error.message).toContain(`#${newer.issues[0]}`);
    expect(older.ports.outputs).toMatchObject({ status: 'superseded', 'approved-plan': '' });
    expect(newer.ports.outputs.status).toBe('approved');
    expect(await stateOf(older.issues[0] ?? 0)).toBe('closed');
    expect(await stateOf(foreign.number)).toBe('open');
    for (const s of others) expect(await stateOf(s.issues[0] ?? 0)).toBe('open');
    for (const { stop, finished } of waiting) {
      stop();
      await finished;
    }
    for (const s of others) expect(s.ports.outputs.status).toBe('timed-out');
  });

  it('cannot be ended by a comment that claims to be a newer one', async () => {
    await freshPlan();
    const s = step();
    meanwhile(
      s,
      (issue) => say(issue, 'mallory', '<!-- ml-deploy:superseded 99999 -->\nreplaced'),
      (issue) => say(issue, 'alice', 'approve'),
    );
    await run(inputs(), s.gate);
    expect(s.ports.outputs.status).toBe('approved');
  });
});

describe('before anything is opened', () => {
  const refused = async (given: Record<string, string>, gate: Partial<GatePorts> = {}) => {
    const s = step();
    const error = await thrown(run(inputs(given), { ...s.gate, ...gate }));
    expect(error).toBeInstanceOf(UserError);
    expect(s.issues).toEqual([]);
    expect(Object.keys(s.ports.outputs).sort()).toEqual(Object.keys(spec.outputs).sort());
    return error.message;
  };

  it('every problem is told at once', async () => {
    const given = {
      mode: 'request',
      approvers: 'olga, not a login',
      'plan-path': 'missing.json',
      'report-path': 'none.json',
      'deny-words': 'lgtm',
      'minimum-approvals': '3',
    };
    const message = await refused(given, {
      connect: null,
      context: { ...step().ports.context, repository: '' },
    });
    for (const part of [
      'token: is not given, and neither is GITHUB_TOKEN',
      'GITHUB_REPOSITORY',
      'approvers: "not a login"',
      'minimum-approvals: 3 approvals',
      'plan-path: "missing.json" does not exist',
      'report-path: "none.json" does not exist',
      'deny-words: "lgtm" cannot both',
    ]) {
      expect(message).toContain(part);
    }
  });

  it.each([
    ['no approvers', { approvers: ' , ' }, /approvers: is empty/],
    ['no plan', { 'plan-path': '' }, /plan-path: is required/],
    ['another environment', { environment: 'dev' }, /was made for prod/],
    ['only the initiator', { approvers: 'OLGA' }, /only 0 of the approvers/],
    ['an unknown user', { approvers: 'alice, nobody-there' }, /"nobody-there" is not a user/],
    ['an unknown team', { approvers: 'acme/none' }, /acme\/none does not exist, or the token cannot read it/],
    [
      'a team that is too small',
      { approvers: 'acme/ml', 'minimum-approvals': '2' },
      /only 1 of the approvers/,
    ],
  ])('%s', async (_, given, message) => {
    await plan();
    expect(await refused(given)).toMatch(message);
  });

  it('a plan that was edited', async () => {
    await writeFile(join(folder, 'plan.json'), JSON.stringify({ ...fakePlan(), endpoint: 'other' }));
    expect(await refused({})).toMatch(/was edited/);
  });

  it('a smoke report of another model', async () => {
    await plan();
    await writeFile(
      join(folder, 'report.json'),
      JSON.stringify({ passed: true, modelDigest: 'c'.repeat(64) }),
    );
    expect(await refused({ 'report-path': 'report.json' })).toMatch(
      /is about the model c+, but the plan deploys a+/,
    );
  });

  it('the initiator may approve where exclude-initiator is false', async () => {
    await freshPlan();
    const s = step();
    meanwhile(s, (issue) => say(issue, 'olga', 'approve'));
    await run(inputs({ approvers: 'olga', 'exclude-initiator': 'false' }), s.gate);
    expect(s.ports.outputs['approved-by']).toBe('olga');
  });

  it('excludes the person who started this attempt too', async () => {
    await plan();
    const s = step();
    const context = { ...s.gate.context, triggeringActor: 'ALICE' };
    const error = await thrown(run(inputs({ approvers: 'alice, olga' }), { ...s.gate, context }));
    expect(error.message).toMatch(/besides olga and ALICE, who started the run/);
  });

  it('a token that GitHub refuses', async () => {
    await plan();
    const connect = async () =>
      createGateHost(createOctokit('wrong', github.url), {
        repository: 'acme/other',
        signal: new AbortController().signal,
        now: () => new Date(),
      });
    const s = step();
    const error = await thrown(run(inputs(), { ...s.gate, connect }));
    expect(error instanceof UserError || error instanceof UpstreamError).toBe(true);
    expect(s.issues).toEqual([]);
  });
});

describe('the post step', () => {
  it('closes what was left open, and touches nothing else', async () => {
    await freshPlan();
    const s = step();
    const host = await s.gate.connect?.();
    if (host === undefined) throw new Error('no host');
    const issue = await host.open({ title: 'left', body: 'x', assignees: [], labels: [] });
    await closeLeftOpen(issue.number, host, s.ports.log);
    expect(await stateOf(issue.number)).toBe('closed');
    expect(await comments(issue.number)).toHaveLength(1);
    await closeLeftOpen(issue.number, host, s.ports.log);
    expect(await comments(issue.number)).toHaveLength(1);
  });
});

it('shows the token nowhere', async () => {
  await freshPlan();
  const s = step();
  meanwhile(s, (issue) => say(issue, 'alice', 'approve'));
  await run(inputs(), s.gate);
  const everything = [s.ports.log.text, ...s.ports.summaries, JSON.stringify(s.ports.outputs)].join('\n');
  expect(everything).not.toContain(github.token);
});
