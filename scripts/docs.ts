/** Writes everything that is generated from the specs: action.yml, README tables, the schema. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedFiles } from './lib/metadata.ts';
import { root } from './lib/paths.ts';

for (const { path, content } of generatedFiles()) {
  writeFileSync(join(root, path), content);
  console.log(`wrote ${path}`);
}
