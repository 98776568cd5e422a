/** The client's side of /control/. */
import { CancelledError, messageOf, UpstreamError, UserError } from '../../core/errors.ts';
import { TOKEN_HEADER, type CommandName, type Commands, type ServerStatus } from './control-protocol.ts';
import { explainSocketError, loopbackRequest, type LoopbackAnswer } from './loopback-http.ts';

export interface ControlClient {
  readonly port: number;
  status(signal: AbortSignal): Promise<ServerStatus>;
  /** The last lines that containers of the endpoint printed; '' if there are none. */
  logs(lines: number, signal: AbortSignal): Promise<string>;
  /**
   * Changes the endpoint.
   * @throws RefusedError if the server changed nothing; UpstreamError if it fails or is gone.
   */
  send<Name extends CommandName>(
    command: Name,
    body: Commands[Name],
    signal: AbortSignal,
  ): Promise<ServerStatus>;
}

export function createControlClient(endpoint: string, port: number, token: string): ControlClient {
  const ask = (method: 'GET' | 'POST', path: string, body: unknown, signal: AbortSignal) =>
    loopbackRequest({
      port,
      method,
      path: `/control/${path}`,
      headers: { [TOKEN_HEADER]: token, 'content-type': 'application/json' },
      body: body === undefined ? '' : JSON.stringify(body),
      signal,
    });
  return {
    port,
    status: async (signal) => parse(await ask('GET', 'status', undefined, signal)),
    logs: async (lines, signal) => {
      const { body } = await ask('GET', `logs?lines=${lines}`, undefined, signal);
      return (JSON.parse(body.toString('utf8')) as { text: string }).text;
    },
    send: async (command, body, signal) => {
      const answer = await ask('POST', command, body, signal).catch((error: unknown) => {
        if (signal.aborted) throw new CancelledError();
        throw new UpstreamError(
          'local endpoint',
          `The server of ${endpoint} did not answer "${command}": ${explainSocketError(error)}.`,
          { cause: error },
        );
      });
      if (answer.status === 200) return parse(answer);
      throw refusal(endpoint, command, answer);
    },
  };
}

/** The server changed nothing, and says why. */
export class RefusedError extends UserError {
  readonly reason: string;
  /** What a container printed before it failed; '' if none did. */
  readonly detail: string;
  /** The state is another than the change was decided on. */
  readonly isChanged: boolean;

  constructor(message: string, said: { reason: string; detail: string; isChanged: boolean }) {
    super(message);
    this.reason = said.reason;
    this.detail = said.detail;
    this.isChanged = said.isChanged;
  }
}

function refusal(endpoint: string, command: string, answer: LoopbackAnswer): Error {
  const text = answer.body.toString('utf8');
  const { error, detail, changed } = saidBy(text);
  const reason = error ?? text;
  if (![404, 409, 422].includes(answer.status))
    return new UpstreamError('local endpoint', `The server of ${endpoint} failed at "${command}": ${reason}`);
  const message = `The server of ${endpoint} refused "${command}", and nothing was changed: ${reason}`;
  return new RefusedError(message, { reason, detail: detail ?? '', isChanged: changed });
}

function saidBy(text: string): { error: string | null; detail: string | null; changed: boolean } {
  try {
    const { error, detail, changed } = JSON.parse(text) as Readonly<Record<string, unknown>>;
    return {
      error: typeof error === 'string' ? error : null,
      detail: typeof detail === 'string' ? detail : null,
      changed: changed === true,
    };
  } catch {
    return { error: null, detail: null, changed: false };
  }
}

/** @throws Error for an answer that is not the server's. */
function parse(answer: LoopbackAnswer): ServerStatus {
  if (answer.status !== 200) throw new Error(`the answer has the status ${answer.status}`);
  try {
    return JSON.parse(answer.body.toString('utf8')) as ServerStatus;
  } catch (error) {
    throw new Error(`the answer is not JSON (${messageOf(error)})`, { cause: error });
  }
}
