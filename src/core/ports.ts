/**
 * What the domain needs from the outside. Nothing in core or in an action's run.ts sleeps, reads the time, or touches
 * a runner, a network or process.env by itself: it is handed one of these.
 */

import type { Redactor } from './redaction/redactor.ts';

export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  /** An annotation on the workflow run that is good news or a hint. */
  notice(message: string): void;
  /** An annotation: something that the user should look at, while the run goes on. */
  warning(message: string): void;
  /** Folds everything logged inside under one title. */
  group<T>(title: string, body: () => Promise<T>): Promise<T>;
}

export interface Clock {
  now(): Date;
  /** Milliseconds from an arbitrary start, never going back; for durations. */
  monotonic(): number;
  /** @throws CancelledError as soon as the signal is aborted. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** Where a run reports what it found: outputs at once, the summary at the end of the step. */
export interface Report<OutputName extends string = string> {
  /** Sets an output right away, so it is set even if the step fails later. */
  output(name: OutputName, value: string | number | boolean): void;
  /** Adds a block of Markdown to the job summary. User text in it must be escaped by the caller (core/markdown). */
  summary(markdown: string): void;
}

/** The facts of the workflow run; every field is '' if the action was started outside one. */
export interface RunContext {
  readonly repository: string;
  readonly commit: string;
  readonly ref: string;
  readonly runId: string;
  readonly runAttempt: string;
  readonly runUrl: string;
  readonly workflow: string;
  readonly job: string;
  readonly actor: string;
  readonly triggeringActor: string;
  readonly eventName: string;
  readonly serverUrl: string;
  readonly apiUrl: string;
  /** Absolute path of the checkout; the working directory if there is no runner. */
  readonly workspace: string;
  /** Absolute path of a folder that is emptied after the job. */
  readonly temp: string;
}

/** What every run.ts gets beside its inputs. Log and report take the run's secrets out by themselves. */
export interface Ports<OutputName extends string = string> {
  readonly log: Logger;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly report: Report<OutputName>;
  readonly context: RunContext;
  /** Knows the secrets of the run; for texts that leave by another way than log and report. */
  readonly redactor: Redactor;
}

export interface ExecResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts a program with an argument array; no shell ever sees it. */
export type Exec = (
  program: string,
  args: readonly string[],
  options?: {
    readonly cwd?: string;
    /** Sent to standard input; the way for secrets. */
    readonly input?: string;
    /** Added to the environment. */
    readonly env?: Readonly<Record<string, string>>;
    /** Shows the program's output in the log while it runs. */
    readonly show?: boolean;
    /** The output is a credential: it is given as it is, and must not be quoted. */
    readonly outputIsSecret?: boolean;
    /** Ends the program if it is aborted: SIGINT first, SIGKILL after a few seconds. Its result is given all the same. */
    readonly signal?: AbortSignal;
  },
) => Promise<ExecResult>;

/** Finds a program on the PATH; null if there is none. */
export type Which = (program: string) => Promise<string | null>;
