import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Plan } from '../../../../src/documents/plan.ts';
import { isRead } from '../../../fakes/aws/calls.ts';
import { makeSageMakerBed, type SageMakerBed } from '../../../platforms/sagemaker-bed.ts';
import { ENDPOINT, type ModelName } from '../../../platforms/target-suite.ts';

let bed: SageMakerBed;
beforeEach(async () => {
  bed = await makeSageMakerBed();
  await bed.target.deploy(await bed.target.plan(bed.request('one')));
});
afterEach(() => bed.dispose());

const stage = async (model: ModelName): Promise<Plan> => {
  const plan = await bed.target.plan(bed.request(model));
  expect((await bed.target.stage(plan)).outcome).toBe('staged');
  return plan;
};
const hours = (count: number) => bed.ports.clock.advance(count * 3_600_000);
const reap = (environment: string | null = null) => bed.target.reap(ENDPOINT, environment);
const names = () => [...bed.aws.ours.endpoints.values()].map(({ name }) => name).toSorted();
const mutations = () => bed.aws.calls.filter(({ action }) => !isRead(action)).map(({ action }) => action);

describe('a plan', () => {
  const found = async () => {
    const { findings } = await bed.target.plan(bed.request('three'));
    return findings.filter(({ message }) => message.includes('no reaper has run'));
  };

  it('warns of a candidate that stands a day after its end, since no reaper has run then', async () => {
    const { candidate } = await stage('two');
    hours(6 + 23);
    expect(await found()).toEqual([]);
    hours(2);
    const [warning, ...more] = await found();
    expect(more).toEqual([]);
    expect(warning?.level).toBe('warning');
    expect(warning?.message).toContain(`The candidate ${candidate ?? ''} expired at`);
    expect((await reap()).outcome).toBe('discarded');
    expect(await found()).toEqual([]);
  });

  it('says nothing of a candidate of another repository', async () => {
    const context = { ...bed.options.context, repository: 'acme/other' };
    const other = bed.targetWith({ context, adopt: true });
    await other.stage(await other.plan({ ...bed.request('two'), repository: 'acme/other' }));
    hours(40);
    expect(await found()).toEqual([]);
  });
});

describe('reap', () => {
  it('removes a dead run’s candidate with the config and model that were made for it', async () => {
    const { configs, models } = bed.aws.ours;
    const before = [configs.size, models.size];
    const plan = await stage('two');
    hours(7);
    bed.aws.forget();
    expect((await reap()).outcome).toBe('discarded');
    expect(names()).toEqual([ENDPOINT]);
    expect([configs.size, models.size]).toEqual(before);
    expect(mutations()).toEqual(['DeleteEndpoint', 'DeleteModel', 'DeleteEndpointConfig']);
    expect(bed.ports.log.text).toContain(`The candidate ${plan.candidate ?? ''} expired at`);
  });

  it.each(['of another repository', 'without our tags', 'not expired'])(
    'touches nothing %s',
    async (whose) => {
      const { candidate } = await stage('two');
      if (whose !== 'not expired') hours(7);
      if (whose === 'without our tags') bed.aws.stripTags('endpoint', candidate ?? '');
      const context = { ...bed.options.context, repository: 'acme/other' };
      const target = bed.targetWith(whose === 'of another repository' ? { context } : {});
      bed.aws.forget();
      expect((await target.reap(ENDPOINT, null)).outcome).toBe('unchanged');
      expect(mutations()).toEqual([]);
      expect(bed.ports.log.text).toContain(`The candidate ${candidate ?? ''} is left alone: `);
    },
  );

  it('leaves the candidate that a promotion is on its way to', async () => {
    const plan = await stage('two');
    hours(7);
    const sageMaker = await bed.clients().sageMaker();
    await sageMaker.updateEndpoint({ EndpointName: ENDPOINT, EndpointConfigName: plan.version });
    expect((await reap()).outcome).toBe('unchanged');
    expect(bed.ports.log.text).toContain('is being promoted');
    expect((await bed.target.promote(plan)).outcome).toBe('promoted');
  });

  it('leaves a candidate that is being created', async () => {
    const plan = await bed.target.plan(bed.request('two'));
    expect((await bed.targetWith({ timeoutMs: 1 }).stage(plan)).outcome).toBe('timed-out');
    const sageMaker = await bed.clients().sageMaker();
    const Tags = [{ Key: 'ml-deploy:expires-at', Value: '2020-01-01T00:00:00.000Z' }];
    await sageMaker.addTags({ ResourceArn: candidateArn(plan), Tags });
    expect((await reap()).outcome).toBe('unchanged');
    expect(bed.ports.log.text).toContain('so a run possibly works on it');
  });

  it('leaves a candidate that a run has staged again', async () => {
    const plan = await stage('two');
    hours(5);
    expect((await bed.target.stage(plan)).outcome).toBe('staged');
    hours(3);
    expect((await reap()).outcome).toBe('unchanged');
  });

  it('keeps the config that served before, though a candidate of it expires', async () => {
    await bed.target.deploy(await bed.target.plan(bed.request('two')));
    const first = await stage('one');
    hours(7);
    expect((await reap()).outcome).toBe('discarded');
    expect(bed.aws.sagemaker.configs.has(first.version)).toBe(true);
    expect((await bed.target.rollback(ENDPOINT, null)).outcome).toBe('rolled-back');
  });

  it('goes on with the next where one cannot be removed, and says so', async () => {
    const [two] = [await stage('two'), await stage('three')];
    hours(7);
    bed.aws.inject({
      on: 'sagemaker:DeleteEndpoint',
      fault: 'denied',
      times: Infinity,
      where: ({ input }) => (input as { EndpointName?: string }).EndpointName === two.candidate,
    });
    const result = await reap();
    expect(result.outcome).toBe('failed');
    expect(result.message).toContain(`Could not be removed: ${two.candidate ?? ''}`);
    expect(names()).toEqual([ENDPOINT, two.candidate]);
  });
});

function candidateArn({ candidate }: Plan): string {
  return bed.aws.sagemaker.endpoints.get(candidate ?? '')?.arn ?? '';
}
