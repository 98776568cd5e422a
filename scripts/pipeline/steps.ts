/** One step of the main job: a built action run by the runner protocol, and what it has to end with. */
import { runAction, type ActionRun } from '../lib/runner-protocol.ts';
import { progress } from './progress.ts';

export interface StepRecord {
  readonly release: string;
  readonly action: string;
  readonly title: string;
  readonly status: 'as expected' | 'not as expected' | 'skipped';
  readonly result: string;
  readonly milliseconds: number;
  readonly outputs: Readonly<Record<string, string>>;
  readonly error: string;
}

export interface Expectation {
  /** 0 if the step has to pass; 1 if it has to be refused. */
  readonly exitCode: 0 | 1;
  readonly outputs: Readonly<Record<string, string>>;
}

export class StepFailure extends Error {
  override readonly name = 'StepFailure';
}

export class Runner {
  readonly steps: StepRecord[] = [];
  readonly #env: Readonly<Record<string, string>>;
  readonly #cwd: string;

  constructor(env: Readonly<Record<string, string>>, cwd: string) {
    this.#env = env;
    this.#cwd = cwd;
  }

  /** Runs an action. @throws StepFailure if it does not end as expected; the log is shown then. */
  async run(
    release: string,
    action: string,
    title: string,
    inputs: Readonly<Record<string, string>>,
    expected: Expectation,
  ): Promise<ActionRun> {
    const run = await runAction(action, { inputs, env: this.#env, cwd: this.#cwd });
    const mismatch = differences(run, expected);
    const result = resultOf(action, run, expected);
    const status = mismatch === '' ? 'as expected' : 'not as expected';
    const { outputs, error, milliseconds } = run;
    this.steps.push({ release, action, title, status, result, milliseconds, outputs, error });
    progress.step(`${action} ${title}`.trim(), result, milliseconds, mismatch === '');
    if (mismatch !== '') {
      progress.log(run.log);
      throw new StepFailure(`${[release, `${action} ${title}`.trim()].join(': ')}: ${run.error || mismatch}`);
    }
    return run;
  }

  skip(release: string, action: string, why: string): void {
    const empty = { title: '', milliseconds: 0, outputs: {}, error: '' };
    this.steps.push({ release, action, status: 'skipped', result: why, ...empty });
    progress.skipped(action, why);
  }
}

function differences(run: ActionRun, expected: Expectation): string {
  const wrong = Object.entries(expected.outputs)
    .filter(([name, value]) => run.outputs[name] !== value)
    .map(([name, value]) => `${name} is "${run.outputs[name] ?? ''}" and not "${value}"`);
  if (run.exitCode !== expected.exitCode) {
    wrong.unshift(`the exit code is ${run.signal ?? run.exitCode ?? 'unknown'} and not ${expected.exitCode}`);
  }
  return wrong.join('; ');
}

/** One line for people: what the action's outputs say. */
function resultOf(action: string, run: ActionRun, expected: Expectation): string {
  const o = run.outputs;
  // What an action leaves out when it fails would be shown as empty.
  if (run.exitCode !== expected.exitCode && o.passed !== 'false') return 'failed';
  const digest = (name: string) => (o[name] ?? '').slice(0, 12);
  switch (action) {
    case 'package-model':
      return `model ${digest('model-digest')}, ${o['archive-bytes'] ?? '?'} bytes${o.reused === 'true' ? ', reused' : ''}`;
    case 'deploy-endpoint':
      return `${o.outcome ?? '?'}${o['running-version'] ? `, serving ${digest('running-version')}` : ''}`;
    case 'smoke-test':
      return smokeResult(run, expected);
    case 'approve-gate':
      return `${o.status ?? '?'} by ${o['approved-by'] ?? ''} (issue ${o['issue-number'] ?? '?'})`;
    case 'notify-slack':
      return o.delivered === 'true' ? `delivered to ${o.channel ?? '?'}` : 'not delivered';
    default:
      return o['image-digest'] ?? run.error;
  }
}

function smokeResult({ outputs: o, error }: ActionRun, expected: Expectation): string {
  const failed = expected.exitCode === 1 ? 'FAILED as it should' : 'FAILED';
  const verdict = o.passed === 'true' ? 'passed' : failed;
  if ((o.compared ?? '0') === '0') return `${verdict}: ${error.split('\n')[0] || 'nothing was compared'}`;
  const parts = [`${o.mismatches ?? '?'} of ${o.compared ?? '?'} values differ`];
  if (o.accuracy) parts.push(`accuracy ${Number(o.accuracy).toFixed(3)}`);
  if (o['p95-ms']) parts.push(`p95 ${Number(o['p95-ms']).toFixed(1)} ms`);
  if (o['rolled-back'] === 'true') parts.push('rolled back');
  return `${verdict}: ${parts.join(', ')}`;
}
