import { describe, expect, it } from 'vitest';
import { engineFinder } from '../../../../src/adapters/container-engine/find-engine.ts';
import { CancelledError, UpstreamError, UserError } from '../../../../src/core/errors.ts';
import type { BuildRequest } from '../../../../src/core/image/container-engine.ts';
import type { Exec, ExecResult } from '../../../../src/core/ports.ts';
import { MemoryLogger } from '../../../fakes/ports.ts';

interface Started {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly input: string | undefined;
}

type Answers = (program: string, args: readonly string[]) => Partial<ExecResult> | undefined;

const DOCKER_28 = { ServerVersion: '28.2.2', ClientInfo: { Version: '28.2.2', Plugins: [] } };
const BUILDX = { ServerVersion: '28.2.2', ClientInfo: plugins({ Name: 'buildx', Version: 'v0.24.0' }) };
const DOCKER_20 = { ServerVersion: '20.10.24', ClientInfo: { Plugins: [] } };

function plugins(...Plugins: object[]): object {
  return { Version: '28.2.2', Plugins };
}

/** A machine with these programs, whose answers to anything but `info` are good. */
function machine(
  installed: readonly string[],
  answers: Answers,
  signal = new AbortController().signal,
  proxyVariables: readonly string[] = [],
) {
  const started: Started[] = [];
  const log = new MemoryLogger();
  const exec: Exec = (program, args, options) => {
    started.push({ program, args, env: options?.env ?? {}, input: options?.input });
    return Promise.resolve({ exitCode: 0, stdout: '', stderr: '', ...answers(program, args) });
  };
  const which = (name: string) => Promise.resolve(installed.includes(name) ? `/usr/bin/${name}` : null);
  return { find: engineFinder({ exec, which, log, signal, retryDelayMs: 1, proxyVariables }), started, log };
}

const dockerWith = (info: object, then: Answers = () => undefined) =>
  machine(['docker'], (program, args) =>
    args[0] === 'info' ? { stdout: JSON.stringify(info) } : then(program, args),
  );

const request: BuildRequest = {
  context: '/w',
  dockerfile: '/w/Dockerfile',
  ignoreFile: null,
  reference: 'ghcr.io/acme/churn:content-1',
  platform: 'linux/amd64',
  network: 'default',
  args: new Map([['BASE', 'a b; rm -rf /']]),
  secrets: new Map(),
  labels: new Map([['org.opencontainers.image.revision', 'c0ffee']]),
  singleDockerManifest: true,
  cache: null,
  model: null,
};
const secrets = new Map([['token', 'line one\nline two']]);
const common = [
  '--file /w/Dockerfile --platform linux/amd64 --tag ghcr.io/acme/churn:content-1 --build-arg',
  'BASE=a b; rm -rf /',
  '--label org.opencontainers.image.revision=c0ffee',
].join(' ');

async function failure(promise: Promise<unknown>): Promise<Error> {
  const error: unknown = await promise.catch((thrown: unknown) => thrown);
  if (error instanceof Error) return error;
  throw new Error('it did not fail');
}

describe('finding an engine', () => {
  it.each([
    ['docker 28.2.2 with buildx 0.24.0', BUILDX],
    ['docker 28.2.2 with the classic builder', DOCKER_28],
    ['docker 20.10.24 with its own BuildKit', DOCKER_20],
    [
      'docker 28.2.2 with the classic builder',
      { ...BUILDX, ClientInfo: plugins({ Name: 'buildx', Err: 'broken' }) },
    ],
    ['podman 4.3.1', { host: {}, version: { Version: '4.3.1' } }],
  ])('says that it is %s', async (name, info) => {
    expect((await dockerWith(info).find()).name).toBe(name);
  });

  it('says what to get where there is none', async () => {
    const error = await failure(machine([], () => undefined).find());
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toMatch(/none of docker, podman and buildah.*runs-on: ubuntu-latest.*install/);
  });

  it.each([
    ['by its errors', { stdout: '{"ServerErrors":["Cannot connect to the Docker daemon at unix:///x"]}' }],
    [
      'on standard error',
      {
        exitCode: 1,
        stdout: '{"ServerVersion":""}',
        stderr: 'Cannot connect to the Docker daemon at unix:///x\n',
      },
    ],
  ])('passes on what the client says of its daemon, %s', async (_, result) => {
    const error = await failure(machine(['docker'], () => result).find());
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toMatch(
      /docker is installed, but does not answer: Cannot connect.*Start the daemon/,
    );
  });

  it('goes on to podman where the Docker daemon is down, and to buildah after that', async () => {
    const answers: Answers = (program) => {
      if (program.endsWith('docker')) return { exitCode: 1, stderr: 'no daemon' };
      if (program.endsWith('podman')) return { stdout: JSON.stringify({ version: { Version: '4.3.1' } }) };
      return { stdout: 'buildah version 1.28.2 (image-spec 1.0)' };
    };
    expect((await machine(['docker', 'podman', 'buildah'], answers).find()).name).toBe('podman 4.3.1');
    expect((await machine(['docker', 'buildah'], answers).find()).name).toBe('buildah 1.28.2');
  });

  it('names every engine that does not answer', async () => {
    const error = await failure(machine(['docker', 'podman', 'buildah'], () => ({ exitCode: 125 })).find());
    expect(error.message.match(/does not answer: exit code 125/g)).toHaveLength(3);
  });
});

