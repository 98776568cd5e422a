import { spawnSync } from 'node:child_process';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, connect, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mediaTypes } from '../../../src/core/image/manifest.ts';
import { LOGIN, missingForDocker, startDockerBed, type Client, type DockerBed } from '../beds/docker-bed.ts';
import { startActionsCache } from '../beds/actions-cache.ts';
import { runAction } from '../beds/run-action.ts';

const missing = await missingForDocker();
if (missing !== null) console.log(`push-image with a real Docker daemon and registry: ${missing}`);

const { dockerManifest, ociManifest, ociIndex } = mediaTypes;
const DOCKERFILE = `FROM scratch
COPY busybox /bin/busybox
ARG GREETING=none
RUN ["/bin/busybox", "sh", "-c", "echo $GREETING > /greeting"]
ENTRYPOINT ["/bin/busybox", "cat", "/greeting"]
`;

describe.skipIf(missing !== null)(
  `push-image with a real Docker daemon and registry ${missing ?? ''}`,
  () => {
    let bed: DockerBed;
    let stop: () => Promise<void> = () => Promise.resolve();
    let workspace: string;

    beforeAll(async () => {
      bed = await startDockerBed();
      stop = () => bed.stop();
    });
    afterAll(() => stop(), 60_000);
    beforeEach(async () => {
      workspace = await mkdtemp(join(tmpdir(), 'push-image-'));
      await copyFile(bed.busybox, join(workspace, 'busybox'));
      await writeFile(join(workspace, 'Dockerfile'), DOCKERFILE);
    });
    afterEach(() => rm(workspace, { recursive: true, force: true }));

    // The bed has no bridge, so BuildKit's RUN steps need the host's network.
    const push = (client: Client, inputs: Record<string, string> = {}, registry = bed.registry) =>
      runAction(
        'push-image',
        { registry, repository: nameOf(client), 'build-network': 'host', ...inputs },
        { workspace, env: client.env },
      );

    /** Each client gets a repository of its own. */
    const nameOf = (client: Client) => `acme/${client.title.toLowerCase().replace(/\W+/g, '-')}`;

    it('knows at least one client', () => {
      expect(bed.clients.map(({ title }) => title)).not.toEqual([]);
      console.log(`clients: ${bed.clients.map(({ title }) => title).join(', ')}`);
    });

    it('builds, pushes and verifies with every client; a second run reuses and sends nothing', async () => {
      for (const client of bed.clients) {
        const inputs = { 'build-args': 'GREETING=hello there', 'image-tags': 'v1' };
        const first = await push(client, inputs);
        expect(first.exitCode, `${client.title}:\n${first.log}`).toBe(0);
        expect(first.log).toContain(`Building with docker`);
        expect(first.outputs).toMatchObject({ 'media-type': dockerManifest, reused: 'false' });
        const repository = `${bed.registry}/${nameOf(client)}`;
        const { 'image-digest': digest, 'image-uri': uri } = first.outputs;
        expect(uri).toBe(`${repository}@${digest}`);

        const head = await bed.request(`${nameOf(client)}/manifests/v1`, {
          headers: { accept: dockerManifest },
        });
        expect(head.headers.get('docker-content-digest')).toBe(digest);
        expect(head.headers.get('content-type')).toBe(dockerManifest);
        const output = await bed.docker(client, ['run', '--rm', '--network', 'host', uri ?? '']);
        expect(output).toBe('hello there');
        const labels = await bed.docker(client, [
          'inspect',
          '--format',
          '{{json .Config.Labels}}',
          uri ?? '',
        ]);
        expect(JSON.parse(labels)).toMatchObject({
          'org.opencontainers.image.revision': 'c0ffee0000000000000000000000000000000000',
          'org.opencontainers.image.source': 'https://github.com/acme/churn',
        });

        const writes = await bed.writes();
        expect(writes).toBeGreaterThan(0);
        const second = await push(client, inputs);
        expect(second.exitCode, second.log).toBe(0);
        expect(second.outputs).toEqual({ ...first.outputs, reused: 'true' });
        expect(await bed.writes()).toBe(writes);

        const failing = await push(client, { ...inputs, 'if-exists': 'fail' });
        expect(failing.exitCode).toBe(1);
        expect(failing.log).toContain('is there already');
      }
    });

    it('passes build secrets by BuildKit without a trace, and refuses them without it', async () => {
      await writeFile(
        join(workspace, 'Dockerfile'),
        `FROM scratch
COPY busybox /bin/busybox
RUN --mount=type=secret,id=token ["/bin/busybox", "sh", "-c", "/bin/busybox wc -c < /run/secrets/token > /size"]
ENTRYPOINT ["/bin/busybox", "cat", "/size"]
`,
      );
      for (const client of bed.clients) {
        const done = await push(client, { 'build-secrets': 'token=s3cret-of-20-letters' });
        expect(done.log.replace(/^::add-mask::.*$/gm, '')).not.toContain('s3cret');
        if (!client.buildKit) {
          expect(done.exitCode).toBe(1);
          expect(done.log).toMatch(/build-secrets: Docker without buildx cannot/);
          continue;
        }
        expect(done.exitCode, `${client.title}:\n${done.log}`).toBe(0);
        const uri = done.outputs['image-uri'] ?? '';
        expect(await bed.docker(client, ['run', '--rm', '--network', 'host', uri])).toBe('20');
        const history = await bed.docker(client, [
          'history',
          '--no-trunc',
          '--format',
          '{{.CreatedBy}}',
          uri,
        ]);
        expect(history).not.toContain('s3cret');
      }
    });

    it('refuses an OCI manifest and an OCI index under the content tag, with the fix', async () => {
      const client = firstOf(bed);
      const repository = { repository: 'acme/by-hand' };
      const good = await push(client, repository);
      expect(good.exitCode, good.log).toBe(0);
      const tag = good.outputs.tag ?? '';
      const path = `acme/by-hand/manifests/${tag}`;
      const docker = (await (
        await bed.request(path, { headers: { accept: dockerManifest } })
      ).json()) as DockerManifest;
      const put = (mediaType: string, document: object) =>
        bed.request(path, {
          method: 'PUT',
          headers: { 'content-type': mediaType },
          body: JSON.stringify(document),
        });

      const oci = await put(ociManifest, asOci(docker));
      expect(oci.status).toBe(201);
      const ociDigest = oci.headers.get('docker-content-digest') ?? '';
      const refused = await push(client, repository);
      expect(refused.exitCode).toBe(1);
      expect(refused.log).toMatch(
        /an OCI manifest.*SageMaker accepts a Docker schema 2 manifest.*oci-mediatypes=false/,
      );
      expect(refused.outputs['image-uri']).toBe('');

      const size = JSON.stringify(asOci(docker)).length;
      const platform = { os: 'linux', architecture: 'amd64' };
      const index = {
        schemaVersion: 2,
        mediaType: ociIndex,
        manifests: [{ mediaType: ociManifest, digest: ociDigest, size, platform }],
      };
      expect((await put(ociIndex, index)).status).toBe(201);
      const refusedIndex = await push(client, repository);
      expect(refusedIndex.exitCode).toBe(1);
      expect(refusedIndex.log).toMatch(/an OCI index.*--provenance=false/);
    });

    it('says what is wrong: a failing build, a missing login, a daemon that is down', async () => {
      const client = firstOf(bed);
      const anonymous = await mkdtemp(join(tmpdir(), 'docker-config-'));
      const broken = { ...client, env: { ...client.env, DOCKER_HOST: `unix://${workspace}/nowhere.sock` } };
      const noLogin = { ...client, env: { ...client.env, DOCKER_CONFIG: anonymous } };
      expect((await push(noLogin)).log).toMatch(/requires a login, but there is none.*docker login/);
      expect((await push(broken, { repository: 'acme/other' })).log).toMatch(
        /docker is installed, but does not answer: .*[Cc]annot connect to the Docker daemon/,
      );
      await writeFile(join(workspace, 'Dockerfile'), `${DOCKERFILE}RUN ["/bin/busybox", "false"]\n`);
      const failed = await push(client);
      expect(failed.log).toMatch(/docker could not build the image \(exit code 1\)/);
      expect(failed.summary).toContain('What docker said');
      await rm(anonymous, { recursive: true });
    });

    it('ends the engine’s program where the run is cancelled', async () => {
      const marker = `sleep-${Math.random().toString(16).slice(2)}`;
      await writeFile(
        join(workspace, 'Dockerfile'),
        `FROM scratch\nCOPY busybox /bin/busybox\nRUN ["/bin/busybox", "sh", "-c", "echo ${marker}; exec /bin/busybox sleep 301"]\n`,
      );
      for (const client of bed.clients) {
        let pid = 0;
        let cancelledAt = 0;
        const inputs = { registry: bed.registry, repository: nameOf(client), 'build-network': 'host' };
        const done = await runAction('push-image', inputs, {
          workspace,
          env: client.env,
          onStart: (started) => void (pid = started),
          onLine: (line) => {
            // The step runs once it has printed; what names the step is printed before.
            if (cancelledAt > 0 || !line.includes(marker) || line.includes('RUN')) return;
            cancelledAt = performance.now();
            process.kill(pid, 'SIGINT');
          },
        });
        expect(done.error, `${client.title}:\n${done.log}`).toBe('The run was cancelled.');
        // The runner kills what is left after 10 seconds.
        expect(performance.now() - cancelledAt).toBeLessThan(8000);
        await expect.poll(() => processesWith('sleep 301'), { timeout: 10_000 }).toEqual([]);
        expect(processesWith(workspace)).toEqual([]);
      }
    });

    it('says what a cache needs', async () => {
      for (const client of bed.clients) {
        const done = await push(client, { cache: 'registry' });
        expect(done.exitCode, `${client.title}:\n${done.log}`).toBe(1);
        const expected = client.title.includes('buildx')
          ? /This builder cannot write a cache: set one up before this step \(docker\/setup-buildx-action\)/
          : /cache: "registry" needs buildx/;
        expect(done.error).toMatch(expected);
        expect((await push(client, { cache: 'gha' })).error).toMatch(/needs the cache of GitHub Actions/);
      }
    });

    it('keeps layers in the registry, and finds them there', async ({ skip }) => {
      const client = await bed.withOwnBuilder();
      if (client === null) return skip('skipped: buildkitd or buildx is not installed (install-buildkit.sh)');
      const inputs = { repository: 'acme/cached', cache: 'registry' };
      const first = await push(client, inputs);
      expect(first.exitCode, first.log).toBe(0);
      expect(first.outputs['media-type']).toBe(dockerManifest);
      const cached = await bed.request('acme/cached/manifests/buildcache-linux-amd64', {
        headers: { accept: ociManifest },
      });
      expect(cached.status).toBe(200);
      await bed.docker(client, ['buildx', 'prune', '--all', '--force', '--builder', 'own']);
      await writeFile(join(workspace, 'Dockerfile'), `${DOCKERFILE}CMD ["again"]\n`);
      const second = await push(client, inputs);
      expect(second.exitCode, second.log).toBe(0);
      expect(second.outputs.reused).toBe('false');
      expect(second.log).toMatch(/RUN .*greeting[^]*?CACHED|CACHED[^]*?RUN .*greeting/);
    });

    it('keeps layers in the cache of GitHub Actions, and finds them there', async ({ skip }) => {
      const client = await bed.withOwnBuilder();
      if (client === null) return skip('skipped: buildkitd or buildx is not installed (install-buildkit.sh)');
      const cache = await startActionsCache();
      try {
        const env = { ...client.env, ...cache.env };
        const inputs = { repository: 'acme/cached-by-actions', cache: 'gha' };
        const first = await push({ ...client, env }, inputs);
        expect(first.exitCode, first.log).toBe(0);
        expect(first.outputs['media-type']).toBe(dockerManifest);
        expect(cache.keys().filter((key) => key.startsWith('buildkit-blob-')).length).toBeGreaterThan(0);
        const scope = 'index-ml-deploy-acme-cached-by-actions-linux-amd64-';
        expect(
          cache.keys().some((key) => key.startsWith(scope)),
          cache.keys().join(),
        ).toBe(true);
        expect(first.log).not.toContain(cache.env.ACTIONS_RUNTIME_TOKEN);
        await bed.docker(client, ['buildx', 'prune', '--all', '--force', '--builder', 'own']);
        await writeFile(join(workspace, 'Dockerfile'), `${DOCKERFILE}CMD ["again"]\n`);
        const hits = cache.hits();
        const second = await push({ ...client, env }, inputs);
        expect(second.exitCode, second.log).toBe(0);
        expect(second.outputs.reused).toBe('false');
        expect(cache.hits()).toBeGreaterThan(hits);
        expect(second.log).toMatch(/RUN .*greeting[^]*?CACHED|CACHED[^]*?RUN .*greeting/);
      } finally {
        await cache.stop();
      }
    });

    // Docker sends a layer again by itself, but not a manifest: that takes a second push.
    it('pushes again where the registry drops the connection in the middle', async () => {
      const client = firstOf(bed);
      const dropping = await droppingProxy(bed.registry);
      const login = ['login', '--username', LOGIN.username, '--password-stdin', dropping.address];
      try {
        await bed.docker(client, login, LOGIN.password);
        const done = await push(client, { repository: 'acme/dropped' }, dropping.address);
        expect(done.exitCode, done.log).toBe(0);
        expect(done.outputs).toMatchObject({ 'media-type': dockerManifest, reused: 'false' });
        expect(dropping.dropped()).toEqual(['layer', 'manifest']);
        expect(done.log).toMatch(/could not push.*more attempts at most/);
      } finally {
        await dropping.stop();
      }
    });
  },
);

