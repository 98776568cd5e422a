/** An endpoint on the fake, made by hand, for the modules that are tested by themselves. */
import type { AwsClients } from '../../../../src/clouds/aws/clients.ts';
import { FakeAws, type FakeAwsOptions } from '../../../fakes/aws/fake-aws.ts';
import { clientsOf } from '../../../platforms/aws-clients.ts';

export interface Bed {
  readonly aws: FakeAws;
  readonly clients: AwsClients;
}

export const ENDPOINT = 'churn';
export const VARIANT = 'main';

export async function startBed(options: FakeAwsOptions = {}): Promise<Bed> {
  const aws = await FakeAws.start({ listen: false, ...options });
  return { aws, clients: clientsOf(aws) };
}

/** @returns the endpoint's ARN */
export async function serve({ aws, clients }: Bed, endpoint = ENDPOINT, count = 2): Promise<string> {
  const sageMaker = await clients.sageMaker();
  const { uri } = aws.pushImage('serving', '1');
  const archive = await aws.putObject('models', `${endpoint}/model.tar.gz`, 'archive');
  await sageMaker.createModel({
    ModelName: endpoint,
    ExecutionRoleArn: aws.addRole('serving'),
    PrimaryContainer: { Image: uri, ModelDataUrl: archive },
  });
  await sageMaker.createEndpointConfig({
    EndpointConfigName: endpoint,
    ProductionVariants: [
      { VariantName: VARIANT, ModelName: endpoint, InstanceType: 'ml.m5.large', InitialInstanceCount: count },
    ],
  });
  const { EndpointArn = '' } = await sageMaker.createEndpoint({
    EndpointName: endpoint,
    EndpointConfigName: endpoint,
  });
  aws.advance(600_000);
  aws.forget();
  return EndpointArn;
}
