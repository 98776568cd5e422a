/**
 * `node test/deployment/main.ts [TEXT] [--alone] [--every N] [--write]`: explores, and prints a shortest way to whatever is
 * wrong. With --alone, one command at a time; with --every, each N-th pair of commands, by ML_DEPLOY_TEST_SEED. With --write, what is decided now is what is kept in decisions.json: the difference is to be read before it is committed.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { differences, FILE, linesOf } from './decisions.ts';
import { explore } from './explore.ts';
import { ODD } from './odd.ts';
import { isTried } from '../share.ts';
import { ALONE, PAIRS, ROLLOUTS, SMALL, TORN, TORN_ROLLOUTS } from './scenarios.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    alone: { type: 'boolean', default: false },
    every: { type: 'string', default: '1' },
    write: { type: 'boolean', default: false },
  },
});
const [text = ''] = positionals;
let wrong = 0;
let total = 0;
const kept: Record<string, readonly string[]> = {};
const all = values.write
  ? [...[...ALONE, ...ODD, ...ROLLOUTS, ...TORN_ROLLOUTS].filter(({ goals }) => goals.length === 1), ...SMALL]
  : [...ALONE, ...ODD, ...PAIRS, ...TORN, ...ROLLOUTS, ...TORN_ROLLOUTS]
      .filter(({ name }) => name.includes(text))
      .filter(({ goals }) => !values.alone || goals.length === 1)
      .filter(({ goals }, index) => goals.length === 1 || isTried(index, Number(values.every)));
for (const scenario of all) {
  const started = performance.now();
  const explored = explore(scenario);
  const { states, edges, ends, violations } = explored;
  total += states;
  kept[scenario.name] = linesOf(scenario, explored);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const ways = [...ends].map(([end, count]) => `${end} ${count}`).join(', ');
  process.stdout.write(`${scenario.name}: ${states} states, ${edges} edges, ${seconds} s (${ways})\n`);
  for (const [what, { count, path }] of violations) {
    wrong++;
    process.stdout.write(`    ${count} x ${what}\n        ${path.join(' > ')}\n`);
  }
  if (values.write) continue;
  for (const line of differences(scenario, explored)) {
    wrong++;
    process.stdout.write(`    it decides otherwise: ${line}\n`);
  }
}
if (values.write) writeFileSync(FILE, `${JSON.stringify(kept, null, 2)}\n`);
process.stdout.write(`${total} states, ${wrong} kinds of violation\n`);
process.exitCode = wrong === 0 && total > 0 ? 0 : 1;
