/** One command at work on an endpoint: what the engine looks at, and what it carries out. */
import { isDenied, isMissing, isRefused } from '../../clouds/google/errors.ts';
import { UserError } from '../../core/errors.ts';
import { isCandidateName } from '../../core/plan/candidate-name.ts';
import type { EndpointDescription } from '../../core/targets.ts';
import { adoptedProblems } from '../../deployment/kept/tags.ts';
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
import { known, performing, type Looks, type Meaning } from '../../deployment/performed.ts';
import type { Explained, Failure, Move, Operation, Subject, WayBack } from '../../deployment/port.ts';
import { readMarker } from '../../deployment/rollout/marker.ts';
import { moveByShares } from '../../deployment/rollout/move.ts';
import type { Traits } from '../../deployment/traits.ts';
import type { Step } from '../../deployment/verdict.ts';
import { candidatesOf, candidateState } from './candidates.ts';
import { coldOf } from './deploying.ts';
import { describeEndpoint } from './describe.ts';
import { explained } from './explain.ts';
import { LABEL, readServed } from './ledger.ts';
import { readLog } from './log-tail.ts';
import { idOf } from './names.ts';
import { LAG_MS, UNUSED_MS, type VertexTargetOptions } from './options.ts';
import { modelProblems, ownershipProblems } from './ownership.ts';
import { Resources, type EndpointResource, type LongOperation, type ModelVersion } from './resources.ts';
import { deployedAs, servingOf } from './serving.ts';
import { specOf } from './spec.ts';
import { carryOut, type At } from './steps.ts';
import { versionsOf, type Version } from './versions.ts';
import { isLost } from './waiting.ts';
import { LATE_MS, readWatch } from './watch.ts';

export const TRAITS: Traits = {
  swap: 'etag',
  shifts: 'us',
  abort: 'none',
  // Only a teardown sees one: an endpoint without traffic is there to be used.
  broken: 'keep',
  // In the labels of the endpoint.
  notesMoves: true,
  scaling: 'replicas that are no longer needed',
  lagMs: LAG_MS,
  usualLagMs: 2000,
  unusedMs: UNUSED_MS,
};

export class VertexOperation implements Operation, Looks {
  readonly #subject: Subject;
  readonly #options: VertexTargetOptions;
  readonly #resources: Resources;
  readonly #uploaded = new Map<string, ModelVersion>();
  readonly #begun = new Map<string, LongOperation>();
  readonly #tried = new Set<string>();
  readonly #own = { requests: 0, failed: 0 };
  /** Why a deployment failed, by its endpoint. */
  readonly #why = new Map<string, string>();
  #refusal = '';

  constructor(subject: Subject, options: VertexTargetOptions) {
    this.#subject = subject;
    this.#options = options;
    this.#resources = new Resources(options.rest, options.place, options.hosts);
  }

