/**
 * Google's catalog of prices: cores and memory of a machine are billed apart.
 * https://cloud.google.com/billing/docs/reference/rest/v1/services.skus/list
 */
import type { PriceList } from '../../core/cost/price-list.ts';
import { isObject } from '../../core/json-object.ts';
import { jsonOf, NoPriceError, onlyPrice, pricesOf } from '../price-list.ts';
import type { SendOptions } from '../send.ts';
import { sendToGoogle } from './http.ts';

export interface GooglePricesOptions extends SendOptions {
  readonly tokens: { token(): Promise<string> };
  /** Without a slash at its end. */
  readonly endpoint: string;
  readonly location: string;
}

/** Of Vertex AI, in the catalog. */
const SERVICE = 'services/C7E2-9256-1C43';
const SOURCE = "Google's Cloud Billing catalog";
const CURRENCY = 'USD';
/** The catalog of the service comes whole, some thousands of prices, and in pages. */
const TIMEOUT_MS = 10_000;
const PAGE_SIZE = '5000';
const MOST_PAGES = 4;
const MOST_BYTES = 16 * 1024 * 1024;
/** Of the catalog, the parts that are looked at. */
const FIELDS = 'skus(description,serviceRegions,pricingInfo/pricingExpression),nextPageToken';

type Sku = Readonly<Record<string, unknown>>;

/** Of machines that serve predictions, by their types, such as `n1-standard-4`. */
export function googlePrices(options: GooglePricesOptions): PriceList {
  return (skus) => {
    let catalog: Promise<readonly Sku[]> | null = null;
    return pricesOf(skus, { source: SOURCE, currency: CURRENCY }, async (sku) => {
      const machine = machineOf(sku);
      catalog ??= readCatalog(options);
      return priceOf(machine, options.location, await catalog);
    });
  };
}

async function readCatalog(options: GooglePricesOptions): Promise<readonly Sku[]> {
  const { clock, tokens, endpoint } = options;
  const end = clock.now().getTime() + TIMEOUT_MS;
  const found: Sku[] = [];
  let pageToken = '';
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const query = new URLSearchParams({ currencyCode: CURRENCY, pageSize: PAGE_SIZE, fields: FIELDS });
    if (pageToken !== '') query.set('pageToken', pageToken);
    const response = await sendToGoogle(
      {
        method: 'GET',
        url: `${endpoint}/v1/${SERVICE}/skus?${query.toString()}`,
        headers: async () => ({
          accept: 'application/json',
          authorization: `Bearer ${await tokens.token()}`,
        }),
        operation: 'services.skus.list',
        on: SERVICE,
        timeoutMs: Math.max(1, end - clock.now().getTime()),
        attempts: 1,
      },
      options,
    );
    const page = await jsonOf(response, MOST_BYTES);
    const { skus, nextPageToken } = isObject(page) ? page : {};
    if (Array.isArray(skus)) found.push(...(skus as unknown[]).filter(isObject));
    if (typeof nextPageToken !== 'string' || nextPageToken === '') return found;
    pageToken = nextPageToken;
  }
  throw new NoPriceError(`${SOURCE} has too many pages.`);
}

interface Machine {
  /** As the catalog writes it, such as `N1`. */
  readonly family: string;
  readonly cores: number;
  readonly memoryGib: number;
}

/**
 * GiB for each core, by the family and kind of a machine that consists of cores and memory alone.
 * https://cloud.google.com/compute/docs/machine-resource
 */
const MEMORY: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  n1: { standard: 3.75, highmem: 6.5, highcpu: 0.9 },
  n2: { standard: 4, highmem: 8, highcpu: 1 },
  n2d: { standard: 4, highmem: 8, highcpu: 1 },
  e2: { standard: 4, highmem: 8, highcpu: 1 },
  c2: { standard: 4 },
  c2d: { standard: 4, highmem: 8, highcpu: 2 },
  c3: { standard: 4, highmem: 8, highcpu: 2 },
};

function machineOf(type: string): Machine {
  const [, family = '', kind = '', cores = ''] = /^([a-z0-9]+)-([a-z]+)-(\d{1,3})$/.exec(type) ?? [];
  const kinds = Object.hasOwn(MEMORY, family) ? (MEMORY[family] ?? {}) : {};
  const each = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (each === undefined) throw new NoPriceError('Only machines without accelerators are looked up.');
  return { family: family.toUpperCase(), cores: Number(cores), memoryGib: Number(cores) * each };
}

function priceOf({ family, cores, memoryGib }: Machine, location: string, catalog: readonly Sku[]): number {
  const here = catalog.filter(({ serviceRegions }) =>
    (serviceRegions as unknown[] | undefined)?.includes(location),
  );
  const core = unitPrice(family, 'core', here, location);
  const memory = unitPrice(family, 'ram', here, location);
  return cores * core + memoryGib * memory;
}

/**
 * `Vertex AI: Online/Batch Prediction N1 Predefined Instance Core running in Iowa` has all in it; beside
 * `… A2 Instance Core running in Americas` stands `… management fee on A2 Instance Core in Iowa`.
 */
function unitPrice(family: string, part: 'core' | 'ram', here: readonly Sku[], location: string): number {
  const start = '^Vertex AI: Online/Batch Prediction';
  const matching = (form: string) =>
    here.filter(({ description }) => new RegExp(form, 'i').test(String(description)));
  const unit = part === 'core' ? 'h' : 'GiBy.h';
  const priceIn = (skus: readonly Sku[]) =>
    onlyPrice(
      skus.flatMap((sku) => ratesOf(sku, unit)),
      SOURCE,
      location,
    );
  const whole = matching(`${start} ${family} Predefined Instance ${part} running in `);
  if (whole.length > 0) return priceIn(whole);
  const used = matching(`${start} ${family} (?:AMD )?Instance ${part} running in `);
  const fee = matching(`${start} management fee on ${family} (?:AMD )?Instance ${part} in `);
  return priceIn(used) + priceIn(fee);
}

/** Of the first tier. A price is whole units and billionths. */
function ratesOf({ pricingInfo }: Sku, unit: string): number[] {
  const newest: unknown = Array.isArray(pricingInfo) ? pricingInfo.at(-1) : null;
  const expression = isObject(newest) && isObject(newest.pricingExpression) ? newest.pricingExpression : {};
  if (expression.usageUnit !== unit || !Array.isArray(expression.tieredRates)) return [];
  return (expression.tieredRates as unknown[]).filter(isObject).flatMap((rate) => {
    const price = isObject(rate.unitPrice) ? rate.unitPrice : {};
    const isFirst = Number(rate.startUsageAmount ?? 0) === 0;
    if (!isFirst || price.currencyCode !== CURRENCY) return [];
    return [Number(price.units ?? 0) + Number(price.nanos ?? 0) / 1e9];
  });
}
