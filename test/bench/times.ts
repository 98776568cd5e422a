/** Milliseconds of several subjects, as a table. */

/** @param times name to milliseconds; the first one is what the others are compared with */
export function printTimes(times: ReadonlyMap<string, readonly number[]>, against: string): void {
  const base = median(times.values().next().value ?? []);
  const head = ['ms', 'min', 'max'].map((name) => name.padStart(8)).join('');
  console.log(`${'action'.padEnd(34)}${head}${against.padStart(9)}`);
  for (const [name, all] of times) {
    const columns = [median(all), Math.min(...all), Math.max(...all)].map((ms) => ms.toFixed(0).padStart(8));
    console.log(`${name.padEnd(34)}${columns.join('')}${(median(all) / base).toFixed(2).padStart(9)}`);
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle) - 1] ?? 0)) / 2;
}
