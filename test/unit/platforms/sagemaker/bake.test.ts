/** A1: each second of an update for each strategy, and an alarm in the last bake (each second: `npm run test:faults`). */
import { beforeAll, describe, expect, it } from 'vitest';
import { mulberry32 } from '../../../../src/core/smoke/random.ts';
import { totalWaitSeconds } from '../../../../src/platforms/sagemaker/preflight/guardrails.ts';
import {
  alarmAt,
  BAKE_SECONDS,
  sceneOf,
  secondsBefore,
  type Scene,
  STRATEGIES,
  timeLine,
} from '../../../faults/bakes.ts';

const LAST = '(TerminationWaitInSeconds)';
const BETWEEN = '(WaitIntervalInSeconds)';
const PROVISION = [180, 'Creating 0 %'];
const REMOVE = [60, 'Deleting 100 %'];
const bakes = (...all: [percent: number, field: string][]) =>
  all.map(([percent, field]) => [BAKE_SECONDS, `Baking ${percent} % ${field}`]);
const next = (percent: number) => [180, `Next batch after ${percent} %`];

/** With four instances, by AWS's guide to deployment guardrails; 180 s for new instances and 60 s to remove old ones are the fake's. */
const LINES: Readonly<Record<string, readonly (readonly (string | number)[])[]>> = {
  'all-at-once': [PROVISION, ...bakes([100, LAST]), REMOVE],
  canary: [PROVISION, ...bakes([25, BETWEEN], [100, LAST]), REMOVE],
  linear: [PROVISION, ...bakes([25, BETWEEN], [50, BETWEEN], [75, BETWEEN], [100, LAST]), REMOVE],
  rolling: [25, 50, 75, 100].flatMap((percent) => [
    percent === 25 ? PROVISION : next(percent - 25),
    ...bakes([percent, BETWEEN]),
  ]),
};

/** The first and the last second, and some between that are the same in each run. */
function someSeconds(seed: number): number[] {
  const random = mulberry32(seed);
  const between = Array.from({ length: 3 }, () => 1 + Math.floor(random() * (BAKE_SECONDS - 2)));
  return [0, ...between, BAKE_SECONDS - 1];
}

describe.each(STRATEGIES.map((of, at) => [of.type, of, at] as const))('A1 %s', (type, of, at) => {
  let scene: Scene;
  let line: Awaited<ReturnType<typeof timeLine>>;
  beforeAll(async () => {
    scene = await sceneOf(of);
    line = await timeLine(scene);
  });

  it('bakes after each shift, the last one included, for as long as the plan promised', () => {
    expect(line.map(({ is, seconds }) => [seconds, is])).toEqual(
      LINES[type]?.map(([seconds, is]) => [seconds, `${is ?? ''}, alarm OK`]),
    );
    const baked = line.filter(({ is }) => is.startsWith('Baking'));
    expect(baked.reduce((sum, { seconds }) => sum + seconds, 0)).toBe(totalWaitSeconds(of));
  });

  it.each(someSeconds(at))('is rolled back by an alarm at second %i of the last bake', async (second) => {
    expect(await alarmAt(scene, secondsBefore(line), second)).toEqual([]);
  });

  it('is not rolled back by an alarm after it', async () => {
    const [outcome] = await alarmAt(scene, secondsBefore(line), BAKE_SECONDS + 1);
    expect(outcome).toBe('outcome deployed');
  });
});
