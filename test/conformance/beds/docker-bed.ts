/**
 * A real Docker daemon and a real registry with a password, both on this machine only. The daemon runs without bridge,
 * iptables or an overlay file system, so that root inside a container is enough.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { findProgram, freePort, searchPath, startProcess, untilReady, type Process } from './processes.ts';

/** Where install-docker.sh unpacks. */
const BED = join(import.meta.dirname, '../../../build/conformance/docker');
const FOLDERS = ['usr/bin', 'usr/sbin', 'bin', 'sbin', 'buildx', 'usr/libexec/docker/cli-plugins'].map(
  (folder) => join(BED, folder),
);

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

export async function startDockerBed(): Promise<DockerBed> {
  const folder = await mkdtemp(join(tmpdir(), 'docker-bed-'));
  const env = { ...process.env, PATH: [...FOLDERS, ...searchPath()].join(delimiter) };
  const processes: Process[] = [];
  const stop = async () => {
    for (const started of processes.reverse()) await started.stop();
    await unmountBelow(folder);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const registry = await startRegistry(folder, env, processes);
    const socket = await startDaemon(folder, env, processes);
    const clients = await findClients(folder, socket);
    const request = (path: string, init: RequestInit = {}) => askRegistry(registry, path, init);
    const bed: DockerBed = {
      registry,
      clients,
      busybox: await need('busybox', FOLDERS),
      docker: (client, args, input) => runDocker(client, args, input),
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

async function startRegistry(folder: string, env: NodeJS.ProcessEnv, processes: Process[]): Promise<string> {
  const address = `127.0.0.1:${await freePort()}`;
  await writeFile(join(folder, 'htpasswd'), HTPASSWD);
  const config = {
    version: '0.1',
    log: { accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: join(folder, 'registry') }, delete: { enabled: true } },
    http: { addr: address },
    auth: { htpasswd: { realm: 'test', path: join(folder, 'htpasswd') } },
  };
  // JSON is YAML.
  await writeFile(join(folder, 'registry.yml'), JSON.stringify(config));
  const log = join(folder, 'registry.log');
  const program = await need('docker-registry', [...FOLDERS, ...searchPath()]);
  const started = startProcess(program, ['serve', join(folder, 'registry.yml')], { log, env });
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
  const buildx = (await findProgram('docker-buildx', FOLDERS)) ?? (await findProgram('buildx', FOLDERS));
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

async function runDocker(client: Client, args: readonly string[], input = ''): Promise<string> {
  const running = promisify(execFile)('docker', args, { env: { ...process.env, ...client.env } });
  running.child.stdin?.end(input);
  return (await running).stdout.trim();
}

function askRegistry(registry: string, path: string, init: RequestInit): Promise<Response> {
  const login = Buffer.from(`${LOGIN.username}:${LOGIN.password}`).toString('base64');
  const headers = new Headers(init.headers);
  headers.set('authorization', `Basic ${login}`);
  return fetch(`http://${registry}/v2/${path}`, { ...init, headers });
}

function countWrites(log: string): number {
  return log.match(/msg="response completed".*http\.request\.method=(PUT|POST|PATCH|DELETE)/g)?.length ?? 0;
}

async function need(name: string, folders: readonly string[]): Promise<string> {
  const found = await findProgram(name, folders);
  if (found === null) throw new Error(`${name} is not installed`);
  return found;
}
