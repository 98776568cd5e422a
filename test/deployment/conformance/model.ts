/** The in-memory platform as the other side of the comparison: what a driver and its platform should make of a step. */
import { accept } from '../../../src/deployment/effects.ts';
import type { Facets, VersionState } from '../../../src/deployment/observed.ts';
import type { Step } from '../../../src/deployment/verdict.ts';
import { answerTo, isUnderWay } from '../world.ts';

/** What a platform does in its own way, and the decisions do not rely on. */
export interface Ways {
  /** A change is over when it is accepted, and one that fails is refused. */
  readonly atOnce: boolean;
  /** One command at a time. */
  readonly isSerial: boolean;
  /** With an endpoint, all that was made for it goes, and so it does where the first version is refused. */
  readonly closesAll: boolean;
  /** A version that is made to serve is the newest from then on, and withdrawn no longer. */
  readonly activates: boolean;
}

/** The version that never starts. */
export const FAILING = 'vx';

export class Model {
  facets: Facets;
  readonly #ways: Ways;

  constructor(facets: Facets, ways: Ways) {
    this.facets = facets;
    this.#ways = ways;
  }

  perform(step: Step): void {
    if (answerTo(this.facets, step) !== 'done') {
      this.#refuse(step);
      return;
    }
    const { atOnce } = this.#ways;
    const after = this.#inItsWay(accept(this.facets, step, 0), step);
    if (!atOnce) this.facets = after;
    else if (willFail(after)) this.#refuse(step);
    else this.facets = settled(after);
  }

  #inItsWay(facets: Facets, { kind, of }: Step): Facets {
    const { closesAll, activates } = this.#ways;
    if (closesAll && kind === 'close') return { ...facets, versions: [], candidates: [] };
    const known = facets.versions.find(({ version }) => version === of);
    if (!activates || known === undefined || (kind !== 'open' && kind !== 'shift')) return facets;
    const others = facets.versions.filter((entry) => entry !== known);
    return { ...facets, versions: [{ ...known, withdrawn: false }, ...others] };
  }

  /** Where nothing ever served and nothing waits, nothing stays of what was refused. */
  #refuse({ kind }: Step): void {
    const { serving, candidates } = this.facets;
    const isEmpty = serving.state === 'absent' && candidates.length === 0;
    if (this.#ways.closesAll && isEmpty && kind !== 'retire-version')
      this.facets = { ...this.facets, versions: [] };
  }

  settle(): void {
    this.facets = settled(this.facets);
  }
}

function willFail({ serving, candidates }: Facets): boolean {
  const isStarting = candidates.some(({ state, version }) => state === 'starting' && version === FAILING);
  return isStarting || (isUnderWay(serving) && serving.towards === FAILING);
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
}

export function show(
  { serving, versions, candidates, guards, scaling, users }: Facets,
  { activates }: Pick<Ways, 'activates'>,
): Shown {
  const { state, version, towards, fit } = serving;
  const watched = serving.guards.map((guard) => ` watched by ${guard}`).join('');
  // Those that never served have no age there.
  const [served, unserved] = [true, false].map((is) => versions.filter((entry) => entry.served === is));
  const inOrder = activates ? [...unserved!.map(versionText).toSorted(), ...served!.map(versionText)] : null;
  return {
    serving: `${state} ${version ?? '-'} to ${towards ?? '-'}, ${fit}${watched}`,
    versions: inOrder ?? versions.map(versionText),
    candidates: candidates
      .map(({ name, version: of, ours, state: is }) => `${name} of ${of}: ${is}${ours ? '' : ', of others'}`)
      .toSorted(),
    guards: guards.map(({ name }) => name).toSorted(),
    scaling,
    users: users.toSorted(),
  };
}

function versionText({ version, ours, definition, served, verified, withdrawn }: VersionState): string {
  const flags = Object.entries({ ours, served, verified, withdrawn }).filter(([, is]) => is);
  return [version, definition, ...flags.map(([flag]) => flag)].join(' ');
}
