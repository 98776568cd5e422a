/** kill -9 for real: the built action, killed before or after each of its calls, and run again. */
import type { ActionRun } from '../../scripts/lib/runner-protocol.ts';
import type { Snapshot } from '../fakes/aws/snapshot.ts';
import type { Place } from './faults.ts';
import { RealBench, type Kill } from './real-bench.ts';
import { inventory } from './scene.ts';

type Inputs = Readonly<Record<string, string>>;

export interface RealFlow {
  readonly name: string;
  /** What is run before, in order; the last one is the plan that is approved, where the command makes one. */
  readonly before: (bench: RealBench) => readonly Inputs[];
  readonly inputs: (bench: RealBench) => Inputs;
  readonly succeeds: readonly string[];
  readonly serves: readonly number[] | null;
  readonly inTheEnd: number | null;
}

const CANARY = { strategy: 'canary', 'step-percent': '50', 'bake-minutes': '5' };
const SCALED = {
  'min-capacity': '2',
  'max-capacity': '8',
  sagemaker: 'invocations-per-instance: 100\ndata-capture-destination: s3://models/captured',
};

export const REAL_FLOWS: readonly RealFlow[] = [
  {
    name: 'deploy, update',
    before: (bench) => [bench.request(1)],
    inputs: (bench) => bench.request(2),
    succeeds: ['deployed', 'unchanged'],
    serves: [1, 2],
    inTheEnd: 2,
  },
  {
    name: 'promote, canary with autoscaling, alarms and data capture',
    before: (bench) => [
      { ...bench.request(1), ...SCALED },
      { ...bench.request(2), ...CANARY, command: 'stage' },
    ],
    inputs: (bench) => ({ ...bench.request(2), ...CANARY, command: 'promote' }),
    succeeds: ['promoted', 'unchanged'],
    serves: [1, 2],
    inTheEnd: 2,
  },
  {
    name: 'rollback',
    before: (bench) => [bench.request(1), bench.request(2)],
    inputs: () => ({ command: 'rollback' }),
    succeeds: ['rolled-back'],
    serves: [1, 2],
    inTheEnd: 1,
  },
  {
    name: 'deploy, first',
    before: () => [],
    inputs: (bench) => bench.request(1),
    succeeds: ['deployed', 'unchanged'],
    serves: null,
    inTheEnd: 1,
  },
  {
    name: 'stage',
    before: (bench) => [bench.request(1)],
    inputs: (bench) => ({ ...bench.request(2), command: 'stage' }),
    succeeds: ['staged'],
    serves: [1],
    inTheEnd: 1,
  },
  {
    name: 'teardown',
    before: (bench) => [bench.request(1), { ...bench.request(2), command: 'stage' }],
    inputs: () => ({ command: 'teardown', confirm: 'churn' }),
    succeeds: ['torn-down'],
    serves: null,
    inTheEnd: null,
  },
];

export interface RealBaseline {
  readonly account: Snapshot;
  /** The plan document that is approved; null for commands without a plan. */
  readonly approved: string | null;
  readonly places: readonly Place[];
  readonly end: readonly string[];
}

export interface RealVerdict extends Kill {
  readonly flow: string;
  readonly wrong: readonly string[];
}

export async function realBaseline(flow: RealFlow, dist: string): Promise<RealBaseline> {
  const bench = await RealBench.open(dist);
  try {
    for (const inputs of flow.before(bench)) succeeded(await bench.run(inputs));
    const approved = await approvedPlan(flow, bench);
    bench.aws.forget();
    const account = bench.aws.snapshot();
    succeeded(await bench.run(inputsOf(flow, bench, approved)));
    const counts = new Map<string, number>();
    const places = bench.aws.names().map((name) => {
      const nth = (counts.get(name) ?? 0) + 1;
      counts.set(name, nth);
      return { name, nth };
    });
    // The second run may do no more than the first has left to it.
    succeeded(await bench.run(inputsOf(flow, bench, approved)));
    return { account, approved, places, end: settled(bench) };
  } finally {
    await bench.dispose();
  }
}

async function approvedPlan(flow: RealFlow, bench: RealBench): Promise<string | null> {
  const inputs = flow.inputs(bench);
  if (inputs['model-data-url'] === undefined) return null;
  const { readFile } = await import('node:fs/promises');
  const planned = succeeded(await bench.run({ ...inputs, command: 'plan' }));
  return readFile(planned.outputs['plan-path'] ?? '', 'utf8');
}

function inputsOf(flow: RealFlow, bench: RealBench, approved: string | null): Inputs {
  return { ...flow.inputs(bench), ...(approved === null ? {} : { 'approved-plan': approved }) };
}

function succeeded(run: ActionRun): ActionRun {
  if (run.exitCode !== 0) throw new Error(`The scene is not set: ${run.log}`);
  return run;
}

export async function tryKill(
  flow: RealFlow,
  kill: Kill,
  base: RealBaseline,
  dist: string,
): Promise<RealVerdict> {
  const { account, approved, end } = base;
  const bench = await RealBench.open(dist, account);
  const { place } = kill;
  const wrong: string[] = [];
  const check = (is: boolean, what: string) => {
    if (!is) wrong.push(what);
  };
  try {
    const inputs = inputsOf(flow, bench, approved);
    const first = await bench.run(inputs, kill);
    // How often a process looks depends on how fast it is: one that never came to this look is killed at the one before.
    if (first.exitCode === 0 && place.nth > 1) {
      const earlier = { ...kill, place: { ...place, nth: place.nth - 1 } };
      return await tryKill(flow, earlier, base, dist);
    }
    check(first.signal === 'SIGKILL', `it was not killed: ${first.exitCode ?? ''} ${first.error}`);
    const between = bench.serving();
    const mayAnswer = flow.serves === null || (between !== null && flow.serves.includes(between));
    check(mayAnswer, `in between, ${between === null ? 'nothing' : `version ${between}`} answers`);
    bench.aws.forget();
    const second = await bench.run(inputs);
    const { outcome = '' } = second.outputs;
    check(
      second.exitCode === 0 && flow.succeeds.includes(outcome),
      `the second run: ${outcome} ${second.error}`,
    );
    check(bench.serving() === flow.inTheEnd, 'in the end another version serves');
    const after = settled(bench);
    const left = after.filter((item) => !end.includes(item));
    const lost = end.filter((item) => !after.includes(item));
    check(left.length === 0, `left: ${left.join(', ')}`);
    check(lost.length === 0, `lost: ${lost.join(', ')}`);
    return { ...kill, flow: flow.name, wrong };
  } finally {
    await bench.dispose();
  }
}

function settled({ aws }: RealBench): string[] {
  aws.advance(600_000);
  return inventory(aws);
}

export function killsOf({ places }: RealBaseline): Kill[] {
  return places.flatMap((place) => (['before', 'after'] as const).map((when) => ({ place, when })));
}
