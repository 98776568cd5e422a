/** One vocabulary for what Azure refuses: every request's errors end as these, each in one wording and with its page. */
import { UpstreamError } from '../../core/errors.ts';
import type { FailurePage } from '../../core/failure-pages.ts';
import { predicatesOf, traitsOf } from '../failure-kinds.ts';
import { azureFailureKind, permissionIn, type AzureError, type AzureFailureKind } from './error-kinds.ts';

/** What was asked of Azure, for messages. */
export interface AzureRequest {
  /** In Azure's words, such as `Put Blob` or `Online Endpoints - Create Or Update`. */
  readonly operation: string;
  /** What it is about; never with a query, which may hold a signature. */
  readonly on: string;
  /** The operations of Azure's roles that it needs; Azure names the missing one only sometimes. */
  readonly needs?: readonly string[];
  /** A role of Azure's own that allows them, and on what. */
  readonly role?: string;
}

/** Everything that Azure can answer, or not answer, in our words. */
export class AzureFailure extends UpstreamError {
  readonly kind: AzureFailureKind;
  /** 0 if no answer came. */
  readonly status: number;
  /** Azure's error code, such as `AuthorizationFailed`. */
  readonly code: string;
  /** Azure's own words. */
  readonly said: string;

  constructor(request: AzureRequest, error: AzureError, cause?: unknown) {
    const kind = azureFailureKind(error);
    const { text, page } = WORDING[kind](request, error);
    super('Azure', `${text} ${answer(request, error)}`, {
      cause,
      page,
      ...traitsOf(kind),
    });
    this.kind = kind;
    this.status = error.status;
    this.code = error.code;
    this.said = error.said;
  }
}

interface Wording {
  /** What is wrong, and then what to do. */
  readonly text: string;
  readonly page: FailurePage;
}

/** No subject of the token equals one of a federated credential: the most frequent slip. */
const NO_MATCH = new Set(['AADSTS70021', 'AADSTS700211', 'AADSTS700212', 'AADSTS700213']);

const WORDING: Readonly<Record<AzureFailureKind, (request: AzureRequest, error: AzureError) => Wording>> = {
  'no-credentials': () => ({ text: NO_CREDENTIALS, page: 'azure-credentials' }),
  'wrong-credentials': (_, { code }) => ({
    text: NO_MATCH.has(code)
      ? 'Azure trusts no such token of this job. Make a federated credential with this issuer, subject and audience; see docs/azure.md.'
      : 'Azure does not accept the credentials of this job. Check AZURE_CLIENT_ID, AZURE_TENANT_ID and what belongs to them.',
    page: 'azure-credentials',
  }),
  'expired-credentials': () => ({
    text: 'The Azure credentials of this job have expired. Let this step request its own: AZURE_CLIENT_ID and AZURE_TENANT_ID in a job with id-token: write.',
    page: 'azure-credentials',
  }),
  denied: ({ operation, needs = [operation], role }, { said }) => ({
    text: `The Azure identity of this job is not allowed ${permissionIn(said) ?? needs.join(', ')}. ${roleAdvice(role)}`,
    page: 'azure-refused',
  }),
  throttled: () => ({
    text: 'Azure is throttling the requests of this subscription. Run this step again in a few minutes.',
    page: 'azure-unavailable',
  }),
  missing: () => ({
    text: 'Azure does not find what was asked for. Check its name, the subscription and the resource group.',
    page: 'azure-refused',
  }),
  unreachable: () => ({
    text: 'Azure cannot be reached. Check the name, and that this machine can reach it (HTTPS_PROXY, NODE_EXTRA_CA_CERTS).',
    page: 'azure-unavailable',
  }),
  unavailable: () => ({
    text: 'Azure failed, or did not answer in time. Run this step again.',
    page: 'azure-unavailable',
  }),
  refused: () => ({ text: 'Azure refused the request.', page: 'azure-refused' }),
};

export const NO_CREDENTIALS =
  'There are no Azure credentials. Set AZURE_CLIENT_ID and AZURE_TENANT_ID in a job with id-token: write, or run azure/login in this job before this step.';

function roleAdvice(role: string | undefined): string {
  return role === undefined
    ? 'See docs/azure.md for its role.'
    : `Give it the role ${role}; see docs/azure.md.`;
}

/** `(Put Blob on https://…: 403 AuthorizationPermissionMismatch: This request is not authorized …)` */
function answer({ operation, on }: AzureRequest, { status, code, said }: AzureError): string {
  const first = [status === 0 ? '' : String(status), code].filter((part) => part !== '').join(' ');
  const words = [first, said].filter((part) => part !== '').join(': ');
  return `(${operation} on ${on}: ${words})`;
}

/** null if it is not an answer of Azure. */
export function failureKind(error: unknown): AzureFailureKind | null {
  return error instanceof AzureFailure ? error.kind : null;
}

/** Azure's error code; '' if it is not an answer of Azure. */
export function codeOf(error: unknown): string {
  return error instanceof AzureFailure ? error.code : '';
}

export const { isDenied, isMissing, isRefused, wasNotDone } = predicatesOf(failureKind);
