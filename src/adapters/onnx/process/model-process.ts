/** One process that runs a model, seen from outside: it is asked, and it is ended for good when it does not answer. */
import { fork, type ChildProcess } from 'node:child_process';
import { CancelledError, messageOf, StoppedModelError, UserError } from '../../../core/errors.ts';
import type { Logger } from '../../../core/ports.ts';
import type { Answer, Failure, OpenRequest, RunRequest } from './messages.ts';

export interface ModelProcessOptions {
  /** The entry of the process, which calls serveModel. */
  readonly script: string;
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly log: Pick<Logger, 'info' | 'debug'>;
}

type Result = Exclude<Answer, { readonly log: unknown } | { readonly failure: unknown }>;

/** The end of what a process that breaks down says; most of it is a stack. */
const LAST_WORDS = 500;

export class ModelProcess {
  readonly #options: ModelProcessOptions;
  readonly #label: string;
  readonly #child: ChildProcess;
  readonly #exited: Promise<void>;
  #waiting: PromiseWithResolvers<Result> | undefined;
  /** Why nothing more is answered. */
  #ended: Error | undefined;
  #lastWords = '';

  /** @param label names the model in messages */
  constructor(label: string, model: Uint8Array, options: ModelProcessOptions) {
    this.#options = options;
    this.#label = label;
    const { script, env } = options;
    this.#child = fork(script, [], {
      // What this process was started with, such as a debugger's port, is not for another one.
      execArgv: [],
      env,
      serialization: 'advanced',
      stdio: ['pipe', 'ignore', 'pipe', 'ipc'],
    });
    this.#exited = new Promise((resolve) => this.#listen(resolve));
    // If nobody reads any longer, the process has ended, and its exit says so.
    this.#child.stdin?.on('error', () => undefined).end(model);
    options.signal.addEventListener('abort', this.#cancel, { once: true });
    process.once('exit', this.#kill);
    if (options.signal.aborted) this.#cancel();
  }

  /**
   * One request at a time.
   * @param limitMs how long the answer may take, in milliseconds
   * @param late what to say if the limit is over before the answer comes
   * @throws StoppedModelError, CancelledError, and what the process says went wrong.
   */
  async ask(request: OpenRequest | RunRequest, limitMs: number, late: string): Promise<Result> {
    if (this.#ended !== undefined) throw this.#ended;
    const waiting = Promise.withResolvers<Result>();
    this.#waiting = waiting;
    const timer = setTimeout(() => this.#end(new StoppedModelError(late)), limitMs);
    try {
      this.#child.send(request, (error) => {
        if (error !== null) this.#end(this.#brokenDown(messageOf(error)));
      });
      return await waiting.promise;
    } finally {
      clearTimeout(timer);
      this.#waiting = undefined;
    }
  }

  async close(): Promise<void> {
    this.#end(new Error(`The session of ${this.#label} is closed.`));
    await this.#exited;
  }

  #listen(exited: () => void): void {
    this.#child.on('message', (answer: Answer) => this.#take(answer));
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      this.#lastWords = `${this.#lastWords}${chunk.toString('utf8')}`.slice(-LAST_WORDS);
    });
    this.#child.once('error', (error) => {
      this.#end(this.#brokenDown(error.message));
      exited();
    });
    // After standard error has been read to its end.
    this.#child.once('close', (code, signal) => {
      this.#end(this.#brokenDown(signal ?? `exit code ${code ?? ''}`));
      exited();
    });
  }

  #take(answer: Answer): void {
    if ('log' in answer) this.#options.log[answer.log](answer.line);
    else if ('failure' in answer) this.#waiting?.reject(errorOf(answer.failure));
    else this.#waiting?.resolve(answer);
  }

  #brokenDown(how: string): StoppedModelError {
    const words = this.#lastWords.trim();
    return new StoppedModelError(
      `The process that runs ${this.#label} broke down (${how})${words === '' ? '.' : `: ${words}`} ` +
        'Does the model need more memory than the runner has?',
    );
  }

  readonly #kill = (): void => {
    this.#child.kill('SIGKILL');
  };

  readonly #cancel = (): void => this.#end(new CancelledError());

  /** A computation that never ends hears no signal but this one. */
  #end(reason: Error): void {
    if (this.#ended !== undefined) return;
    this.#ended = reason;
    this.#options.signal.removeEventListener('abort', this.#cancel);
    process.removeListener('exit', this.#kill);
    this.#kill();
    this.#waiting?.reject(reason);
  }
}

function errorOf({ message, isUser, problems }: Failure): Error {
  return isUser ? new UserError(message, { problems }) : new Error(message);
}
