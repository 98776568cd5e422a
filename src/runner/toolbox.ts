/**
 * What main.ts wires into run.ts: everything that comes from the runner's machine and environment.
 */
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import * as core from '@actions/core';
import type { ExecOptions } from '@actions/exec';
import type { AzureEnvironment } from '../core/azure-environment.ts';
import type { AskedKey } from '../core/config/environment-keys.ts';
import { GOOGLE_SERVICES, type GoogleEnvironment } from '../core/google-environment.ts';
import type { MlflowEnvironment } from '../core/mlflow/registry.ts';
import type { Exec, ExecResult, Which } from '../core/ports.ts';
import type { RunEvent } from '../core/platform.ts';
import { Redactor } from '../core/redaction/redactor.ts';
import { publishedFile } from './failure-page-url.ts';
import type { Environment } from './context.ts';
import { readRunEvent } from './run-event.ts';
import { mask } from './secrets.ts';
import { createShownOutput } from './shown-output.ts';

export interface Toolbox {
  readonly exec: Exec;
  readonly which: Which;
  /** What the step leaves for its own post step. */
  readonly state: { save(name: string, value: string): void; get(name: string): string };
  readonly settings: Settings;
  /** What ml-deploy.yml says about the run's environment beside inputs; null if it says nothing. */
  readonly environmentKey: (key: AskedKey) => string | null;
  /** Where each input that was given comes from, by its name or by the path of a member; '' for the step's own `with:`. */
  readonly origins: ReadonlyMap<string, string>;
  /** A new OIDC token of the job for an audience; null if the job lacks the permission `id-token: write`. */
  readonly idToken: ((audience: string) => Promise<string>) | null;
  /** Hides a value in everything that is logged or reported from now on. */
  mask(value: string): void;
}

export interface Settings {
  /** Milliseconds between two polls, for every wait; null if each wait has its own. (ML_DEPLOY_POLL_SECONDS) */
  readonly pollMs: number | null;
  /** How long the reference model may take for one batch, in seconds, as given. (ML_DEPLOY_REFERENCE_SECONDS) */
  readonly referenceSeconds: string | null;
  readonly awsRegion: string | null;
  /** The role whose credentials are requested again before they end; null if nobody says. (ML_DEPLOY_AWS_ROLE_ARN) */
  readonly awsRoleArn: string | null;
  /** How long the AWS credentials of this job last, in seconds; null if they are requested again, or it is not known. */
  readonly awsSessionSeconds: number | null;
  /** Where the AWS Price List is, if it is not at its own address. */
  readonly awsPricingEndpoint: string | null;
  /** Where S3 is, if it is not Amazon's own: an S3-compatible server, or a test's. */
  readonly s3Endpoint: string | null;
  readonly azure: AzureEnvironment;
  readonly google: GoogleEnvironment;
  readonly mlflow: MlflowEnvironment;
  readonly githubToken: string | null;
  readonly slackApiUrl: string | null;
  /** The runner's tool cache, where downloaded tools survive on self-hosted runners. */
  readonly toolCache: string | null;
  /** Where `docker login` and `podman login` keep logins, in the order in which they are asked. */
  readonly registryAuthFiles: readonly string[];
  /** Whether the cache of GitHub Actions can be reached from here. */
  readonly hasActionsCache: boolean;
  /** The names of the variables that are set and name a proxy, such as HTTPS_PROXY. */
  readonly proxyVariables: readonly string[];
  /** The environment for Terraform and its providers: without the step's inputs and GitHub's tokens. */
  readonly terraformEnvironment: Readonly<Record<string, string>>;
  readonly event: RunEvent;
  /** The environment for a process that outlives the step: without the step's inputs and tokens. */
  readonly lastingEnvironment: Readonly<Record<string, string>>;
  /** The folder of the running bundle: dist/core. */
  readonly bundleDir: string;
  /** The address of a sample of ml-deploy.yml. */
  readonly sampleConfigUrl: string;
}

export function createToolbox(env: Environment, redactor: Redactor): Toolbox {
  return {
    exec: (program, args, options) => execute(program, args, options, redactor),
    which: findProgram,
    state: { save: (name, value) => core.saveState(name, value), get: (name) => core.getState(name) },
    settings: readSettings(env),
    // Of the inputs' file, which is read later; a post step has none.
    environmentKey: () => null,
    origins: new Map(),
    idToken: mayHaveIdToken(env) ? (audience) => core.getIDToken(audience) : null,
    mask: (value) => {
      redactor.addSecret(value);
      mask(value, redactor);
    },
  };
}

/** For a process that outlives the step, and has no runner around it. */
export const programTools: Pick<Toolbox, 'exec' | 'which'> = {
  exec: (program, args, options) => execute(program, args, options, new Redactor()),
  which: (program) => findProgram(program),
};

/** Those that docker build knows. https://docs.docker.com/reference/dockerfile/#predefined-args */
const PROXY_VARIABLES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'].flatMap((name) => [
  name,
  name.toLowerCase(),
]);

