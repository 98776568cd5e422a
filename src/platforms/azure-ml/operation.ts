/** One command at work on an endpoint: what the engine looks at, and what it carries out. */
import { isDenied } from '../../clouds/azure/errors.ts';
import { UserError } from '../../core/errors.ts';
import type { EndpointDescription } from '../../core/targets.ts';
import { adoptedProblems, markIn, ownershipProblems } from '../../deployment/kept/tags.ts';
import { stateOf } from '../../deployment/kept/versions.ts';
import type { Performed } from '../../deployment/memory.ts';
import type {
  CandidateState,
  Facet,
  Facets,
  Known,
  Observed,
  Scaling,
  Serving,
} from '../../deployment/observed.ts';
import { known, performing, type Looks } from '../../deployment/performed.ts';
import type { Explained, Failure, Move, Operation, Subject, WayBack } from '../../deployment/port.ts';
import { moveByShares } from '../../deployment/rollout/move.ts';
import type { Traits } from '../../deployment/traits.ts';
import type { Step } from '../../deployment/verdict.ts';
import type { Plan } from '../../documents/plan.ts';
import { driftOf } from './asked.ts';
import { within } from './autoscale.ts';
import { MEANING } from './changed.ts';
import { describeAzure } from './describe.ts';
import { explain } from './explain.ts';
import { readServed, readWaiting, TAG } from './ledger.ts';
import type { Sent } from './make-version.ts';
import { versionOf } from './names.ts';
import { LAG_MS, type AzureMlTargetOptions } from './options.ts';
import { readsOf, seenBy, type Reads } from './reads.ts';
import { dueScale } from './scaling.ts';
import { markerOf, servingOf } from './serving.ts';
import { specOf } from './spec.ts';
import { carryOut, coldVersion } from './steps.ts';
import { isBusy, versionsOf, type Version } from './versions.ts';
import { LATE_MS, readWatch } from './watch.ts';
import { Why } from './why.ts';

export const TRAITS: Traits = {
  swap: 'compare-then-write',
  shifts: 'us',
  abort: 'none',
  broken: 'keep',
  // In the tags of the endpoint, by the call that moves the traffic.
  notesMoves: true,
  lagMs: LAG_MS,
  // A change is read back until it is visible.
  scaling: 'versions whose time is over',
  usualLagMs: 15_000,
  unusedMs: 6 * 60 * 60_000,
};

export class AzureMlOperation implements Operation, Looks {
  readonly #subject: Subject;
  readonly #options: AzureMlTargetOptions;
  readonly #reads: Reads;
  readonly #sent: Sent = { times: 0, operation: null };
  readonly #own = { requests: 0, failed: 0 };
  readonly #why: Why;
  /** Why Azure refused a step. */
  #refusal = '';

  constructor(subject: Subject, options: AzureMlTargetOptions, reads = readsOf(subject.endpoint, options)) {
    this.#subject = subject;
    this.#options = options;
    this.#reads = reads;
    this.#why = new Why(subject.endpoint, options);
  }

