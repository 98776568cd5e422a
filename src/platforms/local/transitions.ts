/** How the state of a local endpoint changes. Pure: the server loads models and writes files around these. */
import type { LocalState, StoredCandidate, StoredVersion } from '../../documents/local-state.ts';

/** Makes a version live and the newest. What was known of it (served, verified) stays true: it is the same content. */
export function activate(state: LocalState, entry: StoredVersion): LocalState {
  const known = findVersion(state, entry.version);
  const others = state.versions.filter(({ version }) => version !== entry.version);
  const merged = {
    ...entry,
    served: entry.served || (known?.served ?? false),
    verified: entry.verified || (known?.verified ?? false),
    withdrawn: false,
    // Whoever deploys it again does so on a plan of later: an older one stays void.
    withdrawnAt: known?.withdrawnAt ?? null,
  };
  return { ...state, live: entry.version, versions: [merged, ...others], rollback: null };
}

export function stage(state: LocalState, candidate: StoredCandidate): LocalState {
  const others = state.candidates.filter(({ name }) => name !== candidate.name);
  return { ...state, candidates: [...others, candidate] };
}

export function promote(state: LocalState, candidate: StoredCandidate): LocalState {
  return discard(activate(state, candidate.version), candidate.name);
}

export function discard(state: LocalState, candidate: string): LocalState {
  return { ...state, candidates: state.candidates.filter(({ name }) => name !== candidate) };
}

/** Goes back to a known version; the one that served is withdrawn, and its proof is worth nothing any more. */
export function rollBack(state: LocalState, version: string, run: string, at: string): LocalState {
  const { live } = state;
  if (live === null || live === version) return { ...state, live: version };
  const versions = state.versions.map((entry) => {
    if (entry.version === live) return { ...entry, withdrawn: true, withdrawnAt: at, verified: false };
    return entry.version === version ? { ...entry, withdrawn: false } : entry;
  });
  return { ...state, live: version, versions, rollback: { from: live, to: version, run } };
}

/** Notes what was found out about a version, live, old or waiting. */
export function mark(
  state: LocalState,
  version: string,
  facts: Partial<Pick<StoredVersion, 'served' | 'verified' | 'release'>>,
): LocalState {
  const note = (entry: StoredVersion) => (entry.version === version ? { ...entry, ...facts } : entry);
  return {
    ...state,
    versions: state.versions.map(note),
    candidates: state.candidates.map((candidate) => ({ ...candidate, version: note(candidate.version) })),
  };
}

/** Keeps `keep` old versions, and in any case the live one and the one that a rollback goes to. */
export function prune(state: LocalState, keep: number): LocalState {
  const previous = previousOf(state)?.version;
  const old = state.versions.filter(({ version }) => version !== state.live).slice(0, keep);
  const kept = new Set([state.live, previous, ...old.map(({ version }) => version)]);
  return { ...state, versions: state.versions.filter(({ version }) => kept.has(version)) };
}

/** The newest verified version before the live one; where none was ever verified, the newest that served. */
export function previousOf(state: LocalState): StoredVersion | null {
  const at = state.versions.findIndex(({ version }) => version === state.live);
  const before = at < 0 ? [] : state.versions.slice(at + 1).filter((entry) => !entry.withdrawn);
  return before.find((entry) => entry.verified) ?? before.find((entry) => entry.served) ?? null;
}

export function findVersion(state: LocalState, version: string): StoredVersion | null {
  return state.versions.find((entry) => entry.version === version) ?? null;
}

export function findCandidate(state: LocalState, name: string): StoredCandidate | null {
  return state.candidates.find((candidate) => candidate.name === name) ?? null;
}

/** Every version whose files are needed. */
export function neededVersions(state: LocalState): Set<string> {
  return new Set(
    [...state.versions, ...state.candidates.map(({ version }) => version)].map((e) => e.version),
  );
}
