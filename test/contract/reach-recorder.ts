/**
 * Runs actions from their sources in this process, one after the other, and tells what each tried to reach: every
 * connection and every program is written down and refused, whatever made it.
 *
 *     node test/contract/reach-recorder.ts < cases.json > results.json
 */
import childProcess from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import * as bundle from '../../src/bundle.ts';

export interface ReachCase {
  readonly title: string;
  /** A function of the bundle, such as `deployEndpoint`. */
  readonly entry: keyof typeof bundle;
  readonly inputs: Readonly<Record<string, string>>;
  /** The folder that it runs in. */
  readonly workspace: string;
  /** Saved by an earlier step, for a post step. */
  readonly state?: Readonly<Record<string, string>>;
}

export interface Reached {
  readonly title: string;
  readonly failed: boolean;
  /** Everything that was logged. */
  readonly log: string;
  /** Hosts and programs. */
  readonly reached: readonly string[];
}

const write = process.stdout.write.bind(process.stdout);
let reached: string[] = [];
let log = '';

function recordEverything(): void {
  process.stdout.write = (chunk: string | Uint8Array) => {
    log += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    return true;
  };
  net.Socket.prototype.connect = function refuse(this: net.Socket, ...args: unknown[]) {
    const [options] = args.flat() as [{ host?: string; port?: number; path?: string }];
    reached.push(options.path ?? `${options.host ?? 'localhost'}:${options.port ?? ''}`);
    process.nextTick(() => this.destroy(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })));
    return this;
  };
  const programs = childProcess.ChildProcess.prototype as unknown as {
    spawn(options: { file: string }): unknown;
  };
  const spawn = programs.spawn;
  programs.spawn = function refuse(options) {
    reached.push(options.file);
    return spawn.call(this, { ...options, file: '/nowhere' });
  };
}

async function run({ title, entry, inputs, workspace, state = {} }: ReachCase): Promise<Reached> {
  const before = { ...process.env };
  process.chdir(workspace);
  process.env.GITHUB_WORKSPACE = workspace;
  for (const [name, value] of Object.entries(inputs)) process.env[`INPUT_${name.toUpperCase()}`] = value;
  for (const [name, value] of Object.entries(state)) process.env[`STATE_${name}`] = value;
  const files = mkdtempSync(join(tmpdir(), 'ml-deploy-reach-'));
  for (const name of ['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY']) {
    process.env[name] = join(files, name);
    writeFileSync(join(files, name), '');
  }
  reached = [];
  log = '';
  process.exitCode = 0;
  await bundle[entry]();
  process.env = before;
  return { title, failed: process.exitCode !== 0, log, reached };
}

recordEverything();
const results: Reached[] = [];
for (const one of JSON.parse(await text(process.stdin)) as ReachCase[]) results.push(await run(one));
process.exitCode = 0;
write(JSON.stringify(results));
