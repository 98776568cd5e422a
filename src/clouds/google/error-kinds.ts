/** Which kind of failure an answer of Google Cloud is: by its reason if there is one, else by its code and status. */
import type { FailureKind } from '../failure-kinds.ts';

/** Google has nothing that other clouds have not. */
export type GoogleFailureKind = FailureKind;

/** What an error says of itself, of whichever of Google's services it comes. */
export interface GoogleError {
  /** 0 if no answer came. */
  readonly status: number;
  /** `PERMISSION_DENIED` of most services, `invalid_grant` of the token services; '' if there is none. */
  readonly code: string;
  /** `SERVICE_DISABLED`, or `conditionNotMet` of Cloud Storage; '' if there is none. */
  readonly reason: string;
  /** The permission that is missing, if Google names it in a field of its own. */
  readonly permission: string | null;
  /** Google's words, in one line. */
  readonly said: string;
}

/** That no answer came, in the words of whoever asked. */
export function noAnswer(said: string): GoogleError {
  return { status: 0, code: '', reason: '', permission: null, said };
}

const REASONS: Readonly<Record<string, GoogleFailureKind>> = kinds([
  // https://cloud.google.com/apis/design/errors#error_info, https://github.com/googleapis/googleapis/blob/master/google/api/error_reason.proto
  ['expired-credentials', 'ACCESS_TOKEN_EXPIRED'],
  [
    'wrong-credentials',
    'CREDENTIALS_MISSING ACCOUNT_STATE_INVALID ACCESS_TOKEN_TYPE_UNSUPPORTED ACCESS_TOKEN_SCOPE_INSUFFICIENT authError required',
  ],
  ['denied', 'SERVICE_DISABLED IAM_PERMISSION_DENIED accessNotConfigured insufficientPermissions'],
  // https://cloud.google.com/storage/docs/json_api/v1/status-codes
  ['throttled', 'RATE_LIMIT_EXCEEDED rateLimitExceeded userRateLimitExceeded'],
]);

const CODES: Readonly<Record<string, GoogleFailureKind>> = kinds([
  // https://datatracker.ietf.org/doc/html/rfc6749#section-5.2, and what Google's token services add to it
  [
    'wrong-credentials',
    'invalid_grant invalid_client invalid_target unauthorized_client access_denied invalid_rapt UNAUTHENTICATED',
  ],
  ['denied', 'PERMISSION_DENIED'],
  ['missing', 'NOT_FOUND'],
  ['throttled', 'RESOURCE_EXHAUSTED'],
]);

const STATUSES: Readonly<Record<number, GoogleFailureKind>> = {
  0: 'unreachable',
  401: 'wrong-credentials',
  403: 'denied',
  404: 'missing',
  408: 'unavailable',
  429: 'throttled',
};

function kinds(lines: readonly (readonly [GoogleFailureKind, string])[]): Record<string, GoogleFailureKind> {
  return Object.fromEntries(lines.flatMap(([kind, words]) => words.split(' ').map((word) => [word, kind])));
}

/** Who may not become the service account has not signed in; so has nobody whose service account is not there. */
const NOT_SIGNED_IN = /iam\.serviceAccounts\.getAccessToken|Gaia id not found/;
/** Waiting does not help: "The following quota metrics exceed quota limits: …". */
const QUOTA = /quota metrics? exceed/i;

export function googleFailureKind(error: GoogleError): GoogleFailureKind {
  const { status, code, reason, said } = error;
  if (QUOTA.test(said)) return 'refused';
  if (NOT_SIGNED_IN.test(said)) return 'wrong-credentials';
  const kind = REASONS[reason] ?? CODES[code] ?? STATUSES[status];
  // The token services have one code for a token that is none and for one that is over.
  if (kind === 'wrong-credentials' && /expired|stale/i.test(said)) return 'expired-credentials';
  return kind ?? (status >= 500 ? 'unavailable' : 'refused');
}

/**
 * The permission that Google says is missing: "Permission 'storage.objects.create' denied on resource (or it may not
 * exist)", "… does not have storage.objects.get access to the Google Cloud Storage object."
 */
export function permissionIn({ permission, said }: GoogleError): string | null {
  return (
    permission ??
    /[Pp]ermission '([\w.]+)' denied|does not have ([\w.]+) access/.exec(said)?.slice(1).find(Boolean) ??
    null
  );
}

const MOST_WORDS = 1000;

/** Reads the body of an answer that is an error: JSON of an API or of a token service, or anything else. */
export function errorIn(status: number, body: string): GoogleError {
  const value = parsed(body);
  const { error, error_description: described } = value;
  if (typeof error === 'string') {
    const said = oneLine(textOf(described) || error);
    return { status, code: error, reason: '', permission: null, said };
  }
  if (!isObject(error)) {
    const said = /<html/i.test(body) ? '' : oneLine(body);
    return { status, code: '', reason: '', permission: null, said };
  }
  const [info] = listOf(error.details).filter(({ reason }) => typeof reason === 'string');
  const [first] = listOf(error.errors);
  return {
    status,
    code: textOf(error.status),
    reason: textOf(info?.reason) || textOf(first?.reason),
    permission: isObject(info?.metadata) ? textOf(info.metadata.permission) || null : null,
    said: oneLine(textOf(error.message)),
  };
}

type Fields = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function listOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function parsed(body: string): Fields {
  try {
    const value: unknown = JSON.parse(body);
    // The proxies of some services wrap an error in a list.
    const [first] = listOf(value);
    return first ?? (isObject(value) ? value : {});
  } catch {
    return {};
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > MOST_WORDS ? `${line.slice(0, MOST_WORDS)}…` : line;
}
