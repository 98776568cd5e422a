/**
 * A smoke test of 10,000 rows against the local target, beside the loop in Python (requests and onnxruntime) that it
 * replaces: one row a call, and as many rows a call as the action sends. Memory by number of rows; native beside WASM.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../scripts/lib/paths.ts';
import { runAction } from '../../scripts/lib/runner-protocol.ts';
import { median } from './times.ts';

const ROWS = 10_000;
const RUNS = 9;
const RUNTIMES = ['native', 'wasm'];
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
  const cases = writeCases(work, ROWS, 'json');
  // The same without the rows: what is left is starting, loading a runtime, and writing reports.
  const one = writeCases(work, 1, 'json');
  const times = new Map<string, number[]>();
  const note = (name: string, ms: number) => times.set(name, [...(times.get(name) ?? []), ms]);
  for (let run = 0; run < RUNS; run++) {
    for (const runtime of RUNTIMES) {
      note(runtime, (await smokeTest(cases, env, runtime)).milliseconds);
      note(`${runtime}, one row`, (await smokeTest(one, env, runtime)).milliseconds);
    }
    if (!existsSync(PYTHON)) continue;
    if (run === 0) note('loop', loop(url, cases, 1));
    note('batched', loop(url, cases, BATCHED));
    note('batched, one row', loop(url, one, BATCHED));
  }
  print(times);
  await printMemory(work, env);
}

function print(times: ReadonlyMap<string, readonly number[]>): void {
  console.log(
    `Parity of ${ROWS} rows against the local target; whole processes, from start to end; medians.`,
  );
  console.log('The second figure is the same with one row: start, runtime and reports.');
  const of = (name: string) => median(times.get(name) ?? []);
  const line = (name: string, key: string, ratios = '') => {
    const [all, fixed] = [of(key), of(`${key}, one row`)].map((ms) => `${ms.toFixed(0).padStart(8)} ms`);
    console.log(`${name.padEnd(32)}${all}${Number.isNaN(of(`${key}, one row`)) ? '' : `${fixed}${ratios}`}`);
  };
  if (times.has('loop')) {
    line('Python, one row a call', 'loop');
    line(`Python, ${BATCHED} rows a call`, 'batched');
  } else console.log('skipped: no Python to compare with (test/conformance/beds/install-onnx.sh)');
  for (const runtime of RUNTIMES) {
    const [loops, batched] = [of('loop') / of(runtime), of('batched') / of(runtime)];
    const each = (of('batched') - of('batched, one row')) / (of(runtime) - of(`${runtime}, one row`));
    const ratios = `  ${loops.toFixed(1)}x the loop, ${batched.toFixed(2)}x batched (${each.toFixed(2)}x without the start)`;
    line(`smoke-test, runtime: ${runtime}`, runtime, times.has('loop') ? ratios : '');
  }
}

async function printMemory(work: string, env: Env): Promise<void> {
  console.log('Memory of smoke-test at most (resident set), by rows and format of the cases:');
  for (const format of ['json', 'jsonl', 'csv'] as const) {
    for (const runtime of format === 'json' ? RUNTIMES : ['native']) {
      const peaks: string[] = [];
      for (const rows of [ROWS / 10, ROWS, 10 * ROWS]) {
        const cases = writeCases(work, rows, format);
        const { log } = await smokeTest(cases, env, runtime, [`--import=data:text/javascript,${PEAK}`]);
        const peak = Number(/PEAK (\d+)/.exec(log)?.[1]) / 1024;
        peaks.push(`${rows} rows (${(statSync(cases).size / 1e6).toFixed(1)} MB) ${peak.toFixed(0)} MB`);
      }
      console.log(`${`${format}, ${runtime}`.padEnd(16)}${peaks.join(', ')}`);
    }
  }
}

const PEAK = encodeURIComponent(
  "process.on('exit', () => process.stderr.write(`PEAK ${process.resourceUsage().maxRSS}\\n`))",
);

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
function writeCases(work: string, rows: number, format: 'json' | 'jsonl' | 'csv'): string {
  const held = JSON.parse(readFileSync(join(root, 'model/cases/held-out.json'), 'utf8')) as Held;
  const instances = Array.from({ length: rows }, (_, at) =>
    (held.instances[at % held.instances.length] ?? []).map((value) =>
      Number((value * (1 + (at % 997) / 1e5)).toPrecision(7)),
    ),
  );
  const text = {
    json: () => JSON.stringify({ instances }),
    jsonl: () => instances.map((row) => JSON.stringify(row)).join('\n'),
    csv: () => [held.feature_names, ...instances].map((row) => row.join(',')).join('\n'),
  };
  const path = join(work, `cases-${rows}.${format}`);
  writeFileSync(path, text[format]());
  return path;
}

interface Held {
  readonly feature_names: readonly string[];
  readonly instances: readonly (readonly number[])[];
}
