import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PushImagePorts } from '../../../../src/actions/push-image/ports.ts';
import { run } from '../../../../src/actions/push-image/run.ts';
import { spec } from '../../../../src/actions/push-image/spec.ts';
import { sha256 } from '../../../../src/core/canonical-json.ts';
import { openModel } from '../../../../src/core/archive/model-source.ts';
import { OutcomeError, UpstreamError, UserError } from '../../../../src/core/errors.ts';
import type { BuildRequest } from '../../../../src/core/image/container-engine.ts';
import { mediaTypes } from '../../../../src/core/image/manifest.ts';
import type { FetchedManifest, Registry } from '../../../../src/core/image/registry.ts';
import { openUrl } from '../../../../src/stores/open-store.ts';
import { parseInputs, type OutputsOf } from '../../../../src/core/spec/action-spec.ts';
import { fakePorts } from '../../../fakes/ports.ts';
import { CREDENTIALS, HARMLESS, KEY } from '../../../fixtures/credentials.ts';
import { fakeEngine, MemoryEcr } from './fakes.ts';

const { dockerManifest, ociManifest, ociIndex } = mediaTypes;

/** A registry in memory; `late` answers "not there" that often before it shows a manifest. */
class MemoryRegistry implements Registry {
  readonly manifests = new Map<string, FetchedManifest>();
  readonly tagged: string[] = [];
  late = 0;
  failing: Error | null = null;

  manifest = (_: unknown, reference: string) => {
    if (this.failing) return Promise.reject(this.failing);
    const found = this.manifests.get(reference) ?? null;
    if (found !== null && this.late-- > 0) return Promise.resolve(null);
    return Promise.resolve(found);
  };
  blob = (_: unknown, digest: string) => {
    const [architecture, Labels = '{}'] = digest.split(' ');
    const config = { Labels: JSON.parse(Labels) as unknown };
    return Promise.resolve(Buffer.from(JSON.stringify({ os: 'linux', architecture, config })));
  };
  tag = (_: unknown, tag: string, manifest: FetchedManifest) => {
    this.tagged.push(tag);
    this.manifests.set(tag, manifest);
    return Promise.resolve();
  };

  put(
    tag: string,
    mediaType: string = dockerManifest,
    architecture = 'amd64',
    labels: ReadonlyMap<string, string> = new Map(),
  ): FetchedManifest {
    const digest = `${architecture} ${JSON.stringify(Object.fromEntries(labels))}`;
    const bytes = Buffer.from(JSON.stringify({ mediaType, config: { digest, size: 10 } }));
    const manifest = { mediaType, digest: `sha256:${sha256(bytes)}`, bytes };
    this.manifests.set(tag, manifest);
    return manifest;
  }
}

let workspace: string;
let registry: MemoryRegistry;
let built: BuildRequest[];
let pushed: string[];
/** What the engine's push leaves in the registry. */
let pushes: { mediaType: string; architecture: string };

beforeEach(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'push-image-'));
  await writeFile(join(workspace, 'Dockerfile'), 'FROM scratch\n');
  registry = new MemoryRegistry();
  built = [];
  pushed = [];
  pushes = { mediaType: dockerManifest, architecture: 'amd64' };
});
afterEach(() => rm(workspace, { recursive: true, force: true }));

function inputsOf(given: Readonly<Record<string, string>>) {
  const all: Record<string, string> = { repository: 'ghcr.io/acme/churn', ...given };
  const { inputs, problems } = parseInputs(spec, (name) =>
    all[name] === undefined ? null : { text: all[name], origin: '' },
  );
  expect(problems).toEqual([]);
  return inputs;
}

function start(given: Readonly<Record<string, string>> = {}, change: Partial<PushImagePorts> = {}) {
  const ports = fakePorts<OutputsOf<typeof spec>>({ workspace });
  const engine = fakeEngine({
    build: (request: BuildRequest) => Promise.resolve(void built.push(request)),
    push: (reference: string) => {
      pushed.push(reference);
      const tag = reference.slice(reference.lastIndexOf(':') + 1);
      registry.put(tag, pushes.mediaType, pushes.architecture, built.at(-1)?.labels);
      return Promise.resolve();
    },
  });
  const findEngine = () => Promise.resolve(engine);
  const done = run(inputsOf(given), {
    ...ports,
    findEngine,
    registry,
    ecr: new MemoryEcr(),
    cloudLogin: () => Promise.resolve(null),
    awsRegion: null,
    hasActionsCache: false,
    freeBytes: () => Promise.resolve(5e9),
    openUrl: (url) => openUrl(url, workspace),
    pollMs: 1000,
    ...change,
  });
  return { ports, done };
}

