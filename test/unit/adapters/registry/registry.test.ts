import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refused } from '../../../../src/adapters/registry/authorization.ts';
import type { Credentials } from '../../../../src/adapters/registry/credentials.ts';
import { createRegistry } from '../../../../src/adapters/registry/registry.ts';
import { CancelledError, UpstreamError, UserError } from '../../../../src/core/errors.ts';
import { mediaTypes } from '../../../../src/core/image/manifest.ts';
import { readImage } from '../../../../src/core/image/published-image.ts';
import { json, RegistryServer, USER } from './registry-server.ts';

const login: Credentials = { kind: 'password', ...USER };
let server: RegistryServer;

beforeEach(async () => {
  server = await RegistryServer.start();
});
afterEach(() => server.stop());

const registry = (credentials: Credentials | null = null, signal = new AbortController().signal) =>
  createRegistry({ credentials: () => Promise.resolve(credentials), signal, retryDelayMs: 1 });

async function failure(promise: Promise<unknown>): Promise<Error> {
  const error: unknown = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof Error) return error;
  throw new Error('it did not fail');
}

describe('reading a manifest', () => {
  it.each(Object.values(mediaTypes))('gives bytes, digest and media type of %s', async (mediaType) => {
    const digest = server.addImage('v1', mediaType);
    const manifest = await registry().manifest(server.image, 'v1');
    expect(manifest).toMatchObject({ mediaType, digest });
    expect(await registry().manifest(server.image, digest)).toEqual(manifest);
  });

  it('gives null where there is none', async () => {
    expect(await registry().manifest(server.image, 'v1')).toBeNull();
  });

  it('gives null for a registry that says so without JSON, once it shows to be one', async () => {
    server.intercept = (request, response) => {
      if (request.url === '/v2/') return false;
      response.writeHead(404).end('404 page not found');
      return true;
    };
    expect(await registry().manifest(server.image, 'v1')).toBeNull();
  });

  it('says that a web server is no registry', async () => {
    server.intercept = (_, response) => {
      response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not found</h1>');
      return true;
    };
    const error = await failure(registry().manifest(server.image, 'v1'));
    expect(error).toBeInstanceOf(UpstreamError);
    expect(error.message).toMatch(/does not look like a registry.*status 404/);
  });

  it('refuses bytes that do not fit the digest of the header', async () => {
    server.addImage('v1', mediaTypes.dockerManifest);
    server.intercept = (_, response) => {
      json(response, 200, { changed: true }, { 'docker-content-digest': `sha256:${'0'.repeat(64)}` });
      return true;
    };
    const error = await failure(registry().manifest(server.image, 'v1'));
    expect(error.message).toMatch(/wrong bytes: expected sha256:0{64}, got sha256:[0-9a-f]{64}/);
  });

  it('refuses another manifest than the digest that was asked for', async () => {
    server.addImage('v1', mediaTypes.dockerManifest);
    const asked = `sha256:${'a'.repeat(64)}`;
    server.manifests.set(asked, { mediaType: mediaTypes.dockerManifest, bytes: Buffer.from('{}') });
    const error = await failure(registry().manifest(server.image, asked));
    expect(error.message).toContain(`expected ${asked}`);
  });
});

