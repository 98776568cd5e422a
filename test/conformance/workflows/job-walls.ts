/**
 * What a hosted runner gives each job and one machine does not: a home of its own that goes with the job (as workspace and
 * temporary folder do in act), and an end of every process that the job left running.
 */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { findProgram, searchPath } from '../beds/processes.ts';

/** In the environment of everything that a run starts. */
export const MARKER = 'ML_DEPLOY_BED_MARKER';

/** A folder for the front of PATH: act starts each step with one of these, which then has the home of its job. */
export async function makeHomes(folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const real = { node: process.execPath, bash: await findProgram('bash', searchPath()) };
  for (const [name, path] of Object.entries(real)) {
    if (path === null) throw new Error(`There is no ${name}.`);
    const script = [
      '#!/bin/sh',
      // act removes the folder above RUNNER_TEMP with the job.
      'export HOME="${RUNNER_TEMP%/*}/home"',
      'mkdir -p "$HOME"',
      `exec '${path}' "$@"`,
    ];
    writeFileSync(join(folder, name), `${script.join('\n')}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}

/** To be called with act's output: where a job ended in it, its processes are ended too. */
export function jobEnds(marker: string): (chunk: string) => void {
  return (chunk) => {
    if (/Job (succeeded|failed)/.test(chunk)) void endJobs(marker);
  };
}

/** act logs the end of a job before it removes the job's folder. */
async function endJobs(marker: string): Promise<void> {
  for (const milliseconds of [0, 50, 200, 500]) {
    await wait(milliseconds);
    endProcesses(marker, (environment) => {
      const temp = /(?:^|\0)RUNNER_TEMP=([^\0]+)/.exec(environment)?.[1];
      return temp !== undefined && !existsSync(temp);
    });
  }
}

/** Ends what a run started, and nothing else: those with its marker that `which` says yes to. */
export function endProcesses(marker: string, which: (environment: string) => boolean = () => true): void {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const environment = environmentOf(pid);
    if (environment.includes(`${MARKER}=${marker}`) && which(environment)) end(Number(pid));
  }
}

/** Ends programs that lie below a folder: an endpoint of the local target outlives its job, and has no marker. */
export function endProgramsIn(folder: string): void {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
    if (commandOf(pid).includes(`${folder}/`)) end(Number(pid));
}

/** Its arguments; '' for a process that ended meanwhile. */
function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** '' for a process that ended meanwhile, or that is somebody else's. */
function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return '';
  }
}
