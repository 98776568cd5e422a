/** One model package, looked up where its ARN says that it is. */
import type { ModelPackageContainerDefinition } from '@aws-sdk/client-sagemaker';
import { awsClientConfig } from '../../clouds/aws/client-config.ts';
import { UserError } from '../../core/errors.ts';
import type { ModelPackage } from '../../core/model-registry.ts';
import { explainRegistryError, isMissing } from './errors.ts';

/** `…:<region>:<account>:model-package/<group>/<version>` */
const ARN = /^arn:aws[a-z-]*:sagemaker:([a-z0-9-]+):\d{12}:model-package\/.+$/;

/** @throws UserError for one that is not there */
export async function findModelPackage(
  arn: string,
  { signal }: { readonly signal: AbortSignal },
): Promise<ModelPackage> {
  const region = ARN.exec(arn)?.[1];
  if (region === undefined) throw new UserError(`model-package-arn: "${arn}" is no ARN of a model package.`);
  const sdk = await import('@aws-sdk/client-sagemaker');
  const client = new sdk.SageMakerClient(awsClientConfig({ region }));
  try {
    const command = new sdk.DescribeModelPackageCommand({ ModelPackageName: arn });
    const found = await client.send(command, { abortSignal: signal });
    const containers = found.InferenceSpecification?.Containers ?? [];
    const approval = found.ModelApprovalStatus ?? 'PendingManualApproval';
    return { arn, approval, containers: containers.length, ...contentOf(containers[0]) };
  } catch (error) {
    if (isMissing(error)) {
      throw new UserError(`model-package-arn: there is no model package ${arn}. Check group and version.`, {
        cause: error,
      });
    }
    throw explainRegistryError(error, 'DescribeModelPackage', arn, signal, 'docs/iam/README.md');
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
