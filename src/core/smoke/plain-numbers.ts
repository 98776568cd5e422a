/**
 * Whether a list holds numbers and nothing else, as most rows do. A plain loop: calling a function with each number of a
 * long list would make an object of each.
 */
export function arePlainNumbers(values: readonly unknown[]): boolean {
  for (const value of values) if (typeof value !== 'number') return false;
  return true;
}
