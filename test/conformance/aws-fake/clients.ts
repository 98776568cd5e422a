/** The clients that ask the fake and moto alike. */
import { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { ECR } from '@aws-sdk/client-ecr';
import { IAM } from '@aws-sdk/client-iam';
import { S3 } from '@aws-sdk/client-s3';
import { SageMaker } from '@aws-sdk/client-sagemaker';
import { STS } from '@aws-sdk/client-sts';

export interface Clients {
  readonly sagemaker: SageMaker;
  readonly scaling: ApplicationAutoScaling;
  readonly cloudwatch: CloudWatch;
  readonly ecr: ECR;
  readonly iam: IAM;
  readonly s3: S3;
  readonly sts: STS;
  /** An image that is in the registry. */
  readonly image: string;
  readonly role: string;
}

export function clientsOf(
  url: string,
  { account, region, image, role }: { account: string; region: string; image: string; role: string },
): Clients {
  const config = {
    endpoint: url,
    region,
    maxAttempts: 1,
    // moto takes an access key of 12 digits for the account.
    credentials: { accessKeyId: account, secretAccessKey: 'secret' },
  };
  return {
    sagemaker: new SageMaker(config),
    scaling: new ApplicationAutoScaling(config),
    cloudwatch: new CloudWatch(config),
    ecr: new ECR(config),
    iam: new IAM(config),
    s3: new S3({ ...config, forcePathStyle: true }),
    sts: new STS(config),
    image,
    role,
  };
}
