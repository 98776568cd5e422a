/**
 * One request to Azure: sent again if Azure is busy, fails, or the connection breaks, after the pause that it asks for.
 * https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling
 */
import { sendTo, type CloudCall, type Dialect, type SendOptions } from '../send.ts';
import { errorIn } from './error-kinds.ts';
import { AzureFailure, type AzureRequest } from './errors.ts';

export type AzureHttpOptions = SendOptions;

export interface AzureCall extends AzureRequest, CloudCall {}

const AZURE: Dialect<AzureCall> = {
  refusal: (call, { status, headers }, body) => new AzureFailure(call, errorIn(status, headers, body)),
  silence: (call, said, cause) => new AzureFailure(call, { status: 0, code: '', said }, cause),
};

/**
 * The answer, whose status is below 300; its body is not read yet.
 * @throws AzureFailure for every other answer, and if none came; CancelledError
 */
export async function sendToAzure(call: AzureCall, options: AzureHttpOptions): Promise<Response> {
  return sendTo(AZURE, call, options);
}
