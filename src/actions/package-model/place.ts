import type { ArchiveManifest } from '../../documents/manifest.ts';
import type { StoredForm } from '../../core/archive/archive-keys.ts';
import type { Logger } from '../../core/ports.ts';
import type { ArtifactStore } from '../../core/stores.ts';

export interface Place {
  readonly store: ArtifactStore;
  readonly digest: string;
  readonly form: StoredForm;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

export type Bytes = Pick<ArchiveManifest, 'sha256' | 'bytes'>;
