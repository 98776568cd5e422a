/** kill -9 for real: the built action, killed before or after each of its calls, and run again. */
import type { ActionRun } from '../../scripts/lib/runner-protocol.ts';
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
  readonly account: unknown;
  /** The plan document that is approved; null for commands without a plan. */
  readonly approved: string | null;
  readonly places: readonly Place[];
  readonly end: readonly string[];
}

export interface RealVerdict extends Kill {
  readonly flow: string;
  readonly wrong: readonly string[];
  /** What went wrong is not always what is wrong: the whole log of both runs, and what was asked. '' if nothing is wrong. */
  readonly words: string;
}

export async function realBaseline(flow: RealFlow, dist: string): Promise<RealBaseline> {
  const bench = await RealBench.open(flow.on, dist);
  try {
    for (const inputs of flow.before(bench)) succeeded(await bench.run(inputs));
    const approved = await approvedPlan(flow, bench);
    bench.cloud.forget();
    bench.cloud.advance(600_000);
    const account = bench.cloud.snapshot();
    succeeded(await bench.run(inputsOf(flow, bench, approved)));
    const counts = new Map<string, number>();
    const places = bench.cloud.names().map((name) => {
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
  bench.cloud.advance(flow.then.afterMs);
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
    check(first.signal === 'SIGKILL', `it was not killed, and ended with ${endOf(first)}: ${first.error}`);
    const between = bench.serving();
    const mayAnswer = flow.serves === null || (between !== null && flow.serves.includes(between));
    check(mayAnswer, `in between, ${between ?? 'nothing'} answers`);
    const answered = [...(bench.platform.served?.(bench.cloud) ?? [])];
    const asked = bench.cloud.names();
    bench.cloud.forget();
    const second = await runAgain(flow, bench, approved);
    const { outcome = '' } = second.outputs;
    check(second.exitCode === 0, `the second run ended with ${endOf(second)}: ${second.error}`);
    check(flow.succeeds.includes(outcome), `the outcome of the second run is "${outcome}"`);
    const serving = bench.serving();
    check(
      serving === flow.inTheEnd,
      `in the end ${serving ?? 'nothing'} serves, not ${flow.inTheEnd ?? 'nothing'}`,
    );
    answered.push(...(bench.platform.served?.(bench.cloud) ?? []));
    const { serves } = flow;
    const others = answered.filter((one) => serves !== null && (one === null || !serves.includes(one)));
    check(others.length === 0, `meanwhile, ${[...new Set(others)].join(' and ')} answers`);
    const told = leftBy(first) + leftBy(second);
    const shown = bench.cloud.secrets().filter((secret) => told.includes(secret));
    check(shown.length === 0, `shown: ${shown.map((secret) => secret.slice(0, 20)).join(', ')}`);
    const after = settled(bench);
    const left = after.filter((item) => !end.includes(item));
    const lost = end.filter((item) => !after.includes(item));
    check(left.length === 0, `left: ${left.join(', ')}`);
    check(lost.length === 0, `lost: ${lost.join(', ')}`);
    const runs = [
      wordsOf('The run that was killed', first, asked),
      wordsOf('The second run', second, bench.cloud.names()),
    ];
    return { ...kill, flow: flow.name, wrong, words: wrong.length === 0 ? '' : runs.join('') };
  } finally {
    await bench.dispose();
  }
}

function endOf({ exitCode, signal }: ActionRun): string {
  return signal ?? String(exitCode);
}

function wordsOf(which: string, run: ActionRun, asked: readonly string[]): string {
  return `${which} (${endOf(run)}):\n${leftBy(run)}\nIt asked for ${asked.join(', ')}\n`;
}

function settled({ cloud, platform }: RealBench): readonly string[] {
  cloud.advance(600_000);
  return platform.inventory(cloud);
}

/** Everything but the lines by which a step tells the runner what to hide. */
function leftBy({ log, outputs, state, summary }: ActionRun): string {
  const lines = log.split('\n').filter((line) => !line.startsWith('::add-mask::'));
  return [...lines, summary, JSON.stringify(outputs), JSON.stringify(state)].join('\n');
}

export function killsOf(places: readonly Place[]): Kill[] {
  return places.flatMap((place) => (['before', 'after'] as const).map((when) => ({ place, when })));
}