  look<F extends Facet>(facet: F): Promise<Known<Facets[F]>> {
    return known(facet, this, isDenied, this.#options.clock);
  }

  async perform(step: Step, _seen: Observed): Promise<Performed> {
    const performed = await performing(
      step,
      () => this.serving(),
      MEANING,
      () => carryOut(step, this.#at()),
    );
    if (performed.is === 'refused') this.#refusal = performed.cause;
    return performed;
  }

  #at(): At {
    return {
      subject: this.#subject,
      options: this.#options,
      resources: this.#resources,
      endpoint: () => this.#endpoint(),
      serving: () => this.serving(),
      fresh: () => this.#fresh(),
      now: () => this.#now(),
      uploaded: async (number) => {
        const found = await this.#resources.modelVersion(this.#subject.endpoint, number);
        if (found !== null) this.#uploaded.set(number, { ...found, versionId: number });
      },
      removed: (number) => this.#uploaded.delete(number),
      begun: (candidate, operation) => this.#begun.set(candidate, operation),
      failed: (endpoint, why) => this.#why.set(endpoint, why),
      tried: this.#tried,
      own: this.#own,
    };
  }

  async serving(): Promise<Serving> {
    return servingOf(await this.#endpoint(), this.#subject.command === 'teardown');
  }

  async versions(): Promise<Facets['versions']> {
    return (await this.#fresh()).versions.map(stateOf);
  }

  async candidates(): Promise<readonly CandidateState[]> {
    const { endpoint, plan } = this.#subject;
    const ours = await candidatesOf(endpoint, plan?.candidate ?? null, this.#resources);
    return Promise.all(ours.map((candidate) => this.#candidate(candidate)));
  }

  async #candidate(found: EndpointResource): Promise<CandidateState> {
    const name = idOf(found.name);
    const begun = this.#begun.get(name) ?? null;
    const isReady = (found.deployedModels ?? []).length > 0;
    const own = begun === null || isReady ? begun : await this.#resources.operation(begun.name);
    if (own?.error?.message !== undefined) this.#why.set(name, own.error.message);
    const operations = await this.#resources.operations(name);
    return candidateState(this.#subject.endpoint, found, { own: own ?? begun, operations, now: this.#now() });
  }

  /** Our versions that are deployed on an endpoint that is neither the live one nor a candidate. */
  async users(): Promise<readonly string[]> {
    const { endpoint } = this.#subject;
    const isOther = (name: string) => name !== endpoint && !isCandidateName(endpoint, name);
    const { versions } = await this.#fresh();
    return versions
      .filter(({ found }) => (found?.deployedModels ?? []).some((each) => isOther(idOf(each.endpoint ?? ''))))
      .map(({ id }) => id);
  }

  /** Whether replicas that serve nobody are due. */
  async scaling(): Promise<Scaling> {
    const { plan, command } = this.#subject;
    if (command === 'stage' || command === 'discard') return 'as-asked';
    if (plan !== null && command === 'plan')
      return specOf(plan.desired).keepWarmMinutes === 0 && plan.base !== null ? 'other' : 'as-asked';
    const found = await this.#endpoint();
    const isDue =
      found !== null && coldOf(found, { now: this.#now(), needed: plan?.version ?? null }) !== null;
    if (plan !== null) return isDue ? 'other' : 'as-asked';
    return isDue ? 'set-aside' : 'none';
  }

  async watch(): Promise<Facets['watch']> {
    const { endpoint } = this.#subject;
    const found = await this.#endpoint();
    const marker = readMarker(readServed(found?.labels ?? {}).marker);
    const [from, to] = [marker?.from, marker?.to].map((version) =>
      found === null || version === undefined ? null : deployedAs(version, found),
    );
    const isUnderWay = marker !== null && typeof from === 'string' && typeof to === 'string';
    const deployed = isUnderWay ? { from, to, since: new Date(marker.at) } : null;
    return readWatch({ endpoint, deployed, own: { ...this.#own } }, this.#options);
  }

  guards(): Promise<Facets['guards']> {
    return Promise.resolve([]);
  }

  moveTo(): Promise<Move> {
    const { plan } = this.#subject;
    return Promise.resolve(moveByShares(plan, LATE_MS, plan === null ? 'leave' : 'set'));
  }

  async check(version: string | null): Promise<void> {
    const { endpoint, command } = this.#subject;
    const found = await this.#endpoint();
    const problems = found === null ? [] : ownershipProblems(endpoint, found, this.#options);
    if (problems.length > 0) throw UserError.of(problems);
    if (version !== null && command !== 'rollback') {
      const foreign = modelProblems(endpoint, (await this.#fresh()).models);
      if (foreign.length > 0) throw UserError.of(foreign);
    }
    if (command === 'teardown' && found !== null) this.#mustBeOurs(found);
  }

  /** What was taken over belonged to somebody before. */
  #mustBeOurs({ labels = {} }: EndpointResource): void {
    if (labels[LABEL.role] === 'live' || this.#options.removesAdopted) return;
    throw UserError.of(adoptedProblems(this.#subject.endpoint, null));
  }

  async lastWayBack(): Promise<WayBack | null> {
    return readServed((await this.#endpoint())?.labels ?? {}).back;
  }

  async describe(): Promise<EndpointDescription> {
    const { endpoint } = this.#subject;
    const candidates = await this.candidates();
    const { models, found } = await this.#fresh();
    return describeEndpoint(
      endpoint,
      { endpoint: found, models, candidates },
      this.#resources,
      this.#options,
    );
  }

  async explain({ of, name }: Failure): Promise<Explained> {
    const why = this.#why.get(name) ?? (of === 'step' ? this.#refusal : '');
    const tail = this.#why.has(name) ? await readLog(name, TAIL, this.#options) : '';
    return explained(why, tail);
  }

  /** ml-deploy itself watches the rollout. */
  titleOf(): null {
    return null;
  }

  differences(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }

  #endpoint(): Promise<EndpointResource | null> {
    return this.#resources.endpoint(this.#subject.endpoint);
  }

  async #fresh(): Promise<{
    readonly versions: readonly Version[];
    readonly models: readonly ModelVersion[];
    readonly found: EndpointResource | null;
  }> {
    const listed = await this.#resources.versions(this.#subject.endpoint);
    const unseen = [...this.#uploaded].filter(([number]) =>
      listed.every(({ versionId }) => versionId !== number),
    );
    const models = [...listed, ...unseen.map(([, model]) => model)];
    const found = await this.#endpoint();
    return { versions: versionsOf(models, found), models, found };
  }

  #now(): number {
    return this.#options.clock.now().getTime();
  }
}

const TAIL = 50;

const MEANING: Meaning = { isLost, isMissing, isDenied, isRefused };
