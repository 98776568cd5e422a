/**
 * The fault matrix: `node test/faults/main.ts [--flow TEXT] [--fault NAME]`.
 * Prints one line for each flow and fault, whatever went wrong, and the count; fails where anything did.
 */
import { parseArgs } from 'node:util';
import { FAULTS } from './faults.ts';
import { baseline, casesOf, tryCase, type Case, type Verdict } from './matrix.ts';
import { FLOWS } from './scene.ts';

const { values } = parseArgs({ options: { flow: { type: 'string' }, fault: { type: 'string' } } });
const AT_ONCE = 4;

const verdicts: Verdict[] = [];
for (const flow of FLOWS.filter(({ name }) => name.includes(values.flow ?? ''))) {
  const { places, end } = await baseline(flow);
  const cases = casesOf(flow, places).filter(({ fault }) => fault.includes(values.fault ?? ''));
  const own: Verdict[] = [];
  const queue = [...cases];
  const work = async () => {
    for (let one = queue.shift(); one !== undefined; one = queue.shift()) own.push(await tried(one, end));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  verdicts.push(...own);
  const cells = FAULTS.map((fault) => {
    const of = own.filter((verdict) => verdict.fault === fault);
    return `${fault} ${of.filter(({ wrong }) => wrong.length === 0).length}/${of.length}`;
  });
  process.stdout.write(`${flow.name} (${places.length} calls): ${cells.join(', ')}\n`);
}
for (const { flow, place, fault, first, wrong } of verdicts.filter(({ wrong: w }) => w.length > 0)) {
  process.stdout.write(
    `  ✗ ${flow.name}: ${fault} at ${place.name} ${place.nth}: ${first}; ${wrong.join('; ')}\n`,
  );
}
const good = verdicts.filter(({ wrong }) => wrong.length === 0).length;
process.stdout.write(`${good} of ${verdicts.length} converge (${percent(good, verdicts.length)} %)\n`);
process.exitCode = good === verdicts.length && good > 0 ? 0 : 1;

/** A case that breaks the matrix itself is a failed case. */
async function tried(one: Case, end: readonly string[]): Promise<Verdict> {
  return tryCase(one, end).catch((error: unknown) => ({ ...one, first: '', wrong: [String(error)] }));
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '0' : ((100 * part) / whole).toFixed(part === whole ? 0 : 2);
}
