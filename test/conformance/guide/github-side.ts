/**
 * GitHub as the guide knows it: bare repositories in a folder that git takes for https://github.com/, and a `gh` that asks
 * this server. `gh run watch` runs what was pushed or started last, under act.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { root } from '../../../scripts/lib/paths.ts';
import { layOutForServer } from '../../../scripts/release-tree.ts';
import { close } from '../beds/s3-bed.ts';
import { runAct, SELF, type WorkflowRun, type WorkflowStart } from '../workflows/act.ts';

/** What a clone of the project has that the guide takes from it. */
const PROJECT = ['.github', 'docs', 'examples', 'model'];
/** The newest release of the project. */
export const RELEASE = SELF.split('@')[1] ?? '';
export const OWNER_ID = 1001;
export const REPOSITORY_ID = 2002;

export interface GitHubSide {
  /** For the shell: gh on the PATH, and a git that finds the repositories. */
  readonly env: Readonly<Record<string, string>>;
  /** The runs that were watched, in their order. */
  readonly runs: WorkflowRun[];
  /** Runs the workflow as for a pull request from a branch with what was pushed last. */
  pullRequest(): Promise<WorkflowRun>;
  close(): Promise<void>;
}

interface Answer {
  readonly output: string;
  readonly exitCode: number;
}

export interface GitHubSideOptions {
  /** What a push runs, a file in .github/workflows without its ending. */
  readonly workflow?: string;
  /** The files and folders of the project that a clone of it has. */
  readonly project?: readonly string[];
}

/** @param env for every job */
export async function startGitHubSide(
  folder: string,
  env: Readonly<Record<string, string>>,
  { workflow = 'deploy-ml-model', project = PROJECT }: GitHubSideOptions = {},
): Promise<GitHubSide> {
  const side = new Side(folder, env, workflow);
  side.publishProject(project);
  const server = createServer((request, response) => {
    void text(request)
      .then(async (body) => {
        const { args, branch } = JSON.parse(body) as { args: string[]; branch: string };
        return side.answer(args, branch);
      })
      .catch((error: unknown) => ({ output: `${String(error)}\n`, exitCode: 1 }))
      .then((answer: Answer) => response.end(JSON.stringify(answer)));
  });
  server.requestTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    env: {
      PATH: `${join(import.meta.dirname, 'bin')}:${process.env.PATH ?? ''}`,
      HOME: side.home,
      ML_DEPLOY_BED_GITHUB: `http://127.0.0.1:${port}`,
    },
    runs: side.runs,
    pullRequest: () => side.pullRequest(),
    close: () => close(server),
  };
}

class Side {
  readonly home: string;
  readonly runs: WorkflowRun[] = [];
  readonly #folder: string;
  readonly #repositories: string;
  readonly #tree: string;
  readonly #env: Readonly<Record<string, string>>;
  readonly #workflow: string;
  readonly #variables = new Map<string, string>();
  #repository = '';
  #lastRun = 0;
  #dispatched: { workflow: string; inputs: Record<string, string> } | null = null;

  constructor(folder: string, env: Readonly<Record<string, string>>, workflow: string) {
    this.#folder = folder;
    this.#env = env;
    this.#workflow = workflow;
    this.home = join(folder, 'home');
    this.#repositories = join(folder, 'github');
    this.#tree = join(folder, 'release');
    mkdirSync(this.home, { recursive: true });
    const settings = [
      `[url "file://${this.#repositories}/"]\n\tinsteadOf = https://github.com/`,
      '[user]\n\tname = olga\n\temail = olga@example.com',
      '[commit]\n\tgpgsign = false',
      '[protocol "file"]\n\tallow = always',
    ];
    writeFileSync(join(this.home, '.gitconfig'), `${settings.join('\n')}\n`);
  }

