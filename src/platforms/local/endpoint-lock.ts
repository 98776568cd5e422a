/** One command at a time changes an endpoint; the next one waits, and says for what. */
import { mkdir } from 'node:fs/promises';
import { TimedOutError } from '../../core/targets.ts';
import { poll } from '../../core/poll.ts';
import { ChangedMeanwhile } from './control-client.ts';
import type { Layout } from './layout.ts';
import type { LocalTargetOptions } from './options.ts';
import { isHeld, tryLock, type LockHolder, type ProcessLock } from './process-lock.ts';

const POLL_MS = 500;

/** @throws TimedOutError where another command holds the endpoint for longer than the timeout. */
export async function withEndpointLock<T>(
  layout: Layout,
  purpose: string,
  options: LocalTargetOptions,
  body: () => Promise<T>,
): Promise<T> {
  const lock = await acquire(layout, purpose, options);
  try {
    return await settled(body);
  } finally {
    await lock.release();
  }
}

/** A command sends one change at a time, so a dead one has left one at most. */
const MOST_LEFT_BEHIND = 3;

/**
 * Whoever changes the endpoint holds its lock, and so the one that changed it in the meantime was a command that was
 * killed: its server was still at what it had been sent. The command is carried out again, from its first look on.
 */
async function settled<T>(body: () => Promise<T>): Promise<T> {
  for (let left = MOST_LEFT_BEHIND; ; left--) {
    try {
      return await body();
    } catch (error) {
      if (!(error instanceof ChangedMeanwhile) || left === 0) throw error;
    }
  }
}

async function acquire(layout: Layout, purpose: string, options: LocalTargetOptions): Promise<ProcessLock> {
  const { clock, signal, timeoutMs, pollMs, log, processes } = options;
  const { state } = await poll({
    clock,
    signal,
    timeoutMs,
    intervalMs: pollMs ?? POLL_MS,
    check: () => attempt(layout, purpose, processes),
    done: isHeld,
    key: (result) => (isHeld(result) ? 'held' : result.id),
    onChange: (result) => {
      if (!isHeld(result)) log.info(`Waiting for ${named(result)}, which is changing ${layout.endpoint}.`);
    },
  });
  if (isHeld(state)) return state;
  throw new TimedOutError(
    'local endpoint',
    `After ${Math.round(timeoutMs / 60_000)} minutes, ${named(state)} is still changing endpoint ` +
      `${layout.endpoint}. Nothing was changed by this command; run it again when the other one has ended.`,
  );
}

function named({ purpose, pid }: LockHolder): string {
  return `another command (${purpose}, process ${pid})`;
}

async function attempt(layout: Layout, purpose: string, processes: LocalTargetOptions['processes']) {
  for (;;) {
    await mkdir(layout.folder, { recursive: true });
    try {
      return await tryLock(layout.lockFile, purpose, processes);
    } catch (error) {
      // A teardown took the folder away in between.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
}
