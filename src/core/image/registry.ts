/** The port to a registry that speaks the OCI distribution API. */
import type { ImageName } from './reference.ts';

export interface FetchedManifest {
  /** As the registry says, without parameters. */
  readonly mediaType: string;
  /** `sha256:…`, computed from the bytes. */
  readonly digest: string;
  readonly bytes: Uint8Array;
}

export interface Registry {
  /**
   * `reference` is a tag or a digest; null if there is no such manifest.
   * @throws UserError if a login is missing or refused; UpstreamError for anything else.
   */
  manifest(name: ImageName, reference: string): Promise<FetchedManifest | null>;
  /** A small blob, such as an image's config, checked against its digest. */
  blob(name: ImageName, digest: string): Promise<Uint8Array>;
  /** Lets a tag point to a manifest that the repository has already; no layer is sent. */
  tag(name: ImageName, tag: string, manifest: FetchedManifest): Promise<void>;
}
