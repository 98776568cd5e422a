/** The looks at what only an account decides, on the fake: each ends with an answer, and leaves everything as it was. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Account } from '../acceptance/account.ts';
import { Claims } from '../acceptance/claims.ts';
import { decideAll, UNDECIDED } from '../acceptance/undecided.ts';
import { inventory } from '../faults/scene.ts';
import { makeSageMakerBed, type SageMakerBed } from '../platforms/sagemaker-bed.ts';
import { ENDPOINT } from '../platforms/target-suite.ts';

let bed: SageMakerBed;
let account: Account;
beforeEach(async () => {
  bed = await makeSageMakerBed({}, { listen: true });
  await bed.target.deploy(await bed.target.plan(bed.requestWith('one', { instanceCount: 2 })));
  account = {
    clients: bed.clients(),
    endpoint: ENDPOINT,
    executionRole: bed.role,
    repository: 'churn-serving',
    bucket: 'models',
    prefix: 'acceptance',
    sociImage: bed.image.uri,
    kmsKeyId: '',
    sleep: (milliseconds) => {
      bed.aws.advance(milliseconds);
      return Promise.resolve();
    },
  };
});
afterEach(() => bed.dispose());

it('answers each question, or says why it could not be tried', async () => {
  const before = inventory(bed.aws);
  const objects = [...(bed.aws.s3.buckets.get('models')?.objects.keys() ?? [])];
  const claims = new Claims();
  await decideAll(UNDECIDED, account, claims);
  expect(claims.all.map(({ name }) => name)).toEqual(
    UNDECIDED.map(({ number, question }) => `${number}. ${question}`),
  );
  const of = (number: number) => claims.all[number - 1];
  for (const number of [1, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13])
    expect([number, of(number)?.standing, of(number)?.seen]).toEqual([number, 'proven', expect.any(String)]);
  // The fake knows neither model package groups nor previews of lifecycle policies, and no key is given.
  for (const number of [2, 14]) expect(of(number)?.standing).toBe('not tried');
  expect(of(1)?.seen).toBe('found after 0 s');
  expect(of(13)?.seen).toContain('0 of 200 requests');
  expect(of(14)?.seen).toContain('ACCEPTANCE_KMS_KEY_ID');
  expect(inventory(bed.aws)).toEqual(before);
  expect([...(bed.aws.s3.buckets.get('models')?.objects.keys() ?? [])]).toEqual(objects);
});

it('does not take a missing permission for an answer', async () => {
  bed.aws.allows = ({ action }) => action !== 'servicequotas:ListServiceQuotas';
  const claims = new Claims();
  await decideAll(UNDECIDED, account, claims);
  expect(claims.all[10]).toMatchObject({ standing: 'not tried' });
  expect(claims.all[10]?.seen).toContain('servicequotas:ListServiceQuotas');
});
