/** What a failed connection means, in words that continue a sentence about the URL. */

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refuses connections; nothing listens there',
  ECONNRESET: 'closed the connection before it had answered',
  UND_ERR_SOCKET: 'closed the connection before it had answered',
  EPIPE: 'closed the connection before it had taken the request',
  ENOTFOUND: 'has a host name that is not known to DNS',
  EAI_AGAIN: 'has a host name that could not be looked up (DNS does not answer)',
  ETIMEDOUT: 'does not accept connections in time',
  UND_ERR_CONNECT_TIMEOUT: 'does not accept connections in time',
  UND_ERR_HEADERS_TIMEOUT: 'accepted the request, but sent no answer in time',
  UND_ERR_BODY_TIMEOUT: 'stopped in the middle of its answer',
  EHOSTUNREACH: 'is on a host that cannot be reached',
  ENETUNREACH: 'is in a network that cannot be reached',
  HPE_INVALID_CONSTANT: 'does not speak HTTP',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'has a self-signed certificate (set NODE_EXTRA_CA_CERTS)',
  SELF_SIGNED_CERT_IN_CHAIN: 'has a certificate of an unknown authority (set NODE_EXTRA_CA_CERTS)',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'has a certificate of an unknown authority (set NODE_EXTRA_CA_CERTS)',
  CERT_HAS_EXPIRED: 'has an expired certificate',
  ERR_TLS_CERT_ALTNAME_INVALID: 'has a certificate for another host',
};

/** fetch wraps what happened in a TypeError "fetch failed"; the cause has the code. */
export function inWords(error: unknown): string {
  const chain = [...causes(error)];
  const known = chain.map(codeOf).find((code) => code !== null && code in WORDS);
  if (known) return WORDS[known] ?? '';
  const last = chain.at(-1);
  const code = chain.map(codeOf).find((found) => found !== null);
  const message = last instanceof Error ? last.message : String(last);
  return `could not be asked: ${message.replace(/\.$/, '')}${code ? ` (${code})` : ''}`;
}

function* causes(error: unknown): Generator {
  for (let current = error; current !== undefined;) {
    yield current;
    current = current instanceof Error ? current.cause : undefined;
  }
}

function codeOf(error: unknown): string | null {
  const code = (error as { readonly code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : null;
}