describe('reading an image', () => {
  it('gives platform and size of a single manifest', async () => {
    const config = { os: 'linux', architecture: 'arm', variant: 'v6' };
    server.addImage('v1', mediaTypes.dockerManifest, config);
    const image = await readImage(registry(), server.image, 'v1');
    expect(image).toMatchObject({ platforms: ['linux/arm/v6'], bytes: 1000 + JSON.stringify(config).length });
  });

  it('gives the platforms of an index, without attestations', async () => {
    server.addManifest('v1', mediaTypes.ociIndex, {
      manifests: [
        { digest: 'x', platform: { os: 'linux', architecture: 'amd64' } },
        { digest: 'y', platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } },
        { digest: 'z', platform: { os: 'unknown', architecture: 'unknown' } },
      ],
    });
    const image = await readImage(registry(), server.image, 'v1');
    expect(image).toMatchObject({ platforms: ['linux/amd64', 'linux/arm64'], bytes: null });
  });

  it('gives no platform for an artifact that is no image', async () => {
    server.addImage('v1', mediaTypes.ociManifest, { name: 'a chart' });
    expect(await readImage(registry(), server.image, 'v1')).toMatchObject({ platforms: [] });
  });

  it('refuses a manifest that is not JSON, one without config, and a changed blob', async () => {
    const put = (text: string) =>
      server.manifests.set('v1', { mediaType: mediaTypes.ociManifest, bytes: Buffer.from(text) });
    put('not json');
    expect((await failure(readImage(registry(), server.image, 'v1'))).message).toMatch(/is not JSON/);
    put('{}');
    expect((await failure(readImage(registry(), server.image, 'v1'))).message).toMatch(/no image config/);
    server.addImage('v1', mediaTypes.ociManifest);
    for (const digest of server.blobs.keys()) server.blobs.set(digest, Buffer.from('{}'));
    expect((await failure(readImage(registry(), server.image, 'v1'))).message).toMatch(/wrong bytes/);
  });
});

describe('logging in', () => {
  beforeEach(() => {
    server.addImage('v1', mediaTypes.dockerManifest);
  });

  it('answers a Basic challenge', async () => {
    server.auth = 'basic';
    expect(await registry(login).manifest(server.image, 'v1')).not.toBeNull();
  });

  it('fetches a token for the right scope once, and uses it again', async () => {
    server.auth = 'bearer';
    const client = registry(login);
    await readImage(client, server.image, 'v1');
    await readImage(client, server.image, 'v1');
    expect(server.seen.filter((line) => line.startsWith('scope'))).toEqual([
      'scope repository:acme/churn:pull',
    ]);
  });

  it('asks for push access where it sets a tag', async () => {
    server.auth = 'bearer';
    const client = registry(login);
    const manifest = await client.manifest(server.image, 'v1');
    if (manifest === null) throw new Error('the manifest is missing');
    await client.tag(server.image, 'v2', manifest);
    expect(server.seen).toContain('scope repository:acme/churn:pull,push');
    expect(await client.manifest(server.image, 'v2')).toEqual(manifest);
  });

  it('exchanges an identity token', async () => {
    server.auth = 'bearer';
    const client = registry({ kind: 'identity-token', token: server.refreshToken });
    expect(await client.manifest(server.image, 'v1')).not.toBeNull();
  });

  it.each(['basic', 'bearer'] as const)('says that a login is missing (%s)', async (auth) => {
    server.auth = auth;
    const error = await failure(registry().manifest(server.image, 'v1'));
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toMatch(/requires a login, but there is none.*docker login 127\.0\.0\.1/);
  });

  const docker = { registry: 'docker.io', repository: 'acme/churn' };
  const ecr = { registry: '123456789012.dkr.ecr.eu-west-1.amazonaws.com', repository: 'churn' };
  const olga: Credentials = { kind: 'password', username: 'olga', password: 'x' };

  it.each([
    [
      docker,
      null,
      'docker.io (Docker Hub) requires a login, but there is none on this machine. It says so of private repositories and of those that do not exist: check the name acme/churn, or log in before this step, as in: echo "$PASSWORD" | docker login docker.io --username NAME --password-stdin.',
    ],
    [
      docker,
      olga,
      'docker.io (Docker Hub) refused the stored login (as "olga") for acme/churn. Log in again before this step: docker login docker.io.',
    ],
    [
      ecr,
      null,
      '123456789012.dkr.ecr.eu-west-1.amazonaws.com (the ECR of the account 123456789012 in eu-west-1) requires a login, but there is none on this machine. Run aws-actions/configure-aws-credentials with a role of that account, and aws-actions/amazon-ecr-login, before this step.',
    ],
  ])('says whose registry $registry is, and which login it takes', (name, credentials, message) => {
    expect(refused(name, credentials).message).toBe(message);
  });

  it.each(['basic', 'bearer'] as const)(
    'says that a login is refused, without the password (%s)',
    async (auth) => {
      server.auth = auth;
      const wrong: Credentials = { kind: 'password', username: 'olga', password: 'wrong-password' };
      const error = await failure(registry(wrong).manifest(server.image, 'v1'));
      expect(error).toBeInstanceOf(UserError);
      expect(error.message).toMatch(/refused the stored login.*"olga"/);
      expect(error.message).not.toContain('wrong-password');
    },
  );

  it('names the permission that is missing', async () => {
    server.intercept = (_, response) => {
      json(response, 403, { errors: [{ code: 'DENIED', message: 'no read access' }] });
      return true;
    };
    const error = await failure(registry(login).manifest(server.image, 'v1'));
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toMatch(/does not allow.*DENIED: no read access.*permission/);
  });

  it.each([
    ['Bearer realm="http://registry.example.com/token"', /not an https address/],
    ['Bearer realm="/token"', /not an https address/],
    ['Negotiate', /a login with negotiate/],
    ['', /a login with nothing/],
  ])('sends nothing where the challenge is %j', async (challenge, message) => {
    server.intercept = (_, response) => {
      json(response, 401, {}, { 'www-authenticate': challenge });
      return true;
    };
    const error = await failure(registry(login).manifest(server.image, 'v1'));
    expect(error).toBeInstanceOf(UpstreamError);
    expect(error.message).toMatch(message);
  });
});

