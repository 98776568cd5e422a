/** What errors of Azure ML mean to the engine. */
import { AzureFailure, isDenied, isMissing, isRefused } from '../../clouds/azure/errors.ts';
import type { Meaning } from '../../deployment/performed.ts';

export const MEANING: Meaning = { isLost, isMissing, isDenied, isRefused };

/**
 * A change is in progress, so everything has to be decided again. Also `OperationCanceled: … waiting for lock
 * confirmation`. https://learn.microsoft.com/azure/machine-learning/how-to-troubleshoot-online-endpoints
 */
function isLost(error: unknown): boolean {
  if (!(error instanceof AzureFailure)) return false;
  return error.status === 409 || error.status === 412 || /lock confirmation/i.test(error.said);
}
