import { Agent } from 'node:http';
import { messageOf } from '../../../core/errors.ts';
import type { RunningContainer } from '../../../core/image/container-runner.ts';
import { explainSocketError, loopbackRequest } from '../loopback-http.ts';
import type { Backend, BackendAnswer, BackendRequest } from '../server/backend.ts';
import { pingContainer } from './ping-container.ts';

/** SageMaker's limit for one answer. https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html */
const ANSWER_MS = 60_000;
const NOT_CANCELLED = new AbortController().signal;

/** A healthy container, as what serves a version. It is ended only when its last request is answered. */
export class ServingContainer implements Backend {
  readonly version: string;
  readonly #container: RunningContainer;
  readonly #log: (line: string) => void;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #running = new Set<Promise<unknown>>();

  constructor(version: string, container: RunningContainer, log: (line: string) => void) {
    this.version = version;
    this.#container = container;
    this.#log = log;
  }

  /** What the container says is passed on as it is. */
  respond(request: BackendRequest): Promise<BackendAnswer> {
    const answer = this.#forward(request);
    this.#running.add(answer);
    return answer.finally(() => this.#running.delete(answer));
  }

  async #forward({ body, contentType, accept }: BackendRequest): Promise<BackendAnswer> {
    const timeout = AbortSignal.timeout(ANSWER_MS);
    try {
      const answer = await loopbackRequest({
        port: this.#container.port,
        method: 'POST',
        path: '/invocations',
        headers: {
          ...(contentType === null ? {} : { 'content-type': contentType }),
          ...(accept === null ? {} : { accept }),
        },
        body,
        signal: timeout,
        agent: this.#agent,
      });
      return {
        status: answer.status,
        contentType: answer.headers['content-type'] ?? 'application/octet-stream',
        body: answer.body,
      };
    } catch (error) {
      const why = timeout.aborted
        ? `it did not answer within ${ANSWER_MS / 1000} s`
        : explainSocketError(error);
      return failed(502, `The container ${this.#container.name} did not answer: ${why}.`);
    }
  }

  async trouble(): Promise<string | null> {
    const said = await pingContainer(this.#container.port, NOT_CANCELLED);
    const exitCode = await this.#container.exitCode();
    if (exitCode === null) return said === null ? null : `its container is not healthy: ${said}`;
    const tail = await this.#container.logs(5);
    return `its container ended with exit code ${exitCode}; the last lines of its log: ${tail || '(none)'}`;
  }

  logs(lines: number): Promise<string> {
    return this.#container.logs(lines);
  }

  async retire(): Promise<void> {
    await Promise.allSettled([...this.#running]);
    this.#agent.destroy();
    try {
      await this.#container.remove();
      this.#log(`removed the container ${this.#container.name}`);
    } catch (error) {
      // What serves has been switched already; the next start of the server, or a teardown, removes it.
      this.#log(`the container ${this.#container.name} stays: ${messageOf(error)}`);
    }
  }
}

function failed(status: number, error: string): BackendAnswer {
  return { status, contentType: 'application/json', body: Buffer.from(JSON.stringify({ error })) };
}
