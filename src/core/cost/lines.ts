/** Lines of a plan's cost, made of what a platform knows. Pure. */
import type { CostLine, CostRange } from '../../documents/plan-cost.ts';

/** What is counted: a kind of machine, how many there are, and what a price list calls it. */
export interface Billed {
  readonly machine: string;
  readonly count: CostRange;
  /** The machine's own name if absent. */
  readonly sku?: string;
  /** Units of the price list in each; 1 if absent. */
  readonly size?: number;
}

export function costLine(
  phase: CostLine['phase'],
  what: string,
  { machine, count, sku = machine, size = 1 }: Billed,
  hours: number | null = null,
): CostLine {
  return { phase, what, machine, count, sku, size, hours };
}

export function exactly(count: number): CostRange {
  return { least: count, most: count };
}

/** Minutes that settings name, as hours; null if they name none. */
export function hoursOf(minutes: number): number | null {
  return minutes > 0 ? minutes / 60 : null;
}

/** Of the same machines, one line for all. */
export function joined(lines: readonly CostLine[]): CostLine[] {
  const found = new Map<string, CostLine>();
  for (const line of lines) {
    const { phase, what, sku, hours, count } = line;
    const key = JSON.stringify([phase, what, sku, hours]);
    const known = found.get(key);
    const sum = {
      least: count.least + (known?.count.least ?? 0),
      most: count.most + (known?.count.most ?? 0),
    };
    found.set(key, { ...line, count: sum });
  }
  return [...found.values()];
}
