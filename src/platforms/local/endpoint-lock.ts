/** One command at a time changes an endpoint; the next one waits, and says for what. */
import { mkdir } from 'node:fs/promises';
import { TimedOutError } from '../../core/targets.ts';
import { poll } from '../../core/poll.ts';
import type { Layout } from './layout.ts';
import type { LocalTargetOptions } from './options.ts';
import { isHeld, tryLock, type LockHolder, type ProcessLock } from './process-lock.ts';

const POLL_MS = 500;

/** @throws TimedOutError if another command holds the endpoint for longer than the timeout. */
export async function withEndpointLock<T>(
  layout: Layout,
  purpose: string,
  options: LocalTargetOptions,
  body: () => Promise<T>,
): Promise<T> {
  const lock = await acquire(layout, purpose, options);
  try {
    return await body();
  } finally {
    await lock.release();
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