async function failure(given: Readonly<Record<string, string>>, change: Partial<PushImagePorts> = {}) {
  const { ports, done } = start(given, change);
  const error: unknown = await done.catch((thrown: unknown) => thrown);
  if (!(error instanceof Error)) throw new Error('it did not fail');
  return { ports, error };
}

const noEngine = { findEngine: () => Promise.reject(new UserError('There is no container engine.')) };

describe('a new image', () => {
  it('is built, pushed, read back, and every output is set', async () => {
    const { ports, done } = start();
    await done;
    const tag = ports.outputs.tag ?? '';
    expect(tag).toMatch(/^content-[0-9a-f]{16}$/);
    expect(pushed).toEqual([`ghcr.io/acme/churn:${tag}`]);
    const digest = registry.manifests.get(tag)?.digest;
    expect(ports.outputs).toEqual({
      'image-uri': `ghcr.io/acme/churn@${digest}`,
      'image-digest': digest,
      repository: 'ghcr.io/acme/churn',
      tag,
      'media-type': dockerManifest,
      reused: 'false',
      'scan-findings': '',
    });
    expect(Object.keys(ports.outputs).sort()).toEqual(Object.keys(spec.outputs).sort());
    expect(ports.summaries.join()).toMatch(/Image pushed and verified[^]*docker 1 with buildx 2/);
  });

  it('is built as the inputs say', async () => {
    await mkdir(join(workspace, 'serve'));
    await writeFile(join(workspace, 'serve', '.dockerignore'), '*.log');
    await start({
      context: 'serve',
      dockerfile: 'Dockerfile',
      platform: 'linux/arm64',
      'build-args': 'A=1\nB=x=y',
      'build-secrets': 'token=s3cret',
      'build-network': 'host',
      'model-digest': 'ab'.repeat(32),
    }).done.catch(() => undefined);
    expect(built).toEqual([
      {
        context: join(workspace, 'serve'),
        dockerfile: join(workspace, 'Dockerfile'),
        ignoreFile: join(workspace, 'serve', '.dockerignore'),
        reference: expect.stringMatching(/^ghcr\.io\/acme\/churn:content-/),
        platform: 'linux/arm64',
        network: 'host',
        args: new Map([
          ['A', '1'],
          ['B', 'x=y'],
        ]),
        secrets: new Map([['token', 's3cret']]),
        labels: new Map([
          ['org.opencontainers.image.revision', 'c0ffee0000000000000000000000000000000000'],
          ['org.opencontainers.image.source', 'https://github.com/acme/churn'],
          ['ml-deploy.model-digest', 'ab'.repeat(32)],
        ]),
        singleDockerManifest: true,
        cache: null,
        model: null,
      },
    ]);
  });

  it('gets its further tags only once it is verified', async () => {
    const { ports, done } = start({ 'image-tags': 'v1, latest' });
    await done;
    expect(registry.tagged).toEqual(['v1', 'latest']);
    expect(registry.manifests.get('v1')?.digest).toBe(ports.outputs['image-digest']);
  });

  it('is waited for where the registry is slow to show it', async () => {
    registry.late = 3;
    const { ports, done } = start();
    await done;
    expect(ports.clock.sleeps).toHaveLength(3);
  });

  it('is missed after a minute', async () => {
    registry.late = Infinity;
    const { error } = await failure({});
    expect(error).toBeInstanceOf(OutcomeError);
    expect(error.message).toMatch(/was pushed, but ghcr\.io does not have it after 60 s/);
  });

  it.each([
    ['sagemaker', ociManifest, /an OCI manifest.*oci-mediatypes=false/],
    ['sagemaker', ociIndex, /an OCI index.*--provenance=false/],
    ['lambda', ociIndex, /Lambda accepts one manifest only.*--provenance=false/],
  ])(
    'is refused for %s as %s after the push, with the fix and without a URI',
    async (target, mediaType, fix) => {
      pushes = { mediaType, architecture: 'amd64' };
      const { ports, error } = await failure({ 'for-target': target, 'image-tags': 'v1' });
      expect(error).toBeInstanceOf(OutcomeError);
      expect(error.message).toMatch(fix);
      expect(error.message).toMatch(/delete that tag/);
      expect(ports.outputs['media-type']).toBe(mediaType);
      expect(ports.outputs['image-uri']).toBeUndefined();
      expect(registry.tagged).toEqual([]);
    },
  );

  it('is refused for another architecture', async () => {
    pushes = { mediaType: dockerManifest, architecture: 'arm64' };
    expect((await failure({})).error.message).toMatch(/built for linux\/arm64, not for linux\/amd64/);
  });
});

