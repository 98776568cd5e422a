/** Which kind of failure an answer of Azure is: by its code if there is one, else by its status. */
import type { FailureKind } from '../failure-kinds.ts';

/** Azure has nothing that other clouds have not. */
export type AzureFailureKind = FailureKind;

/** What an error says of itself, of whichever of Azure's services it comes. */
export interface AzureError {
  /** 0 if no answer came. */
  readonly status: number;
  /** Such as `AuthorizationFailed`, `BlobNotFound` or `AADSTS700213`; '' if there is none. */
  readonly code: string;
  /** Azure's words, in one line. */
  readonly said: string;
}

const CODES: Readonly<Record<string, AzureFailureKind>> = Object.fromEntries(
  (
    [
      // https://learn.microsoft.com/entra/identity-platform/reference-error-codes
      [
        'expired-credentials',
        'ExpiredAuthenticationToken AADSTS700024 AADSTS7000222 AADSTS700082 AADSTS70043',
      ],
      [
        'wrong-credentials',
        'InvalidAuthenticationToken InvalidAuthenticationTokenTenant InvalidAuthenticationInfo AuthenticationFailed ' +
          'NoAuthenticationInformation SubscriptionNotFound AADSTS7000215 AADSTS700016 AADSTS90002 AADSTS900023 ' +
          'AADSTS70021 AADSTS700211 AADSTS700212 AADSTS700213 AADSTS700222 AADSTS700027 AADSTS7000112 ' +
          'AADSTS53003 AADSTS50020 AADSTS500011',
      ],
      [
        'denied',
        'AuthorizationFailed LinkedAuthorizationFailed AuthorizationFailure AuthorizationPermissionMismatch ' +
          'AuthorizationProtocolMismatch InsufficientAccountPermissions RoleAssignmentUpdateNotPermitted',
      ],
      ['throttled', 'TooManyRequests ServerBusy SubscriptionRequestsThrottled AADSTS90055'],
      ['missing', 'ResourceNotFound ResourceGroupNotFound ContainerNotFound BlobNotFound'],
    ] as const
  ).flatMap(([kind, codes]) => codes.split(' ').map((code) => [code, kind])),
);

const STATUSES: Readonly<Record<number, AzureFailureKind>> = {
  0: 'unreachable',
  401: 'wrong-credentials',
  403: 'denied',
  404: 'missing',
  408: 'unavailable',
  429: 'throttled',
};

export function azureFailureKind({ status, code, said }: AzureError): AzureFailureKind {
  // ARM has one code for a token that is none and for one that is over.
  if (status === 401 && /expired/i.test(said)) return 'expired-credentials';
  return CODES[code] ?? STATUSES[status] ?? (status >= 500 ? 'unavailable' : 'refused');
}

/**
 * The operation that ARM says is missing: "… does not have authorization to perform action
 * 'Microsoft.MachineLearningServices/workspaces/read' over scope '/subscriptions/…'".
 */
export function permissionIn(said: string): string | null {
  return /perform (?:the )?action\(?s?\)? '([^']+)'/.exec(said)?.[1] ?? null;
}

const MOST_WORDS = 1000;

/** Reads the body of an answer that is an error: JSON of ARM, of Entra or of a model, XML of a store, or anything else. */
export function errorIn(status: number, headers: Pick<Headers, 'get'>, body: string): AzureError {
  const named = headers.get('x-ms-error-code') ?? '';
  const { code, said } = inJson(body) ?? inXml(body) ?? { code: '', said: /<html/i.test(body) ? '' : body };
  return { status, code: named || code, said: oneLine(said) };
}

function inJson(body: string): Pick<AzureError, 'code' | 'said'> | null {
  const value = parsed(body);
  if (typeof value !== 'object' || value === null) return null;
  const { error, error_description: described, message } = value as Record<string, unknown>;
  if (typeof error === 'string') return ofEntra(error, textOf(described));
  if (typeof error === 'object' && error !== null) {
    const inner = error as Record<string, unknown>;
    return { code: textOf(inner.code), said: [textOf(inner.message), ...detailsOf(inner)].join(' ') };
  }
  return { code: textOf((value as Record<string, unknown>).code), said: textOf(message) || body };
}

/** `AADSTS700213: No matching federated identity record …  Trace ID: … Correlation ID: … Timestamp: …` */
function ofEntra(error: string, described: string): Pick<AzureError, 'code' | 'said'> {
  const code = /^AADSTS\d+/.exec(described)?.[0] ?? error;
  return { code, said: (described.split(/\s*Trace ID:/)[0] ?? '') || error };
}

/** ARM's message is often "see details". */
function detailsOf({ details }: Record<string, unknown>): string[] {
  if (!Array.isArray(details)) return [];
  return details.map((each: unknown) => textOf((each as Record<string, unknown> | null)?.message));
}

function inXml(body: string): Pick<AzureError, 'code' | 'said'> | null {
  const [, code] = /<Code>([^<]*)<\/Code>/.exec(body) ?? [];
  if (code === undefined) return null;
  const said = /<Message>([^<]*)/.exec(body)?.[1] ?? '';
  // The rest are lines with a request's number and time.
  return { code, said: said.split('\n')[0] ?? '' };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body.replace(/^\uFEFF/, ''));
  } catch {
    return null;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > MOST_WORDS ? `${line.slice(0, MOST_WORDS)}…` : line;
}
