/** Keeps a deployed image from the lifecycle policy of its repository, by the tag that the policy spares. */
import { createAwsClients, type AwsClients } from '../../clouds/aws/clients.ts';
import { codeOf } from '../../clouds/aws/errors.ts';
import { UpstreamError } from '../../core/errors.ts';
import { parseEcrHost } from '../../clouds/aws/ecr-registry.ts';
import { deployedTag, sparesDeployed, type Kept } from '../../core/image/ecr.ts';
import { mediaTypes } from '../../core/image/manifest.ts';
import { parseReference } from '../../core/image/reference.ts';

interface DeployedImage {
  readonly registryId: string;
  readonly repositoryName: string;
  /** `sha256:…` */
  readonly digest: string;
  readonly tag: string;
}

/** docs/iam/deploy.json allows these three calls in its statements ReadImage and KeepImage. */
const GUIDE = 'docs/iam/deploy.json';

export interface KeepOptions {
  readonly signal: AbortSignal;
  /** Further settings of the client, such as its endpoint. */
  readonly config?: Readonly<Record<string, unknown>>;
}

/**
 * Tags an image of ECR as deployed, if its repository's lifecycle policy spares that tag: elsewhere the tag would do
 * nothing. Asks for ecr:GetLifecyclePolicy, and then for ecr:BatchGetImage and ecr:PutImage.
 * @param uri pinned by digest; `needless` for one that is not, or that is in another registry.
 * @throws UpstreamError that says which permission is missing, or what ECR said.
 */
export async function keepDeployedImage(uri: string, { signal, config = {} }: KeepOptions): Promise<Kept> {
  const { registry, repository: repositoryName, digest } = parseReference(uri, 'image-uri');
  const place = parseEcrHost(registry);
  if (place === null || digest === null) return 'needless';
  const image = { registryId: place.account, repositoryName, digest, tag: deployedTag(digest) };
  const clients = createAwsClients({
    region: place.region,
    signal,
    guide: GUIDE,
    config,
  });
  return keep(image, clients);
}

async function keep(image: DeployedImage, clients: AwsClients): Promise<Kept> {
  const policy = await lifecyclePolicyOf(image, clients);
  if (policy === null || !sparesDeployed(policy)) return 'needless';
  const ecr = await clients.ecr();
  const { registryId, repositoryName, digest: imageDigest, tag: imageTag } = image;
  const wanted = {
    registryId,
    repositoryName,
    imageIds: [{ imageDigest }, { imageTag }],
    acceptedMediaTypes: Object.values(mediaTypes),
  };
  const { images = [] } = await clients.call(asked('BatchGetImage', image), (http) =>
    ecr.batchGetImage(wanted, http),
  );
  const own = images.filter(({ imageId }) => imageId?.imageDigest === imageDigest);
  if (own.some(({ imageId }) => imageId?.imageTag === imageTag)) return 'kept-before';
  const { imageManifest, imageManifestMediaType } = own[0] ?? {};
  if (imageManifest === undefined) {
    throw new UpstreamError('ECR', `ECR no longer has the image ${imageDigest} in ${repositoryName}.`);
  }
  const input = { registryId, repositoryName, imageTag, imageDigest, imageManifest, imageManifestMediaType };
  return unlessThere(() => clients.call(asked('PutImage', image), (http) => ecr.putImage(input, http)));
}

function asked(operation: string, { repositoryName, digest }: DeployedImage) {
  return { operation: `ecr:${operation}`, on: `${repositoryName}@${digest}` };
}

/** null if the repository has none, so nothing is deleted by itself. */
async function lifecyclePolicyOf(image: DeployedImage, clients: AwsClients): Promise<string | null> {
  const ecr = await clients.ecr();
  const { registryId, repositoryName } = image;
  try {
    const answer = await clients.call(asked('GetLifecyclePolicy', image), (http) =>
      ecr.getLifecyclePolicy({ registryId, repositoryName }, http),
    );
    return answer.lifecyclePolicyText ?? null;
  } catch (error) {
    if (codeOf(error) === 'LifecyclePolicyNotFoundException') return null;
    throw error;
  }
}

/** The tag is made of the digest: if another run has just set it, it names the same image. */
async function unlessThere(put: () => Promise<unknown>): Promise<Kept> {
  try {
    await put();
    return 'kept';
  } catch (error) {
    if (/^Image(Tag)?AlreadyExistsException$/.test(codeOf(error))) return 'kept-before';
    throw error;
  }
}
