/** The commands in each state of the world that every platform can be in. */
import type { Command } from '../../src/deployment/port.ts';
import type { DeploymentResult, DeploymentTarget } from '../../src/core/targets.ts';
import { ENDPOINT, type ModelName, type TargetBed } from '../platforms/target-suite.ts';

export interface GoldenBed extends TargetBed {
  /** The same endpoints, as another workflow run sees them. */
  anotherRun(): DeploymentTarget;
}

export interface Case<Bed extends GoldenBed = GoldenBed> {
  readonly name: string;
  /** What is there before; its answer is for the command. */
  readonly before: (bed: Bed) => Promise<Act>;
}

/** The command itself. */
export type Act = (target: DeploymentTarget) => Promise<DeploymentResult>;

type Planned = Exclude<Command, 'rollback' | 'teardown' | 'reap'>;

const HOURS = 3_600_000;

/** Plans now, and carries it out at once. */
export const planned =
  (bed: TargetBed, command: Planned, model: ModelName): Act =>
  async (target) =>
    target[command](await target.plan(bed.request(model)));

/** Brings about what is there before. */
export async function make(
  bed: TargetBed,
  ...steps: readonly (readonly [Planned | 'rollback', ModelName?])[]
) {
  for (const [command, model = 'one'] of steps) {
    const act =
      command === 'rollback' ? () => bed.target.rollback(ENDPOINT, null) : planned(bed, command, model);
    await act(bed.target);
  }
}

export const rollback =
  (to: string | null = null): Act =>
  (target) =>
    target.rollback(ENDPOINT, to);
export const teardown: Act = (target) => target.teardown(ENDPOINT);
export const reap =
  (environment: string | null = null): Act =>
  (target) =>
    target.reap(ENDPOINT, environment);

const after =
  (steps: Parameters<typeof make>[1][], act: (bed: GoldenBed) => Act | Promise<Act>): Case['before'] =>
  async (bed) => {
    await make(bed, ...steps);
    return act(bed);
  };

/** A plan that is made now and carried out when the world has changed. */
const stale =
  (
    first: Parameters<typeof make>[1][],
    command: Planned,
    then: Parameters<typeof make>[1][],
  ): Case['before'] =>
  async (bed) => {
    await make(bed, ...first);
    const plan = await bed.target.plan(bed.request('two'));
    if (command === 'promote') await bed.target.stage(plan);
    await make(bed, ...then);
    return (target) => target[command](plan);
  };

const one = ['deploy', 'one'] as const;
const two = ['deploy', 'two'] as const;
const three = ['deploy', 'three'] as const;
const waiting = ['stage', 'two'] as const;

export const CASES: readonly Case[] = [
  ...(['deploy', 'stage'] as const).flatMap((command): Case[] => [
    { name: `${command}: nothing there`, before: after([], (bed) => planned(bed, command, 'one')) },
    {
      name: `${command}: the same version serves`,
      before: after([one], (bed) => planned(bed, command, 'one')),
    },
    {
      name: `${command}: another version serves`,
      before: after([one], (bed) => planned(bed, command, 'two')),
    },
    {
      name: `${command}: it was rolled back from`,
      before: after([one, two, ['rollback']], (bed) => planned(bed, command, 'two')),
    },
    {
      name: `${command}: a container that fails`,
      before: after([one], (bed) => planned(bed, command, 'broken')),
    },
    {
      name: `${command}: nothing there, a container that fails`,
      before: after([], (bed) => planned(bed, command, 'broken')),
    },
    { name: `${command}: a plan whose base is no longer`, before: stale([one], command, [three]) },
    { name: `${command}: a plan whose version serves by now`, before: stale([one], command, [two]) },
    {
      name: `${command}: a plan that was carried out and rolled back`,
      before: stale([one], command, [two, ['rollback']]),
    },
  ]),
  {
    name: 'deploy: its candidate waits',
    before: after([one, waiting], (bed) => planned(bed, 'deploy', 'two')),
  },
  { name: 'stage: staged already', before: after([one, waiting], (bed) => planned(bed, 'stage', 'two')) },
  { name: 'promote: nothing there', before: after([], (bed) => planned(bed, 'promote', 'one')) },
  { name: 'promote: staged', before: after([one, waiting], (bed) => planned(bed, 'promote', 'two')) },
  {
    name: 'promote: staged as the first release',
    before: after([['stage', 'one']], (bed) => planned(bed, 'promote', 'one')),
  },
  { name: 'promote: not staged', before: after([one], (bed) => planned(bed, 'promote', 'two')) },
  {
    name: 'promote: another candidate waits',
    before: after([one, ['stage', 'three']], (bed) => planned(bed, 'promote', 'two')),
  },
  { name: 'promote: another version went live since', before: stale([one], 'promote', [three]) },
  { name: 'promote: promoted already', before: stale([one], 'promote', [['promote', 'two']]) },
  { name: 'discard: nothing there', before: after([], (bed) => planned(bed, 'discard', 'one')) },
  { name: 'discard: staged', before: after([one, waiting], (bed) => planned(bed, 'discard', 'two')) },
  {
    name: 'discard: staged as the first release',
    before: after([['stage', 'one']], (bed) => planned(bed, 'discard', 'one')),
  },
  { name: 'discard: not staged', before: after([one], (bed) => planned(bed, 'discard', 'two')) },
  { name: 'rollback: nothing there', before: after([], () => rollback()) },
  { name: 'rollback: one version', before: after([one], () => rollback()) },
  { name: 'rollback: nothing but a candidate', before: after([['stage', 'one']], () => rollback()) },
  { name: 'rollback: two versions', before: after([one, two], () => rollback()) },
  { name: 'rollback: three versions', before: after([one, two, three], () => rollback()) },
  { name: 'rollback: the same run again', before: after([one, two, three, ['rollback']], () => rollback()) },
  {
    name: 'rollback: another run',
    before: after([one, two, three, ['rollback']], (bed) => () => bed.anotherRun().rollback(ENDPOINT, null)),
  },
  {
    name: 'rollback: to a version that is not there',
    before: after([one, two], () => rollback('f'.repeat(64))),
  },
  {
    name: 'rollback: to the version that serves',
    before: after([one, two], async (bed) => rollback((await bed.target.describe(ENDPOINT)).live?.version)),
  },
  {
    name: 'rollback: to the oldest version, by its first digits',
    before: after([one, two, three], async (bed) => {
      const { versions } = await bed.target.describe(ENDPOINT);
      return rollback(versions.at(-1)?.version);
    }),
  },
  {
    name: 'rollback: to the verified one',
    before: after([one, two], async (bed) => {
      const { previous } = await bed.target.describe(ENDPOINT);
      await bed.target.markVerified(ENDPOINT, previous?.version ?? '');
      await make(bed, three);
      return rollback();
    }),
  },
  { name: 'teardown: nothing there', before: after([], () => teardown) },
  {
    name: 'teardown: two versions and a candidate',
    before: after([one, two, ['stage', 'three']], () => teardown),
  },
  { name: 'reap: nothing there', before: after([], () => reap()) },
  { name: 'reap: nothing expired', before: after([one, waiting], () => reap()) },
  {
    name: 'reap: an expired candidate',
    before: after([one, waiting], (bed) => {
      bed.ports.clock.advance(7 * HOURS);
      return reap();
    }),
  },
  {
    name: 'reap: an expired candidate of another environment',
    before: after([one, waiting], (bed) => {
      bed.ports.clock.advance(7 * HOURS);
      return reap('elsewhere');
    }),
  },
];
