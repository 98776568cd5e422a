/**
 * A lock file that a living process holds.
 *
 * Why not a lock that goes stale with time: a command that was killed and is run again would have to wait, and a
 * process that was merely paused would lose its lock without noticing. Here a lock is free at once when its holder is
 * dead, and never before. It is made by link(2), which is atomic, so its content is there from the first moment on.
 */
import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import type { ProcessIdentity, ProcessTable } from './process-table.ts';

export interface LockHolder extends ProcessIdentity {
  /** Tells two holds of one process apart. */
  readonly id: string;
  /** What it is doing, for those who wait. */
  readonly purpose: string;
}

export interface ProcessLock {
  readonly holder: LockHolder;
  /** Does nothing if the lock is no longer this one's. */
  release(): Promise<void>;
}

/** Takes the lock, or says who holds it. The folder must exist. */
export async function tryLock(
  file: string,
  purpose: string,
  processes: ProcessTable,
): Promise<ProcessLock | LockHolder> {
  const holder: LockHolder = { ...processes.self(), id: randomBytes(8).toString('hex'), purpose };
  const own = `${file}.new-${holder.id}`;
  await writeFile(own, JSON.stringify(holder), { mode: 0o600 });
  try {
    for (;;) {
      const lock = { holder, release: () => release(file, holder) };
      if (await linked(own, file)) return lock;
      const other = await readHolder(file);
      if (other === null) continue;
      if (processes.alive(other)) return other;
      const rival = await takeOver(file, other, own, processes);
      if (rival === null) return lock;
      if (rival !== 'again') return rival;
    }
  } finally {
    await rm(own, { force: true });
  }
}

/**
 * Replaces a dead holder's file by our own. Only who holds the lock of that one takeover may do so, and it looks again
 * under it; so of many that find the same dead holder, one gets the lock.
 * @returns null if the lock is ours now, who is just taking it over, or that it is worth another look.
 */
async function takeOver(
  file: string,
  dead: LockHolder,
  own: string,
  processes: ProcessTable,
): Promise<null | LockHolder | 'again'> {
  const claim = await tryLock(`${file}.after-${dead.id || 'damaged'}`, 'taking over a lock', processes);
  if (!isHeld(claim)) return claim;
  try {
    const current = await readHolder(file);
    if (current?.id !== dead.id) return 'again';
    await rename(own, file);
    return null;
  } finally {
    await claim.release();
  }
}

export function isHeld(result: ProcessLock | LockHolder): result is ProcessLock {
  return 'release' in result;
}

async function linked(own: string, file: string): Promise<boolean> {
  try {
    await link(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Who holds the lock; null if nobody does. What cannot be read was not made by us and counts as dead. */
export async function readHolder(file: string): Promise<LockHolder | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  try {
    const holder = JSON.parse(text) as LockHolder;
    if (typeof holder.pid === 'number' && typeof holder.id === 'string') return holder;
  } catch {
    // Falls through: damaged.
  }
  return { pid: 0x7fffffff, start: null, id: '', purpose: 'an unreadable lock' };
}

async function release(file: string, holder: LockHolder): Promise<void> {
  const current = await readHolder(file);
  if (current?.id === holder.id) await rm(file, { force: true });
}
