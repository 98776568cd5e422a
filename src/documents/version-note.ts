/** What a platform notes about a version beside its archive, which stays when somebody strips the tags. */
import type { VersionInfo } from '../core/targets.ts';
import { tryRead, writeDocument, type Format } from './document.ts';
import { flag, object, oneOf } from './shape.ts';
import { versionFields } from './version-facts.ts';

export const NOTE_SCHEMA = 'ml-deploy/version-note/v1';

export interface VersionNote extends VersionInfo {
  readonly schema: typeof NOTE_SCHEMA;
  /** It was rolled back from, and nobody deployed it again. */
  readonly withdrawn: boolean;
  /** Made by us for this endpoint. */
  readonly ours: boolean;
}

const FORMAT: Format<VersionNote> = {
  what: 'the note of a version',
  schema: NOTE_SCHEMA,
  remedy: 'Deploy that version again.',
  shape: object<VersionNote>({ schema: oneOf(NOTE_SCHEMA), ...versionFields, withdrawn: flag, ours: flag }),
};

/** @returns the note, or what is wrong with it: the rest of a sentence that begins with its name. */
export function parseNote(source: string): VersionNote | { readonly problem: string } {
  const read = tryRead(FORMAT, source);
  return 'value' in read ? read.value : { problem: `${read.problem}. ${FORMAT.remedy}` };
}

export function noteText(note: Omit<VersionNote, 'schema'>): string {
  return writeDocument({ schema: NOTE_SCHEMA, ...note });
}
