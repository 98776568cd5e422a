/** What a notification says, before it is put into the form of Slack or of a job summary. */
import type { RunContext } from '../ports.ts';
import { isObject } from '../json-object.ts';
import type { Fact } from './fact.ts';

export type Status = 'success' | 'failure' | 'cancelled' | 'skipped' | 'in-progress';

/** Outputs of a job or step. Only known names are ever read: others may hold anything. */
export type Outputs = Readonly<Record<string, string>>;

export interface JobResult {
  readonly job: string;
  readonly result: Exclude<Status, 'in-progress'>;
  readonly outputs: Outputs;
}

export interface StepResult {
  readonly step: string;
  readonly result: Exclude<Status, 'in-progress'>;
  /** What it says about itself, such as "promoted"; '' for nothing. */
  readonly word: string;
  readonly outputs: Outputs;
}

export interface Content {
  readonly status: Status;
  readonly title: string;
  readonly environment: string | null;
  readonly fields: ReadonlyMap<string, string>;
  /** The results of the jobs before; none if only a status was given. */
  readonly jobs: readonly JobResult[];
  /** The steps so far; none if they were not given. */
  readonly steps: readonly StepResult[];
  /** What the outputs of jobs and steps say. */
  readonly facts: readonly Fact[];
  /** What belongs below the message: errors, failed checks, the user's own text. */
  readonly details: readonly string[];
  readonly mentions: readonly Mention[];
  /** GitHub login in lower case to the Slack ID of a user. */
  readonly people: ReadonlyMap<string, string>;
  readonly run: Pick<
    RunContext,
    'repository' | 'runUrl' | 'workflow' | 'commit' | 'ref' | 'actor' | 'serverUrl'
  >;
}

/** Somebody to be called if it failed: the Slack ID of a user or of a user group. */
export interface Mention {
  readonly kind: 'user' | 'group';
  readonly id: string;
}

/** The words say it all; colours only repeat them. */
export const STATUS: Readonly<Record<Status, { readonly word: string; readonly color: string }>> = {
  success: { word: 'Succeeded', color: '#1a7f37' },
  failure: { word: 'Failed', color: '#cf222e' },
  cancelled: { word: 'Cancelled', color: '#6e7781' },
  skipped: { word: 'Skipped', color: '#6e7781' },
  'in-progress': { word: 'In progress', color: '#0969da' },
};

const RESULTS: readonly JobResult['result'][] = ['success', 'failure', 'cancelled', 'skipped'];

/**
 * Reads `toJSON(needs)`: `{"<job>": {"result": "success", "outputs": {…}}}`.
 * @throws Error whose message says what is wrong.
 */
export function parseNeeds(text: string): JobResult[] {
  const jobs = entriesOf(text, 'jobs').map(([job, value]) => {
    return { job, result: resultOf(job, value, 'result', 'job'), outputs: outputsOf(value) };
  });
  if (jobs.length === 0)
    throw new Error('contains no job: add "needs:" to the job, which toJSON(needs) reads.');
  return jobs;
}

/**
 * Reads `toJSON(steps)`: `{"<id>": {"outcome": "success", "conclusion": "success", "outputs": {…}}}`, which holds the
 * steps so far that have an id; none yet is none. What was skipped says nothing: another step says why.
 * @throws Error whose message says what is wrong.
 */
export function parseSteps(text: string): StepResult[] {
  const steps = entriesOf(text, 'steps').map(([step, value]): StepResult => {
    const outputs = outputsOf(value);
    return { step, result: resultOf(step, value, 'outcome', 'step'), word: wordOf(outputs), outputs };
  });
  return steps.filter(({ result }) => result !== 'skipped');
}

function entriesOf(text: string, what: string): [string, unknown][] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`is not JSON (${(error as Error).message}).`, { cause: error });
  }
  if (!isObject(value)) throw new Error(`is not a JSON object of ${what}.`);
  return Object.entries(value);
}

function resultOf(name: string, value: unknown, key: string, what: string): JobResult['result'] {
  const result = (value as Record<string, unknown> | null)?.[key];
  const known = RESULTS.find((word) => word === result);
  if (known === undefined) {
    throw new Error(`has no ${key} such as success or failure for the ${what} "${name}".`);
  }
  return known;
}

function outputsOf(value: unknown): Outputs {
  const outputs = (value as { outputs?: unknown } | null)?.outputs;
  if (typeof outputs !== 'object' || outputs === null) return {};
  return Object.fromEntries(Object.entries(outputs).filter(([, text]) => typeof text === 'string'));
}

/** What deploy-endpoint, approve-gate and smoke-test say in one word. */
function wordOf({ outcome, status, passed }: Outputs): string {
  if (passed === 'true' || passed === 'false') return passed === 'true' ? 'passed' : 'did not pass';
  return outcome ?? status ?? '';
}

/**
 * The whole run: a failure outweighs a cancellation, which outweighs what still goes on, and that success; skipped only
 * if all were.
 * @param own of the job that tells; null if only the jobs before it count
 */
export function overall(jobs: readonly JobResult[], own: Status | null = null): Status {
  const all = [...jobs.map(({ result }) => result), ...(own === null ? [] : [own])];
  const order = ['failure', 'cancelled', 'in-progress', 'success'] as const;
  return order.find((status) => all.includes(status)) ?? 'skipped';
}

/** One line: the word, and the jobs or steps that it is about. */
export function headline({ status, jobs, steps }: Pick<Content, 'status' | 'jobs' | 'steps'>): {
  word: string;
  jobs: string[];
} {
  const about = status === 'failure' || status === 'cancelled';
  const all = [
    ...jobs.map(({ job, result }) => ({ name: job, result })),
    ...steps.map(({ step, result }) => ({ name: step, result })),
  ];
  return {
    word: STATUS[status].word,
    jobs: about ? all.filter(({ result }) => result === status).map(({ name }) => name) : [],
  };
}

/** The default title: what, where and how it went. */
export function defaultTitle(
  modelName: string | null,
  environment: string | null,
  status: Status,
  run: Content['run'],
): string {
  const what = modelName ?? (run.repository || 'Release');
  const flow = run.workflow === '' ? '' : `${run.workflow} `;
  const place = environment === null ? '' : `in ${environment} `;
  return `${what}: ${flow}${place}${STATUS[status].word.toLowerCase()}`;
}

export interface RunLink {
  readonly label: string;
  readonly url: string;
}

export function linksOf({ run }: Pick<Content, 'run'>): RunLink[] {
  const { repository, serverUrl, commit, runUrl } = run;
  const links: RunLink[] = [];
  if (runUrl !== '') links.push({ label: 'Workflow run', url: runUrl });
  if (repository !== '' && commit !== '') {
    links.push({ label: `Commit ${commit.slice(0, 7)}`, url: `${serverUrl}/${repository}/commit/${commit}` });
  }
  return links;
}