describe('a model in the image', () => {
  /** What the build finds in its folder for the model, while it is there. */
  let seen: Record<string, string>[];
  const looks = () => ({
    findEngine: () =>
      Promise.resolve(
        fakeEngine({
          build: async (request) => {
            built.push(request);
            const names = await readdir(request.model ?? '', { recursive: true });
            const files = names.filter((name) => /\.\w+$/.test(name)).sort();
            const read = files.map(async (name) => [
              name,
              await readFile(join(request.model ?? '', name), 'utf8'),
            ]);
            seen.push(Object.fromEntries(await Promise.all(read)) as Record<string, string>);
          },
          push: (reference) => {
            registry.put(reference.split(':').at(-1) ?? '', dockerManifest, 'amd64', built.at(-1)?.labels);
            return Promise.resolve();
          },
        }),
      ),
  });
  const lambda = { 'for-target': 'lambda', 'model-path': 'trained' };

  beforeEach(async () => {
    seen = [];
    await mkdir(join(workspace, 'trained/code'), { recursive: true });
    await writeFile(join(workspace, 'trained/model.joblib'), 'weights');
    await writeFile(join(workspace, 'trained/code/inference.py'), 'def model_fn(): ...');
  });

  it('is laid out for the build as package-model would pack it, and gone after it', async () => {
    await mkdir(join(workspace, 'trained/.git'));
    await writeFile(join(workspace, 'trained/.git/config.txt'), 'not of the model');
    const { ports, done } = start(lambda, looks());
    await done;
    expect(seen).toEqual([{ 'code/inference.py': 'def model_fn(): ...', 'model.joblib': 'weights' }]);
    expect(built[0]?.labels.get('ml-deploy.model-digest')).toMatch(/^[0-9a-f]{64}$/);
    await expect(readdir(built[0]?.model ?? '')).rejects.toThrow(/ENOENT/);
    expect(ports.log.lines.filter(({ level }) => level === 'warning')).toEqual([]);
  });

  it('is the same from a folder and from its archive, by path and by URL', async () => {
    const digests = new Set<string | undefined>();
    const tree = join(workspace, 'trained');
    const { pack } = await openModel(
      { where: '', shown: '', path: tree, base: tree, prefix: '' },
      null,
      new AbortController().signal,
    );
    const archive = join(workspace, 'model.tar.gz');
    await writeFile(archive, pack('gzip'));
    for (const path of ['trained', 'model.tar.gz', pathToFileURL(archive).href]) {
      registry.manifests.clear();
      await start({ ...lambda, 'model-path': path }, looks()).done;
      digests.add(built.at(-1)?.labels.get('ml-deploy.model-digest'));
    }
    expect(digests.size).toBe(1);
    expect(seen[2]).toEqual(seen[0]);
  });

  it('changes the content tag with its bytes', async () => {
    const tag = async () => {
      const { ports, done } = start(lambda, looks());
      await done;
      return ports.outputs.tag;
    };
    const before = await tag();
    expect(await tag()).toBe(before);
    await writeFile(join(workspace, 'trained/model.joblib'), 'other weights');
    expect(await tag()).not.toBe(before);
    expect(built).toHaveLength(2);
  });

  it('that is another than model-digest says is refused before anything is built', async () => {
    const { error } = await failure({ ...lambda, 'model-digest': 'ab'.repeat(32) }, looks());
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toMatch(
      /model-path: "trained" contains the model [0-9a-f]{64}, but model-digest is abab/,
    );
    expect(built).toEqual([]);
  });

  it('that is not there is said', async () => {
    const { error } = await failure({ ...lambda, 'model-path': 'nowhere' }, looks());
    expect(error.message).toMatch(/model-path.*nowhere/);
  });

  it('is asked for where the platform brings none', async () => {
    const { ports, done } = start({ 'for-target': 'lambda' });
    await done;
    expect(ports.log.text).toMatch(
      /Lambda does not mount a model into a container.*without model-digest a deployment/,
    );
  });

  it('whose image was pushed by other means, without its label, is refused', async () => {
    await start(lambda, looks()).done;
    for (const tag of registry.manifests.keys()) registry.put(tag);
    const { error } = await failure(lambda, looks());
    expect(error.message).toMatch(/it was not pushed by push-image[^]*no label ml-deploy\.model-digest/);
  });
});

