/**
 * Access tokens of Google Cloud, asked for again before they end. google-auth-library does the same in 91 kB, packed, which
 * each action's users would download; it never shows the tokens that it gets on the way, so they could not be hidden
 * before they are used, and it brings retries, a clock and a proxy of its own
 * (docs/decisions/0012-google-by-requests-of-our-own.md).
 */
import { readFile, stat } from 'node:fs/promises';
import { messageOf, UserError } from '../../core/errors.ts';
import type { GoogleEnvironment, GoogleSignIn } from '../../core/google-environment.ts';
import { HeldToken, type Token } from '../held-token.ts';
import { credentialsIn, type GoogleCredentials } from './credentials-file.ts';
import { identityOf, type GoogleIdentity } from './identity.ts';
import { requestToken } from './token-requests.ts';

export class GoogleTokens {
  readonly #signIn: GoogleSignIn;
  readonly #held: HeldToken;
  #source: Promise<TokenSource> | null = null;

  constructor(signIn: GoogleSignIn) {
    this.#signIn = signIn;
    this.#held = new HeldToken(signIn.clock, () => this.#request());
  }

  /**
   * A token of the scope cloud-platform, which every API takes.
   * @throws UserError if there are no credentials; GoogleFailure if Google refuses them
   */
  async token(): Promise<string> {
    return this.#held.text();
  }

  /** What marks a request as the job's; the quota of a person's own is a project's. */
  async headers(): Promise<Record<string, string>> {
    const authorization = `Bearer ${await this.token()}`;
    const { environment } = this.#signIn;
    const source = await this.#found();
    const ofFile = source.kind === 'user' ? source.quotaProject : null;
    const project = environment.quotaProject ?? ofFile;
    return { authorization, ...(project === null ? {} : { 'x-goog-user-project': project }) };
  }

  async #request(): Promise<Token> {
    const token = await requestToken(await this.#found(), this.#signIn);
    this.#signIn.hide(token.text);
    return token;
  }

  #found(): Promise<TokenSource> {
    this.#source ??= findSource(this.#signIn);
    return this.#source;
  }
}

/** The files are read: what a token is asked for with. */
export type TokenSource = Exclude<GoogleIdentity, { kind: 'file' }> | GoogleCredentials;

async function findSource({ environment, idToken, vendorFile }: GoogleSignIn): Promise<TokenSource> {
  const { userFile } = environment;
  const identity = identityOf({
    environment,
    hasIdToken: idToken !== null,
    hasUserFile: userFile !== null && (await isFile(userFile)),
    isGoogleMachine: await isGoogleMachine(vendorFile),
  });
  if (identity.kind !== 'file') return identity;
  return credentialsIn(await readCredentials(identity.path), identity.path);
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() ?? false;
}

/** As Google's own clients look for it, before they ask the network: https://cloud.google.com/compute/docs/instances/detect-compute-engine */
const VENDOR_FILE = '/sys/class/dmi/id/bios_vendor';

async function isGoogleMachine(vendorFile = VENDOR_FILE): Promise<boolean> {
  return /google/i.test(await readFile(vendorFile, 'utf8').catch(() => ''));
}

async function readCredentials(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new UserError(
      `The file of GOOGLE_APPLICATION_CREDENTIALS cannot be read: ${messageOf(cause)}. Run google-github-actions/auth after actions/checkout, which removes it.`,
      { cause, page: 'google-credentials' },
    );
  }
}

const known = new WeakMap<GoogleEnvironment, GoogleTokens>();

/** The tokens of one step: its stores, registries and platforms share them. */
export function googleTokensOf(signIn: GoogleSignIn): GoogleTokens {
  const tokens = known.get(signIn.environment) ?? new GoogleTokens(signIn);
  known.set(signIn.environment, tokens);
  return tokens;
}
