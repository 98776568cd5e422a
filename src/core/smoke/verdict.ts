/** The verdict: one list of checks, and nothing else decides whether the test passed. */
import type { StoppedModelError } from '../errors.ts';
import { check, round, type Check } from './check.ts';
import { describe } from './wait.ts';
import type { Findings } from './examine.ts';
import type { Reply } from './exchange.ts';
import type { LatencyResult } from './latency.ts';
import type { ParityResult } from './parity.ts';
import { qualityChecks, type QualityLimits } from './quality/checks.ts';
import type { Figures } from './quality/side.ts';
import type { ProbeResult } from './probes.ts';

/**
 * What the test proves. Served and reference being the same file, only the way between is tested; without an endpoint,
 * only the model is.
 */
export type Kind = 'parity' | 'transport check' | 'health only' | 'model check';

export interface Limits extends QualityLimits {
  readonly maxP50: number | null;
  readonly maxP95: number | null;
  readonly maxP99: number | null;
  readonly maxErrorRate: number;
  /** Whether a latency above its limit is a reason to roll back. */
  readonly latencyRollsBack: boolean;
}

/** The checks if the endpoint never answered. */
export function deadEndpoint(reply: Reply, seconds: number): Check[] {
  const waited = seconds === 0 ? '' : `for ${seconds} s `;
  const message = `The endpoint does not answer: ${waited}it ${describe(reply)}.`;
  return [check('answers', false, message, { rollsBack: true })];
}

/** The checks if the reference did not answer: nothing is known of the endpoint, so nothing is rolled back. */
export function stoppedReference({ message }: StoppedModelError): Check[] {
  const means = 'The reference is at fault, so nothing is proven about the endpoint.';
  const todo =
    'Look for an endless loop in the model; if it is only slow, raise requests so that each has fewer rows, ' +
    'or set the environment variable ML_DEPLOY_REFERENCE_SECONDS.';
  return [check('reference', false, `${message} ${means} ${todo}`, {})];
}

/** The checks of a test that was cut short: nothing is known of the endpoint, so nothing is rolled back. */
export function cancelledTest(): Check[] {
  const message = 'The run was cancelled before the test ended, so nothing is proven about the endpoint.';
  return [check('cancelled', false, message, {})];
}

/** Whether the release names the reference, names none and one was given by hand, or names another one. */
export type Trust = 'named' | 'given' | 'other';

/**
 * A difference from a reference that may be at fault itself is no reason to roll back.
 * @param before the figures of the version that a rollback goes to, over the same rows; null if nobody asked
 */
export function judge(
  kind: Kind,
  limits: Limits,
  findings: Findings,
  probes: readonly ProbeResult[],
  { trust, before }: { readonly trust: Trust; readonly before: Figures | null },
): Check[] {
  const parity = findings.parity ? [parityCheck(kind, findings.parity, findings)] : [];
  return [
    errorRateCheck(findings, limits.maxErrorRate),
    ...(isDoubtful(trust, findings) ? parity.map((one) => ({ ...one, rollsBack: false })) : parity),
    ...qualityChecks(findings.quality, limits, { trusted: trust !== 'other', before }),
    ...latencyChecks(findings.latency, limits),
    ...probes.map((probe) =>
      check(`probe: ${probe.name}`, probe.passed, `${withArticle(probe.name)} ${probe.message}.`, {
        rollsBack: probe.serious,
      }),
    ),
  ];
}

/** A reference that nobody but the caller names, and that knows the true labels worse than the endpoint does. */
function isDoubtful(trust: Trust, { quality }: Findings): boolean {
  if (trust !== 'given') return trust === 'other';
  const { endpoint = null, reference = null } = quality ?? {};
  if (!endpoint || !reference) return false;
  if (endpoint.mae !== null && reference.mae !== null) return endpoint.mae < reference.mae;
  return (endpoint.accuracy ?? 0) > (reference.accuracy ?? 1);
}

function errorRateCheck({ latency, refused, tooLarge }: Findings, limit: number): Check {
  const { requests, failed, errorRate, failures } = latency;
  const passed = errorRate !== null && errorRate <= limit;
  const [first] = failures;
  const cause = first ? ` Most often (${first.count} times) the endpoint ${ended(first.reason)}` : '';
  const ours = refused
    ? ' Every request was refused with a 4xx, so this endpoint possibly does not accept these cases.'
    : tooLarge > 0
      ? ' A gateway in front of the endpoint accepts only smaller bodies: raise requests, so that each has fewer rows.'
      : '';
  const message = `${failed} of ${requests} requests failed.${cause}${ours}`;
  return check('error rate', passed, message, {
    value: errorRate,
    limit,
    rollsBack: !refused && failed > tooLarge,
  });
}

function parityCheck(kind: Kind, parity: ParityResult, { rows, latency }: Findings): Check {
  const { compared, mismatches, problems, loose } = parity;
  const agrees = compared > 0 && mismatches === 0 && problems.length === 0;
  const passed = agrees && loose.length === 0;
  const message = passed ? agreement(parity, rows) : agrees ? loose.join(' ') : disagreement(parity);
  // A tolerance that lets everything pass says nothing about the endpoint.
  const rollsBack = latency.n > 0 && !agrees;
  return check(kind, passed, message, { value: mismatches, limit: 0, rollsBack });
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

function latencyChecks(latency: LatencyResult, limits: Limits): Check[] {
  const one = (name: string, value: number | null, limit: number | null): Check[] => {
    if (limit === null) return [];
    const passed = value !== null && value <= limit;
    const message =
      value === null
        ? `There is no ${name} latency, because no request was answered.`
        : `The ${name} latency is ${round(value)} ms over ${latency.n} requests; ${limit} ms are allowed.`;
    return [check(`${name} latency`, passed, message, { value, limit, rollsBack: limits.latencyRollsBack })];
  };
  return [
    ...one('p50', latency.p50, limits.maxP50),
    ...one('p95', latency.p95, limits.maxP95),
    ...one('p99', latency.p99, limits.maxP99),
  ];
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
