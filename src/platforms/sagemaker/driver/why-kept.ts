/** Which expired candidates are for the reaper: it is started by a clock, and not by whoever made them. */
import type { Candidate } from '../describe.ts';
import { isPassing, pendingConfig } from '../live.ts';
import type { Tags } from '../reads.ts';
import { isOfAnother, TAG } from '../tags.ts';
import type { Work } from './work.ts';

/** @returns why it is not for us to remove; null if it may be */
export async function whyKept(
  { name, expiresAt, ours, version, status }: Candidate,
  tags: Tags,
  { session, subject }: Work,
): Promise<string | null> {
  const { options, reads } = session;
  const { repository } = options.context;
  const owner = tags.get(TAG.repository) ?? '';
  if (isOfAnother(tags, repository)) return `it belongs to the repository ${owner}`;
  if (!ours || !tags.has(TAG.expiresAt)) return 'it does not carry our tags';
  if (owner !== repository) return `it belongs to the repository ${owner === '' ? '(none)' : owner}`;
  if (expiresAt > options.clock.now().toISOString()) return `it is kept until ${expiresAt}`;
  // One that is going needs nothing, and it may have been this very run that removed it.
  if (isPassing(status) && status !== 'Deleting') return `it is ${status}, so a run possibly works on it`;
  const described = await reads.endpoint(subject.endpoint);
  const pending = described === null ? null : pendingConfig(described);
  return pending === version ? `${name} is being promoted` : null;
}
