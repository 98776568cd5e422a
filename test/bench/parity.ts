/**
 * A smoke test of 10,000 rows against the local target, beside the loop in Python (requests and onnxruntime) that it
 * replaces: one row a call, and as many rows a call as the action sends. Memory by number of rows; native beside WASM.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../scripts/lib/paths.ts';
import { runAction } from '../../scripts/lib/runner-protocol.ts';

const ROWS = 10_000;
const RUNS = 3;
const PYTHON = join(root, 'build/conformance/venv-onnx/bin/python');
const REFERENCE = join(root, 'model/releases/v2/reference.onnx');
const ENDPOINT = { target: 'local', 'endpoint-name': 'bench-parity' };
const BATCHED = 500;

export async function parity(): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'ml-deploy-bench-'));
  const env = { GITHUB_WORKSPACE: work, RUNNER_TEMP: join(work, 'temp'), ML_DEPLOY_POLL_SECONDS: '0.1' };
  const step = (name: string, inputs: Record<string, string>) => must(name, { ...inputs }, env);
  try {
    const packed = await step('package-model', { 'model-path': join(root, 'model/releases/v2/archive') });
    const url = packed.outputs['model-data-url'] ?? '';
    const deployed = await step('deploy-endpoint', { ...ENDPOINT, 'model-data-url': url });
    await compare(work, deployed.outputs['endpoint-url'] ?? '', env);
  } finally {
    await step('deploy-endpoint', { ...ENDPOINT, command: 'teardown', confirm: 'bench-parity' });
    rmSync(work, { recursive: true, force: true });
  }
}

type Env = Readonly<Record<string, string>>;

async function compare(work: string, url: string, env: Env): Promise<void> {
  const cases = writeCases(work, ROWS);
  const ours = new Map<string, number[]>();
  const python = new Map<string, number[]>();
  const note = (to: Map<string, number[]>, name: string, ms: number) =>
    to.set(name, [...(to.get(name) ?? []), ms]);
  for (let run = 0; run < RUNS; run++) {
    for (const runtime of ['native', 'wasm']) {
      note(ours, runtime, (await smokeTest(cases, env, runtime)).milliseconds);
    }
    if (!existsSync(PYTHON)) continue;
    for (const rows of run === 0 ? [1, BATCHED] : [BATCHED]) note(python, `${rows}`, loop(url, cases, rows));
  }
  print(ours, python);
  await printMemory(work, env);
}

function print(
  ours: ReadonlyMap<string, readonly number[]>,
  python: ReadonlyMap<string, readonly number[]>,
): void {
  console.log(
    `Parity of ${ROWS} rows against the local target; whole processes, from start to end; medians.`,
  );
  const single = median(python.get('1') ?? []);
  const batched = median(python.get(`${BATCHED}`) ?? []);
  if (python.size === 0)
    console.log('skipped: no Python to compare with (test/conformance/beds/install-onnx.sh)');
  else {
    console.log(`${'Python, one row a call'.padEnd(32)}${single.toFixed(0).padStart(8)} ms`);
    console.log(`${`Python, ${BATCHED} rows a call`.padEnd(32)}${batched.toFixed(0).padStart(8)} ms`);
  }
  for (const [runtime, all] of ours) {
    const ms = median(all);
    const ratios =
      python.size === 0
        ? ''
        : `  ${(single / ms).toFixed(1)}x the loop, ${(batched / ms).toFixed(2)}x batched`;
    console.log(`${`smoke-test, runtime: ${runtime}`.padEnd(32)}${ms.toFixed(0).padStart(8)} ms${ratios}`);
  }
}

async function printMemory(work: string, env: Env): Promise<void> {
  for (const rows of [1_000, ROWS, 10 * ROWS]) {
    const cases = writeCases(work, rows);
    const { log } = await smokeTest(cases, env, 'auto', [
      `--import=data:text/javascript,${encodeURIComponent(PEAK)}`,
    ]);
    const size = readFileSync(cases).length / 1e6;
    const peak = Number(/PEAK (\d+)/.exec(log)?.[1]) / 1024;
    console.log(`${rows} rows (${size.toFixed(1)} MB of cases): ${peak.toFixed(0)} MB of memory at most`);
  }
}

const PEAK = "process.on('exit', () => process.stderr.write(`PEAK ${process.resourceUsage().maxRSS}\\n`))";

function smokeTest(cases: string, env: Env, runtime: string, nodeArgs: readonly string[] = []) {
  const inputs = { ...ENDPOINT, cases, 'model-path': REFERENCE, runtime };
  return must('smoke-test', inputs, env, nodeArgs);
}

async function must(name: string, inputs: Env, env: Env, nodeArgs: readonly string[] = []) {
  const ran = await runAction(name, { inputs, env, nodeArgs });
  if (ran.exitCode !== 0) throw new Error(`${name} failed:\n${ran.log}`);
  return ran;
}

/** Milliseconds of the whole process. */
function loop(url: string, cases: string, rowsEach: number): number {
  const started = performance.now();
  const args = [join(import.meta.dirname, 'parity.py'), url, REFERENCE, cases, String(rowsEach)];
  execFileSync(PYTHON, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  return performance.now() - started;
}

/** The held-out rows again and again, none twice the same, with their labels left out. */
function writeCases(work: string, rows: number): string {
  const held = JSON.parse(readFileSync(join(root, 'model/cases/held-out.json'), 'utf8')) as Held;
  const instances = Array.from({ length: rows }, (_, at) =>
    (held.instances[at % held.instances.length] ?? []).map((value) =>
      Number((value * (1 + (at % 997) / 1e5)).toPrecision(7)),
    ),
  );
  const path = join(work, `cases-${rows}.json`);
  writeFileSync(path, JSON.stringify({ instances }));
  return path;
}

interface Held {
  readonly instances: readonly (readonly number[])[];
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
