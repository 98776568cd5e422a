/**
 * How long each built action takes from its start to its first input error, beside bare node. Files of other actions
 * may be named on the command line, to be measured in the same run.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { specs } from '../../src/actions/specs.ts';
import { root } from '../../scripts/lib/paths.ts';

const RUNS = 10;

interface Subject {
  readonly name: string;
  readonly args: readonly string[];
}

export function startUp(others: readonly string[]): void {
  const subjects: Subject[] = [
    { name: 'node -e 0', args: ['-e', '0'] },
    ...specs.map(({ name }) => ({ name, args: [join(root, 'dist', name, 'index.js')] })),
    ...others.map((file) => ({
      name: `${basename(dirname(resolve(file)))}/${basename(file)}`,
      args: [resolve(file)],
    })),
  ];
  const cwd = mkdtempSync(join(tmpdir(), 'ml-deploy-bench-'));
  try {
    print(measure(subjects, cwd));
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

function print(times: ReadonlyMap<string, readonly number[]>): void {
  const base = median(times.values().next().value ?? []);
  console.log(
    `Start to the first input error; median of ${RUNS}; node ${process.version}, ${process.platform} ${process.arch}`,
  );
  console.log(
    `${'action'.padEnd(34)}${'ms'.padStart(8)}${'min'.padStart(8)}${'max'.padStart(8)}${'x node'.padStart(9)}`,
  );
  for (const [name, all] of times) {
    const columns = [median(all), Math.min(...all), Math.max(...all)].map((ms) => ms.toFixed(0).padStart(8));
    console.log(`${name.padEnd(34)}${columns.join('')}${(median(all) / base).toFixed(2).padStart(9)}`);
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle) - 1] ?? 0)) / 2;
}
