/** Which server of MLflow is asked, and as whom: told from the inputs and the environment, before anybody is asked. */
import type { Problem } from '../errors.ts';
import type { MlflowAccess, MlflowEnvironment } from './registry.ts';

/** What a step says itself; it wins over the environment. */
export interface MlflowInputs {
  readonly mlflowTrackingUri: string | null;
  readonly mlflowToken: string | null;
}

const WHERE = 'mlflow-tracking-uri';
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
  const authorization = authorizationOf(inputs, environment);
  if (typeof authorization === 'object' && authorization !== null) return [authorization];
  if (authorization !== null && url.protocol === 'http:' && !LOOPBACK.test(url.hostname))
    return problem('begins with http://, and a token or a password is sent there.', 'Give https://.');
  return { trackingUri: given.replace(/\/+$/, ''), authorization };
}

/** As MLflow's own client: a token before a user. https://mlflow.org/docs/latest/api_reference/auth/python-api.html */
function authorizationOf(inputs: MlflowInputs, environment: MlflowEnvironment): string | null | Problem {
  const token = inputs.mlflowToken ?? environment.token;
  if (token !== null) return `Bearer ${token}`;
  const { username, password } = environment;
  if (username === null && password === null) return null;
  if (username === null || password === null) {
    const [there, missing] = username === null ? ['PASSWORD', 'USERNAME'] : ['USERNAME', 'PASSWORD'];
    const message = `MLFLOW_TRACKING_${there} is set, and MLFLOW_TRACKING_${missing} is not.`;
    return { where: WHERE, message, fix: 'Set both, or neither.' };
  }
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