function readSettings(env: Environment): Settings {
  const seconds = Number(env.ML_DEPLOY_POLL_SECONDS);
  return {
    pollMs: env.ML_DEPLOY_POLL_SECONDS && seconds >= 0 ? seconds * 1000 : null,
    awsRoleArn: env.ML_DEPLOY_AWS_ROLE_ARN || null,
    awsSessionSeconds: awsSessionSeconds(env),
    awsPricingEndpoint: awsEndpoint(env, 'PRICING'),
    referenceSeconds: env.ML_DEPLOY_REFERENCE_SECONDS || null,
    awsRegion: env.AWS_REGION || env.AWS_DEFAULT_REGION || null,
    s3Endpoint: awsEndpoint(env, 'S3'),
    azure: azureEnvironment(env),
    google: googleEnvironment(env),
    mlflow: mlflowEnvironment(env),
    githubToken: env.GITHUB_TOKEN || null,
    slackApiUrl: env.SLACK_API_URL || null,
    toolCache: env.RUNNER_TOOL_CACHE || null,
    registryAuthFiles: registryAuthFiles(env),
    hasActionsCache: Boolean(env.ACTIONS_RUNTIME_TOKEN && (env.ACTIONS_RESULTS_URL || env.ACTIONS_CACHE_URL)),
    proxyVariables: PROXY_VARIABLES.filter((name) => env[name]),
    lastingEnvironment: matching(LASTING, env),
    terraformEnvironment: matching(FOR_TERRAFORM, env),
    event: readRunEvent(env),
    bundleDir: import.meta.dirname,
    sampleConfigUrl: publishedFile('examples/ml-deploy.yml', env),
  };
}

/** https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html */
function awsEndpoint(env: Environment, service: string): string | null {
  return env[`AWS_ENDPOINT_URL_${service}`] || env.AWS_ENDPOINT_URL || null;
}

function azureEnvironment(env: Environment): AzureEnvironment {
  return {
    clientId: env.AZURE_CLIENT_ID || null,
    tenantId: env.AZURE_TENANT_ID || null,
    clientSecret: env.AZURE_CLIENT_SECRET || null,
    federatedTokenFile: env.AZURE_FEDERATED_TOKEN_FILE || null,
    authorityHost: env.AZURE_AUTHORITY_HOST || null,
    identityEndpoint: env.IDENTITY_ENDPOINT || null,
    identityHeader: env.IDENTITY_HEADER || null,
    credential: env.AZURE_TOKEN_CREDENTIALS || null,
    blobEndpoint: env.AZURE_STORAGE_SERVICE_ENDPOINT || null,
    resourceManager: env.AZURE_RESOURCE_MANAGER_ENDPOINT || null,
    retailPrices: env.AZURE_RETAIL_PRICES_ENDPOINT || null,
  };
}

/** https://mlflow.org/docs/latest/api_reference/python_api/mlflow.environment_variables.html */
function mlflowEnvironment(env: Environment): MlflowEnvironment {
  return {
    trackingUri: env.MLFLOW_TRACKING_URI || null,
    token: env.MLFLOW_TRACKING_TOKEN || null,
    username: env.MLFLOW_TRACKING_USERNAME || null,
    password: env.MLFLOW_TRACKING_PASSWORD || null,
  };
}

/** https://cloud.google.com/docs/authentication/application-default-credentials, and README.md of google-github-actions/auth. */
function googleEnvironment(env: Environment): GoogleEnvironment {
  const config = env.CLOUDSDK_CONFIG || join(env.HOME || homedir(), '.config', 'gcloud');
  return {
    workloadIdentityProvider: env.ML_DEPLOY_GCP_WORKLOAD_IDENTITY_PROVIDER || null,
    serviceAccount: env.ML_DEPLOY_GCP_SERVICE_ACCOUNT || null,
    credentialsFile: env.GOOGLE_APPLICATION_CREDENTIALS || env.GOOGLE_GHA_CREDS_PATH || null,
    accessToken: env.CLOUDSDK_AUTH_ACCESS_TOKEN || null,
    userFile: join(config, 'application_default_credentials.json'),
    metadataHost: env.GCE_METADATA_HOST || null,
    project:
      env.GOOGLE_CLOUD_PROJECT || env.GCP_PROJECT || env.GCLOUD_PROJECT || env.CLOUDSDK_CORE_PROJECT || null,
    quotaProject: env.GOOGLE_CLOUD_QUOTA_PROJECT || null,
    endpoints: googleEndpoints(env),
  };
}

