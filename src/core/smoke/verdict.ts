/** The verdict: one list of checks, and nothing else decides whether the test passed. */
import { describe } from './wait.ts';
import type { Findings } from './examine.ts';
import type { Reply } from './exchange.ts';
import type { LatencyResult } from './latency.ts';
import type { ParityResult } from './parity.ts';
import type { ProbeResult } from './probes.ts';

export interface Check {
  readonly name: string;
  readonly passed: boolean;
  /** One sentence for people. */
  readonly message: string;
  readonly value: number | null;
  readonly limit: number | null;
  /** Whether its failure is a reason to roll back: what serves is wrong, not slow, and not our cases. */
  readonly rollsBack: boolean;
}

/** What the comparison proves. Served and reference being the same file, only the way between is tested. */
export type Kind = 'parity' | 'transport check' | 'health only';

export interface Limits {
  readonly minAccuracy: number | null;
  /** How far the accuracy may lie below the reference's. */
  readonly maxAccuracyDrop: number | null;
  readonly maxP50: number | null;
  readonly maxP95: number | null;
  readonly maxP99: number | null;
  readonly maxErrorRate: number;
  /** Whether a latency above its limit is a reason to roll back. */
  readonly latencyRollsBack: boolean;
}

/** The checks where the endpoint never answered. */
export function deadEndpoint(reply: Reply, seconds: number): Check[] {
  const waited = seconds === 0 ? '' : `for ${seconds} s `;
  const message = `The endpoint does not answer: ${waited}it ${describe(reply)}.`;
  return [check('answers', false, message, { rollsBack: true })];
}

/**
 * @param trusted whether the reference is the one that the release names; a difference from another one may be the
 *   reference's fault, and is no reason to roll back.
 */
export function judge(
  kind: Kind,
  limits: Limits,
  findings: Findings,
  probes: readonly ProbeResult[],
  trusted: boolean,
): Check[] {
  const parity = findings.parity ? [parityCheck(kind, findings.parity, findings)] : [];
  return [
    errorRateCheck(findings, limits.maxErrorRate),
    ...(trusted ? parity : parity.map((one) => ({ ...one, rollsBack: false }))),
    ...accuracyChecks(findings, limits.minAccuracy),
    ...dropChecks(findings, limits.maxAccuracyDrop),
    ...latencyChecks(findings.latency, limits),
    ...probes.map((probe) =>
      check(`probe: ${probe.name}`, probe.passed, `${withArticle(probe.name)} ${probe.message}.`, {
        rollsBack: probe.serious,
      }),
    ),
  ];
}

function errorRateCheck({ latency, refused }: Findings, limit: number): Check {
  const { requests, failed, errorRate, failures } = latency;
  const passed = errorRate !== null && errorRate <= limit;
  const [first] = failures;
  const cause = first ? ` Most often (${first.count} times) the endpoint ${ended(first.reason)}` : '';
  const ours = refused
    ? ' Every request was refused with a 4xx, so the cases may not be what this endpoint takes.'
    : '';
  const message = `${failed} of ${requests} requests failed.${cause}${ours}`;
  return check('error rate', passed, message, { value: errorRate, limit, rollsBack: !refused });
}

function parityCheck(kind: Kind, parity: ParityResult, { rows, latency }: Findings): Check {
  const { compared, mismatches, problems } = parity;
  const passed = compared > 0 && mismatches === 0 && problems.length === 0;
  const message = passed ? agreement(parity, rows) : disagreement(parity);
  return check(kind, passed, message, { value: mismatches, limit: 0, rollsBack: latency.n > 0 });
}

function agreement({ compared, rows, maxAbsDiff }: ParityResult, all: number): string {
  const seen = rows === all ? `all ${all} rows` : `${rows} of ${all} rows`;
  const far = maxAbsDiff === null ? '' : `, the largest difference is ${round(maxAbsDiff)}`;
  return `${compared} values of ${seen} agree with the reference${far}.`;
}

