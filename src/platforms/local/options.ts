import type { Readable } from 'node:stream';
import type { FindRunner } from '../../core/image/container-runner.ts';
import type { OpenSession } from '../../core/model-session.ts';
import type { Clock, Logger, RunContext } from '../../core/ports.ts';
import type { ProcessTable } from './process-table.ts';

/** Starts the server process of a state folder, which then lives by itself. Gives its process id. */
export type Launch = (start: {
  readonly folder: string;
  /** 0 for a free one. */
  readonly port: number;
  readonly logFile: string;
}) => Promise<number>;

export interface LocalTargetOptions {
  /** Where the folders of the endpoints are. */
  readonly root: string;
  readonly launch: Launch;
  /** Opens an archive by path or URL. */
  readonly openArchive: (url: string) => Promise<Readable>;
  /** To try out a model before it is deployed. */
  readonly openSession: OpenSession;
  readonly processes: ProcessTable;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly log: Logger;
  /** For each wait. */
  readonly timeoutMs: number;
  /** Between two looks; null for the wait's own. */
  readonly pollMs: number | null;
  readonly keepVersions: number;
  /** For a new endpoint; null for a free port. */
  readonly port: number | null;
  readonly containers: ContainerOptions;
  /** The workflow run, by which a repeated rollback is recognized; its name is '' outside one. */
  readonly context: Pick<RunContext, 'runId'>;
}

/** For versions that a container serves. */
export interface ContainerOptions {
  readonly findRunner: FindRunner;
  /** The container's variables with their values, of which the plan has digests. */
  readonly environment: ReadonlyMap<string, string>;
  /** What those digests are keyed with; null if they are not. */
  readonly environmentKey: string | null;
  /** How long a container may take until it answers /ping, in milliseconds. */
  readonly startupMs: number;
}
