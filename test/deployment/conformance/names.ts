/** Versions and candidates as a platform calls them, and as the sequences do. */
import type { Facets } from '../../../src/deployment/observed.ts';
import type { Step } from '../../../src/deployment/verdict.ts';
import type { Plan } from '../../../src/documents/plan.ts';
import type { ModelName } from '../../platforms/target-suite.ts';
import { FAILING } from './model.ts';

export const MODELS: Readonly<Record<string, ModelName>> = {
  v1: 'one',
  v2: 'two',
  v3: 'three',
  [FAILING]: 'broken',
};

export class Names {
  readonly #ours = new Map<string, string>();
  readonly #theirs = new Map<string, string>();

  constructor(plans: ReadonlyMap<string, Plan>) {
    for (const [name, { version, candidate }] of plans) {
      this.#add(version, name);
      if (candidate !== null) this.#add(candidate, `c-${name}`);
    }
  }

  #add(theirs: string, ours: string): void {
    this.#ours.set(theirs, ours);
    this.#theirs.set(ours, theirs);
  }

  theirs(step: Step): Step {
    const named = renaming(this.#theirs);
    const orNull = (name: string | null) => (name === null ? null : named(name));
    const { of, with: version, basis } = step;
    return {
      ...step,
      of: named(of),
      ...(version !== undefined && { with: named(version) }),
      ...(basis !== undefined && {
        basis: { ...basis, version: orNull(basis.version), towards: orNull(basis.towards) },
      }),
    };
  }

  /** A version as the sequences call it; one that has no plan as the platform does. */
  version(theirs: string): string {
    return this.#ours.get(theirs) ?? theirs;
  }

  ours(facets: Facets): Facets {
    const named = renaming(this.#ours);
    const orNull = (name: string | null) => (name === null ? null : named(name));
    const { serving, versions, candidates, guards, users } = facets;
    return {
      ...facets,
      serving: { ...serving, version: orNull(serving.version), towards: orNull(serving.towards) },
      versions: versions.map((entry) => ({ ...entry, version: named(entry.version) })),
      candidates: candidates.map((entry) => ({
        ...entry,
        name: named(entry.name),
        version: named(entry.version),
      })),
      guards: guards.map((guard) => ({ ...guard, name: named(guard.name) })),
      users: users.map(named),
    };
  }
}

/** A guard is named by its version, and by its run. */
function renaming(names: ReadonlyMap<string, string>): (name: string) => string {
  return (name) => {
    const [version = '', ...run] = name.split('@');
    return [names.get(version) ?? version, ...run].join('@');
  };
}
