/** `autoscaling: remove`. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeSageMakerBed, type Asked, type SageMakerBed } from '../../../platforms/sagemaker-bed.ts';
import { ENDPOINT, type ModelName } from '../../../platforms/target-suite.ts';

const SCALING = {
  minCapacity: 2,
  maxCapacity: 8,
  invocationsPerInstance: 100,
  scaleInCooldown: null,
  scaleOutCooldown: null,
};

let bed: SageMakerBed;
beforeEach(async () => {
  bed = await makeSageMakerBed();
  const plan = await bed.target.plan(bed.requestWith('one', { scaling: SCALING, instanceCount: 2 }));
  expect((await bed.target.deploy(plan)).outcome).toBe('deployed');
  bed.aws.scaleTo(ENDPOINT, 'main', 7);
});
afterEach(() => bed.dispose());

const removal = (model: ModelName, changes: Asked = {}) =>
  bed.target.plan(bed.requestWith(model, { instanceCount: 3, ...changes }, { removeScaling: true }));
const count = () => bed.aws.sagemaker.endpoints.get(ENDPOINT)?.variants[0]?.count;
const isScaled = () => bed.aws.ours.targets.size > 0;

it('is shown in the plan, is in its digest, and is done with a new model', async () => {
  const plan = await removal('two');
  const kept = await bed.target.plan(bed.requestWith('two', { instanceCount: 3 }));
  expect(plan.digest).not.toBe(kept.digest);
  expect(plan.changes).toContainEqual({
    field: 'autoscaling',
    from: '2 to 8 instances, by ml-deploy-invocations-per-instance',
    to: null,
  });
  expect(kept.changes.map(({ field }) => field)).not.toContain('autoscaling');
  const result = await bed.target.deploy(plan);
  expect(result).toMatchObject({
    outcome: 'deployed',
    message: expect.stringContaining('as planned') as string,
  });
  expect(isScaled()).toBe(false);
  expect(count()).toBe(3);
  expect((await removal('two')).action).toBe('unchanged');
});

it('is done by itself, without an update of the endpoint', async () => {
  const plan = await removal('one', { instanceCount: 2 });
  expect(plan.changes.map(({ field }) => field).toSorted()).toEqual(['autoscaling', 'instances']);
  bed.aws.forget();
  expect((await bed.target.deploy(plan)).outcome).toBe('deployed');
  expect(isScaled()).toBe(false);
  expect(count()).toBe(2);
  expect(bed.aws.names('mutations')).not.toContain('sagemaker:UpdateEndpoint');
  expect((await removal('one', { instanceCount: 2 })).action).toBe('unchanged');
});

it('leaves autoscaling as it is where the update fails', async () => {
  bed.aws.plan({ outcome: { kind: 'ping-failure', logs: ['boom'] }, on: 'update' });
  const result = await bed.target.deploy(await removal('two'));
  expect(result.outcome).toBe('rolled-back');
  expect(isScaled()).toBe(true);
});
