/** The requests behind a token: exchange, impersonation, signed assertion, refresh, metadata server. */
import { createSign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { messageOf, UserError } from '../../core/errors.ts';
import type { Token } from '../held-token.ts';
import type { GoogleCredentials, Impersonation, SubjectTokenSource } from './credentials-file.ts';
import { googleEndpoint } from './endpoints.ts';
import { noAnswer } from './error-kinds.ts';
import { EXCHANGE, GoogleFailure, type GoogleRequest } from './errors.ts';
import { sendToGoogle, type GoogleCall } from './http.ts';
import type { GoogleSignIn } from '../../core/google-environment.ts';
import type { TokenSource } from './tokens.ts';

/** Allows what the roles of the identity allow, and nothing else. */
const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';
const JWT = 'urn:ietf:params:oauth:token-type:jwt';
const LIFETIME_SECONDS = 3600;
/** A machine's own service answers at once, or is not there. */
const MACHINE_MS = 10_000;
/** Nobody says when a token ends that was handed in, and nobody can renew it. */
const FOR_EVER = Number.POSITIVE_INFINITY;

export async function requestToken(source: TokenSource, signIn: GoogleSignIn): Promise<Token> {
  switch (source.kind) {
    case 'token':
      return { text: source.text, until: FOR_EVER };
    case 'github':
      return ofGitHub(source, signIn);
    case 'machine':
      return ofMachine(source.host, signIn);
    case 'external':
      return ofExternal(source, signIn);
    case 'key':
      return ofKey(source, signIn);
    case 'user':
      return ofUser(source, signIn);
    case 'impersonated':
      return impersonate(await hiddenToken(source.source, signIn), source.impersonation, signIn);
  }
}

async function hiddenToken(source: TokenSource, signIn: GoogleSignIn): Promise<string> {
  const { text } = await requestToken(source, signIn);
  signIn.hide(text);
  return text;
}

/** GitHub's tokens last five minutes, so each request has its own. */
async function ofGitHub(
  { provider, serviceAccount }: Extract<TokenSource, { kind: 'github' }>,
  signIn: GoogleSignIn,
): Promise<Token> {
  const { environment, idToken } = signIn;
  if (idToken === null) throw new Error('The job has no id-token: write.');
  // Both forms of the name are Google's defaults, which google-github-actions/auth uses too.
  const subjectToken = await idToken(`https://iam.googleapis.com/${provider}`);
  const asked = {
    tokenUrl: `${googleEndpoint(environment, 'sts')}/v1/token`,
    audience: `//iam.googleapis.com/${provider}`,
    subjectTokenType: JWT,
  };
  const federated = await exchange(asked, subjectToken, signIn);
  if (serviceAccount === null) return federated;
  signIn.hide(federated.text);
  const root = googleEndpoint(environment, 'iamcredentials');
  const url = `${root}/v1/projects/-/serviceAccounts/${serviceAccount}:generateAccessToken`;
  return impersonate(federated.text, { url, delegates: [], lifetimeSeconds: LIFETIME_SECONDS }, signIn);
}

type External = Extract<GoogleCredentials, { kind: 'external' }>;

async function ofExternal(credentials: External, signIn: GoogleSignIn): Promise<Token> {
  const { source, impersonation } = credentials;
  const federated = await exchange(credentials, await subjectTokenOf(source, signIn), signIn);
  if (impersonation === null) return federated;
  signIn.hide(federated.text);
  return impersonate(federated.text, impersonation, signIn);
}

/** https://cloud.google.com/iam/docs/reference/sts/rest/v1/TopLevel/token */
async function exchange(
  { tokenUrl, audience, subjectTokenType }: Pick<External, 'tokenUrl' | 'audience' | 'subjectTokenType'>,
  subjectToken: string,
  signIn: GoogleSignIn,
): Promise<Token> {
  signIn.hide(subjectToken);
  const form = {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    requested_token_type: ACCESS_TOKEN,
    subject_token_type: subjectTokenType,
    subject_token: subjectToken,
    scope: SCOPE,
    audience,
  };
  return postForm(tokenUrl, form, { operation: EXCHANGE, on: audience }, signIn);
}

async function subjectTokenOf(source: SubjectTokenSource, signIn: GoogleSignIn): Promise<string> {
  const text = 'file' in source ? await readSubject(source.file) : await fetchSubject(source, signIn);
  const token = source.field === null ? text.trim() : fieldsIn(text)[source.field];
  if (typeof token === 'string' && token !== '') return token;
  const where = 'file' in source ? source.file : new URL(source.url).origin;
  throw new UserError(
    `There is no token of this job at ${where}, where the Google Cloud credentials look for it. Add id-token: write to the permissions of the job, and run google-github-actions/auth again.`,
    { page: 'google-credentials' },
  );
}

async function readSubject(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new UserError(
      `The file of the Google Cloud credentials' own token cannot be read: ${messageOf(cause)}. Check its path.`,
      { cause, page: 'google-credentials' },
    );
  }
}

