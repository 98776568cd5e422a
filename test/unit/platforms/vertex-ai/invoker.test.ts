/** How an endpoint is called: how much it takes, who has answered, and what is no answer. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeVertexBed, type VertexBed } from '../../../platforms/vertex-bed.ts';
import { ENDPOINT } from '../../../platforms/target-suite.ts';
import { TOKEN } from '../../../fakes/google/fake-google.ts';

let bed: VertexBed;
beforeEach(() => {
  bed = makeVertexBed();
});
afterEach(() => bed.dispose());

const serve = async (settings = {}) =>
  bed.target.deploy(await bed.target.plan(bed.requestWith('one', settings)));
const send = async (body: string) =>
  (await bed.target.invoker(ENDPOINT, null)).invoke(body, 'application/json', bed.ports.signal);

it.each([
  [false, 1_500_000],
  [true, 10_000_000],
])(
  'with dedicated-endpoint: %s takes %i bytes, and says so before it sends more',
  async (dedicatedEndpoint, most) => {
    await serve({ dedicatedEndpoint });
    const invoker = await bed.target.invoker(ENDPOINT, null);
    expect(invoker.bodyBytes).toBe(most);
    expect(invoker.url.includes('.prediction.vertexai.goog/')).toBe(dedicatedEndpoint);
    await expect(send('x'.repeat(most + 1))).rejects.toThrow(`${most + 1} bytes is more than the ${most}`);
    expect((await send('x'.repeat(most))).status).toBe(200);
  },
);

it('tells the version by the answer, and takes an error of the container for one', async () => {
  const { description } = await serve();
  expect(await send('{}')).toMatchObject({ status: 200, version: description.live?.version });
  bed.google.container = () => ({ status: 503, body: 'busy' });
  expect((await send('{}')).status).toBe(503);
});

it('is no answer where nobody may call', async () => {
  await serve();
  bed.google.allows = (permission) => permission !== 'aiplatform.endpoints.predict';
  await expect(send('{}')).rejects.toThrow(/not allowed aiplatform.endpoints.predict/);
});

it('shows no token and no value of the environment, in the log or in the plan', async () => {
  await bed.dispose();
  const environment = new Map([['API_KEY', 'a-secret-value']]);
  bed = makeVertexBed({ environment });
  const plan = await bed.target.plan(bed.request('broken'));
  const result = await bed.target.deploy(plan);
  const said = JSON.stringify([plan, result]) + bed.ports.log.text;
  expect(said).not.toContain(TOKEN);
  expect(said).not.toContain('a-secret-value');
});
