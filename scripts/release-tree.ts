/**
 * Lays out the tree that a release tag points to: `uses: org/ml-deploy/<action>@v1` looks for <action>/action.yml at
 * its root, and a runner downloads all of it for every job. So it holds what users need and nothing else.
 *
 *     npm run release:tree -- --out DIR
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { specs, workflowSpecs } from '../src/actions/specs.ts';
import { root } from './lib/paths.ts';

const ROOT_FILES = ['LICENSE', 'README.md', 'ml-deploy.schema.json'];
/** Those that users call. Byte for byte: a token may not push a workflow that differs from one on main. */
export const REUSABLE_WORKFLOWS = ['deploy.yml', 'verify.yml'].map((name) => `.github/workflows/${name}`);

export function layOut(out: string): void {
  if (existsSync(out) && readdirSync(out).length > 0) throw new Error(`${out} is not empty.`);
  mkdirSync(out, { recursive: true });
  for (const file of [...ROOT_FILES, ...REUSABLE_WORKFLOWS]) cpSync(join(root, file), join(out, file));
  cpSync(join(root, 'dist'), join(out, 'dist'), { recursive: true });
  // The README links to actions/<name>; in the release they stand at the root.
  rewrite(join(out, 'README.md'), (text) => text.replaceAll('](actions/', ']('));
  for (const { name } of [...specs, ...workflowSpecs]) {
    cpSync(join(root, 'actions', name), join(out, name), { recursive: true });
    rewrite(join(out, name, 'action.yml'), (text) => text.replaceAll('../../dist/', '../dist/'));
    rewrite(join(out, name, 'README.md'), (text) =>
      text
        .replaceAll('](../../', '](../')
        .replaceAll('](../docs', '](https://github.com/org/ml-deploy/blob/main/docs'),
    );
  }
}

function rewrite(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({ options: { out: { type: 'string' } } });
  if (values.out === undefined) {
    console.error('npm run release:tree -- --out DIR');
    process.exitCode = 2;
  } else {
    layOut(resolve(values.out));
    console.log(`Laid out the release in ${values.out}.`);
  }
}
