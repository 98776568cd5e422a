/** The test itself: waits for the endpoint, sends everything, and judges what came back. */
import { UserError } from '../../core/errors.ts';
import { bodyOf, rowsPerRequest } from '../../core/smoke/batches.ts';
import type { Cases } from '../../core/smoke/cases.ts';
import { guessCauses, type Cause } from '../../core/smoke/causes.ts';
import { denied, examine, type Findings } from '../../core/smoke/examine.ts';
import { sender, type Send } from '../../core/smoke/exchange.ts';
import { describeMapping } from '../../core/smoke/mapping.ts';
import { fixedBatch } from '../../core/smoke/onnx-reference.ts';
import { probe } from '../../core/smoke/probes.ts';
import { seededCases } from '../../core/smoke/seeded.ts';
import { deadEndpoint, judge, type Check, type Kind } from '../../core/smoke/verdict.ts';
import { waitForAnswer } from '../../core/smoke/wait.ts';
import type { SmokePorts } from './ports.ts';
import { isTransportCheck, otherVersions, predictor, type OpenedReference } from './reference-of.ts';
import type { Inputs, Settings } from './settings.ts';
import type { Subject } from './subject.ts';

export interface Measurement {
  readonly kind: Kind;
  readonly cases: Cases;
  readonly rowsEach: number;
  readonly checks: readonly Check[];
  /** null where the endpoint never answered. */
  readonly findings: Findings | null;
  readonly causes: readonly Cause[];
}

const WAIT_MS = 30_000;
const POLL_MS = 1_000;

/** @throws UserError for what is no fault of the endpoint; CancelledError. */
export async function measure(
  inputs: Inputs,
  settings: Settings,
  subject: Subject,
  opened: OpenedReference | null,
  ports: SmokePorts,
): Promise<Measurement> {
  const cases = casesOf(settings, opened, ports);
  const fixed = opened?.session ? fixedBatch(opened.session.signature) : null;
  const rowsEach = fixed ?? rowsPerRequest(cases.instances.length, inputs.requests);
  const usable = fixed === null ? cases : wholeBatches(cases, fixed, ports);
  const kind = await kindOf(subject, opened, ports);
  const send = sender(subject.invoker, ports.signal);
  const base = { kind, cases: usable, rowsEach };
  const dead = await waitUntilReady(send, usable, rowsEach, subject, ports);
  if (dead) return { ...base, checks: dead, findings: null, causes: [] };

  const findings = await examine(
    {
      ...inputs,
      cases: usable,
      reference: opened?.reference ?? null,
      tolerance: inputs,
      rowsPerRequest: rowsEach,
    },
    send,
    ports.signal,
  );
  log(findings, ports);
  const probes = wantsProbes(inputs) ? await probe(send, usable.instances, fixed === null) : [];
  const checks = judge(kind, limitsOf(inputs), findings, probes, isTrusted(subject, opened));
  const causes = await causesOf(inputs, usable, findings, subject, opened, ports);
  return { ...base, checks, findings, causes };
}

function casesOf(settings: Settings, opened: OpenedReference | null, { log }: SmokePorts): Cases {
  if (settings.cases) return settings.cases;
  if (!opened?.session)
    throw new UserError('cases is needed: without an ONNX reference nothing tells what to send.');
  const cases = seededCases(opened.session.signature);
  log.info(`No cases were given: sending ${cases.source}. Real rows prove more; set cases.`);
  return cases;
}

/** A model of a fixed batch size takes nothing less. */
function wholeBatches(cases: Cases, size: number, { log }: SmokePorts): Cases {
  const whole = Math.floor(cases.instances.length / size) * size;
  if (whole === 0) {
    throw new UserError(
      `The reference takes ${size} rows at once; ${cases.source} has ${cases.instances.length}.`,
    );
  }
  if (whole < cases.instances.length) {
    log.warning(
      `The reference takes ${size} rows at once; the last ${cases.instances.length - whole} rows are left out.`,
    );
  }
  return { ...cases, instances: cases.instances.slice(0, whole) };
}

async function kindOf(subject: Subject, opened: OpenedReference | null, ports: SmokePorts): Promise<Kind> {
  if (!opened) return 'health only';
  return (await isTransportCheck(subject, opened.reference, ports)) ? 'transport check' : 'parity';
}

/** null where the endpoint answers; the failed check where it does not. */
async function waitUntilReady(
  send: Send,
  cases: Cases,
  rows: number,
  subject: Subject,
  ports: SmokePorts,
): Promise<Check[] | null> {
  const saysNo =
    subject.platform?.candidate === null && subject.platform.description.status === 'not-serving';
  const timeoutMs = saysNo ? 0 : WAIT_MS;
  const body = bodyOf(cases.instances.slice(0, rows));
  const { ready, reply } = await waitForAnswer(
    send,
    body,
    { intervalMs: ports.pollMs ?? POLL_MS, timeoutMs },
    ports,
  );
  if (!ready) return deadEndpoint(reply, timeoutMs / 1000);
  const status = reply.answer?.status;
  if (status === 401 || status === 403) throw denied(status);
  return null;
}

function log({ mapping, leftOut, latency }: Findings, { log: logger }: SmokePorts): void {
  if (mapping.length > 0) logger.info(`Compared: ${describeMapping(mapping)}.`);
  if (leftOut.length > 0)
    logger.info(`Not compared, for lack of one value for each row: ${leftOut.join(', ')}.`);
  logger.info(`${latency.requests} requests sent, ${latency.failed} failed.`);
}

/** Whether the reference is the one that the release names, where it names one. */
function isTrusted({ version }: Subject, opened: OpenedReference | null): boolean {
  const named = version?.referenceDigest ?? null;
  const used = opened?.reference.digest ?? null;
  return named === null || used === null || named === used;
}

function wantsProbes({ probes, candidateName }: Inputs): boolean {
  return probes === 'always' || (probes === 'candidate' && candidateName !== null);
}

function limitsOf(inputs: Inputs) {
  return {
    minAccuracy: inputs.minAccuracy,
    maxP50: inputs.maxP50Ms,
    maxP95: inputs.maxP95Ms,
    maxP99: inputs.maxP99Ms,
    maxErrorRate: inputs.maxErrorRate,
  };
}

async function causesOf(
  inputs: Inputs,
  cases: Cases,
  { parity, sample }: Findings,
  subject: Subject,
  opened: OpenedReference | null,
  ports: SmokePorts,
): Promise<Cause[]> {
  if (!opened || !parity || parity.mismatches === 0) return [];
  return guessCauses({
    sample,
    tolerance: inputs,
    featureNames: cases.featureNames,
    predict: opened.session ? predictor(opened.reference, ports.signal) : null,
    others: opened.session ? otherVersions(subject, cases, inputs, ports) : [],
  });
}
