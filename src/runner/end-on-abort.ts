/**
 * Ends a program that @actions/exec started, which gives no handle on it. Node tells of every child process that it
 * starts on a channel of its own. https://nodejs.org/api/diagnostics_channel.html#process
 */
import type { ChildProcess } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { readdirSync, readFileSync } from 'node:fs';

/** The runner kills the action itself 10 seconds after it asked it to end. */
const KILL_AFTER_MS = 4000;
const claimed = new WeakSet<ChildProcess>();

/** Runs `start`, which starts exactly that program, and ends the program if the signal is aborted. */
export async function endOnAbort<T>(
  program: string,
  args: readonly string[],
  signal: AbortSignal,
  start: () => Promise<T>,
): Promise<T> {
  const wanted = JSON.stringify(args);
  let child: ChildProcess | null = null;
  let killer: NodeJS.Timeout | undefined;
  const end = () => {
    if (child === null || killer !== undefined) return;
    const ending = child;
    // docker before 23 does not pass a signal on to its plug-ins, such as buildx.
    const all = [ending.pid ?? 0, ...descendantsOf(ending.pid ?? 0)];
    for (const pid of all) send(pid, 'SIGINT');
    killer = setTimeout(() => {
      for (const pid of all) send(pid, 'SIGKILL');
    }, KILL_AFTER_MS);
  };
  const onChild = (message: unknown) => {
    const started = (message as { process: ChildProcess }).process;
    if (child !== null || claimed.has(started)) return;
    // The channel speaks before the process is spawned: what it is comes with the event.
    started.once('spawn', () => {
      const isOurs = started.spawnfile === program && JSON.stringify(started.spawnargs.slice(1)) === wanted;
      if (child !== null || claimed.has(started) || !isOurs) return;
      claimed.add(started);
      child = started;
      if (signal.aborted) end();
    });
  };
  subscribe('child_process', onChild);
  signal.addEventListener('abort', end, { once: true });
  try {
    return await start();
  } finally {
    clearTimeout(killer);
    signal.removeEventListener('abort', end);
    unsubscribe('child_process', onChild);
  }
}

/** Only on Linux, which says so: proc_pid_task_tid_children(5). */
function descendantsOf(pid: number): number[] {
  try {
    const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    );
    return children.flatMap((child) => [child, ...descendantsOf(child)]);
  } catch {
    return [];
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    if (pid > 0) process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}
