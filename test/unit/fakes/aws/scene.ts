/** A fake with an image, an archive, a role and a model in it, and real SDK clients that talk to it. */
import { ApplicationAutoScalingClient } from '@aws-sdk/client-application-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { SageMaker } from '@aws-sdk/client-sagemaker';
import { SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime';
import { FakeAws, type FakeAwsOptions } from '../../../fakes/aws/fake-aws.ts';

export interface Scene {
  readonly aws: FakeAws;
  readonly sagemaker: SageMaker;
  readonly runtime: SageMakerRuntimeClient;
  readonly scaling: ApplicationAutoScalingClient;
  readonly cloudwatch: CloudWatchClient;
  readonly logs: CloudWatchLogsClient;
  readonly role: string;
  readonly image: string;
  readonly archive: string;
  /** Makes a model and a config of that name with one variant. */
  config(name: string, options?: ConfigOptions): Promise<void>;
  /** Makes an endpoint on a config of that name, and waits until it is in service. */
  endpoint(name: string, config: string, options?: ConfigOptions): Promise<void>;
  status(name: string): Promise<string | undefined>;
  close(): Promise<void>;
}

export interface ConfigOptions {
  readonly count?: number;
  readonly type?: 'ml.m5.large' | 'ml.m5.xlarge';
  readonly variant?: string;
}

export async function startScene(options: FakeAwsOptions = {}): Promise<Scene> {
  const aws = await FakeAws.start({ neighbours: 'none', ...options });
  const sagemaker = new SageMaker(aws.client);
  const role = aws.addRole('execution');
  const { uri: image } = aws.pushImage('churn', 'v1');
  const archive = await aws.putObject('models', 'churn/model.tar.gz', 'archive');
  const config: Scene['config'] = async (
    name,
    { count = 2, type = 'ml.m5.large', variant = 'AllTraffic' } = {},
  ) => {
    await sagemaker.createModel({
      ModelName: name,
      ExecutionRoleArn: role,
      PrimaryContainer: { Image: image, ModelDataUrl: archive },
    });
    await sagemaker.createEndpointConfig({
      EndpointConfigName: name,
      ProductionVariants: [
        { VariantName: variant, ModelName: name, InitialInstanceCount: count, InstanceType: type },
      ],
    });
  };
  return {
    aws,
    sagemaker,
    runtime: new SageMakerRuntimeClient(aws.client),
    scaling: new ApplicationAutoScalingClient(aws.client),
    cloudwatch: new CloudWatchClient(aws.client),
    logs: new CloudWatchLogsClient(aws.client),
    role,
    image,
    archive,
    config,
    endpoint: async (name, configName, more = {}) => {
      await config(configName, more);
      await sagemaker.createEndpoint({ EndpointName: name, EndpointConfigName: configName });
      aws.advance(600_000);
    },
    status: async (name) => (await sagemaker.describeEndpoint({ EndpointName: name })).EndpointStatus,
    close: () => aws.close(),
  };
}
