/** The in-memory platform as the other side of the comparison: what a driver and its platform should make of a step. */
import { accept, TOUCHED } from '../../../src/deployment/effects.ts';
import { basisOf, type Basis, type Facets, type VersionState } from '../../../src/deployment/observed.ts';
import type { Step } from '../../../src/deployment/verdict.ts';
import { answerTo } from '../world.ts';
import type { Beside } from './beside.ts';

/** What a platform does in its own way, and the decisions do not rely on. */
export interface Ways {
  /** A change is over when it is accepted, and one that fails is refused. */
  readonly atOnce: boolean;
  /** Of a candidate that never starts: its step is refused, or it is there and broken. */
  readonly candidate: 'refused' | 'broken';
  /** One command at a time. */
  readonly isSerial: boolean;
  /** We shift the requests. */
  readonly isShared: boolean;
  /** Each change of what serves, and each note of it, gives it another etag. */
  readonly isTagged: boolean;
  /** With an endpoint, all that was made for it goes. */
  readonly closesAll: boolean;
  /** Which versions have served is remembered with the endpoint, and goes with it. */
  readonly forgetsServed?: boolean;
  /** Nothing stays where the first version is refused. */
  readonly emptiesAll: boolean;
  /** The version that never starts is refused when it is made, and a part of it stays; absent: it is made like any other. */
  readonly failsWhenMade?: boolean;
  /**
   * What loses its requests has an end, and is then `removed`, or, as `replicas`, undeployed and kept; here it is over at
   * once. Absent: it has none.
   */
  readonly ends?: 'removed' | 'replicas';
  /** What scales the versions; absent if only the facet of scaling tells. */
  readonly beside?: () => Beside;
  /** What else is so of a version that a step makes serve, which then is the newest; null where only a note says so. */
  readonly activates: Partial<VersionState> | null;
}

/** The version that never starts. */
export const FAILING = 'vx';

export class Model {
  facets: Facets;
  readonly #ways: Ways;
  #changes = 0;
  /** Versions that have lost their requests, and have not been got rid of. */
  readonly #ended = new Set<string>();
  readonly #beside: Beside | null;

  constructor(facets: Facets, ways: Ways) {
    this.facets = facets;
    this.#ways = ways;
    this.#beside = ways.beside?.() ?? null;
  }

  /** What scales the versions. */
  beside(): readonly string[] {
    return this.#beside?.shown() ?? [];
  }

  perform(step: Step): void {
    // What was decided on something else is lost, and nothing is tried.
    if (step.basis !== undefined && !isSame(step.basis, basisOf(this.facets.serving))) return;
    if (answerTo(this.facets, step) !== 'done' || this.#isRefused(step)) {
      this.#refuse(step);
      return;
    }
    if (this.#ways.failsWhenMade && step.kind === 'make-version' && step.of === FAILING) {
      this.facets = { ...this.facets, versions: halfMade(accept(this.facets, step, 0).versions) };
      return;
    }
    if (this.#ways.ends !== undefined) this.#leave(step);
    const isOfScaling = step.kind === 'set-scaling' || step.kind === 'restore-scaling';
    if (isOfScaling && this.#ways.ends !== undefined) {
      this.#end();
      return;
    }
    // What is scaled beside the versions has no state of its own.
    if (!isOfScaling || this.#beside === null) {
      const after = this.#tagged(this.#inItsWay(accept(this.facets, step, 0), step), step);
      this.facets = this.#ways.atOnce ? settled(after) : after;
    }
    this.#beside?.after(step, this.facets);
    this.#scale();
  }

  /** What loses its requests by the step, and what gets them. */
  #leave({ kind, of, holdMs }: Step): void {
    const { version, towards } = this.facets.serving;
    if (kind === 'close') this.#ended.clear();
    const areReplicas = this.#ways.ends === 'replicas';
    if (areReplicas && (kind === 'shift' || kind === 'open')) this.#ended.delete(of);
    if (areReplicas && kind === 'retire-version') this.#ended.delete(of);
    const isWhole = kind === 'unmark' || (kind === 'shift' && holdMs === undefined);
    if (!isWhole && kind !== 'abort-shift') return;
    const [left, to] = kind === 'abort-shift' ? [towards, version] : [version, of];
    if (left !== null) this.#ended.add(left);
    if (to !== null) this.#ended.delete(to);
  }

  #due(): readonly string[] {
    const { serving, candidates } = this.facets;
    // Where a candidate is the version's own deployment, that is needed still.
    const waiting = this.#ways.ends === 'removed' ? candidates.map(({ version }) => version) : [];
    const needed = [serving.version, serving.towards, ...waiting];
    return [...this.#ended].filter((version) => !needed.includes(version));
  }

  #end(): void {
    const due = this.#due();
    for (const version of due) this.#ended.delete(version);
    this.#beside?.ended(due);
    const { versions } = this.facets;
    const left = versions.filter(({ version }) => !due.includes(version));
    const after = { ...this.facets, versions: this.#ways.ends === 'removed' ? left : versions };
    const step: Step = { kind: 'set-count', of: '' };
    this.facets = due.length === 0 ? after : this.#tagged(after, step);
    this.#scale();
  }

