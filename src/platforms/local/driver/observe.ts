/** What the engine knows of a local endpoint, from what its server says and its folder holds. */
import {
  ABSENT,
  type CandidateState,
  type Serving,
  type VersionState,
} from '../../../deployment/observed.ts';
import type { LocalState, StoredCandidate } from '../../../documents/local-state.ts';
import type { Plan } from '../../../documents/plan.ts';
import { findVersion } from '../transitions.ts';

/** What is on its way into nothing: the folder, with its server, versions and candidates, is there or is not. */
export function folderOf(exists: boolean): Serving {
  return exists ? { ...ABSENT, state: 'broken' } : ABSENT;
}

/**
 * A version that is live and does not answer, or that is now compared with another reference, is corrected if it
 * is: it is loaded again.
 * @param answers the version that the endpoint itself says it serves; null if it does not answer
 */
export function servingOf(state: LocalState, answers: string | null, plan: Plan | null): Serving {
  const { live, generation } = state;
  const etag = String(generation);
  if (live === null) return { ...ABSENT, etag };
  const isAsPlanned =
    plan?.version !== live || findVersion(state, live)?.referenceDigest === (plan.desired.reference ?? null);
  const fit = answers === live && isAsPlanned ? 'as-asked' : 'count-off';
  return { ...ABSENT, state: 'serving', version: live, etag, fit };
}

/** @param isReady whether it answers as that version */
export function candidateOf({ name, version, expiresAt }: StoredCandidate, isReady: boolean): CandidateState {
  return {
    name,
    version: version.version,
    ours: true,
    environment: version.environmentName,
    state: isReady ? 'ready' : 'broken',
    expiresAt: Date.parse(expiresAt),
  };
}

/**
 * Versions that served, newest first, after the folders of those that did not: of candidates, and of what was cut short.
 * @param whole the version whose files were found to be its own; those of others are checked when they are loaded
 */
export function versionsOf(
  { versions }: Pick<LocalState, 'versions'>,
  folders: readonly string[],
  plan: Plan | null,
  isWhole: boolean,
): VersionState[] {
  const definition = (version: string) => (version === plan?.version && !isWhole ? 'part' : 'whole');
  const known = new Set(versions.map(({ version }) => version));
  const unused = { ours: true, madeAt: 0, served: false, verified: false, withdrawn: false };
  return [
    ...folders
      .filter((name) => !known.has(name))
      .map((version) => ({ ...unused, version, definition: definition(version) }) as const),
    ...versions.map(
      ({ version, deployedAt, served, verified, withdrawn }) =>
        ({
          version,
          ours: true,
          definition: definition(version),
          madeAt: Date.parse(deployedAt),
          served,
          verified,
          withdrawn,
        }) as const,
    ),
  ];
}
