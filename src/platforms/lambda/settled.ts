/** Lambda answers before it is done: what it says of a function is waited for. */
import type { FunctionConfiguration, GetFunctionResponse } from '@aws-sdk/client-lambda';
import { poll } from '../../core/poll.ts';
import { POLL_MS, type LambdaTargetOptions } from './options.ts';
import type { Reads } from './reads.ts';

/** Waits until nothing is under way with the function, or a version of it; null where there is none. */
export async function settled(
  endpoint: string,
  reads: Reads,
  { clock, signal, log, timeoutMs, pollMs }: LambdaTargetOptions,
  qualifier?: string,
): Promise<GetFunctionResponse | null> {
  const { state } = await poll({
    check: () => reads.fn(qualifier),
    done: (found) => !isBusy(found?.Configuration),
    key: (found) => `${found?.Configuration?.State ?? ''} ${found?.Configuration?.LastUpdateStatus ?? ''}`,
    onChange: (found) => {
      if (isBusy(found?.Configuration))
        log.info(`${endpoint}${qualifier === undefined ? '' : `:${qualifier}`} is being prepared by Lambda.`);
    },
    intervalMs: pollMs ?? POLL_MS,
    timeoutMs,
    clock,
    signal,
  });
  return state;
}

/** Inactive functions wake up with the next call, and take every change. */
function isBusy(found: FunctionConfiguration | undefined): boolean {
  return found?.State === 'Pending' || found?.LastUpdateStatus === 'InProgress';
}

export function failureOf({ StateReason, StateReasonCode, ...found }: FunctionConfiguration): string {
  const code = StateReasonCode ?? found.LastUpdateStatusReasonCode ?? '';
  const reason = StateReason ?? found.LastUpdateStatusReason ?? '';
  return [code, reason].filter((text) => text !== '').join(': ') || 'Lambda gives no reason.';
}
