/** A step is carried out on nothing but what it was decided on: Azure has no compare-and-swap, so the driver compares. */
import { expect, it } from 'vitest';
import { basisOf, type Serving } from '../../../../src/deployment/observed.ts';
import { AzureMlOperation } from '../../../../src/platforms/azure-ml/operation.ts';
import { makeAzureMlBed } from '../../../platforms/azure-ml-bed.ts';
import { ENDPOINT } from '../../../platforms/target-suite.ts';

it('a shift that was decided on what does not serve any more is lost, and sends nothing', async () => {
  const bed = await makeAzureMlBed();
  const { target, request, options, azure } = bed;
  const first = await target.deploy(await target.plan(request('one')));
  await target.deploy(await target.plan(request('two')));
  const plan = await target.plan(request('three'));
  await target.stage(plan);
  const operation = new AzureMlOperation({ endpoint: ENDPOINT, plan, command: 'deploy' }, options);
  const known = await operation.look('serving');
  const now = 'value' in known ? known.value : null;
  const before = { ...now, version: first.description.live?.version ?? '' } as Serving;
  azure.asked.splice(0);
  const step = { kind: 'shift', of: plan.version, percent: 100, basis: basisOf(before) } as const;
  expect(await operation.perform(step, { now: 0, facets: {} })).toEqual({ is: 'lost' });
  expect(azure.asked.filter(({ method }) => method !== 'GET')).toEqual([]);
  await bed.dispose();
});
