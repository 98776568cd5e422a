/** One vocabulary for what AWS refuses: every client's errors end as these, each in one wording and with its page. */
import { CancelledError, messageOf, UpstreamError } from '../../core/errors.ts';
import type { FailurePage } from '../../core/failure-pages.ts';
import { AWS_REGION, AWS_REGIONS, regionsNear } from '../../core/spec/aws-regions.ts';
import { predicatesOf, traitsOf } from '../failure-kinds.ts';
import { permissionIn, sdkCode, sdkFailureKind, type AwsFailureKind } from './error-kinds.ts';

/** What was asked of AWS, for messages. */
export interface AwsRequest {
  /** `<service>:<Operation>`, such as `sagemaker:CreateModel`. */
  readonly operation: string;
  /** What it is about, such as `s3://bucket/key`; absent if the operation says it all. */
  readonly on?: string;
  /**
   * The IAM actions that it needs, with what they are on: AWS names the missing one only sometimes. The operation
   * itself if absent.
   */
  readonly needs?: readonly string[];
  /** The file of docs/iam that allows it. */
  readonly guide?: string;
}

/** Everything that AWS or its SDK can throw, in our words. The SDK's own error is in `cause`. */
export class AwsFailure extends UpstreamError {
  readonly kind: AwsFailureKind;
  /** AWS's error code, such as `ValidationException`. */
  readonly code: string;
  /** AWS's own words. */
  readonly said: string;
  /** What is wrong, in one sentence. */
  readonly problem: string;

  constructor(kind: AwsFailureKind, request: AwsRequest, cause: unknown) {
    const { text, page } = WORDING[kind](request, messageOf(cause));
    super('AWS', `${text} ${answer(request, cause)}`, {
      cause,
      page,
      ...traitsOf(kind),
    });
    this.kind = kind;
    this.code = sdkCode(cause);
    this.said = messageOf(cause);
    this.problem = /^.+?\.(?= |$)/.exec(text)?.[0] ?? text;
  }
}

interface Wording {
  /** What is wrong, and then what to do. */
  readonly text: string;
  readonly page: FailurePage;
}

const ALL_OF_IAM = 'docs/iam';

const WORDING: Readonly<Record<AwsFailureKind, (request: AwsRequest, said: string) => Wording>> = {
  'no-credentials': () => ({
    text: 'There are no AWS credentials. Run aws-actions/configure-aws-credentials in this job before this step.',
    page: 'credentials',
  }),
  'wrong-credentials': () => ({
    text: 'AWS does not accept the credentials of this job. Check the role or the keys that aws-actions/configure-aws-credentials gets.',
    page: 'credentials',
  }),
  'expired-credentials': () => ({
    text: 'The AWS credentials have expired. Request them again in this job, or raise role-duration-seconds.',
    page: 'credentials',
  }),
  clock: () => ({
    text: 'AWS does not accept the time of this machine. Set its clock: it can be off by five minutes at most.',
    page: 'credentials',
  }),
  'no-region': () => ({
    text: 'No AWS region is known. Set aws-region, or AWS_REGION in the environment.',
    page: 'wrong-account',
  }),
  denied: ({ operation, needs = [operation], guide = ALL_OF_IAM }, said) => ({
    text: `The AWS credentials of this job do not allow ${missing(needs, said)}. Add the permission to the role of this job; see ${guide}.`,
    page: 'missing-permission',
  }),
  throttled: () => ({
    text: 'AWS is throttling the requests of this account. Run this step again in a few minutes.',
    page: 'throttled',
  }),
  missing: () => ({
    text: 'AWS does not find what was asked for. Check its name, aws-region and the account.',
    page: 'not-found',
  }),
  unreachable: (_request, said) => ({
    text: `AWS cannot be reached. Check aws-region, and that this machine can reach AWS (HTTPS_PROXY, AWS_ENDPOINT_URL).${unknownRegion(said)}`,
    page: 'aws-unavailable',
  }),
  unavailable: () => ({
    text: 'AWS failed, or did not answer in time. Run this step again.',
    page: 'aws-unavailable',
  }),
  refused: () => ({ text: 'AWS refused the request.', page: 'aws-refused' }),
};

/** A host that the network does not know may be one of a region that there is not. */
function unknownRegion(said: string): string {
  const [, host = ''] = /\bENOTFOUND (\S+)/.exec(said) ?? [];
  const region = host.split('.').find((part) => AWS_REGION.test(part));
  if (region === undefined || AWS_REGIONS.includes(region)) return '';
  return ` AWS may have no region ${region}.${regionsNear(region)}`;
}

/** The caller needs sagemaker:CreateModel and iam:PassRole for one call, and AWS mostly says which one is missing. */
function missing(needs: readonly string[], said: string): string {
  const named = permissionIn(said);
  if (named === null) return needs.join(', ');
  return needs.find((need) => need.split(' ')[0] === named) ?? named;
}

/** `(sagemaker:CreateModel: ValidationException: …)` */
function answer({ operation, on }: AwsRequest, cause: unknown): string {
  const where = on === undefined ? operation : `${operation} on ${on}`;
  return `(${where}: ${wordsOf(cause)})`;
}

/** Code and words; answers to HEAD have no words of their own. */
function wordsOf(cause: unknown): string {
  const [code, said] = [sdkCode(cause), messageOf(cause).split('\n')[0] ?? ''];
  const { $metadata } = (cause ?? {}) as { readonly $metadata?: { readonly httpStatusCode?: number } };
  const isAnswer = $metadata?.httpStatusCode !== undefined;
  if (said === '' || said === 'UnknownError') {
    return isAnswer ? `status ${$metadata.httpStatusCode ?? ''}` : code;
  }
  return code === said || code === 'Error' || code === '' ? said : `${code}: ${said}`;
}

/** The error to throw: in our words if AWS or its SDK threw it; every other error stays as it is. */
export function awsFailure(error: unknown, request: AwsRequest, signal?: AbortSignal): unknown {
  if (signal?.aborted === true) return new CancelledError();
  if (error instanceof AwsFailure) return error;
  const kind = sdkFailureKind(error);
  return kind === null ? error : new AwsFailure(kind, request, error);
}

/** Makes a call; what AWS or its SDK throws ends as an AwsFailure. */
export async function inAwsWords<T>(
  request: AwsRequest,
  make: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  try {
    return await make();
  } catch (error) {
    throw awsFailure(error, request, signal);
  }
}

export function failureKind(error: unknown): AwsFailureKind | null {
  return error instanceof AwsFailure ? error.kind : sdkFailureKind(error);
}

/** AWS's error code; '' if it is not an answer of AWS. */
export function codeOf(error: unknown): string {
  return error instanceof AwsFailure ? error.code : sdkCode(error);
}

/** AWS's own words. */
export function saidBy(error: unknown): string {
  return error instanceof AwsFailure ? error.said : messageOf(error);
}

export const { isDenied, isMissing, isRefused, wasNotDone } = predicatesOf(failureKind);
