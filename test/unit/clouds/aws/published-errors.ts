/** Texts in which AWS and its SDK fail, with where each was read; several for one kind, since services differ. */
import type { AwsFailureKind } from '../../../../src/clouds/aws/error-kinds.ts';
import type { FailurePage } from '../../../../src/core/failure-pages.ts';

export interface Published {
  readonly kind: AwsFailureKind;
  readonly code: string;
  readonly status: number;
  readonly said: string;
  readonly source: string;
}

const COMMON = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_common-errors.html';
const S3 = 'https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html';
const SDK = '@smithy/core (submodules/retry)';

export const PUBLISHED: readonly Published[] = [
  {
    kind: 'wrong-credentials',
    code: 'UnrecognizedClientException',
    status: 400,
    said: 'The security token included in the request is invalid.',
    source: COMMON,
  },
  {
    kind: 'wrong-credentials',
    code: 'InvalidClientTokenId',
    status: 403,
    said: 'The security token included in the request is invalid',
    source: COMMON,
  },
  {
    kind: 'wrong-credentials',
    code: 'SignatureDoesNotMatch',
    status: 403,
    said: 'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    source: S3,
  },
  {
    kind: 'wrong-credentials',
    code: 'InvalidAccessKeyId',
    status: 403,
    said: 'The AWS Access Key Id you provided does not exist in our records.',
    source: S3,
  },
  {
    kind: 'wrong-credentials',
    code: 'AccessDenied',
    status: 403,
    said: 'Not authorized to perform sts:AssumeRoleWithWebIdentity',
    source: 'https://github.com/aws-actions/configure-aws-credentials/issues/318',
  },
  {
    kind: 'expired-credentials',
    code: 'ExpiredTokenException',
    status: 400,
    said: 'The security token included in the request is expired',
    source: COMMON,
  },
  {
    kind: 'expired-credentials',
    code: 'ExpiredToken',
    status: 403,
    said: 'The security token included in the request is expired',
    source: 'api error of STS GetCallerIdentity with StatusCode 403, in public reports',
  },
  {
    kind: 'expired-credentials',
    code: 'ExpiredToken',
    status: 400,
    said: 'The provided token has expired.',
    source: S3,
  },
  {
    kind: 'clock',
    code: 'RequestTimeTooSkewed',
    status: 403,
    said: 'The difference between the request time and the current time is too large.',
    source: S3,
  },
  {
    kind: 'clock',
    code: 'InvalidSignatureException',
    status: 400,
    said: 'Signature expired: 20261128T100000Z is now earlier than 20261128T101000Z (20261128T101500Z - 5 min.)',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html',
  },
  {
    kind: 'throttled',
    code: 'ThrottlingException',
    status: 400,
    said: 'Rate exceeded',
    source: COMMON,
  },
  { kind: 'throttled', code: 'Throttling', status: 400, said: 'Rate exceeded', source: SDK },
  {
    kind: 'throttled',
    code: 'TooManyRequestsException',
    status: 429,
    said: 'Too Many Requests',
    source: SDK,
  },
  { kind: 'throttled', code: 'SlowDown', status: 503, said: 'Please reduce your request rate.', source: S3 },
  {
    kind: 'unavailable',
    code: 'InternalFailure',
    status: 500,
    said: 'The request processing has failed because of an unknown error, exception or failure.',
    source: COMMON,
  },
  {
    kind: 'unavailable',
    code: 'ServiceUnavailable',
    status: 503,
    said: 'The request has failed due to a temporary failure of the server.',
    source: COMMON,
  },
  {
    kind: 'refused',
    code: 'ValidationException',
    status: 400,
    said: "1 validation error detected: Value 'x' failed to satisfy constraint: Member must have length less than or equal to 63",
    source: COMMON,
  },
  {
    kind: 'refused',
    code: 'OptInRequired',
    status: 403,
    said: 'The AWS access key ID needs a subscription for the service.',
    source: COMMON,
  },
  {
    kind: 'refused',
    code: 'ResourceLimitExceeded',
    status: 400,
    said: "The account-level service limit 'ml.m5.large for endpoint usage' is 0 Instances, with current utilization of 0 Instances and a request delta of 1 Instances.",
    source: 'https://github.com/aws/amazon-sagemaker-examples/issues/307',
  },
];

/** What the vocabulary says, up to AWS's own words; {needs} and {guide} differ by the request. */
export const SAYS: Readonly<Record<AwsFailureKind, readonly [message: string, page: FailurePage]>> = {
  'no-credentials': [
    'There are no AWS credentials. Run aws-actions/configure-aws-credentials in this job before this step.',
    'credentials',
  ],
  'wrong-credentials': [
    'AWS does not accept the credentials of this job. Check the role or the keys that aws-actions/configure-aws-credentials gets.',
    'credentials',
  ],
  'expired-credentials': [
    'The AWS credentials have expired. Request them again in this job, or raise role-duration-seconds.',
    'credentials',
  ],
  clock: [
    'AWS does not accept the time of this machine. Set its clock: it can be off by five minutes at most.',
    'credentials',
  ],
  'no-region': ['No AWS region is known. Set aws-region, or AWS_REGION in the environment.', 'wrong-account'],
  denied: [
    'The AWS credentials of this job do not allow {needs}. Add the permission to the role of this job; see {guide}.',
    'missing-permission',
  ],
  throttled: [
    'AWS is throttling the requests of this account. Run this step again in a few minutes.',
    'throttled',
  ],
  missing: ['AWS does not find what was asked for. Check its name, aws-region and the account.', 'not-found'],
  unreachable: [
    'AWS cannot be reached. Check aws-region, and that this machine can reach AWS (HTTPS_PROXY, AWS_ENDPOINT_URL).',
    'aws-unavailable',
  ],
  unavailable: ['AWS failed, or did not answer in time. Run this step again.', 'aws-unavailable'],
  refused: ['AWS refused the request.', 'aws-refused'],
};
