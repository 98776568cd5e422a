/**
 * The release record: an immutable JSON in the artifact store, keyed by its own digest. It is what is promoted from
 * one environment to the next, what a rollback names, and what an auditor reads when the logs are gone.
 */
import { digestOf } from '../core/canonical-json.ts';
import { UserError } from '../core/errors.ts';
import type { DeclaredSignature } from '../core/onnx-reader.ts';
import { OUTCOMES, type Outcome } from '../core/targets.ts';
import { approvalShape, type Approval } from './approval.ts';
import { readDocument, type Format } from './document.ts';
import {
  count,
  digest,
  flag,
  list,
  map,
  nullable,
  number,
  object,
  oneOf,
  optional,
  text,
  time,
} from './shape.ts';
import { signatureShape } from './signature.ts';
import { writersShape, type Writer } from './writer.ts';

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
  /** What wrote its files; absent if none says so, and in records of before. */
  readonly writers?: readonly Writer[];
  /** Who signed the model, verified when it was packaged; absent if no signature was given. */
  readonly signedBy?: string;
  /** Absent for a model without MLflow's file MLmodel. */
  readonly mlflow?: MlflowOrigin;
}

/** Of a model that was logged with MLflow. */
export interface MlflowOrigin {
  /** The server's host, and the model by its version; null for a folder that nobody asked a server for. */
  readonly server: string | null;
  readonly model: string | null;
  /** That was asked for; null if a version was. */
  readonly alias: string | null;
  readonly runId: string | null;
  readonly flavors: readonly string[];
  readonly metrics: Readonly<Record<string, number>>;
}

export interface ReleaseImage {
  readonly uri: string;
  readonly digest: string;
}

export interface ReleaseReference {
  readonly digest: string;
  readonly url: string;
}

export interface ReleaseSource {
  readonly repository: string;
  readonly commit: string;
  readonly ref: string;
  readonly run: string;
  readonly actor: string;
}

export interface ReleaseDeployment {
  readonly environment: string | null;
  readonly target: string;
  readonly endpoint: string;
  readonly version: string;
  readonly planDigest: string;
  readonly outcome: Outcome;
}

export interface SmokeEvidence {
  readonly passed: boolean;
  /** Digest of the JSON report. */
  readonly reportDigest: string;
  /** Tested: the live version or a candidate. */
  readonly subject: string;
  readonly compared: number;
  readonly mismatches: number;
  readonly maxAbsDiff: number | null;
  readonly accuracy: number | null;
  /** Mean absolute error; absent for a model that answers no numbers, and in records of before. */
  readonly mae?: number;
  readonly p95Ms: number | null;
}

export interface ReleaseRecord {
  readonly schema: typeof RELEASE_SCHEMA;
  readonly model: ReleaseModel;
  readonly image: ReleaseImage | null;
  readonly reference: ReleaseReference | null;
  /** Where it came from. */
  readonly source: ReleaseSource;
  /** Where it went; null for a record that was only packaged. */
  readonly deployment: ReleaseDeployment | null;
  readonly approval: Approval | null;
  readonly smoke: SmokeEvidence | null;
  /** Digest of the record that this one continues; null for the first. */
  readonly parent: string | null;
  readonly createdAt: string;
}

const FORMAT: Format<ReleaseRecord> = {
  what: 'a release record',
  schema: RELEASE_SCHEMA,
  remedy: 'Give a record that this version of ml-deploy wrote, or package the model again.',
  shape: object<ReleaseRecord>({
    schema: oneOf(RELEASE_SCHEMA),
    model: object<ReleaseModel>({
      digest,
      url: text,
      sha256: digest,
      bytes: count,
      framework: text,
      frameworkVersion: nullable(text),
      signature: nullable(signatureShape),
      writers: optional(writersShape),
      signedBy: optional(text),
      mlflow: optional(
        object<MlflowOrigin>({
          server: nullable(text),
          model: nullable(text),
          alias: nullable(text),
          runId: nullable(text),
          flavors: list(text),
          metrics: map(number),
        }),
      ),
    }),
    image: nullable(object<ReleaseImage>({ uri: text, digest: text })),
    reference: nullable(object<ReleaseReference>({ digest, url: text })),
    source: object<ReleaseSource>({ repository: text, commit: text, ref: text, run: text, actor: text }),
    deployment: nullable(
      object<ReleaseDeployment>({
        environment: nullable(text),
        target: text,
        endpoint: text,
        version: text,
        planDigest: digest,
        outcome: oneOf(...OUTCOMES),
      }),
    ),
    approval: nullable(approvalShape),
    smoke: nullable(
      object<SmokeEvidence>({
        passed: flag,
        reportDigest: digest,
        subject: text,
        compared: count,
        mismatches: count,
        maxAbsDiff: nullable(number),
        accuracy: nullable(number),
        mae: optional(number),
        p95Ms: nullable(number),
      }),
    ),
    parent: nullable(digest),
    createdAt: time,
  }),
};

export interface ParseReleaseOptions {
  /** Names the record in messages: its path or URL. */
  readonly label: string;
  /** What the record's digest has to be; null if it was not named by its digest. */
  readonly digest?: string | null;
}

/** @throws UserError for a text that is not a record, or whose digest is not the expected one. */
export function parseRelease(
  source: string,
  { label, digest: expected = null }: ParseReleaseOptions,
): ReleaseRecord {
  const record = readDocument(FORMAT, source, label);
  const actual = releaseDigest(record);
  if (expected === null || expected === actual) return record;
  throw new UserError(`${label} was changed: its digest is ${actual}, not ${expected}.`);
}

/** sha256 of the record's canonical JSON; also its name in the store. */
export function releaseDigest(record: ReleaseRecord): string {
  return digestOf(record);
}
