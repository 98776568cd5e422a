/** What the platforms on AWS take from the host alike. */
import type { PriceList } from '../../core/cost/price-list.ts';
import { UserError } from '../../core/errors.ts';
import type { PlatformHost, TargetWishes } from '../../core/platform.ts';
import type { ProductAsked } from './price-list.ts';

/** @throws UserError if nothing names a region */
export function regionFor(
  target: string,
  { region }: Pick<TargetWishes, 'region'>,
  { settings }: PlatformHost,
): string {
  const known = region ?? settings.awsRegion;
  if (known !== null) return known;
  const message = `is needed for target: ${target}, and AWS_REGION is not set either.`;
  throw UserError.of([{ where: 'aws-region', message, fix: 'Set it.' }]);
}

/** @throws UserError. @param wanted null if any may be */
export function checkAccount(wanted: string | null, actual: string): void {
  if (wanted === null || wanted === actual) return;
  const message = `these credentials are of the account ${actual}, not of ${wanted}.`;
  const fix = 'Use the role of the account that is meant.';
  throw UserError.of([{ where: 'aws-account-id', message, fix }]);
}

/** The list is loaded when somebody asks for a price. */
export function lazyPrices(
  region: string,
  { clock, signal, settings }: PlatformHost,
  productOf: (sku: string) => ProductAsked,
): PriceList {
  return async (skus) => {
    const { awsPrices } = await import('./price-list.ts');
    return awsPrices({ region, endpoint: settings.awsPricingEndpoint, clock, signal }, productOf)(skus);
  };
}
