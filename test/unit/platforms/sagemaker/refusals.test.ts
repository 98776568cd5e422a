/** What SageMaker answers to a call that it refuses: told by its cause, planned once, and nothing is left behind. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeploymentResult } from '../../../../src/core/targets.ts';
import { AwsError } from '../../../fakes/aws/errors.ts';
import { makeSageMakerBed, type SageMakerBed } from '../../../platforms/sagemaker-bed.ts';
import { ENDPOINT } from '../../../platforms/target-suite.ts';

const IMAGE = '683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.9-0-cpu-py3';

/** Two published texts of a cause where there are two; where each was read. */
const MODEL: readonly (readonly [says: string, said: string, page: string, source: string])[] = [
  [
    'SageMaker could not pull the serving image',
    `Requested image ${IMAGE} not found.`,
    'image-pull',
    'https://github.com/aws-samples/easy-amazon-sagemaker-deployments/issues/4',
  ],
  [
    'SageMaker could not pull the serving image',
    'ECR image "1.dkr.ecr.us-west-2.amazonaws.com/decision-trees-sample" is invalid.',
    'image-pull',
    'https://github.com/aws/amazon-sagemaker-examples/issues/195',
  ],
  [
    'SageMaker pulls images from Amazon ECR only',
    'Using non-ECR image "ghcr.io/acme/churn:1" without Vpc repository access mode is not supported.',
    'image-pull',
    'https://github.com/aws/sagemaker-python-sdk/pull/4700',
  ],
  [
    'SageMaker does not start images of this kind',
    `Unsupported manifest media type application/vnd.oci.image.index.v1+json for image ${IMAGE}. Ensure that valid manifest media type is used for specified image.`,
    'oci-manifest',
    'https://github.com/mlflow/mlflow/issues/13834',
  ],
  [
    'SageMaker could not fetch or unpack the model archive',
    'Could not find model data at s3://jumpstart-cache-prod-eu-central-1/x/v2.0.0/.',
    'model-download',
    'https://github.com/aws/amazon-sagemaker-examples/issues/4479',
  ],
  [
    'SageMaker could not use the execution role',
    'Could not access model data at s3://b/k/. Please ensure that the role "arn:aws:iam::123456789012:role/r" exists and that its trust relationship policy allows the action "sts:AssumeRole" for the service principal "sagemaker.amazonaws.com".',
    'execution-role',
    'https://github.com/philschmid/llm-sagemaker-sample/issues/2',
  ],
];

const QUOTA =
  "The account-level service limit 'ml.m5.large for endpoint usage' is 0 Instances, with current utilization of 0 Instances and a request delta of 1 Instances. Please contact AWS support to request an increase for this limit.";
const SIZE = 'Image size 12704675783 is greater than supported size 10737418240';
const CALLS = ['CreateModel', 'CreateEndpointConfig', 'CreateEndpoint', 'UpdateEndpoint'] as const;

/** https://github.com/aws/amazon-sagemaker-examples/issues/307 and https://github.com/aws-solutions-library-samples/qnabot-on-aws/issues/691 */
const REST: readonly (readonly [(typeof CALLS)[number], string, AwsError, string])[] = [
  ...CALLS.slice(1).flatMap(
    (call) =>
      [
        [call, 'The account’s quota of instances', new AwsError('ResourceLimitExceeded', QUOTA), 'quota'],
        [
          call,
          'The image is too large for serverless',
          new AwsError('ValidationException', SIZE),
          'image-size',
        ],
      ] as const,
  ),
  ...CALLS.map(
    (call) =>
      [
        call,
        'AWS refused the request. (sagemaker:',
        new AwsError('ValidationException', 'Something new is not valid.'),
        'aws-refused',
      ] as const,
  ),
];

const ROWS = [
  ...MODEL.map(
    ([says, said, page]) => ['CreateModel', says, new AwsError('ValidationException', said), page] as const,
  ),
  ...REST,
];

/** What there is from the beginning is other people's. */
let bed: SageMakerBed;
let others: number[];
beforeEach(async () => {
  bed = await makeSageMakerBed();
  others = made();
});
afterEach(() => bed.dispose());

const planOf = (model: 'one' | 'two') => bed.target.plan(bed.request(model));
const made = () => {
  const { sagemaker, alarms, scaling } = bed.aws;
  const { endpoints, configs, models } = sagemaker;
  const all = [endpoints, configs, models, alarms.alarms, scaling.targets, scaling.policies];
  return all.map(({ size }) => size);
};

function expectTold(result: DeploymentResult, says: string, { message: said }: AwsError, page: string): void {
  expect(result.outcome).toBe('failed');
  expect(result.message).toContain(says);
  expect(result.message).toContain(said);
  expect(result.message).not.toMatch(/another run|plan again/i);
  expect(result.page).toBe(page);
}

