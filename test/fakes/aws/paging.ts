import { invalid } from './errors.ts';

/** One page of a list; the token is where the next one starts. */
export function page<T>(
  all: readonly T[],
  size: number,
  token: string | undefined,
): { items: T[]; next: string | undefined } {
  const from = token === undefined ? 0 : Number(Buffer.from(token, 'base64').toString());
  if (!Number.isInteger(from)) throw invalid('The pagination token is invalid.');
  const items = all.slice(from, from + size);
  const next = from + size < all.length ? Buffer.from(String(from + size)).toString('base64') : undefined;
  return { items, next };
}
