/** What each platform says that a plan uses, and what that comes to by prices that are given; the sums are made by hand. */
import { afterEach, describe, expect, it } from 'vitest';
import { costRows } from '../../../src/core/cost/words.ts';
import type { Scaling } from '../../../src/core/plan/cloud-settings.ts';
import type { Plan, Strategy } from '../../../src/documents/plan.ts';
import { planShape } from '../../../src/documents/plan.ts';
import { costOf as azureCost } from '../../../src/platforms/azure-ml/cost.ts';
import { makeAzureMlBed } from '../../platforms/azure-ml-bed.ts';
import { makeLambdaBed } from '../../platforms/lambda-bed.ts';
import { makeLocalBed } from '../../platforms/local-bed.ts';
import { makeSageMakerBed } from '../../platforms/sagemaker-bed.ts';
import type { TargetBed } from '../../platforms/target-suite.ts';
import { makeVertexBed } from '../../platforms/vertex-bed.ts';

/** Of an hour, one unit; those of AWS are published, the others those of test/fixtures/prices. */
const HOURLY = {
  'ml.m5.large': 0.115,
  'ml.m5.xlarge': 0.23,
  'AWS-Lambda-Provisioned-Concurrency': 0.0000041667 * 3600,
  'n1-standard-2': 2 * 0.03635265 + 7.5 * 0.00487255,
  Standard_DS3_v2: 0.293,
};

const opened: TargetBed[] = [];
afterEach(async () => {
  for (const bed of opened.splice(0)) await bed.dispose();
});
function opening<Bed extends TargetBed>(bed: Bed): Bed {
  opened.push(bed);
  return bed;
}

/** The rows of a plan, priced. */
function rowsOf(plan: Plan): string[] {
  expect(planShape.problems(plan, '')).toEqual([]);
  const { cost } = plan;
  if (cost === undefined) throw new Error('The plan has no cost.');
  const prices = { source: 'a list', currency: 'USD', hourly: HOURLY, unknown: {} };
  return costRows({ ...cost, prices })
    .filter(([name]) => name !== 'Prices')
    .map(([name, value]) => `${name}: ${value}`);
}

const canary = (bakeMinutes: number): Strategy => ({
  type: 'canary',
  stepPercent: 10,
  bakeMinutes,
  alarms: [],
});
const ROLLING: Strategy = { type: 'rolling', stepPercent: 50, bakeMinutes: 0, alarms: [] };

