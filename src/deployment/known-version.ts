/** What is remembered of a version on the platform itself, and what is told of it: the same wherever it is kept. */
import { storeKeys } from '../core/stores.ts';
import type { VersionInfo } from '../core/targets.ts';
import type { VersionState } from './observed.ts';

/** What a version was made of; never changes. */
export interface Made {
  /** Content id. */
  readonly version: string;
  readonly modelDigest: string;
  readonly planDigest: string | null;
  readonly referenceDigest: string | null;
}

/** What was found out about a version later. */
export interface Notes {
  readonly verified: boolean;
  /** It was rolled back from, and nobody deployed it again. */
  readonly withdrawn: boolean;
  /** When it was last rolled back from, ISO 8601. */
  readonly withdrawnAt: string | null;
  /** Digest of its newest release record. */
  readonly release: string | null;
}

export const NO_NOTES: Notes = { verified: false, withdrawn: false, withdrawnAt: null, release: null };

export interface KnownVersion {
  /** Content id. */
  readonly id: string;
  /** null for one that ml-deploy did not make. */
  readonly made: Made | null;
  readonly notes: Notes;
  /** Where its reference model is; null where nobody knows. */
  readonly referenceUrl: string | null;
  /** Places in the order in which versions served, 0 for the last one; Infinity for one that never did. */
  readonly turn: number;
  readonly imageDigest: string | null;
  /** Milliseconds. */
  readonly madeAt: number;
  /** Whether all of it is there. */
  readonly isWhole: boolean;
}

/**
 * In the order in which they last served, those that never did before them in the order of the list. Of two with the same
 * content the first counts.
 * @param versions the newest first
 */
export function inTurn<Known extends Pick<KnownVersion, 'id' | 'turn'>>(
  versions: readonly Known[],
): readonly Known[] {
  const ordered = versions.toSorted((one, other) => orderOf(one) - orderOf(other));
  return ordered.filter(({ id }, at) => ordered.findIndex((version) => version.id === id) === at);
}

const orderOf = ({ turn }: Pick<KnownVersion, 'turn'>) => (turn === Infinity ? -1 : turn);

/** @param store its URL, ending in a slash */
export function referenceIn(store: string | null, digest: string | null): string | null {
  return store === null || digest === null ? null : `${store}${storeKeys.reference(digest)}`;
}

/** The last one that served comes first. */
export function inFront(served: string, before: readonly string[]): readonly string[] {
  return served === '' ? before : [served, ...before.filter((other) => other !== served)];
}

export function stateOf({ id, made, notes, turn, isWhole, madeAt }: KnownVersion): VersionState {
  return {
    version: id,
    ours: made !== null,
    definition: isWhole ? 'whole' : 'part',
    madeAt,
    served: turn !== Infinity,
    verified: notes.verified,
    withdrawn: notes.withdrawn,
  };
}

export function infoOf(version: KnownVersion): VersionInfo {
  const { id, made, notes, referenceUrl, turn, imageDigest, madeAt } = version;
  return {
    version: id,
    modelDigest: made?.modelDigest ?? '',
    imageDigest,
    referenceDigest: made?.referenceDigest ?? null,
    referenceUrl,
    planDigest: made?.planDigest ?? null,
    release: notes.release,
    deployedAt: new Date(madeAt).toISOString(),
    served: turn !== Infinity,
    verified: notes.verified,
    withdrawnAt: notes.withdrawnAt,
  };
}
