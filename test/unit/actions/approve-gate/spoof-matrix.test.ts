/**
 * Everything that must never approve, against GitHub's API, with mode wait and with mode resume: each is refused with
 * its reason, and the same word, honestly given, is accepted right after.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OutcomeError, UserError } from '../../../../src/core/errors.ts';
import { Scene, type Ran } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await Scene.open();
});
afterAll(() => scene.close());

interface Cell {
  readonly name: string;
  /** Does it; the id of the comment, where it is one. */
  readonly spoof: (issue: number) => Promise<number>;
  readonly reason: RegExp;
  readonly undo?: () => Promise<unknown>;
  /** Whether the run that it started must not look like a success. */
  readonly held?: boolean;
}

const api = (method: string, path: string, body?: unknown) => scene.github.api(method, path, { body });
const said =
  (body: string, as = 'alice') =>
  (issue: number) =>
    scene.say(issue, as, body);
const BOB = '/repos/acme/churn/collaborators/bob';

const cells: Cell[] = [
  {
    name: 'an edited comment',
    spoof: async (issue) => {
      const id = await scene.say(issue, 'alice', 'hm');
      await scene.edit(id, 'approve');
      return id;
    },
    reason: /it was edited/,
    held: true,
  },
  { name: 'a bot', spoof: said('approve', 'ci-bot'), reason: /not written by a person’s own account/ },
  { name: 'the initiator', spoof: said('approve', 'olga'), reason: /its author started this run/ },
  { name: 'a quoted approval', spoof: said('> approve'), reason: /it contains a quotation/ },
  { name: 'an approval in a code block', spoof: said('```\napprove\n```'), reason: /is in code/ },
  { name: '"not approved"', spoof: said('not approved'), reason: /whole comment must be one of the words/ },
  { name: 'an approval of another plan', spoof: said(`approve ${'f'.repeat(64)}`), reason: /whole comment/ },
  {
    name: 'somebody who lost access',
    spoof: async (issue) => {
      const id = await scene.say(issue, 'bob', 'approve');
      await api('DELETE', BOB);
      return id;
    },
    undo: () => api('PUT', BOB, { permission: 'push' }),
    reason: /has no write access to this repository, or left the team/,
  },
  { name: 'a stranger', spoof: said('approve', 'mallory'), reason: /not one of the approvers/ },
];

/** Mode wait: the spoof comes in mid-wait, and the honest word two looks later. */
async function waiting(
  spoof: Cell['spoof'],
  undo: Cell['undo'],
  given: Record<string, string>,
): Promise<Ran> {
  await scene.plan();
  let looks = 0;
  let issue = 0;
  const ran = scene.gate(
    { approvers: 'alice, bob', 'plan-path': 'plan.json', 'timeout-minutes': '1', ...given },
    {
      wrap: (host) => ({
        ...host,
        issue: async (number) => {
          issue = number;
          looks += 1;
          if (looks === 2) await spoof(number);
          if (looks === 4) await scene.say(number, 'alice', 'approve');
          return host.issue(number);
        },
      }),
    },
  );
  const done = await ran;
  await undo?.();
  expect(looks).toBeGreaterThanOrEqual(4);
  expect(issue).toBeGreaterThan(0);
  return done;
}

describe('mode wait', () => {
  it.each(cells)('$name', async ({ spoof, reason, undo }) => {
    const ran = await waiting(spoof, undo, {});
    expect(ran.error).toBeNull();
    expect(ran.outputs).toMatchObject({ status: 'approved', 'approved-by': 'alice' });
    const answers = await scene.comments(Number(ran.outputs['issue-number']));
    expect(answers.find((body) => body.includes('does not count'))).toMatch(reason);
  });
});

