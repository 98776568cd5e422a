import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OutcomeError, UserError } from '../../../../src/core/errors.ts';
import { parseApprovedPlan } from '../../../../src/documents/approved-plan.ts';
import type { Plan } from '../../../../src/documents/plan.ts';
import { inOneSecond } from '../../../fakes/github-front.ts';
import { RUN, Scene, type Ran } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await Scene.open();
});
afterAll(() => scene.close());

const states = (ran: Ran) => scene.deployment(ran).statuses.map(({ state }) => state);

describe('request', () => {
  it('ends at once, with the plan in a Deployment and in a comment', async () => {
    const plan = await scene.plan();
    const { issue, ran } = await scene.request({ 'timeout-minutes': '120' });
    expect(ran.outputs).toMatchObject({ status: 'pending', 'approved-plan': '', 'approved-plan-json': '' });
    expect(ran.ports.clock.sleeps).toEqual([]);
    expect(ran.remembered).toEqual([`opened ${issue}`, 'ended']);
    const deployment = scene.deployment(ran);
    expect(deployment).toMatchObject({ environment: 'prod', task: 'ml-deploy', sha: plan.commit });
    expect(deployment.payload).toMatchObject({ issue, plan, initiators: ['olga'] });
    expect(states(ran)).toEqual(['queued']);
    const [comment] = await scene.comments(issue);
    expect(comment).toContain(plan.digest);
    expect(comment).toContain(plan.desired.model);
    expect(await scene.isOpen(issue)).toBe(true);
    expect(ran.ports.log.text).toContain('No job waits');
  });

  it('needs an environment', async () => {
    await scene.plan({ environmentName: null });
    const ran = await scene.gate({ mode: 'request', approvers: 'alice', 'plan-path': 'plan.json' });
    expect(ran.error?.message).toMatch(/environment: is needed with mode request/);
  });

  it('closes the issue where the Deployment cannot be made', async () => {
    await scene.plan();
    scene.github.interfere = ({ method, path }) =>
      method === 'POST' && path.endsWith('/deployments')
        ? { status: 403, body: { message: 'Resource not accessible by integration' } }
        : null;
    const given = { mode: 'request', approvers: 'alice', 'plan-path': 'plan.json' };
    const ran = await scene.gate(given);
    scene.github.interfere = () => null;
    expect(ran.error).toBeInstanceOf(UserError);
    expect(ran.error?.message).toMatch(/cannot create a deployment .*"deployments: write"/);
    expect(ran.outputs.status).toBe('error');
    expect(await scene.isOpen(Number(ran.outputs['issue-number']))).toBe(false);
  });

  it('shortens what is for people only where the plan is too large', async () => {
    const long = 'x'.repeat(5000);
    const changes = Array.from({ length: 50 }, (_, i) => ({ field: `f${i}`, from: long, to: long }));
    const plan = await scene.plan({}, { changes });
    const { issue, ran } = await scene.request();
    const { payload } = scene.deployment(ran);
    expect(JSON.stringify(payload).length).toBeLessThan(65_000);
    const done = await scene.resume(issue, await scene.say(issue, 'alice', 'approve'));
    expect(done.error).toBeNull();
    expect(done.outputs['plan-digest']).toBe(plan.digest);
  });
});

