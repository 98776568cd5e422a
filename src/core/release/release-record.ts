/**
 * The release record: an immutable JSON in the artifact store, keyed by its own digest. It is what is promoted from
 * one environment to the next, what a rollback names, and what an auditor reads when the logs are gone.
 */
import { digestOf } from '../canonical-json.ts';
import type { DeclaredSignature } from '../onnx-reader.ts';
import type { Outcome } from '../targets.ts';

export const RELEASE_SCHEMA = 'ml-deploy/release/v1';

export interface ReleaseModel {
  readonly digest: string;
  readonly url: string;
  /** sha256 of the archive's bytes. */
  readonly sha256: string;
  readonly bytes: number;
  readonly framework: string;
  readonly frameworkVersion: string | null;
  readonly signature: DeclaredSignature | null;
}

export interface ReleaseImage {
  readonly uri: string;
  readonly digest: string;
}

export interface ReleaseReference {
  readonly digest: string;
  readonly url: string;
}

export interface Approval {
  readonly status: 'approved';
  readonly by: readonly {
    readonly login: string;
    readonly at: string;
    /** The comment by which it was given; '' where there is none to link to. */
    readonly url: string;
    /** What that comment said, word for word. */
    readonly said?: string;
  }[];
  readonly planDigest: string;
}

export interface SmokeEvidence {
  readonly passed: boolean;
  /** Digest of the JSON report. */
  readonly reportDigest: string;
  /** What was tested: the live version or a candidate. */
  readonly subject: string;
  readonly compared: number;
  readonly mismatches: number;
  readonly maxAbsDiff: number | null;
  readonly accuracy: number | null;
  readonly p95Ms: number | null;
}

export interface ReleaseRecord {
  readonly schema: typeof RELEASE_SCHEMA;
  readonly model: ReleaseModel;
  readonly image: ReleaseImage | null;
  readonly reference: ReleaseReference | null;
  /** Where it came from. */
  readonly source: {
    readonly repository: string;
    readonly commit: string;
    readonly ref: string;
    readonly run: string;
    readonly actor: string;
  };
  /** Where it went; null for a record that was only packaged. */
  readonly deployment: {
    readonly environment: string | null;
    readonly target: string;
    readonly endpoint: string;
    readonly version: string;
    readonly planDigest: string;
    readonly outcome: Outcome;
  } | null;
  readonly approval: Approval | null;
  readonly smoke: SmokeEvidence | null;
  /** Digest of the record that this one continues; null for the first. */
  readonly parent: string | null;
  readonly createdAt: string;
}

/** sha256 of the record's canonical JSON; also its name in the store. */
export function releaseDigest(record: ReleaseRecord): string {
  return digestOf(record);
}
