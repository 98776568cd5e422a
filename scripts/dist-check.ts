/**
 * Fails where dist is not what a fresh build of the sources gives: stale, missing or additional files.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from './build.ts';
import { root } from './lib/paths.ts';

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

const fresh = mkdtempSync(join(root, 'build-check-'));
try {
  await build(fresh);
  const expected = hashes(fresh);
  const committed = hashes(join(root, 'dist'));
  const wrong = [
    ...[...expected]
      .filter(([path, hash]) => committed.get(path) !== hash)
      .map(([path]) => `stale or missing: ${path}`),
    ...[...committed.keys()]
      .filter((path) => !expected.has(path))
      .map((path) => `not made by the build: ${path}`),
  ];
  for (const line of wrong) console.error(`dist: ${line}`);
  if (wrong.length > 0) console.error('Run: npm run build, and commit dist.');
  else console.log(`dist is what the sources give: ${expected.size} files.`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
} finally {
  rmSync(fresh, { recursive: true, force: true });
}