describe('resume', () => {
  it('gives the plan and everything that it pins, and closes the issue', async () => {
    const sources = {
      modelUrl: 's3://models/m.tar.gz',
      modelSha256: null,
      referenceUrl: 's3://models/r.onnx',
      imageUri: 'registry.test/churn@sha256:1',
      release: 'd'.repeat(64),
    };
    const plan = await scene.plan({}, { sources });
    const { issue, ran: asked } = await scene.request();
    const comment = await scene.say(issue, 'alice', 'Approved!');
    const ran = await scene.resume(issue, comment);
    expect(ran.error).toBeNull();
    expect(ran.outputs).toMatchObject({
      status: 'approved',
      'approved-by': 'alice',
      'plan-digest': plan.digest,
      'endpoint-name': plan.endpoint,
      target: 'local',
      'environment-name': 'prod',
      commit: plan.commit,
      'model-digest': plan.desired.model,
      'model-data-url': sources.modelUrl,
      'reference-url': sources.referenceUrl,
      'image-digest': '',
      'image-uri': sources.imageUri,
      'release-digest': sources.release,
      'deployment-id': asked.outputs['deployment-id'],
      'issue-number': String(issue),
    });
    const text = ran.outputs['approved-plan-json'] ?? '';
    const { plan: passed, approval } = parseApprovedPlan(text, 'it');
    expect(passed).toEqual(plan);
    expect(approval).toMatchObject({
      planDigest: plan.digest,
      by: [
        {
          login: 'alice',
          said: 'Approved!',
          url: expect.stringContaining(`issuecomment-${comment}`) as string,
        },
      ],
    });
    expect(await scene.approvedPlan(ran)).toEqual(JSON.parse(text));
    expect(states(ran)).toEqual(['queued', 'in_progress']);
    expect(scene.deployment(ran).statuses[1]?.description).toBe('Approved by alice');
    expect(await scene.isOpen(issue)).toBe(false);
    expect(ran.ports.clock.sleeps).toEqual([]);
  });

  it('waits for the quorum, run by run', async () => {
    await scene.plan();
    const { issue } = await scene.request({ 'minimum-approvals': '2' });
    const two = { 'minimum-approvals': '2' };
    const first = await scene.resume(issue, await scene.say(issue, 'alice', 'lgtm'), two);
    expect(first.error).toBeNull();
    expect(first.outputs).toMatchObject({ status: 'pending', 'approved-plan': '', 'approved-plan-json': '' });
    const second = await scene.resume(issue, await scene.say(issue, 'bob', 'lgtm'), two);
    expect(second.outputs).toMatchObject({ status: 'approved', 'approved-by': 'alice,bob' });
  });

  it('goes by its own rules, not by those of the request', async () => {
    await scene.plan();
    const { issue } = await scene.request({ approvers: 'mallory, carol', 'approve-words': 'ship' });
    const spoof = await scene.resume(issue, await scene.say(issue, 'mallory', 'approve'));
    expect(spoof.outputs.status).toBe('pending');
    const word = await scene.resume(issue, await scene.say(issue, 'alice', 'ship'));
    expect(word.outputs.status).toBe('pending');
    const ran = await scene.resume(issue, await scene.say(issue, 'alice', 'approve'));
    expect(ran.outputs['approved-by']).toBe('alice');
  });

  it('denies, and no later comment changes that', async () => {
    await scene.plan();
    const { issue } = await scene.request();
    const denied = await scene.resume(issue, await scene.say(issue, 'bob', 'no'));
    expect(denied.error).toBeInstanceOf(OutcomeError);
    expect(denied.outputs).toMatchObject({ status: 'denied', 'approved-plan': '', 'approved-plan-json': '' });
    expect(states(denied)).toEqual(['queued', 'inactive']);
    expect(await scene.isOpen(issue)).toBe(false);
    const later = await scene.resume(issue, await scene.say(issue, 'alice', 'approve'));
    expect(later.error).toBeNull();
    expect(later.outputs.status).toBe('');
    expect(later.ports.log.text).toMatch(/no longer open \(Denied by bob\)/);
  });

  it('lets one run of several have it, and the same run again', async () => {
    await scene.plan();
    const { issue } = await scene.request();
    const comment = await scene.say(issue, 'alice', 'approve');
    const runs = await Promise.all([1, 2, 3].map(() => scene.resume(issue, comment)));
    const won = runs.filter(({ outputs }) => outputs.status === 'approved');
    expect(won).toHaveLength(1);
    for (const { error } of runs) expect(error).toBeNull();
    const { runId, runUrl } = won[0]?.ports.context ?? { runId: '', runUrl: '' };
    const again = await scene.resume(issue, comment, {}, { context: { runId, runUrl } });
    expect(again.outputs.status).toBe('approved');
    const other = await scene.resume(issue, comment);
    expect(other.outputs.status).toBe('');
  });

  it('ends with its time', async () => {
    await scene.plan();
    const { issue } = await scene.request({ 'timeout-minutes': '60' });
    const comment = await scene.say(issue, 'alice', 'approve');
    const at = new Date(Date.now() + 61 * 60_000).toISOString();
    const ran = await scene.resume(issue, comment, {}, { at });
    expect(ran.error).toBeInstanceOf(OutcomeError);
    expect(ran.outputs).toMatchObject({ status: 'timed-out', 'approved-plan-json': '' });
    expect(await scene.isOpen(issue)).toBe(false);
  });

  it('is denied by closing the issue', async () => {
    await scene.plan();
    const { issue } = await scene.request();
    const path = `/repos/acme/churn/issues/${issue}`;
    await scene.github.api('PATCH', path, { as: 'bob', body: { state: 'closed' } });
    const ran = await scene.resume(issue, await scene.say(issue, 'bob', 'never mind'));
    expect(ran.error?.message).toMatch(/closed by bob without a decision/);
    expect(ran.outputs.status).toBe('denied');
  });

  it('does not count a word that comes after the issue was closed, and does one that closes it', async () => {
    const close = (issue: number) =>
      scene.github.api('PATCH', `/repos/acme/churn/issues/${issue}`, {
        as: 'alice',
        body: { state: 'closed' },
      });
    await scene.plan();
    const { issue: late } = await scene.request();
    await close(late);
    const refused = await scene.resume(late, await scene.say(late, 'bob', 'approve'));
    expect(refused.error?.message).toMatch(/closed by alice without a decision/);
    expect(refused.outputs).toMatchObject({ status: 'denied', 'approved-plan-json': '' });
    await scene.plan();
    const { issue } = await scene.request();
    let comment = 0;
    await inOneSecond(scene.github, async () => {
      comment = await scene.say(issue, 'alice', 'approve');
      await close(issue);
    });
    expect((await scene.resume(issue, comment)).outputs.status).toBe('approved');
  });

  it('has nothing to do with other issues, nor with pull requests', async () => {
    const path = '/repos/acme/churn/issues';
    const other = await scene.github.api<{ number: number }>('POST', path, {
      body: { title: 't', body: 'b' },
    });
    const ran = await scene.resume(other.number, await scene.say(other.number, 'alice', 'approve'));
    expect(ran.error).toBeNull();
    expect(ran.outputs).toMatchObject({ status: '', 'approved-plan-json': '' });
    const event = { issue: 1, isPullRequest: true, comment: null };
    const pull = await scene.resume(1, 1, {}, { event });
    expect(pull.outputs.status).toBe('');
  });

  it('does not take a plan from the workspace', async () => {
    const plan = await scene.plan();
    const { issue } = await scene.request();
    await scene.plan();
    const ran = await scene.resume(issue, await scene.say(issue, 'bob', 'yes'), { 'plan-path': 'plan.json' });
    expect(ran.outputs).toMatchObject({ status: 'approved', 'plan-digest': plan.digest });
    expect(ran.ports.log.text).toContain('plan-path and report-path are not used');
  });

  it('answers the comment that does not count, once', async () => {
    await scene.plan();
    const { issue } = await scene.request();
    await scene.resume(issue, await scene.say(issue, 'mallory', 'approve'));
    await scene.resume(issue, await scene.say(issue, 'alice', 'how was the latency?'));
    const answers = (await scene.comments(issue)).filter((body) => body.includes('does not count'));
    expect(answers).toHaveLength(2);
    expect(answers[0]).toContain('its author is not one of the approvers');
  });
});

