/** Writes the pictures of a request, a summary and a Slack message: `npm run pictures`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../lib/paths.ts';
import { picturesOf } from './pictures.ts';
import { release } from './release.ts';

for (const { path, svg } of picturesOf(await release())) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), svg);
  console.log(`wrote ${path}, ${Math.ceil(svg.length / 1024)} kB`);
}