describe('building', () => {
  it('by buildx makes one Docker manifest without attestations', async () => {
    const { find, started } = dockerWith(BUILDX);
    await (await find()).build(request);
    expect(started[1]?.args.join(' ')).toBe(
      `buildx build --provenance=false --sbom=false --output type=docker,oci-mediatypes=false ${common} /w`,
    );
    expect(started[1]?.args).toContain('BASE=a b; rm -rf /');
  });

  it('by buildx leaves a generic image as it comes', async () => {
    const { find, started } = dockerWith(BUILDX);
    await (await find()).build({ ...request, singleDockerManifest: false, network: 'host' });
    expect(started[1]?.args.slice(0, 3)).toEqual(['buildx', 'build', '--load']);
    expect(started[1]?.args.join(' ')).toMatch(/--allow network\.host .*--network host/);
  });

  it.each([
    ['v0.9.1', false],
    ['v0.10.0', true],
    ['v1.0.0', true],
    ['v0.0.0+unknown', true],
  ])('by buildx %s names attestations: %s', async (Version, named) => {
    const { find, started } = dockerWith({ ...BUILDX, ClientInfo: plugins({ Name: 'buildx', Version }) });
    await (await find()).build(request);
    expect(started[1]?.args.includes('--provenance=false')).toBe(named);
  });

  it('by docker without buildx takes the classic builder, and BuildKit of old clients', async () => {
    for (const [info, DOCKER_BUILDKIT] of [
      [DOCKER_28, '0'],
      [DOCKER_20, '1'],
    ] as const) {
      const { find, started } = dockerWith(info);
      await (await find()).build(request);
      expect(started[1]?.args.join(' ')).toBe(`build ${common} /w`);
      expect(started[1]?.env).toEqual({ DOCKER_BUILDKIT });
    }
  });

  it.each([
    ['buildx', BUILDX],
    ['podman', null],
  ])('by %s gives a model as a context of its own', async (_, info) => {
    const { find, started } =
      info === null ? machine(['podman'], () => ({ stdout: '{}' })) : dockerWith(info);
    await (await find()).build({ ...request, model: '/tmp/m' });
    expect(started.at(-1)?.args.join(' ')).toContain(' --build-context model=/tmp/m ');
    await (await find()).build(request);
    expect(started.at(-1)?.args).not.toContain('--build-context');
  });

  it.each([
    ['the classic builder', DOCKER_28],
    ['its own BuildKit', DOCKER_20],
  ])('by %s has no place for a model, and says so before the build', async (_, info) => {
    const engine = await dockerWith(info).find();
    expect(() => engine.check({ ...request, model: '/tmp/m' })).toThrow(/model-path.*buildx[^]*podman/);
  });

  it.each([
    ['buildx', BUILDX],
    ['BuildKit', DOCKER_20],
    ['podman', { host: {}, version: { Version: '4.3.1' } }],
  ])('by %s passes secrets by the environment only', async (_, info) => {
    const { find, started } = dockerWith(info);
    await (await find()).build({ ...request, secrets });
    expect(started[1]?.args.join(' ')).toContain('--secret id=token,env=ML_DEPLOY_BUILD_SECRET_0');
    expect(started[1]?.args.join(' ')).not.toContain('line one');
    expect(started[1]?.env.ML_DEPLOY_BUILD_SECRET_0).toBe('line one\nline two');
  });

  it('by the classic builder refuses what it cannot do, all at once, before it starts', async () => {
    const { find, started } = dockerWith(DOCKER_28);
    const engine = await find();
    const error = await failure(
      engine.build({ ...request, secrets, ignoreFile: '/w/Dockerfile.dockerignore' }),
    );
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toMatch(/2 problems[^]*build-secrets[^]*buildx[^]*Dockerfile\.dockerignore/);
    expect(started).toHaveLength(1);
  });

  it('by podman makes Docker manifests and names the ignore file', async () => {
    const { find, started } = machine(['podman'], () => ({ stdout: '{}' }));
    await (await find()).build({ ...request, ignoreFile: '/w/.dockerignore' });
    expect(started[1]?.args.join(' ')).toBe(
      `build --format docker --ignorefile /w/.dockerignore ${common} /w`,
    );
  });

  it('ends in the engine’s last words, with the output but no secret', async () => {
    const stderr = 'step 3\nERROR: token line two was refused\n';
    const { find } = dockerWith(BUILDX, () => ({ exitCode: 1, stdout: 'line one', stderr }));
    const error = await failure((await find()).build({ ...request, secrets }));
    expect(error).toBeInstanceOf(UpstreamError);
    expect(error.message).toMatch(/docker could not build the image \(exit code 1\): ERROR: token \*\*\*/);
    expect(error instanceof UpstreamError && error.detail).toBe('***\nstep 3\nERROR: token *** was refused');
  });

  it.each([
    ['exec /bin/sh: exec format error', /cannot run programs of linux\/amd64.*QEMU/],
    ['write /x: no space left on device', /disk is full/],
  ])('explains %s', async (stderr, hint) => {
    const { find } = dockerWith(BUILDX, () => ({ exitCode: 1, stderr }));
    expect((await failure((await find()).build(request))).message).toMatch(hint);
  });

  it('is ended by a cancellation, and says so whatever the engine says', async () => {
    const controller = new AbortController();
    const { find } = machine(
      ['docker'],
      (_, args) => {
        if (args[0] === 'info') return { stdout: JSON.stringify(BUILDX) };
        controller.abort();
        return { exitCode: 130, stderr: 'interrupted' };
      },
      controller.signal,
    );
    const engine = await find();
    expect(await failure(engine.build(request))).toBeInstanceOf(CancelledError);
    expect(await failure(engine.push(request.reference))).toBeInstanceOf(CancelledError);
  });

  it.each([
    [
      { kind: 'registry', reference: 'ghcr.io/acme/churn:buildcache' } as const,
      '--cache-from type=registry,ref=ghcr.io/acme/churn:buildcache --cache-to type=registry,ref=ghcr.io/acme/churn:buildcache,mode=max,image-manifest=true,oci-mediatypes=true',
    ],
    [
      { kind: 'gha', scope: 'x' } as const,
      '--cache-from type=gha,scope=x --cache-to type=gha,scope=x,mode=max',
    ],
  ])('by buildx keeps layers in %o', async (cache, flags) => {
    const { find, started } = dockerWith(BUILDX);
    await (await find()).build({ ...request, cache });
    expect(started[1]?.args.join(' ')).toContain(flags);
  });

  it.each([
    ['the classic builder', DOCKER_28],
    ['old BuildKit', DOCKER_20],
    ['podman', { host: {}, version: { Version: '4.3.1' } }],
  ])('by %s refuses a cache before anything is started', async (_, info) => {
    const { find, started } = dockerWith(info);
    const engine = await find();
    const cached = { ...request, cache: { kind: 'gha', scope: 'x' } as const };
    expect(() => engine.check(cached)).toThrow(/cache: "gha" needs .*buildx/);
    expect(await failure(engine.build(cached))).toBeInstanceOf(UserError);
    expect(started).toHaveLength(1);
  });

  it('explains a builder that cannot write a cache', async () => {
    const stderr = 'ERROR: Cache export is not supported for the docker driver.';
    const { find } = dockerWith(BUILDX, () => ({ exitCode: 1, stderr }));
    expect((await failure((await find()).build(request))).message).toMatch(/docker\/setup-buildx-action/);
  });

  it('explains a cache service that is too new for it', async () => {
    const stderr = 'ERROR: failed to solve: This legacy service is shutting down, effective April 15, 2025.';
    const { find } = dockerWith(BUILDX, () => ({ exitCode: 1, stderr }));
    const cache = { kind: 'gha', scope: 's' } as const;
    await expect((await find()).build({ ...request, cache })).rejects.toThrow(/needs buildx 0\.21 or later/);
  });

  it('by docker hands the proxy on by name, so that its password is in no argument', async () => {
    const { find, started } = machine(['docker'], () => ({ stdout: JSON.stringify(BUILDX) }), undefined, [
      'HTTPS_PROXY',
      'no_proxy',
    ]);
    const engine = await find();
    await engine.build({ ...request, args: new Map([['no_proxy', 'own']]) });
    expect(started[1]?.args.join(' ')).toContain('--build-arg no_proxy=own');
    expect(started[1]?.args.join(' ')).toContain('--build-arg HTTPS_PROXY /w');
  });

  it('knows where the images are kept', async () => {
    expect((await dockerWith({ ...BUILDX, DockerRootDir: '/var/lib/docker' }).find()).storage).toBe(
      '/var/lib/docker',
    );
    expect((await dockerWith({ host: {}, store: { graphRoot: '/c' } }).find()).storage).toBe('/c');
    expect((await dockerWith(BUILDX).find()).storage).toBeNull();
  });
});

