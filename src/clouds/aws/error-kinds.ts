/** Which kind of failure an error of the AWS SDK is: by AWS's code, by its words only if the code says nothing. */
import { FAILURES } from '../failure-kinds.ts';

/** The vocabulary: whatever AWS or its SDK throws is one of these. */
export const AWS_FAILURES = [...FAILURES, 'clock', 'no-region'] as const;
export type AwsFailureKind = (typeof AWS_FAILURES)[number];

/** The fields of the SDK's errors that matter here. */
interface SdkError extends Error {
  /** Of Node: `ECONNRESET`. */
  readonly code?: string;
  readonly $fault?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_common-errors.html, and S3's own: API/ErrorResponses.html */
const CODES: Readonly<Record<string, AwsFailureKind>> = Object.fromEntries(
  (
    [
      ['expired-credentials', 'ExpiredToken ExpiredTokenException RequestExpired TokenRefreshRequired'],
      [
        'wrong-credentials',
        'InvalidClientTokenId UnrecognizedClientException InvalidAccessKeyId InvalidToken SignatureDoesNotMatch ' +
          'InvalidSignatureException IncompleteSignature IncompleteSignatureException MissingAuthenticationToken ' +
          'MissingAuthenticationTokenException AuthFailure InvalidIdentityToken InvalidIdentityTokenException ' +
          'IDPRejectedClaim IDPRejectedClaimException',
      ],
      ['clock', 'RequestTimeTooSkewed RequestInTheFuture'],
      [
        'denied',
        'AccessDenied AccessDeniedException UnauthorizedOperation UnauthorizedException NotAuthorized ' +
          'NotAuthorizedException AuthorizationError Forbidden',
      ],
      // Not LimitExceededException: that is a quota, or ECR's one scan a day.
      [
        'throttled',
        'Throttling ThrottlingException ThrottledException RequestThrottled RequestThrottledException ' +
          'TooManyRequestsException RequestLimitExceeded SlowDown PriorRequestNotComplete BandwidthLimitExceeded',
      ],
      [
        'unavailable',
        'InternalFailure InternalError InternalServerError InternalServerException InternalServiceException ' +
          'ServiceUnavailable ServiceUnavailableException ServerException RequestTimeout RequestTimeoutException TimeoutError',
      ],
    ] as const
  ).flatMap(([kind, codes]) => codes.split(' ').map((code) => [code, kind])),
);

const PROVIDER = /^(?:CredentialsProviderError|CredentialsError|TokenProviderError)$/;
/** Of the JSON and XML services: ImageNotFoundException, ResourceNotFound, NoSuchKey; S3 says NotFound to HEAD. */
const MISSING = /NotFound(?:Exception)?$|^NoSuch[A-Z]/;
/**
 * SageMaker has no code for what is missing; these are its words, and nothing else is one of them: "Could not find
 * model data at s3://…" and "Requested image … not found." refuse a call for another reason.
 * https://github.com/hashicorp/terraform-provider-aws/issues/40048 (endpoint),
 * https://github.com/aws/amazon-sagemaker-operator-for-k8s (endpoint configuration),
 * https://github.com/getmoto/moto/pull/7246 (model package group)
 */
const MISSING_WORDS =
  /^(?:Could not find (?:endpoint(?: configuration)?|model|resource) ["']arn:|ModelPackage(?:Group)? \S+ does not exist)/;
/** A cut connection may have been of one that was answered a moment before: worth another try. */
const CUT = /ECONNRESET|EPIPE|ETIMEDOUT|socket hang up/;
const UNREACHABLE =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EPROTO|CERT|self[- ]signed|unable to (?:verify|get)|getaddrinfo/i;
/** What the SDK calls an answer without a code, as that to a HEAD request. */
const NO_CODE = /^(?:|\d+|Error|Unknown|UnknownError)$/;

/** AWS's error code, such as `ValidationException`; the SDK's own name for what never reached AWS. */
export function sdkCode(error: unknown): string {
  return error instanceof Error ? error.name : '';
}

/** The IAM action that AWS's refusal names, such as `iam:PassRole`; null if it names none. */
export function permissionIn(text: string): string | null {
  return /not authorized to perform:? ([a-z0-9-]+:[A-Za-z0-9*]+)/i.exec(text)?.[1] ?? null;
}

/** null for what is not a failure of AWS or its SDK, such as a mistake of this program. */
export function sdkFailureKind(thrown: unknown): AwsFailureKind | null {
  if (!(thrown instanceof Error) || thrown.name === 'AbortError') return null;
  const error: SdkError = thrown;
  return ofSdk(error) ?? ofAnswer(error) ?? ofNetwork(error);
}

/** What the SDK finds out before it sends anything. */
function ofSdk({ name, message, code }: SdkError): AwsFailureKind | null {
  if (message.startsWith('Region is missing')) return 'no-region';
  if (PROVIDER.test(name)) return /expired/i.test(message) ? 'expired-credentials' : 'no-credentials';
  // A profile or a web identity names a file that is not there.
  return code === 'ENOENT' ? 'no-credentials' : null;
}

function ofAnswer(error: SdkError): AwsFailureKind | null {
  const { name, message, $metadata, $fault } = error;
  const status = $metadata?.httpStatusCode;
  if (status === undefined && $fault === undefined) return null;
  if (name === 'InvalidSignatureException' && /^Signature (?:expired|not yet current)/.test(message)) {
    return 'clock';
  }
  const known = CODES[name];
  // The role itself could not be taken: no permission of it helps.
  if (known === 'denied' && permissionIn(message)?.startsWith('sts:AssumeRole') === true) {
    return 'wrong-credentials';
  }
  if (known !== undefined) return known;
  if (MISSING.test(name) || (name === 'ValidationException' && MISSING_WORDS.test(message))) return 'missing';
  // A page of a proxy instead of JSON or XML.
  if (name === 'SyntaxError') return 'unreachable';
  return ofStatus(status ?? 0, NO_CODE.test(name));
}

/** A 403 with a code that is not known above says something else than "denied". */
function ofStatus(status: number, hasNoCode: boolean): AwsFailureKind {
  if (status === 429) return 'throttled';
  if (status >= 500) return 'unavailable';
  if (!hasNoCode) return 'refused';
  if (status === 403) return 'denied';
  return status === 404 ? 'missing' : 'refused';
}

function ofNetwork({ name, message, code = '' }: SdkError): AwsFailureKind | null {
  const said = `${code} ${message}`;
  if (name === 'TimeoutError' || CUT.test(said)) return 'unavailable';
  return UNREACHABLE.test(said) ? 'unreachable' : null;
}
