import { CancelledError, messageOf, OutcomeError } from '../../core/errors.ts';
import { explainRows } from '../../core/smoke/explain.ts';
import { failurePage } from '../../core/smoke/failure-page.ts';
import { recordEvidence } from '../../core/smoke/release-store.ts';
import { markdownOf } from '../../core/smoke/report-markdown.ts';
import {
  accuracyOf,
  evidenceOf,
  REPORT_SCHEMA,
  subjectName,
  verdictOf,
  type SmokeReport,
} from '../../core/smoke/report.ts';
import { rollBack, type RollbackOutcome } from '../../core/smoke/rollback.ts';
import type { Inputs } from './inputs.ts';
import { measure, type Measurement } from './measure.ts';
import type { SmokePorts } from './ports.ts';
import { openReference, openStoreOf, type Opened } from './reference-of.ts';
import { readSettings } from './settings.ts';
import { openSubject, type Subject } from './subject.ts';
import { setEmptyOutputs, setOutputs, writeReport } from './write-report.ts';

/**
 * Tests an endpoint, reports, and rolls the live version back where it is wrong and that was asked for.
 * @throws OutcomeError where the test failed; UserError and UpstreamError where there could be no test.
 */
export async function run(inputs: Inputs, ports: SmokePorts): Promise<SmokeReport> {
  setEmptyOutputs(ports);
  const settings = await readSettings(inputs, ports.context, ports.signal);
  const subject = await openSubject(settings.goal, ports);
  const opened = await openReference(inputs, settings, subject, ports);
  let measured: Measurement;
  try {
    ports.log.info(
      `Testing ${subject.invoker.url} against ${opened.reference?.label ?? 'nothing (health only)'}.`,
    );
    measured = await measure(inputs, settings, subject, opened, ports);
  } finally {
    await opened.reference?.close();
  }
  // Before a rollback, which may start the endpoint's log anew.
  const logs = await logsOf(measured, subject);
  const rollback = await rollBackIfWrong(inputs, measured, subject, ports);
  // Answers are compared as they came; what the report quotes of them is not to hold a secret.
  const report = ports.redactor.deep(reportOf(inputs, measured, subject, opened, { rollback, logs }, ports));
  setOutputs(report, ports);
  ports.report.summary(markdownOf(report));
  await writeReport(report, inputs, ports);
  annotate(report, ports);
  if (measured.cancelled !== undefined) throw measured.cancelled;
  if (!report.passed) throw failure(report);
  ports.log.notice(report.verdict);
  await confirm(report, subject, ports);
  return report;
}

async function rollBackIfWrong(
  { rollbackOnFailure }: Inputs,
  { checks }: Measurement,
  { platform, version }: Subject,
  { log }: SmokePorts,
): Promise<RollbackOutcome | null> {
  const failed = checks.filter(({ passed }) => !passed);
  if (!rollbackOnFailure || failed.length === 0 || !platform) return null;
  const { target, endpoint } = platform;
  if (failed.some(({ rollsBack }) => rollsBack))
    return rollBack(target, endpoint, version?.version ?? null, log);
  const names = failed.map(({ name }) => name).join(', ');
  const message = `${endpoint} was not rolled back: what failed (${names}) does not show that its predictions are wrong.`;
  return { rolledBack: false, message, from: version?.version ?? null, to: null };
}

function reportOf(
  inputs: Inputs,
  { kind, cases, rowsEach, checks, findings, causes }: Measurement,
  { facts }: Subject,
  opened: Opened,
  after: { readonly rollback: RollbackOutcome | null; readonly logs: string },
  { clock, context }: SmokePorts,
): SmokeReport {
  return {
    schema: REPORT_SCHEMA,
    passed: checks.every(({ passed }) => passed),
    verdict: verdictOf(facts, kind, checks),
    kind,
    subject: facts,
    reference: referenceFacts(opened),
    tolerance: { rtol: inputs.rtol, atol: inputs.atol },
    cases: { source: cases.source, rows: cases.count, labelled: cases.labelled },
    protocol: opened.protocol.name,
    requests: { rowsEach, concurrency: inputs.concurrency, warmup: inputs.warmup },
    checks,
    ...measurements(findings, cases),
    causes,
    ...after,
    environment: inputs.environment,
    commit: context.commit,
    run: context.runUrl,
    createdAt: clock.now().toISOString(),
  };
}

function referenceFacts({ reference, session }: Opened): SmokeReport['reference'] {
  if (reference === null) return null;
  const { kind, label, digest } = reference;
  return { kind, label, digest, runtime: session?.runtime ?? null };
}

type Measured = Pick<SmokeReport, 'mapping' | 'parity' | 'accuracy' | 'quality' | 'latency' | 'worstRows'>;

function measurements(findings: Measurement['findings'], cases: Measurement['cases']): Measured {
  if (findings === null) {
    return { mapping: [], parity: null, accuracy: null, quality: null, latency: null, worstRows: [] };
  }
  const { mapping, quality, latency, parity: compared } = findings;
  const told = { mapping, quality, accuracy: accuracyOf(quality), latency };
  if (compared === null) return { ...told, parity: null, worstRows: [] };
  const { worst, ...parity } = compared;
  return { ...told, parity, worstRows: explainRows(worst, cases) };
}

const LOG_LINES = 20;

/** What the endpoint itself logged, where it did not answer as it should. */
async function logsOf({ checks }: Measurement, { platform }: Subject): Promise<string> {
  const silent = checks.some(({ name, passed }) => !passed && ['answers', 'error rate'].includes(name));
  if (!silent || !platform) return '';
  return platform.target.logs(platform.endpoint, LOG_LINES).catch((error: unknown) => {
    if (error instanceof CancelledError) throw error;
    return `(its log could not be read: ${messageOf(error)})`;
  });
}

/** Each failed check as an annotation of its own; the error that ends the step names but the first. */
function annotate({ checks, subject }: SmokeReport, { log }: SmokePorts): void {
  for (const { name, passed, message } of checks) {
    if (!passed) log.warning(`${subjectName(subject)}, ${name}: ${message}`);
  }
}

/** One sentence on the test, one on what serves now. */
function failure(report: SmokeReport): OutcomeError {
  const { verdict, causes, rollback, subject } = report;
  const cause = causes[0] ? ` Likely cause: ${causes[0].message}` : '';
  const isLive = subject.endpoint !== null && subject.candidate === null;
  const notAsked = isLive ? ' Nothing was rolled back: rollback-on-failure is not set.' : '';
  return new OutcomeError(`${verdict}${cause}${rollback ? ` ${rollback.message}` : notAsked}`, {
    page: failurePage(report),
  });
}

/** Marks the version as verified, and continues its release record with the evidence. */
async function confirm(
  report: SmokeReport,
  { platform, version }: Subject,
  ports: SmokePorts,
): Promise<void> {
  if (!platform || !version) return;
  if (platform.candidate === null) await platform.target.markVerified(platform.endpoint, version.version);
  if (version.release === null) return;
  const store = await openStoreOf(version, ports);
  const digest = await recordEvidence(store, version.release, evidenceOf(report), report.createdAt);
  if (digest === null) {
    ports.log.info(
      `The release record ${version.release} is not in ${store.url}, so this test is not added to it.`,
    );
    return;
  }
  ports.report.output('release-digest', digest);
  ports.log.info(`Release record with this test's evidence: ${store.urlOf(`releases/${digest}.json`)}`);
}