describe('logging in', () => {
  const login = { username: 'AWS', password: 'hunter22' };
  const host = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';

  it('passes the password by standard input', async () => {
    const { find, started } = dockerWith(BUILDX);
    const engine = await find();
    await engine.login(host, login);
    expect(started[1]).toMatchObject({
      args: ['login', '--username', 'AWS', '--password-stdin', host],
      input: 'hunter22',
    });
    await engine.logout(host);
    expect(started[2]?.args).toEqual(['logout', host]);
  });

  it('is tried again where the registry cannot be reached', async () => {
    let tries = 0;
    const { find } = dockerWith(BUILDX, () =>
      ++tries < 3 ? { exitCode: 1, stderr: 'net/http: TLS handshake timeout' } : {},
    );
    await (await find()).login(host, login);
    expect(tries).toBe(3);
  });

  it('is refused once, without the password', async () => {
    const stderr = 'Error response: 401 Unauthorized for hunter22';
    const { find, started } = dockerWith(BUILDX, () => ({ exitCode: 1, stderr }));
    const error = await failure((await find()).login(host, login));
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toMatch(/could not log in to 1234.*Unauthorized for \*\*\*/);
    expect(started).toHaveLength(2);
  });
});

describe('pushing', () => {
  const reference = request.reference;
  const fails = (stderr: string) => {
    let pushes = 0;
    const { find, log } = dockerWith(BUILDX, () => {
      pushes += 1;
      return { exitCode: 1, stderr };
    });
    return { find, log, pushes: () => pushes };
  };

  it('is told where to', async () => {
    const { find, started } = dockerWith(BUILDX);
    await (await find()).push(reference);
    expect(started[1]?.args).toEqual(['push', reference]);
  });

  it('by podman speaks http to this machine only', async () => {
    const { find, started } = machine(['podman'], () => ({ stdout: '{}' }));
    const engine = await find();
    await engine.push('127.0.0.1:5000/x:1');
    await engine.push(reference);
    expect(started[1]?.args).toEqual(['push', '--tls-verify=false', '127.0.0.1:5000/x:1']);
    expect(started[2]?.args).toEqual(['push', reference]);
  });

  it.each([
    'write tcp 127.0.0.1: connection reset by peer',
    'unexpected EOF',
    'received unexpected HTTP status: 503 Service Unavailable',
    'net/http: TLS handshake timeout',
  ])('is tried again after "%s"', async (stderr) => {
    const { find, pushes, log } = fails(stderr);
    const error = await failure((await find()).push(reference));
    expect(error).toBeInstanceOf(UpstreamError);
    expect(pushes()).toBe(4);
    expect(log.text).toContain('3 more attempts at most');
  });

  it.each([
    'no basic auth credentials',
    'denied: requested access to the resource is denied',
    'unauthorized: x',
  ])('says how to log in after "%s"', async (stderr) => {
    const { find, pushes } = fails(stderr);
    const error = await failure((await find()).push(reference));
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toContain(stderr);
    expect(error.message).toMatch(/docker login ghcr\.io/);
    expect(pushes()).toBe(1);
  });

  it('names the permission that ECR misses', async () => {
    const stderr =
      'denied: User: arn:aws:iam::1:user/x is not authorized to perform: ecr:InitiateLayerUpload on resource: arn';
    const { find } = fails(stderr);
    const error = await failure((await find()).push(reference));
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toMatch(/Add the permission ecr:InitiateLayerUpload/);
  });

  it('says what to do about a repository that is missing', async () => {
    const { find } = fails("name unknown: The repository with name 'x' does not exist in the registry");
    expect((await failure((await find()).push(reference))).message).toMatch(/create-repository: true/);
  });

  it('passes on any other refusal at once', async () => {
    const { find, pushes } = fails('tag invalid: the tag is immutable');
    const error = await failure((await find()).push(reference));
    expect(error).toBeInstanceOf(UpstreamError);
    expect(error.message).toMatch(/could not push .*immutable/);
    expect(pushes()).toBe(1);
  });
});
