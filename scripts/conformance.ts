/**
 * The conformance layer: tests against other people's servers. Says in words what it runs and what it skips; with
 * CI=true it first installs the beds that it can install.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './lib/paths.ts';

const run = (program: string, args: readonly string[], env: Record<string, string> = {}) =>
  spawnSync(program, [...args], { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } }).status ?? 1;

if (process.env.CI === 'true') {
  console.log('Installing what the conformance layer needs (see test/conformance/beds/install.sh) ...');
  const status = run('bash', [join(root, 'test/conformance/beds/install.sh')]);
  if (status !== 0)
    console.log('Not everything could be installed; what is missing is skipped below, in words.');
}
process.exitCode = run(join(root, 'node_modules/.bin/vitest'), [
  'run',
  '--config',
  'vitest.conformance.config.ts',
]);
