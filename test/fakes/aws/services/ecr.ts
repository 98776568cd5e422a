/** ECR, as far as an image is looked up in it, and tagged. */
import { createHash } from 'node:crypto';
import type {
  BatchGetImageRequest,
  DescribeImagesRequest,
  DescribeRepositoriesRequest,
  GetDownloadUrlForLayerRequest,
  GetLifecyclePolicyRequest,
  GetRepositoryPolicyRequest,
  ImageFailureCode,
  ImageIdentifier,
  PutImageRequest,
} from '@aws-sdk/client-ecr';
import { AwsError } from '../errors.ts';
import { page } from '../paging.ts';
import type { Operation, Service } from '../service.ts';
import type { World } from '../world.ts';

export const DOCKER_MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';
const DOCKER_LAYER = 'application/vnd.docker.image.rootfs.diff.tar.gzip';

export interface StoredImage {
  readonly digest: string;
  readonly tags: Set<string>;
  readonly mediaType: string;
  readonly manifest: string;
  readonly pushed: Date;
}

export interface EcrState {
  readonly world: World;
  /** `<account>/<repository>` to its images. */
  readonly repositories: Map<string, StoredImage[]>;
  /** `<account>/<repository>` to the JSON of its lifecycle policy. */
  readonly lifecycles: Map<string, string>;
  /** `<account>/<repository>` to the JSON of its own policy. */
  readonly policies: Map<string, string>;
  /** Digest to content, of the configs of images. */
  readonly blobs: Map<string, string>;
  /** Where a blob is fetched. */
  readonly urlOf: (digest: string, blob: string) => string;
}

/** What is in an image, as far as anybody asks. */
export interface ImageContents {
  readonly architecture?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** The media type of its one layer. */
  readonly layer?: string;
  /** Of its one layer, packed. */
  readonly bytes?: number;
}

export function ecrService(state: EcrState): Service {
  const on =
    (run: (state: EcrState, input: never) => unknown): Operation =>
    (input) =>
      run(state, input);
  return {
    name: 'ecr',
    validationCode: 'InvalidParameterException',
    operations: {
      BatchGetImage: on(batchGetImage),
      DescribeImages: on(describeImages),
      DescribeRepositories: on(describeRepositories),
      GetDownloadUrlForLayer: on(downloadUrl),
      GetLifecyclePolicy: on(getLifecyclePolicy),
      GetRepositoryPolicy: on(getRepositoryPolicy),
      PutImage: on(putImage),
    },
    permissions: (action, { repositoryName, registryId }) => {
      const account = typeof registryId === 'string' ? registryId : state.world.account;
      const resource =
        typeof repositoryName === 'string'
          ? state.world.arn('ecr', `repository/${repositoryName}`, { account })
          : '*';
      return [{ action: `ecr:${action}`, resource }];
    },
  };
}

/** Puts an image there; returns its digest. A tag that another image had moves. */
export function pushImage(
  state: EcrState,
  repository: string,
  tag: string,
  options: { mediaType?: string; account?: string; content?: string; image?: ImageContents } = {},
): string {
  const { mediaType = DOCKER_MANIFEST, account = state.world.account, content = tag } = options;
  const { config, layers } = contentsOf(state, options.image);
  const manifest = JSON.stringify({ schemaVersion: 2, mediaType, config, layers, content });
  const digest = `sha256:${createHash('sha256').update(manifest).digest('hex')}`;
  const key = `${account}/${repository}`;
  const images = state.repositories.get(key) ?? [];
  for (const image of images) image.tags.delete(tag);
  const same = images.find((image) => image.digest === digest);
  if (same === undefined) {
    images.push({ digest, tags: new Set([tag]), mediaType, manifest, pushed: state.world.time.now() });
  } else same.tags.add(tag);
  state.repositories.set(key, images);
  return digest;
}