describe('mode resume', () => {
  it.each(cells)('$name', async ({ spoof, reason, undo, held = false }) => {
    await scene.plan();
    const { issue } = await scene.request();
    const refused = await scene.resume(issue, await spoof(issue));
    expect(refused.error?.message ?? '').toMatch(held ? /edited or deleted, so it decides nothing/ : /^$/);
    expect(refused.outputs).toMatchObject({
      status: 'pending',
      'approved-plan': '',
      'approved-plan-json': '',
    });
    const answers = await scene.comments(issue);
    expect(answers.find((body) => body.includes('does not count'))).toMatch(reason);
    const honest = await scene.resume(issue, await scene.say(issue, 'alice', 'approve'));
    await undo?.();
    expect(honest.outputs).toMatchObject({ status: 'approved', 'approved-by': 'alice' });
  });

  it('the initiator under another letter case', async () => {
    await scene.plan();
    const { issue } = await scene.request({}, { context: { actor: 'ALICE', triggeringActor: 'Alice' } });
    const refused = await scene.resume(issue, await scene.say(issue, 'alice', 'approve'));
    expect(refused.outputs.status).toBe('pending');
    const honest = await scene.resume(issue, await scene.say(issue, 'bob', 'approve'));
    expect(honest.outputs['approved-by']).toBe('bob');
  });

  it('a comment older than the request', async () => {
    await scene.plan();
    // The word stands on the issue before the plan does.
    let early = 0;
    const { issue } = await scene.request(
      {},
      {
        wrap: (host) => ({
          ...host,
          open: async (draft) => {
            const opened = await host.open(draft);
            early = await scene.say(opened.number, 'alice', 'approve');
            return opened;
          },
          // GitHub stamps Deployments with whole seconds.
          createDeployment: async (draft) => {
            scene.github.now = () => new Date(Date.now() + 1000);
            return host.createDeployment(draft);
          },
        }),
      },
    );
    scene.github.now = () => new Date();
    const refused = await scene.resume(issue, early);
    expect(refused.outputs.status).toBe('pending');
    await scene.plan();
    const { issue: twin } = await scene.request();
    const honest = await scene.resume(twin, await scene.say(twin, 'alice', 'approve'));
    expect(honest.outputs['approved-by']).toBe('alice');
  });
});

describe('a team', () => {
  it('that merely looks alike does not count, one of 120 does', async () => {
    await scene.plan();
    const { issue } = await scene.request({ approvers: 'acme/ml' });
    const team = { approvers: 'acme/ml' };
    const refused = await scene.resume(issue, await scene.say(issue, 'mallory', 'approve'), team);
    expect(refused.outputs.status).toBe('pending');
    const honest = await scene.resume(issue, await scene.say(issue, 'member119', 'approve'), team);
    expect(honest.outputs['approved-by']).toBe('member119');
  });
});

it('a comment on page 4 counts, behind more than 300 others', async () => {
  await scene.plan();
  const { issue } = await scene.request();
  for (let i = 0; i < 310; i++) await scene.say(issue, 'carol', `remark ${i}`);
  const ran = await scene.resume(issue, await scene.say(issue, 'alice', 'approve'));
  expect(ran.outputs).toMatchObject({ status: 'approved', 'approved-by': 'alice' });
  const pages = scene.github.requests.filter(({ path }) => path.includes(`/issues/${issue}/comments?`));
  expect(pages.some(({ path }) => path.includes('page=4'))).toBe(true);
});

