/** One command at work on a function: what the engine looks at, and what it carries out. */
import type { GetFunctionResponse } from '@aws-sdk/client-lambda';
import { isDenied } from '../../clouds/aws/errors.ts';
import { UserError } from '../../core/errors.ts';
import { isCandidateName } from '../../core/plan/candidate-name.ts';
import type { EndpointDescription } from '../../core/targets.ts';
import { adoptedProblems, markIn, ownershipProblems, type Owned } from '../../deployment/kept/tags.ts';
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
import type { Explained, Failure, Move, Operation, Subject, WayBack } from '../../deployment/port.ts';
import { known, performing, type Looks } from '../../deployment/performed.ts';
import { readMarker } from '../../deployment/rollout/marker.ts';
import { moveByShares } from '../../deployment/rollout/move.ts';
import type { Traits } from '../../deployment/traits.ts';
import type { Step } from '../../deployment/verdict.ts';
import { besideOf, isDueAfter, namedBy, nextAround, nextToFollow } from './around/around.ts';
import type { Due } from './around/due.ts';
import { missingOf, readProvisions } from './around/provisioned.ts';
import { aroundOf } from './around/wanted.ts';
import { MEANING } from './changed.ts';
import { describeFunction, type Seen } from './describe.ts';
import { explain } from './explain.ts';
import { readServed, readWaiting } from './ledger.ts';
import { LIVE } from './names.ts';
import { TAG, type LambdaTargetOptions } from './options.ts';
import { Probe } from './probe.ts';
import { readsOf, type Reads } from './reads.ts';
import { servingOf } from './serving.ts';
import { carryOut } from './steps.ts';
import { idOf, versionsOf, type Version } from './versions.ts';
import { LATE_MS, readWatch } from './watch.ts';

export const TRAITS: Traits = {
  swap: 'etag',
  shifts: 'us',
  abort: 'none',
  broken: 'keep',
  // In the description of the alias.
  notesMoves: true,
  scaling: 'API, provisioned concurrency and warm-up',
  lagMs: 5000,
  usualLagMs: 1000,
  unusedMs: 3_600_000,
};

export class LambdaOperation implements Operation, Looks {
  readonly #subject: Subject;
  readonly #options: LambdaTargetOptions;
  readonly #reads: Reads;
  readonly #probe: Probe;
  #versions: readonly Version[] | null = null;
  readonly #sent = new Map<string, number>();
  readonly #own = { requests: 0, failed: 0 };
  #due: Due | null = null;
  readonly #made = new Map<string, string>();
  /** Why AWS refused a step. */
  #refusal = '';

  constructor(subject: Subject, options: LambdaTargetOptions, reads = readsOf(subject.endpoint, options)) {
    this.#subject = subject;
    this.#options = options;
    this.#reads = reads;
    this.#probe = new Probe(subject.endpoint, this.#reads, options);
  }

