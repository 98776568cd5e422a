/** STS, IAM, ECR and Service Quotas. */
import {
  BatchGetImageCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  GetLifecyclePolicyCommand,
  PutImageCommand,
} from '@aws-sdk/client-ecr';
import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  GetServiceQuotaCommand,
  ListServiceQuotasCommand,
  ServiceQuotasClient,
} from '@aws-sdk/client-service-quotas';
import { AssumeRoleWithWebIdentityCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FakeAws } from '../../../fakes/aws/fake-aws.ts';

let aws: FakeAws;
beforeAll(async () => {
  aws = await FakeAws.start({ neighbours: 'none', account: '210987654321', region: 'us-east-1' });
});
afterAll(() => aws.close());

it('tells who calls', async () => {
  const told = await new STSClient(aws.client).send(new GetCallerIdentityCommand({}));
  expect(told).toMatchObject({
    Account: '210987654321',
    Arn: 'arn:aws:sts::210987654321:assumed-role/deployer/ci',
  });
});

it('gives a session of a role for a token of OIDC that the role trusts, and for no other', async () => {
  const sts = new STSClient(aws.client);
  const RoleArn = aws.addRole('ci/releaser');
  aws.sessions.tokens.add('token-of-the-job');
  const asked = { RoleArn, RoleSessionName: 'release-17' };
  const { Credentials } = await sts.send(
    new AssumeRoleWithWebIdentityCommand({ ...asked, WebIdentityToken: 'token-of-the-job' }),
  );
  const hour = aws.world.time.now().getTime() + 3600_000;
  expect(Credentials?.AccessKeyId).toMatch(/^ASIA/);
  expect(Credentials?.Expiration?.getTime()).toBe(hour);
  await expect(
    sts.send(new AssumeRoleWithWebIdentityCommand({ ...asked, WebIdentityToken: 'token-of-another' })),
  ).rejects.toMatchObject({ name: 'InvalidIdentityTokenException' });
});

it('tells of roles whom they trust, and denies with words that can be read', async () => {
  const iam = new IAMClient(aws.client);
  const arn = aws.addRole('service-role/execution');
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'execution' }));
  expect(Role).toMatchObject({ Arn: arn, Path: '/service-role/' });
  const policy = JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')) as unknown;
  expect(policy).toMatchObject({ Statement: [{ Principal: { Service: ['sagemaker.amazonaws.com'] } }] });
  await expect(iam.send(new GetRoleCommand({ RoleName: 'none' }))).rejects.toMatchObject({
    name: 'NoSuchEntityException',
    message: 'The role with name none cannot be found.',
    $metadata: { httpStatusCode: 404 },
  });
  aws.inject({ on: 'iam:GetRole', fault: 'denied' });
  await expect(iam.send(new GetRoleCommand({ RoleName: 'execution' }))).rejects.toMatchObject({
    name: 'AccessDenied',
    message: expect.stringContaining(
      'iam:GetRole on resource: arn:aws:iam::210987654321:role/service-role/execution',
    ) as string,
    $metadata: { httpStatusCode: 403 },
  });
});

it('finds images by tag and by digest', async () => {
  const ecr = new ECRClient(aws.client);
  const { digest, uri } = aws.pushImage('churn', 'v1');
  expect(uri).toBe('210987654321.dkr.ecr.us-east-1.amazonaws.com/churn:v1');
  const { imageDetails } = await ecr.send(
    new DescribeImagesCommand({ repositoryName: 'churn', imageIds: [{ imageTag: 'v1' }] }),
  );
  expect(imageDetails).toMatchObject([
    {
      imageDigest: digest,
      imageTags: ['v1'],
      imageManifestMediaType: 'application/vnd.docker.distribution.manifest.v2+json',
    },
  ]);
  const ids = [{ imageDigest: digest }, { imageTag: 'none' }];
  const got = await ecr.send(new BatchGetImageCommand({ repositoryName: 'churn', imageIds: ids }));
  expect(got.images?.[0]?.imageId).toEqual({ imageDigest: digest });
  expect(got.failures).toMatchObject([{ failureCode: 'ImageNotFound' }]);
  await expect(
    ecr.send(new DescribeImagesCommand({ repositoryName: 'churn', imageIds: [{ imageTag: 'none' }] })),
  ).rejects.toMatchObject({ name: 'ImageNotFoundException' });
  await expect(ecr.send(new DescribeImagesCommand({ repositoryName: 'other' }))).rejects.toMatchObject({
    name: 'RepositoryNotFoundException',
    message: "The repository with name 'other' does not exist in the registry with id '210987654321'",
  });
});

