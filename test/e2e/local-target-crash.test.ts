/**
 * Kills deploy-endpoint, on the built bundle and with a real server, before and after every single thing that it does,
 * and then runs the same command again: in between, a version answers; afterwards, what was asked for is true. `npm test`
 * takes one of EVERY such places, `npm run test:faults` all of them.
 */
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { root } from '../../scripts/lib/paths.ts';
import { runAction, type ActionRun } from '../../scripts/lib/runner-protocol.ts';
import { makeArchive } from '../fakes/archive.ts';
import { isWhole, triedNumbers } from '../share.ts';

const dist = process.env.ML_DEPLOY_TEST_DIST ?? join(root, 'dist');
const isBuilt = existsSync(join(dist, 'deploy-endpoint/index.js'));
const HOOK = pathToFileURL(join(import.meta.dirname, 'crash-hook.mjs')).href;
const MODEL = readFileSync(join(root, 'model/releases/v1/archive/model.onnx'));
const ROW = readFileSync(join(root, 'model/cases/one-row.json'));
const TOO_MANY_STEPS = 200;
/** Odd, so that kills before and after a step have their turn alike. */
const EVERY = 41;

interface Model {
  readonly path: string;
  readonly version: string;
}

interface Crash {
  readonly step: number;
  readonly when: 'before' | 'after';
}

/** A workspace of its own, with a fresh model whenever one is needed. */
class Bench {
  readonly workspace: string;
  readonly #pids = new Set<number>();
  #models = 0;

  constructor(workspace: string) {
    this.workspace = workspace;
  }

  async newModel(): Promise<Model> {
    const number = ++this.#models;
    const archive = await makeArchive({ 'model.onnx': MODEL, 'number.txt': String(number) });
    const path = join(this.workspace, `model-${number}.tar.gz`);
    await writeFile(path, archive.bytes);
    return { path, version: archive.digest };
  }

  async run(inputs: Record<string, string>, run: string, crash?: Crash): Promise<ActionRun> {
    const hook: Record<string, string> = crash
      ? { CRASH_STEP: String(crash.step), CRASH_WHEN: crash.when, CRASH_LOG: this.log }
      : {};
    const result = await runAction('deploy-endpoint', {
      dist,
      cwd: this.workspace,
      inputs: { target: 'local', 'endpoint-name': 'churn', ...inputs },
      env: {
        GITHUB_WORKSPACE: this.workspace,
        RUNNER_TEMP: join(this.workspace, 'temp'),
        GITHUB_RUN_ID: run,
        ML_DEPLOY_POLL_SECONDS: '0.02',
        ...hook,
      },
      ...(crash ? { nodeArgs: ['--import', HOOK] } : {}),
    });
    await this.notePid(inputs['endpoint-name'] ?? 'churn');
    return result;
  }

  get log(): string {
    return join(this.workspace, 'steps.log');
  }

  /** The port and process of an endpoint's server; null where there is none. */
  async server(endpoint = 'churn'): Promise<{ pid: number; port?: number } | null> {
    const file = join(this.workspace, '.ml-deploy/local', endpoint, 'server.json');
    const text = await readFile(file, 'utf8').catch(() => null);
    return text === null ? null : (JSON.parse(text) as { pid: number; port?: number });
  }

  /** The version that answers a prediction; null where nothing does. */
  async answering(endpoint = 'churn'): Promise<string | null> {
    const port = (await this.server(endpoint))?.port;
    if (port === undefined) return null;
    const headers = { 'content-type': 'application/json' };
    const url = `http://127.0.0.1:${port}/invocations`;
    const answer = await fetch(url, { method: 'POST', headers, body: ROW }).catch(() => null);
    return answer?.status === 200 ? answer.headers.get('x-ml-deploy-version') : null;
  }

  /** The names of the candidates that the endpoint knows of. */
  async candidates(): Promise<readonly string[]> {
    const file = join(this.workspace, '.ml-deploy/local/churn/state.json');
    const state = JSON.parse(await readFile(file, 'utf8')) as { candidates: { name: string }[] };
    return state.candidates.map(({ name }) => name);
  }

  async notePid(endpoint: string): Promise<void> {
    const pid = (await this.server(endpoint))?.pid;
    if (pid !== undefined) this.#pids.add(pid);
  }

  /** Ends every server that was seen. */
  killServers(): void {
    for (const pid of this.#pids) {
      if (isOurServer(pid, this.workspace)) process.kill(pid, 'SIGKILL');
    }
    this.#pids.clear();
  }

  async dispose(): Promise<void> {
    this.killServers();
    await rm(this.workspace, { recursive: true, force: true });
  }
}

function isOurServer(pid: number, workspace: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(workspace);
  } catch {
    return false;
  }
}

interface Scenario {
  /** Brings the endpoint into the state before the command, and gives its inputs and the version that serves then. */
  prepare(at: string): Promise<{ inputs: Record<string, string>; old: string | null; asked: string | null }>;
  /** What the repeated command may say. */
  readonly outcomes: readonly string[];
  /** Checks beyond what serves; `inputs` are those of the command. */
  after?(inputs: Record<string, string>, result: ActionRun): Promise<void>;
}

/** Every step, before and after; how many there are, the first run finds out, which is not killed. */
async function crashEverywhere(bench: Bench, scenario: Scenario): Promise<number> {
  await crashOnce(bench, scenario, { step: 0, when: 'before' });
  const steps = (await readFile(bench.log, 'utf8')).trim().split('\n').length;
  const places = triedNumbers(2 * (isWhole ? TOO_MANY_STEPS : steps), EVERY);
  for (const place of places) {
    const crash: Crash = { step: Math.ceil(place / 2), when: place % 2 === 1 ? 'before' : 'after' };
    // Where nothing was killed, the last step was the one before.
    if (!(await crashOnce(bench, scenario, crash))) return crash.step - 1;
  }
  if (isWhole) throw new Error(`There are more than ${TOO_MANY_STEPS} steps.`);
  return steps;
}

