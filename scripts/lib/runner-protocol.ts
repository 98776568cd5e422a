/**
 * Runs a built action as the GitHub runner does: INPUT_* variables, files for outputs, state and summary, and then
 * `node dist/<name>/index.js`. https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './paths.ts';

export interface ActionRun {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly outputs: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
  readonly summary: string;
  /** Standard output and standard error, in the order in which they came. */
  readonly log: string;
  /** What `core.setFailed` said, unescaped; '' if nothing did. */
  readonly error: string;
  readonly milliseconds: number;
}

export interface RunOptions {
  readonly inputs?: Readonly<Record<string, string>>;
  /** Added to a small environment of its own: nothing of the caller's leaks in but PATH and HOME. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Where the bundle is; the committed dist by default. */
  readonly dist?: string;
  readonly entry?: 'index.js' | 'post.js';
  /** State that an earlier step saved, for a post step. */
  readonly state?: Readonly<Record<string, string>>;
  /** Arguments for node itself, such as `--import`. */
  readonly nodeArgs?: readonly string[];
  readonly onLine?: (line: string) => void;
  /** Called with the process id, for tests that cancel or kill. */
  readonly onStart?: (pid: number) => void;
}

/** Starts the action and waits for its end. The node that runs this file runs the action too. */
export async function runAction(name: string, options: RunOptions = {}): Promise<ActionRun> {
  const files = mkdtempSync(join(tmpdir(), 'ml-deploy-step-'));
  const commandFiles = {
    GITHUB_OUTPUT: 'output',
    GITHUB_STATE: 'state',
    GITHUB_STEP_SUMMARY: 'summary',
    GITHUB_ENV: 'env',
  };
  const paths = Object.fromEntries(
    Object.entries(commandFiles).map(([key, file]) => [key, join(files, file)]),
  );
  for (const path of Object.values(paths)) writeFileSync(path, '');
  const started = performance.now();
  try {
    const ended = await spawnNode(scriptOf(name, options), { ...environment(options), ...paths }, options);
    const read = (key: keyof typeof commandFiles) => readFileSync(paths[key] ?? '', 'utf8');
    return {
      ...ended,
      outputs: parseCommandFile(read('GITHUB_OUTPUT')),
      state: parseCommandFile(read('GITHUB_STATE')),
      summary: read('GITHUB_STEP_SUMMARY'),
      error: errorOf(ended.log),
      milliseconds: performance.now() - started,
    };
  } finally {
    rmSync(files, { recursive: true, force: true });
  }
}

function scriptOf(name: string, options: RunOptions): string {
  return join(options.dist ?? join(root, 'dist'), name, options.entry ?? 'index.js');
}

function environment(options: RunOptions): Record<string, string> {
  const inputs = Object.entries(options.inputs ?? {}).map(([key, value]) => [
    `INPUT_${key.replaceAll(' ', '_').toUpperCase()}`,
    value,
  ]);
  const state = Object.entries(options.state ?? {}).map(([key, value]) => [`STATE_${key}`, value]);
  return {
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? '',
    ...(Object.fromEntries([...inputs, ...state]) as Record<string, string>),
    ...options.env,
  };
}

async function spawnNode(script: string, env: Record<string, string>, options: RunOptions) {
  const child = spawn(process.execPath, [...(options.nodeArgs ?? []), script], {
    cwd: options.cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  let rest = '';
  const take = (chunk: Buffer) => {
    log += chunk.toString('utf8');
    const lines = (rest + chunk.toString('utf8')).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) options.onLine?.(line);
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  if (child.pid !== undefined) options.onStart?.(child.pid);
  return new Promise<{ exitCode: number | null; signal: NodeJS.Signals | null; log: string }>(
    (resolve, reject) => {
      child.on('error', reject);
      // 'exit' and not 'close': a server that outlives the step must not hold its caller.
      child.on('exit', (exitCode, signal) => setImmediate(() => resolve({ exitCode, signal, log })));
    },
  );
}

/** The runner's file format: `name=value`, or `name<<delimiter`, lines, delimiter. */
export function parseCommandFile(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  const lines = text.split(/\r?\n/);
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    const heredoc = /^([^=<]+)<<(.+)$/.exec(line);
    if (heredoc?.[1] !== undefined && heredoc[2] !== undefined) {
      const end = lines.indexOf(heredoc[2], i + 1);
      values[heredoc[1]] = lines.slice(i + 1, end).join('\n');
      i = end;
    } else if (line.includes('=')) {
      values[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1);
    }
  }
  return values;
}

function errorOf(log: string): string {
  const line = log.split('\n').find((l) => l.startsWith('::error'));
  return decoded(line?.slice(line.indexOf('::', 2) + 2) ?? '');
}

/** The message of a command. https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts (escapeData) */
export function decoded(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}
