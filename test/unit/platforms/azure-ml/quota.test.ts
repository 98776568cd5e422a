/** Whether the subscription has the cores that a release needs: what the plan says of it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { quotaFinding, type QuotaAsk } from '../../../../src/platforms/azure-ml/quota.ts';
import type { Usage } from '../../../../src/platforms/azure-ml/machines.ts';
import { makeAzureMlBed, type AzureMlBed } from '../../../platforms/azure-ml-bed.ts';

let bed: AzureMlBed;
beforeEach(async () => {
  bed = await makeAzureMlBed();
});
afterEach(() => bed.dispose());

const DS3 = { instanceType: 'Standard_DS3_v2', instanceCount: 2 };
const planned = async (model: 'one' | 'two' = 'one', settings: object = DS3) => {
  const { findings } = await bed.target.plan(bed.requestWith(model, settings));
  return findings.find(({ message }) => message.includes('quota'));
};

describe('a plan', () => {
  it('counts a fifth more machines than it asks for, and says what is left', async () => {
    bed.azure.world.cores = 12;
    expect(await planned()).toEqual({
      level: 'ok',
      message:
        'The release needs a quota of 12 more cores for Standard_DS3_v2: Azure ML reserves a fifth more machines for its upgrades. ' +
        'Left in westeurope: 24 of 24 for all families, 12 of 12 for standardDSv2Family.',
    });
  });

  it('warns of a release that Azure would refuse, which then is refused', async () => {
    bed.azure.world.cores = 11;
    const found = await planned();
    expect(found?.level).toBe('warning');
    expect(found?.message).toContain('11 of 11 for standardDSv2Family. Ask for more cores of this family');
    const { outcome } = await bed.target.deploy(await bed.target.plan(bed.requestWith('one', DS3)));
    expect(outcome).toBe('failed');
  });

  it('counts what runs already', async () => {
    bed.azure.world.cores = 20;
    await bed.target.deploy(await bed.target.plan(bed.requestWith('one', DS3)));
    // Another version runs beside it, and the same one grows where it is.
    expect(await planned('two')).toMatchObject({
      level: 'warning',
      message: expect.stringContaining('8 of 20') as string,
    });
    expect(await planned('one', { ...DS3, instanceCount: 3 })).toMatchObject({
      level: 'ok',
      message: expect.stringContaining('4 more cores') as string,
    });
  });

  it('has room for max-capacity', async () => {
    bed.azure.world.cores = 20;
    const scaling = {
      minCapacity: 2,
      maxCapacity: 5,
      invocationsPerInstance: null,
      scaleInCooldown: null,
      scaleOutCooldown: null,
    };
    expect(await planned('one', { ...DS3, scaling })).toMatchObject({
      level: 'warning',
      message: expect.stringContaining('12 more cores for Standard_DS3_v2, and 24 at max-capacity') as string,
    });
  });

  it.each(['usages', 'vmSizes'])('that may not read %s says so, and is made', async (kind) => {
    const needed = `Microsoft.MachineLearningServices/locations/${kind}/read`;
    bed.azure.allows = (permission) => permission !== needed;
    expect(await planned()).toMatchObject({
      level: 'not-checked',
      message: expect.stringMatching(
        new RegExp(`^The quota: .* of 3 more Standard_DS3_v2 are needed.*${needed}`),
      ) as string,
    });
  });

  it('does not guess at a machine that Azure ML does not list', async () => {
    expect(await planned('one', { instanceType: 'Standard_NC6s_v9' })).toMatchObject({
      level: 'not-checked',
      message: expect.stringContaining('Azure ML does not list Standard_NC6s_v9 in westeurope.') as string,
    });
  });
});

/** Entries of Microsoft's example (azure-rest-api-specs, 2024-10-01, Usage/list.json), and the name that `az` prints. */
const usage = (type: string, value: string, currentValue: number, limit: number, below = ''): Usage => ({
  id: `/subscriptions/0000${below}/usages/${value.replaceAll(' ', '_')}`,
  type: `Microsoft.MachineLearningServices/${type}/usages`,
  name: { value },
  currentValue,
  limit,
});
const DEDICATED = 'Standard DSv2 Family Cluster Dedicated vCPUs';
const WORKSPACE = '/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/demo';
const left = async (...usages: Usage[]) => {
  const ask: QuotaAsk = {
    spec: {},
    instances: 1,
    machine: 'standard_ds2_v2',
    workspace: { id: `/subscriptions/0000${WORKSPACE}`, location: 'eastus' },
    own: null,
  };
  const sizes = [{ name: 'Standard_DS2_v2', family: 'standardDSv2Family', vCPUs: 2 }];
  const { message } = await quotaFinding(ask, {
    machineSizes: () => Promise.resolve(sizes),
    usages: () => Promise.resolve(usages),
  });
  return /Left in eastus: (.*?)\.( |$)/.exec(message)?.[1] ?? message;
};

describe('of the usages', () => {
  it.each([DEDICATED, 'standardDSv2Family'])('the family %s is meant', async (name) => {
    expect(await left(usage('vmFamily', name, 2, 24))).toBe('22 of 24 for standardDSv2Family');
  });

  it('other families, machines that can be taken away, computes and no limit do not count', async () => {
    const others = [
      usage('vmFamily', 'Standard Dv2 Family Cluster Dedicated vCPUs', 0, 24),
      usage('vmFamily', 'Standard DSv2 Family Cluster LowPriority vCPUs', 0, 24),
      usage('workspaces/computes', DEDICATED, 2, 24, `${WORKSPACE}/computes/cluster`),
      usage('workspaces', DEDICATED, 2, 24, `${WORKSPACE}-of-others`),
      usage('vmFamily', DEDICATED, 2, -1),
      usage('totalCores', 'Clusters', 7, 100),
    ];
    expect(await left(...others)).toContain('Azure ML tells no quota of standardDSv2Family.');
  });

  it('that of the workspace counts beside that of the subscription, and that of all families', async () => {
    expect(
      await left(
        usage('dedicatedCores', 'Total Cluster Dedicated Regional vCPUs', 14, 24),
        usage('vmFamily', DEDICATED, 2, 24),
        usage('workspaces', DEDICATED, 2, 6, WORKSPACE),
      ),
    ).toBe(
      '10 of 24 for all families, 22 of 24 for standardDSv2Family, 4 of 6 for standardDSv2Family in this workspace',
    );
  });
});
