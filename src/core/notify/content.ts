/** What a notification says, before it is put into the form of Slack or of a job summary. */
import type { RunContext } from '../ports.ts';

export type Status = 'success' | 'failure' | 'cancelled' | 'skipped' | 'in-progress';

export interface JobResult {
  readonly job: string;
  readonly result: Exclude<Status, 'in-progress'>;
}

export interface Content {
  readonly status: Status;
  readonly title: string;
  readonly environment: string | null;
  readonly fields: ReadonlyMap<string, string>;
  /** The results of the jobs before; none where only a status was given. */
  readonly jobs: readonly JobResult[];
  readonly mentions: readonly Mention[];
  readonly run: Pick<
    RunContext,
    'repository' | 'runUrl' | 'workflow' | 'commit' | 'ref' | 'actor' | 'serverUrl'
  >;
}

/** Somebody to be called where it failed: the Slack ID of a user or of a user group. */
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
 * Reads `toJSON(needs)`: `{"<job>": {"result": "success", "outputs": {…}}}`. Outputs are never read.
 * @throws Error whose message says what is wrong.
 */
export function parseNeeds(text: string): JobResult[] {
  let needs: unknown;
  try {
    needs = JSON.parse(text);
  } catch (error) {
    throw new Error(`is not JSON (${(error as Error).message}).`, { cause: error });
  }
  if (typeof needs !== 'object' || needs === null || Array.isArray(needs)) {
    throw new Error('is not a JSON object of jobs.');
  }
  const jobs = Object.entries(needs).map(([job, value]) => ({ job, result: resultOf(job, value) }));
  if (jobs.length === 0) throw new Error('names no job: the job needs "needs:" for its toJSON(needs).');
  return jobs;
}

function resultOf(job: string, value: unknown): JobResult['result'] {
  const result = (value as { result?: unknown } | null)?.result;
  const known = RESULTS.find((word) => word === result);
  if (known === undefined) throw new Error(`has no result such as success or failure for the job "${job}".`);
  return known;
}

/** The whole run: a failure outweighs a cancellation, which outweighs success; skipped only where all were. */
export function overall(jobs: readonly JobResult[]): Status {
  const order = ['failure', 'cancelled', 'success'] as const;
  return order.find((status) => jobs.some(({ result }) => result === status)) ?? 'skipped';
}

/** One line: the word, and the jobs that it is about. */
export function headline({ status, jobs }: Pick<Content, 'status' | 'jobs'>): {
  word: string;
  jobs: string[];
} {
  const about = status === 'failure' || status === 'cancelled';
  return {
    word: STATUS[status].word,
    jobs: about ? jobs.filter(({ result }) => result === status).map(({ job }) => job) : [],
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
