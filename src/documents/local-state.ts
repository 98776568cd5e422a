/** The state of a local endpoint: what state.json holds. */
import type { VersionInfo } from '../core/targets.ts';
import { tryRead, writeDocument, type Format, type Read } from './document.ts';
import { digest, flag, integer, list, nullable, object, oneOf, text } from './shape.ts';
import { versionFields } from './version-facts.ts';

export const STATE_SCHEMA = 'ml-deploy/local-endpoint/v1';

export interface StoredVersion extends VersionInfo {
  readonly environmentName: string | null;
  /** A rollback left it: it is not gone back to unless it is named. */
  readonly withdrawn: boolean;
}

export interface StoredCandidate {
  readonly name: string;
  readonly version: StoredVersion;
  /** What served when it was planned. */
  readonly base: string | null;
  readonly expiresAt: string;
}

/** A rollback that was done, so the same run does not go back twice if it is repeated. */
export interface RollbackNote {
  readonly from: string;
  readonly to: string;
  readonly run: string;
}

export interface LocalState {
  readonly schema: typeof STATE_SCHEMA;
  readonly endpoint: string;
  /** The port and process of the server that wrote this last. */
  readonly port: number;
  readonly pid: number;
  /** Counts the changes; a change is refused if somebody else made one in between. */
  readonly generation: number;
  readonly live: string | null;
  /** Versions that serve or served, newest first. */
  readonly versions: readonly StoredVersion[];
  readonly candidates: readonly StoredCandidate[];
  readonly rollback: RollbackNote | null;
}

/** Versions name folders, so nothing but a digest is let through. */
const version = object<StoredVersion>({
  ...versionFields,
  version: digest,
  environmentName: nullable(text),
  withdrawn: flag,
});

const FORMAT: Format<LocalState> = {
  what: 'the state of a local endpoint',
  schema: STATE_SCHEMA,
  remedy: '',
  shape: object<LocalState>({
    schema: oneOf(STATE_SCHEMA),
    endpoint: text,
    port: integer,
    pid: integer,
    generation: integer,
    live: nullable(digest),
    versions: list(version),
    candidates: list(object<StoredCandidate>({ name: text, version, base: nullable(text), expiresAt: text })),
    rollback: nullable(object<RollbackNote>({ from: text, to: text, run: text })),
  }),
};

/** @returns the state, or what is wrong with it: the rest of a sentence that begins with the name of the file. */
export function parseState(source: string, endpoint: string): Read<LocalState> {
  const read = tryRead(FORMAT, source);
  if ('problem' in read) return read;
  const { value } = read;
  if (value.endpoint !== endpoint) return { problem: `belongs to the endpoint ${value.endpoint}` };
  const { live, versions } = value;
  if (live === null || versions.some((entry) => entry.version === live)) return read;
  return { problem: `says that ${live} is live, but does not list it` };
}

export function isVersionName(value: unknown): value is string {
  return digest.problems(value, '').length === 0;
}

export function stateText(state: LocalState): string {
  return writeDocument(state);
}
