/**
 * The lines of a plan on SageMaker's fake: scenes that are drawn from a seed, each planned, carried out, and now and then
 * killed on the way and carried out again. Every call that changes something is held against the line of its step.
 */
import type { Plan } from '../../src/documents/plan.ts';
import { createEngineTarget } from '../../src/deployment/engine-target.ts';
import type { EnginePlatform, Operation } from '../../src/deployment/port.ts';
import { planSteps } from '../../src/deployment/plan-steps.ts';
import type { Step } from '../../src/deployment/verdict.ts';
import { callsOf } from '../../src/platforms/sagemaker/driver/calls.ts';
import { enginePlatform } from '../../src/platforms/sagemaker/driver/operation.ts';
import type { SageMakerTargetOptions } from '../../src/platforms/sagemaker/options.ts';
import { isRead } from '../fakes/aws/calls.ts';
import { storeOn, type Notes } from '../fakes/memory-store.ts';
import { makeSageMakerBed, type Asked, type SageMakerBed } from '../platforms/sagemaker-bed.ts';
import { ENDPOINT, type ModelName } from '../platforms/target-suite.ts';
import { randomFrom } from './random-states.ts';

const CONTEXT = { repository: 'acme/churn', commit: 'c0ffee', runId: '1001' };
const HISTORIES: readonly (readonly ModelName[])[] = [[], ['one'], ['one', 'two'], ['one', 'two', 'three']];
const ASKED: readonly Asked[] = [
  {},
  {},
  { staging: 'none' },
  { instanceType: 'ml.m5.xlarge' },
  { instanceCount: 2, strategy: { type: 'canary', stepPercent: 50, bakeMinutes: 5, alarms: [] } },
  {
    scaling: {
      minCapacity: 1,
      maxCapacity: 4,
      invocationsPerInstance: 100,
      scaleInCooldown: 300,
      scaleOutCooldown: 60,
    },
  },
];

export interface Scene {
  readonly history: readonly ModelName[];
  readonly before: Asked;
  readonly model: ModelName;
  readonly asked: Asked;
  readonly keepVersions: number;
  /** The step before or after which the first run is killed; null where it lives. */
  readonly kill: { readonly at: number; readonly isDone: boolean } | null;
}