  #scale(): void {
    const isDue = this.#ways.ends === undefined ? this.#beside?.isDue?.(this.facets) : this.#due().length > 0;
    if (isDue !== undefined) this.facets = { ...this.facets, scaling: isDue ? 'set-aside' : 'none' };
  }

  #isRefused({ kind, of, with: version }: Step): boolean {
    const { atOnce, candidate } = this.#ways;
    if (!atOnce) return false;
    if (kind === 'start-candidate') return version === FAILING && candidate === 'refused';
    return (kind === 'open' || kind === 'shift') && of === FAILING;
  }

  #inItsWay(facets: Facets, { kind, of, holdMs }: Step): Facets {
    const { activates } = this.#ways;
    if (kind === 'close') return this.#closed(facets);
    const known = facets.versions.find(({ version }) => version === of);
    const isThere = kind === 'open' || kind === 'unmark' || (kind === 'shift' && holdMs === undefined);
    if (activates === null || known === undefined || !isThere) return facets;
    const others = facets.versions.filter((entry) => entry !== known);
    return { ...facets, versions: [{ ...known, ...activates }, ...others] };
  }

  #closed(facets: Facets): Facets {
    const { closesAll, forgetsServed } = this.#ways;
    const closed: Facets = { ...facets, scaling: 'none' };
    if (closesAll) return { ...closed, versions: [], candidates: [] };
    if (forgetsServed !== true) return closed;
    return { ...closed, versions: facets.versions.map((entry) => ({ ...entry, served: false })) };
  }

  #tagged(facets: Facets, { kind, note }: Step): Facets {
    const isAnother = TOUCHED[kind].includes('serving') || note === 'served';
    if (!this.#ways.isTagged || !isAnother) return facets;
    const etag = kind === 'close' ? null : String(++this.#changes);
    return { ...facets, serving: { ...facets.serving, etag } };
  }

  /** Where nothing ever served and nothing waits, nothing stays of what was refused. */
  #refuse({ kind }: Step): void {
    const { serving, candidates } = this.facets;
    const isEmpty = serving.state === 'absent' && candidates.length === 0;
    if (this.#ways.emptiesAll && isEmpty && kind !== 'retire-version')
      this.facets = { ...this.facets, versions: [] };
  }

  settle(): void {
    this.facets = settled(this.facets);
  }
}

function isSame(one: Basis, other: Basis): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function halfMade(versions: readonly VersionState[]): readonly VersionState[] {
  return versions.map((entry) => (entry.version === FAILING ? { ...entry, definition: 'part' } : entry));
}

/** Whatever is under way has ended: well, but for the version that never starts. */
function settled(facets: Facets): Facets {
  const { serving, candidates } = facets;
  return {
    ...facets,
    serving: settledServing(serving),
    candidates: candidates
      .filter(({ state }) => state !== 'going')
      .map((entry) => {
        if (entry.state !== 'starting') return entry;
        return { ...entry, state: entry.version === FAILING ? 'broken' : 'ready' };
      }),
  };
}

function settledServing(serving: Facets['serving']): Facets['serving'] {
  const { state, version, towards } = serving;
  const quiet = { ...serving, towards: null, guards: [] };
  const fails = towards === FAILING;
  if (state === 'starting')
    return fails
      ? { ...quiet, state: 'broken', version: null }
      : { ...quiet, state: 'serving', version: towards };
  if (state === 'moving') return { ...quiet, state: 'serving', version: fails ? version : towards };
  if (state === 'going-back') return { ...quiet, state: 'serving' };
  if (state === 'going') return { ...quiet, state: 'absent', version: null };
  return serving;
}

/** What both must show alike. Times and tokens are each side's own. */
export interface Shown {
  readonly serving: string;
  readonly versions: readonly string[];
  readonly candidates: readonly string[];
  readonly guards: readonly string[];
  readonly scaling: string;
  readonly users: readonly string[];
  readonly beside: readonly string[];
}

/** @param beside what scales the versions */
export function show(
  { serving, versions, candidates, guards, scaling, users }: Facets,
  { activates }: Pick<Ways, 'activates'>,
  beside: readonly string[],
): Shown {
  const { state, version, towards, fit, rollout } = serving;
  const share = rollout === undefined ? '' : ` with ${rollout.percent} %`;
  const watched = serving.guards.map((guard) => ` watched by ${guard}`).join('');
  // Those that never served have no age there.
  const [served, unserved] = [true, false].map((is) => versions.filter((entry) => entry.served === is));
  const inOrder =
    activates !== null ? [...unserved!.map(versionText).toSorted(), ...served!.map(versionText)] : null;
  return {
    serving: `${state} ${version ?? '-'} to ${towards ?? '-'}${share}, ${fit}${watched}`,
    versions: inOrder ?? versions.map(versionText),
    candidates: candidates
      .map(({ name, version: of, ours, state: is }) => `${name} of ${of}: ${is}${ours ? '' : ', of others'}`)
      .toSorted(),
    guards: guards.map(({ name }) => name).toSorted(),
    // Of an endpoint that goes, nothing is asked any more.
    scaling: state === 'going' ? 'none' : scaling,
    users: users.toSorted(),
    beside: beside.toSorted(),
  };
}

function versionText({ version, ours, definition, served, verified, withdrawn }: VersionState): string {
  const flags = Object.entries({ ours, served, verified, withdrawn }).filter(([, is]) => is);
  return [version, definition, ...flags.map(([flag]) => flag)].join(' ');
}
