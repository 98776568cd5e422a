/** The test itself: waits for the endpoint, sends everything, and judges what came back. */
import { CancelledError, StoppedModelError, UserError } from '../../core/errors.ts';
import {
  batchesOf,
  batchOf,
  bodyOf,
  rowsPerRequest,
  tooLarge,
  type BatchLimits,
} from '../../core/smoke/batches.ts';
import { firstCases, shortened, type Cases } from '../../core/smoke/cases/cases.ts';
import type { JsonValue } from '../../core/exact-json.ts';
import { guessCauses, type Cause } from '../../core/smoke/causes.ts';
import { denied, examine, limitsOf, type Findings } from '../../core/smoke/examine.ts';
import { sender, type Send } from '../../core/smoke/exchange.ts';
import { describeMapping } from '../../core/smoke/mapping.ts';
import { fixedBatch } from '../../core/smoke/onnx-reference.ts';
import { PROBE_ROWS, probe } from '../../core/smoke/probes.ts';
import type { RequestBody } from '../../core/smoke/protocol/protocol.ts';
import { meaninglessLimits, needsWitness, type QualityLimits } from '../../core/smoke/quality/checks.ts';
import { expectedTask, type QualityWishes } from '../../core/smoke/quality/quality.ts';
import type { Figures } from '../../core/smoke/quality/side.ts';
import { figuresOfWitness } from '../../core/smoke/quality/witness.ts';
import type { Expected } from '../../core/smoke/reference.ts';
import { seededCases } from '../../core/smoke/seeded.ts';
import type { Check } from '../../core/smoke/check.ts';
import {
  deadEndpoint,
  judge,
  cancelledTest,
  stoppedReference,
  type Kind,
  type Limits,
  type Trust,
} from '../../core/smoke/verdict.ts';
import { waitForAnswer } from '../../core/smoke/wait.ts';
import type { Inputs } from './inputs.ts';
import type { SmokePorts } from './ports.ts';
import {
  isTransportCheck,
  otherVersions,
  predictor,
  withReferenceBefore,
  type Opened,
} from './reference-of.ts';
import type { Settings } from './settings.ts';
import type { Subject } from './subject.ts';

export interface Measurement {
  readonly kind: Kind;
  readonly cases: Cases;
  readonly rowsEach: number;
  readonly checks: readonly Check[];
  /** null if the endpoint never answered. */
  readonly findings: Findings | null;
  readonly causes: readonly Cause[];
  /** The run was cancelled meanwhile: what is reported is how far it came. */
  readonly cancelled?: CancelledError;
}

const WAIT_MS = 30_000;
const POLL_MS = 1_000;

/** @throws UserError for what is no fault of the endpoint */
export async function measure(
  inputs: Inputs,
  settings: Settings,
  subject: Subject,
  opened: Opened,
  ports: SmokePorts,
): Promise<Measurement> {
  const plan = planOf(inputs, settings, opened, ports);
  let kind: Kind = opened.reference === null ? 'health only' : 'parity';
  try {
    kind = await kindOf(subject, opened, ports);
    return await measureAs(kind, plan, inputs, settings, subject, opened, ports);
  } catch (error) {
    const { cases, rowsEach } = plan;
    const nothing = { kind, cases, rowsEach, findings: null, causes: [] };
    if (error instanceof StoppedModelError) return { ...nothing, checks: stoppedReference(error) };
    if (error instanceof CancelledError) return { ...nothing, checks: cancelledTest(), cancelled: error };
    throw error;
  }
}