  look<F extends Facet>(facet: F): Promise<Known<Facets[F]>> {
    return known(facet, this, isDenied, this.#options.clock);
  }

  async perform(step: Step, _seen: Observed): Promise<Performed> {
    const performed = await performing(
      step,
      () => this.serving(),
      MEANING,
      () =>
        carryOut(step, {
          subject: this.#subject,
          options: this.#options,
          reads: this.#reads,
          probe: this.#probe,
          sent: this.#sent,
          own: this.#own,
          versions: () => this.#fresh(),
          due: async () => this.#due ?? (await this.#next()),
        }),
    );
    this.#due = null;
    if (performed.is === 'refused') this.#refusal = performed.cause;
    this.#versions = null;
    return performed;
  }

  async serving(): Promise<Serving> {
    const live = await this.#reads.live();
    const numbers = [
      live?.FunctionVersion,
      ...Object.keys(live?.RoutingConfig?.AdditionalVersionWeights ?? {}),
    ];
    const isKnown = (number: string | undefined) =>
      number === undefined || this.#versions?.some((known) => known.number === number) === true;
    const versions = numbers.every(isKnown) ? (this.#versions ?? []) : await this.#fresh();
    return servingOf(live, (number) => idOf(number, versions));
  }

  async versions(): Promise<Facets['versions']> {
    const versions = await this.#fresh();
    const { plan, command } = this.#subject;
    const planned = versions.find(({ id }) => id === plan?.version);
    const isMade = ['plan', 'stage', 'deploy', 'promote'].includes(command);
    const isWhole = planned === undefined || !isMade || (await this.#isProvided(planned.number));
    return versions
      .map(stateOf)
      .map((state) => (state.version === planned?.id && !isWhole ? { ...state, definition: 'part' } : state));
  }

  /** A version that waits for its environments must not serve yet. */
  async #isProvided(number: string): Promise<boolean> {
    const { endpoint, plan } = this.#subject;
    const wanted = plan === null ? undefined : aroundOf(plan.desired).provisioned;
    if (wanted === undefined) return true;
    const provisions = await readProvisions(endpoint, this.#reads, this.#options);
    return (
      missingOf(number, wanted, provisions) === null && provisions.configs.get(number)?.Status === 'READY'
    );
  }

  async candidates(): Promise<readonly CandidateState[]> {
    const { endpoint, plan, command } = this.#subject;
    const [aliases, versions] = [await this.#reads.aliases(), await this.#known()];
    const own = aliases.filter(({ Name = '' }) => isCandidateName(endpoint, Name));
    const states = own.map(async (alias): Promise<CandidateState> => {
      const { Name: name = '', FunctionVersion: number = '' } = alias;
      const waiting = readWaiting(alias.Description);
      // Only staging asks whether a version starts, because each question is a call of the function.
      const isAsked = command === 'stage' && plan?.candidate === name;
      const isBroken = isAsked && !(await this.#probe.answers(number));
      return {
        name,
        version: idOf(number, versions),
        ours: waiting !== null,
        environment: waiting?.environment ?? null,
        state: isBroken ? 'broken' : 'ready',
        expiresAt: waiting?.until ?? Infinity,
      };
    });
    return Promise.all(states);
  }

  /** Versions that somebody else's alias names. */
  async users(): Promise<readonly string[]> {
    const { endpoint } = this.#subject;
    const [aliases, versions] = [await this.#reads.aliases(), await this.#known()];
    const others = aliases.filter(({ Name = '' }) => Name !== LIVE && !isCandidateName(endpoint, Name));
    const numbers = others.flatMap(namedBy);
    return versions.filter(({ number }) => numbers.includes(number)).map(({ id }) => id);
  }

  /** What is around the function: as the plan says, or, without a plan, for the version that the alias now names. */
  async scaling(): Promise<Scaling> {
    const { plan, command } = this.#subject;
    if (plan !== null && command === 'plan') {
      const isDue = await isDueAfter(plan, await this.#known(), this.#reads, this.#options);
      return isDue ? 'other' : 'as-asked';
    }
    const due = await this.#next();
    if (plan !== null) return due === null ? 'as-asked' : 'other';
    return due === null ? 'none' : 'set-aside';
  }

  /** Kept for the step after a look. */
  async #next(): Promise<Due | null> {
    this.#due = null;
    const { endpoint, plan, command } = this.#subject;
    if (command === 'stage' || command === 'discard') return null;
    const beside = await besideOf(endpoint, this.#reads, this.#options, this.#made);
    if (beside === null) return null;
    const versions = await this.#known();
    const serving = versions.find(({ number }) => number === beside.live.FunctionVersion);
    if (plan === null) this.#due = await nextToFollow(beside, versions);
    else if (serving?.id === plan.version)
      this.#due = await nextAround(aroundOf(plan.desired), beside, versions);
    return this.#due;
  }

  async watch(): Promise<Facets['watch']> {
    const { endpoint, plan } = this.#subject;
    const [live, versions] = [await this.#reads.live(), await this.#known()];
    const marker = readMarker(readServed(live?.Description).marker);
    const numberOf = (id: string | undefined) => versions.find((version) => version.id === id)?.number;
    const [from, to] = [numberOf(marker?.from), numberOf(marker?.to)];
    const isUnderWay = marker !== null && from !== undefined && to !== undefined;
    const under = isUnderWay ? { from, to, since: new Date(marker.at) } : null;
    const alarms = plan?.desired.strategy.alarms ?? [];
    return readWatch({ endpoint, versions: under, alarms, own: { ...this.#own } }, this.#options);
  }

  guards(): Promise<Facets['guards']> {
    return Promise.resolve([]);
  }

  moveTo(): Promise<Move> {
    const { plan } = this.#subject;
    return Promise.resolve(moveByShares(plan, LATE_MS, plan === null ? 'leave' : 'set'));
  }

  async check(version: string | null): Promise<void> {
    const found = await this.#reads.fn();
    const { endpoint, command } = this.#subject;
    const owned = { endpoint, kind: 'function', mark: markIn(found?.Tags ?? {}, endpoint) };
    const problems = found === null ? [] : ownershipProblems(owned, this.#options);
    if (problems.length > 0) throw UserError.of(problems);
    if (command === 'teardown' && found !== null) this.#mustBeMadeHere(found, owned.mark);
    if (version !== null && command === 'rollback') await this.#mustStart(version);
  }

  #mustBeMadeHere({ Tags = {} }: GetFunctionResponse, { isOurs }: Owned['mark']): void {
    const adopted = Tags[TAG.adopted] ?? null;
    if (this.#options.removesAdopted || (isOurs && adopted === null)) return;
    throw UserError.of(adoptedProblems(this.#subject.endpoint, adopted));
  }

  /**
   * The image of an old version can be missing from its repository: the version then cannot start, and a rollback
   * cannot use it.
   */
  async #mustStart(version: string): Promise<void> {
    const known = (await this.#known()).find(({ id }) => id === version);
    if (known === undefined || (await this.#probe.answers(known.number))) return;
    const { endpoint } = this.#subject;
    throw new UserError(
      `The version ${version} (number ${known.number}) of ${endpoint} does not start: ${this.#probe.why}. Nothing was changed; name another one in to-version.`,
      { page: 'rollback-refused' },
    );
  }

  async lastWayBack(): Promise<WayBack | null> {
    const { back } = readServed((await this.#reads.live())?.Description);
    const versions = await this.#known();
    if (back === null) return null;
    return { run: back.run, from: idOf(back.from, versions), to: idOf(back.to, versions) };
  }

  async describe(): Promise<EndpointDescription> {
    return describeFunction(this.#subject.endpoint, await seenBy(this.#reads), this.#options);
  }

  explain(failure: Failure): Promise<Explained> {
    return Promise.resolve(explain(failure, { refusal: this.#refusal, probe: this.#probe }));
  }

  /** ml-deploy itself watches the rollout. */
  titleOf(): null {
    return null;
  }

  differences(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }

  async #known(): Promise<readonly Version[]> {
    return this.#versions ?? (await this.#fresh());
  }

  async #fresh(): Promise<readonly Version[]> {
    const { published, live, fn } = await seenBy(this.#reads);
    this.#versions = versionsOf(published, live, new Map(Object.entries(fn?.Tags ?? {})));
    return this.#versions;
  }
}

/** Everything that a description is made of; each read at most once. */
export async function seenBy(reads: Reads): Promise<Seen> {
  const fn = await reads.fn();
  if (fn === null) return { fn, live: null, aliases: [], published: [] };
  const [aliases, published] = await Promise.all([reads.aliases(), reads.versions()]);
  const live = aliases.find(({ Name }) => Name === LIVE) ?? null;
  return { fn, live, aliases, published };
}
