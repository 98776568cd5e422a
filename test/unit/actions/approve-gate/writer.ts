/** A writer who acts between two requests of the gate: all that GitHub lets a writer do. */
import { inOneSecond } from '../../../fakes/github-front.ts';
import type { Scene } from './scene.ts';

/** What the writer finds. */
export interface Stage {
  readonly scene: Scene;
  readonly issue: number;
  /** The comment that shows the plan; null where it is not there yet. */
  readonly plan: { readonly id: number; readonly body: string } | null;
  /** Cancels the run. */
  readonly cancel: () => void;
}

export type Act = (stage: Stage) => Promise<unknown>;

/** With write access, and no approver. */
export const WRITER = 'carol';

const ISSUE = (issue: number, rest = '') => `/repos/acme/churn/issues/${issue}${rest}`;
const COMMENT = (id: number) => `/repos/acme/churn/issues/comments/${id}`;

function patch({ scene }: Stage, path: string, body: object, as = WRITER): Promise<unknown> {
  return scene.github.api('PATCH', path, { as, body });
}

const say = ({ scene, issue }: Stage, as: string, body: string) => scene.say(issue, as, body);

/** Bob denies, and the writer hides it; then Alice, who saw nothing of it, approves. */
function hidden(hide: (stage: Stage, denial: number) => Promise<unknown>): Act {
  return async (stage) => {
    const denial = await say(stage, 'bob', 'no');
    await hide(stage, denial);
    await say(stage, 'alice', 'approve');
  };
}

export const hiding: Readonly<Record<string, Act>> = {
  'leaves the denial alone': hidden(() => Promise.resolve()),
  'deletes the denial': hidden(({ scene }, id) => scene.github.api('DELETE', COMMENT(id), { as: WRITER })),
  'edits the denial into an approval': hidden((s, id) => patch(s, COMMENT(id), { body: 'approve' })),
  'edits the denial into talk': hidden((s, id) => patch(s, COMMENT(id), { body: 'hm' })),
  'edits the denial in the second it was written': hidden(async (s, id) => {
    s.scene.github.history.quietly.add(id);
    await patch(s, COMMENT(id), { body: 'hm' });
  }),
  'gives the denial our mark': hidden((s, id) =>
    patch(s, COMMENT(id), { body: '<!-- ml-deploy:comment -->\nno' }),
  ),
  'reopens what Bob closed': async (s) => {
    await patch(s, ISSUE(s.issue), { state: 'closed' }, 'bob');
    await patch(s, ISSUE(s.issue), { state: 'open' });
    await say(s, 'alice', 'approve');
  },
  'lets Bob close what Alice approved': async (s) => {
    await say(s, 'alice', 'approve');
    await patch(s, ISSUE(s.issue), { state: 'closed' }, 'bob');
    await patch(s, ISSUE(s.issue), { state: 'open' });
  },
  'reopens what Alice approved, and closed later without a word': async (s) => {
    await say(s, 'alice', 'approve');
    later(s);
    await patch(s, ISSUE(s.issue), { state: 'closed' }, 'alice');
    await patch(s, ISSUE(s.issue), { state: 'open' });
  },
  'lets Bob deny what Alice approved and closed': async (s) => {
    await say(s, 'alice', 'approve');
    await patch(s, ISSUE(s.issue), { state: 'closed' }, 'alice');
    await say(s, 'bob', 'no');
  },
  'lets Bob close again what Alice approved and closed': async (s) => {
    await say(s, 'alice', 'approve');
    await patch(s, ISSUE(s.issue), { state: 'closed' }, 'alice');
    await patch(s, ISSUE(s.issue), { state: 'open' });
    await patch(s, ISSUE(s.issue), { state: 'closed' }, 'bob');
    await patch(s, ISSUE(s.issue), { state: 'open' });
  },
  'edits what Bob denied after Alice approved and closed': async (s) => {
    await say(s, 'alice', 'approve');
    await patch(s, ISSUE(s.issue), { state: 'closed' }, 'alice');
    await patch(s, COMMENT(await say(s, 'bob', 'no')), { body: 'hm' });
  },
  'lets Alice take back what she approved and closed': async (s) => {
    await say(s, 'alice', 'approve');
    await patch(s, ISSUE(s.issue), { state: 'closed' }, 'alice');
    await say(s, 'alice', 'no');
  },
  'deletes the denial and closes and reopens': hidden(async (s, id) => {
    await s.scene.github.api('DELETE', COMMENT(id), { as: WRITER });
    await patch(s, ISSUE(s.issue), { state: 'closed' });
    await patch(s, ISSUE(s.issue), { state: 'open' });
  }),
  'deletes the word by which Alice took her approval back': async (s) => {
    await say(s, 'alice', 'approve');
    const back = await say(s, 'alice', 'no');
    await s.scene.github.api('DELETE', COMMENT(back), { as: WRITER });
  },
  'edits the word by which Alice took her approval back': async (s) => {
    await say(s, 'alice', 'approve');
    const back = await say(s, 'alice', 'no');
    await patch(s, COMMENT(back), { body: 'approve' });
  },
};

