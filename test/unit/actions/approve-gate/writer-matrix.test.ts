/**
 * Every act of a writer x every moment of the gate, in every mode. Between two requests of the gate the writer acts; never
 * is anything approved that no approver meant, and no denial is lost that came before the gate's last look. Each row has its
 * honest twin: what a writer may do without harm keeps no approval from counting. `npm test` takes one of EVERY moments of
 * one of EVERY_ROW rows, `npm run test:faults` all of them.
 */
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isTried, shareOf, triedOf } from '../../../share.ts';
import { Scene, type Ran } from './scene.ts';
import {
  altering,
  alteringPlan,
  forging,
  harmless,
  hiding,
  reopening,
  type Act,
  type Stage,
} from './writer.ts';

const EVERY_ROW = 8;
const EVERY = 5;

let scene: Scene;
// The emulator limits an account as GitHub does, so each row has its own.
beforeEach(async () => {
  scene = await Scene.open(2);
  pace('a second apart');
});
afterEach(() => scene.close());

/** GitHub stamps whole seconds: what the acts leave behind must suffice where they share one, and where they do not. */
const PACES = { 'a second apart': 1000, 'all in one second': 0 } as const;
type Pace = keyof typeof PACES;

function pace(between: Pace): void {
  // The emulator filters by its own clock, so this one stays behind.
  let now = Math.floor(Date.now() / 1000) * 1000 - 6 * 3_600_000;
  scene.github.now = () => new Date((now += PACES[between]));
}

const tally = { runs: 0, approved: 0 };
afterAll(() =>
  console.log(`The writer acted in ${tally.runs} runs; ${tally.approved} were approved, as meant.`),
);

interface Acted {
  readonly ran: Ran;
  /** How many requests the gate made. */
  readonly requests: number;
  /** Whether the writer's moment came. */
  readonly acted: boolean;
  /** Whether the gate read the issue after that. */
  readonly looked: boolean;
}

type Flow = (cancel: (stop: () => void) => void) => Promise<Ran>;

const LOOKS = /\/issues\/\d+\/comments\?|\/graphql$/;

/** Runs the gate, and lets the writer act before its request number `moment`, once the issue is there. */
async function between(moment: number, act: Act, known: number | null, flow: Flow): Promise<Acted> {
  let requests = 0;
  let acting = false;
  let acted = false;
  let looked = false;
  let stop = (): void => undefined;
  let issue = known;
  const stage = async (): Promise<Stage | null> => {
    issue ??= await newestIssue();
    if (issue === null) return null;
    const comments = await scene.github.api<{ id: number; body: string }[]>(
      'GET',
      `/repos/acme/churn/issues/${issue}/comments`,
    );
    const plan = comments.find(({ body }) => body.includes('### What is approved')) ?? null;
    return { scene, issue, plan, cancel: () => stop() };
  };
  scene.github.before = async ({ login, path }) => {
    if (acting || login !== scene.github.botLogin) return;
    if (acted && LOOKS.test(path)) looked = true;
    if (requests++ !== moment) return;
    acting = true;
    const found = await stage();
    if (found !== null) {
      await act(found);
      acted = true;
      looked = LOOKS.test(path);
    }
    acting = false;
  };
  const ran = await flow((end) => {
    stop = end;
  });
  scene.github.before = () => undefined;
  await tidy(issue ?? (await newestIssue()));
  tally.runs += 1;
  if (ran.outputs.status === 'approved') tally.approved += 1;
  return { ran, requests, acted, looked };
}

async function newestIssue(): Promise<number | null> {
  const open = await scene.github.api<{ number: number }[]>('GET', '/repos/acme/churn/issues?state=open');
  return open[0]?.number ?? null;
}

