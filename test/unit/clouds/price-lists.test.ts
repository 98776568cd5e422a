/** The price lists of three clouds: what is asked, what is made of the answers, and of those that say nothing. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../../scripts/lib/paths.ts';
import { awsPrices } from '../../../src/clouds/aws/price-list.ts';
import { azurePrices } from '../../../src/clouds/azure/price-list.ts';
import { googlePrices } from '../../../src/clouds/google/price-list.ts';
import { CancelledError } from '../../../src/core/errors.ts';
import { productOf as groupOf } from '../../../src/platforms/lambda/cost.ts';
import { productOf as hostingOf } from '../../../src/platforms/sagemaker/cost.ts';
import { FakeClock } from '../../fakes/clock.ts';

const recorded = (name: string) =>
  JSON.parse(readFileSync(join(root, `test/fixtures/prices/${name}.json`), 'utf8')) as Record<
    string,
    unknown
  >;

interface Asked {
  readonly url: string;
  readonly init: RequestInit;
}

/** A `fetch` that answers all requests alike. */
function answering(answer: () => Response | Promise<Response>, asked: Asked[] = []) {
  const fetch = (url: string | URL | Request, init: RequestInit = {}) => {
    asked.push({ url: url instanceof Request ? url.url : String(url), init });
    return Promise.resolve().then(answer);
  };
  return {
    clock: new FakeClock(),
    signal: new AbortController().signal,
    fetch: fetch,
  };
}
const json =
  (body: unknown, status = 200) =>
  () =>
    Response.json(body, { status });

const KEYS = { accessKeyId: 'AKIAFAKEFAKEFAKEFAKE', secretAccessKey: 'fake-secret' };
const aws = (options: ReturnType<typeof answering>, region = 'us-east-1', productOf = hostingOf) =>
  awsPrices({ ...options, region, endpoint: null, credentials: () => Promise.resolve(KEYS) }, productOf);
const azure = (options: ReturnType<typeof answering>, isListed = true, region = 'westeurope') =>
  azurePrices({ ...options, endpoint: null, isListed }, () => Promise.resolve(region));
const google = (options: ReturnType<typeof answering>, location = 'us-central1') =>
  googlePrices({
    ...options,
    tokens: { token: () => Promise.resolve('ya29.token') },
    endpoint: 'https://cloudbilling.googleapis.com',
    location,
  });

