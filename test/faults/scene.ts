/** One flow in a fresh account: what is there before, what is asked for, and what has to be true in the end. */
import { checkApproved } from '../../src/core/plan/approved-plan.ts';
import type { Plan } from '../../src/core/plan/plan.ts';
import type {
  DeploymentRequest,
  DeploymentResult,
  DeploymentTarget,
  Outcome,
} from '../../src/core/targets.ts';
import { makeSageMakerBed, type SageMakerBed } from '../targets/sagemaker-bed.ts';
import { ENDPOINT } from '../targets/target-suite.ts';

export type Command = 'deploy' | 'stage' | 'promote' | 'discard' | 'rollback' | 'teardown';

export interface Flow {
  readonly name: string;
  readonly command: Command;
  /** What is made before, without faults. */
  readonly before: (bed: SageMakerBed) => Promise<void>;
  /** null for commands that make no plan. */
  readonly request: ((bed: SageMakerBed) => DeploymentRequest) | null;
  readonly succeeds: readonly Outcome[];
  /** Labels that the endpoint may give at any time, before and after; null: it need not answer. */
  readonly serves: readonly number[] | null;
  /** The label in the end; null: the endpoint is gone, or was never there. */
  readonly inTheEnd: number | null;
}

const CANARY = { type: 'canary', stepPercent: 50, bakeMinutes: 5, alarms: [] } as const;

async function deployed(bed: SageMakerBed, model: 'one' | 'two'): Promise<void> {
  await bed.target.deploy(await bed.target.plan(bed.request(model)));
}

/** With autoscaling, and two instances, so that a canary is possible. */
async function scaled(bed: SageMakerBed): Promise<void> {
  const scaling = {
    minCapacity: 2,
    maxCapacity: 8,
    invocationsPerInstance: 100,
    scaleInCooldown: null,
    scaleOutCooldown: null,
  };
  const request = bed.requestWith('one', { instanceCount: 2, scaling });
  await bed.target.deploy(await bed.target.plan(request));
  bed.aws.scaleTo(ENDPOINT, 'main', 7);
}

const nothing = () => Promise.resolve();
const staged = async (bed: SageMakerBed) => {
  await deployed(bed, 'one');
  await bed.target.stage(await bed.target.plan(bed.request('two')));
};

export const FLOWS: readonly Flow[] = [
  {
    name: 'deploy, first',
    command: 'deploy',
    before: nothing,
    request: (bed) => bed.request('one'),
    succeeds: ['deployed', 'unchanged'],
    serves: null,
    inTheEnd: 1,
  },
  {
    name: 'deploy, update',
    command: 'deploy',
    before: (bed) => deployed(bed, 'one'),
    request: (bed) => bed.request('two'),
    succeeds: ['deployed', 'unchanged'],
    serves: [1, 2],
    inTheEnd: 2,
  },
  {
    name: 'deploy, canary with our alarms',
    command: 'deploy',
    before: scaled,
    request: (bed) => bed.requestWith('two', { strategy: CANARY, staging: 'none' }),
    succeeds: ['deployed', 'unchanged'],
    serves: [1, 2],
    inTheEnd: 2,
  },
  {
    name: 'deploy, other instance type under autoscaling',
    command: 'deploy',
    before: scaled,
    request: (bed) => bed.requestWith('two', { instanceType: 'ml.m5.xlarge', staging: 'none' }),
    succeeds: ['deployed', 'unchanged'],
    serves: [1, 2],
    inTheEnd: 2,
  },
  {
    name: 'stage',
    command: 'stage',
    before: (bed) => deployed(bed, 'one'),
    request: (bed) => bed.request('two'),
    succeeds: ['staged'],
    serves: [1],
    inTheEnd: 1,
  },
  {
    name: 'promote',
    command: 'promote',
    before: staged,
    request: (bed) => bed.request('two'),
    succeeds: ['promoted', 'unchanged'],
    serves: [1, 2],
    inTheEnd: 2,
  },
  {
    name: 'discard',
    command: 'discard',
    before: staged,
    request: (bed) => bed.request('two'),
    succeeds: ['discarded'],
    serves: [1],
    inTheEnd: 1,
  },
  {
    name: 'rollback',
    command: 'rollback',
    before: async (bed) => {
      await deployed(bed, 'one');
      await deployed(bed, 'two');
    },
    request: null,
    succeeds: ['rolled-back'],
    serves: [1, 2],
    inTheEnd: 1,
  },
  {
    name: 'teardown',
    command: 'teardown',
    before: staged,
    request: null,
    succeeds: ['torn-down'],
    serves: null,
    inTheEnd: null,
  },
];