function disagreement({ compared, mismatches, problems, rows, rowsWrong, maxAbsDiff }: ParityResult): string {
  if (problems.length > 0) return problems.join(' ');
  if (compared === 0) return 'Nothing was compared, so nothing is proven: no answer could be read.';
  const far = maxAbsDiff === null ? '' : `; the largest difference is ${round(maxAbsDiff)}`;
  return `${mismatches} of ${compared} values, in ${rowsWrong} of ${rows} rows, differ from the reference${far}.`;
}

function accuracyChecks({ accuracy: found }: Findings, limit: number | null): Check[] {
  if (!found && limit === null) return [];
  const { accuracy = null, n = 0, correct = 0, reference = null } = found ?? {};
  const passed = limit === null || (accuracy !== null && accuracy >= limit);
  const floor =
    limit === null ? '' : passed ? `, at or above the floor of ${limit}` : `, below the floor of ${limit}`;
  const beside = reference === null ? '' : ` The reference gets ${percent(reference)}.`;
  const message =
    accuracy === null
      ? 'No labelled row was answered, so there is no accuracy.'
      : `The endpoint gets ${correct} of ${n} labels right (${percent(accuracy)})${floor}.${beside}`;
  return [check('accuracy', passed, message, { value: accuracy, limit, rollsBack: accuracy !== null })];
}

function dropChecks({ accuracy: found }: Findings, limit: number | null): Check[] {
  if (limit === null) return [];
  const { accuracy = null, reference = null } = found ?? {};
  if (accuracy === null || reference === null) {
    const message =
      'The reference or the endpoint gave no labels, so there is no drop in accuracy to measure.';
    return [check('accuracy drop', false, message, { limit })];
  }
  // Shares of the same rows: a difference below that of one row in a billion is rounding.
  const drop = Math.round((reference - accuracy) * 1e9) / 1e9;
  const passed = drop <= limit;
  const place =
    drop > 0
      ? `${round(drop * 100)} points below`
      : drop < 0
        ? `${round(-drop * 100)} points above`
        : 'equal to';
  const message = `The accuracy is ${place} the reference's; a drop of ${round(limit * 100)} points is allowed.`;
  return [check('accuracy drop', passed, message, { value: drop, limit, rollsBack: true })];
}

function latencyChecks(latency: LatencyResult, limits: Limits): Check[] {
  const one = (name: string, value: number | null, limit: number | null): Check[] => {
    if (limit === null) return [];
    const passed = value !== null && value <= limit;
    const message =
      value === null
        ? `There is no ${name} latency, since no request was answered.`
        : `The ${name} latency is ${round(value)} ms over ${latency.n} requests; ${limit} ms are allowed.`;
    return [check(`${name} latency`, passed, message, { value, limit, rollsBack: limits.latencyRollsBack })];
  };
  return [
    ...one('p50', latency.p50, limits.maxP50),
    ...one('p95', latency.p95, limits.maxP95),
    ...one('p99', latency.p99, limits.maxP99),
  ];
}

function check(
  name: string,
  passed: boolean,
  message: string,
  { value = null, limit = null, rollsBack = false }: Partial<Pick<Check, 'value' | 'limit' | 'rollsBack'>>,
): Check {
  return { name, passed, message, value, limit, rollsBack };
}

const OTHER_ARTICLES: Readonly<Record<string, string>> = {
  'empty batch': 'An empty batch',
  'one row': 'One row',
  'next good request': 'The next good request',
};

/** The probe as a sentence begins with it. */
function withArticle(probe: string): string {
  return OTHER_ARTICLES[probe] ?? `A ${probe}`;
}

function ended(reason: string): string {
  return /[.!?…]$/.test(reason) ? reason : `${reason}.`;
}

function percent(share: number): string {
  return `${round(share * 100)} %`;
}

/** Three significant digits, as people read them. */
export function round(value: number): string {
  if (value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e6)) return value.toExponential(2);
  return String(Number(value.toPrecision(Math.abs(value) >= 1000 ? 6 : 4)));
}
