/** Reads and writes the state of a local endpoint. */
import { readFile } from 'node:fs/promises';
import { writeFile as writeFileAtomic } from 'atomically';
import { UserError } from '../../core/errors.ts';
import { parseState, STATE_SCHEMA, stateText, type LocalState } from '../../documents/local-state.ts';
import type { Layout } from './layout.ts';

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

/** @returns null if there is none. @throws UserError if it is damaged. */
export async function readState(layout: Layout): Promise<LocalState | null> {
  let text: string;
  try {
    text = await readFile(layout.stateFile, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  return checked(text, layout);
}

function checked(text: string, { stateFile, endpoint, folder }: Layout): LocalState {
  const read = parseState(text, endpoint);
  if ('value' in read) return read.value;
  throw new UserError(
    `The state of the local endpoint ${endpoint} cannot be used: ${stateFile} ${read.problem}. Nothing was changed. ` +
      `Put back a good copy of that file, or move the folder ${folder} away and deploy again.`,
    { cause: read.cause },
  );
}

/** Whole or not at all, and readable by its owner only. */
export async function writeState(layout: Layout, state: LocalState): Promise<void> {
  await writeFileAtomic(layout.stateFile, stateText(state), { mode: 0o600 });
}
