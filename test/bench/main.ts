/** `npm run bench -- <name> [arguments]`: speed, as ratios side by side. Nothing here passes or fails. */
import { killedUpload } from './killed-upload.ts';
import { packageBench } from './package.ts';
import { parity } from './parity.ts';
import { startUp } from './start-up.ts';

const BENCHES: Readonly<Record<string, (args: readonly string[]) => void | Promise<void>>> = {
  'killed-upload': killedUpload,
  package: packageBench,
  parity,
  'start-up': startUp,
};

const [name = '', ...args] = process.argv.slice(2);
const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
if (bench) {
  await bench(args);
} else {
  console.error(`npm run bench -- NAME, where NAME is one of: ${Object.keys(BENCHES).join(', ')}`);
  process.exitCode = 2;
}