/** A minute passes. */
function later({ scene: { github } }: Stage): void {
  const { now } = github;
  github.now = () => new Date(now().getTime() + 60_000);
}

/** Alice approves what she sees, which is not what would be deployed. */
function altered(change: Act, restore: Act): Act {
  return async (stage) => {
    await change(stage);
    await say(stage, 'alice', 'approve');
    await restore(stage);
  };
}

/** Alice approved; there is nothing any more that shows what. */
async function gone(stage: Stage, how: 'transferred' | 'converted'): Promise<void> {
  await say(stage, 'alice', 'approve');
  stage.scene.github.history.gone.set(stage.issue, how);
}

const planText = (text: (was: string) => string) => (s: Stage) =>
  s.plan === null ? Promise.resolve() : patch(s, COMMENT(s.plan.id), { body: text(s.plan.body) });

async function issueOf({ scene, issue }: Stage): Promise<{ title: string; body: string }> {
  return scene.github.api('GET', ISSUE(issue));
}

export const altering: Readonly<Record<string, Act>> = {
  'edits the text while Alice looks': async (s) => {
    const { body } = await issueOf(s);
    await altered(
      () => patch(s, ISSUE(s.issue), { body: 'Approve to stop the deployment.' }),
      () => patch(s, ISSUE(s.issue), { body }),
    )(s);
  },
  'changes the title while Alice looks': async (s) => {
    const { title } = await issueOf(s);
    await altered(
      () => patch(s, ISSUE(s.issue), { title: 'Approve the holidays' }),
      () => patch(s, ISSUE(s.issue), { title }),
    )(s);
  },
  'transfers the issue': (s) => gone(s, 'transferred'),
  'makes it a discussion': (s) => gone(s, 'converted'),
  'transfers the issue and back': altered(
    ({ scene, issue }) => {
      scene.github.history.add(issue, 'TransferredEvent', WRITER);
      return Promise.resolve();
    },
    () => Promise.resolve(),
  ),
};

/** Only once the plan is shown. */
export const alteringPlan: Readonly<Record<string, Act>> = {
  'edits the plan while Alice looks': altered(
    planText(() => 'A harmless plan'),
    planText((was) => was),
  ),
  'edits the plan within its second': altered(
    async (s) => {
      if (s.plan !== null) s.scene.github.history.quietly.add(s.plan.id);
      await planText(() => 'A harmless plan')(s);
    },
    planText((was) => was),
  ),
  'hides the plan, and shows another one': async (s) => {
    if (s.plan !== null) s.scene.github.history.hidden.add(s.plan.id);
    await say(s, WRITER, '### What is approved\n\nA harmless plan');
    await say(s, 'alice', 'approve');
  },
  'deletes the plan': altered(
    ({ scene, plan }) => scene.github.api('DELETE', COMMENT(plan?.id ?? 0), { as: WRITER }),
    () => Promise.resolve(),
  ),
};

