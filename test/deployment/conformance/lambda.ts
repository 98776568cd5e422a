/** Lambda's driver on the fake of AWS. */
import type { CloudSettings } from '../../../src/core/plan/cloud-settings.ts';
import { NOTHING } from '../../../src/deployment/plan.ts';
import type { CandidateState, Facets } from '../../../src/deployment/observed.ts';
import type { Command, Subject as Asked } from '../../../src/deployment/port.ts';
import type { Step, StepKind } from '../../../src/deployment/verdict.ts';
import type { Plan } from '../../../src/documents/plan.ts';
import { provisionOf, readProvisions } from '../../../src/platforms/lambda/around/provisioned.ts';
import type { Provision } from '../../../src/platforms/lambda/around/wanted.ts';
import { knownVersions } from '../../../src/platforms/lambda/describe.ts';
import { LambdaOperation, seenBy } from '../../../src/platforms/lambda/operation.ts';
import type { LambdaTargetOptions } from '../../../src/platforms/lambda/options.ts';
import { readsOf } from '../../../src/platforms/lambda/reads.ts';
import { idOf } from '../../../src/platforms/lambda/versions.ts';
import { makeLambdaBed, type LambdaBed } from '../../platforms/lambda-bed.ts';
import { ENDPOINT, type ModelName } from '../../platforms/target-suite.ts';
import type { Ways } from './model.ts';
import { Provided, sayProvision } from './beside.ts';
import { asking, between, facetsOf, planOfServing, plansOf } from './driver.ts';
import { Names } from './names.ts';
import type { Subject } from './sequences.ts';

/** Of every platform where we shift the requests. */
export const OF_SHARES: readonly StepKind[] = [
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
export const KINDS: readonly StepKind[] = [...OF_SHARES, 'set-scaling', 'restore-scaling'];

/** The environments that each plan keeps started; none for v3, and none for the version that never starts. */
const PROVIDED: ReadonlyMap<string, Provision> = new Map([
  ['v1', { count: 2 }],
  ['v2', { count: 1, scaling: { min: 1, max: 3, utilization: 0.7 } }],
]);
const SETTINGS: Readonly<Partial<Record<ModelName, CloudSettings>>> = {
  one: { provisionedConcurrency: 2 },
  two: { provisionedConcurrency: 1, ...between(1, 3) },
};

const WAYS: Ways = {
  atOnce: true,
  candidate: 'broken',
  isSerial: false,
  isShared: true,
  isTagged: true,
  closesAll: true,
  emptiesAll: false,
  activates: { served: true },
  beside: () => new Provided(PROVIDED),
};
const LATER_MS = 10 * 60_000;

export async function prepare(): Promise<() => Promise<Subject>> {
  const bed = await makeLambdaBed({}, { neighbours: 'none' });
  // What is in front of a function has a step of its own in no sequence.
  const plans = await plansOf(asking(bed, (model) => ({ api: 'none', ...SETTINGS[model] })));
  await bed.dispose();
  return async () => new OnFake(await makeLambdaBed({}, { neighbours: 'none' }), plans);
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
    this.#options = bed.options;
    this.#names = new Names(plans);
  }

  async look(): Promise<Facets> {
    const operation = this.#open({ endpoint: ENDPOINT, plan: null, command: 'rollback' });
    const seen = await facetsOf(operation);
    return this.#names.ours({ ...seen, candidates: await this.#staged(seen.candidates) });
  }

  async beside(): Promise<readonly string[]> {
    const reads = readsOf(ENDPOINT, this.#options);
    const provisions = await readProvisions(ENDPOINT, reads, this.#options);
    const versions = knownVersions(await seenBy(reads));
    const numbers = new Set([...provisions.configs.keys(), ...(await this.#scaled())]);
    const all = [...numbers].map(async (number) => {
      const provision = await provisionOf(number, provisions);
      const version = this.#names.version(idOf(number, versions));
      return `${version}: ${provision === null ? 'scaling of nothing' : sayProvision(provision)}`;
    });
    return Promise.all(all);
  }

  /** The numbers that have a scalable target, also those whose versions are gone. */
  async #scaled(): Promise<readonly string[]> {
    const scaling = await this.#options.clients.autoScaling();
    const { ScalableTargets = [] } = await scaling.describeScalableTargets({ ServiceNamespace: 'lambda' });
    return ScalableTargets.map(({ ResourceId = '' }) => ResourceId.split(':').at(-1) ?? '');
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
      const isHalf = step.kind === 'make-version' && is === 'done' && (await isPart(asked.of, operation));
      if (is !== 'again' && !isHalf) return;
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
  #subjectOf(step: Step): Asked {
    const { kind, of, with: version, note } = step;
    if (kind === 'set-scaling')
      return { endpoint: ENDPOINT, plan: planOfServing(step, this.#plans), command: 'deploy' };
    const plan = this.#plans.get(version ?? of.replace(/^c-/, '')) ?? null;
    const isOfNone = note === 'withdrawn' || ['close', 'retire-version', 'restore-scaling'].includes(kind);
    const command: Command = kind === 'close' ? 'teardown' : isOfNone ? 'rollback' : 'deploy';
    return { endpoint: ENDPOINT, plan: isOfNone ? null : plan, command };
  }
}

/** A version is whole when its environments are started: until then the engine takes the step again. */
async function isPart(version: string, operation: LambdaOperation): Promise<boolean> {
  const known = await operation.look('versions');
  const versions = 'value' in known ? known.value : [];
  return versions.some((entry) => entry.version === version && entry.definition === 'part');
}