describe('the same content again', () => {
  it('is neither built nor pushed, and needs no engine', async () => {
    await start().done;
    built = [];
    pushed = [];
    const { ports, done } = start({}, noEngine);
    await done;
    expect({ built, pushed, tagged: registry.tagged }).toEqual({ built: [], pushed: [], tagged: [] });
    expect(ports.outputs.reused).toBe('true');
    expect(ports.outputs['image-uri']).toMatch(/^ghcr\.io\/acme\/churn@sha256:/);
    expect(Object.keys(ports.outputs).sort()).toEqual(Object.keys(spec.outputs).sort());
    expect(ports.summaries.join()).toMatch(/Image reused/);
  });

  it('gets only the tags that point elsewhere', async () => {
    await start({ 'image-tags': 'v1' }).done;
    registry.put('latest', ociManifest);
    registry.tagged.length = 0;
    const { done } = start({ 'image-tags': 'v1,latest' });
    await done;
    expect(registry.tagged).toEqual(['latest']);
  });

  it('fails with if-exists: fail', async () => {
    await start().done;
    const { error } = await failure({ 'if-exists': 'fail' });
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toMatch(/is there already.*if-exists: reuse/);
  });

  it.each([
    [ociManifest, /oci-mediatypes=false/],
    [ociIndex, /--provenance=false/],
  ])('is refused where somebody pushed %s under its tag', async (mediaType, fix) => {
    const { ports, done } = start();
    await done;
    registry.put(ports.outputs.tag ?? '', mediaType);
    const second = await failure({});
    expect(second.error).toBeInstanceOf(UserError);
    expect(second.error.message).toMatch(fix);
    expect(second.error.message).toMatch(/delete the tag/);
    expect(pushed).toHaveLength(1);
    expect(second.ports.outputs['image-uri']).toBeUndefined();
  });

  it('is used where another run pushed it first and the tag is immutable', async () => {
    const refusing = fakeEngine({
      push: (reference: string) => {
        registry.put(reference.slice(reference.lastIndexOf(':') + 1));
        return Promise.reject(new UpstreamError('ghcr.io', 'the tag is immutable'));
      },
    });
    const { ports, done } = start({}, { findEngine: () => Promise.resolve(refusing) });
    await done;
    expect(ports.outputs.reused).toBe('true');
  });
});

