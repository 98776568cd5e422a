/**
 * Is the new version as good as the old one? Judged on what the platform has measured of both in the same window, on the
 * alarms that the plan names, and on requests of our own. Pure.
 */

/** What the platform has measured of one version since the last step of the rollout. */
export interface Sample {
  readonly requests: number;
  /** Requests that the version answered with a fault of its own. */
  readonly errors: number;
  /** 95 % of the requests took no longer, in milliseconds; null if the platform does not say. */
  readonly p95Ms: number | null;
}

export interface Watch {
  readonly to: Sample;
  readonly from: Sample;
  /** Requests that this run has sent to the new version in the window, for want of others. The platform counts them too. */
  readonly own: { readonly requests: number; readonly failed: number };
  /** Those of the plan's alarms that are in alarm. */
  readonly alarms: readonly string[];
}

export interface Limits {
  /** A step is not judged on fewer requests: those that are missing are sent by ourselves. */
  readonly fewest: number;
  /** By so much the share of failed requests may be higher than that of the old version, 0 to 1. */
  readonly moreErrors: number;
  /** So many times as long as with the old version a request may take; null if that is not judged. */
  readonly slower: number | null;
}

/** Ten requests are few, and more than a version that nobody calls would ever get. */
export const USUAL_LIMITS: Limits = { fewest: 10, moreErrors: 0.01, slower: 2 };

export interface Found {
  readonly is: 'alarm' | 'errors' | 'latency' | 'too-few';
  readonly says: string;
}

export type Judgement =
  { readonly is: 'good' } | { readonly is: 'few' } | { readonly is: 'bad'; readonly found: Found };

export const NOTHING_SEEN: Watch = {
  to: { requests: 0, errors: 0, p95Ms: null },
  from: { requests: 0, errors: 0, p95Ms: null },
  own: { requests: 0, failed: 0 },
  alarms: [],
};

export function judge(watch: Watch, limits: Limits): Judgement {
  const found = alarmOf(watch) ?? errorsOf(watch, limits) ?? latencyOf(watch, limits);
  if (found !== null) return { is: 'bad', found };
  return seenBy(watch) < limits.fewest ? { is: 'few' } : { is: 'good' };
}

/** Requests of our own are known at once, the platform's count of them comes later. */
export function seenBy({ to, own }: Watch): number {
  return Math.max(to.requests, own.requests);
}

/** @returns what a step was judged on, in a sentence */
export function sayWatched(watch: Watch): string {
  const { own, from } = watch;
  const synthetic = own.requests > 0 ? `, ${own.requests} of them synthetic` : '';
  const { failed, requests } = worse(watch);
  const old = `The old version: ${from.requests} requests, ${from.errors} failed.`;
  return `The new version: ${seenBy(watch)} requests${synthetic}, ${failed} of ${requests} failed. ${old}`;
}

function alarmOf({ alarms }: Watch): Found | null {
  if (alarms.length === 0) return null;
  return { is: 'alarm', says: `In alarm: ${alarms.join(', ')}.` };
}

function errorsOf(watch: Watch, { moreErrors }: Limits): Found | null {
  const { from } = watch;
  const { failed, requests } = worse(watch);
  const old = from.requests === 0 ? 0 : from.errors / from.requests;
  if (atLeast(failed, requests) <= old + moreErrors) return null;
  const compared = from.requests === 0 ? 'no request' : `${from.errors} of ${from.requests}`;
  return {
    is: 'errors',
    says: `With the new version ${failed} of ${requests} requests failed, with the old version ${compared}.`,
  };
}

/** Of what the platform has counted and what we have: whichever shows more faults. */
function worse({ to, own }: Watch): { readonly failed: number; readonly requests: number } {
  const counted = { failed: to.errors, requests: to.requests };
  const ours = { failed: own.failed, requests: own.requests };
  return atLeast(ours.failed, ours.requests) > atLeast(counted.failed, counted.requests) ? ours : counted;
}

/** One-sided, 95 %. */
const Z = 1.645;

/**
 * The share that a version fails with at least, by what was seen of it: one failure in a few requests proves little.
 * The lower bound of the Wilson score interval (https://www.itl.nist.gov/div898/handbook/prc/section2/prc241.htm).
 */
export function atLeast(failed: number, requests: number): number {
  if (requests === 0) return 0;
  const rate = Math.min(1, failed / requests);
  const square = (Z * Z) / requests;
  const spread = Z * Math.sqrt((rate * (1 - rate) + square / 4) / requests);
  return Math.max(0, (rate + square / 2 - spread) / (1 + square));
}

/** Fewer requests say nothing about the slowest twentieth of them. */
const FEWEST_FOR_LATENCY = 20;

function latencyOf({ to, from }: Watch, { slower }: Limits): Found | null {
  if (slower === null || to.p95Ms === null || from.p95Ms === null) return null;
  if (Math.min(to.requests, from.requests) < FEWEST_FOR_LATENCY) return null;
  if (to.p95Ms <= from.p95Ms * slower) return null;
  const times = `${Math.round(to.p95Ms)} ms with the new version and ${Math.round(from.p95Ms)} ms with the old one`;
  return { is: 'latency', says: `95 % of the requests took up to ${times}.` };
}
