/** Lambda answers before a change is done: this waits for the state that it then reports. */
import type { FunctionConfiguration, GetFunctionResponse } from '@aws-sdk/client-lambda';
import { poll } from '../../core/poll.ts';
import { POLL_MS, type LambdaTargetOptions } from './options.ts';
import type { Reads } from './reads.ts';

/** Waits until no change of the function, or of a version of it, is in progress; null if there is none. */
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

/** An inactive function wakes up with the next call, and accepts every change. */
function isBusy(found: FunctionConfiguration | undefined): boolean {
  return found?.State === 'Pending' || found?.LastUpdateStatus === 'InProgress';
}

export function failureOf({ StateReason, StateReasonCode, ...found }: FunctionConfiguration): string {
  const code = StateReasonCode ?? found.LastUpdateStatusReasonCode ?? '';
  const reason = StateReason ?? found.LastUpdateStatusReason ?? '';
  return [code, reason].filter((text) => text !== '').join(': ') || 'Lambda gives no reason.';
}
