/** Every call of a flow x every fault: what is true afterwards, and where a second run gets. */
import type { Call } from '../fakes/aws/calls.ts';
import { traceOf, type Trace } from './denied.ts';
import { FAULTS, targetWith, textOf, type Fault, type Place } from './faults.ts';
import type { Flow } from './flows.ts';
import {
  act,
  actAgain,
  healthy,
  inventory,
  label,
  mutationsOf,
  openScene,
  orphans,
  serving,
  startOf,
  type Scene,
  type Start,
} from './scene.ts';

export interface Case {
  readonly place: Place;
  readonly fault: Fault;
}

export interface Verdict extends Case {
  /** The flow's name. */
  readonly flow: string;
  /** What the run with the fault came to: an outcome, or the error's first words. */
  readonly first: string;
  /** What is wrong; empty where nothing is. */
  readonly wrong: readonly string[];
}

export interface Baseline {
  readonly start: Start;
  /** The same in an account that is ours alone, and what the flow does there. */
  readonly alone: { readonly start: Start; readonly trace: Trace };
  /** The calls of the first run, where it meets no fault. */
  readonly places: readonly Place[];
  /** What is there when both runs have met none. */
  readonly end: readonly string[];
}

export async function baseline(flow: Flow): Promise<Baseline> {
  const start = await startOf(flow);
  const scene = await openScene(flow, start);
  try {
    const { outcome: first } = await act(scene, healthy(scene));
    const alone = await compareAlone(flow, { outcome: first, changed: mutationsOf(scene.bed.aws) });
    const counts = new Map<string, number>();
    const places = scene.bed.aws.names().map((name) => {
      const nth = (counts.get(name) ?? 0) + 1;
      counts.set(name, nth);
      return { name, nth };
    });
    const { outcome, message } = await actAgain(scene);
    if (!flow.succeeds.includes(outcome))
      throw new Error(`${flow.name} without faults is ${outcome}. ${message}`);
    const { missing } = scene.guard;
    if (missing.size > 0) throw new Error(`${flow.name} without faults: ${[...missing].join('; ')}.`);
    return { start, alone, places, end: settled(scene) };
  } finally {
    await scene.bed.dispose();
  }
}

/** @throws Error where the flow does something else in an account that is ours alone */
async function compareAlone(flow: Flow, beside: Trace): Promise<Baseline['alone']> {
  const start = await startOf(flow, 'none');
  const trace = await traceOf(flow, start);
  const [one, other] = [trace, beside].map((each) => JSON.stringify(each, null, 2));
  if (one !== other) throw new Error(`${flow.name} depends on who else is in the account: ${one} ${other}`);
  return { start, trace };
}

export function casesOf({ places }: Baseline): Case[] {
  return places.flatMap((place) => FAULTS.map((fault) => ({ place, fault })));
}

/** In the account that others use too, and again, with the same call struck, in one that is ours alone. */
export async function tryCase(flow: Flow, one: Case, { start, alone, end }: Baseline): Promise<Verdict> {
  const verdict = (tried: Tried): Verdict => ({
    ...one,
    flow: flow.name,
    first: tried.trace.outcome,
    wrong: tried.wrong,
  });
  const beside = await tryIn(flow, one, start, end);
  if (beside.struck === null) return verdict(beside);
  const there = await tryIn(flow, { ...one, place: beside.struck }, alone.start, end);
  // A look at what others have, for one.
  if (there.struck === null) return verdict(beside);
  const wrong = [...there.wrong, ...differences(flow, one.fault, beside.trace, there.trace)];
  return verdict({ ...beside, wrong: [...beside.wrong, ...wrong.map((what) => `alone: ${what}`)] });
}

/** Who is killed has done what he has done by then, which calls side by side decide. */
function differences({ succeeds }: Flow, fault: Fault, beside: Trace, alone: Trace): string[] {
  if (fault.startsWith('kill')) return [];
  const kind = ({ outcome }: Trace) => (succeeds.includes(outcome as never) ? outcome : 'an error');
  const [here, there] = [beside, alone].map((trace) => [kind(trace), ...trace.changed].join('; '));
  return here === there ? [] : [`${alone.outcome}, or other changes`];
}

interface Tried {
  readonly trace: Trace;
  /** The call that met the fault, by what it asked for; null where none did. */
  readonly struck: Place | null;
  readonly wrong: readonly string[];
}

