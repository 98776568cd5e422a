/** One model package, looked up if its ARN says that it is. */
import type { ModelPackageContainerDefinition } from '@aws-sdk/client-sagemaker';
import { parseArn } from '../../clouds/aws/arn.ts';
import { createAwsClients } from '../../clouds/aws/clients.ts';
import { isMissing } from '../../clouds/aws/errors.ts';
import { UserError } from '../../core/errors.ts';
import type { ModelPackage } from '../../core/model-registry.ts';

export interface FindOptions {
  readonly signal: AbortSignal;
  /** Further settings of the client, such as its endpoint. */
  readonly config?: Readonly<Record<string, unknown>>;
}

/** @throws UserError for one that is not there */
export async function findModelPackage(
  arn: string,
  { signal, config = {} }: FindOptions,
): Promise<ModelPackage> {
  const parsed = parseArn(arn);
  if (parsed?.resource.startsWith('model-package/') !== true) {
    throw new UserError(`model-package-arn: "${arn}" is not the ARN of a model package.`);
  }
  const clients = createAwsClients({ region: parsed.region, signal, guide: 'docs/iam/README.md', config });
  const sageMaker = await clients.sageMaker();
  try {
    const request = { operation: 'sagemaker:DescribeModelPackage', on: arn };
    const found = await clients.call(request, (http) =>
      sageMaker.describeModelPackage({ ModelPackageName: arn }, http),
    );
    const containers = found.InferenceSpecification?.Containers ?? [];
    const approval = found.ModelApprovalStatus ?? 'PendingManualApproval';
    return { arn, approval, containers: containers.length, ...contentOf(containers[0]) };
  } catch (error) {
    if (isMissing(error)) {
      throw new UserError(`model-package-arn: there is no model package ${arn}. Check group and version.`, {
        cause: error,
        page: 'not-found',
      });
    }
    throw error;
  }
}

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ModelPackageContainerDefinition.html */
function contentOf(
  container: ModelPackageContainerDefinition | undefined,
): Pick<ModelPackage, 'url' | 'image' | 'environment'> {
  const { ModelDataUrl, ModelDataSource, Image, ImageDigest, Environment } = container ?? {};
  return {
    url: ModelDataUrl ?? ModelDataSource?.S3DataSource?.S3Uri ?? null,
    image: Image === undefined ? null : pinned(Image, ImageDigest),
    environment: new Map(Object.entries(Environment ?? {})),
  };
}

function pinned(image: string, digest: string | undefined): string {
  if (image.includes('@') || digest === undefined) return image;
  return `${image.replace(/:[^:/]+$/, '')}@${digest.startsWith('sha256:') ? digest : `sha256:${digest}`}`;
}
