import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  restoreNext,
  savedScaling,
  setNextAside,
  type ScalingHolder,
} from '../../../../../src/platforms/sagemaker/scaling/save-scaling.ts';
import {
  applyNextScaling,
  readScaling,
  type ScalingState,
} from '../../../../../src/platforms/sagemaker/scaling/scaling.ts';
import { FAULT_NAMES } from '../../../../fakes/aws/inject.ts';
import { ENDPOINT, serve, startBed, VARIANT, type Bed } from '../modules-bed.ts';

type Clients = Bed['clients'];

/** Call by call, until there is none left. @returns what was set aside, or put back */
async function allOf(
  next: typeof setNextAside,
  clients: Clients,
  on: ScalingHolder,
): Promise<ScalingState | null> {
  let state: ScalingState | null = null;
  for (;;) {
    const came = await next(clients, on, state);
    if (came.is === 'done') return came.state ?? state;
    ({ state } = came);
  }
}
const suspendScaling = (clients: Clients, on: ScalingHolder) => allOf(setNextAside, clients, on);
const restoreScaling = (clients: Clients, on: ScalingHolder) => allOf(restoreNext, clients, on);
/** What a run that dies before it switches anything off leaves. */
const saveScaling = async (clients: Clients, on: ScalingHolder) =>
  (await setNextAside(clients, on, null)).state;

let bed: Bed;
let holder: ScalingHolder;

beforeEach(async () => {
  bed = await startBed();
  holder = { endpoint: ENDPOINT, variant: VARIANT, arn: await serve(bed) };
});

afterEach(() => bed.aws.close());

const RESOURCE = {
  ServiceNamespace: 'sagemaker',
  ResourceId: `endpoint/${ENDPOINT}/variant/${VARIANT}`,
  ScalableDimension: 'sagemaker:variant:DesiredInstanceCount',
} as const;

/** Target, a policy, and scheduled actions of both kinds. */
async function scaled(actions = 2): Promise<ScalingState> {
  const asked = {
    minCapacity: 2,
    maxCapacity: 7,
    invocationsPerInstance: 700,
    scaleInCooldown: 300,
    scaleOutCooldown: null,
  };
  while ((await applyNextScaling(bed.clients, holder, asked)) === 'again');
  const client = await bed.clients.autoScaling();
  for (let at = 0; at < actions; at++) {
    await client.putScheduledAction({
      ...RESOURCE,
      ScheduledActionName: `evening-${at}`,
      Schedule: at === 0 ? 'at(2027-01-01T18:00:00)' : `cron(${at} 18 * * ? *)`,
      Timezone: 'Europe/Berlin',
      ...(at === 1 ? { EndTime: new Date('2027-06-01T00:00:00Z') } : {}),
      ScalableTargetAction: { MinCapacity: 1, MaxCapacity: 3 },
    });
  }
  const state = await readScaling(bed.clients, holder);
  if (state === null) throw new Error('it is not scaled');
  bed.aws.forget();
  return state;
}

const now = () => readScaling(bed.clients, holder);
const tags = () => Object.keys(bed.aws.tagsOf('endpoint', ENDPOINT)).filter((key) => key.includes('scaling'));

