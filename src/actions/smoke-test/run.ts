import { CancelledError, messageOf, OutcomeError } from '../../core/errors.ts';
import { failurePage } from '../../core/smoke/failure-page.ts';
import { recordEvidence } from '../../core/smoke/release-store.ts';
import { markdownOf } from '../../core/smoke/report-markdown.ts';
import { evidenceOf, subjectName, type SmokeReport } from '../../core/smoke/report.ts';
import { rollBack, type RollbackOutcome } from '../../core/smoke/rollback.ts';
import type { Inputs } from './inputs.ts';
import { measure, type Measurement } from './measure.ts';
import { refuseUnlabelled } from './label-problems.ts';
import { openModel, reportOfModel } from './model.ts';
import type { SmokePorts } from './ports.ts';
import { openReference, openStoreOf, type Opened } from './reference-of.ts';
import { cancelledReport, reportOf } from './report-of.ts';
import { goalOf, readSettings, type Settings } from './settings.ts';
import { openSubject, type Subject } from './subject.ts';
import { setEmptyOutputs, setOutputs, writeReport } from './write-report.ts';

/**
 * Tests an endpoint, reports, and rolls the live version back if it is wrong and that was asked for.
 * @throws OutcomeError if the test failed; UserError and UpstreamError if there could be no test.
 */
export async function run(inputs: Inputs, ports: SmokePorts): Promise<SmokeReport> {
  setEmptyOutputs(ports);
  if (inputs.subject === 'model') return runOnModel(inputs, ports);
  const { settings, subject, opened } = await begin(inputs, ports).catch(async (error: unknown) => {
    if (error instanceof CancelledError) await tell(cancelledReport(inputs, ports), inputs, ports);
    throw error;
  });
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
  const { logs, cancelled: unread } = await logsOf(measured, subject);
  const { rollback, cancelled: unsure } = await rollBackIfWrong(inputs, measured, subject, ports);
  const report = await tell(
    reportOf(inputs, measured, subject, opened, { rollback, logs }, ports),
    inputs,
    ports,
  );
  const cancelled = measured.cancelled ?? unread ?? unsure;
  if (cancelled !== undefined) throw cancelled;
  if (!report.passed) throw failure(report);
  ports.log.notice(report.verdict);
  await confirm(report, subject, ports);
  return report;
}

/** @throws OutcomeError if the model is not what the limits ask for; UserError if it cannot be tested */
async function runOnModel(inputs: Inputs, ports: SmokePorts): Promise<SmokeReport> {
  const settings = await readSettings(inputs, ports.context, ports.signal);
  await refuseUnlabelled(inputs, settings, ports);
  const opened = await openModel(inputs, settings, ports);
  try {
    const report = await tell(await reportOfModel(inputs, settings, opened, ports), inputs, ports);
    if (!report.passed) throw failure(report);
    ports.log.notice(report.verdict);
    return report;
  } finally {
    await opened.session?.close();
  }
}

interface Begun {
  readonly settings: Settings;
  readonly subject: Subject;
  readonly opened: Opened;
}

/** Everything that is known before the first request. */
async function begin(inputs: Inputs, ports: SmokePorts): Promise<Begun> {
  const settings = await readSettings(inputs, ports.context, ports.signal);
  await refuseUnlabelled(inputs, settings, ports);
  const subject = await openSubject(goalOf(inputs), ports);
  const opened = await openReference(inputs, settings, subject, ports);
  return { settings, subject, opened };
}

/** Outputs, summary, files and annotations. @returns the report as shown: answers in it hold no secret */
async function tell(found: SmokeReport, inputs: Inputs, ports: SmokePorts): Promise<SmokeReport> {
  const report = ports.redactor.deep(found);
  setOutputs(report, ports);
  ports.report.summary(markdownOf(report));
  await writeReport(report, inputs, ports);
  annotate(report, ports);
  return report;
}

interface RollbackDone {
  readonly rollback: RollbackOutcome | null;
  /** The run was cancelled meanwhile. */
  readonly cancelled?: CancelledError;
}

async function rollBackIfWrong(
  { rollbackOnFailure }: Inputs,
  { checks }: Measurement,
  { platform, version }: Subject,
  { log }: SmokePorts,
): Promise<RollbackDone> {
  const failed = checks.filter(({ passed }) => !passed);
  if (!rollbackOnFailure || failed.length === 0 || !platform) return { rollback: null };
  const { target, endpoint } = platform;
  const from = version?.version ?? null;
  const not = (message: string) => ({ rolledBack: false, message, from, to: null });
  if (!failed.some(({ rollsBack }) => rollsBack)) {
    const names = failed.map(({ name }) => name).join(', ');
    const message = `${endpoint} was not rolled back: what failed (${names}) does not show that its predictions are wrong.`;
    return { rollback: not(message) };
  }
  try {
    return { rollback: await rollBack(target, endpoint, from, log) };
  } catch (error) {
    if (!(error instanceof CancelledError)) throw error;
    const message = `The run was cancelled before the rollback of ${endpoint} was read back. Look at which version serves.`;
    return { rollback: not(message), cancelled: error };
  }
}

const LOG_LINES = 20;

interface LogsRead {
  readonly logs: string;
  /** The run was cancelled meanwhile. */
  readonly cancelled?: CancelledError;
}

/** What the endpoint itself logged, if it did not answer as it should. */
async function logsOf({ checks }: Measurement, { platform }: Subject): Promise<LogsRead> {
  const silent = checks.some(({ name, passed }) => !passed && ['answers', 'error rate'].includes(name));
  if (!silent || !platform) return { logs: '' };
  try {
    return { logs: await platform.target.logs(platform.endpoint, LOG_LINES) };
  } catch (error) {
    if (error instanceof CancelledError) return { logs: '', cancelled: error };
    return { logs: `(its log could not be read: ${messageOf(error)})` };
  }
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
  const recorded = await recordEvidence(store, version.release, evidenceOf(report), report.createdAt);
  if (recorded === null) {
    ports.log.info(
      `The release record ${version.release} is not in ${store.url}, so this test is not added to it.`,
    );
    return;
  }
  const { digest, isFirst } = recorded;
  // What serves is known by the test of its release: watching it writes nothing to the platform.
  if (platform.candidate === null && isFirst)
    await platform.target.noteRelease(platform.endpoint, version.version, digest);
  ports.report.output('release-digest', digest);
  ports.log.info(`Release record with this test's evidence: ${store.urlOf(`releases/${digest}.json`)}`);
}
