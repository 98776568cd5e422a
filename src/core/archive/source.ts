import type { Readable } from 'node:stream';
import type { ContentTree } from './content-tree.ts';
import type { StoredObject } from '../stores.ts';
import type { LeftOut } from './exclusions.ts';

export type Compression = 'gzip' | 'none';

export interface ModelSource {
  readonly tree: ContentTree;
  readonly leftOut: readonly LeftOut[];
  /** An archive already, which is stored byte for byte. */
  readonly ready: boolean;
  /** Where a ready archive is in an object store, with the sha256 of its bytes; null for any other. */
  readonly origin: (StoredObject & { readonly sha256: string }) | null;
  /**
   * The archive's bytes. The stream fails with a UserError if the files are no longer those of the tree.
   * A ready archive is always gzip.
   *
   * @param onProgress called with the share that is made, 0 to 1.
   */
  pack(compression: Compression, onProgress?: (share: number) => void): Readable;
  /** At most as many bytes come out of `pack`. */
  maxBytes(compression: Compression): number;
  /** The bytes of one file of the tree; the stream fails as that of `pack` does. */
  stream(path: string): Readable;
  /** One file of the tree, whole. @throws UserError if it is not what it was. */
  read(path: string): Promise<Uint8Array>;
}
