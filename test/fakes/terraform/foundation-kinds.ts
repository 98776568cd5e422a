/** What stands around an endpoint: roles, store, registry, logs, alarms. Asked of any AWS that has them, such as moto. */
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { ECR } from '@aws-sdk/client-ecr';
import { IAM } from '@aws-sdk/client-iam';
import { S3 } from '@aws-sdk/client-s3';
import { listOf, type ResourceKind } from './lifecycle.ts';
import { orGone, tagsOf, text } from './sagemaker-kinds.ts';
import type { State } from './dynamic-value.ts';

export interface FoundationSide {
  readonly url: string;
  readonly region: string;
  readonly account: string;
}

/** Of a resource: text that has to be there. */
const need = (value: unknown): string => text(value) ?? '';
const never = () => false;
const byName = (key: string) => key === 'name';
const nothing = () => Promise.resolve();

export function foundationKinds(side: FoundationSide): Record<string, ResourceKind> {
  const config = {
    endpoint: side.url,
    region: side.region,
    // moto takes an access key of 12 digits for the account.
    credentials: { accessKeyId: side.account, secretAccessKey: 'secret' },
  };
  return {
    ...iamKinds(new IAM(config)),
    ...storeKinds(new S3({ ...config, forcePathStyle: true })),
    ...registryKinds(new ECR(config)),
    aws_cloudwatch_log_group: logGroupKind(new CloudWatchLogs(config)),
    aws_cloudwatch_metric_alarm: alarmKind(new CloudWatch(config)),
    ...topicKinds(side),
  };
}

function iamKinds(iam: IAM): Record<string, ResourceKind> {
  return {
    aws_iam_openid_connect_provider: {
      replaces: (key) => key === 'url',
      create: async (state) => {
        const asked = { Url: need(state.url), ClientIDList: state.client_id_list as string[] };
        const made = await iam.createOpenIDConnectProvider({ ...asked, Tags: tagsOf(state) });
        Object.assign(state, { arn: made.OpenIDConnectProviderArn, thumbprint_list: [] });
      },
      read: (state) =>
        orGone(async () => {
          const found = await iam.getOpenIDConnectProvider({ OpenIDConnectProviderArn: need(state.arn) });
          state.client_id_list = found.ClientIDList;
        }),
      update: nothing,
      remove: async (state) =>
        await iam.deleteOpenIDConnectProvider({ OpenIDConnectProviderArn: need(state.arn) }),
      idOf: (state) => need(state.arn),
    },
    aws_iam_policy: {
      replaces: byName,
      create: async (state) => {
        const asked = { PolicyName: need(state.name), PolicyDocument: need(state.policy) };
        const made = await iam.createPolicy({ ...asked, Tags: tagsOf(state) });
        state.arn = made.Policy?.Arn;
      },
      read: (state) =>
        orGone(async () => {
          const { Policy } = await iam.getPolicy({ PolicyArn: need(state.arn) });
          const version = { PolicyArn: need(state.arn), VersionId: Policy?.DefaultVersionId ?? '' };
          const { PolicyVersion } = await iam.getPolicyVersion(version);
          state.policy = sameJson(state.policy, decodeURIComponent(PolicyVersion?.Document ?? ''));
        }),
      update: async (state) =>
        await iam.createPolicyVersion({
          PolicyArn: need(state.arn),
          PolicyDocument: need(state.policy),
          SetAsDefault: true,
        }),
      remove: async (state) => await iam.deletePolicy({ PolicyArn: need(state.arn) }),
      idOf: (state) => need(state.arn),
    },
    aws_iam_role: {
      replaces: byName,
      create: async (state) => {
        const made = await iam.createRole({
          RoleName: need(state.name),
          AssumeRolePolicyDocument: need(state.assume_role_policy),
          Tags: tagsOf(state),
        });
        state.arn = made.Role?.Arn;
      },
      read: (state) =>
        orGone(async () => {
          const { Role } = await iam.getRole({ RoleName: need(state.name) });
          const trust = decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '');
          state.assume_role_policy = sameJson(state.assume_role_policy, trust);
        }),
      update: async (state) =>
        await iam.updateAssumeRolePolicy({
          RoleName: need(state.name),
          PolicyDocument: need(state.assume_role_policy),
        }),
      remove: async (state) => await iam.deleteRole({ RoleName: need(state.name) }),
    },
    aws_iam_role_policy: inlinePolicyKind(iam),
    aws_iam_role_policy_attachment: attachmentKind(iam),
  };
}

