/** Fails if a generated file differs from what `npm run docs` would write. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedFiles } from './lib/metadata.ts';
import { root } from './lib/paths.ts';

const stale = generatedFiles().filter(({ path, content }) => {
  const full = join(root, path);
  return !existsSync(full) || readFileSync(full, 'utf8') !== content;
});
for (const { path } of stale) console.error(`${path} differs from the specs; run: npm run docs`);
if (stale.length === 0) console.log('Everything generated is as the specs say.');
process.exitCode = stale.length === 0 ? 0 : 1;
