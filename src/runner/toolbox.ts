/**
 * What main.ts wires into run.ts: everything that comes from the runner's machine and environment.
 */
import { fileURLToPath } from 'node:url';
import * as core from '@actions/core';
import type { Exec, Which } from '../core/ports.ts';
import type { Environment } from './context.ts';

export interface Toolbox {
  readonly exec: Exec;
  readonly which: Which;
  /** What the step leaves for its own post step. */
  readonly state: { save(name: string, value: string): void; get(name: string): string };
  readonly settings: Settings;
  /** Hides a value in everything that is logged from now on. */
  mask(value: string): void;
}

export interface Settings {
  /** Milliseconds between two polls, for every wait; null where each wait has its own. (ML_DEPLOY_POLL_SECONDS) */
  readonly pollMs: number | null;
  readonly awsRegion: string | null;
  readonly githubToken: string | null;
  readonly slackApiUrl: string | null;
  /** The runner's tool cache, where downloaded tools survive on self-hosted runners. */
  readonly toolCache: string | null;
  /** The folder of the running bundle (dist/core), with a trailing slash. */
  readonly bundleDir: string;
}

export function createToolbox(env: Environment): Toolbox {
  return {
    exec: execute,
    which: findProgram,
    state: { save: (name, value) => core.saveState(name, value), get: (name) => core.getState(name) },
    settings: readSettings(env),
    mask: (value) => core.setSecret(value),
  };
}

function readSettings(env: Environment): Settings {
  const seconds = Number(env.ML_DEPLOY_POLL_SECONDS);
  return {
    pollMs: env.ML_DEPLOY_POLL_SECONDS && seconds >= 0 ? seconds * 1000 : null,
    awsRegion: env.AWS_REGION || env.AWS_DEFAULT_REGION || null,
    githubToken: env.GITHUB_TOKEN || null,
    slackApiUrl: env.SLACK_API_URL || null,
    toolCache: env.RUNNER_TOOL_CACHE || null,
    bundleDir: fileURLToPath(new URL('.', import.meta.url)),
  };
}

const execute: Exec = async (program, args, options = {}) => {
  const { getExecOutput } = await import('@actions/exec');
  return getExecOutput(program, [...args], {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.input === undefined ? {} : { input: Buffer.from(options.input) }),
    ...(options.env === undefined ? {} : { env: { ...inherited(), ...options.env } }),
    silent: !options.show,
    ignoreReturnCode: true,
  });
};

function inherited(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}

const findProgram: Which = async (program) => {
  const { which } = await import('@actions/io');
  return (await which(program, false)) || null;
};