describe('the AWS Price List', () => {
  it('is asked for the machine, the use and the region, and signed', async () => {
    const asked: Asked[] = [];
    const found = await aws(answering(json(recorded('aws-sagemaker')), asked))(['ml.m5.large']);
    expect(found).toEqual({
      source: 'the AWS Price List',
      currency: 'USD',
      hourly: { 'ml.m5.large': 0.115 },
      unknown: {},
    });
    const [{ url, init } = { url: '', init: {} }] = asked;
    expect(url).toBe('https://api.pricing.us-east-1.amazonaws.com/');
    const headers = new Headers(init.headers);
    expect(headers.get('x-amz-target')).toBe('AWSPriceListService.GetProducts');
    expect(headers.get('authorization')).toMatch(/^AWS4-HMAC-SHA256 .*\/us-east-1\/pricing\/aws4_request/);
    const body = JSON.parse(Buffer.from(init.body as Uint8Array).toString()) as { Filters: unknown };
    expect(body).toMatchObject({ ServiceCode: 'AmazonSageMaker', FormatVersion: 'aws_v1' });
    expect(body.Filters).toEqual([
      { Type: 'TERM_MATCH', Field: 'instanceName', Value: 'ml.m5.large' },
      { Type: 'TERM_MATCH', Field: 'component', Value: 'Hosting' },
      { Type: 'TERM_MATCH', Field: 'regionCode', Value: 'us-east-1' },
    ]);
  });

  it('gives a GB of provisioned concurrency by the second', async () => {
    const group = 'AWS-Lambda-Provisioned-Concurrency';
    const { hourly } = await aws(answering(json(recorded('aws-lambda'))), 'us-east-1', groupOf)([group]);
    expect(hourly[group]).toBeCloseTo(0.0000041667 * 3600, 12);
  });

  it.each([
    ['another use of the machine', { component: 'Training' }],
    ['another machine', { instanceName: 'ml.m5.xlarge' }],
    ['another region', { regionCode: 'eu-west-1' }],
  ])('takes no price of %s, whatever it answers', async (_, attributes) => {
    const [text = ''] = recorded('aws-sagemaker').PriceList as string[];
    const product = JSON.parse(text) as { product: { attributes: object } };
    const other = { ...product, product: { attributes: { ...product.product.attributes, ...attributes } } };
    const found = await aws(answering(json({ PriceList: [JSON.stringify(other)] })))(['ml.m5.large']);
    expect(found.unknown).toEqual({
      'ml.m5.large': 'The AWS Price List lists no price for it in us-east-1.',
    });
  });

  it('does not choose between two prices', async () => {
    const [text = ''] = recorded('aws-sagemaker').PriceList as string[];
    const both = [text, text.replace('0.1150000000', '0.2300000000')];
    const found = await aws(answering(json({ PriceList: both })))(['ml.m5.large']);
    expect(found.hourly).toEqual({});
    expect(found.unknown['ml.m5.large']).toContain('lists 2 matching prices in us-east-1, so none is used.');
    const twice = await aws(answering(json({ PriceList: [text, text] })))(['ml.m5.large']);
    expect(twice.hourly).toEqual({ 'ml.m5.large': 0.115 });
  });

  it('names the permission that is missing, and not the account', async () => {
    const message =
      'User: arn:aws:sts::123456789012:assumed-role/plan/run is not authorized to perform: pricing:GetProducts';
    const found = await aws(answering(json({ __type: 'AccessDeniedException', Message: message }, 400)))([
      'ml.m5.large',
    ]);
    expect(found.unknown['ml.m5.large']).toBe(
      'The AWS credentials of this job do not allow pricing:GetProducts. Add the permission to the role of this job; see docs/iam/README.md.',
    );
  });

  it("reads the product of AWS's own example, which has no code of the region yet", async () => {
    const volume = () => ({
      service: 'AmazonEC2',
      attributes: { volumeType: 'Provisioned IOPS', location: 'Canada (Central)' },
      unit: /^GB-Mo$/,
      inAnHour: 1,
    });
    const example = recorded('aws-documented');
    const without = await aws(answering(json(example)), 'ca-central-1', volume)(['io1']);
    expect(without.unknown).toEqual({ io1: 'The AWS Price List lists no price for it in ca-central-1.' });
    const [text = ''] = example.PriceList as string[];
    const today = text.replace('"locationType"', '"regionCode":"ca-central-1","locationType"');
    const found = await aws(answering(json({ PriceList: [today] })), 'ca-central-1', volume)(['io1']);
    expect(found.hourly).toEqual({ io1: 0.138 });
  });

  it('has its own currency in China, and none for GovCloud', async () => {
    const asked: Asked[] = [];
    const china = await aws(answering(json({ PriceList: [] }), asked), 'cn-north-1')(['ml.m5.large']);
    expect(china.currency).toBe('CNY');
    expect(asked[0]?.url).toBe('https://api.pricing.cn-northwest-1.amazonaws.com.cn/');
    const government = await aws(answering(json({}), asked), 'us-gov-west-1')(['ml.m5.large']);
    expect(government.unknown).toEqual({ 'ml.m5.large': 'AWS has no price list for us-gov-west-1.' });
    expect(asked).toHaveLength(1);
  });
});