export function sceneOf(seed: number): Scene {
  const random = randomFrom(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  return {
    history: pick(HISTORIES),
    before: pick(ASKED),
    model: pick<ModelName>(['one', 'two', 'three', 'three', 'broken']),
    asked: pick(ASKED),
    keepVersions: pick([0, 1, 3]),
    kill: random() < 0.4 ? { at: Math.floor(random() * 6), isDone: random() < 0.5 } : null,
  };
}

class Killed extends Error {}

/** What one command did, in order. */
type Done = { readonly look: string } | 'wait' | { readonly step: Step; readonly calls: readonly string[] };

export interface Report {
  readonly plan: Plan;
  readonly done: readonly (readonly Done[])[];
  readonly outcomes: readonly string[];
  readonly wrong: readonly string[];
}

export async function carryOut(scene: Scene): Promise<Report> {
  const notes: Notes = new Map();
  const openStore = (url: string) => Promise.resolve(storeOn(notes, url));
  const bed = await makeSageMakerBed(
    { context: CONTEXT, openStore, keepVersions: scene.keepVersions, pollMs: null },
    { neighbours: 'none' },
  );
  try {
    return await carryOutOn(bed, scene);
  } finally {
    await bed.dispose();
  }
}

async function carryOutOn(bed: SageMakerBed, scene: Scene): Promise<Report> {
  const { target } = bed;
  for (const model of scene.history)
    await target.deploy(await target.plan(bed.requestWith(model, scene.before)));
  bed.ports.clock.advance(60_000);
  const plan = await target.plan(bed.requestWith(scene.model, scene.asked));
  bed.aws.forget();
  const runs: Watched[] = [];
  const outcomes: string[] = [];
  const run = async (command: 'stage' | 'deploy' | 'promote', kill: Scene['kill']) => {
    const watched = new Watched(bed, bed.options, kill);
    runs.push(watched);
    outcomes.push((await watched.target[command](plan)).outcome);
  };
  const isStaged = plan.candidate !== null && plan.base !== plan.version;
  const commands = isStaged ? (['stage', 'promote'] as const) : (['deploy'] as const);
  for (const command of commands) {
    const isKilled = command === commands.at(-1) ? scene.kill : null;
    await run(command, isKilled).catch((error: unknown) => {
      if (!(error instanceof Killed)) throw error;
      return run(command, null);
    });
    if (outcomes.at(-1) === 'failed') break;
  }
  const done = runs.map((watched) => watched.done);
  return {
    plan,
    done,
    outcomes,
    wrong: [...unsaid(plan, done), ...missing(plan, done, outcomes), ...twice(done)],
  };
}

/** SageMaker's own platform, with an ear on everything that the engine asks of it. */
class Watched {
  readonly done: Done[] = [];
  readonly target: ReturnType<typeof createEngineTarget>;
  readonly #bed: SageMakerBed;
  readonly #kill: Scene['kill'];
  #steps = 0;

  constructor(bed: SageMakerBed, options: SageMakerTargetOptions, kill: Scene['kill']) {
    this.#bed = bed;
    this.#kill = kill;
    const { clock, signal, log, timeoutMs, pollMs, keepVersions, context } = options;
    const platform = enginePlatform(options);
    const watched: EnginePlatform = { ...platform, open: (subject) => this.#watch(platform.open(subject)) };
    const counted: typeof clock = {
      now: () => clock.now(),
      monotonic: () => clock.monotonic(),
      sleep: (milliseconds, during) => {
        this.done.push('wait');
        return clock.sleep(milliseconds, during);
      },
    };
    this.target = createEngineTarget(watched, {
      clock: counted,
      signal,
      log,
      timeoutMs,
      pollMs,
      keepVersions,
      context,
    });
  }

  #watch(operation: Operation): Operation {
    return {
      look: (facet) => {
        this.done.push({ look: facet });
        return operation.look(facet);
      },
      perform: async (step, seen) => {
        const kill = this.#kill;
        const isLast = kill?.at === this.#steps++;
        if (isLast && !kill.isDone) throw new Killed();
        const from = this.#bed.aws.calls.length;
        const performed = await operation.perform(step, seen);
        const calls = this.#bed.aws.calls.slice(from).filter(({ action }) => !isRead(action));
        this.done.push({ step, calls: calls.map(({ action }) => action) });
        if (isLast) throw new Killed();
        return performed;
      },
      moveTo: (version, serving) => operation.moveTo(version, serving),
      check: (version) => operation.check(version),
      lastWayBack: () => operation.lastWayBack(),
      describe: () => operation.describe(),
      explain: (failure) => operation.explain(failure),
      titleOf: (guard) => operation.titleOf(guard),
      differences: () => operation.differences(),
    };
  }
}

function lineOf(step: Step, plan: Plan): string {
  const lines = [{ step, when: 'will' }] as const;
  return planSteps({ lines }, ENDPOINT, { calls: (known) => callsOf(known, plan) })[0]!.what;
}

function stepsOf(run: readonly Done[]): readonly Extract<Done, { readonly step: Step }>[] {
  return run.flatMap((one) =>
    typeof one === 'object' && 'step' in one && one.calls.length > 0 ? [one] : [],
  );
}

/** A step that the plan does not have, or not so late; and a call that its line does not name. */
function unsaid(plan: Plan, done: Report['done']): string[] {
  const wrong: string[] = [];
  for (const run of done) {
    let at = 0;
    for (const { step, calls } of stepsOf(run)) {
      const line = lineOf(step, plan);
      const isSame = plan.steps[at - 1]?.what === line;
      const found = isSame ? at - 1 : plan.steps.findIndex(({ what }, index) => index >= at && what === line);
      if (found < 0) wrong.push(`not in the plan, or not there: ${line}`);
      else at = found + 1;
      const named = callsOf(step, plan).map((call) => call.split(' ')[0]);
      for (const call of calls)
        if (!named.includes(call)) wrong.push(`${step.kind} makes ${call}, which its line does not name`);
    }
  }
  return wrong;
}

/** What will be done was done, by one run or the other, where the plan came to its end. */
function missing(plan: Plan, done: Report['done'], outcomes: readonly string[]): string[] {
  if (!['deployed', 'promoted'].includes(outcomes.at(-1) ?? '')) return [];
  const made = new Set(done.flatMap(stepsOf).map(({ step }) => lineOf(step, plan)));
  return plan.steps
    .filter(({ when, what }) => when === 'will' && !made.has(what))
    .map(({ what }) => `promised, and not done: ${what}`);
}

/** A facet is read again only where a step or a wait was in between. */
function twice(done: Report['done']): string[] {
  const wrong: string[] = [];
  for (const run of done) {
    const seen = new Set<string>();
    for (const one of run) {
      if (typeof one === 'string' || 'step' in one) seen.clear();
      else if (seen.has(one.look)) wrong.push(`${one.look} is read twice`);
      else seen.add(one.look);
    }
  }
  return wrong;
}