describe('the request itself is forged: it is refused, and its honest twin is accepted', () => {
  const request = async () => {
    const plan = await scene.plan();
    const asked = await scene.request();
    return { plan, ...asked, deployment: scene.deployment(asked.ran) };
  };
  type Request = Awaited<ReturnType<typeof request>>;
  const payloadOf = ({ deployment }: Request) => deployment.payload as { comment: number; plan: object };
  const forge = ({ deployment }: Request, more: object, as = scene.github.botLogin) =>
    scene.github.api('POST', '/repos/acme/churn/deployments', {
      as,
      body: {
        ref: deployment.sha,
        task: deployment.task,
        environment: deployment.environment,
        auto_merge: false,
        required_contexts: [],
        payload: { ...(deployment.payload as object), ...more },
      },
    });
  /** Replaces the payload, as nobody can on GitHub: stands for a Deployment that was forged in the first place. */
  const replace = ({ deployment }: Request, more: object) =>
    Object.assign(deployment, { payload: { ...(deployment.payload as object), ...more } });

  const voids: [string, (request: Request) => unknown, RegExp][] = [
    ['the plan’s comment was edited', (r) => scene.edit(payloadOf(r).comment, 'another plan'), /was edited/],
    [
      'the plan’s comment was deleted',
      (r) => api('DELETE', `/repos/acme/churn/issues/comments/${payloadOf(r).comment}`),
      /was deleted/,
    ],
    [
      'the comment is somebody else’s',
      async (r) => replace(r, { comment: await scene.say(r.issue, 'mallory', 'a harmless plan') }),
      /was not written by the gate/,
    ],
    [
      'the Deployment holds another plan than the comment shows',
      async (r) => {
        const other = await scene.plan({ base: 'e'.repeat(64) });
        return replace(r, { plan: other });
      },
      /does not show the plan/,
    ],
  ];

  it.each(voids)('%s', async (_, attack, reason) => {
    const twin = await request();
    const attacked = await request();
    await attack(attacked);
    const ran = await scene.resume(attacked.issue, await scene.say(attacked.issue, 'alice', 'approve'));
    expect(ran.error).toBeInstanceOf(OutcomeError);
    expect(ran.error?.message).toMatch(reason);
    expect(ran.outputs).toMatchObject({ status: 'denied', 'approved-plan-json': '' });
    const honest = await scene.resume(twin.issue, await scene.say(twin.issue, 'alice', 'approve'));
    expect(honest.outputs).toMatchObject({ status: 'approved', 'plan-digest': twin.plan.digest });
  });

  const disbelieved: [string, (request: Request) => unknown, RegExp][] = [
    [
      'the digest does not fit',
      (r) => replace(r, { plan: { ...payloadOf(r).plan, endpoint: 'other' } }),
      /was edited/,
    ],
    [
      'it was made by a person',
      (r) => Object.assign(r.deployment, { creator: { login: 'mallory' } }),
      /made by mallory/,
    ],
    [
      'it names another environment',
      (r) => replace(r, { environment: 'dev' }),
      /does not fit its own payload/,
    ],
    [
      'it names another commit',
      (r) => replace(r, { commit: 'b'.repeat(40) }),
      /does not fit its own payload/,
    ],
    ['it names another repository', (r) => replace(r, { repository: 'acme/other' }), /does not fit/],
    ['there is a second one for the same issue', (r) => forge(r, {}), /several deployments/],
    ['it is not whole', (r) => replace(r, { expiresAt: 'never' }), /expiresAt must be a time/],
  ];

  it.each(disbelieved)('%s', async (_, attack, reason) => {
    const twin = await request();
    const attacked = await request();
    await attack(attacked);
    const ran = await scene.resume(attacked.issue, await scene.say(attacked.issue, 'alice', 'approve'));
    expect(ran.error).toBeInstanceOf(UserError);
    expect(ran.error?.message).toMatch(reason);
    expect(ran.outputs).toMatchObject({ status: '', 'approved-plan-json': '' });
    const honest = await scene.resume(twin.issue, await scene.say(twin.issue, 'alice', 'approve'));
    expect(honest.outputs).toMatchObject({ status: 'approved', 'plan-digest': twin.plan.digest });
  });

  it('one that a person made beside the true one changes nothing', async () => {
    const honest = await request();
    await forge(honest, {}, 'mallory');
    const ran = await scene.resume(honest.issue, await scene.say(honest.issue, 'alice', 'approve'));
    expect(ran.outputs).toMatchObject({ status: 'approved', 'plan-digest': honest.plan.digest });
  });

  it('an approval of one plan is none of another that waits too', async () => {
    const [first, second] = [await request(), await request()];
    const ran = await scene.resume(first.issue, await scene.say(first.issue, 'alice', 'approve'));
    expect(ran.outputs['plan-digest']).toBe(first.plan.digest);
    const other = await scene.resume(second.issue, await scene.say(second.issue, 'mallory', 'approve'));
    expect(other.outputs).toMatchObject({ status: 'pending', 'approved-plan-json': '' });
  });
});

it.each(['/graphql', '/comments', '/deployments?', '/statuses', '/permission', '/issues/'])(
  'an error of GitHub at %s is an error: neither approval nor denial',
  async (part) => {
    await scene.plan();
    const { issue } = await scene.request();
    const comment = await scene.say(issue, 'alice', 'approve');
    scene.github.interfere = ({ path }) =>
      path.includes(part) ? { status: 502, body: { message: 'Bad Gateway' } } : null;
    const ran = await scene.resume(issue, comment);
    scene.github.interfere = () => null;
    expect(ran.error?.message).toMatch(/GitHub could not/);
    expect(ran.outputs).toMatchObject({ status: '', 'approved-plan': '', 'approved-plan-json': '' });
    expect(ran.ports.log.text).toContain('Trying again');
    const again = await scene.resume(issue, comment);
    expect(again.outputs.status, again.ports.log.text).toBe('approved');
  },
);

describe('a wait of six hours', () => {
  it('asks GitHub seldom, and mostly for what costs nothing', async () => {
    await scene.plan();
    const before = scene.github.requests.length;
    const free = scene.github.notModified;
    const ran = await scene.gate(
      { approvers: 'alice', 'plan-path': 'plan.json', 'timeout-minutes': '360' },
      { pollMs: null },
    );
    expect(ran.outputs.status).toBe('timed-out');
    const all = scene.github.requests.length - before;
    const costs = all - (scene.github.notModified - free);
    console.log(
      `A wait of 6 hours: ${all} requests (${Math.round(all / 6)} an hour), ${costs} of them count (${(costs / 6).toFixed(1)} an hour).`,
    );
    // A hundred, and what the jitter of the polls adds or takes.
    expect(all / 6).toBeLessThan(110);
    expect(costs / 6).toBeLessThan(11);
  });
});
