/** A real MLflow server with a registry on SQLite, which hands out its artifacts itself (mlflow-artifacts). */
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../scripts/lib/paths.ts';
import { freePort, startProcess, untilReady } from '../beds/processes.ts';
import { hasBundle } from '../beds/run-action.ts';

const VENV = join(root, 'build/conformance/venv-mlflow');
const BIN = join(VENV, 'bin');

export interface Mlflow {
  readonly url: string;
  stop(): Promise<void>;
}

/** What log_models.py prints. */
export interface Logged {
  /** The id of the model that was logged as ONNX. */
  readonly logged: string;
  readonly accuracy: number;
  /** The experiment of both models. */
  readonly experiment: string;
}

/** Who signs in, as MLflow's client and package-model read it. */
export type SignIn = Readonly<Record<string, string>>;

/** Why these tests cannot run here; null if they can. */
export function whyNot(needsSignIn = false): string | null {
  if (!existsSync(join(BIN, 'mlflow')))
    return 'skipped: MLflow is not installed (test/conformance/beds/install-mlflow.sh)';
  if (needsSignIn && !hasFlaskWtf())
    return 'skipped: MLflow is installed without its sign-in (test/conformance/beds/install-mlflow.sh)';
  return hasBundle() ? null : 'skipped: dist is not built (npm run build)';
}

function hasFlaskWtf(): boolean {
  try {
    execFileSync(join(BIN, 'python'), ['-c', 'import flask_wtf'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

// It starts its own interpreter by name.
const ENVIRONMENT = {
  ...process.env,
  PATH: `${BIN}:${process.env.PATH ?? ''}`,
  MLFLOW_DISABLE_TELEMETRY: 'true',
  // No test has any jobs, and their workers take longer to start than the server.
  MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false',
};

/** @param admin who may do everything; null for a server that asks nobody to sign in */
export async function startMlflow(
  work: string,
  admin: { readonly username: string; readonly password: string } | null = null,
): Promise<Mlflow> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const settings = join(work, 'auth.ini');
  if (admin !== null) writeFileSync(settings, signInSettings(work, admin));
  const args = [
    'server',
    ...['--host', '127.0.0.1', '--port', String(port), '--workers', '1'],
    ...['--backend-store-uri', `sqlite:///${join(work, 'registry.sqlite')}`],
    ...['--artifacts-destination', join(work, 'artifacts')],
    ...(admin === null ? [] : ['--app-name', 'basic-auth']),
  ];
  const signIn = { MLFLOW_AUTH_CONFIG_PATH: settings, MLFLOW_FLASK_SERVER_SECRET_KEY: 'of-this-test-alone' };
  const env = { ...ENVIRONMENT, ...(admin === null ? {} : signIn) };
  const server = startProcess(join(BIN, 'mlflow'), args, { log: join(work, 'server.log'), env });
  const isUp = () =>
    fetch(`${url}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
  await untilReady(server, isUp, 240_000);
  return { url, stop: () => server.stop() };
}

/** https://mlflow.org/docs/latest/self-hosting/security/basic-http-auth/ */
function signInSettings(
  work: string,
  { username, password }: { readonly username: string; readonly password: string },
): string {
  return [
    '[mlflow]',
    'default_permission = NO_PERMISSIONS',
    `database_uri = sqlite:///${join(work, 'users.sqlite')}`,
    `admin_username = ${username}`,
    `admin_password = ${password}`,
    'authorization_function = mlflow.server.auth:authenticate_request_basic_auth',
    '',
  ].join('\n');
}

/** @param cases the file that is written, with the answers of MLflow's own pyfunc */
export function logModels({ url }: Mlflow, cases: string, signIn: SignIn = {}): Logged {
  const said = execFileSync(join(BIN, 'python'), [join(import.meta.dirname, 'log_models.py'), cases], {
    env: { ...ENVIRONMENT, MLFLOW_TRACKING_URI: url, ...signIn },
    encoding: 'utf8',
  });
  return JSON.parse(said.trim().split('\n').at(-1) ?? '') as Logged;
}
