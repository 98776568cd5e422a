import type { FindEngine } from '../../core/image/container-engine.ts';
import type { Ecr, Login } from '../../core/image/ecr.ts';
import type { ImageName } from '../../core/image/reference.ts';
import type { Registry } from '../../core/image/registry.ts';
import type { Readable } from 'node:stream';
import type { Ports } from '../../core/ports.ts';
import type { OutputsOf } from '../../core/spec/action-spec.ts';
import type { spec } from './spec.ts';

export interface PushImagePorts extends Ports<OutputsOf<typeof spec>> {
  readonly findEngine: FindEngine;
  readonly registry: Registry;
  readonly ecr: Ecr;
  /** By the identity of the job, at Google Cloud or Azure; null if the job has logged in by itself, or elsewhere. */
  readonly cloudLogin: (name: ImageName) => Promise<Login | null>;
  /** Of the environment; the input aws-region comes first. */
  readonly awsRegion: string | null;
  /** Whether the cache of GitHub Actions can be reached. */
  readonly hasActionsCache: boolean;
  /** Opens an archive by its URL. */
  readonly openUrl: (url: string) => Promise<Readable>;
  /** Free space of the file system that a path is on; null if the path is not on this machine. */
  readonly freeBytes: (path: string) => Promise<number | null>;
  /** Milliseconds between two looks at the registry. */
  readonly pollMs: number;
}
