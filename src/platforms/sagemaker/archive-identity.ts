/**
 * Which bytes are meant: a key of S3 can be overwritten, and looks the same afterwards. What S3 says of them is noted when
 * a plan is made and when a candidate is staged, and looked at again before it is promoted.
 */
import { UserError } from '../../core/errors.ts';
import type { Plan } from '../../documents/plan.ts';
import type { ArchiveFacts } from './preflight/archive-check.ts';
import type { Tags } from './reads.ts';
import { TAG } from './tags.ts';

/** null if S3 says nothing that would change with the bytes. */
export function archiveIdentity(facts: ArchiveFacts | null): string | null {
  if (facts === null) return null;
  const etag = facts.etag?.replaceAll('"', '') ?? '';
  return facts.checksum ?? (etag === '' ? null : `ETag:${etag}`);
}

/** @throws UserError if the candidate was staged, and tested, with other bytes than are there now */
export function checkSameArchive({ sources, candidate }: Plan, candidateTags: Tags): void {
  const staged = candidateTags.get(TAG.archive);
  const now = sources.archive ?? null;
  if (staged === undefined || now === null || staged === now) return;
  throw new UserError(
    `The archive ${sources.modelUrl} was overwritten after the candidate ${candidate ?? ''} was staged: it was ${staged}, ` +
      `and is ${now}. Tested is not what would serve, so nothing was promoted. ` +
      'Find out who wrote it; package the model again, discard the candidate, and stage again.',
  );
}