/** https://cloud.google.com/sdk/gcloud/reference/config/set (api_endpoint_overrides); the last one is of Google's own clients. */
function googleEndpoints(env: Environment): GoogleEnvironment['endpoints'] {
  const named = GOOGLE_SERVICES.map((service) => [
    service,
    env[`CLOUDSDK_API_ENDPOINT_OVERRIDES_${service.toUpperCase()}`] ?? '',
  ]);
  const others = Object.fromEntries(named.filter(([, url]) => url !== '')) as GoogleEnvironment['endpoints'];
  return env.STORAGE_EMULATOR_HOST ? { ...others, storage: env.STORAGE_EMULATOR_HOST } : others;
}

/** https://docs.github.com/actions/reference/security/oidc#methods-for-requesting-the-oidc-token */
function mayHaveIdToken(env: Environment): boolean {
  return Boolean(env.ACTIONS_ID_TOKEN_REQUEST_URL && env.ACTIONS_ID_TOKEN_REQUEST_TOKEN);
}

/** What configure-aws-credentials asks for if nobody says otherwise. */
const USUAL_SESSION_SECONDS = 3600;

function awsSessionSeconds(env: Environment): number | null {
  if (env.ML_DEPLOY_AWS_ROLE_ARN && mayHaveIdToken(env)) return null;
  const said = Number(env.ML_DEPLOY_AWS_SESSION_SECONDS) || null;
  return said ?? (env.AWS_SESSION_TOKEN ? USUAL_SESSION_SECONDS : null);
}

/** https://docs.podman.io/en/latest/markdown/podman-login.1.html (authfile), for the ones after Docker's. */
function registryAuthFiles(env: Environment): string[] {
  const home = env.HOME || homedir();
  return [
    join(env.DOCKER_CONFIG || join(home, '.docker'), 'config.json'),
    ...(env.REGISTRY_AUTH_FILE ? [env.REGISTRY_AUTH_FILE] : []),
    ...(env.XDG_RUNTIME_DIR ? [join(env.XDG_RUNTIME_DIR, 'containers', 'auth.json')] : []),
    join(home, '.config', 'containers', 'auth.json'),
  ];
}

type ExecWishes = NonNullable<Parameters<Exec>[2]>;

async function execute(
  program: string,
  args: readonly string[],
  options: ExecWishes = {},
  redactor: Redactor,
): Promise<ExecResult> {
  const { getExecOutput } = await import('@actions/exec');
  const shown = options.show ? [createShownOutput(redactor)] : [];
  const start = () => getExecOutput(program, [...args], execOptions(options, shown[0]));
  const { endOnAbort } = await import('./end-on-abort.ts');
  const result = await (
    options.signal === undefined ? start() : endOnAbort(program, args, options.signal, start)
  ).finally(() => shown[0]?.end());
  if (options.outputIsSecret) return result;
  return { ...result, stdout: redactor.text(result.stdout), stderr: redactor.text(result.stderr) };
}

function execOptions(options: ExecWishes, outStream: Writable | undefined): ExecOptions {
  return {
    ...(outStream === undefined ? {} : { outStream }),
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.input === undefined ? {} : { input: Buffer.from(options.input) }),
    ...(options.env === undefined ? {} : { env: { ...inherited(), ...options.env } }),
    silent: !options.show,
    ignoreReturnCode: true,
  };
}

function inherited(env: Environment = process.env): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}

/**
 * What a process that outlives the step may have: where things are on this machine, its language, and how to reach its
 * container engine. The rest is the job's, tokens and credentials of clouds among it.
 */
const LASTING =
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|LC_\w+|TZ|TMPDIR|TMP|TEMP|LD_LIBRARY_PATH|OMP_NUM_THREADS|RUNNER_TRACKING_ID|RUNNER_TEMP|DOCKER_(HOST|CONTEXT|CONFIG|CERT_PATH|TLS_VERIFY|API_VERSION)|CONTAINER_(HOST|CONNECTION)|CONTAINERS_\w+|BUILDAH_ISOLATION|STORAGE_(DRIVER|OPTS)|XDG_(RUNTIME_DIR|DATA_HOME|CONFIG_HOME)|SSH_AUTH_SOCK)$/;

/**
 * What Terraform, its providers and its sources read. Not TF_CLI_ARGS and TF_WORKSPACE, which would change what is approved,
 * and not TF_LOG, which writes secrets.
 */
const FOR_TERRAFORM =
  /^(PATH|HOME|USER|LANG|LC_\w+|TZ|TMPDIR|RUNNER_TRACKING_ID|TF_(?!CLI_ARGS|WORKSPACE|LOG)\w+|AWS_\w+|GOOGLE_\w+|CLOUDSDK_\w+|ARM_\w+|AZURE_\w+|(HTTPS?|NO|ALL)_PROXY|(https?|no|all)_proxy|SSL_CERT_(FILE|DIR)|GIT_SSH_COMMAND|SSH_AUTH_SOCK)$/;

function matching(names: RegExp, env: Environment): Record<string, string> {
  return Object.fromEntries(Object.entries(inherited(env)).filter(([name]) => names.test(name)));
}

const findProgram: Which = async (program) => {
  const { which } = await import('@actions/io');
  return (await which(program, false)) || null;
};
