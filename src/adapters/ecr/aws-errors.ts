/** What errors of the AWS SDK mean for whoever runs the action. */
import { CancelledError, messageOf, UpstreamError, UserError } from '../../core/errors.ts';

const NO_CREDENTIALS = /^(CredentialsProviderError|CredentialsError|TokenProviderError)$/;
const BAD_CREDENTIALS =
  /^(ExpiredToken|ExpiredTokenException|UnrecognizedClientException|InvalidClientTokenId|InvalidSignatureException|SignatureDoesNotMatch|InvalidAccessKeyId)$/;
const DENIED = /^(AccessDenied|AccessDeniedException|UnauthorizedOperation|NotAuthorized)$/;

/** The policy that push-image needs. */
const PUSH_POLICY = 'docs/iam/push-image-ecr.json';

/**
 * The error to throw: what the user has to fix, or what AWS said. `doing` is such as "create the repository x", `policy`
 * the file of docs/iam that allows it.
 */
export function awsError(error: unknown, doing: string, signal: AbortSignal, policy = PUSH_POLICY): Error {
  if (signal.aborted) return new CancelledError();
  const name = nameOf(error);
  const said = sentence(messageOf(error));
  if (NO_CREDENTIALS.test(name)) {
    return new UserError(
      `There are no AWS credentials to ${doing} (${said}) Run aws-actions/configure-aws-credentials before this step.`,
      { cause: error, page: 'credentials' },
    );
  }
  if (BAD_CREDENTIALS.test(name)) {
    return new UserError(
      `AWS does not accept the credentials to ${doing}: ${said} Run aws-actions/configure-aws-credentials (again) before this step.`,
      { cause: error, page: 'credentials' },
    );
  }
  if (DENIED.test(name)) {
    return new UserError(`AWS does not allow to ${doing}: ${said}${permissionHint(said, policy)}`, {
      cause: error,
    });
  }
  const system = /^(getaddrinfo|connect)|ENOTFOUND|ECONN|ETIMEDOUT/.test(messageOf(error))
    ? ' Check the region, and that this machine may reach AWS.'
    : '';
  return new UpstreamError('AWS', `AWS could not ${doing} (${name}): ${said}${system}`, { cause: error });
}

/** The permission that AWS names in a refusal; null where it names none. */
export function missingPermission(text: string): string | null {
  return /not authorized to perform: ([a-z0-9-]+:[A-Za-z0-9*]+)/.exec(text)?.[1] ?? null;
}

/** What to do about a refusal that names a permission; '' for any other. */
export function permissionHint(text: string, policy = PUSH_POLICY): string {
  const permission = missingPermission(text);
  return permission === null ? '' : ` Add the permission ${permission} to the role of this job (${policy}).`;
}

export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
