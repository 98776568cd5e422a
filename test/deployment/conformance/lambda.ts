/** Lambda's driver on the fake of AWS. */
import { NOTHING } from '../../../src/deployment/plan.ts';
import type { CandidateState, Facets } from '../../../src/deployment/observed.ts';
import type { Command, Subject as Asked } from '../../../src/deployment/port.ts';
import type { Step, StepKind } from '../../../src/deployment/verdict.ts';
import type { Plan } from '../../../src/documents/plan.ts';
import { LambdaOperation } from '../../../src/platforms/lambda/operation.ts';
import type { LambdaTargetOptions } from '../../../src/platforms/lambda/options.ts';
import { directClients } from '../../faults/direct-clients.ts';
import { makeLambdaBed, type LambdaBed } from '../../platforms/lambda-bed.ts';
import { ENDPOINT } from '../../platforms/target-suite.ts';
import type { Ways } from './model.ts';
import { facetsOf, plansOf } from './driver.ts';
import { Names } from './names.ts';
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
  'shift',
  'abort-shift',
  'unmark',
  'ask',
  'close',
  'note',
];

const WAYS: Ways = {
  atOnce: true,
  candidate: 'broken',
  isSerial: false,
  isShared: true,
  isTagged: true,
  closesAll: true,
  emptiesAll: false,
  activates: { served: true },
};
const LATER_MS = 10 * 60_000;

export async function prepare(): Promise<() => Promise<Subject>> {
  // A plan reads the image's description from the address that ECR gives.
  const bed = await makeLambdaBed({}, { neighbours: 'none' });
  const plans = await plansOf(bed);
  await bed.dispose();
  return async () => new OnFake(await makeLambdaBed({}, { listen: false, neighbours: 'none' }), plans);
}

class OnFake implements Subject {
  readonly ways = WAYS;
  readonly start = NOTHING;
  readonly #bed: LambdaBed;
  readonly #options: LambdaTargetOptions;
  readonly #plans: ReadonlyMap<string, Plan>;
  readonly #names: Names;

  constructor(bed: LambdaBed, plans: ReadonlyMap<string, Plan>) {
    this.#bed = bed;
    this.#plans = plans;
    this.#options = {
      ...bed.options,
      clients: directClients(bed.aws, bed.options.clients, { maxAttempts: 1 }),
    };
    this.#names = new Names(plans);
  }

  async look(): Promise<Facets> {
    const operation = this.#open({ endpoint: ENDPOINT, plan: null, command: 'rollback' });
    const seen = await facetsOf(operation);
    return this.#names.ours({ ...seen, candidates: await this.#staged(seen.candidates) });
  }

  /** Whether a candidate starts is asked by the command alone that stages it. */
  async #staged(candidates: readonly CandidateState[]): Promise<readonly CandidateState[]> {
    const asked = candidates.map(async (candidate) => {
      const plan = [...this.#plans.values()].find((known) => known.candidate === candidate.name) ?? null;
      const known = await this.#open({ endpoint: ENDPOINT, plan, command: 'stage' }).look('candidates');
      const all = 'value' in known ? known.value : [];
      return all.find(({ name }) => name === candidate.name) ?? candidate;
    });
    return Promise.all(asked);
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
    this.#bed.aws.advance(LATER_MS);
    return Promise.resolve();
  }

  dispose(): Promise<void> {
    return this.#bed.dispose();
  }

  #open(subject: Asked): LambdaOperation {
    return new LambdaOperation(subject, this.#options);
  }

  /** The command that takes such a step, with the plan of its version. */
  #subjectOf({ kind, of, with: version, note }: Step): Asked {
    const plan = this.#plans.get(version ?? of.replace(/^c-/, '')) ?? null;
    const isOfNone = note === 'withdrawn' || kind === 'close' || kind === 'retire-version';
    const command: Command = kind === 'close' ? 'teardown' : isOfNone ? 'rollback' : 'deploy';
    return { endpoint: ENDPOINT, plan: isOfNone ? null : plan, command };
  }
}
