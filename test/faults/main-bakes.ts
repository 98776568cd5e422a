/**
 * An alarm at each second of the last bake, for each strategy: `node test/faults/main-bakes.ts`. One line for each
 * strategy with its time line, whatever went wrong, and the count; fails where anything did.
 */
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { alarmAt, BAKE_SECONDS, sceneOf, secondsBefore, STRATEGIES, timeLine } from './bakes.ts';

interface Found {
  readonly lines: readonly string[];
  readonly good: number;
}

if (isMainThread) {
  const found = await Promise.all(STRATEGIES.map((_, at) => inThread(at)));
  for (const { lines } of found) process.stdout.write(`${lines.join('\n')}\n`);
  const [good, all] = [found.reduce((sum, one) => sum + one.good, 0), STRATEGIES.length * BAKE_SECONDS];
  process.stdout.write(`${good} of ${all} alarms in the last bake roll back\n`);
  process.exitCode = good === all ? 0 : 1;
} else {
  parentPort?.postMessage(await everySecond(workerData as number));
}

function inThread(at: number): Promise<Found> {
  const worker = new Worker(new URL(import.meta.url), { workerData: at });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

async function everySecond(at: number): Promise<Found> {
  const [of] = STRATEGIES.slice(at, at + 1);
  if (of === undefined) throw new Error(`There is no strategy ${at}.`);
  const scene = await sceneOf(of);
  const line = await timeLine(scene);
  const lines = [`${of.type}: ${line.map(({ is, seconds }) => `${seconds} s ${is}`).join('; ')}`];
  let good = 0;
  for (let second = 0; second < BAKE_SECONDS; second++) {
    const wrong = await alarmAt(scene, secondsBefore(line), second);
    if (wrong.length === 0) good += 1;
    else lines.push(`  ✗ ${of.type}, alarm at second ${second}: ${wrong.join('; ')}`);
  }
  return { lines, good };
}