describe('a newer request', () => {
  it('ends the older one of the same endpoint and environment, and no other', async () => {
    const mine = await scene.plan({ endpoint: 'shared' });
    const older = await scene.request();
    await scene.plan({ endpoint: 'shared-2' });
    const neighbour = await scene.request();
    await scene.plan({ endpoint: 'shared', environmentName: 'dev' });
    const dev = await scene.request({ environment: 'dev' });
    await scene.plan({ endpoint: 'shared' });
    const newer = await scene.request();
    expect(states(older.ran)).toEqual(['queued', 'inactive']);
    expect(await scene.isOpen(older.issue)).toBe(false);
    expect((await scene.comments(older.issue)).at(-1)).toContain(`#${newer.issue} replaces this one`);
    for (const { ran, issue } of [neighbour, dev, newer]) {
      expect(states(ran)).toEqual(['queued']);
      expect(await scene.isOpen(issue)).toBe(true);
    }
    const late = await scene.resume(older.issue, await scene.say(older.issue, 'alice', 'approve'));
    expect(late.outputs.status).toBe('');
    const both = [
      await scene.resume(neighbour.issue, await scene.say(neighbour.issue, 'alice', 'approve')),
      await scene.resume(newer.issue, await scene.say(newer.issue, 'alice', 'approve')),
    ];
    expect(both.map(({ outputs }) => outputs.status)).toEqual(['approved', 'approved']);
    expect(both[1]?.outputs['plan-digest']).toBe(mine.digest);
  });

  it('wins even where it was killed before it could end the older one', async () => {
    await scene.plan({ endpoint: 'killed' });
    const older = await scene.request();
    await scene.plan({ endpoint: 'killed' });
    const given = { mode: 'request', approvers: 'alice', 'plan-path': 'plan.json' };
    await scene.gate(given, {
      wrap: (host) => ({
        ...host,
        openIssues: () => Promise.resolve([]),
        deployments: () => Promise.resolve([]),
      }),
    });
    expect(states(older.ran)).toEqual(['queued']);
    const ran = await scene.resume(older.issue, await scene.say(older.issue, 'alice', 'approve'));
    expect(ran.error).toBeInstanceOf(OutcomeError);
    expect(ran.outputs).toMatchObject({ status: 'superseded', 'approved-plan-json': '' });
    expect(states(older.ran)).toEqual(['queued', 'inactive']);
  });
});

