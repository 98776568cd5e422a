/**
 * Fails if dist is not what a fresh build of the sources gives: stale, missing or additional files.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from './build.ts';
import { root } from './lib/paths.ts';

/** What is wrong with a folder that should hold the same files as a fresh one, a line for each file. */
export function differences(fresh: string, committed: string): string[] {
  const expected = hashes(fresh);
  const found = hashes(committed);
  return [
    ...[...expected]
      .filter(([path, hash]) => found.get(path) !== hash)
      .map(([path]) => `${found.has(path) ? 'stale' : 'missing'}: ${path}`),
    ...[...found.keys()]
      .filter((path) => !expected.has(path))
      .map((path) => `not made by the build: ${path}`),
  ].sort();
}

function hashes(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [relative(folder, path), createHash('sha256').update(readFileSync(path)).digest('hex')];
    }),
  );
}

async function main(): Promise<void> {
  const fresh = mkdtempSync(join(root, 'build-check-'));
  try {
    await build(fresh);
    const wrong = differences(fresh, join(root, 'dist'));
    for (const line of wrong) console.error(`dist: ${line}`);
    if (wrong.length === 0) {
      console.log('dist is what the sources give.');
      return;
    }
    const advice = `dist is not what the sources give (${wrong.length} files). Run: npm run build, and commit dist.`;
    // On GitHub, beside the change itself.
    console.error(process.env.GITHUB_ACTIONS === 'true' ? `::error title=dist::${advice}` : advice);
    process.exitCode = 1;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) await main();
