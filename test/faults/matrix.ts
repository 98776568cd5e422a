/** Every call of a flow x every fault: what is true afterwards, and where a second run gets. */
import { FAULTS, targetWith, type Fault, type Place } from './faults.ts';
import { act, inventory, label, openScene, type Flow } from './scene.ts';

export interface Case {
  readonly flow: Flow;
  readonly place: Place;
  readonly fault: Fault;
}

export interface Verdict extends Case {
  /** What the run with the fault came to: an outcome, or the error's first words. */
  readonly first: string;
  /** What is wrong; empty where nothing is. */
  readonly wrong: readonly string[];
}

/** The calls of a run without faults, and what is there after it. */
export async function baseline(flow: Flow): Promise<{ places: Place[]; end: string[] }> {
  const scene = await openScene(flow);
  try {
    const { outcome } = await act(scene, scene.bed.targetWith({}));
    if (!flow.succeeds.includes(outcome)) throw new Error(`${flow.name} without faults is ${outcome}.`);
    const counts = new Map<string, number>();
    const places = scene.bed.aws.names().map((name) => {
      const nth = (counts.get(name) ?? 0) + 1;
      counts.set(name, nth);
      return { name, nth };
    });
    return { places, end: inventory(scene.bed) };
  } finally {
    await scene.bed.dispose();
  }
}

export function casesOf(flow: Flow, places: readonly Place[]): Case[] {
  return places.flatMap((place) => FAULTS.map((fault) => ({ flow, place, fault })));
}

export async function tryCase(one: Case, end: readonly string[]): Promise<Verdict> {
  const { flow, place, fault } = one;
  const scene = await openScene(flow);
  const { bed } = scene;
  const wrong: string[] = [];
  try {
    const first = await outcomeOf(() => targetWith(bed, fault, place).then((target) => act(scene, target)));
    if (!bed.aws.calls.some((call) => call.fault !== null)) wrong.push('the fault was never met');
    // What is looked at from here on meets no fault, but the broken model stays broken.
    const kept = bed.aws.sagemaker.outcomes.slice();
    bed.aws.forget();
    bed.aws.sagemaker.outcomes.push(...kept);
    checkServing(flow, await label(scene), `after ${first}`, wrong);
    if (flow.succeeds.includes(first as never) && flow.inTheEnd !== (await label(scene))) {
      wrong.push(`says ${first}, which is not so`);
    }
    const again = await outcomeOf(() => act(scene, bed.targetWith({})));
    if (!flow.succeeds.includes(again as never)) wrong.push(`the second run: ${again}`);
    if ((await label(scene)) !== flow.inTheEnd) wrong.push('in the end another version serves');
    // What is being deleted goes by itself.
    bed.aws.advance(600_000);
    const after = inventory(bed);
    const left = after.filter((item) => !end.includes(item));
    const lost = end.filter((item) => !after.includes(item));
    if (left.length > 0) wrong.push(`left: ${left.join(', ')}`);
    if (lost.length > 0) wrong.push(`lost: ${lost.join(', ')}`);
    return { ...one, first, wrong };
  } finally {
    await bed.dispose();
  }
}

async function outcomeOf(run: () => Promise<{ outcome: string; message: string }>): Promise<string> {
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
