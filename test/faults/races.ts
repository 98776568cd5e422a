/** Two runs at once for one endpoint: one wins, the other waits or ends with a clear message; never a mix. */
import { messageOf, UpstreamError, UserError } from '../../src/core/errors.ts';
import type { DeploymentRequest, DeploymentResult } from '../../src/core/targets.ts';
import type { SageMakerBed } from '../platforms/sagemaker-bed.ts';
import { ENDPOINT } from '../platforms/target-suite.ts';
import { deployed, full, otherType, plain, scaled, staged } from './befores.ts';
import type { Command, Flow } from './flows.ts';
import { carryOut, openScene, orphans, serving, startOf, steady, type Scene, type Start } from './scene.ts';
import { turnsOf, type Turns } from './turns.ts';

export interface Racer {
  readonly command: Command;
  readonly request: ((bed: SageMakerBed) => DeploymentRequest) | null;
}

export interface Race {
  readonly name: string;
  readonly before: Flow['before'];
  readonly racers: readonly [Racer, Racer];
  /** Labels that the endpoint may give at any time; null: it need not answer. */
  readonly serves: readonly number[] | null;
  /** 3 where absent. */
  readonly keepVersions?: number;
}

export interface RaceVerdict {
  readonly race: string;
  readonly seed: number;
  /** What each run came to. */
  readonly ends: readonly string[];
  readonly wrong: readonly string[];
}

const deploys = (request: Racer['request']): Racer => ({ command: 'deploy', request });
const two = (bed: SageMakerBed) => plain(bed, 'two');
const three = (bed: SageMakerBed) => plain(bed, 'three');
const back: Racer = { command: 'rollback', request: null };
const down: Racer = { command: 'teardown', request: null };

export const RACES: readonly Race[] = [
  {
    name: 'two deployments of different versions',
    before: deployed('one'),
    racers: [deploys(two), deploys(three)],
    serves: [1, 2, 3],
  },
  {
    name: 'two deployments of the same version',
    before: deployed('one'),
    racers: [deploys(two), deploys(two)],
    serves: [1, 2],
  },
  {
    name: 'two first deployments of different versions',
    before: deployed(),
    racers: [deploys(two), deploys(three)],
    serves: null,
  },
  {
    name: 'two first deployments of the same version',
    before: deployed(),
    racers: [deploys(two), deploys(two)],
    serves: null,
  },
  {
    name: 'two canaries with autoscaling, alarms and data capture',
    before: scaled,
    racers: [
      deploys((bed) => full(bed, 'two', { staging: 'none' })),
      deploys((bed) => full(bed, 'three', { staging: 'none' })),
    ],
    serves: [1, 2, 3],
  },
  {
    name: 'another instance type under autoscaling, and another version',
    before: scaled,
    racers: [
      deploys((bed) => full(bed, 'two', otherType)),
      deploys((bed) => full(bed, 'three', { staging: 'none' })),
    ],
    serves: [1, 2, 3],
  },
  {
    name: 'a rollback and a deployment',
    before: deployed('one', 'two'),
    racers: [back, deploys(three)],
    serves: [1, 2, 3],
  },
  { name: 'two rollbacks', before: deployed('one', 'two'), racers: [back, back], serves: [1, 2] },
  {
    name: 'a promotion and a deployment',
    before: staged(),
    racers: [{ command: 'promote', request: two }, deploys(three)],
    serves: [1, 2, 3],
  },
  {
    name: 'two stagings of different versions',
    before: deployed('one'),
    racers: [
      { command: 'stage', request: two },
      { command: 'stage', request: three },
    ],
    serves: [1],
  },
  {
    name: 'a container that fails, and another version',
    before: deployed('one'),
    racers: [deploys((bed) => plain(bed, 'broken')), deploys(two)],
    serves: [1, 2],
  },
  {
    name: 'a promotion and a discard of the same candidate',
    before: staged(),
    racers: [
      { command: 'promote', request: two },
      { command: 'discard', request: two },
    ],
    serves: [1, 2],
  },
  {
    name: 'a deployment and a teardown',
    before: deployed('one'),
    racers: [deploys(two), down],
    serves: null,
  },
  { name: 'two teardowns', before: staged(), racers: [down, down], serves: null },
];

/** Lost by the life cycle that SageMaker had before the engine: with the seeds in which it shows. */
export const LOST_RACES: readonly (Race & { readonly seeds: readonly number[] })[] = [
  {
    name: 'two rollbacks, three versions: one step back, not two',
    before: deployed('three', 'one', 'two'),
    racers: [back, back],
    serves: [1, 2],
    seeds: [2, 11, 13],
  },
  {
    name: 'a rollback, and a deployment that removes old versions',
    before: deployed('three', 'one', 'two'),
    racers: [back, deploys(three)],
    serves: [1, 2, 3],
    keepVersions: 0,
    seeds: [7, 11, 18, 23],
  },
  {
    name: 'two deployments over a Failed endpoint: what the other made serve is not removed',
    before: async (bed) => {
      await deployed('one')(bed);
      bed.aws.setStatus(ENDPOINT, 'Failed');
    },
    racers: [deploys(two), deploys(two)],
    serves: null,
    seeds: [13],
  },
  {
    name: 'two deployments of one version that bakes: neither takes the alarms of the other',
    before: scaled,
    racers: [
      deploys((bed) => full(bed, 'two', { staging: 'none' })),
      deploys((bed) => full(bed, 'two', { staging: 'none' })),
    ],
    serves: [1, 2],
    seeds: [6],
  },
];

