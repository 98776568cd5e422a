/** Takes credentials out of whatever a client library throws, its causes and stacks included. */

import { messageOf } from '../../core/errors.ts';

export type Redact = (text: string) => string;

/** Hides each secret, and for URLs also their path, which is the secret part. */
export function redactor(secrets: readonly string[]): Redact {
  const hidden = secrets.flatMap(forms).filter((form) => form.length > 3);
  const longestFirst = [...new Set(hidden)].sort((a, b) => b.length - a.length);
  return (text) => longestFirst.reduce((safe, secret) => safe.replaceAll(secret, '***'), text);
}

function forms(secret: string): string[] {
  const parsed = URL.canParse(secret) ? new URL(secret) : null;
  const path = parsed === null ? [] : [parsed.href, parsed.pathname];
  return [secret, encodeURIComponent(secret), ...path];
}

/** What really happened: fetch hides "ECONNREFUSED" and the like in its cause's cause. */
export function innermost(error: unknown): string {
  let inner = error;
  while (inner instanceof Error && inner.cause instanceof Error) inner = inner.cause;
  const { code } = inner as { code?: unknown };
  return messageOf(inner) || (typeof code === 'string' ? code : messageOf(error));
}

/** A plain copy of an error without the secrets; nothing but name, message, stack and causes is taken over. */
export function redactedCause(error: unknown, redact: Redact, depth = 5): Error | undefined {
  if (error === undefined || error === null || depth === 0) return undefined;
  if (!(error instanceof Error)) return new Error(redact(messageOf(error)));
  const copy = new Error(redact(error.message), { cause: redactedCause(error.cause, redact, depth - 1) });
  copy.name = error.name;
  copy.stack = redact(error.stack ?? '');
  return copy;
}
