/** Servers of other people's that tests start, and stop again whatever happens. */
import { spawn, type ChildProcess } from 'node:child_process';
import { openSync, closeSync } from 'node:fs';
import { access, constants, readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

export interface Process {
  readonly child: ChildProcess;
  /** File with what it printed. */
  readonly log: string;
  stop(): Promise<void>;
}

export function startProcess(
  program: string,
  args: readonly string[],
  options: { readonly log: string; readonly env: NodeJS.ProcessEnv },
): Process {
  const output = openSync(options.log, 'w');
  const child = spawn(program, args, { env: options.env, stdio: ['ignore', output, output] });
  closeSync(output);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const stop = async () => {
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(late);
  };
  return { child, log: options.log, stop };
}

/** Waits until `ready` is true. @throws where the process ends before, or takes too long, with what it printed. */
export async function untilReady(
  process: Process,
  ready: () => Promise<boolean>,
  longestMs = 30_000,
): Promise<void> {
  const deadline = Date.now() + longestMs;
  while (!(await ready())) {
    if (process.child.exitCode !== null || Date.now() > deadline) {
      throw new Error(`${process.child.spawnfile} did not start:\n${await readFile(process.log, 'utf8')}`);
    }
    await wait(50);
  }
}

/** The first place where a program is; null where there is none. */
export async function findProgram(name: string, folders: readonly string[]): Promise<string | null> {
  for (const folder of folders) {
    const path = join(folder, name);
    const there = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (there) return path;
  }
  return null;
}

/** @throws where it is in none of the folders. */
export async function needProgram(name: string, folders: readonly string[]): Promise<string> {
  const found = await findProgram(name, folders);
  if (found === null) throw new Error(`${name} is not installed`);
  return found;
}

export function searchPath(): string[] {
  return (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
}

/** A port on the loopback address that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
