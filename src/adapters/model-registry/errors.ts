import { CancelledError, messageOf, UpstreamError, UserError } from '../../core/errors.ts';

interface SdkError extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number };
}

const SYSTEM = 'the SageMaker Model Registry';
const DENIED = ['AccessDeniedException', 'AccessDenied', 'UnauthorizedOperation'];
const CREDENTIALS = [
  'CredentialsProviderError',
  'UnrecognizedClientException',
  'InvalidClientTokenId',
  'ExpiredTokenException',
  'InvalidSignatureException',
];

/** SageMaker says that something is missing with a validation error, and in words only. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && /does not exist|could not find|not found/i.test(error.message);
}

export function isThereAlready(error: unknown): boolean {
  return (
    error instanceof Error && (error.name === 'ConflictException' || /already exists/i.test(error.message))
  );
}

/** An error of the SDK in our words; every other error stays as it is. */
export function explainRegistryError(
  thrown: unknown,
  operation: string,
  resource: string,
  signal: AbortSignal,
  guide = 'docs/iam/package-model.md',
): unknown {
  if (signal.aborted) return new CancelledError();
  if (!(thrown instanceof Error) || thrown instanceof UserError || thrown instanceof UpstreamError)
    return thrown;
  const error: SdkError = thrown;
  const options = { cause: error };
  const words = `${error.name}: ${messageOf(error)}`;
  if (DENIED.includes(error.name) || error.$metadata?.httpStatusCode === 403) {
    const told = /not authorized to perform: (sagemaker:[A-Za-z]+)/.exec(error.message)?.[1];
    return new UserError(
      `SageMaker refused ${operation} for ${resource} (${words}). The identity that runs this step needs ` +
        `${told ?? `sagemaker:${operation}`}. See ${guide}.`,
      options,
    );
  }
  if (CREDENTIALS.includes(error.name)) {
    return new UserError(
      `AWS does not take the credentials of this step (${words}). Run aws-actions/configure-aws-credentials before it.`,
      { ...options, page: 'credentials' },
    );
  }
  if (/region is missing/i.test(error.message)) {
    return new UserError(
      'No AWS region is known. Set aws-region, or AWS_REGION in the environment.',
      options,
    );
  }
  return new UpstreamError(SYSTEM, `${operation} for ${resource} failed (${words}).`, options);
}