function contentsOf({ blobs }: EcrState, image?: ImageContents): { config: object; layers: object[] } {
  if (image === undefined) return { config: {}, layers: [] };
  const { architecture = 'amd64', labels = {}, layer = DOCKER_LAYER, bytes = 1 } = image;
  const text = JSON.stringify({ os: 'linux', architecture, config: { Labels: labels } });
  const digest = `sha256:${createHash('sha256').update(text).digest('hex')}`;
  blobs.set(digest, text);
  return { config: { digest, size: text.length }, layers: [{ mediaType: layer, size: bytes }] };
}

const URI = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([^:@]+)(?::([^@]+))?(?:@(.+))?$/;

/** The image of such a URI: null where it is not there, undefined where the URI is of no repository known here. */
export function imageOfUri(state: EcrState, uri: string): StoredImage | null | undefined {
  const [, account = '', , repository = '', tag, digest] = URI.exec(uri) ?? [];
  const images = state.repositories.get(`${account}/${repository}`);
  if (images === undefined) return undefined;
  return find(images, digest === undefined ? { imageTag: tag ?? 'latest' } : { imageDigest: digest }) ?? null;
}

/** The URI with the digest in place of the tag, where the image is known. */
export function resolveUri(state: EcrState, uri: string): string {
  const image = imageOfUri(state, uri);
  return image === null || image === undefined
    ? uri
    : `${uri.replace(/(:[^:/@]+)?(@.+)?$/, '')}@${image.digest}`;
}

function imagesOf(state: EcrState, name: string, registry: string | undefined): StoredImage[] {
  const account = registry ?? state.world.account;
  const images = state.repositories.get(`${account}/${name}`);
  if (images === undefined) {
    throw new AwsError(
      'RepositoryNotFoundException',
      `The repository with name '${name}' does not exist in the registry with id '${account}'`,
    );
  }
  return images;
}

function find(
  images: readonly StoredImage[],
  { imageDigest, imageTag }: ImageIdentifier,
): StoredImage | undefined {
  return images.find(
    ({ digest, tags }) =>
      (imageDigest === undefined || digest === imageDigest) && (imageTag === undefined || tags.has(imageTag)),
  );
}

function describeImages(state: EcrState, input: DescribeImagesRequest): object {
  const { repositoryName = '', registryId = state.world.account, imageIds } = input;
  const images = imagesOf(state, repositoryName, registryId);
  const wanted =
    imageIds === undefined ? images : imageIds.map((id) => found(images, id, repositoryName, registryId));
  const { items, next } = page(wanted, input.maxResults ?? 100, input.nextToken);
  const imageDetails = items.map(({ digest, tags, mediaType, manifest, pushed }) => ({
    registryId,
    repositoryName,
    imageDigest: digest,
    ...(tags.size === 0 ? {} : { imageTags: [...tags] }),
    imageSizeInBytes: manifest.length,
    imagePushedAt: pushed,
    imageManifestMediaType: mediaType,
  }));
  return { imageDetails, ...(next === undefined ? {} : { nextToken: next }) };
}

function found(
  images: readonly StoredImage[],
  id: ImageIdentifier,
  repository: string,
  registry: string,
): StoredImage {
  const image = find(images, id);
  if (image === undefined) {
    const text = `imageDigest:'${id.imageDigest ?? 'null'}', imageTag:'${id.imageTag ?? 'null'}'`;
    throw new AwsError(
      'ImageNotFoundException',
      `The image with imageId {${text}} does not exist within the repository with name '${repository}' in the registry with id '${registry}'`,
    );
  }
  return image;
}

function batchGetImage(state: EcrState, input: BatchGetImageRequest): object {
  const { repositoryName = '', registryId = state.world.account, imageIds = [] } = input;
  const all = imagesOf(state, repositoryName, registryId);
  const images: object[] = [];
  const failures: { imageId: ImageIdentifier; failureCode: ImageFailureCode; failureReason: string }[] = [];
  for (const imageId of imageIds) {
    const image = find(all, imageId);
    if (image === undefined) {
      failures.push({ imageId, failureCode: 'ImageNotFound', failureReason: 'Requested image not found' });
    } else {
      images.push({
        registryId,
        repositoryName,
        imageId: { imageDigest: image.digest, ...(imageId.imageTag === undefined ? {} : imageId) },
        imageManifest: image.manifest,
        imageManifestMediaType: image.mediaType,
      });
    }
  }
  return { images, failures };
}