async function crashOnce(bench: Bench, scenario: Scenario, crash: Crash): Promise<boolean> {
  const run = `${crash.step}-${crash.when}`;
  const { inputs, old, asked } = await scenario.prepare(run);
  await rm(bench.log, { force: true });
  const first = await bench.run(inputs, run, crash);
  const reached = (await readFile(bench.log, 'utf8')).trim().split('\n').at(-1) ?? '';
  const where = `killed ${crash.when} step ${reached}`;
  const endpoint = inputs['endpoint-name'];
  if (first.signal === null) {
    expect(first.exitCode, first.log).toBe(0);
    return false;
  }
  expect(first.signal, where).toBe('SIGKILL');
  if (old !== null) expect([old, asked], where).toContain(await bench.answering(endpoint));
  const second = await bench.run(inputs, run);
  expect(second.exitCode, `${where}: ${second.log}`).toBe(0);
  expect(scenario.outcomes, where).toContain(second.outputs.outcome);
  expect(second.outputs['running-version'], where).toBe(asked ?? '');
  expect(await bench.answering(endpoint), where).toBe(asked);
  await scenario.after?.(inputs, second);
  return true;
}

if (!isBuilt) console.log('skipped: dist is not built (npm run build)');

describe.skipIf(!isBuilt)('deploy-endpoint, killed at any step', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = new Bench(await mkdtemp(join(tmpdir(), 'ml-deploy-crash-')));
  });
  afterEach(() => bench.dispose());

  const deployNew = async (run: string): Promise<string> => {
    const { path, version } = await bench.newModel();
    const result = await bench.run({ 'model-data-url': path }, `setup-${run}`);
    expect(result.outputs.outcome, result.log).toBe('deployed');
    return version;
  };

  it('replaces a live version', async () => {
    let live = await deployNew('first');
    const steps = await crashEverywhere(bench, {
      outcomes: ['deployed', 'unchanged'],
      prepare: async () => {
        const { path, version } = await bench.newModel();
        const old = live;
        live = version;
        return { inputs: { 'model-data-url': path, 'keep-versions': '1' }, old, asked: version };
      },
    });
    expect(steps).toBeGreaterThan(15);
  });

  it('makes a first version live', async () => {
    let number = 0;
    const { path, version } = await bench.newModel();
    await crashEverywhere(bench, {
      outcomes: ['deployed', 'unchanged'],
      prepare: () => {
        bench.killServers();
        const inputs = { 'endpoint-name': `first-${++number}`, 'model-data-url': path };
        return Promise.resolve({ inputs, old: null, asked: version });
      },
    });
  });

  it('stages a candidate', async () => {
    const old = await deployNew('first');
    await crashEverywhere(bench, {
      outcomes: ['staged'],
      prepare: async () => {
        const { path } = await bench.newModel();
        return { inputs: { command: 'stage', 'model-data-url': path }, old, asked: old };
      },
      after: async ({ 'model-data-url': path = '' }, { outputs }) => {
        expect(outputs['candidate-name']).not.toBe('');
        const inputs = { command: 'discard', 'model-data-url': path };
        const discarded = await bench.run(inputs, 'discard');
        expect(discarded.outputs.outcome, discarded.log).toBe('discarded');
      },
    });
  });

  it('promotes a candidate', async () => {
    let live = await deployNew('first');
    await crashEverywhere(bench, {
      outcomes: ['promoted', 'unchanged'],
      prepare: async (run) => {
        const { path, version } = await bench.newModel();
        const inputs = { 'model-data-url': path };
        const staged = await bench.run({ ...inputs, command: 'stage' }, `stage-${run}`);
        expect(staged.outputs.outcome, staged.log).toBe('staged');
        const old = live;
        live = version;
        return { inputs: { ...inputs, command: 'promote' }, old, asked: version };
      },
    });
  });

  it('discards a candidate', async () => {
    const old = await deployNew('first');
    await crashEverywhere(bench, {
      outcomes: ['discarded'],
      prepare: async (run) => {
        const { path } = await bench.newModel();
        const staged = await bench.run({ command: 'stage', 'model-data-url': path }, `stage-${run}`);
        expect(staged.outputs.outcome, staged.log).toBe('staged');
        return { inputs: { command: 'discard', 'model-data-url': path }, old, asked: old };
      },
      after: async (_, { outputs }) => {
        expect(outputs['candidate-name']).toBe('');
        expect(await bench.candidates()).toEqual([]);
      },
    });
  });

  it('rolls back, once', async () => {
    const good = await deployNew('first');
    await crashEverywhere(bench, {
      outcomes: ['rolled-back'],
      prepare: async (run) => {
        const bad = await deployNew(run);
        return { inputs: { command: 'rollback' }, old: bad, asked: good };
      },
    });
  });

  it('tears down', async () => {
    const { path } = await bench.newModel();
    await crashEverywhere(bench, {
      outcomes: ['torn-down'],
      prepare: async (run) => {
        const made = await bench.run({ 'model-data-url': path }, `setup-${run}`);
        expect(made.exitCode, made.log).toBe(0);
        return { inputs: { command: 'teardown', confirm: 'churn' }, old: null, asked: null };
      },
      after: async () => {
        expect(existsSync(join(bench.workspace, '.ml-deploy/local/churn'))).toBe(false);
        expect(await bench.server()).toBeNull();
      },
    });
  });
});
