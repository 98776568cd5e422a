/**
 * A real Docker daemon and a real registry with a password, both on this machine only. The daemon runs without bridge,
 * iptables or an overlay file system, so that root inside a container is enough.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import {
  findProgram,
  freePort,
  needProgram as need,
  searchPath,
  startProcess,
  untilReady,
  type Process,
} from './processes.ts';

/** Where install-docker.sh unpacks. */
const BED = join(import.meta.dirname, '../../../build/conformance/docker');
export const FOLDERS = [
  ...['usr/bin', 'usr/sbin', 'bin', 'sbin', 'buildx', 'buildkit', 'usr/libexec/docker/cli-plugins'],
].map((folder) => join(BED, folder));

export const LOGIN = { username: 'tester', password: 'open sesame' };
/** bcrypt of that password, which opens nothing but a registry on 127.0.0.1. */
const HTPASSWD = 'tester:$2b$04$Xz0EIsmCwAC6fQQ6D1zp5OfFB7EEmCBoJ1WOl/H.F3vszk3JA/Lfm\n';

/** One client with one way of building. */
export interface Client {
  readonly title: string;
  /** PATH and DOCKER_CONFIG that lead to this client; with DOCKER_HOST. */
  readonly env: Readonly<Record<string, string>>;
  /** Whether it has BuildKit, and so build secrets. */
  readonly buildKit: boolean;
}

export interface DockerBed {
  readonly registry: string;
  readonly clients: readonly Client[];
  /** A static program that images can be made of without pulling one. */
  readonly busybox: string;
  docker(client: Client, args: readonly string[], input?: string): Promise<string>;
  /** The client with a BuildKit of its own, started once, which can write caches; null where buildx or buildkitd is not there. */
  withOwnBuilder(): Promise<Client | null>;
  /** A request to the registry's API with the login. */
  request(path: string, init?: RequestInit): Promise<Response>;
  /** How many requests have changed something in the registry. */
  writes(): Promise<number>;
  stop(): Promise<void>;
}

/** What is missing for the bed, in words; null where all is there. */
export async function missingForDocker(): Promise<string | null> {
  const programs = ['dockerd', 'docker', 'containerd', 'runc', 'docker-registry', 'busybox'];
  const found = await Promise.all(programs.map((name) => findProgram(name, [...FOLDERS, ...searchPath()])));
  const missing = programs.filter((_, index) => found[index] === null);
  if (missing.length > 0) {
    return `skipped: ${missing.join(', ')} not installed (test/conformance/beds/install-docker.sh)`;
  }
  return process.getuid?.() === 0 ? null : 'skipped: a Docker daemon has to be started by root';
}

const BASE_IMAGES = join(BED, '../base-image');

/** The root file system that install-base-image.sh makes; null where it is not there. */
async function baseImageFile(): Promise<string | null> {
  const names = await readdir(BASE_IMAGES).catch(() => []);
  const found = names.find((name) => /^rootfs-.*\.tar$/.test(name));
  return found === undefined ? null : join(BASE_IMAGES, found);
}

/** What is missing to build model/Dockerfile, in words; null where it is there. */
export async function missingForBaseImage(): Promise<string | null> {
  return (await baseImageFile()) === null
    ? 'skipped: there is no base image (test/conformance/beds/install-base-image.sh)'
    : null;
}

/** Gives the base image to the daemon, under a name for BASE_IMAGE. */
export async function importBaseImage(bed: DockerBed, client: Client): Promise<string> {
  const name = 'ml-deploy-base:test';
  await bed.docker(client, ['import', (await baseImageFile()) ?? '', name]);
  return name;
}

