/** `node test/deployment/main.ts [TEXT]`: explores, and prints a shortest way to whatever is wrong. */
import { explore } from './explore.ts';
import { ODD } from './odd.ts';
import { ALONE, PAIRS, ROLLOUTS, TORN } from './scenarios.ts';

const [text = ''] = process.argv.slice(2);
let wrong = 0;
let total = 0;
for (const scenario of [...ALONE, ...ODD, ...PAIRS, ...TORN, ...ROLLOUTS].filter(({ name }) =>
  name.includes(text),
)) {
  const started = performance.now();
  const { states, edges, ends, violations } = explore(scenario);
  total += states;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const ways = [...ends].map(([end, count]) => `${end} ${count}`).join(', ');
  process.stdout.write(`${scenario.name}: ${states} states, ${edges} edges, ${seconds} s (${ways})\n`);
  for (const [what, { count, path }] of violations) {
    wrong++;
    process.stdout.write(`    ${count} x ${what}\n        ${path.join(' > ')}\n`);
  }
}
process.stdout.write(`${total} states, ${wrong} kinds of violation\n`);
process.exitCode = wrong === 0 && total > 0 ? 0 : 1;
