/** hashicorp/aws over an AWS of the tests: SageMaker with its life cycle on the fake, all else on moto (or one for both). */
import type { Backend } from './lifecycle.ts';
import { foundationKinds, type FoundationSide } from './foundation-kinds.ts';
import { sageMakerKinds, type SageMakerSide } from './sagemaker-kinds.ts';

export interface AwsSides {
  readonly account: string;
  readonly region: string;
  readonly sagemaker: SageMakerSide;
  /** Absent where a root has no such resources. */
  readonly around?: FoundationSide;
}

export function awsBackend({ account, region, sagemaker, around }: AwsSides): Backend {
  return {
    region,
    resources: { ...sageMakerKinds(sagemaker), ...(around === undefined ? {} : foundationKinds(around)) },
    data: {
      aws_caller_identity: () => ({ id: account, account_id: account, arn: `arn:aws:iam::${account}:root` }),
      aws_region: () => ({ id: region, name: region, region, description: region }),
      aws_partition: () => ({ id: 'aws', partition: 'aws', dns_suffix: 'amazonaws.com' }),
    },
  };
}