  /** The project on its main branch, and what its tag v1 points to. */
  publishProject(parts: readonly string[]): void {
    const path = join(this.#repositories, 'org/ml-deploy');
    for (const part of parts) {
      const isSource = (name: string) => !/\/(build|__pycache__|\.pytest_cache|\.ml-deploy)(\/|$)/.test(name);
      cpSync(join(root, part), join(path, part), { recursive: true, filter: (from) => isSource(from) });
    }
    this.#git(path, 'init', '--quiet', '--initial-branch', 'main');
    this.#git(path, 'add', '--all', '--force');
    this.#git(path, 'commit', '--quiet', '--message', 'The project');
    this.#git(path, 'tag', RELEASE);
    // act knows neither `$/` nor `deployment: false`: what runs here is the rewritten copy for GitHub Enterprise Server.
    layOutForServer(this.#tree, SELF);
  }

  /** @param branch the one that gh is called on; '' outside of a repository */
  async answer(args: readonly string[], branch: string): Promise<Answer> {
    const [group = '', command = '', ...rest] = args;
    const { positional, flags } = parse(rest);
    switch (`${group} ${command}`) {
      case 'repo create':
        return this.#create(only(positional));
      case 'variable set':
        this.#variables.set(only(positional).toUpperCase(), one(flags, 'body'));
        return { output: '', exitCode: 0 };
      case 'workflow run': {
        const fields = (flags.get('field') ?? []).map(
          (field) => /^([^=]+)=(.*)$/s.exec(field)?.slice(1) ?? [],
        );
        const workflow = only(positional).replace(/\.yml$/, '');
        this.#dispatched = { workflow, inputs: Object.fromEntries(fields) as Record<string, string> };
        return { output: '', exitCode: 0 };
      }
      case 'release view':
        return { output: `${RELEASE}\n`, exitCode: 0 };
      case 'run watch':
        return this.#watch();
      case 'pr create':
        return { output: `https://github.com/${this.#repository}/pull/7\n`, exitCode: 0 };
      case 'pr checks': {
        const run = await this.pullRequest(branch);
        return { output: run.log, exitCode: run.exitCode ?? 1 };
      }
      default:
        if (group === 'api') return this.#api(command, one(flags.size > 0 ? flags : parse(rest).flags, 'jq'));
        throw new Error(`The stand-in for gh knows nothing of: gh ${args.join(' ')}`);
    }
  }

  #create(name: string): Answer {
    this.#repository = name;
    const path = join(this.#repositories, name);
    mkdirSync(path, { recursive: true });
    this.#git(path, 'init', '--quiet', '--bare', '--initial-branch', 'main');
    return { output: `https://github.com/${name}\n`, exitCode: 0 };
  }

  #api(path: string, filter: string): Answer {
    if (path !== `repos/${this.#repository}`) throw new Error(`The stand-in for gh has no ${path}.`);
    const [login = '', name = ''] = this.#repository.split('/');
    const repository = { id: REPOSITORY_ID, name, owner: { login, id: OWNER_ID } };
    const output = execFileSync('jq', ['--raw-output', filter], {
      input: JSON.stringify(repository),
      encoding: 'utf8',
    });
    return { output, exitCode: 0 };
  }

  async #watch(): Promise<Answer> {
    const dispatched = this.#dispatched;
    this.#dispatched = null;
    const run = await this.#start({
      workflow: dispatched?.workflow ?? this.#workflow,
      event: dispatched === null ? 'push' : 'workflow_dispatch',
      payload: { ref: 'refs/heads/main', inputs: dispatched?.inputs ?? {} },
      log: `guide-${this.runs.length + 1}`,
    });
    this.runs.push(run);
    return { output: run.log, exitCode: run.exitCode ?? 1 };
  }

  /** @param branch with what is to be merged, as it was pushed; main stands in for any other */
  pullRequest(branch = 'main'): Promise<WorkflowRun> {
    const pull_request = { number: 7, head: { ref: 'feature' }, base: { ref: 'main' } };
    const payload = { number: 7, pull_request };
    const start = { workflow: this.#workflow, event: 'pull_request', payload, log: 'guide-pull-request' };
    return this.#start(start, branch);
  }

  #start(
    start: Pick<WorkflowStart, 'workflow' | 'event' | 'payload' | 'log'>,
    branch = 'main',
  ): Promise<WorkflowRun> {
    const checkout = join(this.#folder, 'repository');
    for (const stale of [checkout, join(this.#folder, 'artifacts')])
      rmSync(stale, { recursive: true, force: true });
    const bare = join(this.#repositories, this.#repository);
    this.#git(this.#folder, 'clone', '--quiet', '--branch', branch, bare, checkout);
    this.#git(checkout, 'remote', 'set-url', 'origin', `https://github.com/${this.#repository}.git`);
    const repository = { full_name: this.#repository, default_branch: 'main' };
    return runAct(
      {
        ...start,
        payload: { ...start.payload, repository },
        actor: 'olga',
        runId: String(++this.#lastRun),
        env: this.#env,
        secrets: { GITHUB_TOKEN: 'no-token' },
        vars: this.#vars(),
      },
      {
        folder: this.#folder,
        repository: checkout,
        tree: this.#tree,
        standIns: join(import.meta.dirname, 'stand-ins'),
      },
    );
  }

  /** GitHub finds a variable whatever the case of its letters; act does not. */
  #vars(): Record<string, string> {
    const both = [...this.#variables].flatMap(([name, value]) => [
      [name, value] as const,
      [name.replace(/(?<=^AWS_ROLE_ARN_).+$/, (environment) => environment.toLowerCase()), value] as const,
    ]);
    return Object.fromEntries(both);
  }

  #git(cwd: string, ...args: readonly string[]): void {
    const env = { PATH: process.env.PATH, HOME: this.home, GIT_CONFIG_NOSYSTEM: '1' };
    execFileSync('git', args, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] });
  }
}

function parse(args: readonly string[]): { positional: string[]; flags: Map<string, string[]> } {
  const positional: string[] = [];
  const flags = new Map<string, string[]>();
  const withValue = ['body', 'field', 'jq', 'json', 'repo'];
  for (let at = 0; at < args.length; at++) {
    const name = /^--([a-z-]+)$/.exec(args[at] ?? '')?.[1];
    if (name === undefined) positional.push(args[at] ?? '');
    else
      flags.set(name, [...(flags.get(name) ?? []), withValue.includes(name) ? (args[++at] ?? '') : 'true']);
  }
  return { positional, flags };
}

function only(values: readonly string[]): string {
  const [value, ...others] = values;
  if (value === undefined || others.length > 0)
    throw new Error(`One argument was expected: ${values.join(' ')}`);
  return value;
}

function one(flags: ReadonlyMap<string, readonly string[]>, name: string): string {
  return only(flags.get(name) ?? []);
}