describe('Azure Retail Prices', () => {
  it('is asked without a token, and gives the machine on Linux that nobody takes away', async () => {
    const asked: Asked[] = [];
    const found = await azure(answering(json(recorded('azure-vm')), asked))(['Standard_DS3_v2']);
    expect(found).toMatchObject({
      source: 'Azure Retail Prices',
      hourly: { Standard_DS3_v2: 0.293 },
      unknown: {},
    });
    const [{ url, init } = { url: '', init: {} }] = asked;
    expect(new Headers(init.headers).has('authorization')).toBe(false);
    expect(new URL(url).searchParams.get('$filter')).toBe(
      "serviceName eq 'Virtual Machines' and armRegionName eq 'westeurope' and armSkuName eq 'Standard_DS3_v2' and priceType eq 'Consumption'",
    );
  });

  it.each([
    ['Standard_F16s', 'a spot machine with Windows for tests, and one in euros'],
    ['Standard_E64_v4', 'a reservation'],
  ])('takes no price of %s from the examples of Microsoft: %s', async (sku) => {
    const examples = recorded('azure-documented');
    for (const region of ['westeurope', 'southcentralus']) {
      const found = await azure(answering(json(examples)), true, region)([sku]);
      expect(found.unknown[sku]).toBe(`Azure Retail Prices lists no price for it in ${region}.`);
    }
  });

  it('has items in the form of the examples of Microsoft', () => {
    const members = (name: string) =>
      (recorded(name).Items as object[]).map((item) =>
        Object.keys(item).filter((key) => key !== 'reservationTerm'),
      );
    const [example = []] = members('azure-documented');
    for (const item of members('azure-vm')) expect(item.toSorted()).toEqual(example.toSorted());
  });

  it('is asked for the region by its name in the list, as a resource may have the other one', async () => {
    const asked: Asked[] = [];
    const found = await azure(
      answering(json(recorded('azure-vm')), asked),
      true,
      'West Europe',
    )(['Standard_DS3_v2']);
    expect(found.hourly).toEqual({ Standard_DS3_v2: 0.293 });
    expect(new URL(asked[0]?.url ?? '').searchParams.get('$filter')).toContain(
      "armRegionName eq 'westeurope'",
    );
  });

  it('lets no name out of its quotes', async () => {
    const asked: Asked[] = [];
    await azure(answering(json({ Items: [] }), asked))(["a' or 'b"]);
    expect(new URL(asked[0]?.url ?? '').searchParams.get('$filter')).toContain("armSkuName eq 'a'' or ''b'");
  });

  it('has no prices of China', async () => {
    const asked: Asked[] = [];
    const found = await azure(answering(json({}), asked), false)(['Standard_DS3_v2']);
    expect(found.unknown.Standard_DS3_v2).toBe('The price list of this cloud of Azure is not read.');
    expect(asked).toEqual([]);
  });
});

describe("Google's catalog", () => {
  it('gives cores and memory of a machine in its region, all pages read once', async () => {
    const asked: Asked[] = [];
    const whole = recorded('google-vertex-ai');
    const skus = whole.skus as unknown[];
    const pages = [{ skus: skus.slice(0, 1), nextPageToken: 'more' }, { skus: skus.slice(1) }];
    const options = answering(() => Response.json(pages[asked.length - 1]), asked);
    const found = await google(options)(['n1-standard-4', 'n1-highmem-2']);
    // 4 * 0.03635265 + 15 * 0.00487255 = 0.1454106 + 0.07308825; 2 * 0.03635265 + 13 * 0.00487255
    expect(found.hourly['n1-standard-4']).toBeCloseTo(0.21849885, 10);
    expect(found.hourly['n1-highmem-2']).toBeCloseTo(0.13604845, 10);
    expect(asked).toHaveLength(2);
    expect(asked[0]?.url).toContain(
      '/v1/services/C7E2-9256-1C43/skus?currencyCode=USD&pageSize=5000&fields=',
    );
    expect(new URL(asked[1]?.url ?? '').searchParams.get('pageToken')).toBe('more');
    expect(new Headers(asked[0]?.init.headers).get('authorization')).toBe('Bearer ya29.token');
  });

  it('adds the fee that some families have beside the machine, and does without no fee', async () => {
    const whole = json(recorded('google-vertex-ai'));
    const found = await google(answering(whole))(['e2-standard-2', 'n2-standard-2']);
    // 2 * (0.02181159 + 0.003271738) + 8 * (0.00292353 + 0.00043853)
    expect(found.hourly['e2-standard-2']).toBeCloseTo(0.077063136, 10);
    expect(found.unknown['n2-standard-2']).toBe(
      "Google's Cloud Billing catalog lists no price for it in us-central1.",
    );
  });

  it.each([
    'a2-highgpu-1g',
    'n1-standard-4 with 1 NVIDIA_TESLA_T4',
    'constructor',
    'n1-constructor-4',
    'g2-standard-4',
  ])('says that %s is not looked up, and asks nothing', async (machine) => {
    const asked: Asked[] = [];
    const found = await google(answering(json({}), asked))([machine]);
    expect(found.unknown[machine]).toBe('Only machines without accelerators are looked up.');
    expect(asked).toEqual([]);
  });

  it('says that the API is not enabled', async () => {
    const error = {
      code: 403,
      status: 'PERMISSION_DENIED',
      message: 'Cloud Billing API has not been used in project 123 before or it is disabled.',
      details: [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'SERVICE_DISABLED' }],
    };
    const found = await google(answering(json({ error }, 403)))(['n1-standard-4']);
    expect(found.unknown['n1-standard-4']).toBe(
      'The API is not enabled in this project. Enable it: gcloud services enable.',
    );
  });

  it('stops where there are always more pages', async () => {
    const asked: Asked[] = [];
    const found = await google(answering(json({ skus: [], nextPageToken: 'more' }), asked))([
      'n1-standard-4',
    ]);
    expect(found.unknown['n1-standard-4']).toContain('has too many pages');
    expect(asked).toHaveLength(4);
  });
});

