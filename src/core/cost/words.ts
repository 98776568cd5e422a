/** What a plan costs, as people read it: plain text, and a table. Pure. */
import type { CostLine, CostPrices, CostRange, PlanCost } from '../../documents/plan-cost.ts';
import { clip } from '../clip.ts';
import { counted } from '../counted.ts';
import { escapeMarkdown, table } from '../markdown.ts';
import { hourlyOf, MONTH_HOURS, times, totalsOf } from './totals.ts';

/** Of a machine's name, a note or a reason; a plan may come from elsewhere. */
const LONGEST = 300;
const MOST_LINES = 20;

export type CostRow = readonly [name: string, value: string];

/** For a table: what is billed now, afterwards and meanwhile, and what is not in the figures. */
export function costRows(cost: PlanCost): CostRow[] {
  const { prices } = cost;
  const lines = cost.lines.slice(0, MOST_LINES);
  const { now, after, difference } = totalsOf(cost);
  const of = (phase: CostLine['phase']) => lines.filter((line) => line.phase === phase);
  const monthly = (total: CostRange | null, phase: CostLine['phase']) =>
    [total === null ? null : money(total, prices), machines(of(phase))].filter((part) => part !== null);
  return [
    ['Each month now', said(monthly(now, 'now'))],
    ['Each month afterwards', said(monthly(after, 'after'))],
    ['Difference', difference === null ? NOT_CHECKED : change(difference, prices)],
    ...of('release').map((line): CostRow => ['While the release runs', beside(line, prices)]),
    ...reasons(cost).map((why): CostRow => ['Not checked', why]),
    ...cost.notes.slice(0, MOST_LINES).map((note): CostRow => ['Note', clip(note, LONGEST)]),
    ...(prices === undefined || Object.keys(prices.hourly).length === 0
      ? []
      : [['Prices', sourceOf(prices)] as const]),
  ];
}

/** The rows as Markdown. */
export function costTable(cost: PlanCost): string {
  return table(
    ['', ''],
    costRows(cost).map(([name, value]) => [name, escapeMarkdown(value)]),
  );
}

const NOT_CHECKED = 'not checked';

/** One line, for an output and a message. */
export function costSentence(cost: PlanCost): string {
  const { prices } = cost;
  const { now, after, difference } = totalsOf(cost);
  if (cost.lines.length === 0) return 'nothing by the hour';
  if (now === null || after === null || difference === null)
    return clip(`not checked: ${reasons(cost)[0] ?? 'nobody asked for the prices.'}`, LONGEST);
  const is = isNothing(difference) ? 'no change' : `${change(difference, prices)} a month`;
  const amounts = isNothing(difference)
    ? `${money(after, prices)} a month`
    : `${money(now, prices)} now, ${money(after, prices)} afterwards`;
  return `${is} (${amounts}; list prices)`;
}

/** Why prices are missing, each reason once, with what it is about; whatever order a store gives the names. */
function reasons({ prices }: PlanCost): string[] {
  const about = new Map<string, string[]>();
  const unknown = Object.entries(prices?.unknown ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
  for (const [sku, why] of unknown) about.set(why, [...(about.get(why) ?? []), sku]);
  return [...about]
    .slice(0, MOST_LINES)
    .map(([why, skus]) => clip(`the price of ${skus.join(', ')}. ${why}`, LONGEST));
}

function said(parts: readonly string[]): string {
  const [first = '', second] = parts;
  return second === undefined ? first : `${first} (${second})`;
}

function machines(lines: readonly CostLine[]): string {
  if (lines.length === 0) return 'nothing by the hour';
  const each = ({ count, machine }: CostLine) => `${range(count, String)} ${clip(machine, LONGEST)}`;
  if (lines.length === 1) return lines.map(each).join('');
  return lines.map((line) => `${clip(line.what, LONGEST)}: ${each(line)}`).join('; ');
}

function beside(line: CostLine, prices: PlanCost['prices']): string {
  const { what, count, machine, hours } = line;
  const hourly = hourlyOf(line, prices);
  const start = `${clip(what, LONGEST)}: ${range(count, String)} ${clip(machine, LONGEST)}`;
  const long = hours === null ? 'for as long as it takes' : `for ${duration(hours)} at least`;
  if (hourly === null) return `${start}, ${long}`;
  const least = hours === null ? '' : `, ${money(times(hourly, hours) ?? hourly, prices)}`;
  return `${start}, ${money(hourly, prices)} an hour, ${long}${least}`;
}

function duration(hours: number): string {
  return counted(Math.round(hours * 60), 'minute');
}

function sourceOf({ source, currency }: CostPrices): string {
  return (
    `list prices on demand of ${clip(source, LONGEST)}, in ${clip(currency, 10)}; a month is ${MONTH_HOURS} hours. ` +
    'Savings plans, discounts, free tiers, taxes, requests, storage and data transfer are not in them.'
  );
}

function change(difference: CostRange, prices: PlanCost['prices']): string {
  if (isNothing(difference)) return 'none';
  return range(difference, (amount) => `${amount < 0 ? '-' : '+'}${amountOf(Math.abs(amount), prices)}`);
}

function isNothing({ least, most }: CostRange): boolean {
  return Math.abs(least) < HALF_A_CENT && Math.abs(most) < HALF_A_CENT;
}

function money(amounts: CostRange, prices: PlanCost['prices']): string {
  return range(amounts, (amount) => amountOf(amount, prices));
}

const HALF_A_CENT = 0.005;

/** In cents; less than ten of them with two digits that count. */
function amountOf(amount: number, prices: PlanCost['prices']): string {
  const { currency = 'USD' } = prices ?? {};
  const isSmall = amount > 0 && amount < 0.1;
  const shown = isSmall
    ? Number(amount.toPrecision(2)).toFixed(amount < 0.01 ? 4 : 3)
    : amount.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return currency === 'USD' ? `$${shown}` : `${shown} ${clip(currency, 10)}`;
}

function range({ least, most }: CostRange, say: (value: number) => string): string {
  const [from, to] = [say(least), say(most)];
  return from === to ? from : `${from} to ${to}`;
}