async function tryIn(flow: Flow, one: Case, start: Start, end: readonly string[]): Promise<Tried> {
  const scene = await openScene(flow, start);
  const wrong: string[] = [];
  let done: Omit<Tried, 'wrong'> = { trace: { outcome: '', changed: [] }, struck: null };
  try {
    done = await firstRun(scene, one, wrong);
    const first = done.trace.outcome;
    const now = await label(scene);
    checkServing(flow, now, `after ${first}`, wrong);
    const again = flow.then !== undefined || flow.thenRequests !== undefined;
    const isTold = /could not be removed|is left alone/.test(scene.bed.ports.log.text);
    // Who is told that all is well does not run it again.
    if (!again && !isTold && flow.succeeds.includes(first as never)) {
      await checkEnd(scene, `says ${first}, but`, end, wrong);
    }
    const second = await outcomeOf(() => actAgain(scene));
    if (!flow.succeeds.includes(second as never)) wrong.push(`the second run: ${second}`);
    await checkEnd(scene, 'in the end', end, wrong);
    wrong.push(...scene.guard.missing);
    return { ...done, wrong };
  } catch (error) {
    // A case that breaks the matrix itself is a failed case.
    return { ...done, wrong: [...wrong, String(error)] };
  } finally {
    await scene.bed.dispose();
  }
}

/** What was asked for serves, and there is what there is without faults: nothing is left, nothing is lost. */
async function checkEnd(scene: Scene, when: string, end: readonly string[], wrong: string[]): Promise<void> {
  const now = await label(scene);
  if (now !== scene.flow.inTheEnd)
    wrong.push(`${when} ${now === null ? 'nothing' : `version ${now}`} answers`);
  const after = settled(scene);
  const isOther = scene.flow.thenRequests !== undefined;
  const left = isOther ? orphans(scene.bed.aws) : after.filter((item) => !end.includes(item));
  const lost = isOther ? [] : end.filter((item) => !after.includes(item));
  if (left.length > 0) wrong.push(`${when} left: ${left.join(', ')}`);
  if (lost.length > 0) wrong.push(`${when} lost: ${lost.join(', ')}`);
}

/** The run that meets the fault; at each of its calls, something that may serve has to serve. */
async function firstRun(
  scene: Scene,
  { fault, place }: Case,
  wrong: string[],
): Promise<Omit<Tried, 'wrong'>> {
  const { bed, flow } = scene;
  const seen = new Set<number | null>();
  bed.aws.inject({ on: /./, times: Infinity, before: () => void seen.add(serving(bed)) });
  const outcome = await outcomeOf(() => act(scene, targetWith(bed, fault, place)));
  const struck = struckIn(bed.aws.calls);
  if (struck === null) wrong.push('the fault was never met');
  for (const now of seen) checkServing(flow, now, 'on the way', wrong);
  const changed = mutationsOf(bed.aws);
  // What comes from here on meets no fault, but the broken model stays broken.
  const kept = bed.aws.sagemaker.outcomes.slice();
  bed.aws.forget();
  bed.aws.sagemaker.outcomes.push(...kept);
  return { trace: { outcome, changed }, struck };
}

/** The call that met a fault, and which one it was of those that ask for the same. */
function struckIn(calls: readonly Call[]): Place | null {
  const at = calls.findIndex(({ fault }) => fault !== null);
  const [call] = calls.slice(at, at + 1);
  if (at === -1 || call === undefined) return null;
  const asks = textOf(call);
  const same = calls.slice(0, at + 1).filter((other) => other.name === call.name && textOf(other) === asks);
  return { name: call.name, nth: same.length, asks };
}

/** What is being deleted goes by itself. */
function settled({ bed }: Scene): string[] {
  bed.aws.advance(600_000);
  return inventory(bed.aws);
}

async function outcomeOf(run: () => Promise<{ outcome: string }>): Promise<string> {
  try {
    return (await run()).outcome;
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message.split('\n').slice(0, 2).join(' ').slice(0, 200)}`;
  }
}

function checkServing({ serves }: Flow, now: number | null, when: string, wrong: string[]): void {
  if (serves === null || (now !== null && serves.includes(now))) return;
  wrong.push(`${when}, ${now === null ? 'nothing answers' : `version ${now} answers`}`);
}
