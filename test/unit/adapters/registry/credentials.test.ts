import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseChallenges } from '../../../../src/adapters/registry/challenge.ts';
import { credentialFinder } from '../../../../src/adapters/registry/credentials.ts';
import type { Exec, ExecResult } from '../../../../src/core/ports.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docker-config-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const ghcr = { registry: 'ghcr.io', repository: 'acme/churn' };
const base64 = (text: string) => Buffer.from(text).toString('base64');

interface Started {
  readonly program: string;
  readonly args: readonly string[];
  readonly input: string | undefined;
}

async function finder(
  config: unknown,
  helper: Partial<ExecResult> | null = null,
): Promise<{ find: ReturnType<typeof credentialFinder>; started: Started[] }> {
  const file = join(folder, 'config.json');
  await writeFile(file, typeof config === 'string' ? config : JSON.stringify(config));
  const started: Started[] = [];
  const exec: Exec = (program, args, options) => {
    started.push({ program, args, input: options?.input });
    return Promise.resolve({ exitCode: 0, stdout: '', stderr: '', ...helper });
  };
  const which = (name: string) => Promise.resolve(helper === null ? null : `/bin/${name}`);
  return { find: credentialFinder({ files: [join(folder, 'missing.json'), file], exec, which }), started };
}

describe('logins in a file', () => {
  it.each([
    ['the plain host', 'ghcr.io'],
    ['a URL', 'https://ghcr.io'],
    ['a URL of version 1', 'https://ghcr.io/v1/'],
    ['a path of the registry', 'ghcr.io/acme'],
  ])('are found under %s', async (_, key) => {
    const { find } = await finder({ auths: { [key]: { auth: base64('olga:a:b') } } });
    expect(await find(ghcr)).toEqual({ kind: 'password', username: 'olga', password: 'a:b' });
  });

  it('prefer the longest path', async () => {
    const auths = { 'ghcr.io': { auth: base64('host:x') }, 'ghcr.io/acme': { auth: base64('path:x') } };
    const { find } = await finder({ auths });
    expect(await find(ghcr)).toMatchObject({ username: 'path' });
    expect(await find({ ...ghcr, repository: 'other/x' })).toMatchObject({ username: 'host' });
  });

  it('are found for Docker Hub under its old name', async () => {
    const { find } = await finder({ auths: { 'https://index.docker.io/v1/': { auth: base64('olga:x') } } });
    expect(await find({ registry: 'docker.io', repository: 'acme/x' })).toMatchObject({ username: 'olga' });
  });

  it('may be identity tokens', async () => {
    const { find } = await finder({ auths: { 'ghcr.io': { auth: '', identitytoken: 'refresh' } } });
    expect(await find(ghcr)).toEqual({ kind: 'identity-token', token: 'refresh' });
  });

  it('are null for a host that is not there, and where there is no file', async () => {
    const { find } = await finder({ auths: { 'ghcr.io.evil.example': { auth: base64('olga:x') } } });
    expect(await find(ghcr)).toBeNull();
  });

  it('are refused without being quoted where the file is damaged', async () => {
    const { find } = await finder('{"auths": {"ghcr.io": {"auth": "c2VjcmV0');
    const error: unknown = await find(ghcr).catch((thrown: unknown) => thrown);
    expect(String(error)).toMatch(/config\.json is not valid JSON/);
    expect(String(error)).not.toContain('c2VjcmV0');
    const { find: second } = await finder({ auths: { 'ghcr.io': { auth: base64('nocolon') } } });
    await expect(second(ghcr)).rejects.toThrow(/is damaged/);
  });
});

describe('logins in a helper', () => {
  const config = { credHelpers: { 'ghcr.io': 'pass' }, credsStore: 'desktop' };
  const answer = (username: string) => ({ stdout: JSON.stringify({ Username: username, Secret: 's3cret' }) });

  it('are asked for by standard input', async () => {
    const { find, started } = await finder(config, answer('olga'));
    expect(await find(ghcr)).toEqual({ kind: 'password', username: 'olga', password: 's3cret' });
    expect(started).toEqual([{ program: '/bin/docker-credential-pass', args: ['get'], input: 'ghcr.io' }]);
  });

  it('come from the common store where the registry has no helper of its own', async () => {
    const { find, started } = await finder(config, answer('<token>'));
    expect(await find({ registry: 'docker.io', repository: 'acme/x' })).toEqual({
      kind: 'identity-token',
      token: 's3cret',
    });
    expect(started[0]).toMatchObject({
      program: '/bin/docker-credential-desktop',
      input: 'https://index.docker.io/v1/',
    });
  });

  it('are null where the helper knows nothing, and then the file counts', async () => {
    const helper = { exitCode: 1, stdout: 'credentials not found in native keychain\n' };
    expect(await (await finder(config, helper)).find(ghcr)).toBeNull();
    const auths = { 'ghcr.io': { auth: base64('olga:x') } };
    expect(await (await finder({ ...config, auths }, helper)).find(ghcr)).toMatchObject({ username: 'olga' });
  });

  it.each([
    ['is not installed', null, /docker-credential-pass, which is not on the PATH/],
    ['fails', { exitCode: 2, stdout: 'keychain is locked' }, /keychain is locked/],
    ['answers with something else', { stdout: 's3cret-not-json' }, /did not return JSON/],
  ])('end in a clear error where the helper %s', async (_, helper, message) => {
    const { find } = await finder(config, helper);
    const error: unknown = await find(ghcr).catch((thrown: unknown) => thrown);
    expect(String(error)).toMatch(message);
    expect(String(error)).not.toContain('s3cret');
  });
});

describe('challenges', () => {
  it.each([
    ['Basic realm="a, b"', [{ scheme: 'basic', params: { realm: 'a, b' } }]],
    [
      'Bearer realm="https://x/t",service="s",scope="repository:a:pull,push", Basic realm="y"',
      [
        {
          scheme: 'bearer',
          params: { realm: 'https://x/t', service: 's', scope: 'repository:a:pull,push' },
        },
        { scheme: 'basic', params: { realm: 'y' } },
      ],
    ],
    [
      'Bearer REALM=plain , error="a \\"b\\""',
      [{ scheme: 'bearer', params: { realm: 'plain', error: 'a "b"' } }],
    ],
    ['Negotiate', [{ scheme: 'negotiate', params: {} }]],
    ['', []],
  ])('%j', (header, expected) => {
    expect(parseChallenges(header)).toEqual(expected);
  });
});
