/**
 * Azure's list of retail prices, which anybody may read: it gets no token.
 * https://learn.microsoft.com/rest/api/cost-management/retail-prices/azure-retail-prices
 */
import type { PriceList } from '../../core/cost/price-list.ts';
import { isObject } from '../../core/json-object.ts';
import { jsonOf, NoPriceError, onlyPrice, PRICE_TIMEOUT_MS, pricesOf } from '../price-list.ts';
import type { SendOptions } from '../send.ts';
import { sendToAzure } from './http.ts';

export interface AzurePricesOptions extends SendOptions {
  /** Without a slash at its end; null for Azure's own. */
  readonly endpoint: string | null;
  /** Whether it is the public cloud: the list of China is a file of its own. */
  readonly isListed: boolean;
}

const OWN = 'https://prices.azure.com';
const SOURCE = 'Azure Retail Prices';
const CURRENCY = 'USD';
const MOST_BYTES = 4 * 1024 * 1024;
/** Machines of Windows, machines that Azure may take away, and those of a service that has ended. */
const OTHERS = /\b(?:Windows|Spot|Low Priority|Cloud ?Services)\b/i;

/** Of virtual machines on Linux, by their names as Azure Resource Manager has them, such as `Standard_DS3_v2`. */
export function azurePrices(options: AzurePricesOptions, region: () => Promise<string>): PriceList {
  return (skus) =>
    pricesOf(skus, { source: SOURCE, currency: CURRENCY }, async (sku) => {
      if (!options.isListed) throw new NoPriceError('The price list of this cloud of Azure is not read.');
      return priceOf(sku, await region(), options);
    });
}

/** @param location as a resource has it: `westeurope`, or `West Europe` as older ones have */
async function priceOf(sku: string, location: string, options: AzurePricesOptions): Promise<number> {
  const region = location.replaceAll(' ', '').toLowerCase();
  const machine = { serviceName: 'Virtual Machines', armRegionName: region, armSkuName: sku };
  const fields = { ...machine, priceType: 'Consumption' };
  const filter = Object.entries(fields).map(([name, value]) => `${name} eq '${value.replaceAll("'", "''")}'`);
  const query = new URLSearchParams({
    'api-version': '2023-01-01-preview',
    currencyCode: CURRENCY,
    $filter: filter.join(' and '),
  });
  const response = await sendToAzure(
    {
      method: 'GET',
      url: `${options.endpoint ?? OWN}/api/retail/prices?${query.toString()}`,
      headers: () => Promise.resolve({ accept: 'application/json' }),
      operation: 'Retail Prices - List',
      on: OWN,
      timeoutMs: PRICE_TIMEOUT_MS,
      attempts: 1,
    },
    options,
  );
  const answer = await jsonOf(response, MOST_BYTES);
  const items = isObject(answer) && Array.isArray(answer.Items) ? (answer.Items as unknown[]) : [];
  return onlyPrice(
    items.filter(isObject).flatMap((item) => pricesIn(item, machine)),
    SOURCE,
    region,
  );
}

/** What was filtered by is looked at again: of what the list does not understand, it says nothing. */
function pricesIn(
  item: Readonly<Record<string, unknown>>,
  machine: Readonly<Record<string, string>>,
): number[] {
  const isMeant = Object.entries(machine).every(([name, value]) => item[name] === value);
  const names = [item.productName, item.skuName, item.meterName].map(String).join(' ');
  const isPlain = item.type === 'Consumption' && item.unitOfMeasure === '1 Hour' && !OTHERS.test(names);
  const isPrimary = item.isPrimaryMeterRegion !== false && item.currencyCode === CURRENCY;
  return isMeant && isPlain && isPrimary && typeof item.retailPrice === 'number' ? [item.retailPrice] : [];
}
