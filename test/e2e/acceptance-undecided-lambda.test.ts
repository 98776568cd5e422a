/** The looks at what only an account decides about Lambda, on the fake: each ends with an answer, and leaves what was. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Claims } from '../acceptance/claims.ts';
import { LAMBDA_LOOKS, signedBy, type FunctionPlace } from '../acceptance/undecided-lambda.ts';
import { decideAll } from '../acceptance/undecided.ts';
import { makeLambdaBed, type LambdaBed } from '../platforms/lambda-bed.ts';
import { ENDPOINT } from '../platforms/target-suite.ts';
import { startApiFront, type ApiFront } from './api-front.ts';

let bed: LambdaBed;
let front: ApiFront;
let place: FunctionPlace;
beforeEach(async () => {
  bed = await makeLambdaBed({}, { listen: true });
  await bed.target.deploy(await bed.target.plan(bed.request('one')));
  front = await startApiFront(bed.aws, ENDPOINT);
  const [url, body] = [front.urlOf('/predict'), Buffer.from('{"instances":[[1]]}')];
  const credentials = () => Promise.resolve(bed.aws.client.credentials);
  place = {
    clients: bed.clients(),
    endpoint: ENDPOINT,
    url,
    body,
    sign: signedBy({ url, body, region: bed.aws.world.region, credentials }),
    now: () => bed.aws.time.now(),
    sleep: (milliseconds) => {
      bed.aws.advance(milliseconds);
      return Promise.resolve();
    },
  };
});
afterEach(async () => {
  await front.close();
  await bed.dispose();
});

/** Everything that a look could leave behind, but for numbers and dates that only ever grow. */
function standing(): unknown {
  const { aws } = bed;
  const fn = aws.lambda.functions.get(ENDPOINT);
  return {
    versions: fn?.published.map(({ number, description }) => [number, description]),
    description: fn?.latest.description,
    aliases: [...(fn?.aliases.values() ?? [])].map(({ name, version, weights, description }) => ({
      name,
      version,
      weights,
      description,
    })),
    provisioned: [...(fn?.provisioned.keys() ?? [])],
    apis: [...aws.rest.apis.keys()].length,
    targets: [...aws.ours.targets.keys()],
  };
}

async function answers(): Promise<{ readonly standing: string; readonly seen: string }[]> {
  const claims = new Claims();
  await decideAll(LAMBDA_LOOKS, place, claims);
  expect(claims.all.map(({ name }) => name)).toEqual(
    LAMBDA_LOOKS.map(({ number, question }) => `${number}. ${question}`),
  );
  return [...claims.all];
}

it('answers each question, and leaves everything as it was', async () => {
  const before = standing();
  const all = await answers();
  expect(all.map(({ standing: is }) => is)).toEqual(Array(6).fill('proven'));
  const [times, door, asked, metrics, start, deletion] = all.map(({ seen }) => seen);
  expect(times).toMatch(
    /^the version at once: taken, Active after \d+ s; provisioned concurrency at once: IN_PROGRESS, READY after \d+ s$/,
  );
  expect(door).toBe('unsigned: 403; signed: 200');
  expect(asked).toBe('a REST API with tags: taken; a scalable target: taken');
  expect(metrics).toMatch(
    /^(?<n>\d+) of 40 answered by the new version; CloudWatch has \d+ of the old and \k<n> of the new one, after \d+ s$/,
  );
  expect(start).toMatch(/^answered; Init Duration [\d.]+ ms, \d+ of \d+ MB$/);
  expect(deletion).toBe('taken');
  expect(standing()).toEqual(before);
});

it('takes a missing permission for an answer where that is the question, and for none elsewhere', async () => {
  const before = standing();
  bed.aws.allows = ({ action }) => action !== 'application-autoscaling:RegisterScalableTarget';
  const [, , asked] = await answers();
  expect(asked?.seen).toContain('a scalable target: denied: ');
  expect(asked?.seen).toContain('application-autoscaling:RegisterScalableTarget');
  expect(standing()).toEqual(before);
  bed.aws.allows = ({ action }) => action !== 'lambda:PublishVersion';
  const [times] = await answers();
  expect(times).toMatchObject({ standing: 'not tried' });
  expect(times?.seen).toContain('lambda:PublishVersion');
  expect(standing()).toEqual(before);
});

it('says what it was not told', async () => {
  place = { ...place, url: '' };
  const all = await answers();
  expect(all[1]).toMatchObject({ standing: 'not tried', seen: 'ACCEPTANCE_URL is not set.' });
});
