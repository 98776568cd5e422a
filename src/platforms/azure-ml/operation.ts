/** One command at work on an endpoint: what the engine looks at, and what it carries out. */
import { isDenied } from '../../clouds/azure/errors.ts';
import { UserError } from '../../core/errors.ts';
import type { EndpointDescription } from '../../core/targets.ts';
import { adoptedProblems, ownershipProblems } from '../../deployment/kept/tags.ts';
import { stateOf } from '../../deployment/kept/versions.ts';
import type { Performed } from '../../deployment/memory.ts';
import {
  holds,
  type CandidateState,
  type Facet,
  type Facets,
  type Known,
  type Observed,
  type Serving,
} from '../../deployment/observed.ts';
import { known, performing } from '../../deployment/performed.ts';
import type { Explained, Failure, Move, Operation, Subject, WayBack } from '../../deployment/port.ts';
import { rolloutOf } from '../../deployment/rollout/strategy.ts';
import { USUAL_LIMITS } from '../../deployment/rollout/watch.ts';
import type { Traits } from '../../deployment/traits.ts';
import type { Step } from '../../deployment/verdict.ts';
import { driftOf } from './asked.ts';
import { MEANING } from './changed.ts';
import { describeAzure } from './describe.ts';
import { explain } from './explain.ts';
import { readServed, readWaiting, TAG } from './ledger.ts';
import type { Sent } from './make-version.ts';
import { versionOf } from './names.ts';
import { LAG_MS, type AzureMlTargetOptions } from './options.ts';
import { readsOf, seenBy, type Reads } from './reads.ts';
import { markerOf, servingOf } from './serving.ts';
import { specOf } from './spec.ts';
import { carryOut } from './steps.ts';
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
  // A change is read back until it is seen.
  usualLagMs: 15_000,
  unusedMs: 6 * 60 * 60_000,
};

export class AzureMlOperation implements Operation {
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
    return known(
      () => this.#now(),
      isDenied,
      () => LOOKS[facet](this),
    );
  }

  async perform(step: Step, _seen: Observed): Promise<Performed> {
    const performed = await performing(MEANING, async () => {
      if (step.basis !== undefined) {
        // Immediately before: Azure has no compare-and-swap.
        const serving = servingOf(await this.#reads.endpoint(), this.#now());
        if (!holds(step.basis, serving)) return { is: 'lost' };
      }
      return carryOut(step, {
        subject: this.#subject,
        options: this.#options,
        reads: this.#reads,
        versions: () => this.#versions(),
        sent: this.#sent,
        why: this.#why,
        own: this.#own,
      });
    });
    if (performed.is === 'refused') this.#refusal = performed.cause;
    return performed;
  }

  async serving(): Promise<Serving> {
    const serving = servingOf(await this.#reads.endpoint(), this.#now());
    const { plan } = this.#subject;
    if (plan === null || serving.state !== 'serving' || serving.version !== plan.version) return serving;
    const version = (await this.#versions()).find(({ id }) => id === plan.version);
    const runs = version?.found.sku?.capacity;
    const isOff = runs !== undefined && runs !== specOf(plan.desired).instances;
    return isOff ? { ...serving, fit: 'count-off' } : serving;
  }

  async versions(): Promise<Facets['versions']> {
    const { plan } = this.#subject;
    return (await this.#versions()).map((version) => {
      const state = stateOf(version);
      if (plan?.version !== version.id || version.made === null) return state;
      if (driftOf(plan, version.found, this.#options).length === 0) return state;
      return { ...state, definition: 'part' };
    });
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

  moveTo(): Promise<Move> {
    const { plan } = this.#subject;
    const watching = { lateMs: LATE_MS, limits: USUAL_LIMITS };
    const rollout = plan === null ? {} : { rollout: rolloutOf(plan.desired.strategy, watching) };
    return Promise.resolve({ guarded: false, otherMachines: false, scaling: 'leave', ...rollout });
  }

  async check(_version: string | null): Promise<void> {
    const found = await this.#reads.endpoint();
    if (found === null) return;
    const { endpoint, command } = this.#subject;
    const tags = found.tags ?? {};
    const problems = ownershipProblems({ endpoint, kind: 'endpoint', tags }, this.#options);
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

  /** Who watches is us. */
  titleOf(): null {
    return null;
  }

  async differences(): Promise<readonly string[]> {
    const { plan } = this.#subject;
    const version = (await this.#versions()).find(({ id }) => id === plan?.version);
    if (plan === null || version === undefined) return [];
    const { capacity } = version.found.sku ?? {};
    return [`${capacity} instances run, not ${specOf(plan.desired).instances}`];
  }

  async #versions(): Promise<readonly Version[]> {
    return versionsOf(await seenBy(this.#reads), this.#now());
  }

  #now(): Date {
    return this.#options.clock.now();
  }
}

/** What each look asks. */
const LOOKS: { readonly [F in Facet]: (operation: AzureMlOperation) => Promise<Facets[F]> } = {
  serving: (operation) => operation.serving(),
  versions: (operation) => operation.versions(),
  candidates: (operation) => operation.candidates(),
  guards: () => Promise.resolve([]),
  scaling: () => Promise.resolve('none'),
  users: (operation) => operation.users(),
  watch: (operation) => operation.watch(),
};
