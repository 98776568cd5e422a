/** What is found out about a model before it is deployed, and what is asked for it. */
import type { Readable } from 'node:stream';
import type { ImageName } from '../../core/image/reference.ts';
import type { RunContext } from '../../core/ports.ts';
import type { ReleaseImage, ReleaseModel, ReleaseRecord } from '../../documents/release-record.ts';
import type { ArtifactStore } from '../../core/stores.ts';

export interface SourcePorts {
  readonly context: RunContext;
  readonly signal: AbortSignal;
  readonly openStore: (url: string) => Promise<ArtifactStore>;
  /** Opens a path or URL; relative paths start at the workspace. @throws UserError if there is none. */
  readonly openUrl: (location: string) => Promise<Readable>;
  /** The digest of an image that is named by tag, from its registry; null if there is none. */
  readonly imageDigest: (name: ImageName, tag: string) => Promise<string | null>;
  /** The environment that must have verified a release before it comes here; null if none must. */
  readonly promoteFrom: string | null;
}

export interface Sources {
  readonly model: ReleaseModel;
  /** Pinned by digest; null if no container serves the model. */
  readonly image: ReleaseImage | null;
  readonly reference: { readonly digest: string; readonly url: string } | null;
  /** The record that was given, with its digest; null for an archive by URL. */
  readonly release: { readonly record: ReleaseRecord; readonly digest: string } | null;
  /** Where the release record of this deployment goes. */
  readonly storeUrl: string;
}
