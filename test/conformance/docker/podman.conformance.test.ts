/** push-image with podman and buildah, each alone on its machine, and a real registry. */
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mediaTypes } from '../../../src/core/image/manifest.ts';
import { missingForPodman, startPodmanBed, type PodmanBed, type PodmanClient } from '../beds/podman-bed.ts';
import { runAction } from '../beds/run-action.ts';

const missing = await missingForPodman();
if (missing !== null) console.log(`push-image with podman and buildah: ${missing}`);

const { dockerManifest } = mediaTypes;
const DOCKERFILE = `FROM scratch
COPY busybox /bin/busybox
ARG GREETING=none
RUN ["/bin/busybox", "sh", "-c", "echo $GREETING > /greeting"]
ENTRYPOINT ["/bin/busybox", "cat", "/greeting"]
`;

describe.skipIf(missing !== null)(`push-image with podman and buildah ${missing ?? ''}`, () => {
  let bed: PodmanBed;
  let stop: () => Promise<void> = () => Promise.resolve();
  let workspace: string;

  beforeAll(async () => {
    bed = await startPodmanBed();
    stop = () => bed.stop();
  });
  afterAll(() => stop());
  beforeEach(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'push-image-podman-'));
    await copyFile(bed.busybox, join(workspace, 'busybox'));
    await writeFile(join(workspace, 'Dockerfile'), DOCKERFILE);
  });
  afterEach(() => rm(workspace, { recursive: true, force: true }));

  // The bed has no bridge.
  const push = (client: PodmanClient, inputs: Record<string, string> = {}) =>
    runAction(
      'push-image',
      {
        registry: bed.registry,
        repository: `acme/${client.program}`,
        'build-network': 'host',
        ...inputs,
      },
      { workspace, env: client.env },
    );
  /** A file of a pushed image, as podman pulls it. A container's end takes 20 seconds here: no library is installed. */
  const fileOf = async (uri: string, path: string) => {
    const podman = bed.clients.find(({ program }) => program === 'podman');
    if (podman === undefined) throw new Error('there is no podman');
    await bed.call(podman, ['pull', '--quiet', '--tls-verify=false', uri]);
    const mounted = await bed.call(podman, ['image', 'mount', uri]);
    return readFile(join(mounted, path), 'utf8');
  };

  it('builds, pushes and verifies with each; a second run reuses and sends nothing', async () => {
    for (const client of bed.clients) {
      const inputs = { 'build-args': 'GREETING=hello there', 'image-tags': 'v1' };
      const first = await push(client, inputs);
      expect(first.exitCode, `${client.program}:\n${first.log}`).toBe(0);
      expect(first.log).toContain(`Building with ${client.program} `);
      expect(first.outputs).toMatchObject({ 'media-type': dockerManifest, reused: 'false' });
      const { 'image-digest': digest, 'image-uri': uri = '' } = first.outputs;
      const head = await bed.request(`acme/${client.program}/manifests/v1`, {
        headers: { accept: dockerManifest },
      });
      expect(head.headers.get('docker-content-digest')).toBe(digest);
      expect(await fileOf(uri, 'greeting')).toBe('hello there\n');

      const writes = await bed.writes();
      expect(writes).toBeGreaterThan(0);
      const second = await push(client, inputs);
      expect(second.exitCode, second.log).toBe(0);
      expect(second.outputs).toEqual({ ...first.outputs, reused: 'true' });
      expect(await bed.writes()).toBe(writes);
    }
  });

  it('passes build secrets without a trace, and reads <Dockerfile>.dockerignore', async () => {
    await writeFile(join(workspace, 'left-out'), 'x');
    await writeFile(join(workspace, 'Serving.dockerignore'), 'left-out\n');
    await writeFile(
      join(workspace, 'Serving'),
      `FROM scratch
COPY . /context/
RUN --mount=type=secret,id=token ["/context/busybox", "sh", "-c", "/context/busybox wc -c < /run/secrets/token > /size; /context/busybox ls /context >> /size"]
ENTRYPOINT ["/context/busybox", "cat", "/size"]
`,
    );
    for (const client of bed.clients) {
      const inputs = { dockerfile: 'Serving', 'build-secrets': 'token=s3cret-of-20-letters' };
      const done = await push(client, { ...inputs, repository: `acme/secret-${client.program}` });
      expect(done.exitCode, `${client.program}:\n${done.log}`).toBe(0);
      expect(done.log.replace(/^::add-mask::.*$/gm, '')).not.toContain('s3cret');
      const lines = (await fileOf(done.outputs['image-uri'] ?? '', 'size')).split('\n');
      expect(lines[0]).toBe('20');
      expect(lines).toContain('busybox');
      expect(lines).not.toContain('left-out');
    }
  });

  it('says what is wrong: a failing build, a cache, a missing login', async () => {
    for (const client of bed.clients) {
      await writeFile(join(workspace, 'Dockerfile'), `${DOCKERFILE}RUN ["/bin/busybox", "false"]\n`);
      const failed = await push(client);
      expect(failed.error).toMatch(new RegExp(`${client.program} could not build the image \\(exit code`));
      expect(failed.summary).toContain(`What ${client.program} said`);
      const cached = await push(client, { cache: 'registry' });
      expect(cached.error).toContain(
        `cache: "registry" needs docker with buildx, and ${client.program} is used here.`,
      );
      const env = { ...client.env, REGISTRY_AUTH_FILE: join(workspace, 'none.json') };
      expect((await push({ ...client, env })).error).toMatch(/requires a login, but there is none/);
    }
  });

  it('is used where docker is there, but does not answer', async () => {
    const [client] = bed.clients;
    if (client === undefined) throw new Error('the bed has no client');
    const program = join(workspace, 'docker');
    await writeFile(program, '#!/bin/sh\necho "Cannot connect to the Docker daemon" >&2\nexit 1\n', {
      mode: 0o755,
    });
    const env = { ...client.env, PATH: `${workspace}:${client.env.PATH}` };
    await writeFile(join(workspace, '.dockerignore'), 'docker\n');
    const done = await push({ ...client, env }, { repository: 'acme/second-choice' });
    expect(done.exitCode, done.log).toBe(0);
    expect(done.log).toContain(`Building with ${client.program}`);
  });
});