describe('without a comment', () => {
  it('reminds of requests once, and ends those whose time is over', async () => {
    await scene.plan();
    const soon = await scene.request({ 'timeout-minutes': '100' });
    await scene.plan();
    const over = await scene.request({ 'timeout-minutes': '30' });
    await scene.plan();
    const fresh = await scene.request({ 'timeout-minutes': '6000' });
    const at = new Date(Date.now() + 80 * 60_000).toISOString();
    const given = { mode: 'resume', approvers: 'alice, bob', requester: scene.github.botLogin };
    // The emulator stamps comments with the time of day, so that only a later reminder would be known as one.
    const ran = await scene.gate(given, { at, context: { eventName: 'schedule' } });
    expect(ran.error).toBeNull();
    expect((await scene.comments(soon.issue)).at(-1)).toMatch(/@alice @bob: .* ends in (19|20) minutes/);
    expect(states(over.ran)).toEqual(['queued', 'inactive']);
    expect(await scene.isOpen(over.issue)).toBe(false);
    expect(await scene.comments(fresh.issue)).toHaveLength(1);
    expect(ran.outputs.status).toBe('');
  });
});

it('a request that cannot be read holds up no other, and is an error', async () => {
  const longAgo = new Date(Date.now() - 3_600_000).toISOString();
  await scene.plan();
  const first = await scene.request({ 'timeout-minutes': '30' }, { at: longAgo });
  await scene.plan();
  const second = await scene.request({ 'timeout-minutes': '30' }, { at: longAgo });
  scene.github.interfere = ({ method, path }) =>
    method === 'GET' && path.endsWith(`/issues/${second.issue}`)
      ? { status: 451, body: { message: 'Unavailable' } }
      : null;
  const sweep = { mode: 'resume', approvers: 'alice', requester: scene.github.botLogin };
  const ran = await scene.gate(sweep, { context: { eventName: 'schedule' } });
  scene.github.interfere = () => null;
  expect(ran.error?.message).toMatch(/Unavailable/);
  expect(states(first.ran)).toEqual(['queued', 'inactive']);
});

