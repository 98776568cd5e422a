import type { FailurePage } from './failure-pages.ts';

interface Options {
  readonly cause?: unknown;
  /** The page of docs/failures that tells what to do; undefined if there is none for it. */
  readonly page?: FailurePage | undefined;
}

/** One thing that is wrong with what the user gave, worded so that it can be fixed without reading our code. */
export interface Problem {
  /** The input (or file and line) at fault, as the user spells it. */
  readonly where: string;
  /** What is wrong, with the offending value. */
  readonly message: string;
  /** What to do about it. */
  readonly fix?: string;
  /** The input at fault, such as `sagemaker: variant-name`, if `where` says more than its name. */
  readonly input?: string;
  /** Other inputs that it is about: in a file, the place of the first one is reported. */
  readonly beside?: readonly string[];
}

/** The user's configuration or files are at fault; nothing was changed. */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly problems: readonly Problem[];
  readonly page: FailurePage | undefined;

  constructor(message: string, options: Options & { readonly problems?: readonly Problem[] } = {}) {
    super(message, { cause: options.cause });
    this.problems = options.problems ?? [];
    this.page = options.page;
  }

  /** Gathers every problem into one error, so the user fixes them in one round. */
  static of(problems: readonly Problem[], options: Options = {}): UserError {
    const count = problems.length === 1 ? 'is one problem' : `are ${problems.length} problems`;
    const lines = problems.map((problem) => `  - ${problem.where}: ${adviceOf(problem)}`);
    return new UserError(`There ${count} with the inputs:\n${lines.join('\n')}`, { ...options, problems });
  }
}

/** What is wrong, and what to do if that is known. */
export function adviceOf({ message, fix }: Pick<Problem, 'message' | 'fix'>): string {
  return fix ? `${message} ${fix}` : message;
}

/** A model that had to be stopped, or whose process broke down: it does not answer, and never will. */
export class StoppedModelError extends UserError {}

/** A platform (endpoint, GitHub, Slack, registry) refused or failed; the message carries what it said. */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError';
  readonly system: string;
  /** The platform's own words, such as a log tail, for the job summary. */
  readonly detail: string | undefined;
  readonly page: FailurePage | undefined;
  /** It is who asks that is refused, whatever is asked: credentials or a permission. May come in the middle of a change. */
  readonly refusesCaller: boolean;
  /** The same question may be answered a little later: throttling, an error of the platform's own, a lost connection. */
  readonly mayPass: boolean;

  constructor(
    system: string,
    message: string,
    options: Options & {
      readonly detail?: string;
      readonly refusesCaller?: boolean;
      readonly mayPass?: boolean;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.system = system;
    this.detail = options.detail;
    this.page = options.page;
    this.refusesCaller = options.refusesCaller ?? false;
    this.mayPass = options.mayPass ?? false;
  }
}

/** The run was cancelled (SIGINT or SIGTERM); carries no blame. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';
  readonly page: FailurePage = 'cancelled';

  constructor(message = 'The run was cancelled.') {
    super(message);
  }
}

/** What was asked for is not what is now true: the step must fail, although nothing broke. */
export class OutcomeError extends Error {
  override readonly name = 'OutcomeError';
  readonly page: FailurePage | undefined;

  constructor(message: string, options: Options = {}) {
    super(message, { cause: options.cause });
    this.page = options.page;
  }
}

/** What the JavaScript engine says of values that are too much for it, and what that means. */
const ENGINE_WORDS: readonly (readonly [RegExp, string])[] = [
  [/^Maximum call stack size exceeded/, 'a value is nested too deeply'],
  [/^Converting circular structure to JSON/, 'a value contains itself'],
  [/^(Invalid string length|Cannot create a string longer than)/, 'a string is too long for the memory'],
  [
    /^(Invalid array length|Invalid typed array length|Array buffer allocation failed)/,
    'a value is too large for the memory',
  ],
];

/** The text of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return textOf(thrown);
  return ENGINE_WORDS.find(([words]) => words.test(thrown.message))?.[1] ?? thrown.message;
}

function textOf(thrown: unknown): string {
  try {
    // Not every value has a JSON form.
    return thrown === undefined ? 'undefined' : JSON.stringify(thrown);
  } catch (error) {
    return messageOf(error);
  }
}

/** The page that the error names, or else what caused it; null if none does. */
export function pageOf(thrown: unknown): FailurePage | null {
  if (!(thrown instanceof Error)) return null;
  return (thrown as Error & Options).page ?? pageOf(thrown.cause);
}

/** The error code of Node's file system and zlib errors; '' for any other. */
export function errorCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  return typeof code === 'string' ? code : '';
}

/** The rest of a sentence that begins with a path. */
export function whyUnreadable(error: unknown): string {
  const code = errorCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'does not exist.';
  if (code === 'EACCES' || code === 'EPERM') return 'cannot be read by the user that runs this step.';
  if (code === 'EISDIR') return 'is a folder, not a file.';
  if (code === 'ELOOP') return 'is part of a circle of links.';
  return `cannot be read (${messageOf(error)}).`;
}
