/**
 * Builds dist: one bundle with a lazily loaded chunk for each action (dist/core), and a stub of a few lines for each
 * action (dist/<name>/index.js). `node scripts/build.ts [folder]` builds into another folder, for the check.
 */
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { specs, workflowSpecs } from '../src/actions/specs.ts';
import { CHART_FILE, CHART_PATH } from '../src/adapters/charts/chart-library.ts';
import { WASM_FILES } from '../src/adapters/onnx/pinned.ts';
import { camelCase } from '../src/core/spec/action-spec.ts';
import { lazyIdToken } from './lib/lazy-id-token.ts';
import { minifyFolder } from './lib/minify.ts';
import { root } from './lib/paths.ts';
import { TRIMMED, trimClient } from './lib/trim-client.ts';
import { wrapModules } from './lib/wrap-modules.ts';

const HEADER = '// Made by `npm run build`; do not edit.\n';

/** The runtime that action.yml names (`using: node24`), and the only one that the tests run on. */
const OLDEST_NODE = 24;

export async function build(dist: string): Promise<void> {
  const js = join(root, 'build', 'js');
  rmSync(js, { recursive: true, force: true });
  rmSync(dist, { recursive: true, force: true });
  // TypeScript first: ncc cannot use the TypeScript of today as a loader.
  run('tsc', ['--project', 'tsconfig.build.json']);
  rewriteDynamicImports(js);
  const licences: string[] = [];
  for (const client of TRIMMED)
    licences.push(`\n@aws-sdk/client-${client}\nApache-2.0\n${await trimClient(js, client)}`);
  lazyIdToken(js);
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
  refuseMissingModules(join(dist, 'core'));
  await minifyFolder(join(dist, 'core'));
  wrapModules(join(dist, 'core'));
  appendFileSync(join(dist, 'core', 'licenses.txt'), licences.join(''));
  copyWasm(join(dist, 'core'));
  copyCharts(join(dist, 'core'));
  writeStubs(dist);
}

function run(program: string, args: readonly string[]): void {
  execFileSync(join(root, 'node_modules/.bin', program), [...args], { cwd: root, stdio: 'inherit' });
}

/**
 * TypeScript 6.0 leaves `await import('./x.ts')` inside the functions of an object literal as it is, although
 * rewriteRelativeImportExtensions is on; ncc would turn it into a module that cannot be found.
 */
function rewriteDynamicImports(js: string): void {
  for (const file of readdirSync(js, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.js')) continue;
    const path = join(js, file);
    const source = readFileSync(path, 'utf8');
    writeFileSync(path, source.replace(/\bimport\((['"])(\.[^'"]+)\.ts\1\)/g, 'import($1$2.js$1)'));
  }
}

/** ncc exits with 0 although it did not find a module; what it writes then fails only when a user runs it. */
function refuseMissingModules(core: string): void {
  for (const file of readdirSync(core).filter((name) => name.endsWith('.js'))) {
    const missing = /eval\("require"\)\("(\.[^"]*)"\)/.exec(readFileSync(join(core, file), 'utf8'))?.[1];
    if (missing !== undefined)
      throw new Error(`ncc did not find the module ${missing} (see dist/core/${file}).`);
  }
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

/** Chart.js becomes part of the HTML report as it was published; nothing imports it. */
function copyCharts(core: string): void {
  const modules = join(root, 'node_modules');
  appendFileSync(
    join(core, 'licenses.txt'),
    `\nchart.js\nMIT\n${readFileSync(join(modules, 'chart.js', 'LICENSE.md'), 'utf8')}`,
  );
  copyFileSync(join(modules, CHART_PATH), join(core, CHART_FILE));
}

function writeStubs(dist: string): void {
  writeFileSync(join(dist, 'package.json'), '{ "type": "module" }\n');
  for (const spec of [...specs, ...workflowSpecs]) {
    writeStub(dist, spec.name, 'index.js', camelCase(spec.name));
    if (spec.post) writeStub(dist, spec.name, 'post.js', `${camelCase(spec.name)}Post`);
  }
  writeStub(dist, 'local-server', 'index.js', 'localServer');
  writeStub(dist, 'model-process', 'index.js', 'modelProcess');
}

/** Nothing of the bundle is read before the version is known: an older Node may not even parse it. */
function writeStub(dist: string, folder: string, file: string, entry: string): void {
  mkdirSync(join(dist, folder), { recursive: true });
  const body = `if (Number(process.versions.node.split('.')[0]) < ${OLDEST_NODE}) {
  console.log(
    \`::error::ml-deploy needs Node ${OLDEST_NODE} or newer; this is Node \${process.versions.node}. \` +
      "GitHub's runner brings it from version 2.327.1 on: update the runner, or start the action with a newer Node.",
  );
  process.exit(1);
}
const { ${entry} } = await import('../core/index.js');

await ${entry}();
`;
  writeFileSync(join(dist, folder, file), HEADER + body);
}

if (process.argv[1] === import.meta.filename) {
  const dist = resolve(process.argv[2] ?? join(root, 'dist'));
  await build(dist);
  const size = readFileSync(join(dist, 'core/index.js')).length;
  console.log(`Built ${dist}: the entry has ${Math.round(size / 1024)} kB.`);
}