describe('keeping autoscaling over an update', () => {
  it('brings back the same target, policies and scheduled actions, and forgets what was saved', async () => {
    const before = await scaled();
    expect(await suspendScaling(bed.clients, holder)).toEqual(before);
    expect(await now()).toBeNull();
    expect(await restoreScaling(bed.clients, holder)).toEqual(before);
    expect(await now()).toEqual(before);
    expect(tags()).toEqual([]);
  });

  it('does nothing where there is no autoscaling', async () => {
    expect(await suspendScaling(bed.clients, holder)).toBeNull();
    expect(await restoreScaling(bed.clients, holder)).toBeNull();
    expect(bed.aws.names('mutations')).toEqual([]);
  });

  it('spreads a long state over several tags', async () => {
    const before = await scaled(40);
    await suspendScaling(bed.clients, holder);
    expect(tags().length).toBeGreaterThan(1);
    expect(await savedScaling(bed.clients, holder.arn)).toEqual(before);
    await restoreScaling(bed.clients, holder);
    expect(await now()).toEqual(before);
  });

  it('never saves less than what an interrupted run saved', async () => {
    await scaled(30);
    await saveScaling(bed.clients, holder);
    const client = await bed.clients.autoScaling();
    await client.deleteScheduledAction({ ...RESOURCE, ScheduledActionName: 'evening-3' });
    await client.registerScalableTarget({ ...RESOURCE, MinCapacity: 3, MaxCapacity: 9 });
    // What was saved is more than there is now: it may be half restored, and is the safe one.
    expect((await saveScaling(bed.clients, holder))?.scheduled).toHaveLength(30);
    await restoreScaling(bed.clients, holder);
    expect((await now())?.scheduled).toHaveLength(30);
  });

  it('lets the newer wish stand where nothing of what was saved is missing', async () => {
    const before = await scaled();
    await saveScaling(bed.clients, holder);
    const client = await bed.clients.autoScaling();
    await client.registerScalableTarget({ ...RESOURCE, MinCapacity: 3, MaxCapacity: 9 });
    await restoreScaling(bed.clients, holder);
    expect((await now())?.target).toMatchObject({ minCapacity: 3, maxCapacity: 9 });
    expect((await now())?.policies).toEqual(before.policies);
    expect(tags()).toEqual([]);
  });

  it('says so where the saved state is damaged', async () => {
    await scaled();
    await suspendScaling(bed.clients, holder);
    const sageMaker = await bed.clients.sageMaker();
    await sageMaker.addTags({
      ResourceArn: holder.arn,
      Tags: [{ Key: 'ml-deploy:scaling/0', Value: 'x:01:y' }],
    });
    await expect(restoreScaling(bed.clients, holder)).rejects.toThrow('is incomplete');
  });

  it('refuses step scaling, whose alarms would name the policy that was', async () => {
    await scaled();
    const client = await bed.clients.autoScaling();
    await client.putScalingPolicy({
      ...RESOURCE,
      PolicyName: 'steps',
      PolicyType: 'StepScaling',
      StepScalingPolicyConfiguration: {
        AdjustmentType: 'ChangeInCapacity',
        StepAdjustments: [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 1 }],
      },
    });
    bed.aws.forget();
    await expect(suspendScaling(bed.clients, holder)).rejects.toThrow(
      'could not be restored as they were: steps',
    );
    expect(bed.aws.names('mutations')).toEqual([]);
  });
});

describe('a run that dies while it keeps autoscaling', () => {
  /** Every call of the flow, as a run without faults makes it. */
  async function flow(): Promise<string[]> {
    await suspendScaling(bed.clients, holder);
    await restoreScaling(bed.clients, holder);
    const names = bed.aws.names();
    bed.aws.forget();
    return names;
  }

  it('is made good by the next one, whatever call failed and however', async () => {
    const before = await scaled();
    const calls = await flow();
    expect(calls.length).toBeGreaterThan(15);
    let cases = 0;
    for (const [index] of calls.entries()) {
      for (const fault of FAULT_NAMES.filter((name) => !name.startsWith('timeout'))) {
        bed.aws.forget();
        bed.aws.inject({ nth: index + 1, fault });
        const ended = await suspendScaling(bed.clients, holder)
          .then(() => restoreScaling(bed.clients, holder))
          .then(
            () => 'well',
            () => 'badly',
          );
        expect(ended).toBe('badly');
        bed.aws.forget();
        await suspendScaling(bed.clients, holder);
        await restoreScaling(bed.clients, holder);
        expect(await now()).toEqual(before);
        expect(tags()).toEqual([]);
        cases += 1;
      }
    }
    expect(cases).toBe(calls.length * 6);
  });
});
