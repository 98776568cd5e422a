/**
 * The long proofs, `npm run test:faults [-- --every N]`: the fault matrix and the exploration of the decisions (of which
 * --every takes each N-th case and each N-th pair of commands), an alarm at each second of the last bake, random sequences
 * of steps on the fakes, plans held against what is done, processes killed at each call, and, if everything is asked for,
 * every case of the matrices of which `npm test` takes a share.
 */
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { root } from './lib/paths.ts';

const { values } = parseArgs({ options: { every: { type: 'string', default: '1' } } });

/** Of which `npm test` takes a share (test/share.ts). */
const MATRICES = [
  'test/contract/iam.test.ts',
  'test/contract/iam-lambda.test.ts',
  'test/contract/release.test.ts',
  'test/e2e/deploy-sagemaker.test.ts',
  'test/e2e/local-target-crash.test.ts',
  'test/e2e/sagemaker-faults.test.ts',
  'test/e2e/secrets.test.ts',
  'test/unit/actions/approve-gate/writer-matrix.test.ts',
  'test/unit/deployment/explore.test.ts',
  'test/unit/golden/golden.test.ts',
  'test/unit/platforms/azure-ml/flows.test.ts',
  'test/unit/platforms/lambda/around.test.ts',
];

/** @returns what it printed, and its exit code */
function run(script: string, ...args: readonly string[]): Promise<{ output: string; code: number }> {
  // What is not asked for whole begins where the seed says.
  const seed = values.every === '1' ? 'all' : process.env.ML_DEPLOY_TEST_SEED;
  const env = { ...process.env, ML_DEPLOY_TEST_SEED: seed };
  const child = spawn(process.execPath, [script, ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ output, code: code ?? 1 }));
  });
}

async function prove(title: string, script: string, ...args: readonly string[]): Promise<boolean> {
  const started = performance.now();
  const { output, code } = await run(script, ...args);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  process.stdout.write(`== ${title}: ${code === 0 ? 'passed' : 'FAILED'} in ${seconds} s\n${output}\n`);
  return code === 0;
}

// The matrix has a worker on each core; the exploration has one alone, and leaves the other cores to the rest.
const matrix = await prove('fault matrix', 'test/faults/main.ts', '--every', values.every);
const [exploration, bakes] = await Promise.all([
  prove('exploration', 'test/deployment/main.ts', '--every', values.every),
  prove('alarms of the last bake', 'test/faults/main-bakes.ts'),
]);
// Ten thousand on each platform take hours on two cores: if the matrix is a share, so are these.
const many = values.every === '1' ? '10000' : '150';
const sequences = await prove('random sequences', 'test/deployment/conformance/main.ts', '--sequences', many);
const scenes = values.every === '1' ? '1000' : '200';
const lines = await prove('lines of plans', 'test/deployment/main-lines.ts', '--scenes', scenes);
// Each kill takes seconds: of a share, one call of nearly every flow.
const rare = values.every === '1' ? '1' : String(4 * Number(values.every));
const kills = await prove('processes that are killed', 'test/faults/main.ts', '--real', '--every', rare);
// Where a share is asked for, `npm test` has had its own of these.
const matrices =
  values.every !== '1' ||
  (await prove('long matrices of npm test', 'node_modules/vitest/vitest.mjs', 'run', ...MATRICES));
process.exitCode = matrix && exploration && bakes && sequences && lines && kills && matrices ? 0 : 1;
