import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Scaling } from '../../../../../src/core/plan/cloud-settings.ts';
import {
  applyNextScaling,
  isAsAsked,
  POLICY_NAME,
  readScaling,
  removeScaling,
  scalingChanges,
} from '../../../../../src/platforms/sagemaker/scaling/scaling.ts';
import { ENDPOINT, serve, startBed, VARIANT, type Bed } from '../modules-bed.ts';

const REF = { endpoint: ENDPOINT, variant: VARIANT };
const DESIRED: Scaling = {
  minCapacity: 2,
  maxCapacity: 6,
  invocationsPerInstance: 700,
  scaleInCooldown: 300,
  scaleOutCooldown: 60,
};

/** Call by call, until there is none left. */
async function applyScaling(clients: Bed['clients'], ref: typeof REF, desired: Scaling): Promise<void> {
  while ((await applyNextScaling(clients, ref, desired)) === 'again');
}

let bed: Bed;

beforeEach(async () => {
  bed = await startBed();
  await serve(bed);
});

afterEach(() => bed.aws.close());

describe('autoscaling of a variant', () => {
  it('is null where there is none', async () => {
    expect(await readScaling(bed.clients, REF)).toBeNull();
    expect(bed.aws.names()).toEqual(['application-autoscaling:DescribeScalableTargets']);
  });

  it('is made with one target and one policy', async () => {
    expect(isAsAsked(null, DESIRED)).toBe(false);
    await applyScaling(bed.clients, REF, DESIRED);
    expect(bed.aws.names('mutations')).toEqual([
      'application-autoscaling:RegisterScalableTarget',
      'application-autoscaling:PutScalingPolicy',
    ]);
    const state = await readScaling(bed.clients, REF);
    expect(state?.target).toMatchObject({ minCapacity: 2, maxCapacity: 6 });
    expect(state?.policies).toEqual([
      {
        name: POLICY_NAME,
        type: 'TargetTrackingScaling',
        stepScaling: null,
        targetTracking: {
          TargetValue: 700,
          ScaleInCooldown: 300,
          ScaleOutCooldown: 60,
          PredefinedMetricSpecification: { PredefinedMetricType: 'SageMakerVariantInvocationsPerInstance' },
        },
      },
    ]);
  });

  it('changes nothing where it is as desired', async () => {
    await applyScaling(bed.clients, REF, DESIRED);
    bed.aws.forget();
    await applyScaling(bed.clients, REF, DESIRED);
    expect(isAsAsked(await readScaling(bed.clients, REF), DESIRED)).toBe(true);
    expect(bed.aws.names('mutations')).toEqual([]);
  });

  it('changes the policy that aims at the same metric, and keeps what is not said', async () => {
    const client = await bed.clients.autoScaling();
    await applyScaling(bed.clients, REF, { ...DESIRED, invocationsPerInstance: null });
    await client.putScalingPolicy({
      ServiceNamespace: 'sagemaker',
      ResourceId: `endpoint/${ENDPOINT}/variant/${VARIANT}`,
      ScalableDimension: 'sagemaker:variant:DesiredInstanceCount',
      PolicyName: 'by-hand',
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: 100,
        DisableScaleIn: true,
        ScaleInCooldown: 900,
        PredefinedMetricSpecification: { PredefinedMetricType: 'SageMakerVariantInvocationsPerInstance' },
      },
    });
    const wanted = { ...DESIRED, scaleInCooldown: null };
    await applyScaling(bed.clients, REF, wanted);
    const state = await readScaling(bed.clients, REF);
    expect(state?.policies.map(({ name, targetTracking }) => [name, targetTracking])).toEqual([
      [
        'by-hand',
        expect.objectContaining({
          TargetValue: 700,
          DisableScaleIn: true,
          ScaleInCooldown: 900,
          ScaleOutCooldown: 60,
        }),
      ],
    ]);
  });

  it('tells what would change, field by field', async () => {
    expect(scalingChanges(DESIRED, null).map(({ field, from, to }) => `${field} ${from} ${to}`)).toEqual([
      'min-capacity null 2',
      'max-capacity null 6',
      'invocations-per-instance null 700',
      'scale-in-cooldown null 300',
      'scale-out-cooldown null 60',
    ]);
    await applyScaling(bed.clients, REF, DESIRED);
    const state = await readScaling(bed.clients, REF);
    expect(scalingChanges(DESIRED, state)).toEqual([]);
    expect(scalingChanges({ ...DESIRED, maxCapacity: 9, scaleInCooldown: null }, state)).toEqual([
      { field: 'max-capacity', from: '6', to: '9' },
    ]);
  });

  it('is removed with its policies; a second time there is nothing to remove', async () => {
    await applyScaling(bed.clients, REF, DESIRED);
    expect(await removeScaling(bed.clients, REF)).toBe(true);
    expect(await readScaling(bed.clients, REF)).toBeNull();
    expect(await removeScaling(bed.clients, REF)).toBe(false);
  });

  it.each([
    ['application-autoscaling:DescribeScalableTargets'],
    ['application-autoscaling:RegisterScalableTarget'],
    ['application-autoscaling:PutScalingPolicy'],
  ])('names %s where it is missing', async (permission) => {
    bed.aws.inject({ on: permission, fault: 'denied', times: 9 });
    await expect(applyScaling(bed.clients, REF, DESIRED)).rejects.toThrow(`do not allow ${permission}`);
  });
});
