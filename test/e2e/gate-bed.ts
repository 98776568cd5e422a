/** A repository on the GitHub emulator, a model store, and jobs that run built actions, each on a machine of its own. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../../scripts/lib/paths.ts';
import { runAction, type ActionRun, type RunOptions } from '../../scripts/lib/runner-protocol.ts';
import { startGitHubFront, type GitHubFront } from '../fakes/github-front.ts';

export const dist = process.env.ML_DEPLOY_TEST_DIST ?? join(root, 'dist');
export const isBuilt = existsSync(join(dist, 'approve-gate/index.js'));
/** For the titles of what is then left out. */
export const unbuilt = isBuilt ? '' : ' (skipped: dist is not built)';
export const ENDPOINT = 'churn-prod';

type Given = Record<string, string>;

/** One job of one workflow run: a fresh folder, and the facts of the run. */
export class Job {
  readonly folder: string;
  readonly #env: Given;
  readonly logs: string[] = [];

  constructor(folder: string, env: Given) {
    this.folder = folder;
    this.#env = env;
  }

  async run(action: string, inputs: Given, options: RunOptions = {}): Promise<ActionRun> {
    const env = { ...this.#env, ...options.env };
    const run = await runAction(action, { dist, cwd: this.folder, ...options, inputs, env });
    this.logs.push(run.log, run.summary);
    return run;
  }

  write(name: string, text: string): Promise<void> {
    return writeFile(join(this.folder, name), text);
  }
}

export class GateBed {
  readonly github: GitHubFront;
  readonly home: string;
  readonly store: string;
  readonly jobs: Job[] = [];
  #runs = 100;

  private constructor(github: GitHubFront, home: string) {
    this.github = github;
    this.home = home;
    this.store = pathToFileURL(join(home, 'store')).href;
  }

  static async open(): Promise<GateBed> {
    const people = ['olga', 'amira', 'ben'];
    const github = await startGitHubFront({ repository: 'acme/churn', users: people, collaborators: people });
    github.bots.add(github.botLogin);
    return new GateBed(github, await mkdtemp(join(tmpdir(), 'ml-deploy-gate-')));
  }

  /** @param actor who started the run */
  async job(actor = 'olga', more: Given = {}): Promise<Job> {
    const id = String(++this.#runs);
    const folder = join(this.home, `job-${id}`);
    await mkdir(join(folder, 'temp'), { recursive: true });
    const job = new Job(folder, {
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: folder,
      RUNNER_TEMP: join(folder, 'temp'),
      GITHUB_REPOSITORY: this.github.repository,
      GITHUB_API_URL: this.github.url,
      GITHUB_ACTOR: actor,
      GITHUB_TRIGGERING_ACTOR: actor,
      GITHUB_SHA: await this.github.headCommit(),
      GITHUB_REF: 'refs/heads/main',
      GITHUB_RUN_ID: id,
      GITHUB_EVENT_NAME: 'push',
      ML_DEPLOY_POLL_SECONDS: '0.2',
      ...more,
    });
    this.jobs.push(job);
    return job;
  }

  /** A job of the workflow on issue_comment. */
  async commentJob(issue: string, comment: number, actor: string): Promise<Job> {
    const said = await this.github.api('GET', `/repos/acme/churn/issues/comments/${comment}`);
    const event = { action: 'created', issue: { number: Number(issue) }, comment: said };
    const path = join(this.home, `event-${comment}.json`);
    await writeFile(path, JSON.stringify(event));
    return this.job(actor, { GITHUB_EVENT_NAME: 'issue_comment', GITHUB_EVENT_PATH: path });
  }

  /** Packs one of the sample models; path and digest of its release. */
  async package(job: Job, name = 'v1'): Promise<ActionRun> {
    const model = join(root, 'model/releases', name);
    const run = await job.run('package-model', {
      'model-path': join(model, 'archive'),
      'reference-path': join(model, 'reference.onnx'),
      destination: this.store,
    });
    return ok(run);
  }

  async plan(job: Job, release: string, more: Given = {}): Promise<ActionRun> {
    const inputs = { command: 'plan', target: 'local', 'endpoint-name': ENDPOINT, environment: 'prod' };
    return ok(await job.run('deploy-endpoint', { ...inputs, release, ...more }));
  }

  async say(issue: string, as: string, body: string): Promise<number> {
    const path = `/repos/acme/churn/issues/${issue}/comments`;
    return (await this.github.api<{ id: number }>('POST', path, { as, body: { body } })).id;
  }

  async issue(number: string): Promise<{ state: string; body: string }> {
    return this.github.api('GET', `/repos/acme/churn/issues/${number}`);
  }

  async comments(number: string): Promise<string[]> {
    const path = `/repos/acme/churn/issues/${number}/comments?per_page=100`;
    return (await this.github.api<{ body: string }[]>('GET', path)).map(({ body }) => body);
  }

  /** The number of the newest open issue, as soon as there is one that is not among these. */
  async nextIssue(known: readonly string[] = []): Promise<string> {
    for (;;) {
      const issues = await this.github.api<{ number: number }[]>(
        'GET',
        '/repos/acme/churn/issues?state=open&per_page=100',
      );
      const fresh = issues.map(({ number }) => String(number)).find((number) => !known.includes(number));
      if (fresh !== undefined) return fresh;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async teardown(job: Job, endpoint = ENDPOINT): Promise<void> {
    if (!existsSync(join(job.folder, '.ml-deploy/local', endpoint))) return;
    const inputs = { command: 'teardown', target: 'local', 'endpoint-name': endpoint, confirm: endpoint };
    ok(await job.run('deploy-endpoint', inputs));
  }

  async close(): Promise<void> {
    await this.github.close();
    await rm(this.home, { recursive: true, force: true });
  }
}

export function ok(run: ActionRun): ActionRun {
  if (run.exitCode !== 0) throw new Error(`exit ${run.exitCode} ${run.signal}: ${run.log}`);
  return run;
}

export async function readJson(path: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
}
