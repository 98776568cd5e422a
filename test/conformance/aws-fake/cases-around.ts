/** Autoscaling, alarms, images and objects, with an endpoint there. */
import type { PutMetricAlarmCommandInput } from '@aws-sdk/client-cloudwatch';
import type { Case } from './cases.ts';
import type { Clients } from './clients.ts';

const target = {
  ServiceNamespace: 'sagemaker',
  ResourceId: 'endpoint/churn/variant/AllTraffic',
  ScalableDimension: 'sagemaker:variant:DesiredInstanceCount',
} as const;
const alarm: PutMetricAlarmCommandInput = {
  AlarmName: 'errors',
  Namespace: 'AWS/SageMaker',
  MetricName: 'Invocation5XXErrors',
  Dimensions: [{ Name: 'EndpointName', Value: 'churn' }],
  Statistic: 'Sum',
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 0,
  ComparisonOperator: 'GreaterThanThreshold',
};
const policy = {
  ...target,
  PolicyName: 'invocations',
  PolicyType: 'TargetTrackingScaling',
  TargetTrackingScalingPolicyConfiguration: {
    TargetValue: 100,
    PredefinedMetricSpecification: { PredefinedMetricType: 'SageMakerVariantInvocationsPerInstance' },
  },
} as const;

export const aroundCases: readonly Case[] = [
  {
    name: 'a scalable target',
    ask: ({ scaling }) => scaling.registerScalableTarget({ ...target, MinCapacity: 3, MaxCapacity: 8 }),
    pick: [],
  },
  {
    name: 'a scalable target with its limits the wrong way round',
    ask: ({ scaling }) => scaling.registerScalableTarget({ ...target, MinCapacity: 3, MaxCapacity: 2 }),
    motoDiffers: 'it does not compare the limits',
  },
  {
    name: 'the target described',
    ask: ({ scaling }) => scaling.describeScalableTargets({ ServiceNamespace: 'sagemaker' }),
    pick: [
      'ScalableTargets.length',
      'ScalableTargets.0.ResourceId',
      'ScalableTargets.0.ScalableDimension',
      'ScalableTargets.0.MaxCapacity',
    ],
    motoDiffers: 'it took the limits before',
  },
  {
    name: 'a scaling policy',
    motoDiffers: 'it makes alarms for ECS and DynamoDB only',
    ask: ({ scaling }) => scaling.putScalingPolicy(policy),
    pick: ['Alarms.length'],
  },
  {
    name: 'the policy described',
    ask: ({ scaling }) => scaling.describeScalingPolicies({ ServiceNamespace: 'sagemaker' }),
    pick: [
      'ScalingPolicies.length',
      'ScalingPolicies.0.PolicyName',
      'ScalingPolicies.0.PolicyType',
      'ScalingPolicies.0.TargetTrackingScalingPolicyConfiguration',
    ],
  },
  {
    name: 'a scheduled action',
    ask: async ({ scaling }) => {
      await scaling.putScheduledAction({
        ...target,
        ScheduledActionName: 'night',
        Schedule: 'cron(0 22 * * ? *)',
        ScalableTargetAction: { MinCapacity: 1, MaxCapacity: 2 },
      });
      return scaling.describeScheduledActions({ ServiceNamespace: 'sagemaker' });
    },
    pick: [
      'ScheduledActions.length',
      'ScheduledActions.0.ScheduledActionName',
      'ScheduledActions.0.Schedule',
      'ScheduledActions.0.ScalableTargetAction',
    ],
  },
  {
    name: 'a policy that is not there',
    ask: ({ scaling }) => scaling.deleteScalingPolicy({ ...target, PolicyName: 'none' }),
    motoDiffers: 'it answers ValidationException where AWS answers ObjectNotFoundException',
  },
  {
    name: 'deregistered, and what is left of it',
    ask: async ({ scaling }) => {
      await scaling.deregisterScalableTarget(target);
      const { ScalableTargets } = await scaling.describeScalableTargets({ ServiceNamespace: 'sagemaker' });
      const { ScalingPolicies } = await scaling.describeScalingPolicies({ ServiceNamespace: 'sagemaker' });
      return { targets: ScalableTargets?.length, policies: ScalingPolicies?.length };
    },
    pick: ['targets', 'policies'],
    motoDiffers: 'it keeps the policies of a target that is gone',
  },
  { name: 'an alarm', ask: ({ cloudwatch }) => cloudwatch.putMetricAlarm(alarm), pick: [] },
  {
    name: 'the alarm set and described',
    ask: async ({ cloudwatch }) => {
      await cloudwatch.setAlarmState({ AlarmName: 'errors', StateValue: 'ALARM', StateReason: 'try' });
      return cloudwatch.describeAlarms({ AlarmNames: ['errors'] });
    },
    pick: [
      'MetricAlarms.length',
      'MetricAlarms.0.AlarmName',
      'MetricAlarms.0.AlarmArn',
      'MetricAlarms.0.StateValue',
      'MetricAlarms.0.StateReason',
      'MetricAlarms.0.Threshold',
      'MetricAlarms.0.Dimensions',
    ],
  },
  {
    name: 'alarms after deletion',
    ask: async ({ cloudwatch }) => {
      await cloudwatch.deleteAlarms({ AlarmNames: ['errors'] });
      return cloudwatch.describeAlarms({ AlarmNames: ['errors'] });
    },
    pick: ['MetricAlarms.length'],
  },
  {
    name: 'an image by tag',
    ask: ({ ecr }) => ecr.describeImages({ repositoryName: 'churn', imageIds: [{ imageTag: 'v1' }] }),
    pick: [
      'imageDetails.length',
      'imageDetails.0.imageTags',
      'imageDetails.0.imageDigest',
      'imageDetails.0.imageManifestMediaType',
    ],
  },
  {
    name: 'an image that is not there',
    ask: ({ ecr }) => ecr.describeImages({ repositoryName: 'churn', imageIds: [{ imageTag: 'none' }] }),
    words: true,
  },
  {
    name: 'a repository that is not there',
    ask: ({ ecr }) => ecr.describeImages({ repositoryName: 'none' }),
    words: true,
  },
  {
    name: 'a failed lookup among others',
    ask: ({ ecr }) =>
      ecr.batchGetImage({ repositoryName: 'churn', imageIds: [{ imageTag: 'v1' }, { imageTag: 'none' }] }),
    pick: ['images.length', 'images.0.imageId', 'failures.0.failureCode', 'failures.0.failureReason'],
  },
  {
    name: 'a lifecycle policy that is not there',
    ask: ({ ecr }) => ecr.getLifecyclePolicy({ repositoryName: 'churn' }),
    words: true,
  },
  {
    name: 'an image that gets another tag',
    ask: async ({ ecr }) => {
      await ecr.putImage(await tagged(ecr, 'deployed-1'));
      return ecr.batchGetImage({ repositoryName: 'churn', imageIds: [{ imageTag: 'deployed-1' }] });
    },
    pick: ['images.length', 'images.0.imageId.imageDigest', 'failures.length'],
  },
  {
    name: 'an image that has the tag',
    ask: async ({ ecr }) => ecr.putImage(await tagged(ecr, 'deployed-1')),
    words: true,
  },
  {
    name: 'an object',
    ask: async ({ s3 }) => {
      await s3.putObject({
        Bucket: 'models',
        Key: 'a/b',
        Body: 'hello',
        Metadata: { run: '7' },
        ChecksumAlgorithm: 'CRC64NVME',
      });
      return s3.headObject({ Bucket: 'models', Key: 'a/b', ChecksumMode: 'ENABLED' });
    },
    pick: ['ContentLength', 'ETag', 'Metadata', 'ChecksumCRC64NVME'],
  },
  {
    name: 'the same again, only where there is none',
    ask: ({ s3 }) => s3.putObject({ Bucket: 'models', Key: 'a/b', Body: 'x', IfNoneMatch: '*' }),
    words: true,
  },
  {
    name: 'a part of it',
    ask: async ({ s3 }) =>
      (await s3.getObject({ Bucket: 'models', Key: 'a/b', Range: 'bytes=1-2' })).ContentRange,
  },
  {
    name: 'an object that is not there',
    ask: ({ s3 }) => s3.getObject({ Bucket: 'models', Key: 'none' }),
    words: true,
  },
  {
    name: 'the head of one that is not there',
    ask: ({ s3 }) => s3.headObject({ Bucket: 'models', Key: 'none' }),
  },
  { name: 'a bucket that is not there', ask: ({ s3 }) => s3.listObjectsV2({ Bucket: 'none' }), words: true },
  {
    name: 'objects listed',
    ask: ({ s3 }) => s3.listObjectsV2({ Bucket: 'models', Prefix: 'a/', Delimiter: '/' }),
    pick: ['KeyCount', 'IsTruncated', 'Contents.0.Key', 'Contents.0.Size', 'Contents.0.ETag'],
  },
  {
    name: 'where a bucket is',
    ask: ({ s3 }) => s3.getBucketLocation({ Bucket: 'models' }),
    pick: ['LocationConstraint'],
  },
  {
    name: 'an upload that is not there',
    motoDiffers: 'it breaks, with a KeyError',
    ask: ({ s3 }) =>
      s3.completeMultipartUpload({
        Bucket: 'models',
        Key: 'x',
        UploadId: 'none',
        MultipartUpload: { Parts: [{ PartNumber: 1, ETag: '"1"' }] },
      }),
  },
];

/** What gives the image v1 another tag. */
async function tagged(ecr: Clients['ecr'], imageTag: string) {
  const repositoryName = 'churn';
  const { images } = await ecr.batchGetImage({ repositoryName, imageIds: [{ imageTag: 'v1' }] });
  const { imageManifest, imageManifestMediaType } = images?.[0] ?? {};
  return { repositoryName, imageTag, imageManifest, imageManifestMediaType };
}
