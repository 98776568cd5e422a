/** Faults that a test orders for calls to come. */
import type { Call } from './calls.ts';
import { AwsError } from './errors.ts';

/**
 * - `throttle`: ThrottlingException, nothing done. `error-500`: InternalFailure, nothing done.
 * - `error-500-after`: done, and then InternalFailure. `denied`: AccessDeniedException that names the action.
 * - `reset-before`, `reset-after`: the connection is cut before or after the service did it.
 * - `timeout-before`, `timeout-after`: no answer ever, before or after the service did it.
 */
export type FaultName = (typeof FAULT_NAMES)[number];

export const FAULT_NAMES = [
  'throttle',
  'error-500',
  'error-500-after',
  'denied',
  'reset-before',
  'reset-after',
  'timeout-before',
  'timeout-after',
] as const;

/** Runs before or after the service acts; 'drop' cuts the connection, an AwsError is answered. */
export type Hook = (call: Call) => undefined | 'drop' | AwsError | Promise<undefined | 'drop' | AwsError>;

export interface Injection {
  /** Which calls: `sagemaker:UpdateEndpoint`, or a pattern of that; all where absent. */
  readonly on?: string | RegExp;
  /** Further narrowing, by what is asked. */
  readonly where?: (call: Call) => boolean;
  /** The first of these calls that it befalls, counted from 1 from now on; 1 where absent. */
  readonly nth?: number;
  /** How many of them in a row; 1 where absent. */
  readonly times?: number;
  /** What happens to it. */
  readonly fault?: FaultName | AwsError;
  readonly before?: Hook;
  readonly after?: Hook;
}

interface Armed extends Injection {
  seen: number;
}

export interface Struck {
  readonly fault: FaultName | AwsError | null;
  readonly before: readonly Hook[];
  readonly after: readonly Hook[];
}

export class Injector {
  #armed: Armed[] = [];

  add(injection: Injection): () => void {
    const armed: Armed = { ...injection, seen: 0 };
    this.#armed.push(armed);
    return () => (this.#armed = this.#armed.filter((other) => other !== armed));
  }

  clear(): void {
    this.#armed = [];
  }

  strike(call: Call): Struck {
    const struck = this.#armed.filter((armed) => strikes(armed, call));
    return {
      fault: struck.find(({ fault }) => fault !== undefined)?.fault ?? null,
      before: struck.flatMap(({ before }) => before ?? []),
      after: struck.flatMap(({ after }) => after ?? []),
    };
  }
}

function strikes(armed: Armed, call: Call): boolean {
  const { on, where, nth = 1, times = 1 } = armed;
  if (typeof on === 'string' && on !== call.name) return false;
  if (on instanceof RegExp && !on.test(call.name)) return false;
  if (where !== undefined && !where(call)) return false;
  armed.seen += 1;
  return armed.seen >= nth && armed.seen < nth + times;
}

/** The answer of a fault that is an answer; null for one that cuts the connection or keeps silent. */
export function faultError(fault: FaultName | AwsError, call: Call, caller: string): AwsError | null {
  if (fault instanceof AwsError) return fault;
  if (fault === 'throttle') return new AwsError('ThrottlingException', 'Rate exceeded', 400);
  if (fault === 'denied') return denied(call, caller);
  if (fault.startsWith('error-500')) {
    return new AwsError(
      'InternalFailure',
      'The request processing has failed because of an unknown error.',
      500,
    );
  }
  return null;
}

/** IAM's words where no policy allows something. */
export function denied(call: Call, caller: string, permission = call.permissions[0]): AwsError {
  const { action, resource } = permission ?? { action: call.name, resource: '*' };
  const reason = `no identity-based policy allows the ${action} action`;
  const message = `User: ${caller} is not authorized to perform: ${action} on resource: ${resource} because ${reason}`;
  const xml = ['s3', 'sts', 'iam'].includes(call.service);
  return xml ? new AwsError('AccessDenied', message, 403) : new AwsError('AccessDeniedException', message);
}