const LISTS = [
  ['AWS', aws, 'ml.m5.large'],
  ['Azure', azure, 'Standard_DS3_v2'],
  ['Google', google, 'n1-standard-4'],
] as const;

describe('a region that is not in the list', () => {
  it.each([
    ['AWS', aws, 'aws-sagemaker', 'ml.m5.large', 'mx-central-1', 'The AWS Price List'],
    [
      'Google',
      google,
      'google-vertex-ai',
      'n1-standard-4',
      'europe-north2',
      "Google's Cloud Billing catalog",
    ],
  ] as const)(
    'has no price, also if the list answers for another one: %s',
    async (_, list, name, sku, region, source) => {
      const found = await list(answering(json(recorded(name))), region)([sku]);
      expect(found.hourly).toEqual({});
      expect(found.unknown).toEqual({ [sku]: `${source} lists no price for it in ${region}.` });
    },
  );

  it('has none at Azure either', async () => {
    const found = await azure(
      answering(json(recorded('azure-vm'))),
      true,
      'newzealandnorth',
    )(['Standard_DS3_v2']);
    expect(found.unknown).toEqual({
      Standard_DS3_v2: 'Azure Retail Prices lists no price for it in newzealandnorth.',
    });
  });
});

describe.each(LISTS)('no price list fails a plan: %s', (_, list, sku) => {
  const reasonOf = async (answer: () => Response | Promise<Response>, asked: Asked[] = []) => {
    const { hourly, unknown } = await list(answering(answer, asked))([sku]);
    expect(hourly).toEqual({});
    expect(Object.keys(unknown)).toEqual([sku]);
    expect(unknown[sku]?.length).toBeLessThanOrEqual(300);
    return unknown[sku];
  };

  it('that is silent: asked once, and for seconds', async () => {
    const asked: Asked[] = [];
    const late = () =>
      Promise.reject(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
    expect(await reasonOf(late, asked)).toMatch(/did not answer in time|cannot be reached/);
    expect(asked).toHaveLength(1);
  });

  it.each([500, 503, 429, 404, 302])('that answers %i: asked once', async (status) => {
    const asked: Asked[] = [];
    await reasonOf(() => new Response('<html>', { status }), asked);
    expect(asked).toHaveLength(1);
  });

  it('that cannot be reached', async () => {
    const cause = Object.assign(new Error('getaddrinfo ENOTFOUND prices'), { code: 'ENOTFOUND' });
    expect(await reasonOf(() => Promise.reject(new TypeError('fetch failed', { cause })))).toMatch(
      /cannot be reached\. .*\)\.$/,
    );
  });

  it('that never ends', async () => {
    let sent = 0;
    const endless = new ReadableStream({
      pull: (controller) => {
        sent += 1;
        controller.enqueue(new Uint8Array(1024 * 1024));
      },
    });
    expect(await reasonOf(() => new Response(endless))).toContain('is too large');
    expect(sent).toBeLessThan(32);
  });

  it.each([
    '<html>',
    '',
    'null',
    '[]',
    '7',
    '{}',
    '{"PriceList":7,"Items":7,"skus":7}',
    '{"PriceList":[null,7,"x",{}],"Items":[null,7,{}],"skus":[null,7,{}]}',
  ])('that answers %j', async (body) => {
    await reasonOf(() => new Response(body));
  });

  it('that names prices which are none', async () => {
    for (const price of ['-1', '0', '1e300', '"x"', 'null', '{}']) {
      const hostile = JSON.stringify([
        recorded('aws-sagemaker'),
        recorded('azure-vm'),
        recorded('google-vertex-ai'),
      ])
        .replaceAll('0.1150000000', price.replaceAll('"', ''))
        .replace(/"retailPrice":[\d.]+/g, `"retailPrice":${price}`)
        .replace(/"units":"0","nanos":\d+/g, `"units":${price},"nanos":0`);
      const [awsAnswer, azureAnswer, googleAnswer] = JSON.parse(hostile) as object[];
      await reasonOf(() => Response.json({ ...awsAnswer, ...azureAnswer, ...googleAnswer }));
    }
  });

  it('but the end of the run ends it', async () => {
    const controller = new AbortController();
    const options = { ...answering(() => Promise.reject(new Error('aborted'))), signal: controller.signal };
    controller.abort();
    await expect(list(options)([sku])).rejects.toThrow(CancelledError);
  });
});
