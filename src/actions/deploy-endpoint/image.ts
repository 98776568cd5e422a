/** Which image is meant: by digest, or what its tag points to when this is planned. */
import { UserError } from '../../core/errors.ts';
import { formatReference, parseReference, type ImageName } from '../../core/image/reference.ts';
import type { ReleaseImage } from '../../documents/release-record.ts';

export interface ImagePorts {
  /** The digest of an image that is named by tag, from its registry; null if there is none. */
  readonly imageDigest: (name: ImageName, tag: string) => Promise<string | null>;
}

/** @throws UserError for a text that is no image, or an image that is not there. */
export async function findImage(uri: string, { imageDigest }: ImagePorts): Promise<ReleaseImage> {
  const { registry, repository, tag, digest: given } = parseReference(uri, 'image-uri');
  const name = { registry, repository };
  const digest = given ?? (await imageDigest(name, tag ?? 'latest'));
  if (digest !== null) return { uri: formatReference({ ...name, digest }), digest };
  throw new UserError(
    `"${uri}" is not in its registry. Check the name and the tag, or use the output image-uri of push-image.`,
  );
}
