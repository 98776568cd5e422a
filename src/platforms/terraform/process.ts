/**
 * One process of Terraform, in a group of its own. A cancelled job is given 7.5 seconds and then SIGTERM, which Terraform takes
 * for a second interrupt: it then ends at once and loses what is being made. So it gets exactly one SIGINT, from here, and goes
 * on ending by itself; the post step waits for it.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-cancellation
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CancelledError, UpstreamError } from '../../core/errors.ts';

/** In the folder, while a process runs. */
export const RUNNING = 'running.json';
const OUT = 'stdout';
const ERR = 'stderr';

export interface Running {
  readonly pid: number;
  /** Such as `apply`. */
  readonly command: string;
}

export interface Ended {
  /** -1 if a signal ended it. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProcessOptions {
  readonly cwd: string;
  /** The whole environment: nothing else of the job reaches the program. */
  readonly env: Readonly<Record<string, string>>;
  /** Where its output goes; of this user alone. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** @throws CancelledError as soon as the signal is aborted; the process may run still then, and `RUNNING` names it */
export async function runProgram(
  program: string,
  args: readonly string[],
  { cwd, env, folder, signal }: ProcessOptions,
): Promise<Ended> {
  if (signal.aborted) throw new CancelledError();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const files = [join(folder, OUT), join(folder, ERR)] as const;
  // Files, not pipes: a pipe whose reader has ended would end the program too.
  const [out, err] = [await open(files[0], 'w', 0o600), await open(files[1], 'w', 0o600)];
  const child = spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', out.fd, err.fd] });
  // It may have ended before anything else is done here.
  const closed = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? -1)));
  await Promise.all([started(child, program), out.close(), err.close()]);
  const running: Running = { pid: child.pid ?? 0, command: args[0] ?? '' };
  await writeFile(join(folder, RUNNING), JSON.stringify(running), { mode: 0o600 });
  const exitCode = await unlessAborted(closed, child, signal);
  const [stdout, stderr] = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  await Promise.all([...files, join(folder, RUNNING)].map((file) => rm(file, { force: true })));
  return { exitCode, stdout: stdout ?? '', stderr: stderr ?? '' };
}

function started(child: ChildProcess, program: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (cause) =>
      reject(new UpstreamError('Terraform', `${program} could not be started.`, { cause })),
    );
  });
}

function unlessAborted(closed: Promise<number>, child: ChildProcess, signal: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    const interrupt = () => {
      child.kill('SIGINT');
      child.unref();
      reject(new CancelledError());
    };
    signal.addEventListener('abort', interrupt, { once: true });
    void closed.then((code) => {
      signal.removeEventListener('abort', interrupt);
      resolve(code);
    });
    // Between the start and here.
    if (signal.aborted) interrupt();
  });
}
