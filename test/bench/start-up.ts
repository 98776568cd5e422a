/**
 * How long each built action takes from its start to its first input error, beside bare node; and how long a deployment
 * takes to its first call. Files of other actions may be named on the command line, to be measured in the same run.
 *
 *     npm run bench -- start-up [--ecs CHECKOUT] [FILE ...]
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import { specs } from '../../src/actions/specs.ts';
import { parseArgs } from 'node:util';
import { root } from '../../scripts/lib/paths.ts';
import { firstCall } from './first-call.ts';
import { printTimes } from './times.ts';

const RUNS = 10;

interface Subject {
  readonly name: string;
  readonly args: readonly string[];
}

export async function startUp(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { ecs: { type: 'string', default: process.env.ML_DEPLOY_BENCH_ECS ?? '' } },
    allowPositionals: true,
  });
  inputErrors(positionals);
  await firstCall(values.ecs);
}

function inputErrors(others: readonly string[]): void {
  const subjects: Subject[] = [
    { name: 'node -e 0', args: ['-e', '0'] },
    ...specs.map(({ name }) => ({ name, args: [join(root, 'dist', name, 'index.js')] })),
    ...others.map((file) => ({
      // With the checkout's name: most of them are dist/index.js.
      name: resolve(file).split(sep).slice(-3).join('/'),
      args: [resolve(file)],
    })),
  ];
  const cwd = mkdtempSync(join(tmpdir(), 'ml-deploy-bench-'));
  try {
    console.log(
      `Start to the first input error; median of ${RUNS}; node ${process.version}, ${process.platform} ${process.arch}`,
    );
    printTimes(measure(subjects, cwd), 'x node');
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

/** In turn, one run of each, so that a busy moment of the machine hits all alike; one warm-up round. */
function measure(subjects: readonly Subject[], cwd: string): Map<string, number[]> {
  const times = new Map(subjects.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round <= RUNS; round++) {
    for (const { name, args } of subjects) {
      const started = process.hrtime.bigint();
      spawnSync(process.execPath, [...args], { cwd, env: { PATH: process.env.PATH ?? '' }, stdio: 'ignore' });
      const milliseconds = Number(process.hrtime.bigint() - started) / 1e6;
      if (round > 0) times.get(name)?.push(milliseconds);
    }
  }
  return times;
}