function inlinePolicyKind(iam: IAM): ResourceKind {
  const put = async (state: State) => {
    const names = { RoleName: need(state.role), PolicyName: need(state.name) };
    await iam.putRolePolicy({ ...names, PolicyDocument: need(state.policy) });
  };
  return {
    replaces: (key) => key === 'name' || key === 'role',
    create: put,
    read: (state) =>
      orGone(async () => {
        const found = await iam.getRolePolicy({ RoleName: need(state.role), PolicyName: need(state.name) });
        state.policy = sameJson(state.policy, decodeURIComponent(found.PolicyDocument ?? ''));
      }),
    update: put,
    remove: async (state) =>
      await iam.deleteRolePolicy({ RoleName: need(state.role), PolicyName: need(state.name) }),
    idOf: (state) => `${need(state.role)}:${need(state.name)}`,
  };
}

function attachmentKind(iam: IAM): ResourceKind {
  const names = (state: State) => ({ RoleName: need(state.role), PolicyArn: need(state.policy_arn) });
  return {
    replaces: (key) => key === 'role' || key === 'policy_arn',
    create: async (state) => await iam.attachRolePolicy(names(state)),
    read: async (state) => {
      const { AttachedPolicies = [] } = await iam.listAttachedRolePolicies({ RoleName: need(state.role) });
      return AttachedPolicies.some(({ PolicyArn }) => PolicyArn === state.policy_arn);
    },
    update: nothing,
    remove: async (state) => await iam.detachRolePolicy(names(state)),
    idOf: (state) => `${need(state.role)}/${need(state.policy_arn)}`,
  };
}

function storeKinds(s3: S3): Record<string, ResourceKind> {
  const bucketOf = (state: State) => ({ Bucket: need(state.bucket) });
  /** A part of a bucket's settings. */
  const part = (
    put: (state: State) => Promise<unknown>,
    look: (state: State) => Promise<unknown>,
  ): ResourceKind => ({
    replaces: (key) => key === 'bucket',
    create: async (state) => await put(state),
    read: (state) => orGone(async () => await look(state)),
    update: async (state) => await put(state),
    remove: nothing,
    idOf: (state) => need(state.bucket),
  });
  return {
    aws_s3_bucket: {
      replaces: (key) => key === 'bucket',
      create: async (state) => {
        await s3.createBucket({
          ...bucketOf(state),
          CreateBucketConfiguration: { LocationConstraint: 'eu-central-1' },
        });
        await s3.putBucketTagging({ ...bucketOf(state), Tagging: { TagSet: tagsOf(state) } });
        state.arn = `arn:aws:s3:::${need(state.bucket)}`;
      },
      read: (state) => orGone(async () => await s3.headBucket(bucketOf(state))),
      update: nothing,
      remove: async (state) => await s3.deleteBucket(bucketOf(state)),
      idOf: (state) => need(state.bucket),
    },
    aws_s3_bucket_versioning: part(
      (state) => {
        const [{ status } = {}] = listOf(state.versioning_configuration);
        return s3.putBucketVersioning({
          ...bucketOf(state),
          VersioningConfiguration: { Status: status as 'Enabled' },
        });
      },
      async (state) => {
        const { Status } = await s3.getBucketVersioning(bucketOf(state));
        const [before = {}] = listOf(state.versioning_configuration);
        state.versioning_configuration = [{ ...before, status: Status }];
      },
    ),
    aws_s3_bucket_server_side_encryption_configuration: part(
      (state) => {
        const [rule = {}] = listOf(state.rule);
        const [by = {}] = listOf(rule.apply_server_side_encryption_by_default);
        const Rules = [
          { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: by.sse_algorithm as 'AES256' } },
        ];
        return s3.putBucketEncryption({
          ...bucketOf(state),
          ServerSideEncryptionConfiguration: { Rules },
        });
      },
      (state) => s3.getBucketEncryption(bucketOf(state)),
    ),
    aws_s3_bucket_public_access_block: part(
      (state) =>
        s3.putPublicAccessBlock({
          ...bucketOf(state),
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: state.block_public_acls === true,
            BlockPublicPolicy: state.block_public_policy === true,
            IgnorePublicAcls: state.ignore_public_acls === true,
            RestrictPublicBuckets: state.restrict_public_buckets === true,
          },
        }),
      async (state) => {
        const found = await s3.getPublicAccessBlock(bucketOf(state));
        state.block_public_acls = found.PublicAccessBlockConfiguration?.BlockPublicAcls;
      },
    ),
    aws_s3_bucket_lifecycle_configuration: part(
      (state) =>
        s3.putBucketLifecycleConfiguration({
          ...bucketOf(state),
          LifecycleConfiguration: {
            Rules: listOf(state.rule).map((rule) => {
              const [cut] = listOf(rule.abort_incomplete_multipart_upload);
              return {
                ID: need(rule.id),
                Status: rule.status as 'Enabled',
                Filter: { Prefix: '' },
                AbortIncompleteMultipartUpload: { DaysAfterInitiation: cut?.days_after_initiation as number },
              };
            }),
          },
        }),
      (state) => s3.getBucketLifecycleConfiguration(bucketOf(state)),
    ),
    aws_s3_bucket_policy: part(
      (state) => s3.putBucketPolicy({ ...bucketOf(state), Policy: need(state.policy) }),
      async (state) => {
        const { Policy = '' } = await s3.getBucketPolicy(bucketOf(state));
        state.policy = sameJson(state.policy, Policy);
      },
    ),
  };
}

