/** `node test/deployment/main-lines.ts [--scenes N] [--from SEED]`: plans on SageMaker's fake, held against what is done. */
import { parseArgs } from 'node:util';
import { carryOut, sceneOf } from './plan-lines.ts';

const { values } = parseArgs({
  options: { scenes: { type: 'string', default: '200' }, from: { type: 'string', default: '1' } },
});
const started = performance.now();
const from = Number(values.from);
const outcomes = new Map<string, number>();
let bad = 0;
let calls = 0;
for (let seed = from; seed < from + Number(values.scenes); seed++) {
  const scene = sceneOf(seed);
  const report = await carryOut(scene);
  const key = report.outcomes.join(', ');
  outcomes.set(key, (outcomes.get(key) ?? 0) + 1);
  for (const one of report.done.flat())
    if (typeof one === 'object' && 'step' in one) calls += one.calls.length;
  if (report.wrong.length === 0) continue;
  bad++;
  process.stdout.write(`Scene ${seed}: ${JSON.stringify(scene)}\n`);
  for (const what of report.wrong) process.stdout.write(`    ${what}\n`);
}
for (const [key, count] of outcomes) process.stdout.write(`${key}: ${count}\n`);
const seconds = ((performance.now() - started) / 1000).toFixed(0);
process.stdout.write(
  `${values.scenes} scenes, ${calls} calls that change something, ${bad} scenes that do not hold, ${seconds} s\n`,
);
process.exitCode = bad === 0 && calls > 0 ? 0 : 1;
