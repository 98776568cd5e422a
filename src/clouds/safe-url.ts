import { UserError } from '../core/errors.ts';

const SAFE = /^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/|$))/i;

/** Whether a secret that is sent there is read by nobody on the way. */
export function isSafeUrl(url: string): boolean {
  return SAFE.test(url);
}

/**
 * An address of the cloud's that the environment names instead of its own, without a slash at its end; null if it
 * names none.
 * @throws UserError for a place where the token would travel in the clear
 */
export function safeEndpoint(variable: string, endpoint: string | null): string | null {
  if (endpoint === null || isSafeUrl(endpoint)) return endpoint?.replace(/\/+$/, '') ?? null;
  throw new UserError(
    `${variable}: "${endpoint}" does not begin with https://, and a token is sent there. Leave it out for Azure's own.`,
  );
}
