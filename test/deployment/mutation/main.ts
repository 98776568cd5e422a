/**
 * `node test/deployment/mutation/main.ts [--only TEXT] [--alone] [--pairs] [--every] [--sample N] [--threads N] [--log FILE [--again LOG]]`: how many mistakes in what is decided would the
 * exploration alone find? Each mutant of next, memory, versions and the decisions is asked about thousands of looks that
 * are drawn; where it answers otherwise, the answer is held against the promises. With --alone, survivors are asked what the
 * exploration of single commands asks, and are explored where they answer otherwise; with --pairs and --every, that of
 * commands side by side as well. One that nothing finds survives; that it decides otherwise than what is kept counts for
 * nothing.
 */
import { spawn } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
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
    alone: { type: 'boolean', default: false },
    pairs: { type: 'boolean', default: false },
    every: { type: 'boolean', default: false },
    /** Only every N-th mutant, for an estimate. */
    sample: { type: 'string', default: '1' },
    /** Where each result is written as soon as it is there. */
    log: { type: 'string', default: '' },
    /** The log of an earlier run: only what survived there. */
    again: { type: 'string', default: '' },
    threads: { type: 'string', default: String(availableParallelism()) },
  },
});

const SOURCES = join('src', 'deployment');
const FILES = [
  'next.ts',
  'memory.ts',
  'versions.ts',
  'observed.ts',
  ...readdirSync(join(root, SOURCES, 'decide')).map((name) => `decide/${name}`),
].filter((name) => name.includes(values.only));

/** Without an answer for so long, a mutant runs for ever. */
const PATIENCE_MS = 240_000;
/** Of the mutants that are no equivalents, so many must be found. */
const LEAST = 0.9;

interface Result {
  readonly mutant: number;
  readonly killed: string | null;
  /** In how many scenarios it decides in another way. */
  readonly differs: number;
  /** Of one that survives: a decision that is not what is kept. */
  readonly other?: string | null;
}

const survivors = values.again === '' ? null : survivorsIn(values.again);
const { folder, mutants } = copyWithMutants();
try {
  const started = performance.now();
  const sample = Number(values.sample);
  const chosen = mutants.map((_, at) => at).filter((at) => at % sample === 0 && isAskedFor(at));
  const found = new Map<number, Result>();
  const alive = () => chosen.filter((mutant) => (found.get(mutant)?.killed ?? null) === null);
  const levels: Level[] = ['drawn'];
  if (values.alone || values.pairs || values.every) levels.push('alone');
  if (values.pairs || values.every) levels.push('few');
  if (values.every) levels.push('all');
  for (const level of levels)
    for (const result of await runAll(alive(), level)) found.set(result.mutant, result);
  report(found, (performance.now() - started) / 1000);
} finally {
  rmSync(folder, { recursive: true });
}

function isAskedFor(mutant: number): boolean {
  return survivors === null || survivors.has(mutant);
}

function survivorsIn(log: string): ReadonlySet<number> {
  const lines = readFileSync(log, 'utf8').trim().split('\n');
  const results = lines.map((line) => JSON.parse(line) as Result);
  return new Set(results.filter(({ killed }) => killed === null).map(({ mutant }) => mutant));
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

type Level = 'drawn' | 'alone' | 'few' | 'all';

/** Splits them among a few processes. */
async function runAll(numbers: readonly number[], level: Level): Promise<readonly Result[]> {
  const threads = Number(values.threads);
  const shares = Array.from({ length: threads }, (_, own) => numbers.filter((_, at) => at % threads === own));
  return (await Promise.all(shares.map((share) => runBatch(share, level)))).flat();
}

/** A process that says nothing for too long is ended: what it was at counts as found, and the rest begins anew. */
async function runBatch(batch: readonly number[], level: Level): Promise<readonly Result[]> {
  if (batch.length === 0) return [];
  const script = join(folder, 'test', 'deployment', 'mutation', 'run.ts');
  const list = join(folder, `${level}-${batch[0]}.json`);
  const given = batch.map((mutant) => ({ mutant, isStatic: mutants[mutant]?.isStatic === true }));
  writeFileSync(list, JSON.stringify(given));
  const prelude = encodeURIComponent('globalThis.isAlive = () => false');
  const limits = ['--max-old-space-size=2500', '--import', `data:text/javascript,${prelude}`];
  const child = spawn(process.execPath, [...limits, script, level, list], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  const results: Result[] = [];
  // What is asked of the product is found out first.
  let patience = setTimeout(() => child.kill('SIGKILL'), 10 * PATIENCE_MS);
  for await (const line of createInterface({ input: child.stdout })) {
    clearTimeout(patience);
    results.push(JSON.parse(line) as Result);
    if (values.log !== '') appendFileSync(values.log, `${line}\n`);
    patience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  }
  const code = await closed;
  clearTimeout(patience);
  if (code === 1 && results.length === 0) throw new Error('The scenarios could not be explored.');
  const [over, ...rest] = batch.slice(results.length);
  if (over === undefined) return results;
  const ended = { mutant: over, killed: 'has no end, or no room', differs: 1 };
  return [...results, ended, ...(await runBatch(rest, level))];
}

function report(found: ReadonlyMap<number, Result>, seconds: number): void {
  const alive = mutants.filter((_, at) => found.get(at)?.killed === null);
  const tried = found.size;
  for (const mutant of alive) {
    const { file, line, within, from, to } = mutant;
    const { differs = 0, other = null } = found.get(mutants.indexOf(mutant)) ?? {};
    const said = other === null ? '' : `, as in ${other}`;
    const reason = reasonOf(mutant) ?? `NOT EXPLAINED; decides otherwise in ${differs} scenarios${said}`;
    process.stdout.write(
      `\n${file}:${line} ${within}  ${oneLine(from)}  ->  ${oneLine(to) || '(left out)'}\n    ${reason}\n`,
    );
  }
  const kept = [...found.values()].filter(({ other = null }) => other !== null).length;
  const score = 1 - alive.length / tried;
  const equal = alive.filter((mutant) => reasonOf(mutant) !== undefined).length;
  const adjusted = 1 - (alive.length - equal) / (tried - equal);
  process.stdout.write(
    `\n${tried} of ${mutants.length} mutants, ${alive.length} survive, ${equal} of them for a reason: ` +
      `${(100 * score).toFixed(1)} %, without those ${(100 * adjusted).toFixed(1)} %; ` +
      `${kept} of the survivors decide otherwise than what is kept; ${seconds.toFixed(0)} s\n`,
  );
  process.exitCode = adjusted >= LEAST && tried > 0 ? 0 : 1;
}

function reasonOf({ file, within, from, to }: Mutant): string | undefined {
  return EQUIVALENT.find(
    (known) => known.file === file && known.within === within && known.from === from && known.to === to,
  )?.because;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, 120);
}