async function fetchSubject(
  { url, headers }: Extract<SubjectTokenSource, { url: string }>,
  signIn: GoogleSignIn,
): Promise<string> {
  for (const value of Object.values(headers)) signIn.hide(value);
  const call: GoogleCall = {
    operation: 'the token of this job',
    on: new URL(url).origin,
    method: 'GET',
    url,
    headers: () => Promise.resolve(headers),
    timeoutMs: MACHINE_MS,
  };
  return (await sendToGoogle(call, signIn)).text();
}

/** https://cloud.google.com/iam/docs/reference/credentials/rest/v1/projects.serviceAccounts/generateAccessToken */
async function impersonate(
  token: string,
  { url, delegates, lifetimeSeconds }: Impersonation,
  signIn: GoogleSignIn,
): Promise<Token> {
  const account = /serviceAccounts\/([^/:]+)/.exec(url)?.[1] ?? new URL(url).host;
  const call: GoogleCall = {
    operation: 'iam.serviceAccounts.getAccessToken',
    on: account,
    needs: ['iam.serviceAccounts.getAccessToken'],
    role: `Workload Identity User on ${account}`,
    method: 'POST',
    url,
    headers: () => Promise.resolve({ 'content-type': 'application/json', authorization: `Bearer ${token}` }),
    body: JSON.stringify({
      scope: [SCOPE],
      lifetime: `${lifetimeSeconds}s`,
      ...(delegates.length === 0 ? {} : { delegates }),
    }),
  };
  const { accessToken, expireTime } = fieldsIn(await (await sendToGoogle(call, signIn)).text());
  const until = typeof expireTime === 'string' ? Date.parse(expireTime) : Number.NaN;
  if (typeof accessToken === 'string' && accessToken !== '' && !Number.isNaN(until)) {
    return { text: accessToken, until };
  }
  throw new GoogleFailure(call, noAnswer('the answer has no token'));
}

/** https://developers.google.com/identity/protocols/oauth2/service-account#httprest */
async function ofKey(
  { email, privateKey, keyId, tokenUrl }: Extract<GoogleCredentials, { kind: 'key' }>,
  signIn: GoogleSignIn,
): Promise<Token> {
  signIn.hide(privateKey);
  const from = Math.floor(signIn.clock.now().getTime() / 1000);
  const claims = { iss: email, scope: SCOPE, aud: tokenUrl, iat: from, exp: from + LIFETIME_SECONDS };
  const header = { alg: 'RS256', typ: 'JWT', ...(keyId === null ? {} : { kid: keyId }) };
  const assertion = signed(`${encoded(header)}.${encoded(claims)}`, privateKey);
  signIn.hide(assertion);
  const form = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion };
  return postForm(tokenUrl, form, { operation: 'a token', on: email }, signIn);
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

function signed(text: string, privateKey: string): string {
  try {
    return `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey, 'base64url')}`;
  } catch {
    // What the library says of a key may quote it.
    throw new UserError(
      'The private key of the Google Cloud service account is damaged. Give the whole JSON of the key, as it was downloaded.',
      { page: 'google-credentials' },
    );
  }
}

/** https://developers.google.com/identity/protocols/oauth2/web-server#offline */
async function ofUser(
  { clientId, clientSecret, refreshToken, tokenUrl }: Extract<GoogleCredentials, { kind: 'user' }>,
  signIn: GoogleSignIn,
): Promise<Token> {
  for (const secret of [clientSecret, refreshToken]) signIn.hide(secret);
  const form = {
    grant_type: 'refresh_token',
    client_id: clientId,
    client_secret: clientSecret,
    refresh_token: refreshToken,
  };
  return postForm(tokenUrl, form, { operation: 'a token', on: "gcloud's own login" }, signIn);
}

/** https://cloud.google.com/compute/docs/access/authenticate-workloads#applications */
async function ofMachine(host: string, signIn: GoogleSignIn): Promise<Token> {
  const url = `http://${host}/computeMetadata/v1/instance/service-accounts/default/token`;
  const call: GoogleCall = {
    operation: 'a token of the machine',
    on: host,
    method: 'GET',
    url,
    headers: () => Promise.resolve({ 'metadata-flavor': 'Google' }),
    timeoutMs: MACHINE_MS,
  };
  return tokenIn(await (await sendToGoogle(call, signIn)).text(), call, signIn);
}

async function postForm(
  url: string,
  form: Readonly<Record<string, string>>,
  request: GoogleRequest,
  signIn: GoogleSignIn,
): Promise<Token> {
  const call: GoogleCall = {
    ...request,
    method: 'POST',
    url,
    headers: () => Promise.resolve({ 'content-type': 'application/x-www-form-urlencoded' }),
    body: new URLSearchParams(form).toString(),
  };
  return tokenIn(await (await sendToGoogle(call, signIn)).text(), call, signIn);
}

/** `expires_in` in seconds: a token of the metadata server is as old as the one that it keeps. */
function tokenIn(text: string, request: GoogleRequest, { clock }: GoogleSignIn): Token {
  const { access_token: token, expires_in: seconds } = fieldsIn(text);
  if (typeof token === 'string' && token !== '') {
    const left = typeof seconds === 'number' && seconds > 0 ? seconds : 0;
    return { text: token, until: clock.now().getTime() + left * 1000 };
  }
  throw new GoogleFailure(request, noAnswer('the answer has no token'));
}

function fieldsIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
