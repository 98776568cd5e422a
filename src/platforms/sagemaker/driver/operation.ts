/** SageMaker as the engine sees it: looks, steps, and what only this platform knows about them. */
import { UserError } from '../../../core/errors.ts';
import { readBack } from '../../../deployment/kept/served.ts';
import type { Facet, Facets, Known, Serving } from '../../../deployment/observed.ts';
import type { Performed } from '../../../deployment/memory.ts';
import type {
  EnginePlatform,
  Explained,
  Failure,
  Move,
  Operation,
  Subject,
  WayBack,
} from '../../../deployment/port.ts';
import type { Traits } from '../../../deployment/traits.ts';
import type { Step } from '../../../deployment/verdict.ts';
import type { EndpointDescription } from '../../../core/targets.ts';
import { bakeAlarmNames } from '../alarms/bake-alarms.ts';
import { describeEndpoint } from '../describe.ts';
import { isScaled, readLive } from '../live.ts';
import { DEFAULT_POLL_MS, type SageMakerTargetOptions } from '../options.ts';
import { checkKeepable } from '../scaling/save-scaling.ts';
import { lookAgain, openSession } from '../session.ts';
import { configSpecOf, removesScaling, scalingOf, textAt, variantFacts, variantOf } from '../specs.ts';
import { TAG } from '../tags.ts';
import { differences } from '../verify.ts';
import { check } from './check.ts';
import { isWatched } from './endpoint-steps.ts';
import { explained } from './explain.ts';
import { lookAt } from './looks.ts';
import { performStep } from './perform.ts';
import { beginWork, type Work } from './work.ts';

export const TRAITS: Traits = {
  swap: 'compare-then-write',
  abort: 'guard',
  shifts: 'platform',
  broken: 'replace',
  // SageMaker answers from copies that lag behind.
  lagMs: 60_000,
  usualLagMs: 5_000,
  unusedMs: 6 * 60 * 60_000,
};

export function enginePlatform(options: SageMakerTargetOptions): EnginePlatform {
  return {
    title: 'SageMaker',
    place: `in ${options.clients.region}`,
    traits: traitsFor(options),
    pollMs: DEFAULT_POLL_MS,
    open: (subject) => new SageMakerOperation(subject, options),
  };
}

function traitsFor({ longestLagMs = Infinity }: SageMakerTargetOptions): Traits {
  const { lagMs, usualLagMs } = TRAITS;
  return { ...TRAITS, lagMs: Math.min(lagMs, longestLagMs), usualLagMs: Math.min(usualLagMs, longestLagMs) };
}

export class SageMakerOperation implements Operation {
  readonly #work: Work;
  /** What was looked at since the last change, or the last time that something was looked at again. */
  readonly #looked = new Set<Facet>();

  /** @param session with answers that are still true */
  constructor(subject: Subject, options: SageMakerTargetOptions, session = openSession(options)) {
    this.#work = beginWork(subject, session);
  }

  look<F extends Facet>(facet: F): Promise<Known<Facets[F]>> {
    if (this.#looked.has(facet)) {
      lookAgain(this.#work.session);
      this.#looked.clear();
    }
    this.#looked.add(facet);
    return lookAt(facet, this.#work);
  }

  perform(step: Step): Promise<Performed> {
    this.#looked.clear();
    return performStep(step, this.#work);
  }

  async moveTo(version: string, _serving: Serving): Promise<Move> {
    const { subject, session } = this.#work;
    const { plan, endpoint } = subject;
    const scaling = plan === null ? 'leave' : aboutScaling(plan.desired);
    const live = await readLive(endpoint, session.reads);
    if (live === null || live.serving === version) return { guarded: false, otherMachines: false, scaling };
    const variant = plan === null ? await this.#variantOf(version) : desiredVariant(plan.desired);
    const before = live.specs === null ? null : textAt(variantOf(live.specs), 'InstanceType');
    const isOther = variant.instanceType !== before || variant.name !== live.variant;
    const otherMachines = isOther && isScaled(live);
    if (otherMachines) checkKeepable(live.scaling, { endpoint, variant: live.variant });
    return { guarded: plan !== null && isWatched(plan.desired, live), otherMachines, scaling };
  }

  async #variantOf(version: string) {
    const config = await this.#work.session.reads.config(version);
    const variant = config === null ? {} : variantOf({ endpointConfig: configSpecOf(config) });
    return { name: textAt(variant, 'VariantName'), instanceType: textAt(variant, 'InstanceType') };
  }

  check(version: string | null): Promise<void> {
    return check(version, this.#work);
  }

  async lastWayBack(): Promise<WayBack | null> {
    const { subject, session } = this.#work;
    const described = await session.reads.endpoint(subject.endpoint);
    const tags = await session.reads.tags(described?.EndpointArn ?? '');
    return readBack(tags.get(TAG.rollback), ' ');
  }

  describe(): Promise<EndpointDescription> {
    const { subject, session } = this.#work;
    return describeEndpoint(subject.endpoint, session.reads, session.options);
  }

  explain(failure: Failure): Promise<Explained> {
    return explained(failure, this.#work);
  }

  titleOf(guard: string): string {
    const { subject, variant } = this.#work;
    return `our bake alarm ${bakeAlarmNames({ endpoint: subject.endpoint, variant, guard }).errors}`;
  }

  async differences(): Promise<readonly string[]> {
    const { subject, session } = this.#work;
    const live = await readLive(subject.endpoint, session.reads);
    if (live === null || subject.plan === null)
      throw new UserError(`${subject.endpoint} was deleted meanwhile.`);
    return differences(subject.plan, live);
  }
}

type Desired = NonNullable<Subject['plan']>['desired'];

function aboutScaling(desired: Desired): Move['scaling'] {
  if (removesScaling(desired)) return 'end';
  return scalingOf(desired) === null ? 'leave' : 'set';
}

function desiredVariant(desired: Desired) {
  const { variantName: name, instanceType } = variantFacts(desired);
  return { name, instanceType };
}
