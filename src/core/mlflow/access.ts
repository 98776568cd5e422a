/** Which server of MLflow is asked, and as whom: told from the inputs and the environment, before anybody is asked. */
import type { Problem } from '../errors.ts';
import type { MlflowAccess, MlflowEnvironment, MlflowSignIn } from './registry.ts';

/** What a step says itself; it wins over the environment. */
export interface MlflowInputs {
  readonly mlflowTrackingUri: string | null;
  readonly mlflowToken: string | null;
}

const WHERE = 'mlflow-tracking-uri';
export const TOKEN = 'MLFLOW_TRACKING_TOKEN';
export const USERNAME = 'MLFLOW_TRACKING_USERNAME';
export const PASSWORD = 'MLFLOW_TRACKING_PASSWORD';
/** Names of this machine, as a URL has them. */
export const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])$/;

/** @returns the problems instead, if it cannot be used; none quotes the address, which may hold a password. */
export function mlflowAccess(inputs: MlflowInputs, environment: MlflowEnvironment): MlflowAccess | Problem[] {
  const given = inputs.mlflowTrackingUri ?? environment.trackingUri;
  const problem = (message: string, fix: string) => [{ where: WHERE, message, fix }];
  if (given === null)
    return problem(
      'is required for a model of MLflow.',
      'Set it, or MLFLOW_TRACKING_URI in the environment, to the address of the server.',
    );
  if (!URL.canParse(given) || !/^https?:$/.test(new URL(given).protocol))
    return problem(
      'is not the address of an MLflow server.',
      'Give https://host; a folder, a database and Databricks cannot be asked.',
    );
  const url = new URL(given);
  if (url.username !== '' || url.password !== '' || url.search !== '')
    return problem(
      'has a user, a password or a query in it, which logs would show.',
      'Give the address alone, and the sign-in in MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD.',
    );
  const signIn = signInOf(inputs, environment);
  if (signIn !== null && 'message' in signIn) return [signIn];
  if (signIn !== null && url.protocol === 'http:' && !LOOPBACK.test(url.hostname))
    return problem('begins with http://, and a token or a password is sent there.', 'Give https://.');
  return { trackingUri: given.replace(/\/+$/, ''), signIn };
}

/**
 * As MLflow's own client: of the environment, a user and a password before a token.
 * https://mlflow.org/docs/latest/api_reference/python_api/mlflow.environment_variables.html#mlflow.environment_variables.MLFLOW_TRACKING_TOKEN
 */
function signInOf(
  { mlflowToken }: MlflowInputs,
  environment: MlflowEnvironment,
): MlflowSignIn | null | Problem {
  const { token, username, password } = environment;
  if (mlflowToken !== null) return tokenSignIn(mlflowToken, 'mlflow-token');
  if (username !== null && password !== null)
    return passwordSignIn(withoutEnd(username), withoutEnd(password));
  if (token !== null) return tokenSignIn(token, TOKEN);
  if (username === null && password === null) return null;
  const [there, missing] = username === null ? [PASSWORD, USERNAME] : [USERNAME, PASSWORD];
  return { where: there, message: `is set, and ${missing} is not.`, fix: 'Set both, or neither.' };
}

function tokenSignIn(given: string, from: string): MlflowSignIn | Problem {
  const token = given.trim();
  // Of what a header can hold, without white space: https://www.rfc-editor.org/rfc/rfc6750#section-2.1
  const strange = /[^!-~]/.exec(token)?.[0];
  if (strange === undefined)
    return { kind: 'token', authorization: `Bearer ${token}`, from: [from], secrets: [token], isAscii: true };
  const fix = 'Set it again, and to the token alone.';
  return { where: from, message: `has ${nameOf(strange)}, which a token cannot have.`, fix };
}

function passwordSignIn(username: string, password: string): MlflowSignIn | Problem {
  // Of a user and a password, the first colon is the end of the user: https://www.rfc-editor.org/rfc/rfc7617#section-2
  const strange = /[:\p{Cc}]/u.exec(username)?.[0];
  if (strange !== undefined)
    return {
      where: USERNAME,
      message: `has ${nameOf(strange)}, which a user cannot have.`,
      fix: 'Check it.',
    };
  const control = /\p{Cc}/u.exec(password)?.[0];
  if (control !== undefined)
    return {
      where: PASSWORD,
      message: `has ${nameOf(control)}, which a password cannot have.`,
      fix: 'Set it again.',
    };
  const pair = `${username}:${password}`;
  const encoded = Buffer.from(pair).toString('base64');
  return {
    kind: 'password',
    authorization: `Basic ${encoded}`,
    from: [USERNAME, PASSWORD],
    secrets: [password, encoded],
    isAscii: /^[ -~]*$/.test(pair),
  };
}

/** Files that secrets are set from end in a line break. */
function withoutEnd(text: string): string {
  return text.replace(/[\r\n]+$/, '');
}

/** Without the character: a message does not quote a secret. */
function nameOf(character: string): string {
  if (/[\r\n]/.test(character)) return 'a line break';
  if (/\p{Cc}/u.test(character)) return 'a control character';
  if (character === ' ') return 'a space';
  return character === ':' ? 'a colon' : 'a character that is not ASCII';
}
