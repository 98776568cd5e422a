/** A bed for the local target: a temp folder, archives of fake models, and servers in this process. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ContainerRunner } from '../../src/core/image/container-runner.ts';
import { systemClock } from '../../src/runner/clock.ts';
import { openUrl } from '../../src/stores/open-store.ts';
import type { OpenSession } from '../../src/core/model-session.ts';
import type { Desired } from '../../src/documents/plan.ts';
import { createLocalTarget } from '../../src/platforms/local/local-target.ts';
import { layoutOfFolder } from '../../src/platforms/local/layout.ts';
import type { LocalTargetOptions } from '../../src/platforms/local/options.ts';
import type { ProcessTable } from '../../src/platforms/local/process-table.ts';
import { startServer, type RunningServer } from '../../src/platforms/local/server/start.ts';
import { makeArchive, type FakeArchive } from '../fakes/archive.ts';
import { FakeRunner } from '../fakes/container-runner.ts';
import { fakePorts, type FakePorts } from '../fakes/ports.ts';
import { BROKEN_MODEL, fakeModel, openFakeSession } from '../fakes/session.ts';
import { ENDPOINT, type ModelName, type TargetBed } from './target-suite.ts';

const LABELS: Readonly<Record<ModelName, number>> = { one: 1, two: 2, three: 3, broken: 0 };

export interface LocalBed extends TargetBed {
  readonly root: string;
  readonly ports: FakePorts;
  readonly options: LocalTargetOptions;
  readonly archives: Readonly<Record<ModelName, { readonly path: string; readonly digest: string }>>;
  /** What the servers said, and where one was started. */
  readonly said: readonly string[];
  /** Ends the servers, while the endpoints stay. */
  stopServers(): Promise<void>;
  /** Another client of the same endpoints. */
  targetWith(options: Partial<LocalTargetOptions>): ReturnType<typeof createLocalTarget>;
}

export async function makeLocalBed(
  overrides: Partial<LocalTargetOptions> = {},
  openSession: OpenSession = openFakeSession,
  runner: ContainerRunner = new FakeRunner(),
): Promise<LocalBed> {
  const folder = await mkdtemp(join(tmpdir(), 'ml-deploy-local-'));
  const root = join(folder, 'local');
  const archives = await writeArchives(folder);
  const ports = fakePorts({ workspace: folder });
  const servers = new InProcessServers(openSession, runner);
  const options: LocalTargetOptions = {
    root,
    launch: (start) => servers.launch(start.folder, start.port),
    openArchive: openUrl,
    openSession,
    processes: servers.table,
    clock: ports.clock,
    signal: ports.signal,
    log: ports.log,
    timeoutMs: 60_000,
    pollMs: null,
    keepVersions: 3,
    port: null,
    containers: {
      findRunner: () => Promise.resolve(runner),
      environment: new Map(),
      environmentKey: null,
      startupMs: 5000,
    },
    context: { runId: '' },
    ...overrides,
  };
  return {
    root,
    ports,
    options,
    archives,
    said: servers.said,
    target: createLocalTarget(options),
    targetWith: (other) => createLocalTarget({ ...options, ...other }),
    labelOf: (model) => LABELS[model],
    stopServers: () => servers.stopAll(),
    request: (model, endpoint = ENDPOINT) => requestFor(archives[model], endpoint),
    dispose: async () => {
      await servers.stopAll();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function writeArchives(folder: string): Promise<LocalBed['archives']> {
  const made = (Object.keys(LABELS) as ModelName[]).map(async (name) => {
    const bytes = name === 'broken' ? BROKEN_MODEL : fakeModel(LABELS[name]);
    const archive: FakeArchive = await makeArchive({ 'model.onnx': bytes });
    const path = join(folder, `${name}.tar.gz`);
    await writeFile(path, archive.bytes);
    return [name, { path, digest: archive.digest }] as const;
  });
  return Object.fromEntries(await Promise.all(made)) as LocalBed['archives'];
}

export function desiredFor(model: string, changes: Partial<Desired> = {}): Desired {
  return {
    model,
    environment: {},
    staging: 'endpoint',
    strategy: { type: 'all-at-once', stepPercent: null, bakeMinutes: 0, alarms: [] },
    spec: {},
    ...changes,
  };
}

export function requestFor(
  archive: { readonly path: string; readonly digest: string },
  endpoint = ENDPOINT,
  changes: Partial<Desired> = {},
) {
  return {
    endpoint,
    desired: desiredFor(archive.digest, changes),
    sources: { modelUrl: archive.path, modelSha256: null, referenceUrl: null, imageUri: null, release: null },
    repository: 'acme/churn',
    environmentName: null,
    commit: '',
    run: '',
  };
}

/** Servers that live in this process, each under a process number of its own. */
class InProcessServers {
  readonly #running = new Map<number, RunningServer>();
  #next = 1_000_000;
  readonly said: string[] = [];
  readonly table = this.#table(process.pid);
  readonly #openSession: OpenSession;
  readonly #runner: ContainerRunner;

  constructor(openSession: OpenSession, runner: ContainerRunner) {
    this.#openSession = openSession;
    this.#runner = runner;
  }

  async launch(folder: string, port: number): Promise<number> {
    const pid = this.#next++;
    this.said.push('a server is started');
    const name = folder.slice(folder.lastIndexOf('/') + 1);
    const server = await startServer({
      layout: layoutOfFolder(folder, name),
      port,
      openSession: this.#openSession,
      findRunner: () => Promise.resolve(this.#runner),
      clock: systemClock,
      processes: this.#table(pid),
      log: (line) => this.said.push(line),
    });
    this.#running.set(pid, server);
    void server.stopped.then(() => this.#running.delete(pid));
    return pid;
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.#running.values()].map((server) => server.stop()));
  }

  #table(pid: number): ProcessTable {
    return {
      self: () => ({ pid, start: null }),
      alive: (identity) => identity.pid === process.pid || this.#running.has(identity.pid),
      kill: ({ pid: dead }) => void this.#running.get(dead)?.stop(),
    };
  }
}
