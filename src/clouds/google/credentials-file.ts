/**
 * Files of credentials, as google-github-actions/auth, gcloud and the console write them. https://google.aip.dev/auth/4110
 * Their content is checked before the first request to Google, and no value is shown: most are secrets.
 */
import { UserError } from '../../core/errors.ts';
import { isSafeUrl } from '../safe-url.ts';

/** What acts as a service account after it has signed in. https://cloud.google.com/iam/docs/reference/credentials/rest */
export interface Impersonation {
  readonly url: string;
  readonly delegates: readonly string[];
  readonly lifetimeSeconds: number;
}

/** Where the token of another issuer is: a page, or a file that somebody keeps fresh. */
export type SubjectTokenSource =
  | {
      readonly url: string;
      readonly headers: Readonly<Record<string, string>>;
      /** Of a page of JSON; null for a page that is the token. */
      readonly field: string | null;
    }
  | { readonly file: string; readonly field: string | null };

export type GoogleCredentials =
  | {
      readonly kind: 'external';
      readonly audience: string;
      readonly subjectTokenType: string;
      readonly tokenUrl: string;
      readonly source: SubjectTokenSource;
      readonly impersonation: Impersonation | null;
    }
  | {
      readonly kind: 'key';
      readonly email: string;
      readonly privateKey: string;
      readonly keyId: string | null;
      readonly tokenUrl: string;
    }
  | {
      readonly kind: 'user';
      readonly clientId: string;
      readonly clientSecret: string;
      readonly refreshToken: string;
      readonly tokenUrl: string;
      readonly quotaProject: string | null;
    }
  | {
      readonly kind: 'impersonated';
      readonly source: GoogleCredentials;
      readonly impersonation: Impersonation;
    };

const TOKEN_URL = 'https://oauth2.googleapis.com/token';
const LIFETIME_SECONDS = 3600;

/** @param path for messages. @throws UserError that quotes nothing of the file */
export function credentialsIn(text: string, path: string): GoogleCredentials {
  return new CredentialsFile(path).read(fieldsIn(text, path));
}

type Fields = Readonly<Record<string, unknown>>;

class CredentialsFile {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  read(fields: Fields): GoogleCredentials {
    switch (fields.type) {
      case 'external_account':
        return this.#external(fields);
      case 'service_account':
        return this.#key(fields);
      case 'authorized_user':
        return this.#user(fields);
      case 'impersonated_service_account':
        return this.#impersonated(fields);
      default:
        throw this.#wrong(
          'is of a type that ml-deploy does not know. It knows external_account, service_account, authorized_user and impersonated_service_account',
        );
    }
  }

  #external(fields: Fields): GoogleCredentials {
    const { service_account_impersonation_url: url, service_account_impersonation: more } = fields;
    return {
      kind: 'external',
      audience: this.#text(fields, 'audience'),
      subjectTokenType: this.#text(fields, 'subject_token_type'),
      tokenUrl: this.#url(fields, 'token_url'),
      source: this.#source(objectIn(fields.credential_source)),
      impersonation:
        url === undefined
          ? null
          : {
              url: this.#url(fields, 'service_account_impersonation_url'),
              delegates: [],
              lifetimeSeconds: secondsIn(objectIn(more).token_lifetime_seconds),
            },
    };
  }

  /** Programs, certificates and the keys of AWS are not taken: nothing of a job on GitHub needs them. */
  #source(source: Fields): SubjectTokenSource {
    const format = objectIn(source.format);
    const field = format.type === 'json' ? this.#text(format, 'subject_token_field_name') : null;
    if (typeof source.url === 'string' && !('environment_id' in source)) {
      // The page may be one of a machine's own: what is sent there is in the same file.
      if (!/^https?:\/\//.test(source.url))
        throw this.#wrong('has a credential_source whose url is not a URL');
      return { url: source.url, headers: textsIn(source.headers), field };
    }
    if (typeof source.file === 'string') return { file: source.file, field };
    throw this.#wrong(
      'has a credential_source that is neither a url nor a file, and ml-deploy takes no other',
    );
  }

  #key(fields: Fields): GoogleCredentials {
    const { private_key_id: keyId } = fields;
    return {
      kind: 'key',
      email: this.#text(fields, 'client_email'),
      privateKey: this.#text(fields, 'private_key'),
      keyId: typeof keyId === 'string' ? keyId : null,
      tokenUrl: 'token_uri' in fields ? this.#url(fields, 'token_uri') : TOKEN_URL,
    };
  }

  #user(fields: Fields): GoogleCredentials {
    const { quota_project_id: quotaProject } = fields;
    return {
      kind: 'user',
      clientId: this.#text(fields, 'client_id'),
      clientSecret: this.#text(fields, 'client_secret'),
      refreshToken: this.#text(fields, 'refresh_token'),
      tokenUrl: 'token_uri' in fields ? this.#url(fields, 'token_uri') : TOKEN_URL,
      quotaProject: typeof quotaProject === 'string' ? quotaProject : null,
    };
  }

  #impersonated(fields: Fields): GoogleCredentials {
    const source = objectIn(fields.source_credentials);
    if (source.type === 'impersonated_service_account') throw this.#wrong('impersonates twice');
    const { delegates } = fields;
    return {
      kind: 'impersonated',
      source: this.read(source),
      impersonation: {
        url: this.#url(fields, 'service_account_impersonation_url'),
        delegates: Array.isArray(delegates)
          ? delegates.filter((each): each is string => typeof each === 'string')
          : [],
        lifetimeSeconds: LIFETIME_SECONDS,
      },
    };
  }

  #text(fields: Fields, name: string): string {
    const value = fields[name];
    if (typeof value === 'string' && value !== '') return value;
    throw this.#wrong(`has no ${name}`);
  }

  /** A secret is sent there. */
  #url(fields: Fields, name: string): string {
    const url = this.#text(fields, name);
    if (isSafeUrl(url)) return url;
    throw this.#wrong(`has a ${name} that does not begin with https://, and a secret is sent there`);
  }

  #wrong(what: string): UserError {
    return wrongFile(this.#path, what);
  }
}

function wrongFile(path: string, what: string): UserError {
  return new UserError(
    `The Google Cloud credentials in ${path} cannot be used: the file ${what}. Run google-github-actions/auth in this job before this step.`,
    { page: 'google-credentials' },
  );
}

/** The parser's message quotes the text, which may be a key; so our error does not have it as its cause. */
function fieldsIn(text: string, path: string): Fields {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    if (typeof value === 'object' && value !== null) return value as Fields;
  } catch {
    // Reported below.
  }
  throw wrongFile(path, 'is not JSON');
}

function objectIn(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function textsIn(value: unknown): Record<string, string> {
  const texts = Object.entries(objectIn(value)).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string',
  );
  return Object.fromEntries(texts);
}

function secondsIn(value: unknown): number {
  return typeof value === 'number' && value > 0 ? value : LIFETIME_SECONDS;
}