it('reminds once only', async () => {
  await scene.plan();
  const hourAgo = new Date(Date.now() - 3_600_000).toISOString();
  const given = { 'timeout-minutes': '120', 'reminder-minutes': '90' };
  const { issue } = await scene.request(given, { at: hourAgo });
  const sweep = { mode: 'resume', approvers: 'alice', requester: scene.github.botLogin };
  for (let i = 0; i < 3; i++) {
    const ran = await scene.gate(sweep, { context: { eventName: 'schedule' } });
    expect(ran.error).toBeNull();
  }
  expect(
    (await scene.comments(issue)).filter((body) => body.includes('still needs a decision')),
  ).toHaveLength(1);
});

describe('conclude', () => {
  const released = async (endpoint: string, environment = 'prod') => {
    await scene.plan({ endpoint, environmentName: environment });
    const { issue } = await scene.request({ environment });
    const ran = await scene.resume(issue, await scene.say(issue, 'alice', 'approve'), { environment });
    expect(ran.outputs.status).toBe('approved');
    return ran;
  };
  const conclude = (ran: Ran, given: Record<string, string>) =>
    scene.gate(
      { mode: 'conclude', 'deployment-id': ran.outputs['deployment-id'] ?? '', ...given },
      { context: ran.ports.context },
    );

  it('says how it went, with the URL of the endpoint, and retires what served there before', async () => {
    const url = 'http://127.0.0.1:8080';
    const first = await released('concluded');
    const neighbour = await released('concluded-2');
    for (const ran of [first, neighbour]) {
      expect((await conclude(ran, { result: 'success', 'endpoint-url': url })).error).toBeNull();
    }
    expect(scene.deployment(first).statuses.at(-1)).toMatchObject({ state: 'success', environment_url: url });
    const second = await released('concluded');
    await conclude(second, { result: 'success', 'endpoint-url': url });
    expect(states(first)).toEqual(['queued', 'in_progress', 'success', 'inactive']);
    expect(states(second)).toEqual(['queued', 'in_progress', 'success']);
    expect(states(neighbour)).toEqual(['queued', 'in_progress', 'success']);
    const issue = Number(second.outputs['issue-number']);
    expect((await scene.comments(issue)).at(-1)).toContain('serves what was approved');
  });

  it.each([
    ['failure', 'failure'],
    ['cancelled', 'failure'],
    ['skipped', 'inactive'],
  ])('%s becomes %s', async (result, state) => {
    const ran = await released(`ended-${result}`);
    await conclude(ran, { result });
    expect(states(ran)).toEqual(['queued', 'in_progress', state]);
  });

  it('is refused to any other run, and without what it needs', async () => {
    const ran = await released('foreign');
    const other = { context: { runId: '1', runUrl: `${RUN}/1` } };
    const id = ran.outputs['deployment-id'] ?? '';
    const refused = await scene.gate({ mode: 'conclude', 'deployment-id': id, result: 'success' }, other);
    expect(refused.error?.message).toMatch(/did not take the request/);
    const unknown = await scene.gate({ mode: 'conclude', 'deployment-id': '7', result: 'success' });
    expect(unknown.error?.message).toMatch(/"7" is not a deployment of the gate/);
    const empty = await scene.gate({ mode: 'conclude', 'endpoint-url': 'ftp://x' });
    for (const part of ['deployment-id: is required', 'result: is required', 'endpoint-url: "ftp://x"'])
      expect(empty.error?.message).toContain(part);
  });
});