/** So that the lists of the next run are short. */
async function tidy(issue: number | null): Promise<void> {
  scene.github.deployments.length = 0;
  if (issue === null) return;
  scene.github.history.gone.delete(issue);
  await scene.github.api('DELETE', `/repos/acme/churn/issues/${issue}/lock`).catch(() => undefined);
  await scene.github.api('PATCH', `/repos/acme/churn/issues/${issue}`, { body: { state: 'closed' } });
}

/** Mode wait: whatever has been said, the step ends soon. */
const waitFlow: Flow = (cancel) =>
  scene.gate(
    { approvers: 'alice, bob', 'plan-path': 'plan.json', 'timeout-minutes': '0.05' },
    { onPorts: (ports) => cancel(ports.cancel) },
  );

/** What the writer's act leaves undecided, Alice approves honestly where `honest` says so. */
async function inWait(moment: number, act: Act): Promise<Acted> {
  await scene.plan();
  return between(moment, act, null, waitFlow);
}

async function inRequest(moment: number, act: Act): Promise<Acted> {
  await scene.plan();
  return between(moment, act, null, async (cancel) => {
    const asked = await scene.gate(
      { mode: 'request', approvers: 'alice, bob', 'plan-path': 'plan.json' },
      { onPorts: (ports) => cancel(ports.cancel) },
    );
    if (asked.error !== null) return asked;
    const issue = Number(asked.outputs['issue-number']);
    return scene.resume(issue, null);
  });
}

/** @param said by Alice before the run starts */
async function inResume(moment: number, act: Act, said: string): Promise<Acted> {
  await scene.plan();
  const { issue } = await scene.request();
  const comment = await scene.say(issue, 'alice', said);
  return between(moment, act, issue, (cancel) =>
    scene.resume(issue, comment, {}, { onPorts: (ports) => cancel(ports.cancel) }),
  );
}

type Mode = (moment: number, act: Act) => Promise<Acted>;

const MODES: Readonly<Record<string, { readonly run: Mode; readonly quiet: Mode }>> = {
  wait: { run: inWait, quiet: inWait },
  request: { run: inRequest, quiet: inRequest },
  resume: { run: (m, act) => inResume(m, act, 'approve'), quiet: (m, act) => inResume(m, act, 'hm?') },
};

/** Every moment of this mode, until the gate makes no further request. */
async function everyMoment(
  run: Mode,
  act: Act,
  check: (acted: Acted, moment: number) => void,
  least = 4,
): Promise<void> {
  let moments = 0;
  for (let moment = 0; ; moment++) {
    if (!isTried(moment, EVERY)) continue;
    const acted = await run(moment, act);
    if (acted.requests <= moment) break;
    moments += acted.acted ? 1 : 0;
    check(acted, moment);
  }
  expect(moments).toBeGreaterThanOrEqual(shareOf(least, EVERY));
}

const cells = (acts: Readonly<Record<string, Act>>) =>
  Object.keys(MODES).flatMap((mode) => Object.keys(acts).map((name) => ({ mode, name })));
const paced = (acts: Readonly<Record<string, Act>>) =>
  (Object.keys(PACES) as Pace[]).flatMap((at) => cells(acts).map((cell) => ({ ...cell, at })));

function notApproved({ ran, acted, looked }: Acted, moment: number): void {
  // What comes after the last look comes after the decision.
  if (!acted || !looked) return;
  const said = `at request ${moment}: ${ran.ports.log.text}`;
  expect(ran.outputs.status, said).not.toBe('approved');
  expect(ran.outputs['approved-plan-json'], said).toBe('');
}

describe('no denial is lost', () => {
  it.each(triedOf(paced(hiding), EVERY_ROW))(
    'mode $mode: the writer $name, $at',
    async ({ mode, name, at }) => {
      pace(at);
      await everyMoment(MODES[mode]!.run, hiding[name]!, notApproved);
    },
  );
});

