/** A driver over facets in memory: accepts what a platform would, and what is under way ends after a few looks. */
import type { EndpointDescription, VersionInfo } from '../../src/core/targets.ts';
import { accept, settle, TOUCHED } from '../../src/deployment/effects.ts';
import type { Driver } from '../../src/deployment/loop.ts';
import type { Performed } from '../../src/deployment/memory.ts';
import {
  isPassing,
  type CandidateState,
  type Facet,
  type Facets,
  type Known,
  type Observed,
} from '../../src/deployment/observed.ts';
import type {
  EnginePlatform,
  Explained,
  Move,
  Operation,
  Subject,
  WayBack,
} from '../../src/deployment/port.ts';
import type { Traits } from '../../src/deployment/traits.ts';
import { keyOf, type Step } from '../../src/deployment/verdict.ts';
import type { FakeClock } from '../fakes/clock.ts';

const PASSING: ReadonlySet<CandidateState['state']> = new Set(['starting', 'going']);

export class InMemoryDriver implements Driver {
  facets: Facets;
  /** What was carried out, in order. */
  readonly log: string[] = [];
  readonly looks: Facet[] = [];
  /** Facets that nobody may look at, each with the permission. */
  readonly hidden = new Map<Facet, string>();
  /** What to answer instead, by key of a step; each once. */
  readonly answers = new Map<string, Performed>();
  /** How a change under way ends; a move that fails goes back. */
  ending: (facets: Facets) => Facets = settle;
  readonly #clock: FakeClock;
  #looksUnderWay: number;

  constructor(facets: Facets, clock: FakeClock) {
    this.facets = facets;
    this.#clock = clock;
    const isUnderWay = isPassing(facets.serving) || facets.candidates.some(({ state }) => PASSING.has(state));
    // A command looks a few times before it first acts: what it finds under way is still so then.
    this.#looksUnderWay = isUnderWay ? 6 : 0;
  }

  look<F extends Facet>(facet: F): Promise<Known<Facets[F]>> {
    this.looks.push(facet);
    const at = this.#clock.now().getTime();
    const denied = this.hidden.get(facet);
    if (denied !== undefined) return Promise.resolve({ at, denied });
    if (this.#looksUnderWay > 0 && --this.#looksUnderWay === 0) this.facets = this.ending(this.facets);
    return Promise.resolve({ at, value: this.facets[facet] });
  }

  perform(step: Step, _seen?: Observed): Promise<Performed> {
    const key = keyOf(step);
    const answer = this.answers.get(key);
    this.answers.delete(key);
    if (answer !== undefined) return Promise.resolve(answer);
    this.log.push(key);
    this.facets = accept(this.facets, step, this.#clock.now().getTime());
    this.#looksUnderWay = 3;
    return Promise.resolve({ is: 'done', touches: TOUCHED[step.kind] });
  }
}

const NOBODY_EXPLAINS: Explained = { message: 'Nobody knows why.', detail: '', page: undefined };

/** A platform of one endpoint, whose driver stays the same from command to command. */
export class InMemoryPlatform implements EnginePlatform {
  readonly title = 'the memory';
  readonly place = 'in the memory';
  readonly pollMs = 10_000;
  readonly traits: Traits;
  readonly driver: InMemoryDriver;
  move: Move = { guarded: false, otherMachines: false, scaling: 'leave' };
  last: WayBack | null = null;
  /** Asked before anything is changed. */
  check: (version: string | null) => Promise<void> = () => Promise.resolve();

  constructor(driver: InMemoryDriver, traits: Traits) {
    this.driver = driver;
    this.traits = traits;
  }

  open({ endpoint }: Subject): Operation {
    const { driver } = this;
    return {
      look: (facet) => driver.look(facet),
      perform: (step, seen) => driver.perform(step, seen),
      moveTo: () => Promise.resolve(this.move),
      check: (version) => this.check(version),
      lastWayBack: () => Promise.resolve(this.last),
      describe: () => Promise.resolve(describe(endpoint, driver.facets)),
      explain: () => Promise.resolve(NOBODY_EXPLAINS),
      differences: () => Promise.resolve([]),
      titleOf: (guard) => (this.traits.abort === 'guard' ? guard : null),
    };
  }
}

function describe(endpoint: string, { serving, candidates, versions }: Facets): EndpointDescription {
  const info = (version: string): VersionInfo => ({
    ...NOTHING_KNOWN,
    version,
    served: versions.some((known) => known.version === version && known.served),
  });
  return {
    endpoint,
    status: serving.version === null ? 'absent' : 'serving',
    detail: '',
    url: null,
    arn: null,
    live: serving.version === null ? null : info(serving.version),
    previous: null,
    candidates: candidates.map(({ name, version, expiresAt }) => ({
      ...info(version),
      name,
      url: '',
      expiresAt: String(expiresAt),
    })),
    versions: versions.map(({ version }) => info(version)),
  };
}

const NOTHING_KNOWN: VersionInfo = {
  version: '',
  modelDigest: '',
  imageDigest: null,
  referenceDigest: null,
  referenceUrl: null,
  planDigest: null,
  release: null,
  deployedAt: '',
  served: false,
  verified: false,
};
