/** What one check found. */
import { CancelledError, messageOf, type Problem } from '../../../core/errors.ts';
import type { Finding } from '../../../documents/plan.ts';
import { AwsFailure } from '../../../clouds/aws/errors.ts';

export interface Checked {
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
}

export const ok = (message: string): Checked => ({ findings: [{ level: 'ok', message }], problems: [] });

export const warning = (message: string): Checked => ({
  findings: [{ level: 'warning', message }],
  problems: [],
});

export const notChecked = (what: string, why: string): Checked => ({
  findings: [{ level: 'not-checked', message: `Not checked: ${what}. ${why}` }],
  problems: [],
});

export const problem = (where: string, message: string, fix: string): Checked => ({
  findings: [],
  problems: [{ where, message, fix }],
});

export const nothing: Checked = { findings: [], problems: [] };

export function together(results: readonly Checked[]): Checked {
  return {
    findings: results.flatMap(({ findings }) => findings),
    problems: results.flatMap(({ problems }) => problems),
  };
}

/** How long a check may take. */
export interface Patience {
  readonly limitMs: number;
  /** Of the run. */
  readonly signal: AbortSignal;
}

/**
 * A check that the caller may not make, or that nobody answers in time, says so; it never fails the plan.
 * @param check gets a signal that is aborted when its time is over
 * @throws CancelledError if the run is cancelled
 */
export async function attempt(
  what: string,
  { limitMs, signal }: Patience,
  check: (signal: AbortSignal) => Promise<Checked>,
): Promise<Checked> {
  const limit = AbortSignal.timeout(limitMs);
  const either = AbortSignal.any([signal, limit]);
  try {
    return await Promise.race([check(either), endOf(either)]);
  } catch (error) {
    if (signal.aborted) throw new CancelledError();
    if (limit.aborted) return notChecked(what, `AWS did not answer within ${limitMs / 1000} seconds.`);
    if (error instanceof CancelledError || isOurFault(error)) throw error;
    return notChecked(what, whyNot(error));
  }
}

function endOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = () => reject(new CancelledError());
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
  });
}

/** A mistake in this program is not an answer of AWS. */
function isOurFault(error: unknown): boolean {
  const kinds = [TypeError, RangeError, ReferenceError, SyntaxError];
  return kinds.some((kind) => error instanceof kind) && !('$metadata' in (error as object));
}

function whyNot(error: unknown): string {
  return error instanceof AwsFailure && error.kind === 'denied' ? error.problem : messageOf(error);
}
