import type { ArchiveManifest, StoredForm } from '../../core/archive/manifest.ts';
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