/** Nobody approved, and the writer makes it look so. */
export const forging: Readonly<Record<string, Act>> = {
  'approves in their own name': (s) => say(s, WRITER, 'approve'),
  'edits what Alice asked into an approval': async (s) =>
    patch(s, COMMENT(await say(s, 'alice', 'how was the latency?')), { body: 'approve' }),
  'edits what Alice asked into an approval, in its second': async (s) => {
    const id = await say(s, 'alice', 'how was the latency?');
    s.scene.github.history.quietly.add(id);
    await patch(s, COMMENT(id), { body: 'approve' });
  },
  'approves by an app in the name of Alice': async (s) => {
    const id = await say(s, 'alice', 'approve');
    s.scene.github.viaApp.set(id, 'helper');
  },
  'answers a notification that Alice forwarded, by e-mail': async (s) => {
    s.scene.github.history.byEmail.add(await say(s, 'alice', 'approve'));
  },
  'edits a comment of the gate into an approval': async (s) => {
    const own = await s.scene.github.api<{ id: number }>('POST', ISSUE(s.issue, '/comments'), {
      body: { body: 'remark' },
    });
    await patch(s, COMMENT(own.id), { body: 'approve' });
  },
  'lets the initiator approve': (s) => say(s, 'olga', 'approve'),
  'makes a Deployment of the same form': (s) => deployment(s),
  'sets states of the Deployment': async (s) => {
    for (const state of ['in_progress', 'success', 'queued'] as const) await setState(s, state);
  },
  'cancels the run': (s) => {
    s.cancel();
    return Promise.resolve();
  },
};

/** Nothing of that keeps an honest approval from counting. */
export const harmless: Readonly<Record<string, Act>> = {
  'does nothing': () => Promise.resolve(),
  comments: (s) => say(s, WRITER, 'when is lunch?'),
  'edits a comment of their own': async (s) =>
    patch(s, COMMENT(await say(s, WRITER, 'when is lunch?')), { body: 'when is tea?' }),
  'deletes a comment of their own': async (s) => {
    const id = await say(s, WRITER, 'when is lunch?');
    await s.scene.github.api('DELETE', COMMENT(id), { as: WRITER });
  },
  'deletes a comment of a stranger': async (s) => {
    const id = await say(s, 'mallory', 'approve');
    await s.scene.github.api('DELETE', COMMENT(id), { as: WRITER });
  },
  'locks the issue': ({ scene, issue }) =>
    scene.github.api('PUT', ISSUE(issue, '/lock'), { as: WRITER, body: { lock_reason: 'resolved' } }),
  'makes a Deployment of the same form': (s) => deployment(s),
  'denies in their own name': (s) => say(s, WRITER, 'no'),
};

/** Nor does that, once there is something to approve. */
export const reopening: Act = async (s) => {
  await inOneSecond(s.scene.github, async () => {
    await say(s, 'alice', 'approve');
    await patch(s, ISSUE(s.issue), { state: 'closed' }, 'alice');
  });
  await patch(s, ISSUE(s.issue), { state: 'open' });
};

function newest({ scene, issue }: Stage) {
  return scene.github.deployments.findLast(({ payload }) => (payload as { issue?: number }).issue === issue);
}

async function deployment(stage: Stage): Promise<void> {
  const made = newest(stage);
  if (made === undefined) return;
  const { sha: ref, task, environment, payload } = made;
  const body = { ref, task, environment, payload, auto_merge: false, required_contexts: [] };
  await stage.scene.github.api('POST', '/repos/acme/churn/deployments', { as: WRITER, body });
}

async function setState(stage: Stage, state: string): Promise<void> {
  const made = newest(stage);
  if (made === undefined) return;
  const path = `/repos/acme/churn/deployments/${made.id}/statuses`;
  await stage.scene.github.api('POST', path, { as: WRITER, body: { state } });
}
