/**
 * Builds dist: one bundle with a lazily loaded chunk for each action (dist/core), and a stub of a few lines for each
 * action (dist/<name>/index.js). `node scripts/build.ts [folder]` builds into another folder, for the check.
 */
import { execFileSync } from 'node:child_process';
import { appendFileSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { specs } from '../src/actions/specs.ts';
import { WASM_FILES } from '../src/adapters/onnx/pinned.ts';
import { camelCase } from '../src/core/spec/action-spec.ts';
import { root } from './lib/paths.ts';

const HEADER = '// Made by `npm run build`; do not edit.\n';

export function build(dist: string): void {
  const js = join(root, 'build', 'js');
  rmSync(js, { recursive: true, force: true });
  rmSync(dist, { recursive: true, force: true });
  // TypeScript first: ncc cannot use the TypeScript of today as a loader.
  run('tsc', ['--project', 'tsconfig.build.json']);
  // Without it ncc takes the files for CommonJS and writes a bundle that cannot start.
  writeFileSync(join(js, 'package.json'), '{"type":"module"}\n');
  run('ncc', [
    'build',
    join(js, 'src/bundle.js'),
    '-o',
    join(dist, 'core'),
    '--license',
    'licenses.txt',
    '--quiet',
  ]);
  copyWasm(join(dist, 'core'));
  writeStubs(dist);
}

function run(program: string, args: readonly string[]): void {
  execFileSync(join(root, 'node_modules/.bin', program), [...args], { cwd: root, stdio: 'inherit' });
}

/** ONNX Runtime for WASM is loaded as it was published: ncc would rename and rewrite its files. */
function copyWasm(core: string): void {
  appendFileSync(
    join(core, 'licenses.txt'),
    `\n${readFileSync(join(root, 'scripts/notices/onnxruntime.txt'), 'utf8')}`,
  );
  for (const file of Object.values(WASM_FILES)) {
    copyFileSync(join(root, 'node_modules/onnxruntime-web/dist', file), join(core, file));
  }
}

function writeStubs(dist: string): void {
  writeFileSync(join(dist, 'package.json'), '{ "type": "module" }\n');
  for (const spec of specs) {
    writeStub(dist, spec.name, 'index.js', camelCase(spec.name));
    if (spec.post) writeStub(dist, spec.name, 'post.js', `${camelCase(spec.name)}Post`);
  }
  writeStub(dist, 'local-server', 'index.js', 'localServer');
}

function writeStub(dist: string, folder: string, file: string, entry: string): void {
  mkdirSync(join(dist, folder), { recursive: true });
  const body = `import { ${entry} } from '../core/index.js';\n\nawait ${entry}();\n`;
  writeFileSync(join(dist, folder, file), HEADER + body);
}

if (process.argv[1] === import.meta.filename) {
  const dist = resolve(process.argv[2] ?? join(root, 'dist'));
  build(dist);
  const size = readFileSync(join(dist, 'core/index.js')).length;
  console.log(`Built ${dist}: the entry has ${Math.round(size / 1024)} kB.`);
}