describe('environment', () => {
  const review = (login: string, more: Record<string, unknown> = {}) => ({
    state: 'approved',
    comment: 'Looks good',
    environments: [{ id: 1, name: 'prod' }],
    user: { login, type: 'User' },
    ...more,
  });
  let runs = 9000;
  const gate = async (
    reviews: unknown[] | null,
    given: Record<string, string> = {},
    planRun?: string,
    runAttempt = '1',
    made: (plan: Plan) => void = () => undefined,
  ) => {
    const runId = String(++runs);
    if (reviews !== null) scene.github.reviews.set(runId, reviews);
    const plan = await scene.plan({}, { run: planRun ?? `${RUN}/${runId}` });
    made(plan);
    const context = { runId, runUrl: `${RUN}/${runId}`, runAttempt };
    const all = { mode: 'environment', environment: 'prod', 'plan-path': 'plan.json', ...given };
    return { plan, ran: await scene.gate(all, { context }) };
  };

  it('passes on who reviewed this run', async () => {
    const { plan, ran } = await gate([
      review('alice'),
      review('bob', { environments: [{ id: 2, name: 'dev' }] }),
    ]);
    expect(ran.error).toBeNull();
    expect(ran.outputs).toMatchObject({ status: 'approved', 'approved-by': 'alice', 'issue-number': '' });
    const { approval } = parseApprovedPlan(ran.outputs['approved-plan-json'] ?? '', 'it');
    expect(approval).toMatchObject({
      planDigest: plan.digest,
      by: [{ login: 'alice', said: 'Looks good', url: ran.ports.context.runUrl }],
    });
  });

  it.each([
    ['nobody reviewed', [], {}, /Nobody reviewed prod in this run/],
    ['another environment', [review('alice', { environments: [{ name: 'dev' }] })], {}, /Nobody reviewed/],
    ['the initiator, in capitals', [review('OLGA')], {}, /0 of 1 approvals/],
    ['a bot', [review('ci-bot', { user: { login: 'ci-bot', type: 'Bot' } })], {}, /0 of 1/],
    ['not one of approvers', [review('bob')], { approvers: 'alice' }, /0 of 1/],
    ['one person twice', [review('bob'), review('BOB')], { 'minimum-approvals': '2' }, /1 of 2/],
    ['rejected', [review('bob'), review('alice', { state: 'rejected' })], {}, /rejected by alice/],
  ])('refuses: %s', async (_, reviews, given, message) => {
    const { ran } = await gate(reviews, given);
    expect(ran.error).toBeInstanceOf(OutcomeError);
    expect(ran.error?.message).toMatch(message);
    expect(ran.outputs).toMatchObject({ status: 'denied', 'approved-plan': '', 'approved-plan-json': '' });
  });

  describe('of a re-run', () => {
    const ofPlan = async (comment: (digits: string) => string) => {
      const reviews: unknown[] = [];
      const running = gate(reviews, {}, undefined, '2', ({ digest }) => {
        reviews.push(review('alice', { comment: comment(digest.slice(0, 12)) }));
      });
      return (await running).ran;
    };

    it('counts a review whose comment names its plan', async () => {
      for (const comment of [(d: string) => d, (d: string) => `Yes, ${d.toUpperCase()}.`]) {
        expect((await ofPlan(comment)).outputs.status).toBe('approved');
      }
    });

    it.each([
      ['that names no plan, as of an earlier attempt', () => 'Looks good'],
      ['that names another plan', () => '0123456789ab'],
      ['that names too few digits', (digits: string) => digits.slice(0, 11)],
    ])('counts no review %s', async (_, comment) => {
      const ran = await ofPlan(comment);
      expect(ran.outputs.status).toBe('denied');
      expect(ran.error?.message).toMatch(
        /In a re-run, a review counts only if its comment contains the first digits/,
      );
    });
  });

  it('refuses a plan of another run', async () => {
    const { ran } = await gate([review('alice')], {}, `${RUN}/1`);
    expect(ran.error).toBeInstanceOf(UserError);
    expect(ran.error?.message).toMatch(/plan was made by the run .*\/1, not by this run/);
  });

  it('takes a team of 120, and an error is an error', async () => {
    const { ran } = await gate([review('member119')], { approvers: 'acme/ml' });
    expect(ran.outputs['approved-by']).toBe('member119');
    const { ran: missing } = await gate(null);
    expect(missing.error).toBeInstanceOf(UserError);
    expect(missing.outputs.status).toBe('');
    expect(missing.error?.message).toMatch(/"actions: read"/);
  });
});
