/** podman and buildah from packages that are only unpacked, each alone on its PATH, and a registry with a password. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../../scripts/lib/paths.ts';
import { askRegistry, countWrites, FOLDERS, LOGIN, startRegistry } from './docker-bed.ts';
import { findProgram, needProgram, searchPath, type Process } from './processes.ts';

const run = promisify(execFile);

/** Where install-podman.sh unpacks. */
const BED = join(root, 'build/conformance/podman');
const PROGRAMS = ['podman', 'buildah'] as const;
export type PodmanProgram = (typeof PROGRAMS)[number];

export interface PodmanClient {
  readonly program: PodmanProgram;
  /** PATH leads to this program and to nothing else. */
  readonly env: Readonly<Record<string, string>>;
}

export interface PodmanBed {
  readonly registry: string;
  readonly clients: readonly PodmanClient[];
  readonly busybox: string;
  /** Runs a client; its standard output. */
  call(client: PodmanClient, args: readonly string[], input?: string): Promise<string>;
  /** A request to the registry's API with the login. */
  request(path: string, init?: RequestInit): Promise<Response>;
  /** How many requests have changed something in the registry. */
  writes(): Promise<number>;
  stop(): Promise<void>;
}

/** What is missing for the bed, in words; null where all is there. */
export async function missingForPodman(): Promise<string | null> {
  const own = await Promise.all(PROGRAMS.map((name) => findProgram(name, [join(BED, 'usr/bin')])));
  const missing = PROGRAMS.filter((_, index) => own[index] === null);
  if (missing.length > 0) {
    return `skipped: ${missing.join(', ')} not installed (test/conformance/beds/install-podman.sh)`;
  }
  const shared = ['runc', 'docker-registry', 'busybox'];
  const found = await Promise.all(shared.map((name) => findProgram(name, [...FOLDERS, ...searchPath()])));
  const absent = shared.filter((_, index) => found[index] === null);
  if (absent.length > 0)
    return `skipped: ${absent.join(', ')} not installed (test/conformance/beds/install-docker.sh)`;
  return process.getuid?.() === 0 ? null : 'skipped: this bed has to be started by root';
}

export async function startPodmanBed(): Promise<PodmanBed> {
  const folder = await mkdtemp(join(tmpdir(), 'podman-bed-'));
  const processes: Process[] = [];
  const stop = async () => {
    for (const started of processes) await started.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const registry = await startRegistry(folder, processes);
    const env = await configure(folder);
    const clients: PodmanClient[] = [];
    for (const program of PROGRAMS) clients.push(await clientOf(program, folder, env));
    const [first] = clients;
    if (first === undefined) throw new Error('the bed has no client');
    const login = ['login', '--tls-verify=false', '--username', LOGIN.username, '--password-stdin', registry];
    await call(first, login, LOGIN.password);
    return {
      registry,
      clients,
      busybox: await needProgram('busybox', [...FOLDERS, ...searchPath()]),
      call,
      request: (path, init = {}) => askRegistry(registry, path, init),
      writes: async () => countWrites(await readFile(join(folder, 'registry.log'), 'utf8')),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Everything that the programs would look for below /etc, /usr and the home folder. */
async function configure(folder: string): Promise<Record<string, string>> {
  const at = (name: string) => join(folder, name);
  const runc = await needProgram('runc', [...FOLDERS, ...searchPath()]);
  await mkdir(at('home/.config/containers'), { recursive: true });
  await writeFile(
    at('home/.config/containers/policy.json'),
    '{"default":[{"type":"insecureAcceptAnything"}]}',
  );
  await writeFile(
    at('storage.conf'),
    `[storage]\ndriver = "vfs"\nrunroot = "${at('run')}"\ngraphroot = "${at('graph')}"\n`,
  );
  await writeFile(
    at('containers.conf'),
    `[engine]
cgroup_manager = "cgroupfs"
events_logger = "file"
conmon_path = ["${join(BED, 'usr/bin/conmon')}"]
helper_binaries_dir = ["${join(BED, 'usr/lib/podman')}"]
tmp_dir = "${at('tmp')}"
static_dir = "${at('static')}"
volume_path = "${at('volumes')}"
runtime = "runc"
[engine.runtimes]
runc = ["${runc}"]
[containers]
seccomp_profile = "${join(BED, 'usr/share/containers/seccomp.json')}"
`,
  );
  return {
    HOME: at('home'),
    REGISTRY_AUTH_FILE: at('auth.json'),
    CONTAINERS_CONF: at('containers.conf'),
    CONTAINERS_STORAGE_CONF: at('storage.conf'),
    BUILDAH_RUNTIME: runc,
    LD_LIBRARY_PATH: await libraries(),
  };
}

/** Such as usr/lib/x86_64-linux-gnu. */
async function libraries(): Promise<string> {
  const folders = await readdir(join(BED, 'usr/lib'));
  return join(BED, 'usr/lib', folders.find((name) => name.endsWith('-linux-gnu')) ?? '');
}

async function clientOf(
  program: PodmanProgram,
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<PodmanClient> {
  const path = join(folder, `path-${program}`);
  await mkdir(path);
  await symlink(join(BED, 'usr/bin', program), join(path, program));
  return { program, env: { ...env, PATH: path } };
}

async function call({ program, env }: PodmanClient, args: readonly string[], input = ''): Promise<string> {
  const running = run(join(env.PATH ?? '', program), args, { env: { ...env } });
  running.child.stdin?.end(input);
  return (await running).stdout.trim();
}
