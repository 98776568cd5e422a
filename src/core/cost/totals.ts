/** What the machines of a plan come to, by the prices that were found. Pure. */
import type { CostLine, CostRange, PlanCost } from '../../documents/plan-cost.ts';

/** What AWS's, Azure's and Google's own calculators take for a month. */
export const MONTH_HOURS = 730;

export interface CostTotals {
  /** Of a month; null if a price is missing. */
  readonly now: CostRange | null;
  readonly after: CostRange | null;
  readonly difference: CostRange | null;
}

export function totalsOf({ lines, prices }: PlanCost): CostTotals {
  const month = (phase: CostLine['phase']) =>
    sum(lines.filter((line) => line.phase === phase).map((line) => hourlyOf(line, prices)));
  const [now, after] = [times(month('now'), MONTH_HOURS), times(month('after'), MONTH_HOURS)];
  return { now, after, difference: now === null || after === null ? null : difference(now, after) };
}

/** Of an hour of all machines of a line; null if there is no price. */
export function hourlyOf({ count, sku, size }: CostLine, prices: PlanCost['prices']): CostRange | null {
  if (prices === undefined || !Object.hasOwn(prices.hourly, sku)) return null;
  return times(count, (prices.hourly[sku] ?? 0) * size);
}

export function times(range: CostRange | null, factor: number): CostRange | null {
  return range === null ? null : { least: range.least * factor, most: range.most * factor };
}

function sum(ranges: readonly (CostRange | null)[]): CostRange | null {
  return ranges.reduce<CostRange | null>(
    (all, range) =>
      all === null || range === null ? null : { least: all.least + range.least, most: all.most + range.most },
    { least: 0, most: 0 },
  );
}

/** At the least capacity of both, and at the most of both. */
function difference(now: CostRange, after: CostRange): CostRange {
  const [one, other] = [after.least - now.least, after.most - now.most];
  return { least: Math.min(one, other), most: Math.max(one, other) };
}
