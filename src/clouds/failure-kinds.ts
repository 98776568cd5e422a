/** What kinds of failure have in common, whichever cloud fails: who is refused, what may pass, and what was not done. */

/** What every cloud's vocabulary has; AWS has two more. */
export const FAILURES = [
  'no-credentials',
  'wrong-credentials',
  'expired-credentials',
  'denied',
  'throttled',
  'missing',
  'unreachable',
  'unavailable',
  'refused',
] as const;
export type FailureKind = (typeof FAILURES)[number];

/** `clock` and `no-region` are AWS's: no request of such a job is accepted. */
const REFUSES_CALLER: ReadonlySet<string> = new Set([
  'no-credentials',
  'wrong-credentials',
  'expired-credentials',
  'clock',
  'no-region',
  'denied',
]);

const MAY_PASS: ReadonlySet<string> = new Set(['throttled', 'unavailable', 'unreachable']);

const NOT_DONE: ReadonlySet<string> = new Set([...REFUSES_CALLER, 'throttled', 'missing', 'refused']);

/** What an `UpstreamError` of that kind says of itself. */
export function traitsOf(kind: string): { readonly refusesCaller: boolean; readonly mayPass: boolean } {
  return { refusesCaller: REFUSES_CALLER.has(kind), mayPass: MAY_PASS.has(kind) };
}

export interface FailurePredicates {
  readonly isDenied: (error: unknown) => boolean;
  readonly isMissing: (error: unknown) => boolean;
  /** The cloud does not take what was asked for; the same call would be refused again. */
  readonly isRefused: (error: unknown) => boolean;
  /** Whether it is certain that the call did nothing. */
  readonly wasNotDone: (error: unknown) => boolean;
}

/** @param kindOf null for what is not an answer of that cloud */
export function predicatesOf(kindOf: (error: unknown) => string | null): FailurePredicates {
  return {
    isDenied: (error) => kindOf(error) === 'denied',
    isMissing: (error) => kindOf(error) === 'missing',
    isRefused: (error) => kindOf(error) === 'refused',
    wasNotDone: (error) => NOT_DONE.has(kindOf(error) ?? ''),
  };
}