function registryKinds(ecr: ECR): Record<string, ResourceKind> {
  return {
    aws_ecr_repository: {
      replaces: byName,
      create: async (state) => {
        const { repository } = await ecr.createRepository({
          repositoryName: need(state.name),
          imageTagMutability: state.image_tag_mutability as 'IMMUTABLE',
          tags: tagsOf(state),
        });
        Object.assign(state, {
          arn: repository?.repositoryArn,
          repository_url: repository?.repositoryUri,
          registry_id: repository?.registryId,
        });
      },
      read: (state) =>
        orGone(async () => {
          const { repositories = [] } = await ecr.describeRepositories({
            repositoryNames: [need(state.name)],
          });
          state.image_tag_mutability = repositories[0]?.imageTagMutability;
        }),
      update: nothing,
      remove: async (state) => await ecr.deleteRepository({ repositoryName: need(state.name) }),
    },
    aws_ecr_lifecycle_policy: {
      replaces: (key) => key === 'repository',
      create: async (state) => {
        const asked = { repositoryName: need(state.repository), lifecyclePolicyText: need(state.policy) };
        state.registry_id = (await ecr.putLifecyclePolicy(asked)).registryId;
      },
      read: (state) =>
        orGone(async () => {
          const found = await ecr.getLifecyclePolicy({ repositoryName: need(state.repository) });
          state.policy = sameJson(state.policy, found.lifecyclePolicyText ?? '');
        }),
      update: nothing,
      remove: async (state) => await ecr.deleteLifecyclePolicy({ repositoryName: need(state.repository) }),
      idOf: (state) => need(state.repository),
    },
  };
}

function logGroupKind(logs: CloudWatchLogs): ResourceKind {
  const keep = async (state: State) =>
    await logs.putRetentionPolicy({
      logGroupName: need(state.name),
      retentionInDays: state.retention_in_days as number,
    });
  return {
    replaces: byName,
    create: async (state) => {
      await logs.createLogGroup({ logGroupName: need(state.name) });
      await keep(state);
      state.arn = `arn:aws:logs:log-group:${need(state.name)}`;
    },
    read: async (state) => {
      const { logGroups = [] } = await logs.describeLogGroups({ logGroupNamePrefix: need(state.name) });
      const found = logGroups.find(({ logGroupName }) => logGroupName === state.name);
      state.retention_in_days = found?.retentionInDays;
      return found !== undefined;
    },
    update: keep,
    remove: async (state) => await logs.deleteLogGroup({ logGroupName: need(state.name) }),
  };
}

