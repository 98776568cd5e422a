/**
 * `npm run bench -- killed-upload [GIB]`: package-model is killed when half of a model's parts are in S3 (moto), and run
 * again. Prints how many parts were sent, and how many of them twice. Wants the beds of
 * test/conformance/beds/install-moto.sh.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { root } from '../../scripts/lib/paths.ts';
import { freePort, VENV, whatIsMissing, writeBlocks } from './package.ts';

const MIB = 1024 * 1024;
/** As package-model cuts a file of this size. */
const PART_MIB = 8;
/** A line of the server's log for each part that it has taken: the object, and the number of the part. */
const TAKEN = /"PUT ([^\s?]+)\?\S*\bpartNumber=(\d+)\S* HTTP\/1\.1" 200/g;

/** @param args the size of the model in GiB, 1 unless given */
export async function killedUpload([gib = '1']: readonly string[]): Promise<void> {
  const missing = whatIsMissing();
  if (missing !== null) {
    console.log(`skipped: ${missing}`);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'ml-deploy-bench-'));
  const model = join(folder, 'model');
  mkdirSync(model);
  const shards = [1, 2].map((shard) => `model-0000${shard}-of-00002.safetensors`);
  for (const shard of shards) writeBlocks(model, Number(gib) * 512, () => randomBytes(MIB), shard);
  try {
    await killAndRepeat(folder, model, (Number(gib) * 1024) / PART_MIB);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function killAndRepeat(folder: string, model: string, parts: number): Promise<void> {
  const port = await freePort();
  const log = join(folder, 'server.log');
  const output = openSync(log, 'w');
  const server = spawn(join(VENV, 'moto_server'), ['-H', '127.0.0.1', '-p', String(port)], {
    stdio: ['ignore', output, output],
    env: { ...process.env, TMPDIR: folder },
  });
  const taken = () =>
    [...readFileSync(log, 'utf8').matchAll(TAKEN)].map(([, object, part]) => `${object} ${part}`);
  const url = `http://127.0.0.1:${port}`;
  try {
    while (!(await made(`${url}/bench`))) await wait(100);
    const first = pack(folder, model, url);
    while (first.exitCode === null && taken().length < parts / 2) await wait(20);
    first.kill('SIGKILL');
    await ended(first);
    const before = taken().length;
    const code = await ended(pack(folder, model, url));
    const all = taken();
    console.log(`killed after ${before} of ${parts} parts; the second run ended with exit code ${code}`);
    console.log(`${all.length} parts sent in all, ${all.length - new Set(all).size} of them twice`);
  } finally {
    server.kill();
    closeSync(output);
  }
}

async function made(bucket: string): Promise<boolean> {
  return fetch(bucket, { method: 'PUT' }).then(
    (answer) => answer.ok,
    () => false,
  );
}

function pack(folder: string, model: string, url: string): ChildProcess {
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'x',
    AWS_SECRET_ACCESS_KEY: 'y',
    INPUT_COMPRESSION: 'none',
    'INPUT_MODEL-PATH': model,
    INPUT_DESTINATION: 's3://bench/store',
    INPUT_FRAMEWORK: 'custom',
    GITHUB_WORKSPACE: folder,
    RUNNER_TEMP: folder,
  };
  return spawn(process.execPath, [join(root, 'dist/package-model/index.js')], { env, stdio: 'ignore' });
}

async function ended(child: ChildProcess): Promise<number> {
  if (child.exitCode === null && child.signalCode === null)
    await new Promise((resolve) => child.once('exit', resolve));
  return child.exitCode ?? -1;
}
