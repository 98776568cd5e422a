/**
 * `node test/deployment/conformance/main.ts [--on NAME] [--sequences N] [--from SEED]`: random sequences of steps on
 * the in-memory platform and on a fake, compared after each step. Prints a shortest sequence for each difference.
 */
import { parseArgs } from 'node:util';
import { PLATFORMS } from './platforms.ts';
import { conform } from './sequences.ts';

const { values } = parseArgs({
  options: {
    on: { type: 'string', default: '' },
    sequences: { type: 'string', default: '10000' },
    from: { type: 'string', default: '1' },
  },
});

for (const [name, { kinds, isShared, prepare }] of Object.entries(PLATFORMS).filter(([name]) =>
  name.includes(values.on),
)) {
  const started = performance.now();
  const open = await prepare();
  const { sequences, steps, differences, stale } = await conform(open, kinds, {
    from: Number(values.from),
    sequences: Number(values.sequences),
    ...(isShared === undefined ? {} : { isShared }),
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  for (const difference of differences) process.stdout.write(`${difference}\n\n`);
  const kept = [...stale].map(([kind, count]) => `${kind} ${count}`).toSorted();
  process.stdout.write(`Decided on what was not so any more: ${kept.join(', ') || 'nothing'}\n`);
  process.stdout.write(
    `${name}: ${sequences} sequences, ${steps} steps, ${differences.length} differences, ${seconds} s\n`,
  );
  if (differences.length > 0) process.exitCode = 1;
}