function alarmKind(cloudwatch: CloudWatch): ResourceKind {
  const put = async (state: State) => {
    const dimensions = Object.entries((state.dimensions ?? {}) as Record<string, string>);
    await cloudwatch.putMetricAlarm({
      AlarmName: need(state.alarm_name),
      Namespace: text(state.namespace),
      MetricName: text(state.metric_name),
      Dimensions: dimensions.map(([Name, Value]) => ({ Name, Value })),
      Statistic: text(state.statistic) as 'Sum' | undefined,
      ExtendedStatistic: text(state.extended_statistic),
      Period: state.period as number,
      EvaluationPeriods: state.evaluation_periods as number,
      ComparisonOperator: state.comparison_operator as 'GreaterThanThreshold',
      Threshold: state.threshold as number,
    });
    state.arn = `arn:aws:cloudwatch:alarm:${need(state.alarm_name)}`;
  };
  return {
    replaces: (key) => key === 'alarm_name',
    create: put,
    read: async (state) => {
      const { MetricAlarms = [] } = await cloudwatch.describeAlarms({ AlarmNames: [need(state.alarm_name)] });
      const [found] = MetricAlarms;
      state.threshold = found?.Threshold;
      return found !== undefined;
    },
    update: put,
    remove: async (state) => await cloudwatch.deleteAlarms({ AlarmNames: [need(state.alarm_name)] }),
    idOf: (state) => need(state.alarm_name),
  };
}

function topicKinds(side: FoundationSide): Record<string, ResourceKind> {
  const sns = (action: string, more: Record<string, string>) => askSns(side, { Action: action, ...more });
  return {
    aws_sns_topic: {
      replaces: byName,
      create: async (state) => {
        state.arn = /<TopicArn>(.*?)</.exec(await sns('CreateTopic', { Name: need(state.name) }))?.[1];
      },
      read: (state) => orGone(async () => await sns('GetTopicAttributes', { TopicArn: need(state.arn) })),
      update: nothing,
      remove: async (state) => await sns('DeleteTopic', { TopicArn: need(state.arn) }),
      idOf: (state) => need(state.arn),
    },
    aws_sns_topic_subscription: {
      replaces: never,
      create: async (state) => {
        const answer = await sns('Subscribe', {
          TopicArn: need(state.topic_arn),
          Protocol: need(state.protocol),
          Endpoint: need(state.endpoint),
        });
        state.arn = /<SubscriptionArn>(.*?)</.exec(answer)?.[1];
      },
      read: async (state) =>
        (await sns('ListSubscriptionsByTopic', { TopicArn: need(state.topic_arn) })).includes(
          need(state.endpoint),
        ),
      update: nothing,
      remove: async (state) => await sns('Unsubscribe', { SubscriptionArn: need(state.arn) }),
      idOf: (state) => need(state.arn),
    },
  };
}

/** There is no client of SNS among the packages. https://docs.aws.amazon.com/sns/latest/api/CommonParameters.html */
async function askSns(
  { url, region, account }: FoundationSide,
  parameters: Record<string, string>,
): Promise<string> {
  const scope = `Credential=${account}/20260101/${region}/sns/aws4_request`;
  const answer = await fetch(url, {
    method: 'POST',
    headers: { authorization: `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=none` },
    body: new URLSearchParams({ Version: '2010-03-31', ...parameters }),
  });
  const body = await answer.text();
  if (!answer.ok) throw new Error(body);
  return body;
}

/** As the provider compares JSON: other spaces or another order are no change. */
function sameJson(before: unknown, found: string): unknown {
  try {
    return sorted(JSON.parse(need(before))) === sorted(JSON.parse(found)) ? before : found;
  } catch {
    return found;
  }
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
