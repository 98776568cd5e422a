/** package-model to fake-gcs-server, with GNU tar, Python's tarfile and @google-cloud/storage as witnesses. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createGcsRemote } from '../../../src/stores/gcs/gcs-remote.ts';
import { GcsStore } from '../../../src/stores/gcs/gcs-store.ts';
import { PROVIDER, SERVICE_ACCOUNT } from '../../fakes/google/google-login.ts';
import { fakeGoogleSignIn } from '../../fakes/google/sign-in.ts';
import { startOidc } from '../../fakes/oidc.ts';
import { BUCKET, keeper, missingForGcs, startGcs, type GcsBed } from '../beds/gcs-bed.ts';
import { extracted, hashesBelow, modelFiles, packageModel, writeFiles } from '../s3/support.ts';

const STORE = `gs://${BUCKET}/churn`;
const FILE = `environments:
  prod:
    gcp-workload-identity-provider: ${PROVIDER}
    gcp-service-account: ${SERVICE_ACCOUNT}
`;
const MIB = 1024 * 1024;
const missing = missingForGcs();
if (missing !== null) console.log(`Cloud Storage: ${missing}`);

describe.skipIf(missing !== null)(`Cloud Storage ${missing ?? ''}`, () => {
  let bed: GcsBed;
  let workspace: string;

  beforeAll(async () => {
    bed = await startGcs();
    await bed.witness(`await storage.createBucket(${JSON.stringify(BUCKET)});`);
  });
  afterAll(() => bed.stop());
  beforeEach(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'package-gcs-'));
    bed.door.asked.length = 0;
    bed.door.before = keeper(bed.login);
  });
  afterEach(() => rm(workspace, { recursive: true, force: true }));

  const run = (inputs: Record<string, string> = {}) =>
    packageModel(bed, workspace, { destination: STORE, ...inputs });
  /** What was sent of models; a run's own record is written by each run. */
  const written = () =>
    bed.door.asked.filter(({ method, path }) => method !== 'GET' && !path.includes('%2Freleases%2F'));
  const bytesSent = () => written().reduce((sum, { bytes }) => sum + bytes, 0);

  /** This process signs in as the job does; its clock is a test's, so that nothing waits. */
  const signIn = () =>
    fakeGoogleSignIn({ metadataHost: bed.login.host, endpoints: { storage: bed.door.url } });
  const store = () => GcsStore.open(STORE, signIn());
  const namesBelow = (prefix: string) =>
    bed.witness(
      `const [files] = await bucket.getFiles({ prefix: ${JSON.stringify(prefix)} });
       return files.map(({ name }) => name.slice(${prefix.length})).sort();`,
    );

  it('has an archive that other programs unpack, and sends 0 bytes for a model that did not change', async () => {
    const files = modelFiles(20);
    await writeFiles(join(workspace, 'm'), files);
    const first = await run();
    expect(first.exitCode, first.log).toBe(0);
    const url = first.outputs['model-data-url'] ?? '';
    expect(url).toBe(`${STORE}/models/${first.outputs['model-digest'] ?? ''}/model.tar.gz`);
    const key = url.slice(`gs://${BUCKET}/`.length);
    const archive = join(workspace, 'fetched.tar.gz');
    // Google's client compares the crc32c by itself.
    await bed.witness(
      `await bucket.file(${JSON.stringify(key)}).download({ destination: ${JSON.stringify(archive)}, validation: 'crc32c' });`,
    );
    const original = await hashesBelow(join(workspace, 'm'));
    expect(await extracted(archive)).toEqual({ 'GNU tar': original, "Python's tarfile": original });
    const bytes = await readFile(archive);
    expect(first.outputs['model-sha256']).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(first.outputs['archive-bytes']).toBe(String(bytes.length));

    const sent = bytesSent();
    expect(sent).toBeGreaterThan(20 * MIB);
    const sessions = bed.door.asked.flatMap(({ path }) => /upload_id=([^&]+)/.exec(path)?.[1] ?? []);
    expect(sessions.length).toBeGreaterThan(2);
    bed.door.asked.length = 0;
    const second = await run();
    expect(second.exitCode, second.log).toBe(0);
    expect(second.outputs).toMatchObject({ reused: 'true', 'model-sha256': first.outputs['model-sha256'] });
    console.log(`${sent} bytes were sent by the first run, ${bytesSent()} by the second.`);
    expect(written()).toEqual([]);
    for (const { log } of [first, second]) {
      for (const secret of [...bed.login.tokens, ...sessions])
        expect(log.replaceAll(/^::add-mask::.*$/gm, '')).not.toContain(secret);
    }
  });

  it('signs in as ml-deploy.yml says it for the environment, by the token of the job', async () => {
    const oidc = await startOidc((token) => bed.login.assertions.add(token));
    await writeFiles(workspace, { 'm/weights.bin': randomBytes(1000), 'ml-deploy.yml': Buffer.from(FILE) });
    try {
      const env = {
        ...oidc.env,
        STORAGE_EMULATOR_HOST: bed.door.url,
        CLOUDSDK_API_ENDPOINT_OVERRIDES_STS: bed.login.url,
        CLOUDSDK_API_ENDPOINT_OVERRIDES_IAMCREDENTIALS: bed.login.url,
      };
      const inputs = { destination: STORE, environment: 'prod' };
      const done = await packageModel({ env }, workspace, inputs);
      expect(done.exitCode, done.log).toBe(0);
      expect(oidc.audiences).toEqual([`https://iam.googleapis.com/${PROVIDER}`]);
      const sent = new Set(bed.door.asked.map(({ headers }) => headers.authorization));
      expect([...sent]).toEqual([`Bearer ${bed.login.tokens.at(-1) ?? ''}`]);
      for (const secret of [...bed.login.tokens, ...bed.login.assertions])
        expect(done.log.replaceAll(/^::add-mask::.*$/gm, '')).not.toContain(secret);
    } finally {
      await oidc.close();
    }
  });

  it('stores files by themselves, with names that are hard on URLs', async () => {
    const { 'line\nbreak': _, ...files } = modelFiles(1);
    await writeFiles(join(workspace, 'm'), { ...files, 'a+b %41 & c?#.txt': Buffer.from('odd') });
    const done = await run({ compression: 'none' });
    expect(done.exitCode, done.log).toBe(0);
    const prefix = `churn/models/${done.outputs['model-digest'] ?? ''}/files/`;
    const seen = (await bed.witness(
      `const { createHash } = require('node:crypto');
       const hashes = {};
       const [files] = await bucket.getFiles({ prefix: ${JSON.stringify(prefix)} });
       for (const file of files)
         hashes[file.name.split('/files/')[1]] = createHash('sha256').update((await file.download())[0]).digest('hex');
       return hashes;`,
    )) as Record<string, string>;
    expect(seen).toEqual(await hashesBelow(join(workspace, 'm')));
  });

  it('two packers at once leave one archive, and neither fails', async () => {
    await writeFiles(join(workspace, 'm'), { 'weights.bin': randomBytes(30 * MIB) });
    // Both have found that the archive is missing before either writes it.
    const waiting: (() => void)[] = [];
    const opens = keeper(bed.login);
    bed.door.before = async (asked) => {
      const { method, path } = asked;
      if (method === 'GET' && path.includes('.tar.gz?') && waiting.length < 2) {
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
          if (waiting.length === 2) for (const go of waiting) go();
        });
      }
      return opens(asked);
    };
    const runs = await Promise.all([run(), run()]);
    expect(runs.map(({ exitCode, log }) => (exitCode === 0 ? '' : log))).toEqual(['', '']);
    expect(waiting).toHaveLength(2);
    const [first, second] = runs.map(({ outputs }) => outputs['model-sha256']);
    expect(first).toBe(second);
    const digest = runs[0].outputs['model-digest'] ?? '';
    expect(await namesBelow(`churn/models/${digest}/`)).toEqual(['manifest.json', 'model.tar.gz']);
  });

  it('takes a model that @google-cloud/storage wrote, and reads it by the version it was listed with', async () => {
    await bed.witness(
      `for (const name of ['job/out/a b.txt', 'job/out/sub/é.txt', 'job/output.txt'])
         await bucket.file(name).save(name, { resumable: false });`,
    );
    const remote = createGcsRemote(signIn());
    const listed = await remote.list(`gs://${BUCKET}/job/out`);
    expect(listed.map(({ path }) => path).sort()).toEqual(['a b.txt', 'sub/é.txt']);
    const url = listed.find(({ path }) => path === 'sub/é.txt')?.url ?? '';
    const { body, version } = await remote.open(url, null);
    expect((await buffer(body)).toString()).toBe('job/out/sub/é.txt');
    await bed.witness(`await bucket.file('job/out/sub/é.txt').save('x', { resumable: false });`);
    await expect(remote.open(url, version)).rejects.toThrow('was replaced while it was being read');

    const done = await run({ 'model-path': `gs://${BUCKET}/job/out` });
    expect(done.exitCode, done.log).toBe(0);
  });

  it.each([5, 9 * MIB])(
    'an answer that is lost after %i bytes were written is no other run',
    async (size) => {
      const key = `lost-${size}`;
      const isEnd = (path: string, total: string) => path.includes('multipart') || /\/\d+$/.test(total);
      bed.door.lose = ({ method, path, status, headers }) =>
        method !== 'GET' && status === 200 && isEnd(path, headers['content-range'] ?? '');
      const bytes = randomBytes(size);
      expect(await store().put(key, Readable.from([bytes], { objectMode: false }))).toBe(true);
      expect((await buffer(await store().open(key))).equals(bytes)).toBe(true);
      expect(await store().put(key, 'x')).toBe(false);
    },
  );

  it('says in words what is not there, and who may not', async () => {
    await expect(store().open('nothing')).rejects.toThrow(`There is no ${STORE}/nothing.`);
    expect(await store().size('nothing')).toBeNull();
    const stranger = fakeGoogleSignIn({ accessToken: 'ya29.stranger', endpoints: { storage: bed.door.url } });
    await expect(GcsStore.open(STORE, stranger).put('a', 'x')).rejects.toMatchObject({
      refusesCaller: true,
      page: 'google-credentials',
    });
  });

  it('an archive that somebody wrote over is found by its manifest', async () => {
    await writeFiles(join(workspace, 'm'), { 'weights.bin': randomBytes(MIB) });
    const first = await run();
    const digest = first.outputs['model-digest'] ?? '';
    const of = (name: string) => `bucket.file('churn/models/${digest}/${name}')`;
    await bed.witness(
      `await ${of('model.tar.gz')}.save('damaged', { resumable: false }); await ${of('manifest.json')}.delete();`,
    );
    const second = await run();
    expect(second.exitCode, second.log).toBe(0);
    expect(second.log).toContain('is damaged and is packed again');
    expect(await store().size(`models/${digest}/model.tar.gz`)).toBeGreaterThan(MIB);
  });
});