describe('A4 a refused call', () => {
  it.each(ROWS.filter(([call]) => call !== 'UpdateEndpoint'))(
    'of %s, of a new endpoint, is told by its cause: %s',
    async (call, says, error, page) => {
      const plan = await planOf('one');
      bed.aws.inject({ on: `sagemaker:${call}`, fault: error, times: Infinity });
      const result = await bed.target.deploy(plan);
      expectTold(result, says, error, page);
      expect(made()).toEqual(others);
      expect(bed.aws.names().filter((name) => name === `sagemaker:${call}`)).toHaveLength(1);
    },
  );

  it.each(ROWS.filter(([call]) => call !== 'CreateEndpoint'))(
    'of %s, of an endpoint that serves, is told by its cause: %s',
    async (call, says, error, page) => {
      const first = await planOf('one');
      expect((await bed.target.deploy(first)).outcome).toBe('deployed');
      const plan = await planOf('two');
      const before = made();
      bed.aws.inject({ on: `sagemaker:${call}`, fault: error, times: Infinity });
      const result = await bed.target.deploy(plan);
      expectTold(result, says, error, page);
      expect(made()).toEqual(before);
      expect(result.description.live?.version).toBe(first.version);
      expect(result.message).toContain('the live version was not touched');
    },
  );

  it.each(ROWS.filter(([call]) => call !== 'UpdateEndpoint'))(
    'of %s, of a candidate, is told by its cause: %s',
    async (call, says, error, page) => {
      const first = await planOf('one');
      expect((await bed.target.deploy(first)).outcome).toBe('deployed');
      const plan = await bed.target.plan(bed.request('two'));
      const before = made();
      bed.aws.inject({ on: `sagemaker:${call}`, fault: error, times: Infinity });
      const result = await bed.target.stage(plan);
      expectTold(result, says, error, page);
      expect(made()).toEqual(before);
    },
  );

  it('of UpdateEndpoint, of a rollback, is told by its cause, and what serves goes on', async () => {
    expect((await bed.target.deploy(await planOf('one'))).outcome).toBe('deployed');
    const second = await planOf('two');
    expect((await bed.target.deploy(second)).outcome).toBe('deployed');
    const fault = new AwsError('ResourceLimitExceeded', QUOTA);
    bed.aws.inject({ on: 'sagemaker:UpdateEndpoint', fault, times: Infinity });
    const result = await bed.target.rollback(ENDPOINT, null);
    expectTold(result, 'The account’s quota of instances', fault, 'quota');
    expect(result.message).toContain(`${second.version} serves still`);
    expect(result.description.live?.version).toBe(second.version);
  });

  it('for want of a permission leaves nothing behind either, and names the permission', async () => {
    const plan = await planOf('one');
    bed.aws.allows = ({ action }) => action !== 'sagemaker:CreateEndpointConfig';
    await expect(bed.target.deploy(plan)).rejects.toThrow('do not allow sagemaker:CreateEndpointConfig.');
    expect(made()).toEqual(others);
  });

  it('restores the autoscaling that was set aside for it', async () => {
    const scaling = {
      ...{ minCapacity: 2, maxCapacity: 8, invocationsPerInstance: 100 },
      ...{ scaleInCooldown: null, scaleOutCooldown: null },
    };
    const first = await bed.target.plan(bed.requestWith('one', { scaling, instanceCount: 2 }));
    expect((await bed.target.deploy(first)).outcome).toBe('deployed');
    const before = made();
    const bigger = { scaling, instanceCount: 2, instanceType: 'ml.m5.xlarge' };
    const plan = await bed.target.plan(bed.requestWith('two', bigger));
    bed.aws.inject({
      on: 'sagemaker:UpdateEndpoint',
      fault: new AwsError('ResourceLimitExceeded', QUOTA),
      times: Infinity,
    });
    expect((await bed.target.deploy(plan)).page).toBe('quota');
    expect(made()).toEqual(before);
    expect(
      Object.keys(bed.aws.tagsOf('endpoint', ENDPOINT)).filter((key) => key.includes('scaling')),
    ).toEqual([]);
  });

  it('because somebody removes the config again and again is a race, and is told as one', async () => {
    const plan = await planOf('one');
    const gone = `Could not find endpoint configuration "arn:aws:sagemaker:eu-west-1:123456789012:endpoint-config/x".`;
    bed.aws.inject({
      on: 'sagemaker:CreateEndpoint',
      fault: new AwsError('ValidationException', gone),
      times: Infinity,
    });
    await expect(bed.target.deploy(plan)).rejects.toThrow('others keep changing it');
  });
});
