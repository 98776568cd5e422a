/**
 * One release, as people see it: on SageMaker, the second version of the sample model takes the place of the first.
 * The actions are the real ones, and so are the models; AWS, GitHub and Slack are stand-ins, and the clock is set.
 */
import type { SlackMessage } from '../../src/core/notify/blocks.ts';
import type { CommitsBetween } from '../../src/documents/plan-news.ts';
import { approveGate, deployEndpoint, notifySlack, packageModel, smokeTest } from './actions.ts';
import { ISSUES, PEOPLE, StandIns, type At } from './stand-ins.ts';

export interface Shown {
  readonly request: {
    readonly title: string;
    readonly number: number;
    /** The issue. */
    readonly invitation: string;
    /** Its first comment. */
    readonly plan: string;
    readonly approvals: readonly { readonly by: string; readonly text: string }[];
  };
  /** Of the job in which people approve. */
  readonly summary: string;
  readonly slack: SlackMessage;
}

const BEFORE: At = { commit: '5c1f0e2ab7d94c63'.padEnd(40, '0'), runId: '4711' };
const NOW: At = { commit: '9e4b7d10c2f8a635'.padEnd(40, '0'), runId: '4890' };
/** Between the two. */
const A_WEEK = 7 * 24 * 3_600_000;
const COMMITS: CommitsBetween = {
  total: 2,
  behind: 0,
  newest: [
    { sha: NOW.commit, title: 'Two instances in prod', author: 'olga', pull: 43 },
    {
      sha: '7b2c9d4e'.padEnd(40, '0'),
      title: 'Train on the rows of the last quarter',
      author: 'amira',
      pull: 42,
    },
  ],
};

export async function release(): Promise<Shown> {
  const made = await StandIns.start();
  try {
    await first(made);
    made.clock.advance(A_WEEK);
    return await second(made);
  } finally {
    await made.close();
  }
}

async function first(made: StandIns): Promise<void> {
  const packed = await packageModel('v1', BEFORE, made);
  const asked = { release: packed.outputs['release-digest'] ?? '', 'initial-instance-count': '1' };
  await deployEndpoint({ command: 'deploy', ...asked }, BEFORE, made);
  await smokeTest({}, BEFORE, made);
}

/** The steps of deploy.yml, in its order. */
async function second(made: StandIns): Promise<Shown> {
  const packed = await packageModel('v2', NOW, made);
  const wanted = {
    release: packed.outputs['release-digest'] ?? '',
    'initial-instance-count': '2',
    staging: 'endpoint',
  };
  const commits = () => Promise.resolve(COMMITS);
  const plan = await deployEndpoint({ command: 'plan', ...wanted }, NOW, made, commits);
  const check = await smokeTest({ subject: 'model', release: wanted.release }, NOW, made);
  const evidence = {
    'plan-path': plan.outputs['plan-path'] ?? '',
    'report-path': check.outputs['report-json'] ?? '',
  };
  const gate = await approveGate({ mode: 'wait', ...evidence }, NOW, made);
  const approved = { ...wanted, 'approved-plan': gate.outputs['approved-plan'] ?? '' };
  const stage = await deployEndpoint({ command: 'stage', ...approved }, NOW, made);
  const name = { 'candidate-name': stage.outputs['candidate-name'] ?? '' };
  const candidate = await smokeTest(name, NOW, made);
  const promote = await deployEndpoint({ command: 'promote', ...approved }, NOW, made);
  const live = await smokeTest({ 'rollback-on-failure': 'true' }, NOW, made);
  const needs = {
    prepare: { result: 'success', outputs: { ...packed.outputs, ...plan.outputs } },
    approve: { result: 'success', outputs: gate.outputs },
  };
  const passed = Object.entries({ stage, candidate, promote, live }).map(
    ([step, { outputs }]) => [step, { outcome: 'success', conclusion: 'success', outputs }] as const,
  );
  const told = {
    needs: JSON.stringify(needs),
    steps: JSON.stringify(Object.fromEntries(passed)),
    'report-path': live.outputs['report-json'] ?? '',
  };
  return {
    request: await requestOf(Number(gate.outputs['issue-number']), made),
    summary: gate.summaries.join('\n\n'),
    slack: await notifySlack(told, NOW, made),
  };
}

async function requestOf(number: number, { github }: StandIns): Promise<Shown['request']> {
  const issue = await github.api<{ title: string; body: string }>('GET', `${ISSUES}/${number}`);
  const comments = await github.api<{ body: string; user: { login: string } }[]>(
    'GET',
    `${ISSUES}/${number}/comments`,
  );
  const approvers: readonly string[] = PEOPLE.approve;
  return {
    title: issue.title,
    number,
    invitation: issue.body,
    plan: comments[0]?.body ?? '',
    approvals: comments
      .filter(({ user }) => approvers.includes(user.login))
      .map(({ user, body }) => ({ by: user.login, text: body })),
  };
}
