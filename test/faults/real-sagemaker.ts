/** Endpoints of SageMaker under processes that are killed. */
import { makeArchive } from '../fakes/archive.ts';
import { AwsCloud, type AwsFurniture } from './real-aws.ts';
import { REAL_ENDPOINT, type RealPlatform } from './real-bench.ts';
import type { RealFlow } from './real.ts';
import { inventory } from './scene.ts';

const FURNITURE: AwsFurniture = {
  perCall: { on: /:Describe/, milliseconds: 30_000 },
  furnish: async (aws) => {
    aws.pushImage('churn-serving', 'v1');
    aws.addRole('execution');
    aws.quotas.endpointInstances.set('ml.m5.large', 40);
    for (const model of [1, 2]) {
      const { bytes } = await makeArchive({ 'model.onnx': `model ${model}` });
      await aws.putObject('models', keyOf(model), bytes);
    }
  },
  prepare: (aws) => {
    aws.container = ({ model }) => ({ body: JSON.stringify({ predictions: [Number(labelOf(model.spec))] }) });
  },
};

const sagemaker: RealPlatform<AwsCloud> = {
  target: 'sagemaker',
  nodeArgs: [],
  start: (from) => AwsCloud.start(FURNITURE, from),
  request: ({ aws }, model) => {
    const image = aws.ecr.repositories.get(`${aws.world.account}/churn-serving`)?.[0]?.digest ?? '';
    const { account, region } = aws.world;
    return {
      'model-data-url': `s3://models/${keyOf(model)}`,
      'image-uri': `${account}.dkr.ecr.${region}.amazonaws.com/churn-serving@${image}`,
      'execution-role-arn': aws.roles.get('execution')?.arn ?? '',
      'instance-type': 'ml.m5.large',
      'initial-instance-count': '2',
    };
  },
  serving: ({ aws }) => {
    const endpoint = aws.sagemaker.endpoints.get(REAL_ENDPOINT);
    const answers =
      endpoint !== undefined && ['InService', 'Updating', 'RollingBack'].includes(endpoint.status);
    const spec = endpoint?.variants[0]?.model.spec;
    return answers && spec !== undefined ? labelOf(spec) : null;
  },
  inventory: ({ aws }) => inventory(aws),
};

const keyOf = (model: number) => `uploads/${model}.tar.gz`;

function labelOf({
  PrimaryContainer,
}: {
  PrimaryContainer?: { ModelDataUrl?: string | undefined } | undefined;
}): string {
  return /(\d)\.tar\.gz$/.exec(PrimaryContainer?.ModelDataUrl ?? '')?.[1] ?? '0';
}

const CANARY = { strategy: 'canary', 'step-percent': '50', 'bake-minutes': '5' };
const SCALED = {
  'min-capacity': '2',
  'max-capacity': '8',
  sagemaker: 'invocations-per-instance: 100\ndata-capture-destination: s3://models/captured',
};

export const SAGEMAKER_FLOWS: readonly RealFlow[] = [
  {
    name: 'deploy, update',
    on: sagemaker,
    before: (bench) => [bench.request(1)],
    inputs: (bench) => bench.request(2),
    succeeds: ['deployed', 'unchanged'],
    serves: ['1', '2'],
    inTheEnd: '2',
  },
  {
    name: 'promote, canary with autoscaling, alarms and data capture',
    on: sagemaker,
    before: (bench) => [
      { ...bench.request(1), ...SCALED },
      { ...bench.request(2), ...CANARY, command: 'stage' },
    ],
    inputs: (bench) => ({ ...bench.request(2), ...CANARY, command: 'promote' }),
    succeeds: ['promoted', 'unchanged'],
    serves: ['1', '2'],
    inTheEnd: '2',
  },
  {
    name: 'rollback',
    on: sagemaker,
    before: (bench) => [bench.request(1), bench.request(2)],
    inputs: () => ({ command: 'rollback' }),
    succeeds: ['rolled-back'],
    serves: ['1', '2'],
    inTheEnd: '1',
  },
  {
    name: 'deploy, first',
    on: sagemaker,
    before: () => [],
    inputs: (bench) => bench.request(1),
    succeeds: ['deployed', 'unchanged'],
    serves: null,
    inTheEnd: '1',
  },
  {
    name: 'stage',
    on: sagemaker,
    before: (bench) => [bench.request(1)],
    inputs: (bench) => ({ ...bench.request(2), command: 'stage' }),
    succeeds: ['staged'],
    serves: ['1'],
    inTheEnd: '1',
  },
  {
    name: 'teardown',
    on: sagemaker,
    before: (bench) => [bench.request(1), { ...bench.request(2), command: 'stage' }],
    inputs: () => ({ command: 'teardown', confirm: 'churn' }),
    succeeds: ['torn-down'],
    serves: null,
    inTheEnd: null,
  },
];
