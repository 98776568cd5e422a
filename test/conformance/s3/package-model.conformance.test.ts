/** package-model to moto's S3, with GNU tar, Python's tarfile and the AWS CLI as witnesses. */
import { createHash, randomBytes } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { copyObject } from '../../../src/stores/s3/copy.ts';
import { S3Session } from '../../../src/stores/s3/session.ts';
import { missingForS3, REGION, startS3Bed, type Asked, type S3Bed } from '../beds/s3-bed.ts';
import {
  BUCKET,
  extracted,
  hashesBelow,
  modelFiles,
  packageModel,
  STORE,
  withFolder,
  writeFiles,
} from './support.ts';

const missing = await missingForS3();
if (missing !== null) console.log(`package-model to S3: ${missing}`);

describe.skipIf(missing !== null)(`package-model to S3 ${missing ?? ''}`, () => {
  let bed: S3Bed;
  let workspace: string;

  beforeAll(async () => {
    bed = await startS3Bed();
    // For what runs in this process.
    vi.stubEnv('AWS_ACCESS_KEY_ID', bed.env.AWS_ACCESS_KEY_ID ?? '');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', bed.env.AWS_SECRET_ACCESS_KEY ?? '');
    await bed.aws('s3', 'mb', `s3://${BUCKET}`);
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    return bed.stop();
  });
  beforeEach(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'package-s3-'));
    bed.asked.length = 0;
    bed.decide = () => Promise.resolve(true);
    bed.before = () => Promise.resolve();
  });
  afterEach(() => rm(workspace, { recursive: true, force: true }));

  const run = (inputs: Record<string, string> = {}, options: Parameters<typeof packageModel>[3] = {}) =>
    packageModel(bed, workspace, inputs, options);
  /** Objects of their own cannot have a line break in their names. */
  const model = async (megabytes = 0, { asObjects = false } = {}) => {
    const { 'line\nbreak': _, ...plain } = modelFiles(megabytes);
    const files = asObjects ? plain : modelFiles(megabytes);
    await writeFiles(join(workspace, 'm'), files);
    return files;
  };
  const sent = (what: (asked: Asked) => boolean = () => true) =>
    bed.asked.filter((asked) => asked.method === 'PUT' && asked.path.includes('/models/') && what(asked));
  const isPart = ({ query }: Asked) => query.has('partNumber');
  const uploads = async () =>
    (
      JSON.parse((await bed.aws('s3api', 'list-multipart-uploads', '--bucket', BUCKET)) || '{}') as {
        Uploads?: unknown[];
      }
    ).Uploads ?? [];

  it('uploads in parts what extracts to exactly the input, and nothing the second time', async () => {
    await model(20);
    const first = await run({ tags: 'team=churn' });
    expect(first.exitCode, first.log).toBe(0);
    const url = first.outputs['model-data-url'] ?? '';
    expect(url).toBe(`${STORE}/models/${first.outputs['model-digest'] ?? ''}/model.tar.gz`);
    expect(sent(isPart).length).toBeGreaterThan(2);
    await withFolder(async (folder) => {
      const archive = join(folder, 'model.tar.gz');
      await bed.aws('s3', 'cp', url, archive, '--quiet');
      const input = await hashesBelow(join(workspace, 'm'));
      for (const [program, output] of Object.entries(await extracted(archive))) {
        expect(output, program).toEqual(input);
      }
      const bytes = await readFile(archive);
      expect(first.outputs['model-sha256']).toBe(createHash('sha256').update(bytes).digest('hex'));
      expect(first.outputs['archive-bytes']).toBe(String(bytes.length));
    });
    const key = url.slice(`s3://${BUCKET}/`.length);
    const at = ['--bucket', BUCKET, '--key', key];
    const { TagSet } = JSON.parse(await bed.aws('s3api', 'get-object-tagging', ...at)) as { TagSet: unknown };
    expect(TagSet).toEqual([{ Key: 'team', Value: 'churn' }]);
    const begun = bed.asked.find(({ method, query }) => method === 'POST' && query.has('uploads'));
    expect(begun?.headers).toMatchObject({
      'x-amz-checksum-algorithm': 'CRC64NVME',
      'x-amz-checksum-type': 'FULL_OBJECT',
    });
    const ended = bed.asked.find(({ method, query }) => method === 'POST' && query.has('uploadId'));
    expect(ended?.headers).toMatchObject({ 'if-none-match': '*', 'x-amz-checksum-type': 'FULL_OBJECT' });

    bed.asked.length = 0;
    const second = await run({ tags: 'team=churn' });
    expect(second.exitCode, second.log).toBe(0);
    expect(second.outputs).toMatchObject({ reused: 'true', 'model-sha256': first.outputs['model-sha256'] });
    expect(sent()).toEqual([]);
    expect(await uploads()).toEqual([]);
  });

  it('sends a small model at once, encrypted with a key', async () => {
    await model();
    await rm(join(workspace, 'm', 'weights.bin'));
    const key = 'arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555';
    const { exitCode, log, outputs } = await run({ 'kms-key-id': key });
    expect(exitCode, log).toBe(0);
    expect(sent(isPart)).toEqual([]);
    const at = (outputs['model-data-url'] ?? '').slice(`s3://${BUCKET}/`.length);
    const head = JSON.parse(await bed.aws('s3api', 'head-object', '--bucket', BUCKET, '--key', at)) as object;
    expect(head).toMatchObject({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: key });
  });

  it.each([[0], [20]])(
    'of two runs at once one uploads, one reuses, none fails (%i MB)',
    async (megabytes) => {
      await model(megabytes);
      // Both have found that the object is missing before either writes it.
      const waiting: (() => void)[] = [];
      bed.before = async ({ method, path, query }) => {
        if (method !== 'HEAD' || !path.endsWith('.tar.gz') || waiting.length >= 2 || query.size > 0) return;
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
          if (waiting.length === 2) for (const go of waiting) go();
        });
      };
      const runs = await Promise.all([run(), run()]);
      bed.before = () => Promise.resolve();
      for (const { exitCode, log } of runs) expect(exitCode, log).toBe(0);
      expect(new Set(runs.map(({ outputs }) => outputs['model-sha256'])).size).toBe(1);
      const isWrite = ({ path, query, method, headers }: Asked) =>
        path.endsWith('model.tar.gz') &&
        method !== 'HEAD' &&
        headers['if-none-match'] === '*' &&
        !query.has('partNumber');
      const writes = bed.asked.filter(isWrite).map(({ status }) => status);
      expect(writes.sort()).toEqual([200, 412]);
      expect(await uploads()).toEqual([]);
      expect((await run()).outputs.reused).toBe('true');
    },
  );

  it('leaves one object and no upload behind after kill -9 and a re-run', async () => {
    await model(40);
    let pid = 0;
    let parts = 0;
    bed.before = async ({ query }) => {
      if (query.has('partNumber') && ++parts === 3) process.kill(pid, 'SIGKILL');
      return Promise.resolve();
    };
    const killed = await run({}, { onStart: (started) => void (pid = started) });
    expect(killed.signal).toBe('SIGKILL');
    expect(await uploads()).toHaveLength(1);
    // Somebody else's upload below the same prefix is none of ours.
    const foreign = ['--bucket', BUCKET, '--key', 'churn/models/other'];
    const { UploadId = '' } = JSON.parse(await bed.aws('s3api', 'create-multipart-upload', ...foreign)) as {
      UploadId?: string;
    };
    bed.before = () => Promise.resolve();
    const { exitCode, log, outputs } = await run();
    expect(exitCode, log).toBe(0);
    expect(await uploads()).toEqual([expect.objectContaining({ Key: 'churn/models/other' })]);
    await bed.aws('s3api', 'abort-multipart-upload', ...foreign, '--upload-id', UploadId);
    const listing = await bed.aws(
      's3',
      'ls',
      '--recursive',
      `${STORE}/models/${outputs['model-digest'] ?? ''}/`,
    );
    expect(listing.match(/model\.tar\.gz/g)).toHaveLength(1);
  });

  it('ends its upload where a file changes while it is read', async () => {
    await model(40);
    let parts = 0;
    bed.before = async ({ query }) => {
      if (query.has('partNumber') && ++parts === 1)
        await writeFile(join(workspace, 'm', 'weights.bin'), 'short');
    };
    const { exitCode, error } = await run();
    expect(exitCode).toBe(1);
    expect(error).toContain('weights.bin" changed while it was being packed');
    expect(await uploads()).toEqual([]);
    expect(bed.asked.some(({ method, query }) => method === 'POST' && query.has('uploadId'))).toBe(false);
  });

  it('uploads the files by themselves with compression: none', async () => {
    await model(10, { asObjects: true });
    const first = await run({ compression: 'none' });
    expect(first.exitCode, first.log).toBe(0);
    const url = first.outputs['model-data-url'] ?? '';
    expect(url).toBe(`${STORE}/models/${first.outputs['model-digest'] ?? ''}/files/`);
    await withFolder(async (folder) => {
      await bed.aws('s3', 'sync', url, folder, '--quiet');
      expect(await hashesBelow(folder)).toEqual(await hashesBelow(join(workspace, 'm')));
    });
    bed.asked.length = 0;
    const second = await run({ compression: 'none' });
    expect(second.outputs).toMatchObject({ reused: 'true', 'model-data-url': url });
    expect(sent()).toEqual([]);
  });

  it("takes a training job's archive over as it is, by its digest", async () => {
    const files = await model(10, { asObjects: true });
    const archive = join(workspace, 'model.tar.gz');
    execFileSync('tar', ['-czf', archive, '-C', join(workspace, 'm'), '.']);
    const output = `s3://${BUCKET}/jobs/job-1/output/model.tar.gz`;
    await bed.aws('s3', 'cp', archive, output, '--quiet');
    const { exitCode, log, outputs } = await run({ 'model-path': output });
    expect(exitCode, log).toBe(0);
    // Read once to know its content, and once for the one file that may be a pickle; the copy is made inside of S3.
    const reads = bed.asked.filter(({ method, path }) => method === 'GET' && path.includes('/jobs/job-1/'));
    expect(reads).toHaveLength(2);
    const copies = sent(({ headers }) => headers['x-amz-copy-source'] !== undefined);
    expect(copies.map(({ bytes, status }) => [bytes, status])).toEqual([[0, 200]]);
    const bytes = await readFile(archive);
    expect(outputs['model-sha256']).toBe(createHash('sha256').update(bytes).digest('hex'));
    const packed = await run();
    expect(packed.outputs).toMatchObject({ reused: 'true', 'model-digest': outputs['model-digest'] });
    // The same content as files below a prefix is the same model too.
    await bed.aws('s3', 'cp', '--recursive', join(workspace, 'm'), `s3://${BUCKET}/plain/`, '--quiet');
    const plain = await run({ 'model-path': `s3://${BUCKET}/plain/` });
    expect(plain.exitCode, plain.log).toBe(0);
    expect(plain.outputs).toMatchObject({ reused: 'true', 'model-digest': outputs['model-digest'] });
    expect(Object.keys(files).length).toBeGreaterThan(5);
  });

  it('copies what is larger than one call may copy in parts', async () => {
    const bytes = randomBytes(12 * 1024 * 1024 + 5);
    const key = 'jobs/job 2/ö+&/model.tar.gz';
    await writeFile(join(workspace, 'big'), bytes);
    await bed.aws('s3', 'cp', join(workspace, 'big'), `s3://${BUCKET}/${key}`, '--quiet');
    const head = await bed.aws('s3api', 'head-object', '--bucket', BUCKET, '--key', key);
    const { ETag: version } = JSON.parse(head) as { ETag: string };
    const session = await S3Session.open(BUCKET, { region: REGION, endpoint: bed.url });
    const source = { url: `s3://${BUCKET}/${key}`, version, bytes: bytes.length };
    const MIB = 1024 * 1024;
    const options = { replace: false, onSent: () => undefined, largest: MIB, partBytes: 6 * MIB };
    expect(await copyObject(session, 'churn/copied', source, options)).toBe(true);
    await bed.aws('s3', 'cp', `s3://${BUCKET}/churn/copied`, join(workspace, 'copy'), '--quiet');
    expect((await readFile(join(workspace, 'copy'))).equals(bytes)).toBe(true);
    expect(bed.asked.filter(isPart).map(({ bytes: sentBytes }) => sentBytes)).toEqual([0, 0, 0]);
    expect(await uploads()).toEqual([]);
  });

  it('registers a digest once, and waits for somebody to approve it', async () => {
    await model(0, { asObjects: true });
    const group = { 'model-package-group': 'churn', tags: 'team=churn' };
    const first = await run(group);
    expect(first.exitCode, first.log).toBe(0);
    const arn = first.outputs['model-package-arn'] ?? '';
    expect(arn).toMatch(/:model-package\/churn\/1$/);
    const again = await run(group);
    expect(again.outputs['model-package-arn']).toBe(arn);
    await writeFile(join(workspace, 'm', 'weights.bin'), randomBytes(100));
    const other = await run({ ...group, compression: 'none' });
    expect(other.outputs['model-package-arn'], other.log).toMatch(/:model-package\/churn\/2$/);
    const describe = async (name: string) =>
      JSON.parse(
        await bed.aws('sagemaker', 'describe-model-package', '--model-package-name', name),
      ) as object;
    expect(await describe(arn)).toMatchObject({
      ModelApprovalStatus: 'PendingManualApproval',
      InferenceSpecification: { Containers: [{ ModelDataUrl: first.outputs['model-data-url'] }] },
      CustomerMetadataProperties: { 'ml-deploy:model-digest': first.outputs['model-digest'] },
    });
    expect(await describe(other.outputs['model-package-arn'] ?? '')).toMatchObject({
      InferenceSpecification: {
        Containers: [
          {
            ModelDataSource: {
              S3DataSource: { S3Uri: other.outputs['model-data-url'], CompressionType: 'None' },
            },
          },
        ],
      },
    });
  });

  it.each([
    ['a missing bucket', { destination: 's3://no-such-bucket/x' }, 'There is no bucket "no-such-bucket"'],
    [
      'a missing object',
      { 'model-path': `s3://${BUCKET}/nothing/here` },
      /model-path: "s3:.* does not exist\. Check the URL/,
    ],
    [
      'a missing archive',
      { 'model-path': `s3://${BUCKET}/nothing.tar.gz` },
      /model-path: "s3:.* does not exist\. Check the URL/,
    ],
  ])('says what is wrong with %s', async (_, inputs, message) => {
    await model();
    const { exitCode, error } = await run(inputs);
    expect(exitCode).toBe(1);
    expect(error).toMatch(message);
    expect(sent()).toEqual([]);
  });
});
