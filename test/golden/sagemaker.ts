/** The states that a SageMaker endpoint alone can be in, and how its commands are watched. */
import type { DeploymentTarget } from '../../src/core/targets.ts';
import { isRead, type Call } from '../fakes/aws/calls.ts';
import { deployed, full, plain, scaled, staged } from '../faults/befores.ts';
import { FLOWS } from '../faults/flows.ts';
import { carryOut, steady } from '../faults/scene.ts';
import { makeSageMakerBed, type SageMakerBed } from '../platforms/sagemaker-bed.ts';
import { ENDPOINT } from '../platforms/target-suite.ts';
import {
  CASES,
  make,
  planned,
  reap,
  rollback,
  teardown,
  type Act,
  type Case,
  type GoldenBed,
} from './cases.ts';
import type { Witness } from './record.ts';

type Bed = SageMakerBed & GoldenBed;

const context = (runId: string) => ({ repository: 'acme/churn', commit: 'c0ffee', runId });

export async function openSageMaker(): Promise<{ bed: Bed; witness: Witness }> {
  const made = await makeSageMakerBed({ context: context('1001'), pollMs: null });
  const paced = { clock: steady(made.ports.clock) };
  const bed = {
    ...made,
    target: made.targetWith(paced),
    targetWith: (options: Parameters<SageMakerBed['targetWith']>[0]) =>
      made.targetWith({ ...paced, ...options }),
    anotherRun: () => made.targetWith({ ...paced, context: context('1002') }),
  };
  const witness = {
    log: bed.ports.log.lines,
    calls: () => bed.aws.calls.filter(({ action }) => !isRead(action)).map(wordsOf),
    names: [],
  };
  return { bed, witness };
}

/** The call, what it is about, and where it did not work out. */
function wordsOf({ action, input, error }: Call): string {
  const about = [
    'EndpointName',
    'EndpointConfigName',
    'ModelName',
    'ResourceArn',
    'AlarmName',
    'AlarmNames',
    'ResourceId',
  ];
  const parts = about.map((member) => input[member]).filter((value) => value !== undefined);
  const tags = Array.isArray(input.Tags) && action.endsWith('Tags') ? input.Tags : [];
  const keys = tags.map(({ Key = '' }: { Key?: string }) => Key);
  const last = (value: unknown) => String(value).split(/[:/]/).at(-1) ?? '';
  return [action, ...parts.flat().map(last), ...keys, ...(error === null ? [] : [`(${error})`])].join(' ');
}

const deny =
  (...actions: string[]) =>
  (bed: Bed): Promise<void> => {
    bed.aws.allows = ({ action }) => !actions.includes(action);
    return Promise.resolve();
  };
const outcome =
  (kind: 'stuck' | 'alarm' | 'rollback-failure' | 'no-capacity') =>
  (bed: Bed): Promise<void> => {
    bed.aws.plan({ outcome: { kind } });
    return Promise.resolve();
  };

const STATES: Readonly<Record<string, (bed: Bed) => Promise<void> | void>> = {
  'nobody may look at it': deny('sagemaker:DescribeEndpoint'),
  'nobody may make models': deny('sagemaker:CreateModel'),
  'nobody may make configs': deny('sagemaker:CreateEndpointConfig'),
  'nobody may update': deny('sagemaker:UpdateEndpoint', 'sagemaker:CreateEndpoint'),
  'nobody may tag': deny('sagemaker:AddTags'),
  'nobody may remove': deny(
    'sagemaker:DeleteEndpoint',
    'sagemaker:DeleteEndpointConfig',
    'sagemaker:DeleteModel',
  ),
  'nobody may search': deny('sagemaker:Search'),
  'the change never ends': outcome('stuck'),
  'no machine is free': outcome('no-capacity'),
  'it is a mix of two versions': (bed) => bed.aws.setStatus(ENDPOINT, 'UpdateRollbackFailed'),
  'it is Failed': (bed) => bed.aws.setStatus(ENDPOINT, 'Failed'),
  'AWS updates it for ever': (bed) => bed.aws.setStatus(ENDPOINT, 'SystemUpdating'),
  'its tags are gone': (bed) => bed.aws.stripTags('endpoint', ENDPOINT),
};