function getLifecyclePolicy(state: EcrState, input: GetLifecyclePolicyRequest): object {
  const { repositoryName = '', registryId = state.world.account } = input;
  imagesOf(state, repositoryName, registryId);
  const lifecyclePolicyText = state.lifecycles.get(`${registryId}/${repositoryName}`);
  if (lifecyclePolicyText === undefined) {
    throw new AwsError(
      'LifecyclePolicyNotFoundException',
      `Lifecycle policy does not exist for the repository with name '${repositoryName}' in the registry with id '${registryId}'`,
    );
  }
  return { registryId, repositoryName, lifecyclePolicyText };
}

function getRepositoryPolicy(state: EcrState, input: GetRepositoryPolicyRequest): object {
  const { repositoryName = '', registryId = state.world.account } = input;
  imagesOf(state, repositoryName, registryId);
  const policyText = state.policies.get(`${registryId}/${repositoryName}`);
  if (policyText === undefined) {
    throw new AwsError(
      'RepositoryPolicyNotFoundException',
      `Repository policy does not exist for the repository with name '${repositoryName}' in the registry with id '${registryId}'`,
    );
  }
  return { registryId, repositoryName, policyText };
}

function downloadUrl(state: EcrState, input: GetDownloadUrlForLayerRequest): object {
  const { repositoryName = '', registryId = state.world.account, layerDigest = '' } = input;
  imagesOf(state, repositoryName, registryId);
  const blob = state.blobs.get(layerDigest);
  if (blob === undefined)
    throw new AwsError('LayersNotFoundException', `The layer with digest '${layerDigest}' does not exist`);
  return { downloadUrl: state.urlOf(layerDigest, blob), layerDigest };
}

/** Of an image that is there already; the layers of another one would have to be checked. */
function putImage(state: EcrState, input: PutImageRequest): object {
  const { repositoryName = '', registryId = state.world.account, imageTag = '', imageManifest = '' } = input;
  const images = imagesOf(state, repositoryName, registryId);
  const image = images.find(({ manifest }) => manifest === imageManifest);
  if (image === undefined) {
    throw new AwsError('LayersNotFoundException', `The layers of ${imageTag} are not in ${repositoryName}`);
  }
  if (image.tags.has(imageTag)) {
    throw new AwsError(
      'ImageAlreadyExistsException',
      `Image with digest '${image.digest}' and tag '${imageTag}' already exists in the repository with name '${repositoryName}' in registry with id '${registryId}'`,
    );
  }
  for (const other of images) other.tags.delete(imageTag);
  image.tags.add(imageTag);
  const imageId = { imageDigest: image.digest, imageTag };
  return { image: { registryId, repositoryName, imageId, imageManifest } };
}

function describeRepositories(state: EcrState, input: DescribeRepositoriesRequest): object {
  const { registryId = state.world.account, repositoryNames } = input;
  const prefix = `${registryId}/`;
  const all = [...state.repositories.keys()]
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length));
  for (const name of repositoryNames ?? []) imagesOf(state, name, registryId);
  const { items, next } = page(repositoryNames ?? all, input.maxResults ?? 100, input.nextToken);
  const repositories = items.map((repositoryName) => ({
    repositoryArn: state.world.arn('ecr', `repository/${repositoryName}`, { account: registryId }),
    registryId,
    repositoryName,
    repositoryUri: `${registryId}.dkr.ecr.${state.world.region}.amazonaws.com/${repositoryName}`,
    imageTagMutability: 'MUTABLE',
  }));
  return { repositories, ...(next === undefined ? {} : { nextToken: next }) };
}