describe('nothing is approved that Alice did not see', () => {
  const acts = { ...altering, ...alteringPlan };
  it.each(triedOf(cells(acts), EVERY_ROW))('mode $mode: the writer $name', async ({ mode, name }) => {
    const isLate = name in alteringPlan;
    const act: Act = async (stage) => (isLate && stage.plan === null ? undefined : acts[name]!(stage));
    await everyMoment(MODES[mode]!.quiet, act, (acted, moment) => notApproved(acted, moment));
  });
});

describe('nothing is approved where nobody approved', () => {
  it.each(triedOf(cells(forging), EVERY_ROW))('mode $mode: the writer $name', async ({ mode, name }) => {
    await everyMoment(MODES[mode]!.quiet, forging[name]!, ({ ran }, moment) => {
      expect(ran.outputs.status, `at request ${moment}`).not.toBe('approved');
      expect(ran.outputs['approved-plan-json'], `at request ${moment}`).toBe('');
    });
  });
});

describe('an honest approval counts', () => {
  it.each(triedOf(cells(harmless), EVERY_ROW))('mode $mode: the writer $name', async ({ mode, name }) => {
    const act: Act = async (stage) => {
      await harmless[name]!(stage);
      if (mode !== 'resume') await stage.scene.say(stage.issue, 'alice', 'approve');
    };
    await everyMoment(MODES[mode]!.run, act, ({ ran, acted, looked }, moment) => {
      // Before the plan is shown there is nothing to approve, and afterwards it may be too late.
      if (!acted || (mode !== 'resume' && (!looked || !isShownFirst(ran)))) return;
      expect(ran.outputs.status, `at request ${moment}: ${ran.error?.message}`).toBe('approved');
    });
  });
});

it.each(Object.keys(PACES) as Pace[])(
  'an approver may close the issue with the comment that approves, %s',
  async (at) => {
    pace(at);
    await everyMoment(MODES.resume!.run, reopening, ({ ran }, moment) =>
      expect(ran.outputs.status, `at request ${moment}: ${ran.error?.message}`).toBe('approved'),
    );
  },
);

/** Whether the approval came after the plan was shown. */
function isShownFirst(ran: Ran): boolean {
  return !ran.ports.log.text.includes('older than this request') && ran.outputs.status !== 'pending';
}

describe('mode environment', () => {
  const acts = { ...altering, ...forging, ...harmless };
  it.each(triedOf(Object.keys(acts), EVERY_ROW))(
    'reads reviews and nothing else, where the writer %s',
    async (name) => {
      for (const reviewed of [true, false]) {
        const run: Mode = (moment, act) => reviewedRun(reviewed, moment, act);
        await everyMoment(
          run,
          acts[name]!,
          ({ ran }, moment) => {
            // A cancelled run may end before it has said anything; approved without a review it never is.
            const meant = reviewed
              ? ['approved', ...(name === 'cancels the run' ? [''] : [])]
              : ['denied', ''];
            expect(meant, `at request ${moment}: ${ran.error?.message}`).toContain(ran.outputs.status);
            if (name !== 'cancels the run') expect(ran.outputs.status).not.toBe('');
          },
          1,
        );
      }
    },
  );

  let runs = 70_000;
  async function reviewedRun(reviewed: boolean, moment: number, act: Act): Promise<Acted> {
    const runId = String(++runs);
    const runUrl = `https://github.com/acme/churn/actions/runs/${runId}`;
    await scene.plan();
    const { issue } = await scene.request();
    await scene.plan({}, { run: runUrl });
    const user = { login: 'alice', type: 'User' };
    const review = { state: 'approved', comment: '', environments: [{ id: 1, name: 'prod' }], user };
    scene.github.reviews.set(runId, reviewed ? [review] : []);
    const given = { mode: 'environment', environment: 'prod', 'plan-path': 'plan.json', approvers: 'alice' };
    return between(moment, act, issue, (cancel) =>
      scene.gate(given, { context: { runId, runUrl }, onPorts: (ports) => cancel(ports.cancel) }),
    );
  }
});
