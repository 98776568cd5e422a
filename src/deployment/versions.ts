/** Which of the versions that are there is which. Newest first throughout. */
import type { VersionState } from './observed.ts';

/** The newest verified version before that one; if none was ever verified, the newest that served. */
export function previousOf<Known extends Pick<VersionState, 'version' | 'served' | 'verified' | 'withdrawn'>>(
  versions: readonly Known[],
  version: string | null,
): Known | null {
  const at = versions.findIndex((entry) => entry.version === version);
  const before = at < 0 ? [] : versions.slice(at + 1).filter(({ withdrawn }) => !withdrawn);
  return before.find(({ verified }) => verified) ?? before.find(({ served }) => served) ?? null;
}

export interface Needs {
  /** The version that serves first; then those that a change leads to or comes from. */
  readonly live: readonly (string | null)[];
  /** Of candidates, and of other endpoints. */
  readonly used: ReadonlySet<string>;
  /** How many old versions stay for a rollback. */
  readonly keep: number;
  readonly now: number;
  readonly unusedMs: number;
}

/**
 * What is no longer needed. What a rollback from any live version would go to stays, and so does what one from the
 * version before would go to: another run may be on its way back to it.
 */
export function expendable(versions: readonly VersionState[], needs: Needs): readonly VersionState[] {
  const live = new Set(needs.live);
  const [serving = null] = needs.live;
  const previous = previousOf(versions, serving)?.version ?? null;
  const old = versions.filter(({ served, version }) => served && !live.has(version));
  const kept = new Set<string | null | undefined>([
    ...live,
    ...needs.used,
    ...needs.live.map((version) => previousOf(versions, version)?.version),
    previousOf(versions, previous)?.version,
    ...old.slice(0, needs.keep).map(({ version }) => version),
  ]);
  return versions.filter(
    ({ version, ours, served, madeAt }) =>
      ours && !kept.has(version) && (served || needs.now - madeAt > needs.unusedMs),
  );
}
