/** Who we are at a registry: what `docker login` or `podman login` left behind on this machine. */
import { readFile } from 'node:fs/promises';
import { messageOf, UserError } from '../../core/errors.ts';
import type { Exec, Which } from '../../core/ports.ts';
import type { ImageName } from '../../core/image/reference.ts';

export type Credentials =
  | { readonly kind: 'password'; readonly username: string; readonly password: string }
  /** An OAuth2 refresh token, from a registry with single sign-on. */
  | { readonly kind: 'identity-token'; readonly token: string };

export type FindCredentials = (name: ImageName) => Promise<Credentials | null>;

interface AuthEntry {
  readonly auth?: string;
  readonly identitytoken?: string;
  readonly username?: string;
  readonly password?: string;
}

interface AuthFile {
  readonly auths?: Readonly<Record<string, AuthEntry>>;
  readonly credHelpers?: Readonly<Record<string, string>>;
  readonly credsStore?: string;
}

export interface CredentialSources {
  /** Docker's config.json and podman's auth.json, the first one that knows the registry wins. */
  readonly files: readonly string[];
  readonly exec: Exec;
  readonly which: Which;
}

/** Docker Hub goes by this name in configuration files. https://docs.docker.com/reference/cli/docker/login/ */
const DOCKER_HUB = 'https://index.docker.io/v1/';

/** Looks a registry up in each file in turn; null if nobody is logged in there. */
export function credentialFinder(sources: CredentialSources): FindCredentials {
  return async (name) => {
    for (const path of sources.files) {
      const file = await readAuthFile(path);
      const found = file && ((await fromHelper(file, name, sources)) ?? fromEntries(file, name, path));
      if (found) return found;
    }
    return null;
  };
}

async function readAuthFile(path: string): Promise<AuthFile | null> {
  let source: string;
  try {
    source = await readFile(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw new UserError(`The registry logins in ${path} cannot be read (${messageOf(error)}).`, {
      cause: error,
    });
  }
  try {
    return JSON.parse(source) as AuthFile;
  } catch {
    // The parser's message quotes the text, which may be a password; so our error does not have it as its cause.
    throw new UserError(`${path} is not valid JSON. Log in again (docker login), or remove the file.`);
  }
}

/** https://github.com/docker/docker-credential-helpers#usage */
async function fromHelper(
  file: AuthFile,
  name: ImageName,
  { exec, which }: CredentialSources,
): Promise<Credentials | null> {
  const server = serverName(name);
  const suffix = file.credHelpers?.[server] ?? file.credHelpers?.[name.registry] ?? file.credsStore;
  if (!suffix) return null;
  const program = await which(`docker-credential-${suffix}`);
  if (program === null) {
    throw new UserError(
      `The login for ${name.registry} is kept by docker-credential-${suffix}, which is not on the PATH. Install it, or remove it from the Docker configuration and log in again.`,
    );
  }
  const result = await exec(program, ['get'], { input: server, outputIsSecret: true });
  if (result.exitCode !== 0) return notFound(result.stdout, suffix, name);
  const answer = parseHelperAnswer(result.stdout, suffix);
  return answer.username === '<token>'
    ? { kind: 'identity-token', token: answer.secret }
    : { kind: 'password', username: answer.username, password: answer.secret };
}

/** A helper says on standard output that it knows nothing of a server; anything else is trouble. */
function notFound(stdout: string, suffix: string, name: ImageName): null {
  if (/credentials not found/i.test(stdout)) return null;
  throw new UserError(
    `docker-credential-${suffix} could not return the login for ${name.registry}: ${stdout.trim() || 'it printed nothing'}. Log in again.`,
  );
}

function parseHelperAnswer(stdout: string, suffix: string): { username: string; secret: string } {
  let answer: { Username?: unknown; Secret?: unknown } = {};
  try {
    answer = JSON.parse(stdout) as typeof answer;
  } catch {
    // Fails below, without quoting what may be a password.
  }
  if (typeof answer.Username !== 'string' || typeof answer.Secret !== 'string') {
    throw new UserError(
      `docker-credential-${suffix} did not return JSON with Username and Secret. Log in again.`,
    );
  }
  return { username: answer.Username, secret: answer.Secret };
}

function fromEntries(file: AuthFile, name: ImageName, path: string): Credentials | null {
  const entries = Object.entries(file.auths ?? {});
  for (const wanted of lookUpNames(name)) {
    const entry = entries.find(([key]) => plainName(key) === wanted)?.[1];
    const found = entry && ofEntry(entry, name, path);
    if (found) return found;
  }
  return null;
}

function ofEntry(entry: AuthEntry, name: ImageName, path: string): Credentials | null {
  if (entry.identitytoken) return { kind: 'identity-token', token: entry.identitytoken };
  if (entry.username && entry.password) {
    return { kind: 'password', username: entry.username, password: entry.password };
  }
  if (!entry.auth) return null;
  const decoded = Buffer.from(entry.auth, 'base64').toString('utf8').replace(/\0+$/, '');
  const colon = decoded.indexOf(':');
  if (colon < 1) {
    throw new UserError(
      `The login for ${name.registry} in ${path} is damaged. Log in again: docker login ${name.registry}.`,
    );
  }
  return { kind: 'password', username: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
}

function serverName(name: ImageName): string {
  return name.registry === 'docker.io' ? DOCKER_HUB : name.registry;
}

/** podman keeps logins for parts of a registry too: the longest path that fits comes first. */
function lookUpNames(name: ImageName): string[] {
  const parts = name.repository.split('/');
  const paths = parts.map((_, index) => parts.slice(0, parts.length - index).join('/'));
  const host = name.registry === 'docker.io' ? ['docker.io', 'index.docker.io'] : [name.registry];
  return [...paths.map((path) => `${name.registry}/${path}`), ...host];
}

/** Docker wrote keys as URLs once, and still does for Docker Hub. */
function plainName(key: string): string {
  return key.replace(/^https?:\/\//, '').replace(/\/(v[12]\/?)?$/, '');
}
