/** Keeps a deployed image from the lifecycle policy of its repository, by the tag that the policy spares. */
import type { ECRClient } from '@aws-sdk/client-ecr';
import { awsClientConfig } from '../../clouds/aws/client-config.ts';
import { UpstreamError } from '../../core/errors.ts';
import { deployedTag, parseEcrHost, sparesDeployed, type Kept } from '../../core/image/ecr.ts';
import { mediaTypes } from '../../core/image/manifest.ts';
import { parseReference } from '../../core/image/reference.ts';
import { awsError, nameOf } from './aws-errors.ts';

type Sdk = typeof import('@aws-sdk/client-ecr');

interface DeployedImage {
  readonly registryId: string;
  readonly repositoryName: string;
  /** `sha256:…` */
  readonly digest: string;
  readonly tag: string;
}

interface Call {
  readonly sdk: Sdk;
  readonly client: ECRClient;
  readonly http: { readonly abortSignal: AbortSignal };
}

/** docs/iam/deploy.json allows these three calls in its statements ReadImage and KeepImage. */
const POLICY = 'docs/iam/deploy.json';

export interface KeepOptions {
  readonly signal: AbortSignal;
  /** Further settings of the client, such as its endpoint. */
  readonly config?: object;
}

/**
 * Tags an image of ECR as deployed, where its repository's lifecycle policy spares that tag: elsewhere the tag would do
 * nothing. Asks for ecr:GetLifecyclePolicy, and then for ecr:BatchGetImage and ecr:PutImage.
 * @param uri pinned by digest; `needless` for one that is not, or that lies in another registry.
 * @throws UserError where a permission is missing, and says which; UpstreamError for the rest.
 */
export async function keepDeployedImage(uri: string, { signal, config }: KeepOptions): Promise<Kept> {
  const { registry, repository: repositoryName, digest } = parseReference(uri, 'image-uri');
  const place = parseEcrHost(registry);
  if (place === null || digest === null) return 'needless';
  const sdk = await import('@aws-sdk/client-ecr');
  const client = new sdk.ECRClient({ ...awsClientConfig({ region: place.region }), ...config });
  const image = { registryId: place.account, repositoryName, digest, tag: deployedTag(digest) };
  const call: Call = { sdk, client, http: { abortSignal: signal } };
  try {
    return await keep(image, call);
  } catch (error) {
    if (error instanceof UpstreamError) throw error;
    throw awsError(error, `tag ${uri} as deployed`, signal, POLICY);
  }
}

async function keep(image: DeployedImage, call: Call): Promise<Kept> {
  const policy = await lifecyclePolicyOf(image, call);
  if (policy === null || !sparesDeployed(policy)) return 'needless';
  const { sdk, client, http } = call;
  const { registryId, repositoryName, digest: imageDigest, tag: imageTag } = image;
  const { images = [] } = await client.send(
    new sdk.BatchGetImageCommand({
      registryId,
      repositoryName,
      imageIds: [{ imageDigest }, { imageTag }],
      acceptedMediaTypes: Object.values(mediaTypes),
    }),
    http,
  );
  const own = images.filter(({ imageId }) => imageId?.imageDigest === imageDigest);
  if (own.some(({ imageId }) => imageId?.imageTag === imageTag)) return 'kept-before';
  const { imageManifest, imageManifestMediaType } = own[0] ?? {};
  if (imageManifest === undefined) {
    throw new UpstreamError('ECR', `ECR has no image ${imageDigest} in ${repositoryName} any more.`);
  }
  const input = { registryId, repositoryName, imageTag, imageDigest, imageManifest, imageManifestMediaType };
  return unlessThere(() => client.send(new sdk.PutImageCommand(input), http));
}

/** null where the repository has none, so that nothing is deleted by itself. */
async function lifecyclePolicyOf(
  { registryId, repositoryName }: DeployedImage,
  { sdk, client, http }: Call,
): Promise<string | null> {
  try {
    const command = new sdk.GetLifecyclePolicyCommand({ registryId, repositoryName });
    return (await client.send(command, http)).lifecyclePolicyText ?? null;
  } catch (error) {
    if (nameOf(error) === 'LifecyclePolicyNotFoundException') return null;
    throw error;
  }
}

/** The tag is made of the digest: where another run has just set it, it stands at the same image. */
async function unlessThere(put: () => Promise<unknown>): Promise<Kept> {
  try {
    await put();
    return 'kept';
  } catch (error) {
    if (/^Image(Tag)?AlreadyExistsException$/.test(nameOf(error))) return 'kept-before';
    throw error;
  }
}
