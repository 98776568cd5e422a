/** One engine's program: how it is started, and what its failures mean. */
import pRetry from 'p-retry';
import { CancelledError, UpstreamError, UserError } from '../../core/errors.ts';
import { parseEcrHost } from '../../clouds/aws/ecr-registry.ts';
import { permissionIn } from '../../clouds/aws/error-kinds.ts';
import type { Login } from '../../core/image/ecr.ts';
import type { Exec, ExecResult, Logger } from '../../core/ports.ts';
import { Redactor } from '../../core/redaction/redactor.ts';

export interface EngineTools {
  readonly exec: Exec;
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** Milliseconds before a push that was cut off is tried again. */
  readonly retryDelayMs?: number;
  /** The names of the variables that name a proxy in this environment, such as HTTPS_PROXY. */
  readonly proxyVariables?: readonly string[];
}

export interface Program {
  /** Such as `docker`, for messages. */
  readonly name: string;
  /** Absolute path. */
  readonly path: string;
}

type ExecOptions = Parameters<Exec>[2];

/** Starts the program, and ends it if the run is cancelled. @throws CancelledError */
export async function start(
  tools: EngineTools,
  program: Program,
  args: readonly string[],
  options?: ExecOptions,
): Promise<ExecResult> {
  const { signal } = tools;
  if (signal.aborted) throw new CancelledError();
  const result = await tools.exec(program.path, args, { ...options, signal });
  // The listener hears of the cancellation while this runs.
  if ((signal as { aborted: boolean }).aborted) throw new CancelledError();
  return result;
}

const TAIL_LINES = 40;
const PUSH_RETRIES = 3;

export interface BuildFailure {
  readonly result: ExecResult;
  readonly program: Program;
  readonly platform: string;
  /** Texts that must not be quoted. */
  readonly secrets: readonly string[];
}

/** A build that failed, with the end of what the engine printed. */
export function buildFailed({ result, program, platform, secrets }: BuildFailure): UpstreamError {
  const output = redact(`${result.stdout}\n${result.stderr}`, secrets);
  const detail = tail(output, TAIL_LINES);
  const said = tail(redact(result.stderr, secrets), 1) || tail(output, 1) || 'it printed nothing';
  const hint = hintFor(output, platform);
  const message = `${program.name} could not build the image (exit code ${result.exitCode}): ${said}${hint}`;
  return new UpstreamError(program.name, message, { detail, page: 'image-build' });
}

function hintFor(output: string, platform: string): string {
  if (/exec format error/i.test(output)) {
    return ` The runner cannot run programs of ${platform}: use a runner of that architecture, or set up QEMU (docker/setup-qemu-action) before this step.`;
  }
  if (/cache export is not supported for the docker driver/i.test(output)) {
    return ' This builder cannot write a cache: set one up before this step (docker/setup-buildx-action), or set cache: none.';
  }
  if (/legacy service is shutting down/i.test(output)) {
    return ' GitHub has a newer cache service, which needs buildx 0.21 or later: set it up before this step (docker/setup-buildx-action), or set cache: none.';
  }
  if (/no space left on device/i.test(output)) return ' The disk is full: free some space before this step.';
  return '';
}

/** What ends when it is tried again: the network and busy registries, not refusals. */
const TRANSIENT =
  /connection reset|connection refused|broken pipe|unexpected EOF|\bEOF\b|i\/o timeout|timeout exceeded|TLS handshake timeout|timed? ?out|toomanyrequests|too many requests|\b(429|50[0234])\b/i;
const REFUSED =
  /unauthorized|authentication required|no basic auth credentials|denied|insufficient_scope|\b403\b/i;

/** Pushes, again if the connection was cut. @throws UserError for a refused login, UpstreamError for the rest. */
export function push(
  tools: EngineTools,
  program: Program,
  args: readonly string[],
  reference: string,
): Promise<void> {
  return withRetries(tools, async () => {
    const result = await start(tools, program, args, { show: true });
    if (result.exitCode !== 0) throw pushFailed(result, program, reference);
  });
}

/** Logs in, again if the registry could not be reached. @throws UserError if the login is refused. */
export function logIn(
  tools: EngineTools,
  program: Program,
  registry: string,
  { username, password }: Login,
  flags: readonly string[] = [],
): Promise<void> {
  const args = ['login', ...flags, '--username', username, '--password-stdin', registry];
  return withRetries(tools, async () => {
    const result = await start(tools, program, args, { input: password });
    if (result.exitCode === 0) return;
    const said = redact(tail(result.stderr, 2) || tail(result.stdout, 1), [password]) || 'it printed nothing';
    const message = `${program.name} could not log in to ${registry}: ${said}`;
    if (REFUSED.test(said)) throw new UserError(message);
    throw new UpstreamError(registry, message, { detail: said });
  });
}

async function withRetries(tools: EngineTools, attempt: () => Promise<void>): Promise<void> {
  try {
    await pRetry(attempt, {
      retries: PUSH_RETRIES,
      minTimeout: tools.retryDelayMs ?? 1000,
      signal: tools.signal,
      shouldRetry: ({ error }) => error instanceof UpstreamError && TRANSIENT.test(error.detail ?? ''),
      onFailedAttempt: ({ error, retriesLeft }) => {
        if (retriesLeft > 0) tools.log.info(`${error.message} ${retriesLeft} more attempts at most.`);
      },
    });
  } catch (error) {
    if (tools.signal.aborted) throw new CancelledError();
    throw error;
  }
}

function pushFailed(result: ExecResult, program: Program, reference: string): Error {
  const said = tail(result.stderr, 1) || tail(result.stdout, 1) || 'it printed nothing';
  const registry = reference.split('/')[0] ?? reference;
  const permission = permissionIn(said);
  if (permission !== null) {
    return new UserError(
      `${registry} did not let ${program.name} push ${reference}: ${said}. Add the permission ${permission} to the role of this job.`,
      { page: 'missing-permission' },
    );
  }
  if (/name unknown|repository .* does not exist/i.test(said)) {
    return new UserError(
      `${registry} did not take ${reference}: ${said}. Create the repository before this step; in ECR, create-repository: true does it.`,
    );
  }
  if (REFUSED.test(said) && parseEcrHost(registry) !== null) {
    return new UserError(
      `${registry} did not let ${program.name} push ${reference}: ${said}. The registry did not name the missing permission, which usually is ecr:BatchCheckLayerAvailability; ecr:InitiateLayerUpload, ecr:UploadLayerPart, ecr:CompleteLayerUpload and ecr:PutImage are needed too.`,
    );
  }
  if (REFUSED.test(said)) {
    return new UserError(
      `${registry} did not let ${program.name} push ${reference}: ${said}. Log in before this step (${program.name} login ${registry}) with a user who can write there.`,
    );
  }
  return new UpstreamError(registry, `${program.name} could not push ${reference}: ${said}.`, {
    detail: tail(`${result.stdout}\n${result.stderr}`, TAIL_LINES),
  });
}

function redact(text: string, secrets: readonly string[]): string {
  const redactor = new Redactor();
  for (const secret of secrets) redactor.addSecret(secret);
  return redactor.text(text);
}

/** The last lines that are not empty. */
export function tail(text: string, lines: number): string {
  return text
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .slice(-lines)
    .join('\n');
}
