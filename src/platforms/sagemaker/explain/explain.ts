/** Why an endpoint failed, in one sentence with what to do, and what its container said last. */
import { messageOf } from '../../../core/errors.ts';
import type { FailurePage } from '../../../core/failure-pages.ts';
import type { AwsClients } from '../../../clouds/aws/clients.ts';
import { ADVICE, causeOf, type Cause } from './causes.ts';
import { readLogTail } from './log-tail.ts';

export interface Failure {
  readonly endpoint: string;
  readonly variant: string;
  /** FailureReason, or the message of the call that failed; '' if AWS gives none, as after some rollbacks. */
  readonly reason: string;
}

export interface Explanation {
  readonly cause: Cause;
  /** Of docs/failures; undefined if the cause is not known. */
  readonly page: FailurePage | undefined;
  /** What failed, with AWS's own words if it gave any. */
  readonly sentence: string;
  /** What to do about it. */
  readonly fix: string;
  /** '' if there is none. */
  readonly logTail: string;
  /** Why there is no log; '' if there is one. */
  readonly logNote: string;
}

const TAIL_LINES = 50;

/** Never fails for want of a log. */
export async function explainFailure(clients: AwsClients, failure: Failure): Promise<Explanation> {
  const { text, note } = await readLogTail(clients, failure, TAIL_LINES).catch((error: unknown) => ({
    text: '',
    note: `The log could not be read: ${messageOf(error)}`,
  }));
  return explain(failure, { text, note });
}

/** The same, with a log that was read before. */
export function explain(
  { variant, reason }: Failure,
  { text, note }: { readonly text: string; readonly note: string },
): Explanation {
  const cause = causeOf(reason, text);
  const { sentence, fix, page } = ADVICE[cause];
  const said = reason.trim() === '' ? 'AWS gave no reason.' : `AWS said: ${reason.trim()}`;
  return {
    cause,
    page,
    sentence: `${sentence.replace('{variant}', variant)} ${said}`,
    fix,
    logTail: text,
    logNote: note,
  };
}
