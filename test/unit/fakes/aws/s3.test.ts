import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FakeAws } from '../../../fakes/aws/fake-aws.ts';

let aws: FakeAws;
let s3: S3Client;
const Bucket = 'models';
beforeAll(async () => {
  aws = await FakeAws.start({ neighbours: 'none' });
  aws.addBucket(Bucket);
  s3 = new S3Client(aws.client);
});
afterAll(() => aws.close());

const text = async (Key: string, more: object = {}) =>
  (await s3.send(new GetObjectCommand({ Bucket, Key, ...more }))).Body?.transformToString();

it('keeps what is put, with its metadata, checksum and version', async () => {
  const put = await s3.send(
    new PutObjectCommand({
      Bucket,
      Key: 'a/ b+c.txt',
      Body: 'hello',
      ContentType: 'text/plain',
      Metadata: { run: '7' },
    }),
  );
  expect(await text('a/ b+c.txt')).toBe('hello');
  expect(await text('a/ b+c.txt', { Range: 'bytes=1-2' })).toBe('el');
  const head = await s3.send(
    new HeadObjectCommand({ Bucket, Key: 'a/ b+c.txt', ChecksumMode: 'ENABLED', VersionId: put.VersionId }),
  );
  expect(head).toMatchObject({
    ContentLength: 5,
    ContentType: 'text/plain',
    Metadata: { run: '7' },
    ChecksumCRC32: 'NhCmhg==',
    ChecksumType: 'FULL_OBJECT',
    LastModified: aws.time.now(),
    VersionId: put.VersionId,
  });
});

it('takes a stream, in chunks with a checksum at the end', async () => {
  const body = Buffer.alloc(200_000, 'ab');
  const Body = Readable.from([body.subarray(0, 70_000), body.subarray(70_000)]);
  await s3.send(
    new PutObjectCommand({
      Bucket,
      Key: 'stream',
      Body,
      ContentLength: body.length,
      ChecksumAlgorithm: 'SHA256',
    }),
  );
  const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'stream', ChecksumMode: 'ENABLED' }));
  expect(head.ChecksumSHA256).toBe(createHash('sha256').update(body).digest('base64'));
});

it('refuses a body that is not what the checksum says', async () => {
  await expect(
    s3.send(
      new PutObjectCommand({
        Bucket,
        Key: 'bad',
        Body: 'x',
        ChecksumSHA256: Buffer.alloc(32).toString('base64'),
      }),
    ),
  ).rejects.toMatchObject({ name: 'BadDigest' });
});

it('writes once where asked to', async () => {
  const put = () => s3.send(new PutObjectCommand({ Bucket, Key: 'once', Body: '1', IfNoneMatch: '*' }));
  await put();
  await expect(put()).rejects.toMatchObject({
    name: 'PreconditionFailed',
    $metadata: { httpStatusCode: 412 },
  });
});

it('says what is missing', async () => {
  await expect(text('none')).rejects.toMatchObject({ name: 'NoSuchKey', $metadata: { httpStatusCode: 404 } });
  await expect(s3.send(new HeadObjectCommand({ Bucket, Key: 'none' }))).rejects.toMatchObject({
    name: 'NotFound',
  });
  await expect(s3.send(new ListObjectsV2Command({ Bucket: 'nowhere' }))).rejects.toMatchObject({
    name: 'NoSuchBucket',
  });
});

it('lists in pages, in the order of the keys, and by folder', async () => {
  for (const key of ['l/2', 'l/1', 'l/sub/a', 'l/sub/b']) await aws.putObject(Bucket, key, key);
  const first = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'l/', MaxKeys: 2 }));
  expect(first.Contents?.map(({ Key }) => Key)).toEqual(['l/1', 'l/2']);
  const next = await s3.send(
    new ListObjectsV2Command({ Bucket, Prefix: 'l/', ContinuationToken: first.NextContinuationToken }),
  );
  expect([next.Contents?.map(({ Key }) => Key), next.IsTruncated]).toEqual([['l/sub/a', 'l/sub/b'], false]);
  const folders = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'l/', Delimiter: '/' }));
  expect(folders.CommonPrefixes).toEqual([{ Prefix: 'l/sub/' }]);
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'l/1' }));
  expect((await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'l/', Delimiter: '/' }))).KeyCount).toBe(
    2,
  );
});

it('puts parts together, once', async () => {
  const Key = 'parts';
  const big = Buffer.alloc(5 * 1024 * 1024, 1);
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
  const parts = [big, Buffer.from('end')];
  const Parts = [];
  for (const [at, Body] of parts.entries()) {
    const PartNumber = at + 1;
    const { ETag } = await s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }));
    Parts.push({ PartNumber, ETag });
  }
  const complete = new CompleteMultipartUploadCommand({
    Bucket,
    Key,
    UploadId,
    MultipartUpload: { Parts },
    IfNoneMatch: '*',
  });
  const done = await s3.send(complete);
  expect(done.ETag).toMatch(/-2"$/);
  expect(done.ChecksumCRC64NVME).toMatch(/=$/);
  const head = await s3.send(new HeadObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
  expect([head.ContentLength, head.ChecksumCRC64NVME]).toEqual([big.length + 3, done.ChecksumCRC64NVME]);
  await expect(s3.send(complete)).rejects.toMatchObject({ name: 'NoSuchUpload' });
});

it('throws the parts of an aborted upload away', async () => {
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'never' }));
  await s3.send(new AbortMultipartUploadCommand({ Bucket, Key: 'never', UploadId }));
  await expect(
    s3.send(new UploadPartCommand({ Bucket, Key: 'never', UploadId, PartNumber: 1, Body: '1' })),
  ).rejects.toMatchObject({ name: 'NoSuchUpload' });
});

it('tells where a bucket is; us-east-1 is told as nothing', async () => {
  aws.addBucket('virginia', 'us-east-1');
  const where = async (name: string) =>
    (await s3.send(new GetBucketLocationCommand({ Bucket: name }))).LocationConstraint;
  expect([await where(Bucket), await where('virginia')]).toEqual(['eu-west-1', undefined]);
  expect((await s3.send(new HeadBucketCommand({ Bucket: 'virginia' }))).BucketRegion).toBe('us-east-1');
});

it('records what IAM would be asked', async () => {
  await text('once');
  expect(aws.calls.at(-1)?.permissions).toEqual([
    { action: 's3:GetObject', resource: 'arn:aws:s3:::models/once' },
  ]);
});
