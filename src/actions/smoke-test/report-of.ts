/** The report of a test: of one that was measured, and of one that was cancelled before it began. */
import type { ModelSession } from '../../core/model-session.ts';
import { explainRows } from '../../core/smoke/explain.ts';
import type { ModelCheck } from '../../core/smoke/model-check.ts';
import type { Reference } from '../../core/smoke/reference.ts';
import { accuracyOf, REPORT_SCHEMA, verdictOf, type SmokeReport } from '../../core/smoke/report.ts';
import type { RollbackOutcome } from '../../core/smoke/rollback.ts';
import { cancelledTest } from '../../core/smoke/verdict.ts';
import type { Inputs } from './inputs.ts';
import type { Measurement } from './measure.ts';
import type { SmokePorts } from './ports.ts';
import type { Opened } from './reference-of.ts';
import type { Subject } from './subject.ts';

export function reportOf(
  inputs: Inputs,
  { kind, cases, rowsEach, checks, findings, causes }: Measurement,
  { facts, invoker }: Subject,
  opened: Opened,
  after: { readonly rollback: RollbackOutcome | null; readonly logs: string },
  ports: SmokePorts,
): SmokeReport {
  return framed(inputs, ports, {
    kind,
    subject: facts,
    reference: referenceFacts(opened),
    cases: { source: cases.source, rows: cases.count, labelled: cases.labelled },
    protocol: opened.protocol.name,
    rowsEach,
    checks,
    ...(findings === null ? NOTHING : measurements(findings, cases)),
    ...(invoker.environments === undefined ? {} : { environments: invoker.environments() }),
    causes,
    ...after,
  });
}

export interface CheckedModel extends Pick<ModelCheck, 'rowsEach' | 'quality' | 'checks'> {
  readonly cases: SmokeReport['cases'];
  readonly reference: Reference | null;
  readonly session: ModelSession | null;
  readonly modelDigest: string | null;
  readonly release: string | null;
  readonly protocol: SmokeReport['protocol'];
}

/** Of the model by itself: nothing was compared, and nobody was asked. */
export function reportOfCheck(inputs: Inputs, found: CheckedModel, ports: SmokePorts): SmokeReport {
  const { cases, modelDigest, release, protocol, rowsEach, quality, checks } = found;
  const url = found.reference?.label ?? 'the model';
  return framed(inputs, ports, {
    kind: 'model check',
    subject: { target: null, endpoint: null, candidate: null, url, version: null, modelDigest, release },
    reference: referenceFacts(found),
    cases,
    protocol,
    rowsEach,
    checks,
    ...NOTHING,
    quality,
    accuracy: accuracyOf(quality),
    causes: [],
    rollback: null,
    logs: '',
  });
}

/** What the test was to be about, as far as the inputs tell. */
export function cancelledReport(inputs: Inputs, ports: SmokePorts): SmokeReport {
  const { endpointUrl, endpointName, candidateName, target, cases, protocol } = inputs;
  const place =
    endpointUrl === null
      ? { target, endpoint: endpointName, candidate: candidateName, url: endpointName ?? '' }
      : { target: null, endpoint: null, candidate: null, url: endpointUrl };
  return framed(inputs, ports, {
    kind: 'health only',
    subject: { ...place, version: null, modelDigest: null, release: null },
    reference: null,
    cases: { source: cases ?? 'no cases', rows: 0, labelled: false },
    protocol: protocol ?? 'instances',
    rowsEach: 0,
    checks: cancelledTest(),
    ...NOTHING,
    causes: [],
    rollback: null,
    logs: '',
  });
}

type Framed =
  'schema' | 'passed' | 'verdict' | 'tolerance' | 'requests' | 'environment' | 'commit' | 'run' | 'createdAt';

type Content = Omit<SmokeReport, Framed> & { readonly rowsEach: number };

/** With what the inputs and the run say. */
function framed(
  { rtol, atol, concurrency, warmup, environment }: Inputs,
  { clock, context }: SmokePorts,
  { rowsEach, ...content }: Content,
): SmokeReport {
  const { kind, subject, checks } = content;
  return {
    schema: REPORT_SCHEMA,
    passed: checks.every(({ passed }) => passed),
    verdict: verdictOf(subject, kind, checks),
    ...content,
    tolerance: { rtol, atol },
    requests: { rowsEach, concurrency, warmup },
    environment,
    commit: context.commit,
    run: context.runUrl,
    createdAt: clock.now().toISOString(),
  };
}

function referenceFacts({
  reference,
  session,
}: Pick<Opened, 'reference' | 'session'>): SmokeReport['reference'] {
  if (reference === null) return null;
  const { kind, label, digest } = reference;
  return { kind, label, digest, runtime: session?.runtime ?? null };
}

type Measured = Pick<SmokeReport, 'mapping' | 'parity' | 'accuracy' | 'quality' | 'latency' | 'worstRows'>;

const NOTHING: Measured = {
  mapping: [],
  parity: null,
  accuracy: null,
  quality: null,
  latency: null,
  worstRows: [],
};

function measurements(findings: NonNullable<Measurement['findings']>, cases: Measurement['cases']): Measured {
  const { mapping, quality, latency, parity: compared } = findings;
  const told = { mapping, quality, accuracy: accuracyOf(quality), latency };
  if (compared === null) return { ...told, parity: null, worstRows: [] };
  const { worst, ...parity } = compared;
  return { ...told, parity, worstRows: explainRows(worst, cases) };
}
