/**
 * The conformance layer, `npm run test:conformance [-- --install | --only FOLDERS | --but FOLDERS]`: tests against other
 * people's servers. Says in words what it runs and what it skips; with CI=true it first installs the beds that it can
 * install. With --install it does only that; with --only or --but, folders of test/conformance with commas between them,
 * it installs nothing, so that two such runs can stand side by side.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './lib/paths.ts';

const { values } = parseArgs({
  options: {
    install: { type: 'boolean', default: false },
    only: { type: 'string' },
    but: { type: 'string' },
  },
});

const run = (program: string, args: readonly string[]) =>
  spawnSync(program, [...args], { cwd: root, stdio: 'inherit' }).status ?? 1;

function installBeds(): void {
  console.log('Installing what the conformance layer needs (see test/conformance/beds/install.sh) ...');
  if (run('bash', [join(root, 'test/conformance/beds/install.sh')]) !== 0)
    console.log('Not everything could be installed; what is missing is skipped below, in words.');
}

function foldersOf(list: string): string[] {
  const folders = list.split(',').map((name) => `test/conformance/${name}/`);
  const missing = folders.filter((folder) => !existsSync(join(root, folder)));
  if (missing.length > 0) throw new Error(`There is no folder ${missing.join(', ')}.`);
  return folders;
}

function runTests(): number {
  const only = values.only === undefined ? [] : foldersOf(values.only);
  const but = values.but === undefined ? [] : foldersOf(values.but);
  return run(join(root, 'node_modules/.bin/vitest'), [
    'run',
    '--config',
    'vitest.conformance.config.ts',
    ...but.flatMap((folder) => ['--exclude', `${folder}**`]),
    ...only,
  ]);
}

const isWhole = values.only === undefined && values.but === undefined;
if (values.install || (isWhole && process.env.CI === 'true')) installBeds();
if (!values.install) process.exitCode = runTests();
