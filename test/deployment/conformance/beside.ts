/** What scales the versions of an endpoint, and is kept beside them. No facet shows it, so both sides tell it themselves. */
import type { Facets } from '../../../src/deployment/observed.ts';
import type { Step } from '../../../src/deployment/verdict.ts';
import type { Provision } from '../../../src/platforms/lambda/around/wanted.ts';

export interface Beside {
  /** A step was carried out. @param facets after it */
  after(step: Step, facets: Facets): void;
  /** These versions have lost their requests, and their time was over. */
  ended(versions: readonly string[]): void;
  /** Whether something is there that no version needs any more; absent if the versions themselves tell. */
  isDue?(facets: Facets): boolean;
  /** A line for each version that has something. */
  shown(): readonly string[];
}

/**
 * Azure ML: a setting of Azure Monitor for each version that is scaled, and Vertex AI: the replicas of each version that
 * is deployed.
 */
export class OnVersions implements Beside {
  readonly #asked: ReadonlyMap<string, string>;
  readonly #comesWith: ReadonlySet<string>;
  readonly #with = new Set<string>();

  /**
   * @param asked what the plan of a version asks for, in words; nothing for one that asks for nothing
   * @param comesWith the kinds of steps that give it to a version
   */
  constructor(asked: ReadonlyMap<string, string>, comesWith: readonly Step['kind'][]) {
    this.#asked = asked;
    this.#comesWith = new Set(comesWith);
  }

  after({ kind, of }: Step): void {
    if (this.#comesWith.has(kind)) this.#with.add(of);
    if (kind === 'retire-version') this.#with.delete(of);
    if (kind === 'close') this.#with.clear();
  }

  ended(versions: readonly string[]): void {
    for (const version of versions) this.#with.delete(version);
  }

  shown(): readonly string[] {
    return [...this.#with].flatMap((version) => {
      const asked = this.#asked.get(version);
      return asked === undefined ? [] : [`${version}: ${asked}`];
    });
  }
}

/**
 * Lambda: environments that are kept started for a version, and their scaling. They stay with a version that loses its
 * requests until a step of scaling ends them, or gives them to the version that serves.
 */
export class Provided implements Beside {
  readonly #wanted: ReadonlyMap<string, Provision>;
  readonly #has = new Map<string, Provision>();

  /** @param wanted by the plan of each version */
  constructor(wanted: ReadonlyMap<string, Provision>) {
    this.#wanted = wanted;
  }

  after({ kind, of }: Step, facets: Facets): void {
    const { version } = facets.serving;
    if (kind === 'make-version') this.#start(of);
    if (kind === 'retire-version') this.#has.delete(of);
    if (kind === 'close') this.#has.clear();
    if (kind === 'set-scaling' && version !== null) this.#set(version, facets);
    if (kind === 'restore-scaling' && version !== null) this.#follow(version, facets);
  }

  ended(): void {
    throw new TypeError('On Lambda a version has no end.');
  }

  isDue(facets: Facets): boolean {
    const { version, rollout } = facets.serving;
    return version !== null && (rollout?.percent ?? 100) === 100 && this.#unused(facets).length > 0;
  }

  shown(): readonly string[] {
    return [...this.#has].map(([version, provision]) => `${version}: ${sayProvision(provision)}`);
  }

  /** What has to be there before a version serves; its scaling comes later. */
  #start(version: string): void {
    const wanted = this.#wanted.get(version);
    if (wanted === undefined || this.#isEnough(version, wanted)) return;
    this.#has.set(version, { ...this.#has.get(version), count: wanted.count });
  }

  #isEnough(version: string, { count, scaling }: Provision): boolean {
    const { count: has = 0 } = this.#has.get(version) ?? {};
    return scaling === undefined ? has === count : has >= scaling.min && has <= scaling.max;
  }

  #set(serving: string, facets: Facets): void {
    this.#give(serving, this.#wanted.get(serving));
    for (const version of this.#unused(facets)) this.#has.delete(version);
  }

  #give(version: string, wanted: Provision | undefined): void {
    const { count: has = 0 } = this.#has.get(version) ?? {};
    this.#has.delete(version);
    if (wanted === undefined) return;
    const { scaling, count } = wanted;
    const isKept = scaling !== undefined && has >= scaling.min && has <= scaling.max;
    this.#has.set(version, { ...wanted, count: isKept ? has : count });
  }

  /** The version that serves takes over what it has not, of the one that served last. */
  #follow(serving: string, facets: Facets): void {
    for (;;) {
      const unused = this.#unused(facets);
      const [first] = unused;
      if (first === undefined) return;
      const left = unused.find((version) => isServed(version, facets));
      const given = left === undefined ? undefined : this.#has.get(left);
      const own = this.#has.get(serving);
      const takesScaling = own?.scaling === undefined && given?.scaling !== undefined;
      if (own === undefined || takesScaling) this.#give(serving, together(own, given));
      // The first goes, and what is left then is asked again.
      this.#has.delete(first);
    }
  }

  /** In the order of the versions: no alias names them. */
  #unused({ serving, candidates, versions }: Facets): readonly string[] {
    const { version, towards, rollout } = serving;
    const isAlone = rollout === undefined;
    const isShared = !isAlone && rollout.percent < 100;
    const named = [
      ...(isAlone || isShared ? [version] : []),
      ...(isAlone ? [] : [towards]),
      ...candidates.map((candidate) => candidate.version),
    ];
    const all = versions.map((entry) => entry.version);
    const [unserved, served] = [false, true].map((is) =>
      all.filter((name) => isServed(name, { versions }) === is),
    );
    return [...unserved!, ...served!].filter((name) => this.#has.has(name) && !named.includes(name));
  }
}

function together(own: Provision | undefined, given: Provision | undefined): Provision | undefined {
  if (own === undefined || given?.scaling === undefined) return own ?? given;
  return { ...own, scaling: given.scaling };
}

function isServed(version: string, { versions }: Pick<Facets, 'versions'>): boolean {
  return versions.some((entry) => entry.version === version && entry.served);
}

export function sayProvision({ count, scaling }: Provision): string {
  return scaling === undefined
    ? `${count}`
    : `${count}, ${scaling.min} to ${scaling.max} at ${scaling.utilization}`;
}
