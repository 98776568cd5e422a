/** Functions of Lambda under processes that are killed. */
import { makeArchive } from '../fakes/archive.ts';
import type { FakeAws } from '../fakes/aws/fake-aws.ts';
import type { LambdaFunction } from '../fakes/aws/lambda/state.ts';
import { AwsCloud, type AwsFurniture } from './real-aws.ts';
import { IN_ITS_TIME, REAL_ENDPOINT, type RealPlatform } from './real-bench.ts';
import type { RealFlow } from './real.ts';

const REPOSITORY = 'churn-serving';
const keyOf = (model: number) => `uploads/${model}.tar.gz`;
const imagesIn = (aws: FakeAws) => aws.ecr.repositories.get(`${aws.world.account}/${REPOSITORY}`) ?? [];

/** The model in an image. @param sha its digest, without `sha256:` */
export function modelIn(aws: FakeAws, sha: string): string {
  const image = imagesIn(aws).find(({ digest }) => digest === `sha256:${sha}`);
  return [...(image?.tags ?? ['?'])].join().replace('v', '');
}

function labelOf(aws: FakeAws, fn: LambdaFunction, number: string): string {
  return modelIn(aws, fn.published.find((known) => known.number === number)?.codeSha256 ?? '');
}

const FURNITURE: AwsFurniture = {
  perCall: { on: /^lambda:(?:Get|List)|:GetMetricData$/, milliseconds: 2000 },
  furnish: async (aws) => {
    aws.addRole('churn-function', ['lambda.amazonaws.com']);
    aws.ecr.policies.set(`${aws.world.account}/${REPOSITORY}`, '{"Principal":"lambda.amazonaws.com"}');
    for (const model of [1, 2]) {
      const { bytes, digest } = await makeArchive({ 'model.onnx': `model ${model}` });
      await aws.putObject('models', keyOf(model), bytes);
      aws.pushImage(REPOSITORY, `v${model}`, { image: { labels: { 'ml-deploy.model-digest': digest } } });
    }
  },
  prepare: (aws) => {
    aws.lambda.handler = () => ({ payload: { statusCode: 200, body: '' } });
  },
};

export const lambda: RealPlatform<AwsCloud> = {
  target: 'lambda',
  nodeArgs: IN_ITS_TIME,
  start: (from) => AwsCloud.start(FURNITURE, from),
  request: ({ aws }, model) => {
    const { account, region } = aws.world;
    const { digest = '' } = imagesIn(aws).find(({ tags }) => tags.has(`v${model}`)) ?? {};
    return {
      'model-data-url': `s3://models/${keyOf(model)}`,
      'image-uri': `${account}.dkr.ecr.${region}.amazonaws.com/${REPOSITORY}@${digest}`,
      'execution-role-arn': aws.roles.get('churn-function')?.arn ?? '',
    };
  },
  serving: ({ aws }) => {
    const fn = aws.lambda.functions.get(REAL_ENDPOINT);
    const live = fn?.aliases.get('live');
    if (fn === undefined || live === undefined) return null;
    const shares = Object.entries(live.weights).map(
      ([number, share]) => `, ${share * 100} % to ${labelOf(aws, fn, number)}`,
    );
    return [labelOf(aws, fn, live.version), ...shares].join('');
  },
  inventory: ({ aws }) => [...functionsOf(aws), ...aroundOf(aws)].toSorted(),
};

function functionsOf(aws: FakeAws): string[] {
  return [...aws.neighbours.without(aws.lambda.functions).values()].flatMap((fn) => {
    const of = (number: string) => `version of ${labelOf(aws, fn, number)}`;
    const aliases = [...fn.aliases.values()].map(({ name, version, weights }) =>
      [name, of(version), ...Object.keys(weights)].join(' '),
    );
    const statements = [...fn.policies].flatMap(([alias, list]) => list.map(({ Sid }) => `${alias} ${Sid}`));
    return [
      fn.name,
      ...fn.published.map(({ number }) => of(number)),
      ...aliases,
      ...statements,
      ...[...fn.provisioned].map(([number, { requested }]) => `${requested} for the ${of(number)}`),
      ...Object.keys(fn.tags),
    ];
  });
}

/** Ids differ from run to run. */
function aroundOf(aws: FakeAws): string[] {
  return [
    ...[...aws.neighbours.without(aws.gateway.apis).values()].flatMap(({ routes, stages, integrations }) => [
      `API of ${integrations.size} integrations and ${stages.size} stages`,
      ...[...routes.values()].map(({ RouteKey, AuthorizationType }) => `${RouteKey} ${AuthorizationType}`),
    ]),
    ...[...aws.events.rules].map(([name, { targets }]) => `${name} ${[...targets.keys()].join()}`),
    ...[...aws.ours.targets.values()].map(({ MinCapacity, MaxCapacity }) => `${MinCapacity}-${MaxCapacity}`),
    ...[...aws.ours.alarms.keys()],
  ];
}

const AROUND = { lambda: 'provisioned-concurrency: 2\nwarm-up: rate(5 minutes)' };
const CANARY = { strategy: 'canary', 'step-percent': '10', 'bake-minutes': '1' };
const DAY_MS = 24 * 60 * 60_000;

const promotion = {
  on: lambda,
  before: (bench) => [
    { ...bench.request(1), ...AROUND },
    { ...bench.request(2), ...AROUND, ...CANARY, command: 'stage' },
  ],
  inputs: (bench) => ({ ...bench.request(2), ...AROUND, ...CANARY, command: 'promote' }),
} satisfies Partial<RealFlow>;

export const LAMBDA_FLOWS: readonly RealFlow[] = [
  {
    ...promotion,
    name: 'lambda, promote, canary with provisioned concurrency and a warm-up',
    succeeds: ['promoted', 'unchanged'],
    serves: ['1', '1, 10 % to 2', '2'],
    inTheEnd: '2',
  },
  {
    name: 'lambda, stage',
    on: lambda,
    before: (bench) => [{ ...bench.request(1), ...AROUND }],
    inputs: (bench) => ({ ...bench.request(2), ...AROUND, command: 'stage' }),
    succeeds: ['staged'],
    serves: ['1'],
    inTheEnd: '1',
  },
  {
    name: 'lambda, rollback',
    on: lambda,
    before: (bench) => [
      { ...bench.request(1), ...AROUND },
      { ...bench.request(2), ...AROUND },
    ],
    inputs: () => ({ command: 'rollback' }),
    succeeds: ['rolled-back'],
    serves: ['1', '2'],
    inTheEnd: '1',
  },
  {
    name: 'lambda, deploy, first, with an API',
    on: lambda,
    before: () => [],
    inputs: (bench) => bench.request(1),
    succeeds: ['deployed', 'unchanged'],
    serves: null,
    inTheEnd: '1',
  },
  {
    name: 'lambda, stage, given up and reaped',
    on: lambda,
    before: (bench) => [{ ...bench.request(1), ...AROUND }],
    inputs: (bench) => ({ ...bench.request(2), ...AROUND, command: 'stage' }),
    then: { inputs: { command: 'reap' }, afterMs: 2 * DAY_MS },
    succeeds: ['discarded', 'unchanged'],
    serves: ['1'],
    inTheEnd: '1',
  },
  {
    name: 'lambda, teardown',
    on: lambda,
    before: (bench) => [
      { ...bench.request(1), ...AROUND },
      { ...bench.request(2), ...AROUND, command: 'stage' },
    ],
    inputs: () => ({ command: 'teardown', confirm: 'churn' }),
    succeeds: ['torn-down'],
    serves: null,
    inTheEnd: null,
  },
];
