/** What an MLflow server's refusal means: which value is wrong, and what to do. docs/failures/mlflow.md quotes the texts. */
import type { CloudCall, Dialect } from '../../clouds/send.ts';
import { UpstreamError } from '../../core/errors.ts';
import { isObject } from '../../core/json-object.ts';
import { PASSWORD, TOKEN, USERNAME } from '../../core/mlflow/access.ts';
import type { MlflowSignIn } from '../../core/mlflow/registry.ts';

export interface MlflowCall extends CloudCall {
  /** Of the server, for messages. */
  readonly host: string;
  /** What was sent with it; null if nothing was. */
  readonly signIn: MlflowSignIn | null;
  /** What is asked for, such as `the model models:/churn/3`. */
  readonly about: string;
}

const A_PASSWORD = `${USERNAME} and ${PASSWORD}`;
const page = 'mlflow';

export const DIALECT: Dialect<MlflowCall> = {
  refusal: (call, { status, headers }, body) => {
    const { host, about } = call;
    const code = codeOf(body);
    const refusesCaller = status === 401 || status === 403;
    const options = { page, refusesCaller, mayPass: status >= 500 || status === 429 } as const;
    const refusal = (message: string) => new UpstreamError('MLflow', message, options);
    if (status === 401) return refusal(notSignedIn(call, headers.get('www-authenticate')));
    if (status === 403) return refusal(notAllowed(call));
    if (status >= 300 && status < 400) return refusal(redirected(call, status, headers.get('location')));
    if (isMissing(status, code, body))
      return refusal(`MLflow at ${host} has no ${about.replace(/^the /, '')}.`);
    const said = code === null ? '' : `, ${code}`;
    const message = `MLflow at ${host} could not give us ${about} (status ${status}${said}).`;
    return new UpstreamError('MLflow', message, { ...options, detail: body.slice(0, 2000) });
  },
  silence: ({ host }, reason, cause) =>
    new UpstreamError('MLflow', `MLflow at ${host} did not answer: ${reason}. Check mlflow-tracking-uri.`, {
      cause,
      page,
      mayPass: true,
    }),
};

/** @param asked the header WWW-Authenticate: https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1 */
function notSignedIn({ host, signIn }: MlflowCall, asked: string | null): string {
  const takesPassword = /\bbasic\b/i.test(asked ?? '');
  const takesToken = /\bbearer\b/i.test(asked ?? '');
  if (signIn === null) {
    const what =
      takesPassword === takesToken ? `${TOKEN}, or ${A_PASSWORD}` : takesToken ? TOKEN : A_PASSWORD;
    return `MLflow at ${host} asks for a sign-in (status 401), and none is set. Set ${what}.`;
  }
  const [from = ''] = signIn.from;
  if (signIn.kind === 'token') {
    if (takesPassword && !takesToken)
      return (
        `MLflow at ${host} asks for a user and a password (status 401), and the token of ${from} was sent. ` +
        `Set ${A_PASSWORD} instead.`
      );
    return `MLflow at ${host} does not accept the sign-in (status 401): ${from} is wrong or has expired. Set a new token.`;
  }
  if (takesToken && !takesPassword)
    return (
      `MLflow at ${host} asks for a token (status 401), and the user and the password of ${A_PASSWORD} were sent. ` +
      `Set ${TOKEN} instead.`
    );
  // mlflow.server.auth reads ASCII only before it hands out a file, and other letters everywhere else.
  const ascii = signIn.isAscii
    ? ''
    : ', or has a character that is not ASCII, which MLflow refuses when it hands out files';
  return `MLflow at ${host} does not accept the sign-in (status 401): ${signIn.from.join(' or ')} is wrong${ascii}. Check both.`;
}

function notAllowed({ host, signIn, about }: MlflowCall): string {
  if (signIn === null)
    return `MLflow at ${host} does not give ${about} without a sign-in (status 403). Set ${TOKEN}, or ${A_PASSWORD}.`;
  return (
    `MLflow at ${host} accepts the sign-in, and does not let that user read ${about} (status 403). ` +
    `Give the user of ${signIn.from[0] ?? ''} the permission READ on the registered model and on its experiment.`
  );
}

/** Names the origin alone: the rest of the address may hold a key. */
function redirected({ host, about, url }: MlflowCall, status: number, location: string | null): string {
  const to =
    location !== null && URL.canParse(location, url) ? new URL(location, url).origin : 'another address';
  return (
    `MLflow at ${host} redirects to ${to} for ${about} (status ${status}). That is not followed, because the sign-in ` +
    `is sent to no other address. If it is a page to sign in, set ${TOKEN}; if the server has moved, change ` +
    'mlflow-tracking-uri; otherwise set model-path to a folder with the model.'
  );
}

/** An alias that there is not is an invalid value to MLflow. */
function isMissing(status: number, code: string | null, body: string): boolean {
  if (status === 404 || code === 'RESOURCE_DOES_NOT_EXIST') return true;
  return code === 'INVALID_PARAMETER_VALUE' && /\bnot found\b/i.test(body);
}

function codeOf(body: string): string | null {
  try {
    const answer: unknown = JSON.parse(body);
    return isObject(answer) && typeof answer.error_code === 'string' ? answer.error_code : null;
  } catch {
    return null;
  }
}
