/** Azure ML's driver on the stand-in for Resource Manager. */
import { NOTHING } from '../../../src/deployment/plan.ts';
import type { Facets } from '../../../src/deployment/observed.ts';
import type { Command, Subject as Asked } from '../../../src/deployment/port.ts';
import type { Step } from '../../../src/deployment/verdict.ts';
import type { Plan } from '../../../src/documents/plan.ts';
import { AzureMlOperation } from '../../../src/platforms/azure-ml/operation.ts';
import { makeAzureMlBed, type AzureMlBed } from '../../platforms/azure-ml-bed.ts';
import { ENDPOINT } from '../../platforms/target-suite.ts';
import type { Ways } from './model.ts';
import { facetsOf, plansOf } from './driver.ts';
import { Names } from './names.ts';
import type { Subject } from './sequences.ts';

export { KINDS } from './lambda.ts';

const WAYS: Ways = {
  // A step is over when its effect is seen.
  atOnce: true,
  candidate: 'broken',
  isSerial: false,
  isShared: true,
  isTagged: false,
  closesAll: true,
  emptiesAll: false,
  failsWhenMade: true,
  activates: { served: true },
};
/** Longer than anything may stay unseen. */
const LATER_MS = 10 * 60_000;

export async function prepare(): Promise<() => Promise<Subject>> {
  const bed = await makeAzureMlBed();
  const plans = await plansOf(bed);
  await bed.dispose();
  return async () => new OnFake(await makeAzureMlBed(), plans);
}

class OnFake implements Subject {
  readonly ways = WAYS;
  readonly start = NOTHING;
  readonly #bed: AzureMlBed;
  readonly #plans: ReadonlyMap<string, Plan>;
  readonly #names: Names;

  constructor(bed: AzureMlBed, plans: ReadonlyMap<string, Plan>) {
    this.#bed = bed;
    this.#plans = plans;
    this.#names = new Names(plans);
  }

  async look(): Promise<Facets> {
    const operation = this.#open({ endpoint: ENDPOINT, plan: null, command: 'rollback' });
    return this.#names.ours(await facetsOf(operation));
  }

  async perform(step: Step): Promise<void> {
    this.#bed.ports.clock.advance(1000);
    const asked = this.#names.theirs(step);
    const operation = this.#open(this.#subjectOf(step));
    for (let calls = 0; calls < 10; calls++) {
      const { is } = await operation.perform(asked, { now: 0, facets: {} });
      if (is !== 'again') return;
    }
    throw new Error(`${step.kind} has no end.`);
  }

  settle(): Promise<void> {
    this.#bed.ports.clock.advance(LATER_MS);
    return Promise.resolve();
  }

  dispose(): Promise<void> {
    return this.#bed.dispose();
  }

  #open(subject: Asked): AzureMlOperation {
    return new AzureMlOperation(subject, this.#bed.options);
  }

  /** The command that takes such a step, with the plan of its version. */
  #subjectOf({ kind, of, with: version, note }: Step): Asked {
    const plan = this.#plans.get(version ?? of.replace(/^c-/, '')) ?? null;
    const isOfNone = note === 'withdrawn' || kind === 'close' || kind === 'retire-version';
    const command: Command = kind === 'close' ? 'teardown' : isOfNone ? 'rollback' : 'deploy';
    return { endpoint: ENDPOINT, plan: isOfNone ? null : plan, command };
  }
}
