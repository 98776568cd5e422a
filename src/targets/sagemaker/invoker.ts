/** InvokeEndpoint, signed with the credentials of this run. */
import { CancelledError, messageOf, UpstreamError } from '../../core/errors.ts';
import type { EndpointInvoker, InvokeAnswer } from '../../core/targets.ts';
import { codeOf } from './aws-errors.ts';
import type { SageMakerTargetOptions } from './options.ts';

export async function createInvoker(
  endpoint: string,
  url: string,
  { clients, clock }: SageMakerTargetOptions,
): Promise<EndpointInvoker> {
  const runtime = await clients.runtime();
  return {
    url,
    invoke: async (body, contentType, signal) => {
      const begun = clock.monotonic();
      const Body = typeof body === 'string' ? Buffer.from(body) : body;
      const input = { EndpointName: endpoint, Body, ContentType: contentType, Accept: 'application/json' };
      try {
        const answer = await clients.call('sagemaker:InvokeEndpoint', () =>
          runtime.invokeEndpoint(input, { abortSignal: signal }),
        );
        return {
          status: answer.$metadata.httpStatusCode ?? 200,
          contentType: answer.ContentType ?? '',
          body: answer.Body,
          latencyMs: clock.monotonic() - begun,
          // SageMaker names the variant that answered, which is not the version.
          version: null,
        };
      } catch (error) {
        if (signal.aborted) throw new CancelledError();
        const refused = modelAnswer(error, clock.monotonic() - begun);
        if (refused !== null) return refused;
        if (error instanceof UpstreamError) throw error;
        throw new UpstreamError(
          'SageMaker',
          `The request to ${endpoint} failed: ${codeOf(error)}: ${messageOf(error)}`,
          {
            cause: error,
          },
        );
      }
    },
  };
}

interface ModelError {
  readonly OriginalStatusCode?: number;
  readonly OriginalMessage?: string;
}

/** Any status of the container that is not 2xx comes as a ModelError, and is an answer all the same. */
function modelAnswer(error: unknown, latencyMs: number): InvokeAnswer | null {
  if (codeOf(error) !== 'ModelError') return null;
  const { OriginalStatusCode: status = 500, OriginalMessage: message = '' } = error as ModelError;
  return { status, contentType: 'application/json', body: Buffer.from(message), latencyMs, version: null };
}
