/** kill -9 for real: the built action, killed before or after each of its calls, and run again. */
import type { ActionRun } from '../../scripts/lib/runner-protocol.ts';
import type { Snapshot } from '../fakes/aws/snapshot.ts';
import type { Place } from './faults.ts';
import { RealBench, type Inputs, type Kill, type RealPlatform } from './real-bench.ts';

export interface RealFlow {
  readonly name: string;
  readonly on: RealPlatform;
  /** What is run before, in order; the last one is the plan that is approved, where the command makes one. */
  readonly before: (bench: RealBench) => readonly Inputs[];
  readonly inputs: (bench: RealBench) => Inputs;
  /** What somebody runs who gives it up, so much later; the same once more where absent. */
  readonly then?: { readonly inputs: Inputs; readonly afterMs: number };
  readonly succeeds: readonly string[];
  /** What may answer in between; null for anything. */
  readonly serves: readonly string[] | null;
  readonly inTheEnd: string | null;
}

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
  const bench = await RealBench.open(flow.on, dist);
  try {
    for (const inputs of flow.before(bench)) succeeded(await bench.run(inputs));
    const approved = await approvedPlan(flow, bench);
    bench.aws.forget();
    bench.aws.advance(600_000);
    const account = bench.aws.snapshot();
    succeeded(await bench.run(inputsOf(flow, bench, approved)));
    const counts = new Map<string, number>();
    const places = bench.aws.names().map((name) => {
      const nth = (counts.get(name) ?? 0) + 1;
      counts.set(name, nth);
      return { name, nth };
    });
    // The second run may do no more than the first has left to it.
    succeeded(await runAgain(flow, bench, approved));
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

function runAgain(flow: RealFlow, bench: RealBench, approved: string | null): Promise<ActionRun> {
  if (flow.then === undefined) return bench.run(inputsOf(flow, bench, approved));
  bench.aws.advance(flow.then.afterMs);
  return bench.run(flow.then.inputs);
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
  const bench = await RealBench.open(flow.on, dist, account);
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
    check(mayAnswer, `in between, ${between ?? 'nothing'} answers`);
    bench.aws.forget();
    const second = await runAgain(flow, bench, approved);
    const { outcome = '' } = second.outputs;
    check(
      second.exitCode === 0 && flow.succeeds.includes(outcome),
      `the second run: ${outcome} ${second.signal ?? ''} ${second.error || second.log.slice(-1000)}`,
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

function settled({ aws, platform }: RealBench): readonly string[] {
  aws.advance(600_000);
  return platform.inventory(aws);
}

export function killsOf({ places }: RealBaseline): Kill[] {
  return places.flatMap((place) => (['before', 'after'] as const).map((when) => ({ place, when })));
}
