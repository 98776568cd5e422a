/** One share of the matrix in a thread of its own. */
import { parentPort, workerData } from 'node:worker_threads';
import { tryShare, type Share } from './share.ts';

// The SDK makes errors by the thousand, and nobody reads their stacks.
Error.stackTraceLimit = 0;
await tryShare(workerData as Share, (flow) => parentPort?.postMessage(flow));
