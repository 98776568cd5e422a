/** The state of a local endpoint: what state.json holds. */
import { readFile } from 'node:fs/promises';
import { writeFile as writeFileAtomic } from 'atomically';
import { messageOf, UserError } from '../../core/errors.ts';
import { isObject } from '../../core/json-object.ts';
import type { VersionInfo } from '../../core/targets.ts';
import type { Layout } from './layout.ts';

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

/** A rollback that was done, so that the same run does not go back twice where it is repeated. */
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
  /** Counts the changes; a change is refused where somebody else made one in between. */
  readonly generation: number;
  readonly live: string | null;
  /** Versions that serve or served, newest first. */
  readonly versions: readonly StoredVersion[];
  readonly candidates: readonly StoredCandidate[];
  readonly rollback: RollbackNote | null;
}

export function emptyState(endpoint: string): LocalState {
  return {
    schema: STATE_SCHEMA,
    endpoint,
    port: 0,
    pid: 0,
    generation: 0,
    live: null,
    versions: [],
    candidates: [],
    rollback: null,
  };
}

/** @returns null where there is none. @throws UserError where it is damaged. */
export async function readState(layout: Layout): Promise<LocalState | null> {
  let text: string;
  try {
    text = await readFile(layout.stateFile, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  return parseState(text, layout);
}

function parseState(text: string, { stateFile, endpoint, folder }: Layout): LocalState {
  const damaged = (why: string, cause?: unknown) =>
    new UserError(
      `The state of the local endpoint ${endpoint} cannot be used: ${stateFile} ${why}. Nothing was changed. ` +
        `Put back a good copy of that file, or move the folder ${folder} away and deploy again.`,
      { cause },
    );
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw damaged(`is not JSON (${messageOf(error)})`, error);
  }
  const problem = stateProblem(value, endpoint);
  if (problem !== null) throw damaged(problem);
  return value as LocalState;
}

function stateProblem(value: unknown, endpoint: string): string | null {
  if (!isObject(value)) return 'is not a JSON object';
  const state = value as Partial<LocalState>;
  if (state.schema !== STATE_SCHEMA) return `has the schema ${String(state.schema)}, not ${STATE_SCHEMA}`;
  if (state.endpoint !== endpoint) return `belongs to the endpoint ${String(state.endpoint)}`;
  const { versions, candidates } = state;
  if (!Array.isArray(versions) || !versions.every(isVersion)) return 'has no list of versions';
  if (!Array.isArray(candidates) || !candidates.every(isCandidate)) {
    return 'has no list of candidates';
  }
  if (!Number.isInteger(state.generation) || !Number.isInteger(state.port)) return 'lacks its counters';
  const known = versions.some((entry: StoredVersion) => entry.version === state.live);
  return state.live === null || known
    ? null
    : `says that ${String(state.live)} is live, but does not list it`;
}

/** Versions name folders, so that nothing but a digest is let through. */
function isVersion(value: unknown): boolean {
  return isObject(value) && isVersionName(value.version);
}

function isCandidate(value: unknown): boolean {
  return isObject(value) && isVersion(value.version);
}

export function isVersionName(version: unknown): version is string {
  return typeof version === 'string' && /^[0-9a-f]{64}$/.test(version);
}

/** Whole or not at all, and readable by its owner only. */
export async function writeState(layout: Layout, state: LocalState): Promise<void> {
  await writeFileAtomic(layout.stateFile, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
}
