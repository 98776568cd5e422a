const MOST_NAMES = 10;

/** The first few, and how many more. */
export function names(paths: readonly string[]): string {
  const rest = paths.length - MOST_NAMES;
  const first = paths.slice(0, MOST_NAMES).map((path) => JSON.stringify(path));
  return first.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
