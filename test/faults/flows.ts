/** The flows of the matrix: what is there before, what is asked for, and what has to be true in the end. */
import type { DeploymentRequest, Outcome } from '../../src/core/targets.ts';
import type { SageMakerBed } from '../platforms/sagemaker-bed.ts';
import { ENDPOINT } from '../platforms/target-suite.ts';
import { aged, deployed, full, make, otherType, plain, SCALING, scaled, staged } from './befores.ts';

export type Command = 'deploy' | 'stage' | 'promote' | 'discard' | 'rollback' | 'teardown';

export interface Flow {
  readonly name: string;
  readonly command: Command;
  /** What is run again after the fault; the same command where absent. */
  readonly then?: Command;
  /**
   * What is asked for by the second run, and later by a third one; the same where absent. What there is in the end then
   * depends on how far the first one came, and all that counts is that nothing of it is of no use.
   */
  readonly thenRequests?: (bed: SageMakerBed) => readonly [DeploymentRequest, DeploymentRequest];
  /** How many looks at a new thing find nothing yet. */
  readonly lag?: Parameters<SageMakerBed['aws']['lag']>[0];
  /** 3 where absent. */
  readonly keepVersions?: number;
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

const deploys = { command: 'deploy', succeeds: ['deployed', 'unchanged'] } as const;
const promotes = { command: 'promote', succeeds: ['promoted', 'unchanged'] } as const;
const towardsTwo = { serves: [1, 2], inTheEnd: 2 } as const;
const staysOne = { serves: [1], inTheEnd: 1 } as const;
const gone = { serves: null, inTheEnd: null } as const;

export const FLOWS: readonly Flow[] = [
  {
    ...deploys,
    name: 'deploy, first',
    before: deployed(),
    request: (bed) => plain(bed, 'one'),
    serves: null,
    inTheEnd: 1,
  },
  {
    ...deploys,
    name: 'deploy, first, with autoscaling and data capture',
    before: deployed(),
    request: (bed) => full(bed, 'one', { scaling: SCALING }),
    serves: null,
    inTheEnd: 1,
  },
  {
    ...deploys,
    name: 'deploy, update',
    before: deployed('one'),
    request: (bed) => plain(bed, 'two'),
    ...towardsTwo,
  },
  {
    ...deploys,
    name: 'deploy, update that is seen late',
    before: deployed('one'),
    request: (bed) => plain(bed, 'two'),
    lag: { model: 1, 'endpoint-config': 2, endpoint: 1 },
    ...towardsTwo,
  },
  {
    ...deploys,
    name: 'deploy, update with an old version to remove',
    before: aged(2, 'one'),
    request: (bed) => plain(bed, 'two'),
    keepVersions: 0,
    ...towardsTwo,
  },
  {
    ...deploys,
    name: 'deploy, over a Failed endpoint',
    before: async (bed) => {
      await deployed('one')(bed);
      bed.aws.setStatus(ENDPOINT, 'Failed');
    },
    request: (bed) => plain(bed, 'two'),
    serves: null,
    inTheEnd: 2,
  },
  {
    ...deploys,
    name: 'deploy, given up for other versions',
    before: deployed('one'),
    request: (bed) => full(bed, 'three', { staging: 'none' }),
    thenRequests: (bed) => [plain(bed, 'two'), plain(bed, 'one')],
    serves: [1, 3],
    inTheEnd: 1,
  },
  {
    ...deploys,
    name: 'deploy, canary with autoscaling, alarms and data capture',
    before: scaled,
    request: (bed) => full(bed, 'two', { staging: 'none' }),
    ...towardsTwo,
  },
  {
    ...deploys,
    name: 'deploy, other instance type under autoscaling',
    before: scaled,
    request: (bed) => full(bed, 'two', otherType),
    ...towardsTwo,
  },
  {
    ...deploys,
    name: 'deploy, a container that fails',
    before: deployed('one'),
    request: (bed) => plain(bed, 'broken'),
    succeeds: ['rolled-back'],
    ...staysOne,
  },
  {
    ...deploys,
    name: 'deploy, first, a container that fails',
    before: deployed(),
    request: (bed) => plain(bed, 'broken'),
    succeeds: ['failed'],
    ...gone,
  },
  {
    name: 'stage',
    command: 'stage',
    before: deployed('one'),
    request: (bed) => plain(bed, 'two'),
    succeeds: ['staged'],
    ...staysOne,
  },
  {
    ...promotes,
    name: 'promote',
    before: staged(),
    request: (bed) => plain(bed, 'two'),
    ...towardsTwo,
  },
  {
    ...promotes,
    name: 'promote, canary with autoscaling, alarms and data capture',
    before: staged(full, scaled),
    request: (bed) => full(bed, 'two'),
    ...towardsTwo,
  },
  {
    name: 'discard',
    command: 'discard',
    before: staged(),
    request: (bed) => plain(bed, 'two'),
    succeeds: ['discarded'],
    ...staysOne,
  },
  {
    name: 'stage, given up with discard',
    command: 'stage',
    then: 'discard',
    before: deployed('one'),
    request: (bed) => plain(bed, 'two'),
    succeeds: ['discarded'],
    ...staysOne,
  },
  {
    name: 'rollback',
    command: 'rollback',
    before: deployed('one', 'two'),
    request: null,
    succeeds: ['rolled-back'],
    serves: [1, 2],
    inTheEnd: 1,
  },
  {
    name: 'rollback, with an old version to remove',
    command: 'rollback',
    before: aged(3, 'one', 'two'),
    request: null,
    keepVersions: 0,
    succeeds: ['rolled-back'],
    serves: [1, 2],
    inTheEnd: 1,
  },
  {
    name: 'rollback, to another instance type under autoscaling',
    command: 'rollback',
    before: async (bed) => {
      await scaled(bed);
      await make(bed, 'deploy', full(bed, 'two', otherType));
    },
    request: null,
    succeeds: ['rolled-back'],
    serves: [1, 2],
    inTheEnd: 1,
  },
  {
    name: 'teardown',
    command: 'teardown',
    before: staged(),
    request: null,
    succeeds: ['torn-down'],
    ...gone,
  },
  {
    name: 'teardown, with autoscaling and data capture',
    command: 'teardown',
    before: scaled,
    request: null,
    succeeds: ['torn-down'],
    ...gone,
  },
  {
    name: 'deploy, given up with teardown',
    command: 'deploy',
    then: 'teardown',
    before: deployed(),
    request: (bed) => full(bed, 'one', { scaling: SCALING }),
    succeeds: ['torn-down'],
    ...gone,
  },
];
