/**
 * `npm run bench -- package [GiB [random|compressible|small]]`: package-model to S3 beside `tar -czf` and `aws s3 cp` on the same server (moto), in
 * one run. Wants the beds of test/conformance/beds/install-moto.sh and GNU time.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { root } from '../../scripts/lib/paths.ts';

const VENV = join(root, 'build/conformance/venv-aws/bin');
const MIB = 1024 * 1024;
const SMALL_FILES = 20_000;
const MEMORY = '/dev/shm';
/** Of the largest model, its parts and the object that becomes of them. */
const MEMORY_WANTED = 12 * 1024 * MIB;

interface Subject {
  readonly name: string;
  /** Fills a folder, which is there. */
  readonly fill: (folder: string) => void;
}

interface Measured {
  readonly seconds: number;
  readonly peakMb: number;
  /** Processor time of all its threads and processes, in seconds: what limits it where both cores are busy. */
  readonly processor: number;
  readonly log: string;
}

export async function packageBench(args: readonly string[]): Promise<void> {
  const missing = whatIsMissing();
  if (missing !== null) {
    console.log(`skipped: ${missing}`);
    return;
  }
  const mebibytes = Math.round(Number(args[0] ?? 1) * 1024);
  console.log(`${availableParallelism()} cores, which the programs share with the server of S3`);
  const folder = mkdtempSync(join(tmpdir(), 'ml-deploy-bench-'));
  try {
    const wanted = args[1] ?? '';
    const subjects = subjectsOf(mebibytes).filter(({ name }) => name.includes(wanted));
    for (const subject of subjects) await compare(subject, join(folder, subject.name), folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function whatIsMissing(): string | null {
  for (const program of ['moto_server', 'aws']) {
    if (!existsSync(join(VENV, program))) return `${program} (test/conformance/beds/install-moto.sh)`;
  }
  if (!existsSync('/usr/bin/time')) return 'GNU time (apt-get install time)';
  return existsSync(join(root, 'dist/package-model')) ? null : 'the bundle (npm run build)';
}

function subjectsOf(mebibytes: number): Subject[] {
  const random = {
    name: `${mebibytes} MiB random`,
    fill: (at: string) => writeBlocks(at, mebibytes, () => randomBytes(MIB)),
  };
  if (mebibytes !== 1024) return [random];
  const words = Array.from({ length: 20_000 }, () => randomBytes(1 + randomInt(4)).toString('hex'));
  const blocks = Array.from({ length: 32 }, () => textOf(words, MIB));
  const text = () => blocks[randomInt(blocks.length)] ?? Buffer.alloc(0);
  return [
    random,
    { name: `${mebibytes} MiB compressible`, fill: (at) => writeBlocks(at, mebibytes, text) },
    { name: `${SMALL_FILES} small files`, fill: (at) => writeSmall(at, text) },
  ];
}

function textOf(words: readonly string[], bytes: number): Buffer {
  const parts: string[] = [];
  for (let size = 0; size < bytes; size += (parts.at(-1)?.length ?? 0) + 1)
    parts.push(words[randomInt(words.length)] ?? '');
  return Buffer.from(parts.join(' ')).subarray(0, bytes);
}

function writeBlocks(folder: string, count: number, block: () => Buffer): void {
  const file = openSync(join(folder, 'weights.bin'), 'w');
  for (let i = 0; i < count; i++) writeSync(file, block());
  closeSync(file);
}

function writeSmall(folder: string, text: () => Buffer): void {
  for (let i = 0; i < SMALL_FILES; i++) {
    const at = join(folder, String(i % 200));
    if (i < 200) mkdirSync(at);
    writeFileSync(join(at, `${i}.json`), text().subarray(0, 200 + randomInt(8000)));
  }
}

/** Each starts with a server of its own, since moto keeps everything in memory. */
async function compare({ name, fill }: Subject, model: string, folder: string): Promise<void> {
  mkdirSync(model);
  fill(model);
  const bytes = Number(execFileSync('du', ['-sb', model]).toString().split('\t')[0]);
  const theirs = await withServer(folder, (env) => {
    const archive = join(folder, 'theirs.tar.gz');
    const script = 'tar -czf "$1" -C "$2" . && "$3" s3 cp "$1" s3://bench/model.tar.gz --quiet';
    const measured = measure(['sh', '-c', script, 'sh', archive, model, join(VENV, 'aws')], env, folder);
    rmSync(archive);
    return measured;
  });
  const [ours, again] = await withServer(
    folder,
    (env) => [pack(model, env, folder), pack(model, env, folder)] as const,
  );
  const hash = /Hashed .* ([\d.]+ [kMG]?B\/s)/.exec(again.log)?.[1] ?? 'too short to tell';
  console.log(`${name} (${(bytes / 1e6).toFixed(0)} MB)`);
  console.log(`  tar -czf + aws s3 cp   ${figuresOf(theirs)}`);
  const ratio = `${(theirs.seconds / ours.seconds).toFixed(2)} times as fast`;
  console.log(`  package-model          ${figuresOf(ours)}   ${ratio}`);
  console.log(`  unchanged              ${again.seconds.toFixed(2).padStart(8)} s   hash rate ${hash}`);
  rmSync(model, { recursive: true });
}

function figuresOf({ seconds, processor, peakMb }: Measured): string {
  const busy = `processor ${processor.toFixed(1)} s`;
  return `${seconds.toFixed(2).padStart(8)} s   ${busy.padEnd(18)} peak ${peakMb.toFixed(0)} MB`;
}

function pack(model: string, env: NodeJS.ProcessEnv, folder: string): Measured {
  const inputs = {
    'INPUT_MODEL-PATH': model,
    INPUT_DESTINATION: 's3://bench/store',
    INPUT_FRAMEWORK: 'custom',
  };
  const step = { ...env, ...inputs, GITHUB_WORKSPACE: folder, RUNNER_TEMP: folder };
  return measure([process.execPath, join(root, 'dist/package-model/index.js')], step, folder);
}

/** @throws where the program fails, with what it said. */
function measure(command: readonly string[], env: NodeJS.ProcessEnv, folder: string): Measured {
  const times = join(folder, 'times');
  const ended = spawnSync('/usr/bin/time', ['-f', '%e %M %U %S', '-o', times, ...command], {
    env,
    encoding: 'utf8',
  });
  if (ended.status !== 0) throw new Error(`${command.join(' ')} failed:\n${ended.stdout}${ended.stderr}`);
  const [seconds = 0, kilobytes = 0, user = 0, system = 0] = readFileSync(times, 'utf8')
    .trim()
    .split(' ')
    .map(Number);
  return { seconds, peakMb: kilobytes / 1024, processor: user + system, log: ended.stdout };
}

async function withServer<T>(folder: string, body: (env: NodeJS.ProcessEnv) => T): Promise<T> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = spawn(join(VENV, 'moto_server'), ['-H', '127.0.0.1', '-p', String(port)], {
    stdio: 'ignore',
    env: { ...process.env, TMPDIR: serverFolder(folder) },
  });
  try {
    while (
      !(await fetch(`${url}/bench`, { method: 'PUT' }).then(
        (answer) => answer.ok,
        () => false,
      ))
    )
      await wait(100);
    const credentials = { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'y', AWS_REGION: 'us-east-1' };
    return body({
      PATH: process.env.PATH,
      HOME: folder,
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_ENDPOINT_URL: url,
      ...credentials,
    });
  } finally {
    server.kill();
  }
}

/** Where the server keeps the objects: in memory where there is a place for it, so that no disk is measured. */
function serverFolder(folder: string): string {
  return existsSync(MEMORY) && statfsSync(MEMORY).bavail * statfsSync(MEMORY).bsize > MEMORY_WANTED
    ? MEMORY
    : folder;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
