/** Where the parts of a packed model are in a store. */
import { storeKeys } from '../stores.ts';

/** How a model is in a store: one gzip archive, one plain tar, or each file by itself. */
export const STORED_FORMS = ['gzip', 'tar', 'files'] as const;
export type StoredForm = (typeof STORED_FORMS)[number];

export interface ArchiveKeys {
  /** Of the archive, or of the folder of files. */
  readonly archive: string;
  readonly manifest: string;
}

/** The forms of one content have different bytes, so each has a manifest of its own. */
export function archiveKeys(digest: string, form: StoredForm): ArchiveKeys {
  switch (form) {
    case 'gzip':
      return { archive: storeKeys.archive(digest), manifest: storeKeys.manifest(digest) };
    case 'tar':
      return { archive: storeKeys.tar(digest), manifest: storeKeys.tarManifest(digest) };
    case 'files':
      return { archive: storeKeys.files(digest), manifest: storeKeys.filesManifest(digest) };
  }
}
