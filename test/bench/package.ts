/**
 * `npm run bench -- package [NAME]`: package-model to S3 beside `tar -czf` and `aws s3 cp`, or `aws s3 sync`, on the same
 * server (moto), in turn. Wants the beds of test/conformance/beds/install-moto.sh and GNU time.
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
  writeFileSync,
  writeSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { availableParallelism, freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { root } from '../../scripts/lib/paths.ts';
import { median } from './times.ts';

export const VENV = join(root, 'build/conformance/venv-aws/bin');
const MIB = 1024 * 1024;
const SMALL_FILES = 10_000;
const MEMORY = '/dev/shm';

interface Subject {
  readonly name: string;
  /** How often everything is measured, in turn; the medians are printed. */
  readonly runs: number;
  readonly compression: 'gzip' | 'none';
  /** Fills a folder, which is there. */
  readonly fill: (folder: string) => void;
}

interface Measured {
  readonly seconds: number;
  readonly peakMb: number;
  /** Processor time of all its threads and processes, in seconds: what limits it where both cores are busy. */
  readonly processor: number;
}

/** @param args what a subject's name contains; without it, those that take minutes in all */
export async function packageBench(args: readonly string[]): Promise<void> {
  const missing = whatIsMissing();
  if (missing !== null) {
    console.log(`skipped: ${missing}`);
    return;
  }
  console.log(`${availableParallelism()} cores, which the programs share with the server of S3`);
  const folder = mkdtempSync(join(tmpdir(), 'ml-deploy-bench-'));
  const [wanted] = args;
  try {
    for (const subject of SUBJECTS.filter(({ name, runs }) =>
      wanted === undefined ? runs > 1 : name.includes(wanted),
    ))
      await compare(subject, join(folder, 'model'), folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function whatIsMissing(): string | null {
  for (const program of ['moto_server', 'aws']) {
    if (!existsSync(join(VENV, program))) return `${program} (test/conformance/beds/install-moto.sh)`;
  }
  if (!existsSync('/usr/bin/time')) return 'GNU time (apt-get install time)';
  return existsSync(join(root, 'dist/package-model')) ? null : 'the bundle (npm run build)';
}

const WORDS = Array.from({ length: 20_000 }, () => randomBytes(1 + randomInt(4)).toString('hex'));
const TEXTS = Array.from({ length: 32 }, () => textOf(WORDS, MIB));
const aText = () => TEXTS[randomInt(TEXTS.length)] ?? Buffer.alloc(0);
const random = () => randomBytes(MIB);

/** Those of one run take an hour with the two commands that they are compared with. */
const SUBJECTS: readonly Subject[] = [
  { name: '300 MiB random', runs: 5, compression: 'gzip', fill: (at) => writeBlocks(at, 300, random) },
  { name: '300 MiB text', runs: 5, compression: 'gzip', fill: (at) => writeBlocks(at, 300, aText) },
  { name: `${SMALL_FILES} small files`, runs: 5, compression: 'gzip', fill: writeSmall },
  { name: '4 GiB random', runs: 1, compression: 'gzip', fill: (at) => writeBlocks(at, 4096, random) },
  { name: '8 GiB in four shards', runs: 1, compression: 'none', fill: writeShards },
];

function textOf(words: readonly string[], bytes: number): Buffer {
  const parts: string[] = [];
  for (let size = 0; size < bytes; size += (parts.at(-1)?.length ?? 0) + 1)
    parts.push(words[randomInt(words.length)] ?? '');
  return Buffer.from(parts.join(' ')).subarray(0, bytes);
}

export function writeBlocks(folder: string, count: number, block: () => Buffer, name = 'weights.bin'): void {
  const file = openSync(join(folder, name), 'w');
  for (let i = 0; i < count; i++) writeSync(file, block());
  closeSync(file);
}

function writeShards(folder: string): void {
  for (const shard of [1, 2, 3, 4])
    writeBlocks(folder, 2048, random, `model-0000${shard}-of-00004.safetensors`);
}

function writeSmall(folder: string): void {
  for (let i = 0; i < SMALL_FILES; i++) {
    const at = join(folder, String(i % 200));
    if (i < 200) mkdirSync(at);
    writeFileSync(join(at, `${i}.json`), aText().subarray(0, 200 + randomInt(8000)));
  }
}

const THEIRS = {
  gzip: [
    'tar -czf + aws s3 cp',
    'tar -czf "$1" -C "$2" . && "$3" s3 cp "$1" s3://bench/model.tar.gz --quiet',
  ],
  none: ['aws s3 sync', '"$3" s3 sync "$2" s3://bench/model --quiet'],
} as const;

/** Each starts with a server of its own, since moto keeps everything in memory. */
async function compare(
  { name, runs, compression, fill }: Subject,
  model: string,
  folder: string,
): Promise<void> {
  mkdirSync(model);
  fill(model);
  const bytes = Number(execFileSync('du', ['-sb', model]).toString().split('\t')[0]);
  const [theirName, script] = THEIRS[compression];
  const measured: { readonly theirs: Measured; readonly ours: Measured; readonly again: Measured }[] = [];
  for (let run = 0; run < runs; run++) {
    const archive = join(folder, 'theirs.tar.gz');
    const theirs = await withServer({ folder, bytes }, (env) =>
      measure(['sh', '-c', script, 'sh', archive, model, join(VENV, 'aws')], env, folder),
    );
    rmSync(archive, { force: true });
    const [ours, again] = await withServer(
      { folder, bytes },
      (env) => [pack(model, compression, env, folder), pack(model, compression, env, folder)] as const,
    );
    measured.push({ theirs, ours, again });
  }
  console.log(`${name} (${(bytes / 1e6).toFixed(0)} MB), ${runs === 1 ? 'one run' : `medians of ${runs}`}`);
  console.log(`  ${theirName.padEnd(22)} ${figuresOf(measured.map(({ theirs }) => theirs))}`);
  const ratio = median(measured.map(({ theirs, ours }) => theirs.seconds / ours.seconds));
  const figures = figuresOf(measured.map(({ ours }) => ours));
  console.log(`  package-model          ${figures}   ${ratio.toFixed(2)} times as fast`);
  const unchanged = median(measured.map(({ ours, again }) => again.seconds / ours.seconds));
  const least = figuresOf(measured.map(({ again }) => again));
  console.log(`  again, unchanged       ${least}   ${unchanged.toFixed(2)} of the time`);
  rmSync(model, { recursive: true });
}

function figuresOf(measured: readonly Measured[]): string {
  const seconds = median(measured.map((one) => one.seconds));
  const busy = `processor ${median(measured.map(({ processor }) => processor)).toFixed(1)} s`;
  const peak = Math.max(...measured.map(({ peakMb }) => peakMb));
  return `${seconds.toFixed(2).padStart(8)} s   ${busy.padEnd(18)} peak ${peak.toFixed(0)} MB`;
}

function pack(
  model: string,
  compression: Subject['compression'],
  env: NodeJS.ProcessEnv,
  folder: string,
): Measured {
  const inputs = {
    INPUT_COMPRESSION: compression,
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
  return { seconds, peakMb: kilobytes / 1024, processor: user + system };
}

async function withServer<T>(
  { folder, bytes }: { readonly folder: string; readonly bytes: number },
  body: (env: NodeJS.ProcessEnv) => T,
): Promise<T> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = spawn(join(VENV, 'moto_server'), ['-H', '127.0.0.1', '-p', String(port)], {
    stdio: 'ignore',
    env: { ...process.env, TMPDIR: serverFolder(folder, bytes) },
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

/** Where the server keeps the objects: in memory if parts and object fit in twice, because no disk is measured. */
function serverFolder(folder: string, bytes: number): string {
  return existsSync(MEMORY) && freemem() > 4 * bytes ? MEMORY : folder;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
