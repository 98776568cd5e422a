/** What client and server of a local endpoint say to each other under /control/. Only these two files' users know it. */
import { sha256 } from '../../core/canonical-json.ts';
import type { LocalState, StoredCandidate, StoredVersion } from '../../documents/local-state.ts';

/** The largest request, as on SageMaker. https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html */
export const BODY_LIMIT = 6_291_456;
export const TOKEN_HEADER = 'x-ml-deploy-token';
export const VERSION_HEADER = 'x-ml-deploy-version';

/** Changes carry the generation that they were decided on; any other is refused with 409. */
export interface Commands {
  readonly deploy: { readonly generation: number; readonly entry: StoredVersion };
  readonly stage: { readonly generation: number; readonly candidate: StoredCandidate };
  readonly promote: { readonly generation: number; readonly candidate: string; readonly planDigest: string };
  readonly discard: { readonly generation: number; readonly candidate: string };
  /** The candidate expires later. */
  readonly keep: {
    readonly generation: number;
    readonly candidate: string;
    /** ISO 8601. */
    readonly expiresAt: string;
  };
  readonly rollback: {
    readonly generation: number;
    readonly version: string;
    readonly run: string;
    /** ISO 8601. */
    readonly at: string;
  };
  readonly mark: { readonly version: string } & Partial<
    Pick<StoredVersion, 'served' | 'verified' | 'release' | 'withdrawn' | 'withdrawnAt'>
  >;
  /** Forgets a version, and removes its files. */
  readonly retire: { readonly generation: number; readonly version: string };
  /** Writes state.json again, from what the server knows. */
  readonly save: Record<string, never>;
  readonly stop: Record<string, never>;
}
export type CommandName = keyof Commands;

export interface ServerStatus {
  readonly endpoint: string;
  readonly pid: number;
  readonly port: number;
  /** sha256 of the token: proves that it is the server that the token belongs to. */
  readonly tokenHash: string;
  readonly state: LocalState;
  /** The version that is loaded and answers /invocations; null if none is. */
  readonly serving: string | null;
  /** Why a version that should be loaded is not. */
  readonly problems: Readonly<Record<string, string>>;
}

/** What server.json holds beside the identity of the process, as soon as the server answers. */
export interface ServerAddress {
  readonly port: number;
  readonly token: string;
}

export function tokenHashOf(token: string): string {
  return sha256(token);
}