export interface Scene {
  readonly bed: SageMakerBed;
  readonly flow: Flow;
  /** What was approved before anything went wrong. */
  readonly approved: Plan | null;
}

export async function openScene(flow: Flow): Promise<Scene> {
  const bed = await makeSageMakerBed({
    context: { repository: 'acme/churn', commit: 'c0ffee', runId: '1001' },
  });
  await flow.before(bed);
  const approved = flow.request === null ? null : await bed.target.plan(flow.request(bed));
  const planned = bed.aws.sagemaker.outcomes.length;
  bed.aws.calls.length = 0;
  if (planned === 0) throw new Error('The broken model is not ordered.');
  return { bed, flow, approved };
}

/** As the action does it: plan again, compare with what was approved, act. */
export async function act(
  { flow, approved, bed }: Scene,
  target: DeploymentTarget,
): Promise<DeploymentResult> {
  if (flow.command === 'rollback') return target.rollback(ENDPOINT, null);
  if (flow.command === 'teardown') return target.teardown(ENDPOINT);
  if (flow.request === null || approved === null) throw new Error(`${flow.name} needs a request.`);
  const verdict = checkApproved(approved, await target.plan(flow.request(bed)));
  if (!verdict.accepted) {
    const changes = verdict.changes.map(({ field, from, to }) => `${field}: ${from ?? ''} -> ${to ?? ''}`);
    throw new Error(`The approved plan is refused: ${verdict.reason} ${changes.join(', ')}`);
  }
  if (verdict.plan.action === 'unchanged' && flow.command !== 'discard') {
    return {
      outcome: 'unchanged',
      message: '',
      description: await target.describe(ENDPOINT),
      candidate: null,
    };
  }
  return target[flow.command](verdict.plan);
}

/** Everything that is in the account, by name, and what autoscaling does. */
export function inventory({ aws }: SageMakerBed): string[] {
  const { models, configs, endpoints } = aws.sagemaker;
  const scaling = JSON.stringify(
    [...aws.scaling.targets.values(), ...aws.scaling.policies.values()],
    (key, value: unknown) => (/Time|ARN|Arn|arn|created|Alarms|alarms/.test(key) ? undefined : value),
  );
  return [
    ...[...endpoints.values()].map(({ name, status, config, variants }) =>
      [name, status, config.name, ...variants.map(({ count }) => count)].join(' '),
    ),
    ...[...configs.values()].map(({ name }) => `config ${name}`),
    ...[...models.values()].map(({ name }) => `model ${name}`),
    ...[...aws.alarms.alarms.keys()]
      .filter((name) => name.startsWith('ml-deploy'))
      .map((name) => `alarm ${name}`),
    `scaling ${scaling}`,
  ].toSorted();
}

/** What the endpoint answers; null where it does not. */
export async function label({ bed }: Scene): Promise<number | null> {
  const endpoint = bed.aws.sagemaker.endpoints.get(ENDPOINT);
  if (endpoint === undefined || !['InService', 'Updating', 'RollingBack'].includes(endpoint.status))
    return null;
  const invoker = await bed.targetWith({}).invoker(ENDPOINT, null);
  const { body } = await invoker.invoke('{"instances":[[1]]}', 'application/json', AbortSignal.timeout(5000));
  return (JSON.parse(Buffer.from(body).toString()) as { predictions: number[] }).predictions[0] ?? null;
}
