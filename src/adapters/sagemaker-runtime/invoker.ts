/**
 * Calls a SageMaker endpoint.
 * https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html
 */
import { randomUUID } from 'node:crypto';
import { InvokeEndpointCommand, type SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime';
import { CancelledError, messageOf, UpstreamError, UserError } from '../../core/errors.ts';
import type { EndpointInvoker, InvokeAnswer } from '../../core/targets.ts';

export interface SageMakerInvokerOptions {
  readonly client: Pick<SageMakerRuntimeClient, 'send'>;
  /** The endpoint's name; of a candidate with an endpoint of its own, that one's. */
  readonly endpoint: string;
  readonly region: string;
  /** The production variant; null: as the endpoint shares out its traffic. */
  readonly variant: string | null;
  /** The beginning of every InferenceId, which marks the requests in data capture: such as the run's id. */
  readonly mark: string;
}

/** The platform gives a model 60 s; the rest is for the way there and back. */
const TIMEOUT_MS = 75_000;
/** An InferenceId has 64 characters at most, a UUID 36 of them. */
const MARK_LENGTH = 27;

export function sageMakerInvoker(options: SageMakerInvokerOptions): EndpointInvoker {
  const { endpoint, region, variant } = options;
  const suffix = variant === null ? '' : ` (variant ${variant})`;
  return {
    url: `https://runtime.sagemaker.${region}.amazonaws.com/endpoints/${endpoint}/invocations${suffix}`,
    async invoke(body, contentType, signal) {
      const timeout = AbortSignal.timeout(TIMEOUT_MS);
      const started = performance.now();
      try {
        return await send(options, body, contentType, AbortSignal.any([signal, timeout]));
      } catch (error) {
        if (signal.aborted) throw new CancelledError();
        return answerOfError(error, endpoint, timeout.aborted, performance.now() - started);
      }
    },
  };
}

async function send(
  { client, endpoint, variant, mark }: SageMakerInvokerOptions,
  body: Uint8Array | string,
  contentType: string,
  abortSignal: AbortSignal,
): Promise<InvokeAnswer> {
  const command = new InvokeEndpointCommand({
    EndpointName: endpoint,
    Body: typeof body === 'string' ? Buffer.from(body) : body,
    ContentType: contentType,
    Accept: 'application/json',
    InferenceId: inferenceId(mark),
    ...(variant === null ? {} : { TargetVariant: variant }),
  });
  const started = performance.now();
  const { Body, ContentType, $metadata } = await client.send(command, { abortSignal });
  return {
    status: $metadata.httpStatusCode ?? 200,
    contentType: ContentType ?? '',
    body: Body,
    latencyMs: performance.now() - started,
    version: null,
    // Model and overhead latency are in CloudWatch only.
    platformMs: null,
    retries: ($metadata.attempts ?? 1) - 1,
  };
}

/** ASCII, as the API wants it. */
function inferenceId(mark: string): string {
  return `${mark.replace(/[^\x21-\x7e]/g, '-').slice(0, MARK_LENGTH)}-${randomUUID()}`;
}

/** The fields of the SDK's errors that matter here. */
interface ServiceError {
  readonly name?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly attempts?: number };
  /** Of ModelError: what the container answered. */
  readonly OriginalStatusCode?: number;
  readonly OriginalMessage?: string;
}

/** What the container or the service refused is an answer with a status; no answer at all is an error. */
function answerOfError(error: unknown, endpoint: string, timedOut: boolean, latencyMs: number): InvokeAnswer {
  const { name = '', $metadata = {}, OriginalStatusCode, OriginalMessage } = error as ServiceError;
  if (name === 'CredentialsProviderError') {
    throw new UserError(`There are no AWS credentials to call ${endpoint} with: ${messageOf(error)}`, {
      cause: error,
    });
  }
  const status = OriginalStatusCode ?? $metadata.httpStatusCode;
  if (status === undefined || status < 300) {
    const what = timedOut
      ? `did not answer within ${TIMEOUT_MS / 1000} s`
      : `could not be asked: ${messageOf(error)}`;
    throw new UpstreamError('sagemaker', `The endpoint ${endpoint} ${what.replace(/\.$/, '')}.`, {
      cause: error,
    });
  }
  return {
    status,
    contentType: 'text/plain',
    body: Buffer.from(OriginalMessage ?? `${name}: ${messageOf(error)}`),
    latencyMs,
    version: null,
    platformMs: null,
    retries: ($metadata.attempts ?? 1) - 1,
  };
}