/** Each is refused here, whatever the plan of before says. */
const planless = (act: Act) => () => Promise.resolve(act);
const ahead =
  (command: 'deploy' | 'stage' | 'promote' | 'discard') =>
  async (bed: Bed): Promise<Act> => {
    const plan = await bed.target.plan(
      bed.requestWith('three', { staging: command === 'deploy' ? 'none' : 'endpoint' }),
    );
    if (command === 'promote' || command === 'discard') await bed.target.stage(plan);
    return (target: DeploymentTarget) => target[command](plan);
  };

const COMMANDS: Readonly<Record<string, (bed: Bed) => Promise<Act>>> = {
  deploy: ahead('deploy'),
  stage: ahead('stage'),
  promote: ahead('promote'),
  discard: ahead('discard'),
  rollback: planless(rollback()),
  teardown: planless(teardown),
  reap: planless(reap()),
};

const IN_STATES: readonly Case<Bed>[] = Object.entries(STATES).flatMap(([state, bring]) =>
  Object.entries(COMMANDS).map(([command, act]) => ({
    name: `${command}: ${state}`,
    before: async (bed: Bed) => {
      await make(bed, ['deploy', 'one'], ['deploy', 'two']);
      const carry = await act(bed);
      await bring(bed);
      return carry;
    },
  })),
);

/** Of the fault matrix, without its faults. */
const OF_FLOWS: readonly Case<Bed>[] = FLOWS.filter(
  ({ thenRequests, then }) => thenRequests === undefined && then === undefined,
).map(({ name, before, command, request, lag, keepVersions = 3 }) => ({
  name: `flow: ${name}`,
  before: async (bed: Bed) => {
    await before(bed);
    bed.aws.lag(lag ?? {});
    const target = bed.targetWith({ keepVersions });
    return () => carryOut(command, { request: request?.(bed) ?? null, approved: null }, target);
  },
}));

const OWN: readonly Case<Bed>[] = [
  ...(['alarm', 'rollback-failure'] as const).map((kind) => ({
    name: `deploy: an alarm goes off while it bakes (${kind})`,
    before: async (bed: Bed) => {
      await scaled(bed);
      await outcome(kind)(bed);
      const plan = await bed.target.plan(full(bed, 'two', { staging: 'none' }));
      return (target: DeploymentTarget) => target.deploy(plan);
    },
  })),
  {
    name: 'rollback: an update is under way, with our alarms',
    before: async (bed) => {
      await scaled(bed);
      await underWay(bed, full(bed, 'two', { staging: 'none' }));
      return rollback();
    },
  },
  {
    name: 'rollback: an update is under way, without alarms of ours',
    before: async (bed) => {
      await deployed('one')(bed);
      await underWay(bed, plain(bed, 'two'));
      return rollback();
    },
  },
  {
    name: 'teardown: a candidate starts',
    before: async (bed) => {
      await staged()(bed);
      return teardown;
    },
  },
  {
    name: 'deploy: the same version, with another number of instances by hand',
    before: async (bed) => {
      await make(bed, ['deploy', 'one']);
      bed.aws.scaleTo(ENDPOINT, 'main', 3);
      return planned(bed, 'deploy', 'one');
    },
  },
];

/** A run that is killed as soon as its update has begun. */
async function underWay(bed: Bed, request: Parameters<DeploymentTarget['plan']>[0]): Promise<void> {
  const dead = new AbortController();
  const back = bed.aws.inject({
    on: 'sagemaker:UpdateEndpoint',
    after: () => {
      dead.abort();
      return undefined;
    },
  });
  const target = bed.targetWith({ signal: dead.signal });
  await target.deploy(await bed.target.plan(request)).catch(() => undefined);
  back();
}

export const SAGEMAKER: readonly Case<Bed>[] = [...CASES, ...OF_FLOWS, ...IN_STATES, ...OWN];
