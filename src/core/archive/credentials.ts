/**
 * Files of credentials, as clouds, registries and their login actions leave them. Two kinds: those whose name says it,
 * and those that only their content tells, because files of the same name are harmless as often (a certificate and a
 * private key are both .pem).
 */

/** Results, and the line of .dockerignore that keeps it out of a build. */
export interface Credential {
  /** The rest of a sentence that begins with the path. */
  readonly what: string;
  readonly ignore: string;
}

interface NameRule extends Credential {
  readonly path: RegExp;
  /** A file that matches as well, and is known to be harmless. */
  readonly but?: RegExp;
}

/** Sources: the documentation of google-github-actions/auth, azure/login, gcloud, the AWS and Azure CLI, docker, kubectl. */
const NAMES: readonly NameRule[] = [
  named('gha-creds-*.json', 'credentials that google-github-actions/auth writes'),
  named('application_default_credentials.json', 'the credentials of gcloud'),
  named('.config/gcloud/', 'the state of gcloud, with its credentials'),
  named('.azure/', 'the state of the Azure CLI, with its tokens'),
  // GitHub's own starter workflow for ECS keeps its task definition in that folder.
  { ...named('.aws/', 'the settings of the AWS CLI, with its keys'), but: /(^|\/)\.aws\/task-def[^/]*$/ },
  named('.docker/config.json', "docker's logins"),
  named('.dockercfg', "docker's logins"),
  named('.netrc', 'logins of curl and git'),
  named('_netrc', 'logins of curl and git'),
  named('.git-credentials', 'logins of git'),
  named('.pgpass', 'passwords of PostgreSQL'),
  named('.kube/config', 'the access to a Kubernetes cluster'),
  named('kubeconfig', 'the access to a Kubernetes cluster'),
  named('*.kubeconfig', 'the access to a Kubernetes cluster'),
];

/** @param pattern at any depth: a file's, or with a slash at its end a folder's; `*` stands for any part of a name. */
function named(pattern: string, what: string): NameRule {
  const source = pattern.replaceAll('.', '\\.').replaceAll('*', '[^/]*');
  const path = new RegExp(`(^|/)${source}${pattern.endsWith('/') ? '' : '$'}`, 'i');
  return { path, what: `holds ${what}`, ignore: `**/${pattern.replace(/\/$/, '')}` };
}

/** null for a path whose name does not tell. `path` has forward slashes. */
export function credentialNamed(path: string): Credential | null {
  return NAMES.find(({ path: known, but }) => known.test(path) && but?.test(path) !== true) ?? null;
}

/** As many first bytes tell a private key, whatever its file is called. */
export const KEY_HEAD_BYTES = 40;

const KEY_BEGIN = /^(?:\uFEFF)?-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY/;

export function beginsLikeKey(head: Uint8Array): boolean {
  const text = Buffer.from(head.subarray(0, KEY_HEAD_BYTES)).toString('utf8');
  return KEY_BEGIN.test(text) || text.startsWith('PuTTY-User-Key-File-');
}

/** Whether a file has to be read to know. `size` is in bytes. */
export function needsLook(path: string, size: number): boolean {
  return size <= mostToLookAt(path);
}

/** The most bytes that such a file of this name has; -1 if the content tells nothing. */
export function mostToLookAt(path: string): number {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (/\.(pem|key|crt|cer)$/.test(name)) return 1024 * 1024;
  return name.endsWith('.json') || /^\.(npmrc|pypirc|env(\..+)?)$/.test(name) ? 64 * 1024 : -1;
}

/**
 * In every content that `credentialIn` takes for a credential, and in few others: tells which of thousands of files are
 * worth parsing.
 */
export const CREDENTIAL_MARK =
  /PRIVATE KEY|_auth|password|"(?:private_key|refresh_token|credential_source|auths)"|gh[pousr]_|github_pat_|xox[abprs]-|A(?:KIA|SIA)[0-9A-Z]|AWS_SECRET_ACCESS_KEY/i;

/** What the content of a file is that `needsLook`; null if it is no secret. */
export function credentialIn(path: string, content: Uint8Array): Credential | null {
  const text = Buffer.from(content).toString('utf8');
  const what = secretIn(path.toLowerCase(), text);
  return what === null ? null : { what: `holds ${what}`, ignore: literal(path) };
}

/** A private key under any name. */
export function privateKey(path: string): Credential {
  return { what: 'holds a private key', ignore: literal(path) };
}

function secretIn(path: string, text: string): string | null {
  if (/\.(pem|key|crt|cer)$/.test(path)) {
    return /^-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY/m.test(text) ? 'a private key' : null;
  }
  if (path.endsWith('.json')) return secretInJson(text);
  if (path.endsWith('.npmrc')) {
    // ${NPM_TOKEN} is filled in when npm runs.
    return /^[^#;\n]*_(?:authToken|auth|password)\s*=\s*["']?(?!["'$\s])/m.test(text) ? "npm's token" : null;
  }
  if (path.endsWith('.pypirc')) return /^\s*password\s*[:=]\s*\S/m.test(text) ? "PyPI's token" : null;
  return TOKENS.test(text) ? 'an access token' : null;
}

/** Forms that nothing else has. https://docs.github.com/code-security/secret-scanning/introduction/supported-secret-scanning-patterns */
const TOKENS =
  /\b(?:gh[pousr]_\w{30,}|github_pat_\w{30,}|xox[abprs]-[\w-]{20,}|A(?:KIA|SIA)[0-9A-Z]{16})\b|AWS_SECRET_ACCESS_KEY\s*=\s*["']?[\w/+]{40}|-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY/;

/** https://google.aip.dev/auth: the types of Google's credentials; and the file of docker login. */
function secretInJson(text: string): string | null {
  if (!/"(?:private_key|refresh_token|credential_source|auths)"/.test(text)) return null;
  const json = parsed(text);
  const { type, auths } = json;
  if (type === 'service_account' && typeof json.private_key === 'string') {
    return 'the key of a Google service account';
  }
  if (type === 'authorized_user' && typeof json.refresh_token === 'string') return 'a login of Google Cloud';
  if (type === 'external_account' && typeof json.credential_source === 'object') {
    return 'credentials of Google Cloud';
  }
  const logins = typeof auths === 'object' && auths !== null ? Object.values(auths) : [];
  const isLogin = (login: unknown) => typeof login === 'object' && login !== null && 'auth' in login;
  return logins.some(isLogin) ? "docker's logins" : null;
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** A pattern of .dockerignore that means this path and no other. */
function literal(path: string): string {
  return path.replace(/[*?[\]\\]/g, '\\$&');
}