async function measureAs(
  kind: Kind,
  { cases, rowsEach, fixed }: SendPlan,
  inputs: Inputs,
  settings: Settings,
  subject: Subject,
  opened: Opened,
  ports: SmokePorts,
): Promise<Measurement> {
  const { reference, protocol } = opened;
  const send = sender(subject.invoker, ports.signal);
  const base = { kind, cases, rowsEach };
  const { bodyBytes } = subject.invoker;
  refuseLargeRow(cases, protocol, bodyBytes);
  const sizes = { rowsPerRequest: rowsEach, protocol, concurrency: inputs.concurrency, bodyBytes };
  const [first = batchOf(0, [])] = batchesOf(cases.rows(), limitsOf(sizes));
  const body = await bodyOf(protocol, first, bodyBytes);
  const quality = { task: inputs.task, threshold: inputs.threshold };
  // Cases that the model cannot take, and limits that they have no figure for, are known before anything is sent.
  if (first.rows.length > 0 && reference && reference.kind !== 'endpoint') {
    refuseMeaningless(inputs, cases, quality, await reference.expect(first, ports.signal));
  }
  const dead = await waitUntilReady(send, body, subject, ports);
  if (dead) return { ...base, checks: dead, findings: null, causes: [] };

  const { tolerances, paths } = settings;
  const examination = { ...inputs, quality, cases, reference, tolerances, paths, ...sizes };
  const findings = await examine(examination, send, ports.signal);
  log(findings, ports);
  const probes = wantsProbes(inputs) ? await probe(send, protocol, headOf(cases), !fixed, bodyBytes) : [];
  const trust = trustOf(subject, opened);
  const before = await figuresBefore(inputs, cases, findings, limitsOf(sizes), subject, ports);
  const checks = judge(kind, qualityAndLatency(inputs), findings, probes, { trust, before });
  const causes = await causesOf(inputs, settings, cases, findings, subject, opened, ports);
  return { ...base, checks, findings, causes };
}

/** Before anything is sent. @throws UserError for a row that no request can carry. */
function refuseLargeRow(
  { largest }: Cases,
  { name }: Opened['protocol'],
  bodyBytes: number | undefined,
): void {
  if (name !== 'instances' || bodyBytes === undefined || !largest || largest.bytes <= bodyBytes) return;
  throw tooLarge(largest.row, largest.bytes, bodyBytes);
}

/** @throws UserError for a limit on what the model's task has no figure for, such as the accuracy of a regression. */
function refuseMeaningless(
  inputs: Inputs,
  { labels, labelNames }: Cases,
  wishes: QualityWishes,
  expected: Expected,
): void {
  const task = labels && expectedTask(labels, labelNames, wishes, expected);
  const problems = task ? meaninglessLimits(task.name, qualityAndLatency(inputs)) : [];
  if (problems.length > 0) throw UserError.of(problems);
}

interface SendPlan {
  readonly cases: Cases;
  readonly rowsEach: number;
  /** Whether every request must have that many rows. */
  readonly fixed: boolean;
}

/** What is sent, and how much of it at once. */
function planOf(
  inputs: Inputs,
  settings: Settings,
  { session, protocol }: Opened,
  ports: SmokePorts,
): SendPlan {
  const cases = casesOf(settings, session, ports);
  if (cases.wholeTensors) return { cases, rowsEach: 1, fixed: true };
  const fixed = session ? fixedBatch(session.signature) : null;
  if (fixed !== null) return { cases: wholeBatches(cases, fixed, ports), rowsEach: fixed, fixed: true };
  const rowsEach = rowsPerRequest(cases.count, inputs.requests);
  return { cases, rowsEach: Math.min(rowsEach, protocol.maxRows), fixed: false };
}

function casesOf(settings: Settings, session: Opened['session'], { log }: SmokePorts): Cases {
  if (settings.cases) return boundCases(settings.cases, session, log);
  if (!session) throw new UserError('cases is required: rows can be generated only from an ONNX reference.');
  const cases = seededCases(session.signature);
  log.info(`No cases were given: sending ${cases.source}. Real rows prove more; set cases.`);
  return cases;
}

function boundCases(
  opened: NonNullable<Settings['cases']>,
  session: Opened['session'],
  log: SmokePorts['log'],
): Cases {
  const cases = opened.bind(session?.signature ?? null);
  if (cases.leftOut.length > 0) {
    log.warning(
      `${cases.source}: not sent, because the model has no such input: ${cases.leftOut.join(', ')}.`,
    );
  }
  return cases;
}

/** A model of a fixed batch size takes nothing less. */
function wholeBatches(cases: Cases, size: number, { log }: SmokePorts): Cases {
  const whole = Math.floor(cases.count / size) * size;
  if (whole === 0) {
    throw new UserError(`The reference takes ${size} rows at a time; ${cases.source} has ${cases.count}.`);
  }
  if (whole < cases.count) {
    log.warning(
      `The reference takes ${size} rows at a time; the last ${cases.count - whole} rows are left out.`,
    );
  }
  return shortened(cases, whole);
}

