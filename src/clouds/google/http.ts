/**
 * One request to Google Cloud: sent again if Google is busy, fails, or the connection breaks.
 * https://cloud.google.com/storage/docs/retry-strategy
 */
import { sendTo, type CloudCall, type Dialect, type SendOptions } from '../send.ts';
import { errorIn, noAnswer } from './error-kinds.ts';
import { GoogleFailure, type GoogleRequest } from './errors.ts';

export interface GoogleCall extends GoogleRequest, CloudCall {}

const GOOGLE: Dialect<GoogleCall> = {
  refusal: (call, { status }, body) => new GoogleFailure(call, errorIn(status, body)),
  silence: (call, said, cause) => new GoogleFailure(call, noAnswer(said), cause),
};

/**
 * The answer, whose status is below 300 or accepted; its body is not read yet.
 * @throws GoogleFailure for every other answer, and if none came; CancelledError
 */
export async function sendToGoogle(call: GoogleCall, options: SendOptions): Promise<Response> {
  return sendTo(GOOGLE, call, options);
}
