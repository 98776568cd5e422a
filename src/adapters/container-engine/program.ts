/** One engine's program: how it is started, and what its failures mean. */
import pRetry from 'p-retry';
import { CancelledError, UpstreamError, UserError } from '../../core/errors.ts';
import type { Exec, ExecResult, Logger } from '../../core/ports.ts';

export interface EngineTools {
  readonly exec: Exec;
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** Milliseconds before a push that was cut off is tried again. */
  readonly retryDelayMs?: number;
}

export interface Program {
  /** Such as `docker`, for messages. */
  readonly name: string;
  /** Absolute path. */
  readonly path: string;
}

type ExecOptions = Parameters<Exec>[2];

/** Starts the program; a cancelled run does not wait for it. @throws CancelledError */
export async function start(
  tools: EngineTools,
  program: Program,
  args: readonly string[],
  options?: ExecOptions,
): Promise<ExecResult> {
  const { signal } = tools;
  if (signal.aborted) throw new CancelledError();
  const { promise: cancelled, reject } = Promise.withResolvers<never>();
  const abort = () => reject(new CancelledError());
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([tools.exec(program.path, args, options), cancelled]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
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
  const said = tail(redact(result.stderr, secrets), 1) || tail(output, 1) || 'it said nothing';
  const hint = hintFor(output, platform);
  const message = `${program.name} could not build the image (exit code ${result.exitCode}): ${said}${hint}`;
  return new UpstreamError(program.name, message, { detail });
}

function hintFor(output: string, platform: string): string {
  if (/exec format error/i.test(output)) {
    return ` The runner cannot run programs of ${platform}: use a runner of that architecture, or set up QEMU (docker/setup-qemu-action) before this step.`;
  }
  if (/no space left on device/i.test(output)) return ' The disk is full: free some space before this step.';
  return '';
}

/** What ends when it is tried again: the network and busy registries, not refusals. */
const TRANSIENT =
  /connection reset|connection refused|broken pipe|unexpected EOF|\bEOF\b|i\/o timeout|timeout exceeded|TLS handshake timeout|timed? ?out|toomanyrequests|too many requests|\b(429|50[0234])\b/i;
const REFUSED =
  /unauthorized|authentication required|no basic auth credentials|denied|insufficient_scope|\b403\b/i;

/** Pushes, again where the connection was cut. @throws UserError for a refused login, UpstreamError for the rest. */
export async function push(
  tools: EngineTools,
  program: Program,
  args: readonly string[],
  reference: string,
): Promise<void> {
  const attempt = async () => {
    const result = await start(tools, program, args, { show: true });
    if (result.exitCode !== 0) throw pushFailed(result, program, reference);
  };
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
  const said = tail(result.stderr, 1) || tail(result.stdout, 1) || 'it said nothing';
  const registry = reference.split('/')[0] ?? reference;
  if (REFUSED.test(said)) {
    return new UserError(
      `${registry} did not let ${program.name} push ${reference}: ${said}. Log in before this step (${program.name} login ${registry}) with a user who may write there.`,
    );
  }
  return new UpstreamError(registry, `${program.name} could not push ${reference}: ${said}.`, {
    detail: tail(`${result.stdout}\n${result.stderr}`, TAIL_LINES),
  });
}

function redact(text: string, secrets: readonly string[]): string {
  const lines = secrets.flatMap((value) => value.split('\n')).filter((line) => line.trim() !== '');
  return lines.reduce((redacted, line) => redacted.replaceAll(line, '***'), text);
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