describe('SageMaker', () => {
  const scaling = (minCapacity: number, maxCapacity: number): Scaling => ({
    minCapacity,
    maxCapacity,
    invocationsPerInstance: 700,
    scaleInCooldown: null,
    scaleOutCooldown: null,
  });
  const bedWith = async (asked = {}) => {
    const bed = opening(await makeSageMakerBed());
    await bed.target.deploy(await bed.target.plan(bed.requestWith('one', asked)));
    return bed;
  };

  it('of a new endpoint: the candidate meanwhile, and the instances afterwards', async () => {
    const bed = opening(await makeSageMakerBed());
    expect(rowsOf(await bed.target.plan(bed.requestWith('one', { instanceCount: 2 })))).toEqual([
      'Each month now: $0.00 (nothing by the hour)',
      // 2 * 0.115 * 730
      'Each month afterwards: $167.90 (2 ml.m5.large)',
      'Difference: +$167.90',
      'While the release runs: candidate: 2 ml.m5.large, $0.23 an hour, for as long as it takes',
    ]);
  });

  it('of another type: the whole new fleet beside the old one, for each bake', async () => {
    const bed = await bedWith({ instanceCount: 2 });
    const asked = { instanceCount: 2, instanceType: 'ml.m5.xlarge', strategy: canary(5) };
    expect(rowsOf(await bed.target.plan(bed.requestWith('two', asked)))).toEqual([
      'Each month now: $167.90 (2 ml.m5.large)',
      // 2 * 0.23 * 730
      'Each month afterwards: $335.80 (2 ml.m5.xlarge)',
      'Difference: +$167.90',
      'While the release runs: candidate: 2 ml.m5.xlarge, $0.46 an hour, for as long as it takes',
      // two steps of five minutes: 0.46 / 6 = 0.0766…
      'While the release runs: new instances beside the old ones: 2 ml.m5.xlarge, $0.46 an hour, for 10 minutes at least, $0.077',
    ]);
  });

  it('rolling, a batch of the fleet, and no candidate without staging', async () => {
    const bed = await bedWith({ instanceCount: 4 });
    const asked = { instanceCount: 4, strategy: ROLLING, staging: 'none' as const };
    expect(rowsOf(await bed.target.plan(bed.requestWith('two', asked)))).toEqual([
      'Each month now: $335.80 (4 ml.m5.large)',
      'Each month afterwards: $335.80 (4 ml.m5.large)',
      'Difference: none',
      'While the release runs: new instances beside the old ones: 2 ml.m5.large, $0.23 an hour, for as long as it takes',
    ]);
  });

  it('autoscaled, a range, which stays where nobody asks for another', async () => {
    const bed = await bedWith({ instanceCount: 2, scaling: scaling(1, 4) });
    expect(rowsOf(await bed.target.plan(bed.requestWith('two', { instanceCount: 2 }))).slice(0, 3)).toEqual([
      'Each month now: $83.95 to $335.80 (1 to 4 ml.m5.large)',
      'Each month afterwards: $83.95 to $335.80 (1 to 4 ml.m5.large)',
      'Difference: none',
    ]);
    const more = await bed.target.plan(bed.requestWith('two', { instanceCount: 2, scaling: scaling(2, 6) }));
    expect(rowsOf(more).slice(1, 3)).toEqual([
      'Each month afterwards: $167.90 to $503.70 (2 to 6 ml.m5.large)',
      'Difference: +$83.95 to +$167.90',
    ]);
  });

  it('serverless, nothing by the hour', async () => {
    const bed = opening(await makeSageMakerBed());
    const settings = { serverlessMemoryMb: 2048, serverlessMaxConcurrency: 5 };
    const plan = await bed.target.plan(bed.requestWith('one', { instanceType: null }, settings));
    expect(rowsOf(plan)).toEqual([
      'Each month now: $0.00 (nothing by the hour)',
      'Each month afterwards: $0.00 (nothing by the hour)',
      'Difference: none',
      'Note: A serverless endpoint is billed for its requests, and their number is not known.',
    ]);
  });

  it('with several types, the first one, and says so', async () => {
    const bed = opening(await makeSageMakerBed());
    const settings = { instanceTypes: ['ml.m5.large', 'ml.m5.xlarge'] };
    const plan = await bed.target.plan(
      bed.requestWith('one', { instanceType: null, instanceCount: 1 }, settings),
    );
    expect(rowsOf(plan)[1]).toBe('Each month afterwards: $83.95 (1 ml.m5.large)');
    expect(rowsOf(plan).at(-1)).toBe(
      'Note: If SageMaker has no instances of the first type, it takes ml.m5.xlarge at another price.',
    );
  });
});

describe('Lambda', () => {
  const REQUESTS = 'Note: Lambda bills each request and its duration too, and their number is not known.';

  it('without provisioned concurrency, nothing by the hour', async () => {
    const bed = opening(await makeLambdaBed());
    expect(rowsOf(await bed.target.plan(bed.request('one')))).toEqual([
      'Each month now: $0.00 (nothing by the hour)',
      'Each month afterwards: $0.00 (nothing by the hour)',
      'Difference: none',
      REQUESTS,
    ]);
  });

  it('with it, its GB, of both versions until the alias has moved', async () => {
    const bed = opening(await makeLambdaBed());
    const settings = { memoryMb: 2048, provisionedConcurrency: 5 };
    await bed.target.deploy(await bed.target.plan(bed.requestWith('one', settings)));
    const more = { ...settings, provisionedConcurrency: 10 };
    expect(rowsOf(await bed.target.plan(bed.requestWith('two', more)))).toEqual([
      // 5 * 2 * 0.0000041667 * 3600 * 730
      'Each month now: $109.50 (5 × 2 GB of provisioned concurrency (x86_64))',
      'Each month afterwards: $219.00 (10 × 2 GB of provisioned concurrency (x86_64))',
      'Difference: +$109.50',
      'While the release runs: old version beside the new one: 5 × 2 GB of provisioned concurrency (x86_64), $0.15 an hour, for as long as it takes',
      REQUESTS,
    ]);
  });
});

