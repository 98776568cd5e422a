import { spawnSync } from 'node:child_process';

/** Whether a program is installed. What needs another one than node, npm and git is skipped without it, and says so. */
export function hasProgram(name: string): boolean {
  return spawnSync(name, ['--version'], { stdio: 'ignore' }).error === undefined;
}
