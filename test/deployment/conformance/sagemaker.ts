/** SageMaker's driver on the fake of AWS. */
import type { Facets } from '../../../src/deployment/observed.ts';
import type { Command, Subject as Asked } from '../../../src/deployment/port.ts';
import { NOTHING } from '../../../src/deployment/plan.ts';
import type { Step, StepKind } from '../../../src/deployment/verdict.ts';
import type { Plan } from '../../../src/documents/plan.ts';
import { SageMakerOperation } from '../../../src/platforms/sagemaker/driver/operation.ts';
import type { SageMakerTargetOptions } from '../../../src/platforms/sagemaker/options.ts';
import { storeOn, type Notes } from '../../fakes/memory-store.ts';
import { makeSageMakerBed, type SageMakerBed } from '../../platforms/sagemaker-bed.ts';
import { ENDPOINT } from '../../platforms/target-suite.ts';
import type { Snapshot } from '../../fakes/aws/snapshot.ts';
import type { Ways } from './model.ts';
import { facetsOf, plansOf } from './driver.ts';
import { Names } from './names.ts';
import type { Subject } from './sequences.ts';

export const KINDS: readonly StepKind[] = [
  'make-version',
  'retire-version',
  'start-candidate',
  'keep-candidate',
  'drop-candidate',
  'open',
  'shift',
  'shift',
  'close',
  'note',
  'guard',
  'unguard',
  'set-scaling',
  'set-scaling-aside',
  'restore-scaling',
  'end-scaling',
];

const SCALING = {
  minCapacity: 1,
  maxCapacity: 4,
  invocationsPerInstance: 100,
  scaleInCooldown: 300,
  scaleOutCooldown: 60,
};

const WAYS: Ways = {
  atOnce: false,
  candidate: 'broken',
  isSerial: false,
  isShared: false,
  isTagged: false,
  closesAll: false,
  emptiesAll: false,
  activates: null,
};
const SLOW_MS = 20 * 60_000;
/** Longer than any change takes. */
const LONG_MS = 3 * 60 * 60_000;

export async function prepare(): Promise<() => Promise<Subject>> {
  const bed = await makeSageMakerBed({}, { neighbours: 'none' });
  const plans = await plansOf(bed);
  const scaled = await bed.target.plan(bed.requestWith('one', { scaling: SCALING }));
  const account = bed.aws.snapshot();
  await bed.dispose();
  return () => open({ plans, scaled }, account);
}

interface Plans {
  readonly plans: ReadonlyMap<string, Plan>;
  /** With autoscaling. */
  readonly scaled: Plan;
}

async function open(plans: Plans, from: Snapshot): Promise<Subject> {
  const notes: Notes = new Map();
  const openStore = (url: string) => Promise.resolve(storeOn(notes, url));
  const bed = await makeSageMakerBed({ openStore, timeoutMs: LONG_MS }, { from, neighbours: 'none' });
  // No change ends while calls are tried again.
  bed.aws.durations = {
    provision: SLOW_MS,
    giveUp: SLOW_MS,
    rollback: SLOW_MS,
    remove: SLOW_MS,
    scale: SLOW_MS,
  };
  return new OnFake(bed, plans);
}

class OnFake implements Subject {
  readonly ways = WAYS;
  readonly start = NOTHING;
  readonly #bed: SageMakerBed;
  readonly #options: SageMakerTargetOptions;
  readonly #plans: Plans;
  readonly #names: Names;

  constructor(bed: SageMakerBed, plans: Plans) {
    this.#bed = bed;
    this.#plans = plans;
    this.#options = bed.options;
    this.#names = new Names(plans.plans);
  }

  async look(): Promise<Facets> {
    const operation = this.#open({ endpoint: ENDPOINT, plan: null, command: 'rollback' });
    return this.#names.ours(await facetsOf(operation));
  }

  async perform(step: Step): Promise<void> {
    // A second passes, as it does between any two: what is newest is told by the time.
    this.#bed.ports.clock.advance(1000);
    const asked = this.#names.theirs(step);
    const operation = this.#open(this.#subjectOf(step));
    for (let calls = 0; calls < 10; calls++) {
      const { is } = await operation.perform(asked);
      if (is !== 'again') return;
      this.#bed.ports.clock.advance(1000);
    }
    throw new Error(`${step.kind} has no end.`);
  }

  settle(): Promise<void> {
    this.#bed.ports.clock.advance(LONG_MS);
    this.#bed.aws.advance(LONG_MS);
    return Promise.resolve();
  }

  dispose(): Promise<void> {
    return this.#bed.dispose();
  }

  #open(subject: Asked): SageMakerOperation {
    return new SageMakerOperation(subject, this.#options);
  }

  /** The command that takes such a step, with the plan of its version. */
  #subjectOf({ kind, of, with: version, note }: Step): Asked {
    const { plans, scaled } = this.#plans;
    if (kind === 'set-scaling') return { endpoint: ENDPOINT, plan: scaled, command: 'deploy' };
    // Only a goal with a plan ends it.
    if (kind === 'end-scaling')
      return { endpoint: ENDPOINT, plan: plans.get('v1') ?? null, command: 'deploy' };
    const plan = plans.get(version ?? of.replace(/^c-|@.*$/g, '')) ?? null;
    const isOfNone = note === 'withdrawn' || kind === 'close' || kind === 'retire-version';
    const command: Command = kind === 'close' ? 'teardown' : isOfNone ? 'rollback' : 'deploy';
    return { endpoint: ENDPOINT, plan: isOfNone ? null : plan, command };
  }
}
