import type {
  CreateEndpointConfigInput,
  CreateModelInput,
  ProductionVariant,
} from '@aws-sdk/client-sagemaker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startScene, type Scene } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
  await scene.config('one');
});
afterAll(() => scene.close());

describe('names and limits, in the words of the API', () => {
  const pattern = '[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}';

  it('refuses an underscore', async () => {
    await expect(scene.sagemaker.describeEndpoint({ EndpointName: 'my_endpoint' })).rejects.toMatchObject({
      name: 'ValidationException',
      message: `1 validation error detected: Value 'my_endpoint' at 'endpointName' failed to satisfy constraint: Member must satisfy regular expression pattern: ${pattern}`,
    });
  });

  it('counts 64 characters as too many, and tells all that is wrong', async () => {
    const long = 'a'.repeat(64);
    await expect(
      scene.sagemaker.createEndpoint({ EndpointName: long, EndpointConfigName: '-x' }),
    ).rejects.toThrow(
      new RegExp(
        `^3 validation errors detected: Value '${long}' at 'endpointName' .* length less than or equal to 63; .*; Value '-x' at 'endpointConfigName'`,
      ),
    );
  });

  it('wants what is required', async () => {
    await expect(
      scene.sagemaker.createEndpoint({ EndpointName: 'x', EndpointConfigName: undefined }),
    ).rejects.toThrow(
      "Value null at 'endpointConfigName' failed to satisfy constraint: Member must not be null",
    );
  });

  it('refuses what is not in an enumeration', async () => {
    await expect(
      scene.sagemaker.createEndpointConfig({
        EndpointConfigName: 'bad',
        ProductionVariants: [
          { VariantName: 'a', ModelName: 'one', InstanceType: 'ml.nope' as never, InitialInstanceCount: 0 },
        ],
      }),
    ).rejects.toThrow(
      /^2 validation errors detected: Value '0' at 'productionVariants.1.member.initialInstanceCount' .* greater than or equal to 1; Value 'ml.nope' at 'productionVariants.1.member.instanceType' .*enum value set: \[/,
    );
  });

  it('wants values of the right type', async () => {
    await expect(scene.sagemaker.listModels({ MaxResults: 'many' as never })).rejects.toMatchObject({
      name: 'SerializationException',
    });
  });
});

describe('models', () => {
  const create = (input: Partial<CreateModelInput>) =>
    scene.sagemaker.createModel({
      ModelName: 'bad',
      ExecutionRoleArn: scene.role,
      PrimaryContainer: { Image: scene.image, ModelDataUrl: scene.archive },
      ...input,
    });

  it.each<[string, () => Partial<CreateModelInput>, RegExp]>([
    ['no container', () => ({ PrimaryContainer: undefined }), /Either PrimaryContainer or Containers/],
    ['both kinds of containers', () => ({ Containers: [{ Image: scene.image }] }), /Both PrimaryContainer/],
    [
      'a container without an image',
      () => ({ PrimaryContainer: {} }),
      /Exactly one of Image and ModelPackageName/,
    ],
    ['no role', () => ({ ExecutionRoleArn: undefined }), /ExecutionRoleArn is required/],
    [
      'a role that is not there',
      () => ({ ExecutionRoleArn: 'arn:aws:iam::123456789012:role/nobody' }),
      /Could not assume role arn:aws:iam::123456789012:role\/nobody/,
    ],
    [
      'an image that is not there',
      () => ({ PrimaryContainer: { Image: scene.image.replace('v1', 'v9') } }),
      /Requested image .*:v9 not found/,
    ],
    [
      'an archive that is not there',
      () => ({ PrimaryContainer: { Image: scene.image, ModelDataUrl: 's3://models/nothing' } }),
      /Could not find model data at s3:\/\/models\/nothing/,
    ],
    [
      'an environment with a bad name',
      () => ({ PrimaryContainer: { Image: scene.image, Environment: { 'a-b': '1' } } }),
      /a-b/,
    ],
    [
      'a prefix without a slash',
      () => ({
        PrimaryContainer: {
          Image: scene.image,
          ModelDataSource: {
            S3DataSource: { S3Uri: 's3://models/churn', S3DataType: 'S3Prefix', CompressionType: 'None' },
          },
        },
      }),
      /must end with a forward slash/,
    ],
  ])('refuses %s', async (_, input, words) => {
    await expect(create(input())).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringMatching(words) as string,
    });
  });

  it('refuses a role that SageMaker may not assume', async () => {
    const role = scene.aws.addRole('lambda', ['lambda.amazonaws.com']);
    await expect(create({ ExecutionRoleArn: role })).rejects.toThrow('Could not assume role');
  });

  it.each(['application/vnd.oci.image.index.v1+json', 'application/vnd.oci.image.manifest.v1+json'])(
    'refuses an image of type %s',
    async (mediaType) => {
      const { uri } = scene.aws.pushImage('oci', 'v1', { mediaType });
      await expect(create({ PrimaryContainer: { Image: uri } })).rejects.toThrow(
        `Unsupported manifest media type ${mediaType}`,
      );
    },
  );

  it('come back with their defaults, and without their tags', async () => {
    await scene.sagemaker.createModel({
      ModelName: 'full',
      ExecutionRoleArn: scene.role,
      PrimaryContainer: { Image: scene.image, ModelDataUrl: scene.archive, Environment: { A: 'b' } },
      VpcConfig: { Subnets: ['subnet-1'], SecurityGroupIds: ['sg-1'] },
      Tags: [{ Key: 'team', Value: 'risk' }],
    });
    const model = await scene.sagemaker.describeModel({ ModelName: 'full' });
    expect(model).toMatchObject({
      EnableNetworkIsolation: false,
      VpcConfig: { Subnets: ['subnet-1'], SecurityGroupIds: ['sg-1'] },
      PrimaryContainer: {
        Mode: 'SingleModel',
        ModelDataUrl: scene.archive,
        ModelDataSource: { S3DataSource: { S3Uri: scene.archive, CompressionType: 'Gzip' } },
        Environment: { A: 'b' },
      },
    });
    expect('Tags' in model).toBe(false);
    expect(scene.aws.tagsOf('model', 'full')).toEqual({ team: 'risk' });
  });
});

