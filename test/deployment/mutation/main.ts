/**
 * `node test/deployment/mutation/main.ts [--only TEXT] [--every] [--sample N] [--threads N]`: how many mistakes in what is decided would the
 * exploration alone find? Each mutant of next, memory, versions and the decisions is explored; one that nothing finds
 * survives. With --every, survivors of the small scenarios are run through all pairs as well.
 */
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { root } from '../../../scripts/lib/paths.ts';
import { EQUIVALENT } from './equivalent.ts';
import { instrument, type Mutant } from './mutants.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    every: { type: 'boolean', default: false },
    /** Only every N-th mutant, for an estimate. */
    sample: { type: 'string', default: '1' },
    threads: { type: 'string', default: String(availableParallelism()) },
  },
});

const SOURCES = join('src', 'deployment');
const FILES = [
  'next.ts',
  'memory.ts',
  'versions.ts',
  'observed.ts',
  ...readdirSync(join(root, SOURCES, 'decide')).map((name) => join('decide', name)),
].filter((name) => name.includes(values.only));

/** Without an answer for so long, a mutant runs for ever. */
const PATIENCE_MS = 120_000;
/** Of the mutants that are no equivalents, so many must be found. */
const LEAST = 0.9;

interface Result {
  readonly mutant: number;
  readonly killed: string | null;
}

const { folder, mutants } = copyWithMutants();
try {
  const started = performance.now();
  const sample = Number(values.sample);
  const chosen = mutants.map((_, at) => at).filter((at) => at % sample === 0);
  const small = await runAll(chosen, false);
  const alive = small.filter(({ killed }) => killed === null).map(({ mutant }) => mutant);
  const large = values.every ? await runAll(alive, true) : [];
  const found = new Map([...small, ...large].map(({ mutant, killed }) => [mutant, killed]));
  report(found, (performance.now() - started) / 1000);
} finally {
  rmSync(folder, { recursive: true });
}

function copyWithMutants(): { readonly folder: string; readonly mutants: readonly Mutant[] } {
  const folder = mkdtempSync(join(tmpdir(), 'mutants-'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  for (const part of [SOURCES, join('test', 'deployment')]) {
    mkdirSync(join(folder, part), { recursive: true });
    cpSync(join(root, part), join(folder, part), { recursive: true });
  }
  const mutants: Mutant[] = [];
  for (const name of FILES) {
    const path = join(SOURCES, name);
    const made = instrument(name, readFileSync(join(root, path), 'utf8'), mutants.length);
    writeFileSync(join(folder, path), made.text);
    mutants.push(...made.mutants);
  }
  return { folder, mutants };
}

/** Splits them among a few processes. */
async function runAll(numbers: readonly number[], isLarge: boolean): Promise<readonly Result[]> {
  const queue = [...numbers];
  const results: Result[] = [];
  const work = async () => {
    for (let batch = queue.splice(0, 25); batch.length > 0; batch = queue.splice(0, 25))
      results.push(...(await runBatch(batch, isLarge)));
  };
  await Promise.all(Array.from({ length: Number(values.threads) }, work));
  return results;
}

/** A process that says nothing for too long is ended: what it was at counts as found, and the rest begins anew. */
async function runBatch(batch: readonly number[], isLarge: boolean): Promise<readonly Result[]> {
  const script = join(folder, 'test', 'deployment', 'mutation', 'run.ts');
  const limits = ['--max-old-space-size=2500'];
  const child = spawn(process.execPath, [...limits, script, isLarge ? '1' : '0', ...batch.map(String)], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const closed = new Promise((resolve) => child.once('close', resolve));
  const results: Result[] = [];
  let patience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  for await (const line of createInterface({ input: child.stdout })) {
    clearTimeout(patience);
    results.push(JSON.parse(line) as Result);
    process.stderr.write(line.includes(':null') ? 's' : '.');
    patience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  }
  await closed;
  clearTimeout(patience);
  const [over, ...rest] = batch.slice(results.length);
  if (over === undefined) return results;
  const ended = { mutant: over, killed: 'has no end, or no room' };
  return [...results, ended, ...(rest.length === 0 ? [] : await runBatch(rest, isLarge))];
}

function report(found: ReadonlyMap<number, string | null>, seconds: number): void {
  const survivors = mutants.filter((_, at) => found.get(at) === null);
  const tried = found.size;
  const reasonOf = ({ file, from, to }: Mutant) =>
    EQUIVALENT.find((known) => known.file === file && known.from === from && known.to === to)?.because;
  for (const mutant of survivors) {
    const { file, line, from, to } = mutant;
    const reason = reasonOf(mutant) ?? 'NOT EXPLAINED';
    process.stdout.write(
      `\n${file}:${line}  ${oneLine(from)}  ->  ${oneLine(to) || '(left out)'}\n    ${reason}\n`,
    );
  }
  const score = 1 - survivors.length / tried;
  const equal = survivors.filter((mutant) => reasonOf(mutant) !== undefined).length;
  const adjusted = 1 - (survivors.length - equal) / (tried - equal);
  process.stdout.write(
    `\n${tried} of ${mutants.length} mutants, ${survivors.length} survive, ${equal} of them for a reason: ` +
      `${(100 * score).toFixed(1)} %, without those ${(100 * adjusted).toFixed(1)} %; ${seconds.toFixed(0)} s\n`,
  );
  process.exitCode = adjusted >= LEAST && tried > 0 ? 0 : 1;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, 120);
}