it('moves a tag to a newer image, and knows other accounts', async () => {
  const ecr = new ECRClient(aws.client);
  const old = aws.pushImage('moving', 'latest', { content: 'a' });
  const fresh = aws.pushImage('moving', 'latest', { content: 'b' });
  const all = await ecr.send(new DescribeImagesCommand({ repositoryName: 'moving' }));
  expect(all.imageDetails?.map(({ imageDigest, imageTags }) => [imageDigest, imageTags])).toEqual([
    [old.digest, undefined],
    [fresh.digest, ['latest']],
  ]);
  aws.pushImage('theirs', 'v1', { account: '763104351884' });
  const { repositories } = await ecr.send(new DescribeRepositoriesCommand({ registryId: '763104351884' }));
  expect(repositories?.map(({ repositoryName }) => repositoryName)).toEqual(['theirs']);
});

it('tells quotas', async () => {
  const quotas = new ServiceQuotasClient(aws.client);
  aws.quotas.endpointInstances.set('ml.m5.large', 4).set('ml.m5.xlarge', 0);
  const first = await quotas.send(new ListServiceQuotasCommand({ ServiceCode: 'sagemaker', MaxResults: 1 }));
  expect(first.Quotas).toMatchObject([{ QuotaName: 'ml.m5.large for endpoint usage', Value: 4 }]);
  const next = await quotas.send(
    new ListServiceQuotasCommand({ ServiceCode: 'sagemaker', NextToken: first.NextToken }),
  );
  const [{ QuotaCode } = {}] = next.Quotas ?? [];
  const one = await quotas.send(new GetServiceQuotaCommand({ ServiceCode: 'sagemaker', QuotaCode }));
  expect(one.Quota?.Value).toBe(0);
  await expect(
    quotas.send(new GetServiceQuotaCommand({ ServiceCode: 'sagemaker', QuotaCode: 'L-00000000' })),
  ).rejects.toMatchObject({ name: 'NoSuchResourceException' });
});

it('gives an image of ECR another tag, and says what deletes images by themselves', async () => {
  const { uri, digest } = aws.pushImage('kept', 'v1');
  expect(uri).toMatch(/kept:v1$/);
  const ecr = new ECRClient(aws.client);
  const policy = new GetLifecyclePolicyCommand({ repositoryName: 'kept' });
  await expect(ecr.send(policy)).rejects.toMatchObject({ name: 'LifecyclePolicyNotFoundException' });
  const selection = {
    tagStatus: 'untagged',
    countType: 'sinceImagePushed',
    countUnit: 'days',
    countNumber: 14,
  };
  const text = JSON.stringify({ rules: [{ rulePriority: 1, selection, action: { type: 'expire' } }] });
  aws.ecr.lifecycles.set(`${aws.world.account}/kept`, text);
  expect(await ecr.send(policy)).toMatchObject({ repositoryName: 'kept', lifecyclePolicyText: text });
  const { images = [] } = await ecr.send(
    new BatchGetImageCommand({ repositoryName: 'kept', imageIds: [{ imageTag: 'v1' }] }),
  );
  const tag = new PutImageCommand({
    repositoryName: 'kept',
    imageManifest: images[0]?.imageManifest,
    imageTag: 'deployed',
  });
  expect((await ecr.send(tag)).image?.imageId).toEqual({ imageDigest: digest, imageTag: 'deployed' });
  await expect(ecr.send(tag)).rejects.toMatchObject({ name: 'ImageAlreadyExistsException' });
});
