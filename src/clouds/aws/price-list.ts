/**
 * The AWS Price List, asked by requests of our own: its client is for one call too large.
 * https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_pricing_GetProducts.html
 */
import type { PriceList } from '../../core/cost/price-list.ts';
import { isObject } from '../../core/json-object.ts';
import { jsonOf, NoPriceError, onlyPrice, PRICE_TIMEOUT_MS, pricesOf } from '../price-list.ts';
import { sendTo, type CloudCall, type Dialect, type SendOptions } from '../send.ts';
import { currentCredentials } from './credentials.ts';
import { AwsFailure, type AwsRequest } from './errors.ts';
import { sdkFailureKind } from './error-kinds.ts';
import { partitionOf } from './partitions.ts';
import { createSigner, type SignerOptions } from './sigv4.ts';

/** Of one product: a service, and attributes that only that product has. */
export interface ProductAsked {
  readonly service: string;
  /** Beside the region. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The unit of the price, such as `Hrs`. */
  readonly unit: RegExp;
  /** Units in an hour. */
  readonly inAnHour: number;
}

export interface AwsPricesOptions extends SendOptions {
  /** Whose prices are asked for. */
  readonly region: string;
  /** Instead of AWS's own address; null for that. */
  readonly endpoint: string | null;
  readonly credentials?: SignerOptions['credentials'];
}

const REQUEST: AwsRequest = { operation: 'pricing:GetProducts', guide: 'docs/iam/README.md' };
const SOURCE = 'the AWS Price List';
const MOST_BYTES = 4 * 1024 * 1024;

export function awsPrices(options: AwsPricesOptions, productOf: (sku: string) => ProductAsked): PriceList {
  const place = placeOf(options.region);
  const currency = place?.currency ?? 'USD';
  return (skus) =>
    pricesOf(skus, { source: SOURCE, currency }, (sku) => priceOf(productOf(sku), place, options));
}

interface Place {
  /** Where the list is asked, for all regions of its partition. */
  readonly region: string;
  readonly currency: string;
}

/** https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-price-list-query-api.html; null if there is none */
function placeOf(region: string): Place | null {
  const { name } = partitionOf(region);
  if (name === 'aws') return { region: 'us-east-1', currency: 'USD' };
  return name === 'aws-cn' ? { region: 'cn-northwest-1', currency: 'CNY' } : null;
}

const AWS: Dialect<CloudCall> = {
  refusal: (_, { status }, body) => {
    const cause = refusalIn(status, body);
    return new AwsFailure(sdkFailureKind(cause) ?? 'refused', REQUEST, cause);
  },
  silence: (_, said, error) => {
    const cause = innermost(error) ?? new Error(said);
    return new AwsFailure(sdkFailureKind(cause) ?? 'unreachable', REQUEST, cause);
  },
};

/** fetch puts the reason one level down. */
function innermost(error: unknown): Error | null {
  if (!(error instanceof Error)) return null;
  return innermost(error.cause) ?? error;
}

/** In the form in which the SDK has it. */
function refusalIn(status: number, body: string): Error {
  let said: unknown = null;
  try {
    said = JSON.parse(body);
  } catch {
    // A proxy's page has no code.
  }
  const { __type: type = '', message, Message = '' } = isObject(said) ? said : {};
  const error = new Error(typeof message === 'string' ? message : String(Message));
  error.name = String(type).split('#').at(-1) ?? '';
  return Object.assign(error, { $metadata: { httpStatusCode: status } });
}

async function priceOf(
  product: ProductAsked,
  place: Place | null,
  options: AwsPricesOptions,
): Promise<number> {
  const { region, endpoint, credentials = currentCredentials } = options;
  if (place === null) throw new NoPriceError(`AWS has no price list for ${region}.`);
  const own = `https://api.pricing.${place.region}.${partitionOf(region).suffix}`;
  const url = `${(endpoint ?? own).replace(/\/+$/, '')}/`;
  const body = Buffer.from(JSON.stringify(bodyOf(product, region)));
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'AWSPriceListService.GetProducts',
  };
  const sign = createSigner({ service: 'pricing', region: place.region, credentials });
  const call: CloudCall = {
    method: 'POST',
    url,
    body,
    headers: () => sign({ url, headers, body }),
    timeoutMs: PRICE_TIMEOUT_MS,
    attempts: 1,
  };
  const answer = await jsonOf(await sendTo(AWS, call, options), MOST_BYTES);
  const list = isObject(answer) && Array.isArray(answer.PriceList) ? (answer.PriceList as unknown[]) : [];
  const prices = list.flatMap((item) => pricesIn(item, product, region, place.currency));
  return onlyPrice(prices, SOURCE, region) * product.inAnHour;
}

function bodyOf({ service, attributes }: ProductAsked, region: string) {
  const fields = Object.entries({ ...attributes, regionCode: region });
  return {
    ServiceCode: service,
    FormatVersion: 'aws_v1',
    MaxResults: 100,
    Filters: fields.map(([Field, Value]) => ({ Type: 'TERM_MATCH', Field, Value })),
  };
}

/** A product is JSON in a text. What was filtered by is looked at again: a filter that AWS does not know changes nothing. */
function pricesIn(
  item: unknown,
  { attributes, unit }: ProductAsked,
  region: string,
  currency: string,
): number[] {
  const product = parsed(item);
  const found = memberOf(memberOf(product, 'product'), 'attributes');
  const asked = Object.entries({ ...attributes, regionCode: region });
  if (asked.some(([name, value]) => found[name] !== value)) return [];
  const terms = Object.values(memberOf(memberOf(product, 'terms'), 'OnDemand'));
  const dimensions = terms.flatMap((term) => Object.values(memberOf(term, 'priceDimensions')));
  return dimensions.flatMap((dimension) => {
    const { unit: is, beginRange = '0' } = memberOf({ dimension }, 'dimension');
    const price = Number(memberOf(dimension, 'pricePerUnit')[currency]);
    // A price of nothing is that of a reservation, which is paid otherwise.
    return unit.test(String(is)) && Number(beginRange) === 0 && price > 0 ? [price] : [];
  });
}

function parsed(item: unknown): unknown {
  try {
    return typeof item === 'string' ? JSON.parse(item) : item;
  } catch {
    return null;
  }
}

function memberOf(value: unknown, name: string): Readonly<Record<string, unknown>> {
  const member = isObject(value) && Object.hasOwn(value, name) ? value[name] : null;
  return isObject(member) ? member : {};
}