/** A race as often as there are seeds. */
export async function runRace(race: Race, seeds: readonly number[]): Promise<RaceVerdict[]> {
  const flow: Flow = { ...race, command: 'deploy', request: null, succeeds: [], inTheEnd: null };
  const start = await startOf(flow);
  const verdicts: RaceVerdict[] = [];
  for (const seed of seeds) verdicts.push(await once(race, flow, start, seed));
  return verdicts;
}

async function once(race: Race, flow: Flow, start: Start, seed: number): Promise<RaceVerdict> {
  const scene = await openScene(flow, start);
  const { bed } = scene;
  const wrong = new Set<string>();
  bed.aws.inject({ on: /./, times: Infinity, before: () => watch(race, bed, wrong) });
  try {
    const turns = turnsOf(seed);
    const runs = race.racers.map((racer, index) => run(racer, index, turns, scene));
    const all = Promise.allSettled(runs);
    await turns.until(all);
    const ends = await all;
    for (const [index, end] of ends.entries()) checkEnd(race.racers[index], end, wrong);
    bed.aws.advance(600_000);
    checkAccount(bed, wrong);
    return { race: race.name, seed, ends: ends.map(wordsOf), wrong: [...wrong] };
  } finally {
    await bed.dispose();
  }
}

function run(
  { command, request }: Racer,
  index: number,
  turns: Turns,
  { bed }: Scene,
): Promise<DeploymentResult> {
  const target = bed.targetWith({
    clients: bed.clients({ record: () => turns.wait(index) }),
    clock: steady(bed.ports.clock),
    context: { repository: 'acme/churn', commit: 'c0ffee', runId: String(1001 + index) },
  });
  return carryOut(command, { request: request?.(bed) ?? null, approved: null }, target);
}

/** Whatever happens, an allowed version answers, and an update that bakes has the alarms that it names. */
function watch(race: Race, bed: SageMakerBed, wrong: Set<string>): undefined {
  const now = serving(bed);
  if (race.serves !== null && (now === null || !race.serves.includes(now))) {
    wrong.add(now === null ? 'nothing answers' : `version ${now} answers`);
  }
  const update = bed.aws.sagemaker.endpoints.get(ENDPOINT)?.update;
  if (update?.kind !== 'config' || update.phase !== 'Baking') return;
  for (const { AlarmName = '' } of update.deployment?.AutoRollbackConfiguration?.Alarms ?? []) {
    if (!bed.aws.alarms.alarms.has(AlarmName)) wrong.add(`an update runs without its alarm ${AlarmName}`);
  }
}

/** Who says that it is so was right when it looked; who does not says why in words of ours. */
function checkEnd(
  racer: Racer | undefined,
  end: PromiseSettledResult<DeploymentResult>,
  wrong: Set<string>,
): void {
  if (end.status === 'rejected') {
    if (!isClear(end.reason)) wrong.add(`not clear: ${messageOf(end.reason)}`);
    return;
  }
  const { outcome, description, message } = end.value;
  const claims = ['deployed', 'promoted', 'unchanged'].includes(outcome);
  if (claims && description.live === null)
    wrong.add(`${racer?.command ?? ''} says ${outcome}, and nothing serves`);
  if (outcome === 'failed' && !/another run|somebody/i.test(message)) wrong.add(`not clear: ${message}`);
}

/** In words of ours: what was in the way, and what to do. */
function isClear(error: unknown): boolean {
  return (
    error instanceof UserError ||
    (error instanceof UpstreamError &&
      /because others keep changing it|Run the same command again/.test(error.message))
  );
}

/** No mix: what serves is one config with all that belongs to it, and nothing is left of what does not. */
function checkAccount(bed: SageMakerBed, wrong: Set<string>): void {
  const { sagemaker, scaling } = bed.aws;
  const { configs, alarms, targets } = bed.aws.ours;
  for (const name of orphans(bed.aws).filter((left) => /alarm|bake|scaling/.test(left)))
    wrong.add(`left: ${name}`);
  for (const { name, spec } of configs.values()) {
    const models = (spec.ProductionVariants ?? []).map(({ ModelName = '' }) => ModelName);
    if (!models.every((model) => sagemaker.models.has(model)))
      wrong.add(`the config ${name} has lost its model`);
  }
  const endpoint = sagemaker.endpoints.get(ENDPOINT);
  if (endpoint === undefined) {
    if (targets.size > 0) wrong.add('autoscaling is left of an endpoint that is gone');
    return;
  }
  const { config, variants, dataCapture } = endpoint;
  if (endpoint.status !== 'InService') wrong.add(`it is ${endpoint.status}`);
  if (!sagemaker.configs.has(config.name)) wrong.add('the config that serves is removed');
  const tags = (sagemaker.tags.get(config.arn) ?? []).map(({ Key = '' }) => Key);
  if (!tags.includes('ml-deploy:served')) wrong.add('what serves is not noted as what served');
  const capture = config.spec.DataCaptureConfig?.DestinationS3Uri;
  if (dataCapture?.DestinationS3Uri !== capture) wrong.add('data capture is of another config');
  const isScaled = alarms.size > 0 || targets.size > 0;
  const asked = config.spec.ProductionVariants?.[0]?.InitialInstanceCount;
  const runs = variants[0]?.count;
  if (!isScaled && runs !== asked) wrong.add(`${runs ?? 0} instances run, not ${asked ?? 0}`);
  if (isScaled && (scaling.policies.size !== 1 || scaling.actions.size !== 1))
    wrong.add('autoscaling is not whole');
}

function wordsOf(end: PromiseSettledResult<DeploymentResult>): string {
  return end.status === 'fulfilled' ? end.value.outcome : messageOf(end.reason).slice(0, 160);
}
