/** Candidates that a reaper would have removed. If one exists a day after its end, none runs. */
import type { Finding } from '../../documents/plan.ts';
import type { Candidate } from './describe.ts';

const DAY_MS = 24 * 60 * 60_000;

/** @param now milliseconds */
export function leftCandidates(candidates: readonly Candidate[], now: number): Finding[] {
  // One whose end nobody can read is not late: the comparison is false.
  const late = candidates.filter(({ ours, expiresAt }) => ours && now - Date.parse(expiresAt) > DAY_MS);
  return late.map(({ name, expiresAt }) => ({
    level: 'warning',
    message:
      `The candidate ${name} expired at ${expiresAt} and still exists, which costs money each hour: no reaper has run ` +
      'for a day. Start watch.yml on a schedule (examples/workflows/watch.yml); GitHub stops schedules in a repository without activity ' +
      'for 60 days. The command "reap" removes it now.',
  }));
}