  look<F extends Facet>(facet: F): Promise<Known<Facets[F]>> {
    return known(facet, this, isDenied, this.#options.clock);
  }

  async perform(step: Step, _seen: Observed): Promise<Performed> {
    const performed = await performing(
      step,
      // Azure has no compare-and-swap.
      async () => servingOf(await this.#reads.endpoint(), this.#now()),
      MEANING,
      () =>
        carryOut(step, {
          subject: this.#subject,
          options: this.#options,
          reads: this.#reads,
          versions: () => this.#versions(),
          sent: this.#sent,
          why: this.#why,
          own: this.#own,
        }),
    );
    if (performed.is === 'refused') this.#refusal = performed.cause;
    return performed;
  }

  async serving(): Promise<Serving> {
    const serving = servingOf(await this.#reads.endpoint(), this.#now());
    const { plan } = this.#subject;
    if (plan === null || serving.state !== 'serving' || serving.version !== plan.version) return serving;
    const version = (await this.#versions()).find(({ id }) => id === plan.version);
    const runs = version?.found.sku?.capacity;
    const { instances, scale } = specOf(plan.desired);
    const isOff = runs !== undefined && runs !== (scale === undefined ? instances : within(scale, runs));
    return isOff ? { ...serving, fit: 'count-off' } : serving;
  }

  async versions(): Promise<Facets['versions']> {
    const { plan } = this.#subject;
    const all = await this.#versions();
    const planned = all.find(({ id, made }) => id === plan?.version && made !== null);
    const isAsPlanned = plan === null || planned === undefined || (await this.#isAsPlanned(plan, planned));
    return all.map((version) => {
      const state = stateOf(version);
      if (plan?.version !== version.id || version.made === null) return state;
      return isAsPlanned ? state : { ...state, definition: 'part' };
    });
  }

  async #isAsPlanned(plan: Plan, { found }: Version): Promise<boolean> {
    if (driftOf(plan, found, this.#options).length > 0) return false;
    return (await dueScale(plan, found, this.#options)) === null;
  }

  async candidates(): Promise<readonly CandidateState[]> {
    const { endpoint: name } = this.#subject;
    const { endpoint, deployments } = await seenBy(this.#reads);
    return readWaiting(name, endpoint?.tags ?? {}).map((waiting): CandidateState => {
      const found = deployments.find((deployment) => versionOf(deployment.name) === waiting.version);
      const isStarting = found !== undefined && isBusy(found);
      const isReady = found?.properties.provisioningState === 'Succeeded';
      return {
        name: waiting.name,
        version: waiting.version,
        ours: true,
        environment: waiting.environment,
        state: isReady ? 'ready' : isStarting ? 'starting' : 'broken',
        expiresAt: waiting.until,
      };
    });
  }

  /** Whether a version is due because its time has ended. */
  async scaling(): Promise<Scaling> {
    const { plan, command } = this.#subject;
    if (command === 'stage' || command === 'discard') return 'as-asked';
    // A rollback can be in progress to a version whose time has ended.
    if (plan === null && command !== 'reap') return 'none';
    const minutes = plan === null ? undefined : specOf(plan.desired).keepWarmMinutes;
    if (plan !== null && command === 'plan' && minutes === 0 && plan.base !== null) return 'other';
    const due = await coldVersion({
      subject: this.#subject,
      options: this.#options,
      reads: this.#reads,
      versions: () => this.#versions(),
    });
    if (plan === null) return due === null ? 'none' : 'set-aside';
    return due === null ? 'as-asked' : 'other';
  }

  /** Versions that get copies of the requests. */
  async users(): Promise<readonly string[]> {
    const mirrored = (await this.#reads.endpoint())?.properties.mirrorTraffic ?? {};
    return Object.entries(mirrored).flatMap(([name, percent]) => (percent > 0 ? [versionOf(name)] : []));
  }

  async watch(): Promise<Facets['watch']> {
    const endpoint = await this.#reads.endpoint();
    const marker = endpoint === null ? null : markerOf(endpoint);
    return readWatch(this.#subject.endpoint, marker, { ...this.#own }, this.#options);
  }

  guards(): Promise<Facets['guards']> {
    return Promise.resolve([]);
  }

  moveTo(): Promise<Move> {
    const { plan } = this.#subject;
    const isTimed = plan !== null && specOf(plan.desired).keepWarmMinutes !== undefined;
    return Promise.resolve(moveByShares(plan, LATE_MS, isTimed ? 'set' : 'leave'));
  }

  async check(_version: string | null): Promise<void> {
    const found = await this.#reads.endpoint();
    if (found === null) return;
    const { endpoint, command } = this.#subject;
    const tags = found.tags ?? {};
    const owned = { endpoint, kind: 'endpoint', mark: markIn(tags, endpoint) };
    const problems = ownershipProblems(owned, this.#options);
    const adopted = command === 'teardown' && !this.#options.removesAdopted ? tags[TAG.adopted] : undefined;
    if (adopted !== undefined) problems.push(...adoptedProblems(endpoint, adopted));
    if (problems.length > 0) throw UserError.of(problems);
  }

  async lastWayBack(): Promise<WayBack | null> {
    return readServed((await this.#reads.endpoint())?.tags ?? {}).back;
  }

  async describe(): Promise<EndpointDescription> {
    return describeAzure(this.#subject.endpoint, await seenBy(this.#reads), this.#options);
  }

  explain(failure: Failure): Promise<Explained> {
    return Promise.resolve(explain(failure, { refusal: this.#refusal, why: this.#why }));
  }

  /** ml-deploy itself watches the rollout. */
  titleOf(): null {
    return null;
  }

  async differences(): Promise<readonly string[]> {
    const { plan } = this.#subject;
    const version = (await this.#versions()).find(({ id }) => id === plan?.version);
    if (plan === null || version === undefined) return [];
    const { capacity } = version.found.sku ?? {};
    const { instances, scale } = specOf(plan.desired);
    const wanted = scale === undefined ? String(instances) : `${scale.min} to ${scale.max}`;
    return [`${capacity} instances run, not ${wanted}`];
  }

  async #versions(): Promise<readonly Version[]> {
    return versionsOf(await seenBy(this.#reads), this.#now());
  }

  #now(): Date {
    return this.#options.clock.now();
  }
}
