/** One thing that was asked for, and whether it holds. */

export interface Check {
  readonly name: string;
  readonly passed: boolean;
  /** One sentence for people. */
  readonly message: string;
  readonly value: number | null;
  readonly limit: number | null;
  /**
   * Whether its failure is a reason to roll back: what serves is wrong, not slow, and nothing that was known before it was
   * asked (the cases, the limits, the reference) can be at fault instead.
   */
  readonly rollsBack: boolean;
}

export function check(
  name: string,
  passed: boolean,
  message: string,
  { value = null, limit = null, rollsBack = false }: Partial<Pick<Check, 'value' | 'limit' | 'rollsBack'>>,
): Check {
  return { name, passed, message, value, limit, rollsBack };
}

export function percent(share: number): string {
  return `${round(share * 100)} %`;
}

/** Four significant digits, as people read them. */
export function round(value: number): string {
  if (value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e6)) return value.toExponential(2);
  return String(Number(value.toPrecision(Math.abs(value) >= 1000 ? 6 : 4)));
}
