/** The versions of a function, with what is remembered of each. */
import type { AliasConfiguration, FunctionConfiguration } from '@aws-sdk/client-lambda';
import { storeKeys } from '../../core/stores.ts';
import type { VersionInfo } from '../../core/targets.ts';
import type { VersionState } from '../../deployment/observed.ts';
import { noteTag, readMade, readNotes, readServed, type Made, type Notes } from './ledger.ts';
import { foreignId } from './names.ts';
import { TAG } from './options.ts';

export interface Version {
  /** Content id. */
  readonly id: string;
  readonly number: string;
  /** null for one that ml-deploy did not publish. */
  readonly made: Made | null;
  readonly notes: Notes;
  /** Where its reference model is; null where nobody knows. */
  readonly referenceUrl: string | null;
  /** Places in the order in which versions served, 0 for the last one; Infinity for one that never did. */
  readonly turn: number;
  readonly found: FunctionConfiguration;
}

/**
 * In the order in which they last served, those that never did by age before them. Of two numbers with the same content
 * the one that served last counts: AWS compares with the last version alone, and publishes the same again.
 * @param published the newest first
 */
export function versionsOf(
  published: readonly FunctionConfiguration[],
  live: AliasConfiguration | null,
  tags: ReadonlyMap<string, string>,
): readonly Version[] {
  const { numbers, marker } = readServed(live?.Description);
  // What serves has served, whoever moved the alias there; but for a version that a rollout still watches.
  const serving = marker === '' ? live?.FunctionVersion : undefined;
  const all = published.map((found): Version => {
    const { Version: number = '', Description } = found;
    const made = readMade(Description);
    const turn = numbers.indexOf(number);
    return {
      id: made?.version ?? foreignId(number),
      number,
      made,
      notes: readNotes(tags.get(noteTag(number))),
      referenceUrl: referenceIn(tags.get(TAG.store), made?.referenceDigest ?? null),
      turn: number === serving ? 0 : turn < 0 ? Infinity : turn,
      found,
    };
  });
  const ordered = all.sort((one, other) => orderOf(one) - orderOf(other));
  return ordered.filter(({ id }, at) => ordered.findIndex((version) => version.id === id) === at);
}

/** The content id of a number. */
export function idOf(number: string, versions: readonly Version[]): string {
  return versions.find((known) => known.number === number)?.id ?? foreignId(number);
}

function referenceIn(store: string | undefined, digest: string | null): string | null {
  return store === undefined || digest === null ? null : `${store}${storeKeys.reference(digest)}`;
}

/** Those that never served come first, newest first, as they are listed. */
const orderOf = ({ turn }: Version) => (turn === Infinity ? -1 : turn);

export function stateOf({ id, made, notes, turn, found }: Version): VersionState {
  return {
    version: id,
    ours: made !== null,
    definition: found.State === 'Failed' ? 'part' : 'whole',
    madeAt: timeOf(found),
    served: turn !== Infinity,
    verified: notes.verified,
    withdrawn: notes.withdrawn,
  };
}

export function infoOf({ id, made, notes, referenceUrl, turn, found }: Version): VersionInfo {
  return {
    version: id,
    modelDigest: made?.modelDigest ?? '',
    imageDigest: found.CodeSha256 === undefined ? null : `sha256:${found.CodeSha256}`,
    referenceDigest: made?.referenceDigest ?? null,
    referenceUrl,
    planDigest: made?.planDigest ?? null,
    release: notes.release,
    deployedAt: new Date(timeOf(found)).toISOString(),
    served: turn !== Infinity,
    verified: notes.verified,
    withdrawnAt: notes.withdrawnAt,
  };
}

/** `2026-01-02T03:04:05.000+0000` */
function timeOf({ LastModified = '' }: FunctionConfiguration): number {
  const time = Date.parse(LastModified.replace(/\+0000$/, 'Z'));
  return Number.isNaN(time) ? 0 : time;
}
