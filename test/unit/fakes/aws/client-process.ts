/** A program that finds AWS through its environment alone, as the actions do. Prints what each service answered. */
import { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { ECR } from '@aws-sdk/client-ecr';
import { IAM } from '@aws-sdk/client-iam';
import { S3 } from '@aws-sdk/client-s3';
import { SageMaker } from '@aws-sdk/client-sagemaker';
import { SageMakerRuntime } from '@aws-sdk/client-sagemaker-runtime';
import { ServiceQuotas } from '@aws-sdk/client-service-quotas';
import { STS } from '@aws-sdk/client-sts';

const asks: Readonly<Record<string, () => Promise<object>>> = {
  sagemaker: () => new SageMaker().listEndpoints({}),
  runtime: () => new SageMakerRuntime().invokeEndpoint({ EndpointName: 'none', Body: '' }),
  scaling: () => new ApplicationAutoScaling().describeScalableTargets({ ServiceNamespace: 'sagemaker' }),
  cloudwatch: () => new CloudWatch().describeAlarms({}),
  logs: () => new CloudWatchLogs().describeLogStreams({ logGroupName: 'none' }),
  ecr: () => new ECR().describeRepositories({}),
  iam: () => new IAM().getRole({ RoleName: 'none' }),
  s3: () => new S3().listObjectsV2({ Bucket: 'none' }),
  quotas: () => new ServiceQuotas().listServiceQuotas({ ServiceCode: 'sagemaker' }),
  sts: () => new STS().getCallerIdentity({}),
};

const answers: Record<string, string> = {};
for (const [name, ask] of Object.entries(asks)) {
  answers[name] = await ask().then(
    () => 'ok',
    (error: unknown) => (error as Error).name,
  );
}
process.stdout.write(JSON.stringify(answers));
