/**
 * What the price lists of all clouds have in common: a plan shows a price, or says why there is none. It waits for
 * seconds at most, reads a limited number of bytes, and fails only if the run is cancelled.
 */
import { clip } from '../core/clip.ts';
import { CancelledError, messageOf } from '../core/errors.ts';
import type { CostPrices } from '../documents/plan-cost.ts';
import { bodyOf } from './send.ts';

/** From the first byte sent to the last one read, in milliseconds. */
export const PRICE_TIMEOUT_MS = 5000;
/** More an hour is no price of a machine. */
const LARGEST = 100_000;
const LONGEST_REASON = 300;
/** A plan names few kinds of machine. */
const MOST_SKUS = 20;

/** The price list has no answer, or not one that is understood: a sentence. */
export class NoPriceError extends Error {}

export async function pricesOf(
  skus: readonly string[],
  { source, currency }: Pick<CostPrices, 'source' | 'currency'>,
  priceOf: (sku: string) => Promise<number>,
): Promise<CostPrices> {
  const hourly: Record<string, number> = {};
  const unknown: Record<string, string> = {};
  const asked = skus.slice(0, MOST_SKUS);
  await Promise.all(
    asked.map(async (sku) => {
      try {
        hourly[sku] = checked(await priceOf(sku));
      } catch (error) {
        if (error instanceof CancelledError) throw error;
        unknown[sku] = reasonOf(error);
      }
    }),
  );
  for (const sku of skus.slice(MOST_SKUS)) unknown[sku] = 'The plan names too many kinds of machine.';
  return { source, currency, hourly, unknown };
}

function checked(price: number): number {
  if (Number.isFinite(price) && price > 0 && price < LARGEST) return price;
  throw new NoPriceError('The price list did not return a valid price.');
}

/** `(pricing:GetProducts: AccessDeniedException: User: …)`, at the end of what our words for a cloud's refusal say. */
const ANSWER = / \([\w.: -]+(?: on \S+)?: .*$/s;

/** Without what the cloud answered word for word, which may name the account. */
function reasonOf(error: unknown): string {
  return clip(messageOf(error).replace(ANSWER, ''), LONGEST_REASON);
}

/** The prices of all that fit, which have to agree. @param region that was asked about */
export function onlyPrice(prices: readonly number[], source: string, region: string): number {
  const where = source.charAt(0).toUpperCase() + source.slice(1);
  const [first, ...others] = new Set(prices);
  if (first === undefined) throw new NoPriceError(`${where} lists no price for it in ${region}.`);
  if (others.length === 0) return first;
  throw new NoPriceError(
    `${where} lists ${others.length + 1} matching prices in ${region}, so none is used.`,
  );
}

/** @throws NoPriceError for an answer that is larger, or no JSON */
export async function jsonOf(response: Pick<Response, 'body'>, mostBytes: number): Promise<unknown> {
  const body = await bodyOf(response, mostBytes);
  if (body === null) throw new NoPriceError('The answer of the price list is too large.');
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    throw new NoPriceError('The price list did not answer in JSON.');
  }
}
