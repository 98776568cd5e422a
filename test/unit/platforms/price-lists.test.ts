/** Each platform as an action opens it: which price list it asks, where the environment says that this is. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { root } from '../../../scripts/lib/paths.ts';
import type { PlatformHost } from '../../../src/core/platform.ts';
import { outsideTarget } from '../../../src/core/redaction/outside.ts';
import { azureMl } from '../../../src/platforms/azure-ml/platform.ts';
import { lambda } from '../../../src/platforms/lambda/platform.ts';
import { local } from '../../../src/platforms/local/platform.ts';
import { sagemaker } from '../../../src/platforms/sagemaker/platform.ts';
import { vertexAi } from '../../../src/platforms/vertex-ai/platform.ts';
import { fakeSignIn } from '../../fakes/azure/sign-in.ts';
import { fakeGoogleSignIn } from '../../fakes/google/sign-in.ts';
import { fakeHost } from '../../fakes/host.ts';
import { startHttp, type HttpFake } from '../../fakes/http.ts';
import { fakePorts } from '../../fakes/ports.ts';
import { fakeToken } from '../../platforms/azure-ml-bed.ts';

const WISHES = { timeoutMs: 60_000, keepVersions: 3, environmentName: 'prod', region: 'us-east-1' } as const;
const file = (name: string) => readFileSync(join(root, `test/fixtures/prices/${name}.json`), 'utf8');

let list: HttpFake;
let body: unknown;
beforeEach(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAFAKEFAKEFAKEFAKE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'fake-secret');
  list = await startHttp(({ url }) => ({ body: url.includes('/workspaces/') ? WORKSPACE : body }));
});
afterEach(async () => {
  await list.close();
  vi.unstubAllEnvs();
});

const WORKSPACE = { id: '/w', location: 'westeurope', properties: {} };

function host(parts: Partial<PlatformHost> = {}): PlatformHost {
  const made = fakeHost(fakePorts<never>(), parts);
  return { ...made, settings: { ...made.settings, awsPricingEndpoint: list.url } };
}

const az = {
  az: { exitCode: 0, stdout: '', stderr: '' },
  exec: async (_: string, args: readonly string[]) => {
    const accessToken = await fakeToken(args[args.indexOf('--scope') + 1] ?? '');
    return { exitCode: 0, stdout: JSON.stringify({ accessToken, expires_on: 4102444800 }), stderr: '' };
  },
};

describe('the price list of', () => {
  it('SageMaker is that of AWS', async () => {
    body = JSON.parse(file('aws-sagemaker'));
    const target = await sagemaker.open(WISHES, host());
    expect(await target.prices?.(['ml.m5.large'])).toMatchObject({ hourly: { 'ml.m5.large': 0.115 } });
    expect(JSON.parse(list.requests[0]?.body ?? '')).toMatchObject({ ServiceCode: 'AmazonSageMaker' });
  });

  it('Lambda is that of AWS', async () => {
    body = JSON.parse(file('aws-lambda'));
    const target = await lambda.open(WISHES, host());
    const group = 'AWS-Lambda-Provisioned-Concurrency';
    expect((await target.prices?.([group]))?.hourly[group]).toBeCloseTo(0.01500012, 10);
    expect(JSON.parse(list.requests[0]?.body ?? '')).toMatchObject({ ServiceCode: 'AWSLambda' });
  });

  it('Vertex AI is the catalog, with the token of the job', async () => {
    body = JSON.parse(file('google-vertex-ai'));
    const endpoints = { cloudbilling: list.url };
    const google = fakeGoogleSignIn({ accessToken: 'ya29.token', project: 'acme', endpoints });
    const target = await vertexAi.open({ ...WISHES, group: { location: 'us-central1' } }, host({ google }));
    expect((await target.prices?.(['n1-standard-4']))?.hourly['n1-standard-4']).toBeCloseTo(0.21849885, 10);
    expect(list.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer ya29.token']);
  });

  it('Azure ML is that of the region of the workspace, and gets no token', async () => {
    body = JSON.parse(file('azure-vm'));
    const azure = fakeSignIn({ resourceManager: list.url, retailPrices: list.url }, az);
    const group = {
      subscriptionId: '00000000-0000-0000-0000-000000000001',
      resourceGroup: 'ml',
      workspace: 'acme',
    };
    const target = await azureMl.open({ ...WISHES, group }, host({ azure }));
    expect(await target.prices?.(['Standard_DS3_v2'])).toMatchObject({ hourly: { Standard_DS3_v2: 0.293 } });
    const asked = list.requests.filter(({ url }) => url.startsWith('/api/retail/prices'));
    expect(asked).toHaveLength(1);
    expect(decodeURIComponent(asked[0]?.url ?? '')).toContain("armRegionName+eq+'westeurope'");
    expect(asked[0]?.headers.authorization).toBeUndefined();
  });

  it('the local target is none', async () => {
    expect(await local.open({ ...WISHES, startWith: 'churn' }, host())).not.toHaveProperty('prices');
  });

  it('any platform passes the border, where its reasons are redacted', async () => {
    const { redactor } = fakePorts<never>();
    redactor.addSecret('s3cr3t-of-the-run');
    const prices = {
      source: 'a list',
      currency: 'USD',
      hourly: { a: 1 },
      unknown: { b: 'Said: s3cr3t-of-the-run.' },
    };
    const opened = await sagemaker.open(WISHES, host());
    const target = outsideTarget({ ...opened, prices: () => Promise.resolve(prices) }, redactor);
    expect(await target.prices?.(['a', 'b'])).toEqual({ ...prices, unknown: { b: 'Said: ***.' } });
  });
});