describe('Vertex AI', () => {
  it('the replicas of both versions, the old ones for as long as they are kept warm', async () => {
    const bed = opening(makeVertexBed());
    await bed.target.deploy(await bed.target.plan(bed.request('one')));
    const strategy = { ...canary(5), laterPercents: [50] };
    const settings = { keepWarmMinutes: 30 };
    const rows = rowsOf(await bed.target.plan(bed.requestWith('two', settings, { strategy })));
    // 2 * 0.03635265 + 7.5 * 0.00487255 = 0.109249425 an hour; * 730 = 79.75208…; three steps: * 45 / 60 = 0.0819…
    expect(rows).toEqual([
      'Each month now: $79.75 (1 n1-standard-2)',
      'Each month afterwards: $79.75 (1 n1-standard-2)',
      'Difference: none',
      'While the release runs: candidate: 1 n1-standard-2, $0.11 an hour, for as long as it takes',
      'While the release runs: old version beside the new one: 1 n1-standard-2, $0.11 an hour, for 45 minutes at least, $0.082',
    ]);
  });

  it('with an accelerator, a machine of which no list has a price', async () => {
    const bed = opening(makeVertexBed());
    const settings = { acceleratorType: 'NVIDIA_TESLA_T4', acceleratorCount: 1 };
    const rows = rowsOf(await bed.target.plan(bed.requestWith('one', settings)));
    expect(rows[1]).toBe('Each month afterwards: 1 n1-standard-2 with 1 NVIDIA_TESLA_T4');
    expect(rows[2]).toBe('Difference: not checked');
  });
});

describe('Azure ML', () => {
  it('the machines of every version that is kept, and of the one that is removed until it is', async () => {
    const bed = opening(await makeAzureMlBed());
    const target = bed.targetWith({ keepVersions: 1 });
    await target.deploy(await target.plan(bed.request('one')));
    // 0.293 * 730 = 213.89
    expect(rowsOf(await target.plan(bed.request('two')))).toEqual([
      'Each month now: $213.89 (1 Standard_DS3_v2)',
      'Each month afterwards: $427.78 (what serves: 1 Standard_DS3_v2; version that is kept: 1 Standard_DS3_v2)',
      'Difference: +$213.89',
      'Note: Versions that are kept for a rollback are billed until keep-versions removes them.',
    ]);
    await target.deploy(await target.plan(bed.request('two')));
    // 3 * 213.89; the version before what serves stays, whatever keep-versions says
    expect(rowsOf(await target.plan(bed.request('three'))).slice(1, 3)).toEqual([
      'Each month afterwards: $641.67 (what serves: 1 Standard_DS3_v2; version that is kept: 2 Standard_DS3_v2)',
      'Difference: +$213.89',
    ]);
  });

  it('not of a version that the release removes, but for as long as that takes', async () => {
    const bed = opening(await makeAzureMlBed());
    const plan = await bed.target.plan(bed.request('two'));
    const deployed = (id: string, capacity: number) => ({
      id,
      found: {
        sku: { name: 'Default', capacity },
        properties: { provisioningState: 'Succeeded', instanceType: 'Standard_DS3_v2' } as const,
      },
    });
    const versions = [deployed('serving', 1), deployed('older', 2)];
    const cost = azureCost({ ...plan, base: 'serving' }, versions, new Set(['older']));
    expect(rowsOf({ ...plan, cost }).slice(0, 4)).toEqual([
      'Each month now: $641.67 (what serves: 1 Standard_DS3_v2; version that is kept: 2 Standard_DS3_v2)',
      'Each month afterwards: $427.78 (what serves: 1 Standard_DS3_v2; version that is kept: 1 Standard_DS3_v2)',
      'Difference: -$213.89',
      'While the release runs: old version until it is removed: 2 Standard_DS3_v2, $0.59 an hour, for as long as it takes',
    ]);
  });
});

it('the local target bills nothing', async () => {
  const bed = opening(await makeLocalBed());
  expect(await bed.target.plan(bed.request('one'))).not.toHaveProperty('cost');
});
