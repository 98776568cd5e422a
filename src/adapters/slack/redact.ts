/** Takes credentials out of whatever a client library throws, its causes and stacks included. */

import { messageOf } from '../../core/errors.ts';
import { Redactor } from '../../core/redaction/redactor.ts';

export type Redact = (text: string) => string;

/** For the secrets that this client sends. */
export function redactor(secrets: readonly string[]): Redact {
  const known = new Redactor();
  for (const secret of secrets) known.addSecret(secret);
  return (text) => known.text(text);
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