describe('a network that fails', () => {
  it('sends again what was cut off', async () => {
    server.addImage('v1', mediaTypes.dockerManifest);
    server.drops = 3;
    expect(await registry().manifest(server.image, 'v1')).not.toBeNull();
    expect(server.drops).toBe(0);
  });

  it('gives up at last, and says what happened', async () => {
    server.drops = 99;
    const error = await failure(registry().manifest(server.image, 'v1'));
    expect(error).toBeInstanceOf(UpstreamError);
    expect(error.message).toMatch(/did not answer over http/);
    expect(error.cause).toBeDefined();
    expect(server.drops).toBe(95);
  });

  it('asks a busy registry again, and quotes one that stays so', async () => {
    let answers = 0;
    server.intercept = (_, response) => {
      answers += 1;
      json(response, 503, { errors: [{ code: 'UNAVAILABLE', message: 'try later' }] });
      return true;
    };
    const error = await failure(registry().manifest(server.image, 'v1'));
    expect(error.message).toMatch(/status 503.*UNAVAILABLE: try later/);
    expect(answers).toBe(4);
  });

  it('does not ask an unknown host again', async () => {
    let calls = 0;
    const fetch: typeof globalThis.fetch = () => {
      calls += 1;
      const cause = Object.assign(new Error('getaddrinfo ENOTFOUND nowhere.invalid'), { code: 'ENOTFOUND' });
      return Promise.reject(new TypeError('fetch failed', { cause }));
    };
    const { signal } = new AbortController();
    const client = createRegistry({
      credentials: () => Promise.resolve(null),
      signal,
      fetch,
      retryDelayMs: 1,
    });
    const error = await failure(client.manifest({ registry: 'nowhere.invalid', repository: 'x' }, 'v1'));
    expect(error.message).toMatch(/did not answer over https: getaddrinfo ENOTFOUND/);
    expect(calls).toBe(1);
  });

  it('stops when it is cancelled', async () => {
    const controller = new AbortController();
    server.intercept = () => {
      controller.abort();
      return true;
    };
    const error = await failure(registry(null, controller.signal).manifest(server.image, 'v1'));
    expect(error).toBeInstanceOf(CancelledError);
  });
});

it('goes to Docker Hub under the name of its API, over https', async () => {
  const urls: string[] = [];
  const fetch: typeof globalThis.fetch = (input) => {
    urls.push(input instanceof Request ? input.url : input.toString());
    return Promise.resolve(Response.json({ errors: [] }, { status: 404 }));
  };
  const { signal } = new AbortController();
  const client = createRegistry({ credentials: () => Promise.resolve(null), signal, fetch });
  await client.manifest({ registry: 'docker.io', repository: 'library/x' }, 'v1');
  expect(urls).toEqual(['https://registry-1.docker.io/v2/library/x/manifests/v1']);
});