describe('model packages', () => {
  const arn = 'arn:aws:sagemaker:eu-west-1:123456789012:model-package/churn/3';

  it('are those that the test has added', async () => {
    scene.aws.addModelPackage(arn, { ModelApprovalStatus: 'Approved', ModelPackageVersion: 3 });
    expect(await scene.sagemaker.describeModelPackage({ ModelPackageName: arn })).toMatchObject({
      ModelPackageArn: arn,
      ModelApprovalStatus: 'Approved',
      ModelPackageVersion: 3,
    });
    await expect(scene.sagemaker.describeModelPackage({ ModelPackageName: 'churn' })).rejects.toThrow(
      /ModelPackage .*churn does not exist/,
    );
  });

  it('can stand in for an image', async () => {
    await scene.sagemaker.createModel({
      ModelName: 'from-package',
      ExecutionRoleArn: scene.role,
      PrimaryContainer: { ModelPackageName: arn },
    });
    expect(scene.aws.sagemaker.models.has('from-package')).toBe(true);
  });
});

describe('endpoint configs', () => {
  const variant: ProductionVariant = {
    VariantName: 'a',
    ModelName: 'one',
    InstanceType: 'ml.m5.large',
    InitialInstanceCount: 1,
  };
  const serverless: ProductionVariant = {
    VariantName: 'a',
    ModelName: 'one',
    ServerlessConfig: { MemorySizeInMB: 2048, MaxConcurrency: 5 },
  };
  const create = (input: Partial<CreateEndpointConfigInput>) =>
    scene.sagemaker.createEndpointConfig({
      EndpointConfigName: 'bad',
      ProductionVariants: [variant],
      ...input,
    });

  it.each<[string, Partial<CreateEndpointConfigInput>, RegExp]>([
    ['two variants of one name', { ProductionVariants: [variant, variant] }, /unique/],
    ['no model', { ProductionVariants: [{ ...variant, ModelName: undefined }] }, /ModelName is required/],
    [
      'no instance type',
      { ProductionVariants: [{ ...variant, InstanceType: undefined }] },
      /InstanceType and InitialInstanceCount are required/,
    ],
    [
      'both instances and serverless',
      { ProductionVariants: [{ ...variant, ...serverless, InstanceType: 'ml.m5.large' }] },
      /cannot be used together/,
    ],
    [
      'both kinds side by side',
      { ProductionVariants: [variant, { ...serverless, VariantName: 'b' }] },
      /cannot be mixed/,
    ],
    [
      'a memory size between two steps',
      {
        ProductionVariants: [
          { ...serverless, ServerlessConfig: { MemorySizeInMB: 1500, MaxConcurrency: 1 } },
        ],
      },
      /1024, 2048, 3072, 4096, 5120, 6144/,
    ],
    [
      'KMS with serverless',
      { ProductionVariants: [serverless], KmsKeyId: 'key' },
      /KmsKeyId is not supported/,
    ],
    [
      'data capture with serverless',
      {
        ProductionVariants: [serverless],
        DataCaptureConfig: {
          EnableCapture: true,
          InitialSamplingPercentage: 1,
          DestinationS3Uri: 's3://b/c',
          CaptureOptions: [{ CaptureMode: 'Input' }],
        },
      },
      /DataCaptureConfig is not supported/,
    ],
  ])('refuses %s', async (_, input, words) => {
    await expect(create(input)).rejects.toThrow(words);
  });

  it('come back whole', async () => {
    const input: CreateEndpointConfigInput = {
      EndpointConfigName: 'whole',
      KmsKeyId: 'key',
      ProductionVariants: [{ ...variant, ContainerStartupHealthCheckTimeoutInSeconds: 120 }],
      DataCaptureConfig: {
        EnableCapture: true,
        InitialSamplingPercentage: 20,
        DestinationS3Uri: 's3://b/c',
        CaptureOptions: [{ CaptureMode: 'InputAndOutput' }],
      },
    };
    await scene.sagemaker.createEndpointConfig(input);
    const found = await scene.sagemaker.describeEndpointConfig({ EndpointConfigName: 'WHOLE' });
    expect(found).toMatchObject(input);
    expect(found.ProductionVariants?.[0]?.InitialVariantWeight).toBe(1);
    await scene.sagemaker.createEndpoint({ EndpointName: 'captured', EndpointConfigName: 'whole' });
    expect((await scene.sagemaker.describeEndpoint({ EndpointName: 'captured' })).DataCaptureConfig).toEqual({
      EnableCapture: true,
      CaptureStatus: 'Started',
      CurrentSamplingPercentage: 20,
      DestinationS3Uri: 's3://b/c',
      KmsKeyId: '',
    });
  });

  it('may be serverless, which no update turns into instances', async () => {
    await scene.sagemaker.createEndpointConfig({
      EndpointConfigName: 'sl',
      ProductionVariants: [serverless],
    });
    await scene.sagemaker.createEndpoint({ EndpointName: 'sl', EndpointConfigName: 'sl' });
    scene.aws.advance(180_000);
    const found = await scene.sagemaker.describeEndpoint({ EndpointName: 'sl' });
    expect(found.ProductionVariants?.[0]).toMatchObject({
      CurrentServerlessConfig: { MemorySizeInMB: 2048 },
    });
    expect(found.ProductionVariants?.[0]?.CurrentInstanceCount).toBeUndefined();
    await expect(
      scene.sagemaker.updateEndpoint({ EndpointName: 'sl', EndpointConfigName: 'one' }),
    ).rejects.toThrow('cannot be changed between serverless');
  });
});
