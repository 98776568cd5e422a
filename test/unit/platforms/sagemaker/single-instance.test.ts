import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Scaling } from '../../../../src/core/plan/cloud-settings.ts';
import { makeSageMakerBed, type Asked, type SageMakerBed } from '../../../platforms/sagemaker-bed.ts';

let bed: SageMakerBed;
beforeEach(async () => {
  bed = await makeSageMakerBed();
});
afterEach(() => bed.dispose());

const scaling = (minCapacity: number): Scaling => ({
  minCapacity,
  maxCapacity: 4,
  invocationsPerInstance: 700,
  scaleInCooldown: null,
  scaleOutCooldown: null,
});

async function warned(hasApprovers: boolean, asked: Asked): Promise<boolean> {
  const target = bed.targetWith({ hasApprovers });
  const { findings } = await target.plan(bed.requestWith('one', asked));
  return findings.some(
    ({ level, message }) => level === 'warning' && message.includes('has approvers but only one instance'),
  );
}

describe('an environment with approvers', () => {
  it.each([
    ['one instance', { instanceCount: 1 }, true],
    ['scaling that begins at one', { instanceCount: 2, scaling: scaling(1) }, true],
    ['two instances', { instanceCount: 2 }, false],
    ['scaling that begins at two', { instanceCount: 2, scaling: scaling(2) }, false],
  ])('and %s: %j', async (_, asked, isWarned) => {
    expect(await warned(true, asked)).toBe(isWarned);
    expect(await warned(false, asked)).toBe(false);
  });
});
