/** A version as platforms remember it that keep their versions side by side. */
import { storeKeys } from '../../core/stores.ts';
import type { VersionInfo } from '../../core/targets.ts';
import type { VersionState } from '../observed.ts';
import type { Notes } from './notes.ts';
import type { Words } from './words.ts';

/** What a version was made of. */
export interface Made {
  /** Content id. */
  readonly version: string;
  readonly modelDigest: string;
  readonly planDigest: string | null;
  readonly referenceDigest: string | null;
}

/** What is remembered of it, by letters that every platform reads alike. */
export function wordsOfMade({ version, modelDigest, planDigest, referenceDigest }: Made): Words {
  return { v: version, m: modelDigest, p: planDigest, r: referenceDigest };
}

/** null if the words name no version */
export function madeIn(words: ReadonlyMap<string, string>): Made | null {
  const version = words.get('v');
  if (version === undefined) return null;
  return {
    version,
    modelDigest: words.get('m') ?? '',
    planDigest: words.get('p') ?? null,
    referenceDigest: words.get('r') ?? null,
  };
}

export interface KeptVersion {
  /** Content id. */
  readonly id: string;
  /** null for one that ml-deploy did not make. */
  readonly made: Made | null;
  readonly notes: Notes;
  /** Where its reference model is; null if nobody knows. */
  readonly referenceUrl: string | null;
  /** Places in the order in which versions served, 0 for the last one; Infinity for one that never did. */
  readonly turn: number;
  /** Milliseconds; 0 if nobody knows. */
  readonly madeAt: number;
  /** `sha256:…` */
  readonly imageDigest: string | null;
  readonly isWhole: boolean;
}

/**
 * In the order in which they last served, those that never did before them, as they are listed. Of two with the same
 * content the one that served last counts.
 * @param versions the newest first
 */
export function inTurn<Version extends KeptVersion>(versions: readonly Version[]): readonly Version[] {
  const ordered = versions.toSorted((one, other) => orderOf(one) - orderOf(other));
  return ordered.filter(({ id }, at) => ordered.findIndex((version) => version.id === id) === at);
}

const orderOf = ({ turn }: KeptVersion) => (turn === Infinity ? -1 : turn);

/** @param names of the versions that have served. @param serving the one that does, whoever let it */
export function turnOf(name: string, names: readonly string[], serving: string | undefined): number {
  if (name === serving) return 0;
  const turn = names.indexOf(name);
  return turn < 0 ? Infinity : turn;
}

/** @param store the artifact store of the release; null or undefined if nobody knows */
export function referenceIn(store: string | undefined, made: Made | null): string | null {
  const digest = made?.referenceDigest ?? null;
  return store === undefined || digest === null ? null : `${store}${storeKeys.reference(digest)}`;
}

export function stateOf({ id, made, notes, turn, madeAt, isWhole }: KeptVersion): VersionState {
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

export function infoOf(version: KeptVersion): VersionInfo {
  const { id, made, notes, referenceUrl, turn, madeAt, imageDigest } = version;
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
