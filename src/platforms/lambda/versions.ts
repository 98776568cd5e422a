/** The versions of a function, with what is recorded for each. */
import type { AliasConfiguration, FunctionConfiguration } from '@aws-sdk/client-lambda';
import { readNotes } from '../../deployment/kept/notes.ts';
import { inTurn, referenceIn, turnOf, type KeptVersion } from '../../deployment/kept/versions.ts';
import { noteTag, readMade, readServed } from './ledger.ts';
import { foreignId } from './names.ts';
import { TAG } from './options.ts';

export interface Version extends KeptVersion {
  readonly number: string;
  readonly found: FunctionConfiguration;
}

/**
 * One after the other. AWS compares only with the last version, and publishes the same content again: of two numbers
 * with the same content, the one that served last counts.
 * @param published the newest first
 */
export function versionsOf(
  published: readonly FunctionConfiguration[],
  live: AliasConfiguration | null,
  tags: ReadonlyMap<string, string>,
): readonly Version[] {
  const { versions: numbers, marker } = readServed(live?.Description);
  // What serves now has served, whoever moved the alias there, except a version that a rollout still watches.
  const serving = marker === '' ? live?.FunctionVersion : undefined;
  return inTurn(
    published.map((found): Version => {
      const { Version: number = '', Description, CodeSha256 } = found;
      const made = readMade(Description);
      return {
        id: made?.version ?? foreignId(number),
        number,
        made,
        notes: readNotes(tags.get(noteTag(number))),
        referenceUrl: referenceIn(tags.get(TAG.store), made),
        turn: turnOf(number, numbers, serving),
        madeAt: timeOf(found),
        imageDigest: CodeSha256 === undefined ? null : `sha256:${CodeSha256}`,
        isWhole: found.State !== 'Failed',
        found,
      };
    }),
  );
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
