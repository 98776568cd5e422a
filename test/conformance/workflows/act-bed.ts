/** Runs the workflows of a repository of a user's with nektos/act on this machine: no containers, GitHub and Slack emulated. */
import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import { root } from '../../../scripts/lib/paths.ts';
import { startBeds, type Beds } from '../../../scripts/pipeline/beds.ts';
import { layOut } from '../../../scripts/release-tree.ts';

const here = import.meta.dirname;
const ACT = [process.env.ML_DEPLOY_ACT ?? '', join(root, 'build/conformance/act/act')].find((path) =>
  existsSync(path),
);

/** Why the workflows cannot be run here; null where they can. */
export function missingAct(): string | null {
  if (ACT === undefined) return 'act is not installed (test/conformance/beds/install-act.sh)';
  return spawnSync('git', ['--version']).status === 0 ? null : 'git is not installed';
}

export interface WorkflowRun {
  readonly exitCode: number | null;
  readonly log: string;
}

export interface ActBed {
  readonly beds: Beds;
  /** Where the artifact store of all environments is. */
  readonly store: string;
  /** Runs deploy-ml-model.yml as for a push of this release of the sample to a branch. */
  push(branch: string, release: string): Promise<WorkflowRun>;
  /** The same as for a pull request from that branch, with no secret but the job's own token. */
  pullRequest(branch: string, release: string): Promise<WorkflowRun>;
  close(): Promise<void>;
}

export async function startActBed(): Promise<ActBed> {
  const folder = mkdtempSync(join(tmpdir(), 'ml-deploy-act-'));
  const marker = randomUUID();
  const store = join(folder, 'store');
  const tree = join(folder, 'release');
  layOut(tree);
  leaveOutNewerKeys(join(tree, '.github/workflows/deploy.yml'));
  const repository = makeRepository(join(folder, 'repository'), store);
  const beds = await startBeds();
  const start = async (event: string, branch: string, release: string) => {
    git(repository, ['checkout', '--quiet', '-B', branch]);
    writeFileSync(join(repository, 'model/trained-release'), release);
    git(repository, ['add', '--all']);
    git(repository, ['commit', '--quiet', '--allow-empty', '--message', `${release} to ${branch}`]);
    try {
      return await runAct(repository, { folder, tree, marker, event, branch, beds });
    } finally {
      endProcesses(marker);
    }
  };
  return {
    beds,
    store,
    push: (branch, release) => start('push', branch, release),
    pullRequest: (branch, release) => start('pull_request', branch, release),
    close: async () => {
      await beds.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** act refuses a workflow with a key that it does not know, and `deployment` below `environment` is newer than it. */
function leaveOutNewerKeys(file: string): void {
  const source = readFileSync(file, 'utf8');
  writeFileSync(file, source.replace(/^ +deployment: false\n/m, ''));
}

/** A user's repository: the sample model, ml-deploy.yml, and the workflow as it is copied. */
function makeRepository(path: string, store: string): string {
  for (const file of ['model/releases', 'model/cases', '.github/workflows/deploy-ml-model.yml']) {
    mkdirSync(dirname(join(path, file)), { recursive: true });
    cpSync(join(root, file), join(path, file), { recursive: true });
  }
  const config = readFileSync(join(here, 'ml-deploy.yml'), 'utf8');
  writeFileSync(join(path, 'ml-deploy.yml'), config.replaceAll('@STORE@', pathToFileURL(store).href));
  git(path, ['init', '--quiet']);
  git(path, ['remote', 'add', 'origin', 'https://github.com/acme/churn.git']);
  return path;
}

function git(path: string, args: readonly string[]): void {
  const identity = [
    '-c',
    'user.name=olga',
    '-c',
    'user.email=olga@example.com',
    '-c',
    'commit.gpgsign=false',
  ];
  const { status, stderr } = spawnSync('git', [...identity, ...args], { cwd: path, encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
}

interface RunFacts {
  readonly folder: string;
  readonly tree: string;
  readonly marker: string;
  readonly event: string;
  readonly branch: string;
  readonly beds: Beds;
}

async function runAct(
  repository: string,
  { folder, tree, marker, event, branch, beds }: RunFacts,
): Promise<WorkflowRun> {
  const home = mkdtempSync(join(folder, 'home-'));
  const eventPath = join(home, 'event.json');
  writeFileSync(eventPath, JSON.stringify(payloadOf(event, branch, beds)));
  const env = {
    GITHUB_API_URL: beds.githubUrl,
    SLACK_API_URL: beds.slackUrl,
    ML_DEPLOY_POLL_SECONDS: '0.2',
    ML_DEPLOY_BED: folder,
    ML_DEPLOY_BED_MARKER: marker,
  };
  const slack: Record<string, string> = event === 'push' ? { SLACK_BOT_TOKEN: beds.slackToken } : {};
  const secrets = { GITHUB_TOKEN: beds.githubToken, ...slack };
  const args = [
    event,
    ...[
      '--workflows',
      '.github/workflows/deploy-ml-model.yml',
      '--eventpath',
      eventPath,
      '--actor',
      beds.initiator,
    ],
    ...['--platform', 'ubuntu-latest=-self-hosted', '--no-cache-server', '--log-prefix-job-id'],
    '--no-skip-checkout',
    ...Object.entries(standIns(tree)).flatMap(([uses, path]) => ['--local-repository', `${uses}=${path}`]),
    ...Object.entries(env).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    ...Object.entries(secrets).flatMap(([name, value]) => ['--secret', `${name}=${value}`]),
  ];
  return spawnLogged(ACT ?? '', args, {
    cwd: repository,
    env: {
      HOME: home,
      XDG_CACHE_HOME: join(home, 'cache'),
      PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
    },
  });
}

function payloadOf(event: string, branch: string, beds: Beds): unknown {
  const repository = { full_name: beds.repository };
  if (event === 'push') return { ref: `refs/heads/${branch}`, repository };
  return {
    number: 7,
    pull_request: { number: 7, head: { ref: branch }, base: { ref: 'develop' } },
    repository,
  };
}

/** The release tree under the name that users write, and a stand-in for each third-party action of the workflows. */
function standIns(tree: string): Record<string, string> {
  const files = readdirSync(join(root, '.github/workflows')).map((name) =>
    join(root, '.github/workflows', name),
  );
  const used = files.flatMap((file) => usesIn(parse(readFileSync(file, 'utf8'))));
  const found = used.flatMap((uses) => {
    const path = join(here, 'stand-ins', /^[^/]+\/([^@]+)@/.exec(uses)?.[1] ?? '');
    return uses.startsWith('org/') || !existsSync(join(path, 'action.yml')) ? [] : [[uses, path] as const];
  });
  return { ...Object.fromEntries(found), 'org/ml-deploy@v1': tree };
}

function usesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(usesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'uses' && typeof inner === 'string' ? [inner] : usesIn(inner),
  );
}

function spawnLogged(
  program: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: Record<string, string> },
): Promise<WorkflowRun> {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (log += chunk.toString('utf8')));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    // 'exit' and not 'close': a server of a job may hold the pipe.
    child.on('exit', (exitCode) => setImmediate(() => resolve({ exitCode, log })));
  });
}

/** A hosted runner ends with its job. Here, what a job left running is known by the marker in its environment. */
function endProcesses(marker: string): void {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const environment = environmentOf(pid);
    if (environment.includes(marker)) process.kill(Number(pid), 'SIGKILL');
  }
}

/** '' for a process that ended meanwhile, or that is somebody else's. */
function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return '';
  }
}