/** Command lines of this machine that contain a text. */
function processesWith(text: string): string[] {
  const { stdout } = spawnSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
  return stdout.split('\n').filter((line) => line.includes(text) && !line.startsWith('ps '));
}

function firstOf(bed: DockerBed): Client {
  const client = bed.clients.at(-1);
  if (client === undefined) throw new Error('the bed has no client');
  return client;
}

interface DockerManifest {
  readonly config: object;
  readonly layers: readonly object[];
}

/** The same image in the words of OCI. */
function asOci(manifest: DockerManifest): object {
  return {
    schemaVersion: 2,
    mediaType: ociManifest,
    config: { ...manifest.config, mediaType: 'application/vnd.oci.image.config.v1+json' },
    layers: manifest.layers.map((layer) => ({
      ...layer,
      mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
    })),
  };
}

interface DroppingProxy {
  readonly address: string;
  /** What was cut off, in order. */
  readonly dropped: () => string[];
  readonly stop: () => Promise<void>;
}

/** Lets everything through, but cuts off the first layer and the first manifest that are sent. */
async function droppingProxy(target: string): Promise<DroppingProxy> {
  const [host = '', port = ''] = target.split(':');
  const dropped: string[] = [];
  const server: Server = createServer((from) => {
    const to = connect(Number(port), host);
    let sent = 0;
    from.on('data', (chunk: Buffer) => {
      sent += chunk.length;
      const isManifest = /^PUT \S+\/manifests\//m.test(chunk.toString('latin1'));
      const kind = isManifest ? 'manifest' : sent > 100_000 ? 'layer' : null;
      if (kind !== null && !dropped.includes(kind)) {
        dropped.push(kind);
        from.resetAndDestroy();
        to.destroy();
      } else to.write(chunk);
    });
    from.on('end', () => to.end()).on('error', () => to.destroy());
    to.on('error', () => from.destroy()).pipe(from);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    dropped: () => dropped,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
