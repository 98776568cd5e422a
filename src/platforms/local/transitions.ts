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

export function keep(state: LocalState, candidate: string, expiresAt: string): LocalState {
  const candidates = state.candidates.map((known) =>
    known.name === candidate ? { ...known, expiresAt } : known,
  );
  return { ...state, candidates };
}

/** Goes back to a known version; the one that served is withdrawn, and its proof no longer counts. */
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
export function mark(state: LocalState, version: string, facts: Partial<StoredVersion>): LocalState {
  const note = (entry: StoredVersion) => (entry.version === version ? { ...entry, ...facts } : entry);
  return {
    ...state,
    versions: state.versions.map(note),
    candidates: state.candidates.map((candidate) => ({ ...candidate, version: note(candidate.version) })),
  };
}

export function retire(state: LocalState, version: string): LocalState {
  return { ...state, versions: state.versions.filter((entry) => entry.version !== version) };
}

export function findVersion(state: LocalState, version: string): StoredVersion | null {
  return state.versions.find((entry) => entry.version === version) ?? null;
}

export function findCandidate(state: LocalState, name: string): StoredCandidate | null {
  return state.candidates.find((candidate) => candidate.name === name) ?? null;
}
