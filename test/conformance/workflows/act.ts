/** Runs one workflow with nektos/act on this machine, without containers. */
import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../../../scripts/lib/paths.ts';
import { endProcesses, endProgramsIn, jobEnds, makeHomes, MARKER } from './job-walls.ts';

const here = import.meta.dirname;
const ACT = [process.env.ML_DEPLOY_ACT ?? '', join(root, 'build/conformance/act/act')].find((path) =>
  existsSync(path),
);
const LOGS = join(root, 'build/conformance/workflow-logs');

/** Why the workflows cannot be run here; null where they can. */
export function missingAct(): string | null {
  if (ACT === undefined) return 'act is not installed (test/conformance/beds/install-act.sh)';
  return spawnSync('git', ['--version']).status === 0 ? null : 'git is not installed';
}

/** What `$/` is rewritten to. A tag that no caller names, so that a step that asks for v1 is seen. */
export const SELF = 'org/ml-deploy@v1.0.0';

export interface WorkflowStart {
  /** Its file in .github/workflows, without the ending. */
  readonly workflow: string;
  readonly event: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** Name of the log that is kept; none is where absent. */
  readonly log?: string;
  readonly actor: string;
  readonly runId: string;
  /** For every job; what is in PATH comes before that of this machine. */
  readonly env: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly vars: Readonly<Record<string, string>>;
  /** Cancels the run, as the button of the Actions page does: steps with `always()` and `cancelled()` still run. */
  readonly cancel?: AbortSignal;
}

export interface WorkflowRun {
  readonly runId: string;
  readonly exitCode: number | null;
  readonly log: string;
  /** The jobs that ran, and whether each succeeded; a skipped one is not among them. */
  readonly jobs: Readonly<Record<string, boolean>>;
}

export interface Places {
  /** The bed's folder. */
  readonly folder: string;
  /** The user's repository. */
  readonly repository: string;
  /** The release tree, which \`org/ml-deploy@v1\` names. */
  readonly tree: string;
  /** Further releases by what names them; by default the same one, as SELF. */
  readonly at?: Readonly<Record<string, string>>;
  /** A folder of stand-ins that are taken before those beside this file. */
  readonly standIns?: string;
}

export async function runAct(start: WorkflowStart, places: Places): Promise<WorkflowRun> {
  const marker = randomUUID();
  const home = mkdtempSync(join(places.folder, 'run-'));
  const eventPath = join(home, 'event.json');
  writeFileSync(eventPath, JSON.stringify(start.payload));
  const { PATH: programs = '', ...given } = start.env;
  const env = {
    ...given,
    ML_DEPLOY_BED: places.folder,
    [MARKER]: marker,
    GITHUB_RUN_ID: start.runId,
    GITHUB_RUN_NUMBER: start.runId,
  };
  const args = [
    start.event,
    ...['--workflows', `.github/workflows/${start.workflow}.yml`, '--eventpath', eventPath],
    ...['--actor', start.actor, '--platform', 'ubuntu-latest=-self-hosted'],
    // A label of a runner of one's own.
    ...['--platform', 'gpu=-self-hosted'],
    ...['--no-cache-server', '--log-prefix-job-id', '--no-skip-checkout'],
    // Jobs that run beside each other share maps in act, and Go ends a process that writes one of them twice at once.
    ...['--concurrent-jobs', '1'],
    ...flags('--local-repository', standIns(places)),
    ...flags('--env', env),
    ...flags('--secret', start.secrets),
    ...flags('--var', start.vars),
  ];
  const path = [await makeHomes(join(home, 'bin')), programs, process.env.PATH].join(delimiter);
  const environment = { HOME: home, XDG_CACHE_HOME: join(home, 'cache'), PATH: path };
  try {
    const { exitCode, log } = await spawnLogged(
      args,
      places.repository,
      environment,
      jobEnds(marker),
      start.cancel,
    );
    if (start.log !== undefined) keepLog(start.log, log);
    const crash = /^(?:fatal error|panic): .*$/m.exec(log);
    if (crash !== null)
      throw new Error(`act itself crashed; this says nothing about the workflow. ${crash[0]}`);
    return { runId: start.runId, exitCode, log, jobs: jobsIn(log) };
  } finally {
    endProcesses(marker);
    endProgramsIn(home);
  }
}

function flags(name: string, values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).flatMap(([key, value]) => [name, `${key}=${value}`]);
}

/** The release tree under the name that users write, and a stand-in for each third-party action of the workflows. */
function standIns({ tree, at = { [SELF]: tree }, standIns: own }: Places): Record<string, string> {
  const workflows = join(root, '.github/workflows');
  const files = [
    ...readdirSync(workflows).map((name) => join(workflows, name)),
    join(root, '.github/actions/login/action.yml'),
  ];
  const used = files.flatMap((file) => usesIn(parse(readFileSync(file, 'utf8'))));
  const found = used.flatMap((uses) => {
    const name = /^[^/]+\/([^@]+)@/.exec(uses)?.[1] ?? '';
    const path = [...(own === undefined ? [] : [own]), join(here, 'stand-ins')]
      .map((parent) => join(parent, name))
      .find((candidate) => existsSync(join(candidate, 'action.yml')));
    return uses.startsWith('org/') || path === undefined ? [] : [[uses, path] as const];
  });
  return { ...Object.fromEntries(found), ...at, 'org/ml-deploy@v1': tree };
}

function usesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(usesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'uses' && typeof inner === 'string' ? [inner] : usesIn(inner),
  );
}

function spawnLogged(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
  onOutput: (chunk: string) => void,
  cancel?: AbortSignal,
): Promise<Pick<WorkflowRun, 'exitCode' | 'log'>> {
  const child = spawn(ACT ?? '', args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  // To act alone, as one Ctrl+C: a second one would end it at once.
  cancel?.addEventListener('abort', () => child.kill('SIGINT'), { once: true });
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      log += chunk;
      onOutput(chunk);
    });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    // 'exit' and not 'close': a server of a job may hold the pipe.
    child.on('exit', (exitCode) => setImmediate(() => resolve({ exitCode, log })));
  });
}

function keepLog(name: string, log: string): void {
  mkdirSync(LOGS, { recursive: true });
  writeFileSync(join(LOGS, `${name}.log`), log);
}

/** Of a matrix, all have to succeed. */
function jobsIn(log: string): Record<string, boolean> {
  const jobs: Record<string, boolean> = {};
  for (const [, job = '', end] of log.matchAll(/^\[([^\]\s]+)\s*\].*Job (succeeded|failed)$/gm)) {
    jobs[job] = (jobs[job] ?? true) && end === 'succeeded';
  }
  return jobs;
}
