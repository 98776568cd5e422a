/**
 * Calls an endpoint, signed with the credentials of this run.
 * https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html
 */
import { randomUUID } from 'node:crypto';
import type { InvokeEndpointCommandInput, SageMakerRuntime } from '@aws-sdk/client-sagemaker-runtime';
import { awsFailure } from '../../clouds/aws/errors.ts';
import { CancelledError, messageOf, UpstreamError } from '../../core/errors.ts';
import { NoAnswerError, type EndpointInvoker, type InvokeAnswer } from '../../core/targets.ts';
import type { SageMakerTargetOptions } from './options.ts';

/** The platform gives a model 60 s; the rest is for the way there and back. */
const TIMEOUT_MS = 75_000;
const GUIDE = 'docs/iam/smoke.json';
/** An InferenceId has 64 characters at most, a UUID 36 of them. */
const MARK_LENGTH = 27;

type Options = Pick<SageMakerTargetOptions, 'clients' | 'clock' | 'requests'>;

/** Real-time and serverless endpoints; the latter take less. https://docs.aws.amazon.com/general/latest/gr/sagemaker.html */
const BODY_BYTES = 6_291_456;
const SERVERLESS_BODY_BYTES = 4_194_304;

/**
 * @param endpoint its name; of a candidate with an endpoint of its own, that one's
 * @param isServerless whether some variant of it is
 */
export async function createInvoker(
  endpoint: string,
  url: string,
  { clients, clock, requests }: Options,
  isServerless = false,
): Promise<EndpointInvoker> {
  const runtime = await clients.runtime();
  const variant = requests?.variant ?? null;
  return {
    url: variant === null ? url : `${url} (variant ${variant})`,
    bodyBytes: isServerless ? SERVERLESS_BODY_BYTES : BODY_BYTES,
    async invoke(body, contentType, signal) {
      const timeout = AbortSignal.timeout(TIMEOUT_MS);
      const begun = clock.monotonic();
      const input: InvokeEndpointCommandInput = {
        EndpointName: endpoint,
        Body: typeof body === 'string' ? Buffer.from(body) : body,
        ContentType: contentType,
        Accept: 'application/json',
        ...(requests === undefined ? {} : { InferenceId: inferenceId(requests.mark) }),
        ...(variant === null ? {} : { TargetVariant: variant }),
      };
      try {
        const answer = await send(runtime, input, AbortSignal.any([signal, timeout]));
        return { ...answer, latencyMs: clock.monotonic() - begun };
      } catch (error) {
        if (signal.aborted) throw new CancelledError();
        return answerOfError(error, endpoint, timeout.aborted, clock.monotonic() - begun);
      }
    },
  };
}

async function send(
  runtime: SageMakerRuntime,
  input: InvokeEndpointCommandInput,
  abortSignal: AbortSignal,
): Promise<Omit<InvokeAnswer, 'latencyMs'>> {
  const { Body, ContentType, $metadata } = await runtime.invokeEndpoint(input, { abortSignal });
  return {
    status: $metadata.httpStatusCode ?? 200,
    contentType: ContentType ?? '',
    body: Body,
    // SageMaker names the variant that answered, which is not the version.
    version: null,
    // Model and overhead latency are in CloudWatch only.
    platformMs: null,
    retries: retriesOf($metadata),
  };
}

/** ASCII, as the API wants it. */
function inferenceId(mark: string): string {
  return `${mark.replace(/[^\x21-\x7e]/g, '-').slice(0, MARK_LENGTH)}-${randomUUID()}`;
}

function retriesOf({ attempts = 1 }: { readonly attempts?: number | undefined }): number {
  return attempts - 1;
}

/** The fields of the SDK's errors that matter here. */
interface ServiceError {
  readonly name?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly attempts?: number };
  /** Of ModelError: what the container answered. */
  readonly OriginalStatusCode?: number;
  readonly OriginalMessage?: string;
}

/**
 * What the container or the service refused is an answer with a status; no answer at all is an error.
 * @throws AwsFailure if it is the caller who is refused: no model has said anything then
 */
function answerOfError(error: unknown, endpoint: string, timedOut: boolean, latencyMs: number): InvokeAnswer {
  const { name = '', $metadata = {}, OriginalStatusCode, OriginalMessage } = error as ServiceError;
  const failure = awsFailure(error, { operation: 'sagemaker:InvokeEndpoint', on: endpoint, guide: GUIDE });
  if (failure instanceof UpstreamError && failure.refusesCaller) throw failure;
  const status = OriginalStatusCode ?? $metadata.httpStatusCode;
  const retries = retriesOf($metadata);
  if (status === undefined || status < 300) {
    const what = timedOut
      ? `did not answer within ${TIMEOUT_MS / 1000} s`
      : `could not be asked: ${messageOf(error)}`;
    const message = `The endpoint ${endpoint} ${what.replace(/\.$/, '')}.`;
    throw new NoAnswerError('sagemaker', message, { cause: error, retries });
  }
  return {
    status,
    contentType: 'text/plain',
    body: Buffer.from(OriginalMessage ?? `${name}: ${messageOf(error)}`),
    latencyMs,
    version: null,
    platformMs: null,
    retries,
  };
}
