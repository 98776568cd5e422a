/** The local driver with its server, in this process. */
import { rm } from 'node:fs/promises';
import type { Facets } from '../../../src/deployment/observed.ts';
import { NOTHING } from '../../../src/deployment/plan.ts';
import type { Command, Subject as Asked } from '../../../src/deployment/port.ts';
import type { Step, StepKind } from '../../../src/deployment/verdict.ts';
import type { Plan } from '../../../src/documents/plan.ts';
import { LocalOperation } from '../../../src/platforms/local/driver/operation.ts';
import { makeLocalBed, type LocalBed } from '../../platforms/local-bed.ts';
import { ENDPOINT } from '../../platforms/target-suite.ts';
import { facetsOf, plansOf } from './driver.ts';
import { Names } from './names.ts';
import type { Ways } from './model.ts';
import type { Subject } from './sequences.ts';

export const KINDS: readonly StepKind[] = [
  'make-version',
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
];

const WAYS: Ways = {
  atOnce: true,
  candidate: 'refused',
  isSerial: true,
  isShared: false,
  isTagged: false,
  closesAll: true,
  emptiesAll: true,
  activates: { withdrawn: false },
};

/** One bed for all sequences: an endpoint begins with nothing, and nothing of it stays. */
export async function prepare(): Promise<() => Promise<Subject>> {
  const bed = await makeLocalBed({ timeoutMs: 60_000 });
  const plans = await plansOf(bed);
  return () => Promise.resolve(new OnServer(bed, plans));
}

class OnServer implements Subject {
  readonly ways = WAYS;
  readonly start = NOTHING;
  readonly #bed: LocalBed;
  readonly #plans: ReadonlyMap<string, Plan>;
  readonly #names: Names;

  constructor(bed: LocalBed, plans: ReadonlyMap<string, Plan>) {
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
    await this.#open(this.#subjectOf(step)).perform(this.#names.theirs(step));
  }

  settle(): Promise<void> {
    return Promise.resolve();
  }

  async dispose(): Promise<void> {
    await this.#bed.stopServers();
    await rm(this.#bed.root, { recursive: true, force: true });
  }

  #open(subject: Asked): LocalOperation {
    return new LocalOperation(subject, this.#bed.options);
  }

  #subjectOf({ kind, of, with: version }: Step): Asked {
    const plan = this.#plans.get(version ?? of.replace(/^c-/, '')) ?? null;
    const command: Command = kind === 'close' ? 'teardown' : 'deploy';
    return { endpoint: ENDPOINT, plan, command };
  }
}
