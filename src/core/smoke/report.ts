/** The report as data. The JSON, JUnit, HTML and Markdown forms say the same thing, each in its own way. */
import { digestOf } from '../canonical-json.ts';
import type { SessionRuntime } from '../model-session.ts';
import type { SmokeEvidence } from '../../documents/release-record.ts';
import type { Cause } from './causes.ts';
import type { ExplainedRow } from './explain.ts';
import type { EnvironmentsSeen } from '../targets.ts';
import type { LatencyResult } from './latency.ts';
import type { MappedField } from './mapping.ts';
import type { ParityResult } from './parity.ts';
import type { QualityResult } from './quality/quality.ts';
import type { ProtocolName } from './protocol/protocol.ts';
import type { ReferenceKind } from './reference.ts';
import type { RollbackOutcome } from './rollback.ts';
import type { Tolerance } from './tolerance.ts';
import type { Check } from './check.ts';
import type { Kind } from './verdict.ts';

export const REPORT_SCHEMA = 'ml-deploy/smoke-report/v1';

/** Tested. */
export interface ReportSubject {
  /** null for a bare URL. */
  readonly target: string | null;
  readonly endpoint: string | null;
  readonly candidate: string | null;
  readonly url: string;
  readonly version: string | null;
  readonly modelDigest: string | null;
  readonly release: string | null;
}

export interface ReportReference {
  readonly kind: ReferenceKind;
  readonly label: string;
  readonly digest: string | null;
  readonly runtime: SessionRuntime | null;
}

export interface AccuracyResult {
  /** Rows with a label that were answered. */
  readonly n: number;
  readonly correct: number;
  /** correct / n. */
  readonly accuracy: number;
  /** The reference's accuracy over the same rows; null if it gives no labels. */
  readonly reference: number | null;
}

/** null if equality with a label has no meaning: in a regression, or with labels that are not the model's. */
export function accuracyOf(quality: QualityResult | null): AccuracyResult | null {
  if (!quality?.endpoint || quality.mistake !== null) return null;
  const { n, correct, accuracy } = quality.endpoint;
  return accuracy === null ? null : { n, correct, accuracy, reference: quality.reference?.accuracy ?? null };
}

export interface SmokeReport {
  readonly schema: typeof REPORT_SCHEMA;
  readonly passed: boolean;
  /** One sentence. */
  readonly verdict: string;
  readonly kind: Kind;
  readonly subject: ReportSubject;
  readonly reference: ReportReference | null;
  readonly tolerance: Tolerance;
  readonly cases: { readonly source: string; readonly rows: number; readonly labelled: boolean };
  readonly protocol: ProtocolName;
  readonly requests: { readonly rowsEach: number; readonly concurrency: number; readonly warmup: number };
  readonly mapping: readonly MappedField[];
  readonly checks: readonly Check[];
  readonly parity: Omit<ParityResult, 'worst'> | null;
  /** null if the cases have no labels, or the task no accuracy. */
  readonly accuracy: AccuracyResult | null;
  /** Every figure that the labels give; null if the cases have none. */
  readonly quality: QualityResult | null;
  readonly latency: LatencyResult | null;
  /** What answered, on a platform that starts environments when requests come; absent elsewhere. */
  readonly environments?: EnvironmentsSeen;
  readonly worstRows: readonly ExplainedRow[];
  readonly causes: readonly Cause[];
  readonly rollback: RollbackOutcome | null;
  /** The last lines that the endpoint logged, if it did not answer as it should; '' otherwise. */
  readonly logs: string;
  readonly environment: string | null;
  readonly commit: string;
  readonly run: string;
  readonly createdAt: string;
}

/** sha256 of the report's canonical JSON. */
export function reportDigest(report: SmokeReport): string {
  return digestOf(report);
}

/** What was done, as a heading or a sentence begins. */
export function testName({ kind, subject }: Pick<SmokeReport, 'kind' | 'subject'>): string {
  return kind === 'model check'
    ? 'Check of the model, without an endpoint'
    : `Smoke test of ${subjectName(subject)}`;
}

export function subjectName({ endpoint, candidate, url }: ReportSubject): string {
  if (candidate !== null) return `candidate ${candidate}`;
  return endpoint === null ? url : `endpoint ${endpoint}`;
}

/** What goes into the release record. */
export function evidenceOf(report: SmokeReport): SmokeEvidence {
  const mae = report.quality?.endpoint?.mae;
  return {
    passed: report.passed,
    reportDigest: reportDigest(report),
    subject: subjectName(report.subject),
    compared: report.parity?.compared ?? 0,
    mismatches: report.parity?.mismatches ?? 0,
    maxAbsDiff: report.parity?.maxAbsDiff ?? null,
    accuracy: report.accuracy?.accuracy ?? null,
    ...(mae == null ? {} : { mae }),
    p95Ms: report.latency?.p95 ?? null,
  };
}

/** In sentences, for the reports. */
export function sayEnvironments({ environments }: Pick<SmokeReport, 'environments'>): string[] {
  if (environments === undefined) return [];
  const { coldStarts, longestStartMs, mostMemoryMb, memoryMb } = environments;
  const starts =
    coldStarts === 0
      ? 'No request waited for a cold start.'
      : `${coldStarts} requests waited for a cold start, ${longestStartMs ?? '?'} ms at most (Init Duration), including the warm-up.`;
  const memory =
    mostMemoryMb === null
      ? []
      : [`At most ${mostMemoryMb} of ${memoryMb ?? '?'} MB were used (Max Memory Used).`];
  return [starts, ...memory];
}

/** "The smoke test of endpoint x passed: …" */
export function verdictOf(subject: ReportSubject, kind: Kind, checks: readonly Check[]): string {
  const failed = checks.filter(({ passed }) => !passed);
  const name = subjectName(subject);
  if (kind === 'model check') return verdictOnModel(checks);
  if (failed.length > 0) {
    const reasons = failed.slice(0, 3).map(({ message }) => message);
    const more = failed.length > 3 ? ` ${failed.length - 3} more checks failed.` : '';
    return `The smoke test of ${name} failed. ${reasons.join(' ')}${more}`;
  }
  const proof =
    checks.find((check) => check.name === kind)?.message ?? 'Its answers were not compared with anything.';
  return `The smoke test of ${name} passed (${kind}). ${proof}`;
}

/** It says what it is: whoever reads only this sentence must not take it for a test of what serves. */
function verdictOnModel(checks: readonly Check[]): string {
  const failed = checks.filter(({ passed }) => !passed);
  const [said, result] = failed.length > 0 ? [failed, 'failed'] : [checks, 'passed'];
  const messages = said.slice(0, 3).map(({ message }) => message);
  return `The check of the model by itself ${result}. ${messages.join(' ')} No endpoint was asked.`;
}