function headOf(cases: Cases): JsonValue[] {
  return firstCases(cases, PROBE_ROWS).map(({ instance }) => instance);
}

async function kindOf(subject: Subject, { reference }: Opened, ports: SmokePorts): Promise<Kind> {
  if (!reference) return 'health only';
  return (await isTransportCheck(subject, reference, ports)) ? 'transport check' : 'parity';
}

/** null if the endpoint answers; the failed check if it does not. */
async function waitUntilReady(
  send: Send,
  body: RequestBody,
  subject: Subject,
  ports: SmokePorts,
): Promise<Check[] | null> {
  const saysNo =
    subject.platform?.candidate === null && subject.platform.description.status === 'not-serving';
  const timeoutMs = saysNo ? 0 : WAIT_MS;
  const timing = { intervalMs: ports.pollMs ?? POLL_MS, timeoutMs };
  const { ready, reply } = await waitForAnswer(send, body, timing, ports);
  if (!ready) return deadEndpoint(reply, timeoutMs / 1000);
  const status = reply.answer?.status;
  if (status === 401 || status === 403) throw denied(status);
  return null;
}

function log({ mapping, leftOut, latency }: Findings, { log: logger }: SmokePorts): void {
  if (mapping.length > 0) logger.info(`Compared: ${describeMapping(mapping)}.`);
  if (leftOut.length > 0)
    logger.info(`Not compared, for lack of one value for each row: ${leftOut.join(', ')}.`);
  const retries = latency.retries > 0 ? `, ${latency.retries} repeated by the client` : '';
  logger.info(`${latency.requests} requests sent, ${latency.failed} failed${retries}.`);
}

function trustOf({ version }: Subject, { reference }: Opened): Trust {
  const named = version?.referenceDigest ?? null;
  if (named === null) return 'given';
  return reference?.digest === null || reference?.digest === named ? 'named' : 'other';
}

/** What the version that a rollback goes to makes of the same rows, if that tells whose fault a missed limit is. */
async function figuresBefore(
  inputs: Inputs,
  cases: Cases,
  { quality, mapping }: Findings,
  limits: BatchLimits,
  subject: Subject,
  ports: SmokePorts,
): Promise<Figures | null> {
  if (!inputs.rollbackOnFailure || !needsWitness(quality, qualityAndLatency(inputs))) return null;
  const wishes = { task: inputs.task, threshold: inputs.threshold };
  return withReferenceBefore(subject, inputs, ports, (reference) =>
    figuresOfWitness({ reference, cases, mapping, wishes, limits }, ports.signal),
  );
}

function wantsProbes({ probes, candidateName }: Inputs): boolean {
  return probes === 'always' || (probes === 'candidate' && candidateName !== null);
}

export function qualityLimitsOf(inputs: Inputs): QualityLimits {
  return {
    minAccuracy: inputs.minAccuracy,
    maxAccuracyDrop: inputs.maxAccuracyDrop,
    minF1: inputs.minF1,
    minAuc: inputs.minAuc,
    maxMae: inputs.maxMae,
    maxRmse: inputs.maxRmse,
    minR2: inputs.minR2,
  };
}

function qualityAndLatency(inputs: Inputs): Limits {
  return {
    ...qualityLimitsOf(inputs),
    maxP50: inputs.maxP50Ms,
    maxP95: inputs.maxP95Ms,
    maxP99: inputs.maxP99Ms,
    maxErrorRate: inputs.maxErrorRate,
    latencyRollsBack: inputs.rollbackOnLatency,
  };
}

async function causesOf(
  inputs: Inputs,
  settings: Settings,
  { wholeTensors, featureNames }: Cases,
  { parity, sample }: Findings,
  subject: Subject,
  { reference, session }: Opened,
  ports: SmokePorts,
): Promise<Cause[]> {
  if (!reference || !parity || parity.mismatches === 0 || wholeTensors) return [];
  return guessCauses({
    sample,
    tolerance: inputs,
    featureNames,
    predict: session ? predictor(reference, ports.signal) : null,
    others: session ? otherVersions(subject, settings, inputs, ports) : [],
  });
}
