/** package-model to Azurite, with GNU tar, Python's tarfile and @azure/storage-blob as witnesses. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AzureBlobStore } from '../../../src/stores/azure-blob/azure-blob-store.ts';
import { createAzureBlobRemote } from '../../../src/stores/azure-blob/azure-blob-remote.ts';
import { fakeSignIn } from '../../fakes/azure/sign-in.ts';
import { missingForAzurite, SERVICE, startAzurite, type AzuriteBed } from '../beds/azurite-bed.ts';
import { extracted, hashesBelow, modelFiles, packageModel, writeFiles } from '../s3/support.ts';

const CONTAINER = 'models';
const STORE = `${SERVICE}/${CONTAINER}/churn`;
const MIB = 1024 * 1024;
const missing = missingForAzurite();
if (missing !== null) console.log(`Azure Blob: ${missing}`);

describe.skipIf(missing !== null)(`Azure Blob ${missing ?? ''}`, () => {
  let bed: AzuriteBed;
  let workspace: string;

  beforeAll(async () => {
    bed = await startAzurite();
    await bed.witness(CONTAINER, 'await container.create();');
  });
  afterAll(() => bed.stop());
  beforeEach(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'package-blob-'));
    bed.door.asked.length = 0;
    bed.door.before = () => Promise.resolve(null);
  });
  afterEach(() => rm(workspace, { recursive: true, force: true }));

  const run = (inputs: Record<string, string> = {}) =>
    packageModel(bed, workspace, { destination: STORE, ...inputs });
  /** What was sent of models; a run's own record is written by each run. */
  const written = () =>
    bed.door.asked.filter(({ method, path }) => method === 'PUT' && !path.includes('/releases/'));
  const bytesSent = () => written().reduce((sum, { bytes }) => sum + bytes, 0);

  /** This process signs in as the job does; its clock is a test's, so that nothing waits. */
  function signIn() {
    const { AZURE_CLIENT_ID: clientId = '', AZURE_TENANT_ID: tenantId = '', ...rest } = bed.env;
    return fakeSignIn({
      clientId,
      tenantId,
      clientSecret: rest.AZURE_CLIENT_SECRET ?? null,
      authorityHost: rest.AZURE_AUTHORITY_HOST ?? null,
      blobEndpoint: rest.AZURE_STORAGE_SERVICE_ENDPOINT ?? null,
    });
  }
  const store = () => AzureBlobStore.open(STORE, signIn());

  it('has an archive that other programs unpack, and sends 0 bytes for a model that did not change', async () => {
    const files = modelFiles(20);
    await writeFiles(join(workspace, 'm'), files);
    const first = await run();
    expect(first.exitCode, first.log).toBe(0);
    const url = first.outputs['model-data-url'] ?? '';
    expect(url).toBe(`${STORE}/models/${first.outputs['model-digest'] ?? ''}/model.tar.gz`);
    const key = url.slice(`${SERVICE}/${CONTAINER}/`.length);
    const archive = join(workspace, 'fetched.tar.gz');
    await bed.witness(
      CONTAINER,
      `await container.getBlobClient(${JSON.stringify(key)}).downloadToFile(${JSON.stringify(archive)});`,
    );
    const original = await hashesBelow(join(workspace, 'm'));
    expect(await extracted(archive)).toEqual({ 'GNU tar': original, "Python's tarfile": original });
    const bytes = await readFile(archive);
    expect(first.outputs['model-sha256']).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(first.outputs['archive-bytes']).toBe(String(bytes.length));

    const sent = bytesSent();
    expect(sent).toBeGreaterThan(20 * MIB);
    bed.door.asked.length = 0;
    const second = await run();
    expect(second.exitCode, second.log).toBe(0);
    expect(second.outputs).toMatchObject({ reused: 'true', 'model-sha256': first.outputs['model-sha256'] });
    const again = bytesSent();
    console.log(`${sent} bytes were sent by the first run, ${again} by the second.`);
    expect(written()).toEqual([]);
    for (const { log } of [first, second]) {
      for (const token of bed.entra.tokens)
        expect(log.replaceAll(/^::add-mask::.*$/gm, '')).not.toContain(token);
    }
  });

  it('stores files by themselves, with names that are hard on URLs', async () => {
    const { 'line\nbreak': _, ...files } = modelFiles(1);
    await writeFiles(join(workspace, 'm'), { ...files, 'a+b %41 & c?.txt': Buffer.from('odd') });
    const done = await run({ compression: 'none' });
    expect(done.exitCode, done.log).toBe(0);
    const seen = (await bed.witness(
      CONTAINER,
      `const { createHash } = require('node:crypto');
       const hashes = {};
       for await (const { name } of container.listBlobsFlat({ prefix: 'churn/models/${done.outputs['model-digest'] ?? ''}/files/' }))
         hashes[name.split('/files/')[1]] = createHash('sha256').update(await container.getBlobClient(name).downloadToBuffer()).digest('hex');
       return hashes;`,
    )) as Record<string, string>;
    expect(seen).toEqual(await hashesBelow(join(workspace, 'm')));
  });

  it('two packers at once leave one archive, and neither fails', async () => {
    await writeFiles(join(workspace, 'm'), { 'weights.bin': randomBytes(30 * MIB) });
    // Both have found that the archive is missing before either writes it.
    const waiting: (() => void)[] = [];
    bed.door.before = async ({ method, path }) => {
      if (method !== 'HEAD' || !path.endsWith('.tar.gz') || waiting.length >= 2) return null;
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        if (waiting.length === 2) for (const go of waiting) go();
      });
      return null;
    };
    const runs = await Promise.all([run(), run()]);
    expect(runs.map(({ exitCode, log }) => (exitCode === 0 ? '' : log))).toEqual(['', '']);
    expect(waiting).toHaveLength(2);
    const [first, second] = runs.map(({ outputs }) => outputs['model-sha256']);
    expect(first).toBe(second);
    const digest = runs[0].outputs['model-digest'] ?? '';
    const names = await bed.witness(
      CONTAINER,
      `const names = [];
       for await (const { name } of container.listBlobsFlat({ prefix: 'churn/models/${digest}/', includeUncommitedBlobs: true }))
         names.push(name.split('/').at(-1));
       return names.sort();`,
    );
    expect(names).toEqual(['manifest.json', 'model.tar.gz']);
  });

  it('takes a model that @azure/storage-blob wrote, and reads it by the version it was listed with', async () => {
    await bed.witness(
      CONTAINER,
      `for (const name of ['job/out/a b.txt', 'job/out/sub/é.txt', 'job/output.txt'])
         await container.getBlockBlobClient(name).upload(name, Buffer.byteLength(name));`,
    );
    const remote = createAzureBlobRemote(signIn());
    const listed = await remote.list(`${SERVICE}/${CONTAINER}/job/out`);
    expect(listed.map(({ path }) => path).sort()).toEqual(['a b.txt', 'sub/é.txt']);
    const url = listed.find(({ path }) => path === 'sub/é.txt')?.url ?? '';
    const { body, version } = await remote.open(url, null);
    expect((await buffer(body)).toString()).toBe('job/out/sub/é.txt');
    await bed.witness(CONTAINER, `await container.getBlockBlobClient('job/out/sub/é.txt').upload('x', 1);`);
    await expect(remote.open(url, version)).rejects.toThrow('was replaced while it was being read');

    const done = await run({ 'model-path': `${SERVICE}/${CONTAINER}/job/out` });
    expect(done.exitCode, done.log).toBe(0);
  });

  it.each([5, 9 * MIB])(
    'an answer that is lost after %i bytes were written is no other run',
    async (size) => {
      const key = `lost-${size}`;
      bed.door.lose = ({ method, path, status }) =>
        method === 'PUT' && !path.includes('comp=block&') && status === 201;
      const bytes = randomBytes(size);
      expect(await store().put(key, Readable.from([bytes], { objectMode: false }))).toBe(true);
      expect((await buffer(await store().open(key))).equals(bytes)).toBe(true);
      expect(await store().put(key, 'x')).toBe(false);
    },
  );

  it('says in words what Azurite refuses', async () => {
    const elsewhere = AzureBlobStore.open(`${SERVICE}/nothing-here/x`, signIn());
    await expect(elsewhere.put('a', 'x')).rejects.toThrow('There is no container "nothing-here"');
    await expect(elsewhere.size('a')).rejects.toThrow('There is no container "nothing-here"');
    await expect(store().open('nothing')).rejects.toThrow(`There is no ${STORE}/nothing.`);
    const late = signIn();
    bed.entra.seconds = -100;
    try {
      const refused = AzureBlobStore.open(STORE, late).put('late', 'x');
      await expect(refused).rejects.toMatchObject({ refusesCaller: true, page: 'azure-credentials' });
    } finally {
      bed.entra.seconds = 3600;
    }
  });

  it('an archive that somebody wrote over is found by its manifest', async () => {
    await writeFiles(join(workspace, 'm'), { 'weights.bin': randomBytes(MIB) });
    const first = await run();
    const digest = first.outputs['model-digest'] ?? '';
    const of = (name: string) => `container.getBlockBlobClient('churn/models/${digest}/${name}')`;
    await bed.witness(
      CONTAINER,
      `await ${of('model.tar.gz')}.upload('damaged', 7); await ${of('manifest.json')}.delete();`,
    );
    const second = await run();
    expect(second.exitCode, second.log).toBe(0);
    expect(second.log).toContain('is damaged and is packed again');
    expect(await store().size(`models/${digest}/model.tar.gz`)).toBeGreaterThan(MIB);
  });
});