describe('what goes wrong', () => {
  it('in the inputs is said all at once, before anything is asked', async () => {
    registry.failing = new Error('nobody may ask');
    const { error } = await failure({
      repository: 'ghcr.io/acme/Churn',
      context: 'nowhere',
      platform: 'windows/amd64',
      'image-tags': '-x,content-0123456789abcdef,deployed-1',
      'build-args': 'A-B=1',
      'build-secrets': 'a,b=c',
      cache: 'gha',
      scan: 'block',
      'create-repository': 'true',
    });
    const problems = error instanceof UserError ? error.problems : [];
    expect(problems.map(({ where }) => where)).toEqual([
      'repository',
      'context',
      'image-tags',
      'image-tags',
      'image-tags',
      'platform',
      'build-args',
      'build-secrets',
      'cache',
    ]);
  });

  it('for ECR only is refused elsewhere', async () => {
    const { error } = await failure({ scan: 'block', 'create-repository': 'true' });
    expect(error.message).toMatch(/scan: is only for ECR, but ghcr\.io is another registry/);
    expect(error.message).toMatch(/create-repository: is only for ECR/);
  });

  it('with the disk is said before the build', async () => {
    const { error } = await failure({}, { freeBytes: () => Promise.resolve(3e8) });
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toMatch(/0\.3 GB are free in \/var\/lib\/docker.*needs about 1\.0 GB/);
    expect(built).toEqual([]);
  });

  it('with a Dockerfile names the place where it was looked for', async () => {
    await mkdir(join(workspace, 'serve'));
    await writeFile(join(workspace, 'serve', 'Containerfile'), '');
    expect((await failure({ context: 'serve' })).error.message).toMatch(/has a Containerfile/);
    await rm(join(workspace, 'serve', 'Containerfile'));
    expect((await failure({ context: 'serve' })).error.message).toMatch(
      /there is no Dockerfile in the context "serve".*Give its path in the input dockerfile/,
    );
    await writeFile(join(workspace, 'serve', 'Containerfile'), '');
    const given = { context: 'serve', dockerfile: 'Containerfile' };
    expect((await failure(given)).error.message).toMatch(/relative to the workspace.*serve\/Containerfile/);
  });

  it('with the engine is said rather than what the registry says', async () => {
    registry.failing = new UpstreamError('ghcr.io', 'ghcr.io did not answer');
    const { ports, error } = await failure({}, noEngine);
    expect(error.message).toBe('There is no container engine.');
    expect(ports.log.text).toContain('ghcr.io did not answer');
    expect(ports.outputs).toMatchObject({ repository: 'ghcr.io/acme/churn', 'scan-findings': '' });
  });

  it('with the registry ends the run before the build', async () => {
    registry.failing = new UpstreamError('ghcr.io', 'ghcr.io did not answer');
    expect((await failure({})).error.message).toBe('ghcr.io did not answer');
    expect(built).toEqual([]);
  });

  it('with the push is passed on', async () => {
    const engine = fakeEngine({ push: () => Promise.reject(new UserError('denied')) });
    expect((await failure({}, { findEngine: () => Promise.resolve(engine) })).error.message).toBe('denied');
  });

  describe('with credentials in the context', () => {
    const put = async (path: string, text: string) => {
      await mkdir(dirname(join(workspace, path)), { recursive: true });
      await writeFile(join(workspace, path), text);
    };

    it.each(Object.entries(CREDENTIALS))(
      '%s is refused, and the line that the message gives mends it',
      async (path, text) => {
        await put(path, text);
        const { error } = await failure({});
        expect(error).toBeInstanceOf(UserError);
        expect(error.message).toContain(`the build would see "${path}", which holds `);
        const line = /Add the line ("(?:[^"\\]|\\.)*") at the end of \.dockerignore/.exec(error.message)?.[1];
        await put('.dockerignore', `${JSON.parse(line ?? '') as string}\n`);
        const { done } = start();
        await done;
      },
    );

    it('all of them are told at once, with the ignore file that counts', async () => {
      await put('gha-creds-1.json', '{}');
      await put('certs/tls.key', KEY);
      await put('Dockerfile.dockerignore', 'x\n');
      const { error } = await failure({});
      expect(error.message).toContain('There are 2 problems');
      expect(error.message).toContain('"certs/tls.key" at the end of Dockerfile.dockerignore');
    });

    it('files that only have the names of credentials are built', async () => {
      for (const [path, text] of Object.entries(HARMLESS)) {
        if (path !== '.dockerignore') await put(path, text);
      }
      await start().done;
    });
  });

  it('with .git in the context is a warning', async () => {
    await mkdir(join(workspace, '.git'));
    const { ports, done } = start();
    await done;
    expect(ports.log.lines).toContainEqual(
      expect.objectContaining({ level: 'warning', message: expect.stringContaining('.dockerignore') }),
    );
  });
});
