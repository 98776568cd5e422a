/** Which processes live, on this machine. */
import { readFileSync } from 'node:fs';

/** A process, told apart from a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in the kernel's own count; null if the system does not say. */
  readonly start: string | null;
}

export interface ProcessTable {
  self(): ProcessIdentity;
  alive(identity: ProcessIdentity): boolean;
  /** Ends a process for good; one that is gone already is fine. */
  kill(identity: ProcessIdentity): void;
}

export const systemProcesses: ProcessTable = {
  self: () => ({ pid: process.pid, start: linuxStat(process.pid)?.start ?? null }),
  alive,
  kill: (identity) => {
    if (alive(identity)) signal(identity.pid, 'SIGKILL');
  },
};

function alive({ pid, start }: ProcessIdentity): boolean {
  if (!signal(pid, 0)) return false;
  const stat = linuxStat(pid);
  if (stat === null) return true;
  if (start !== null && start !== stat.start) return false;
  // A zombie answers signals until its parent collects it; in a container nobody may ever do. While other threads of
  // it end, it still holds its files and ports.
  return !['Z', 'X'].includes(stat.state) || stat.threads > 1;
}

/** False if there is no such process. */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, name);
    return true;
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Fields 3, 20 and 22 of /proc/<pid>/stat, see proc_pid_stat(5); null elsewhere than on Linux. */
function linuxStat(pid: number): { state: string; threads: number; start: string } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in parentheses and may hold anything.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', threads: Number(fields[17]), start: fields[19] ?? '' };
  } catch {
    return null;
  }
}
