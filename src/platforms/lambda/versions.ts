/** The versions of a function, with what is remembered of each. */
import type { AliasConfiguration, FunctionConfiguration } from '@aws-sdk/client-lambda';
import { inTurn, referenceIn, type KnownVersion } from '../../deployment/known-version.ts';
import { noteTag, readMade, readNotes, readServed } from './ledger.ts';
import { foreignId } from './names.ts';
import { TAG } from './options.ts';

export interface Version extends KnownVersion {
  readonly number: string;
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
      referenceUrl: referenceIn(tags.get(TAG.store) ?? null, made?.referenceDigest ?? null),
      turn: number === serving ? 0 : turn < 0 ? Infinity : turn,
      imageDigest: found.CodeSha256 === undefined ? null : `sha256:${found.CodeSha256}`,
      madeAt: timeOf(found),
      isWhole: found.State !== 'Failed',
      found,
    };
  });
  return inTurn(all);
}

/** The content id of a number. */
export function idOf(number: string, versions: readonly Version[]): string {
  return versions.find((known) => known.number === number)?.id ?? foreignId(number);
}

/** `2026-01-02T03:04:05.000+0000` */
function timeOf({ LastModified = '' }: FunctionConfiguration): number {
  const time = Date.parse(LastModified.replace(/\+0000$/, 'Z'));
  return Number.isNaN(time) ? 0 : time;
}
