/**
 * The fault matrix: `node test/faults/main.ts [--flow TEXT] [--fault TEXT] [--every N] [--threads N] [--real]`.
 * Prints one line for each flow, whatever went wrong, and the count; fails where anything did, and where a fault was
 * never met. With --real, processes of the built action (dist, or ML_DEPLOY_TEST_DIST) are killed.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { printReal } from './main-real.ts';
import { printMatrix } from './main-matrix.ts';

const { values } = parseArgs({
  options: {
    flow: { type: 'string', default: '' },
    fault: { type: 'string', default: '' },
    /** Only every N-th case, for a quick look. */
    every: { type: 'string', default: '1' },
    /** As many as there are cores. */
    threads: { type: 'string', default: String(availableParallelism()) },
    real: { type: 'boolean', default: false },
  },
});
const { flow, fault, real } = values;
const every = Number(values.every);
const workers = Number(values.threads);
const { good, all } = real
  ? await printReal(flow, every, workers)
  : await printMatrix({ flow, fault, every, workers });
const percent = all === 0 ? '0' : ((100 * good) / all).toFixed(good === all ? 0 : 2);
process.stdout.write(`${good} of ${all} converge (${percent} %)\n`);
process.exitCode = good === all && good > 0 ? 0 : 1;
