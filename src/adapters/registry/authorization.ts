/**
 * The authorization of requests: none at first, then what the registry asks for.
 * https://distribution.github.io/distribution/spec/auth/token/
 */
import { parseEcrHost } from '../../clouds/aws/ecr-registry.ts';
import { UpstreamError, UserError } from '../../core/errors.ts';
import type { ImageName } from '../../core/image/reference.ts';
import { parseChallenges, type Challenge } from './challenge.ts';
import type { Credentials, FindCredentials } from './credentials.ts';
import { request, type HttpAnswer, type HttpOptions } from './http.ts';
import { DOCKER_HUB, isLoopback } from './address.ts';

export type Access = 'pull' | 'pull,push';

/** Keeps one header for each repository and kind of access, for the length of a run. */
export class Authorization {
  readonly #find: FindCredentials;
  readonly #http: HttpOptions;
  readonly #onSecret: (value: string) => void;
  readonly #headers = new Map<string, string>();

  /** @param onSecret called with each password and token before it is sent */
  constructor(find: FindCredentials, http: HttpOptions, onSecret: (value: string) => void) {
    this.#find = find;
    this.#http = http;
    this.#onSecret = onSecret;
  }

  /** What is known so far; null before the first challenge. */
  header(name: ImageName, access: Access): string | null {
    return this.#headers.get(keyOf(name, access)) ?? null;
  }

  /** Answers the challenge of a 401. @throws UserError if there is no login, or it is refused. */
  async answer(unauthorized: HttpAnswer, name: ImageName, access: Access): Promise<string> {
    const challenges = parseChallenges(unauthorized.headers.get('www-authenticate') ?? '');
    const credentials = await this.#find(name);
    if (credentials !== null) this.#onSecret(secretOf(credentials));
    const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
    const header = bearer
      ? `Bearer ${await this.#token(bearer, name, access, credentials)}`
      : basicHeader(challenges, credentials, name);
    this.#onSecret(header);
    this.#headers.set(keyOf(name, access), header);
    return header;
  }

  async #token(
    { params }: Challenge,
    name: ImageName,
    access: Access,
    credentials: Credentials | null,
  ): Promise<string> {
    const realm = realmOf(params.realm ?? '', name);
    const scope = `repository:${name.repository}:${access}`;
    const service = params.service ?? '';
    const answer =
      credentials?.kind === 'identity-token'
        ? await this.#refresh(realm, service, scope, credentials.token)
        : await this.#getToken(realm, service, scope, credentials);
    if (answer.status === 401 || answer.status === 403) throw refused(name, credentials);
    const token = answer.status === 200 ? tokenOf(answer.bytes) : null;
    if (token !== null) return token;
    throw new UpstreamError(
      name.registry,
      `The token service ${realm.host} of ${name.registry} answered with status ${answer.status} and no token.`,
    );
  }

  async #getToken(
    realm: URL,
    service: string,
    scope: string,
    credentials: Credentials | null,
  ): Promise<HttpAnswer> {
    const url = new URL(realm);
    if (service !== '') url.searchParams.set('service', service);
    url.searchParams.set('scope', scope);
    if (credentials?.kind !== 'password') return request({ url: url.href }, this.#http);
    return request({ url: url.href, headers: { authorization: basic(credentials) } }, this.#http);
  }

  /** https://distribution.github.io/distribution/spec/auth/oauth/ */
  async #refresh(realm: URL, service: string, scope: string, token: string): Promise<HttpAnswer> {
    const form = {
      grant_type: 'refresh_token',
      refresh_token: token,
      service,
      scope,
      client_id: 'ml-deploy',
    };
    return request(
      {
        url: realm.href,
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(form).toString(),
      },
      this.#http,
    );
  }
}

function keyOf(name: ImageName, access: Access): string {
  return `${name.registry}/${name.repository} ${access}`;
}

function secretOf(credentials: Credentials): string {
  return credentials.kind === 'password' ? credentials.password : credentials.token;
}

function basic({ username, password }: { username: string; password: string }): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

function basicHeader(
  challenges: readonly Challenge[],
  credentials: Credentials | null,
  name: ImageName,
): string {
  if (!challenges.some(({ scheme }) => scheme === 'basic')) {
    const asked = challenges.map(({ scheme }) => scheme).join(', ') || 'nothing';
    throw new UpstreamError(
      name.registry,
      `${name.registry} requires a login with ${asked}, but only Basic and Bearer are supported. Check that it is a registry.`,
    );
  }
  if (credentials?.kind !== 'password') throw refused(name, credentials);
  return basic(credentials);
}

/** The registry says where the password is sent to; never in clear text over a network. */
function realmOf(text: string, name: ImageName): URL {
  const realm = URL.canParse(text) ? new URL(text) : null;
  if (realm !== null && (realm.protocol === 'https:' || isLoopback(realm.host))) return realm;
  throw new UpstreamError(
    name.registry,
    `${name.registry} sends logins to "${text}", which is not an https address; nothing was sent there.`,
  );
}

function tokenOf(bytes: Uint8Array): string | null {
  try {
    const answer = JSON.parse(Buffer.from(bytes).toString('utf8')) as Record<string, unknown>;
    const token = answer.token ?? answer.access_token;
    return typeof token === 'string' && token !== '' ? token : null;
  } catch {
    return null;
  }
}

/** The one message for a login that is missing or wrong. */
export function refused(name: ImageName, credentials: Credentials | null): UserError {
  const who = credentials?.kind === 'password' ? ` (as "${credentials.username}")` : '';
  const what = `${name.registry}${titleOf(name)}`;
  return new UserError(
    credentials === null
      ? `${what} requires a login, but there is none on this machine. ${howToLogIn(name)}`
      : `${what} refused the stored login${who} for ${name.repository}. ${againAt(name)}`,
  );
}

const ECR_LOGIN =
  'Run aws-actions/configure-aws-credentials with a role of that account, and aws-actions/amazon-ecr-login, before this step.';

/** Whose registry it is, if its name alone does not say so. */
function titleOf({ registry }: ImageName): string {
  if (registry === DOCKER_HUB) return ' (Docker Hub)';
  const ecr = parseEcrHost(registry);
  return ecr === null ? '' : ` (the ECR of the account ${ecr.account} in ${ecr.region})`;
}

function howToLogIn({ registry, repository }: ImageName): string {
  if (parseEcrHost(registry) !== null) return ECR_LOGIN;
  const command = `echo "$PASSWORD" | docker login ${registry} --username NAME --password-stdin.`;
  if (registry !== DOCKER_HUB) return `Log in before this step, as in: ${command}`;
  return `It says so of private repositories and of those that do not exist: check the name ${repository}, or log in before this step, as in: ${command}`;
}

function againAt({ registry }: ImageName): string {
  return parseEcrHost(registry) === null
    ? `Log in again before this step: docker login ${registry}.`
    : ECR_LOGIN;
}
