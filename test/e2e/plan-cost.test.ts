/** What a plan says of costs, by the built bundle: a fake AWS, and a price list on a port of its own. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { root } from '../../scripts/lib/paths.ts';
import { runAction } from '../../scripts/lib/runner-protocol.ts';
import type { Plan } from '../../src/documents/plan.ts';
import { makeArchive } from '../fakes/archive.ts';
import { FakeAws } from '../fakes/aws/fake-aws.ts';
import { FakeGoogle, TOKEN } from '../fakes/google/fake-google.ts';
import { startHttp, type FakeAnswer, type HttpFake } from '../fakes/http.ts';

const published = readFileSync(join(root, 'test/fixtures/prices/aws-sagemaker.json'), 'utf8');
/** With the region of the fake. */
const priced = (): FakeAnswer => ({
  body: JSON.parse(published.replaceAll('us-east-1', aws.world.region)) as unknown,
});

const dist = process.env.ML_DEPLOY_TEST_DIST ?? join(root, 'dist');

let aws: FakeAws;
let work: string;
let inputs: Record<string, string>;
let list: HttpFake;
let answer: () => FakeAnswer;

beforeAll(async () => {
  aws = await FakeAws.start();
  aws.addBucket('models', aws.world.region);
  aws.quotas.endpointInstances.set('ml.m5.large', 20);
  const image = aws.pushImage('churn', 'v1');
  const { bytes } = await makeArchive({ 'model.txt': 'one' });
  inputs = {
    command: 'plan',
    target: 'sagemaker',
    'endpoint-name': 'churn',
    'execution-role-arn': aws.addRole('execution'),
    'image-uri': image.uri.replace(/:v1$/, `@${image.digest}`),
    'instance-type': 'ml.m5.large',
    'initial-instance-count': '2',
    'model-data-url': await aws.putObject('models', 'churn/one.tar.gz', bytes),
  };
  list = await startHttp(() => answer());
});
afterAll(async () => {
  await list.close();
  await aws.close();
});
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'ml-deploy-cost-'));
  list.requests.length = 0;
});
afterEach(() => rmSync(work, { recursive: true, force: true }));

async function plan() {
  const env = {
    ...aws.env,
    AWS_ENDPOINT_URL_PRICING: list.url,
    GITHUB_WORKSPACE: work,
    RUNNER_TEMP: join(work, 'temp'),
    GITHUB_REPOSITORY: 'acme/churn',
  };
  const ran = await runAction('deploy-endpoint', { inputs, env, dist });
  expect(ran.exitCode, ran.log).toBe(0);
  const document = JSON.parse(readFileSync(ran.outputs['plan-path'] ?? '', 'utf8')) as Plan;
  return { ...ran, document };
}

describe('the cost of a plan', () => {
  it('is in the document, the output and the summary', async () => {
    answer = priced;
    const { outputs, summary, document } = await plan();
    expect(list.requests.map(({ headers }) => headers['x-amz-target'])).toEqual([
      'AWSPriceListService.GetProducts',
    ]);
    expect(document.cost?.prices).toEqual({
      source: 'the AWS Price List',
      currency: 'USD',
      hourly: { 'ml.m5.large': 0.115 },
      unknown: {},
    });
    // 2 * 0.115 * 730
    expect(outputs.cost).toBe('+$167.90 a month ($0.00 now, $167.90 afterwards; list prices)');
    expect(summary).toContain(String.raw`| Each month afterwards | $167.90 \(2 ml.m5.large\) |`);
  });

  it('is not checked where the job has no permission, and the plan is the same', async () => {
    answer = priced;
    const { digest } = (await plan()).document;
    answer = () => ({
      status: 400,
      body: { __type: 'AccessDeniedException', Message: 'not authorized to perform: pricing:GetProducts' },
    });
    const denied = await plan();
    expect(denied.document.digest).toBe(digest);
    expect(denied.outputs.cost).toBe(
      'not checked: the price of ml.m5.large. The AWS credentials of this job do not allow pricing:GetProducts. ' +
        'Add the permission to the role of this job; see docs/iam/README.md.',
    );
    expect(denied.summary).toContain('| Difference | not checked |');
  });

  it('is not checked where something else answers', async () => {
    answer = () => ({ status: 502, body: '<html>Bad gateway</html>' });
    const { outputs } = await plan();
    expect(outputs.cost).toMatch(/^not checked: the price of ml\.m5\.large\. AWS failed/);
  });
});

it('of Vertex AI comes from the catalog, by the same bundle', async () => {
  const google = new FakeGoogle();
  const catalog = readFileSync(join(root, 'test/fixtures/prices/google-vertex-ai.json'), 'utf8');
  const { project, location } = google.world.settings;
  answer = () => ({ body: JSON.parse(catalog.replaceAll('us-central1', location)) as unknown });
  const { bytes } = await makeArchive({ 'model.txt': 'one' });
  writeFileSync(join(work, 'model.tar.gz'), bytes);
  const ran = await runAction('deploy-endpoint', {
    dist,
    inputs: {
      command: 'plan',
      target: 'vertex-ai',
      'endpoint-name': 'churn',
      'image-uri': `${location}-docker.pkg.dev/${project}/serving/churn@sha256:${'a'.repeat(64)}`,
      'instance-type': 'n1-standard-4',
      'min-capacity': '1',
      'max-capacity': '3',
      'model-data-url': 'model.tar.gz',
      'vertex-ai': `project: ${project}\nlocation: ${location}`,
    },
    env: {
      CLOUDSDK_AUTH_ACCESS_TOKEN: TOKEN,
      CLOUDSDK_API_ENDPOINT_OVERRIDES_AIPLATFORM: await google.listen(),
      CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDBILLING: list.url,
      GITHUB_WORKSPACE: work,
      RUNNER_TEMP: join(work, 'temp'),
      GITHUB_REPOSITORY: 'acme/churn',
    },
  });
  await google.close();
  expect(ran.exitCode, ran.log).toBe(0);
  // 0.21849885 * 730 = 159.504…, three of them 478.51…
  expect(ran.outputs.cost).toBe(
    '+$159.50 to +$478.51 a month ($0.00 now, $159.50 to $478.51 afterwards; list prices)',
  );
});
