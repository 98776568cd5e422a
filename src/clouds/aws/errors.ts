/** What AWS says when it refuses, and what that means. */
import { messageOf, UpstreamError } from '../../core/errors.ts';

/** The credentials of this run may not make a call. */
export class DeniedError extends UpstreamError {
  /** The IAM action that is missing, such as `sagemaker:CreateModel`. */
  readonly permission: string;

  constructor(permission: string, said: string, cause: unknown) {
    super('AWS', `The credentials of this run may not ${permission}. AWS said: ${said}`, {
      cause,
      page: 'missing-permission',
    });
    this.permission = permission;
  }
}

/** S3 and IAM say AccessDenied, the JSON services AccessDeniedException; some proxies a bare 403. */
const DENIED = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'UnauthorizedOperation',
  'NotAuthorized',
  'Forbidden',
]);

/** AWS's error code; '' where it is no answer of AWS. */
export function codeOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}

function statusOf(error: unknown): number | null {
  const { $metadata } = (error ?? {}) as { $metadata?: { httpStatusCode?: number } };
  return $metadata?.httpStatusCode ?? null;
}

export function isDenied(error: unknown): boolean {
  return error instanceof DeniedError || DENIED.has(codeOf(error)) || statusOf(error) === 403;
}

/** A refusal for want of a permission names it; anything else stays what it is. */
export function awsFailure(error: unknown, permission: string): unknown {
  if (error instanceof UpstreamError || !isDenied(error)) return error;
  // The caller needs sagemaker:CreateModel and iam:PassRole for one call, and AWS says which one is missing.
  const named = /not authorized to perform: ([a-z0-9-]+:[A-Za-z]+)/.exec(messageOf(error))?.[1];
  return new DeniedError(named ?? permission, messageOf(error), error);
}

/** SageMaker has no not-found error: a missing thing is a ValidationException that says so. */
export function isMissing(error: unknown): boolean {
  const code = codeOf(error);
  if (/NotFound|NoSuch/.test(code)) return true;
  return code === 'ValidationException' && /could not find|does not exist|not found/i.test(messageOf(error));
}

export function isValidation(error: unknown): boolean {
  return codeOf(error) === 'ValidationException';
}

/** For whoever has to say it: an SDK error as an UpstreamError with AWS's own words. */
export function upstream(doing: string, error: unknown): Error {
  if (error instanceof Error && !isAwsError(error)) return error;
  return new UpstreamError('AWS', `AWS did not ${doing}: ${codeOf(error)}: ${messageOf(error)}`, {
    cause: error,
  });
}

function isAwsError(error: Error): boolean {
  return '$metadata' in error || '$fault' in error;
}
