/** One vocabulary for what Google Cloud refuses: every request's errors end as these, each in one wording and with its page. */
import { UpstreamError } from '../../core/errors.ts';
import type { FailurePage } from '../../core/failure-pages.ts';
import { predicatesOf, traitsOf } from '../failure-kinds.ts';
import { googleFailureKind, permissionIn, type GoogleError, type GoogleFailureKind } from './error-kinds.ts';

/** What was asked of Google, for messages. */
export interface GoogleRequest {
  /** In Google's words, such as `storage.objects.insert` or `projects.locations.endpoints.create`. */
  readonly operation: string;
  /** What it is about; never with a query, which may hold the session of an upload. */
  readonly on: string;
  /** The permissions that it needs; Google names the missing one only sometimes. */
  readonly needs?: readonly string[];
  /** A role that has them, and on what. */
  readonly role?: string;
}

/** Everything that Google can answer, or not answer, in our words. */
export class GoogleFailure extends UpstreamError {
  readonly kind: GoogleFailureKind;
  /** 0 if no answer came. */
  readonly status: number;
  /** Google's error code, such as `PERMISSION_DENIED` or `invalid_grant`. */
  readonly code: string;
  /** Such as `SERVICE_DISABLED` or `conditionNotMet`; '' if there is none. */
  readonly reason: string;
  /** Google's own words. */
  readonly said: string;

  constructor(request: GoogleRequest, error: GoogleError, cause?: unknown) {
    const kind = googleFailureKind(error);
    const { text, page } = WORDING[kind](request, error);
    super('Google Cloud', `${text} ${answer(request, error)}`, { cause, page, ...traitsOf(kind) });
    this.kind = kind;
    this.status = error.status;
    this.code = error.code;
    this.reason = error.reason;
    this.said = error.said;
  }
}

interface Wording {
  /** What is wrong, and then what to do. */
  readonly text: string;
  readonly page: FailurePage;
}

const WORDING: Readonly<Record<GoogleFailureKind, (request: GoogleRequest, error: GoogleError) => Wording>> =
  {
    'no-credentials': () => ({ text: NO_CREDENTIALS, page: 'google-credentials' }),
    'wrong-credentials': (request, error) => ({
      text: notAccepted(request, error),
      page: 'google-credentials',
    }),
    'expired-credentials': () => ({
      text: 'The Google Cloud credentials of this job have expired. Let this step request its own: gcp-workload-identity-provider in a job with id-token: write.',
      page: 'google-credentials',
    }),
    denied: (request, error) => ({ text: denied(request, error), page: 'google-refused' }),
    throttled: () => ({
      text: 'Google Cloud is throttling the requests of this project. Run this step again in a few minutes.',
      page: 'google-unavailable',
    }),
    missing: () => ({
      text: 'Google Cloud does not find what was asked for. Check its name, the project and the location.',
      page: 'google-refused',
    }),
    unreachable: () => ({
      text: 'Google Cloud cannot be reached. Check the name, and that this machine can reach it (HTTPS_PROXY, NODE_EXTRA_CA_CERTS).',
      page: 'google-unavailable',
    }),
    unavailable: () => ({
      text: 'Google Cloud failed, or did not answer in time. Run this step again.',
      page: 'google-unavailable',
    }),
    refused: () => ({ text: 'Google Cloud refused the request.', page: 'google-refused' }),
  };

export const NO_CREDENTIALS =
  'There are no Google Cloud credentials. Run google-github-actions/auth in this job before this step, or set gcp-workload-identity-provider in ml-deploy.yml.';

/** What the token of another issuer is exchanged by. */
export const EXCHANGE = 'sts.token';

/** The two most frequent slips have advice of their own. */
function notAccepted({ operation }: GoogleRequest, { said }: GoogleError): string {
  if (said.includes('iam.serviceAccounts.getAccessToken')) {
    return 'This job may not act as the service account. Give its principal the role Workload Identity User on that account; see docs/google.md.';
  }
  if (operation === EXCHANGE) {
    return 'Google Cloud trusts no such token of this job. Check the workload identity provider, its audience and its attribute condition; see docs/google.md.';
  }
  return 'Google Cloud does not accept the credentials of this job. Check the provider, the service account or the key.';
}

const DISABLED: ReadonlySet<string> = new Set(['SERVICE_DISABLED', 'accessNotConfigured']);

function denied({ operation, needs = [operation], role }: GoogleRequest, error: GoogleError): string {
  if (DISABLED.has(error.reason))
    return 'The API is not enabled in this project. Enable it: gcloud services enable.';
  const advice =
    role === undefined ? 'See docs/google.md for its role.' : `Give it the role ${role}; see docs/google.md.`;
  return `The Google Cloud identity of this job is not allowed ${permissionIn(error) ?? needs.join(', ')}. ${advice}`;
}

/** `(storage.objects.insert on gs://models/a: 403 PERMISSION_DENIED: … does not have storage.objects.create access …)` */
function answer({ operation, on }: GoogleRequest, { status, code, reason, said }: GoogleError): string {
  const first = [status === 0 ? '' : String(status), reason || code].filter((part) => part !== '').join(' ');
  const words = [first, said].filter((part) => part !== '').join(': ');
  return `(${operation} on ${on}: ${words})`;
}

/** null if it is not an answer of Google. */
export function failureKind(error: unknown): GoogleFailureKind | null {
  return error instanceof GoogleFailure ? error.kind : null;
}

export const { isDenied, isMissing, isRefused, wasNotDone } = predicatesOf(failureKind);
