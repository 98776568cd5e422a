/**
 * Container environment as a plan carries it: name to digest of the value. A plain digest of a short or common value can
 * be guessed by whoever reads the plan, so the digests are keyed if the jobs share a secret (`digest-key`) that those
 * who only read plans do not have.
 */
import { createHmac } from 'node:crypto';
import { canonicalJson, sha256 } from '../canonical-json.ts';

const KEYED = 'hmac-sha256:';

/**
 * The key for one endpoint: from it, neither the secret nor the key of another endpoint can be derived.
 * @returns 64 hexadecimal digits; null without a secret
 */
export function environmentKey(secret: string | null, target: string, endpoint: string): string | null {
  return secret === null ? null : hmac(secret, canonicalJson(['environment', target, endpoint]));
}

/** With the name in it, so equal values of two variables do not show as equal. */
export function valueDigest(key: string | null, name: string, value: string): string {
  const text = canonicalJson([name, value]);
  return key === null ? `sha256:${sha256(text)}` : `${KEYED}${hmac(key, text)}`;
}

export function environmentDigests(
  environment: Iterable<readonly [string, string]>,
  key: string | null,
): Record<string, string> {
  return Object.fromEntries([...environment].map(([name, value]) => [name, valueDigest(key, name, value)]));
}

/** Whether anybody who reads the digests can try values out. */
export function canBeGuessed(digests: Readonly<Record<string, string>>): boolean {
  return Object.values(digests).some((digest) => !digest.startsWith(KEYED));
}

function hmac(key: string, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex');
}
