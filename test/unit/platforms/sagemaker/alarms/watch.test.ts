/** The alarms of an update: made against what served before, and gone after it, however it ended. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Plan, Strategy } from '../../../../../src/documents/plan.ts';
import type { CloudSettings } from '../../../../../src/core/plan/cloud-settings.ts';
import { makeSageMakerBed, type Asked, type SageMakerBed } from '../../../../platforms/sagemaker-bed.ts';
import { ENDPOINT, type ModelName } from '../../../../platforms/target-suite.ts';

const CANARY: Strategy = { type: 'canary', stepPercent: 50, bakeMinutes: 5, alarms: [] };
const TWO = { instanceCount: 2, staging: 'none' } as const;

let bed: SageMakerBed;
beforeEach(async () => {
  bed = await makeSageMakerBed();
  await bed.target.deploy(await planOf('one'));
  bed.aws.forget();
});
afterEach(() => bed.dispose());

const planOf = (model: ModelName, changes: Asked = {}, settings: CloudSettings = {}) =>
  bed.target.plan(bed.requestWith(model, { ...TWO, ...changes }, settings));
const alarms = () => [...bed.aws.ours.alarms.keys()];
const made = () =>
  bed.aws.calls.filter(({ action }) => action === 'PutMetricAlarm').map(({ input }) => input);
const callsOf = ({ steps }: Plan) => ({ message: steps.map(({ what }) => what).join('; ') });

/** A run that is cut short while its update is under way. */
async function cutShort(model: ModelName): Promise<Plan> {
  const plan = await planOf(model, { strategy: CANARY });
  const { outcome } = await bed.targetWith({ timeoutMs: 240_000 }).deploy(plan);
  expect(outcome).toBe('timed-out');
  expect(alarms().length).toBeGreaterThan(0);
  return plan;
}

describe('what served before', () => {
  it('is what the new version is measured by: its errors and its p99', async () => {
    const before = new Date(bed.ports.clock.now().getTime() - 3_600_000);
    bed.aws.alarms.metrics = ({ metric, dimensions }) => {
      expect(dimensions).toEqual({ EndpointName: ENDPOINT, VariantName: 'main' });
      return metric === 'ModelLatency' ? [{ at: before, value: 200_000 }] : [{ at: before, value: 3 }];
    };
    const { outcome } = await bed.target.deploy(await planOf('two', { strategy: CANARY }));
    expect(outcome).toBe('deployed');
    expect(made()).toEqual([
      expect.objectContaining({ MetricName: 'ModelLatency', ExtendedStatistic: 'p99', Threshold: 300_000 }),
      expect.objectContaining({ MetricName: 'Invocation5XXErrors', Threshold: 3 }),
    ]);
    expect(alarms()).toEqual([]);
  });

  it('is not known where it may not be read: any error counts, and the run goes on', async () => {
    bed.aws.allows = ({ action }) => action !== 'cloudwatch:GetMetricData';
    const { outcome } = await bed.target.deploy(await planOf('two', { strategy: CANARY }));
    expect(outcome).toBe('deployed');
    expect(made()).toEqual([expect.objectContaining({ MetricName: 'Invocation5XXErrors', Threshold: 0 })]);
    expect(bed.ports.log.text).toMatch(/are not known.*do not allow cloudwatch:GetMetricData/);
  });
});

describe('alarms that a dead run left', () => {
  it('are gone after the same command again', async () => {
    const plan = await cutShort('two');
    expect((await bed.target.deploy(plan)).outcome).toBe('deployed');
    expect(alarms()).toEqual([]);
  });

  it('are gone after the next update, which makes none, and its plan names that', async () => {
    await cutShort('two');
    await bed.ports.clock.sleep(7 * 3_600_000, bed.ports.signal);
    const plan = await planOf('three');
    expect(callsOf(plan).message).toContain(`DeleteAlarms for ${ENDPOINT}`);
    expect((await bed.target.deploy(plan)).outcome).toBe('deployed');
    expect(alarms()).toEqual([]);
    expect(callsOf(await planOf('one')).message).not.toContain('DeleteAlarms');
  });

  it('are gone after a teardown', async () => {
    await cutShort('two');
    await bed.target.teardown(ENDPOINT);
    expect(alarms()).toEqual([]);
  });
});

it('are not left where the update is refused', async () => {
  bed.aws.allows = ({ action }) => action !== 'sagemaker:UpdateEndpoint';
  const plan = await planOf('two', { strategy: CANARY });
  await expect(bed.target.deploy(plan)).rejects.toThrow(/do not allow sagemaker:UpdateEndpoint/);
  expect(made()).not.toEqual([]);
  expect(alarms()).toEqual([]);
});

it('are not made where nothing would heed them: the variant changes its name, and AWS wants no guardrails', async () => {
  const plan = await planOf('two', {
    variantName: 'blue',
    strategy: { ...CANARY, type: 'all-at-once', stepPercent: null },
  });
  expect(callsOf(plan).message).not.toMatch(/Alarm/);
  await bed.target.deploy(plan);
  expect(made()).toEqual([]);
});
