/** A PATH with node, npm, git and python alone, beside what every Linux has: nothing of this machine helps by accident. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Python of Debian 12 and newer; scikit-learn's wheels ask for no less. */
const PYTHON = [
  'python3',
  '-c',
  'import sys, venv; assert sys.version_info >= (3, 11); print(sys.executable)',
] as const;

const SYSTEM = (
  'sh bash env cat cp mv rm mkdir rmdir ls ln chmod touch tee head tail cut tr sort uniq wc sed grep awk find xargs date ' +
  'sleep printf echo test true false expr id uname hostname whoami pwd dirname basename readlink realpath mktemp tar gzip ' +
  'gunzip sha256sum base64 od ps kill nohup seq stat which df du ldd ldconfig'
).split(' ');

/** Why there is no Python to follow the pages with; null if there is one. */
export function whyNoPython(): string | null {
  const [program, ...args] = PYTHON;
  return spawnSync(program, args).status === 0 ? null : 'Python 3.11 or newer is not installed';
}

/** Lays out a folder of programs. @returns what PATH becomes */
export function toolsIn(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const [program, ...args] = PYTHON;
  const python = execFileSync(program, args, { encoding: 'utf8' }).trim();
  const named: Record<string, string | null> = {
    // The runner's own, which this project's scripts run under too.
    node: process.execPath,
    npm: pathOf('npm'),
    npx: pathOf('npx'),
    git: pathOf('git'),
    python3: python,
    ...Object.fromEntries(SYSTEM.map((name) => [name, pathOf(name)])),
  };
  for (const [name, path] of Object.entries(named)) if (path !== null) symlinkSync(path, join(folder, name));
  return folder;
}

/** Where this machine has a program; not what this project's packages bring. */
function pathOf(name: string): string | null {
  const folders = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules'));
  const env = { PATH: folders.join(delimiter) };
  const found = spawnSync('sh', ['-c', 'command -v "$1"', 'sh', name], { encoding: 'utf8', env });
  const path = found.stdout.trim();
  return path.startsWith('/') ? path : null;
}