/** @param daemonEnv added to the environment of the Docker daemon, such as its proxy */
export async function startDockerBed(daemonEnv: Readonly<Record<string, string>> = {}): Promise<DockerBed> {
  const folder = await mkdtemp(join(tmpdir(), 'docker-bed-'));
  const env = { ...process.env, PATH: [...FOLDERS, ...searchPath()].join(delimiter) };
  const processes: Process[] = [];
  const stop = async () => {
    for (const started of processes.reverse()) await started.stop();
    await unmountBelow(folder);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const registry = await startRegistry(folder, processes);
    const socket = await startDaemon(folder, { ...env, ...daemonEnv }, processes);
    const clients = await findClients(folder, socket);
    const request = (path: string, init: RequestInit = {}) => askRegistry(registry, path, init);
    let builder: Promise<Client | null> | null = null;
    const bed: DockerBed = {
      registry,
      clients,
      busybox: await need('busybox', FOLDERS),
      docker: (client, args, input) => runDocker(client, args, input),
      withOwnBuilder: () => (builder ??= startBuilder(folder, env, clients, processes)),
      request,
      writes: async () => countWrites(await readFile(join(folder, 'registry.log'), 'utf8')),
      stop,
    };
    for (const client of clients) {
      const args = ['login', '--username', LOGIN.username, '--password-stdin', registry];
      await bed.docker(client, args, LOGIN.password);
    }
    return bed;
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The daemon leaves the host's network namespace mounted in its folder. */
async function unmountBelow(folder: string): Promise<void> {
  const mounts = (await readFile('/proc/mounts', 'utf8')).split('\n').map((line) => line.split(' ')[1] ?? '');
  for (const mount of mounts.filter((path) => path.startsWith(`${folder}/`)).reverse()) {
    await promisify(execFile)('umount', [mount]);
  }
}

/** A registry with a password; gives its address. `htpasswd` may hold bcrypt only. */
export async function startRegistry(
  folder: string,
  processes: Process[],
  htpasswd: string = HTPASSWD,
): Promise<string> {
  const address = `127.0.0.1:${await freePort()}`;
  await writeFile(join(folder, 'htpasswd'), htpasswd);
  const config = {
    version: '0.1',
    log: { accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: join(folder, 'registry') }, delete: { enabled: true } },
    http: { addr: address, relativeurls: true },
    auth: { htpasswd: { realm: 'test', path: join(folder, 'htpasswd') } },
  };
  // JSON is YAML.
  await writeFile(join(folder, 'registry.yml'), JSON.stringify(config));
  const log = join(folder, 'registry.log');
  const program = await need('docker-registry', [...FOLDERS, ...searchPath()]);
  const started = startProcess(program, ['serve', join(folder, 'registry.yml')], { log, env: process.env });
  processes.push(started);
  await untilReady(started, () =>
    fetch(`http://${address}/v2/`).then(
      ({ status }) => status === 401,
      () => false,
    ),
  );
  return address;
}

async function startDaemon(folder: string, env: NodeJS.ProcessEnv, processes: Process[]): Promise<string> {
  const socket = join(folder, 'docker.sock');
  const args = [
    ...['--iptables=false', '--ip6tables=false', '--bridge=none', '--storage-driver=vfs'],
    ...['--data-root', join(folder, 'data'), '--exec-root', join(folder, 'exec')],
    ...['--pidfile', join(folder, 'dockerd.pid'), '--host', `unix://${socket}`],
  ];
  const log = join(folder, 'dockerd.log');
  const started = startProcess(await need('dockerd', [...FOLDERS, ...searchPath()]), args, { log, env });
  processes.push(started);
  const docker = await need('docker', [...FOLDERS, ...searchPath()]);
  const host = `unix://${socket}`;
  await untilReady(started, () =>
    promisify(execFile)(docker, ['version'], { env: { ...env, DOCKER_HOST: host } }).then(
      () => true,
      () => false,
    ),
  );
  return host;
}

/** The client of the packages and the one on the PATH, each with what it has; and buildx where it was brought. */
async function findClients(folder: string, host: string): Promise<Client[]> {
  const buildx = (await findProgram('buildx', FOLDERS)) ?? (await findProgram('docker-buildx', FOLDERS));
  const paths = [await findProgram('docker', FOLDERS), await findProgram('docker', searchPath())];
  const clients: Client[] = [];
  for (const path of paths.filter((found) => found !== null)) {
    const { stdout } = await promisify(execFile)(path, ['--version']);
    const version = /version (\d+)/.exec(stdout)?.[1] ?? '';
    const buildKit = Number(version) < 23;
    const builder = buildKit ? 'its own BuildKit' : 'the classic builder';
    clients.push(await client(`docker ${version} with ${builder}`, path, null, buildKit));
    if (buildx !== null) clients.push(await client(`docker ${version} with buildx`, path, buildx, true));
  }
  return clients;

  async function client(
    title: string,
    path: string,
    plugin: string | null,
    buildKit: boolean,
  ): Promise<Client> {
    const config = join(folder, `config-${clients.length}`);
    await mkdir(join(config, 'cli-plugins'), { recursive: true });
    await writeFile(join(config, 'config.json'), '{}');
    if (plugin !== null) await symlink(plugin, join(config, 'cli-plugins', 'docker-buildx'));
    const PATH = [dirname(path), ...searchPath()].join(delimiter);
    return { title, env: { PATH, DOCKER_HOST: host, DOCKER_CONFIG: config }, buildKit };
  }
}

async function startBuilder(
  folder: string,
  env: NodeJS.ProcessEnv,
  clients: readonly Client[],
  processes: Process[],
): Promise<Client | null> {
  const program = await findProgram('buildkitd', [...FOLDERS, ...searchPath()]);
  const client = clients.find(({ title }) => title.includes('buildx'));
  if (program === null || client === undefined) return null;
  const address = `unix://${join(folder, 'buildkitd.sock')}`;
  const root = join(folder, 'buildkit');
  const args = [
    '--addr',
    address,
    '--root',
    root,
    '--oci-worker-snapshotter=native',
    '--allow-insecure-entitlement=network.host',
    '--containerd-worker=false',
  ];
  const started = startProcess(program, args, { log: join(folder, 'buildkitd.log'), env });
  processes.push(started);
  await runDocker(client, ['buildx', 'create', '--name', 'own', '--driver', 'remote', address]);
  await untilReady(started, () =>
    runDocker(client, ['buildx', 'inspect', 'own']).then(
      (said) => said.includes('running'),
      () => false,
    ),
  );
  return {
    ...client,
    title: `${client.title} on a builder of its own`,
    env: { ...client.env, BUILDX_BUILDER: 'own' },
  };
}

async function runDocker(client: Client, args: readonly string[], input = ''): Promise<string> {
  const running = promisify(execFile)('docker', args, { env: { ...process.env, ...client.env } });
  running.child.stdin?.end(input);
  return (await running).stdout.trim();
}

export function askRegistry(registry: string, path: string, init: RequestInit): Promise<Response> {
  const login = Buffer.from(`${LOGIN.username}:${LOGIN.password}`).toString('base64');
  const headers = new Headers(init.headers);
  headers.set('authorization', `Basic ${login}`);
  return fetch(`http://${registry}/v2/${path}`, { ...init, headers });
}

export function countWrites(log: string): number {
  return log.match(/msg="response completed".*http\.request\.method=(PUT|POST|PATCH|DELETE)/g)?.length ?? 0;
}
