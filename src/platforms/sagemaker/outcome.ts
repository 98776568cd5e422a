/** What came of a change, in the words of a result. */
import type { FailurePage } from '../../core/failure-pages.ts';
import type { DeploymentResult, EndpointDescription, Outcome } from '../../core/targets.ts';
import { describeEndpoint } from './describe.ts';
import { explainFailure } from './explain/explain.ts';
import type { Session } from './session.ts';

/** With what is true now, read again. */
export async function result(
  endpoint: string,
  outcome: Outcome,
  message: string,
  session: Session,
): Promise<DeploymentResult> {
  session.reads.forget();
  const description = await describeEndpoint(endpoint, session.reads, session.options);
  return { outcome, message, description, candidate: null };
}

export interface Explained {
  /** What failed and what to do, in a sentence or two. */
  readonly message: string;
  /** AWS's reason and the tail of the log, for the summary. */
  readonly detail: string;
  readonly page: FailurePage | undefined;
}

export async function explained(
  endpoint: string,
  variant: string,
  reason: string,
  { clients }: Session,
): Promise<Explained> {
  const { cause, page, sentence, fix, logTail, logNote } = await explainFailure(clients, {
    endpoint,
    variant,
    reason,
  });
  const log = logTail === '' ? logNote : `The last lines of the log of ${endpoint}:\n${logTail}`;
  return {
    message: `${sentence} ${fix}`,
    detail: [`Cause: ${cause}. ${sentence}`, log].filter(Boolean).join('\n\n'),
    page,
  };
}

export function withDetail(
  made: DeploymentResult,
  { detail, page }: Pick<Explained, 'detail' | 'page'>,
): DeploymentResult {
  const description: EndpointDescription = {
    ...made.description,
    detail: [made.description.detail, detail].filter(Boolean).join('\n\n'),
  };
  return { ...made, description, page };
}
