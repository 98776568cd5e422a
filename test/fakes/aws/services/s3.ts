/** S3 as far as a store of archives and records needs it: objects, listing, uploads in parts, conditions, checksums. */
import type { Call, CallContext } from '../calls.ts';
import { RestAnswer, xmlText } from '../answer.ts';
import { AwsError } from '../errors.ts';
import type { Permission, Service } from '../service.ts';
import type { World } from '../world.ts';
import { completeUpload, createUpload, uploadPart } from './s3-multipart.ts';
import { bucketOf, checksum, objectOf, store, type S3State, type StoredObject } from './s3-state.ts';

/** Only what is looked at; the SDK's own types have dozens of members more. */
export interface S3Input {
  readonly Bucket: string;
  readonly Key: string;
  readonly Body?: Buffer;
  readonly ContentType?: string;
  readonly IfNoneMatch?: string;
  readonly IfMatch?: string;
  readonly Range?: string;
  readonly ChecksumMode?: string;
  readonly VersionId?: string;
  readonly Prefix?: string;
  readonly Delimiter?: string;
  readonly MaxKeys?: number;
  readonly ContinuationToken?: string;
  readonly StartAfter?: string;
  readonly UploadId?: string;
  readonly PartNumber?: number;
  readonly ExpectedBucketOwner?: string;
}

export function s3Service(state: S3State): Service {
  const on = (run: (state: S3State, input: S3Input, call: Call) => RestAnswer | Promise<RestAnswer>) =>
    ((input: S3Input, { call }: CallContext) => run(state, input, call)) as never;
  return {
    name: 's3',
    validationCode: 'InvalidArgument',
    operations: {
      AbortMultipartUpload: on((_, { UploadId = '' }) => {
        state.uploads.delete(UploadId);
        return new RestAnswer(204, {});
      }),
      CompleteMultipartUpload: on(completeUpload),
      CreateMultipartUpload: on(createUpload),
      DeleteObject: on((_, { Bucket, Key }) => {
        bucketOf(state, Bucket).objects.delete(Key);
        return new RestAnswer(204, {});
      }),
      GetBucketLocation: on(location),
      GetObject: on(getObject),
      HeadBucket: on(headBucket),
      HeadObject: on(headObject),
      ListObjectsV2: on(listObjects),
      PutObject: on(putObject),
      UploadPart: on(uploadPart),
    },
    permissions: (action, input) => permissionsOf(state.world, action, input),
  };
}

function headBucket(state: S3State, { Bucket }: S3Input): RestAnswer {
  return new RestAnswer(200, { 'x-amz-bucket-region': bucketOf(state, Bucket).region });
}

/** us-east-1 is told as nothing. */
function location(state: S3State, { Bucket }: S3Input): RestAnswer {
  const { region } = bucketOf(state, Bucket);
  const text = region === 'us-east-1' ? '' : region;
  const name = 'LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<${name}>${text}</LocationConstraint>`;
  return new RestAnswer(200, { 'content-type': 'application/xml' }, body);
}

export function objectHeaders(found: StoredObject, withChecksum: boolean): Record<string, string> {
  const headers: Record<string, string> = {
    etag: found.etag,
    'last-modified': found.modified.toUTCString(),
    'content-type': found.contentType,
    'accept-ranges': 'bytes',
    'x-amz-version-id': found.versionId,
  };
  for (const [name, value] of Object.entries(found.metadata)) headers[`x-amz-meta-${name}`] = value;
  if (withChecksum) {
    for (const [name, value] of Object.entries(found.checksums)) headers[`x-amz-checksum-${name}`] = value;
    headers['x-amz-checksum-type'] = 'FULL_OBJECT';
  }
  return headers;
}

function headObject(state: S3State, input: S3Input): RestAnswer {
  const found = versionOf(state, input);
  const headers = objectHeaders(found, input.ChecksumMode === 'ENABLED');
  return new RestAnswer(200, { ...headers, 'content-length': String(found.body.length) });
}

function getObject(state: S3State, input: S3Input): RestAnswer {
  const found = versionOf(state, input);
  if (input.IfMatch !== undefined && input.IfMatch !== found.etag) throw conditionFailed();
  const range = /^bytes=(\d+)-(\d*)$/.exec(input.Range ?? '');
  const headers = objectHeaders(found, input.ChecksumMode === 'ENABLED' && range === null);
  if (range === null) return new RestAnswer(200, headers, found.body);
  const from = Number(range[1]);
  const to = range[2] === '' ? found.body.length - 1 : Math.min(Number(range[2]), found.body.length - 1);
  if (from > to) throw new AwsError('InvalidRange', 'The requested range is not satisfiable', 416);
  const content = { 'content-range': `bytes ${from}-${to}/${found.body.length}` };
  return new RestAnswer(206, { ...headers, ...content }, found.body.subarray(from, to + 1));
}

function versionOf(state: S3State, { Bucket, Key, VersionId }: S3Input): StoredObject {
  const found = objectOf(state, Bucket, Key);
  if (VersionId !== undefined && VersionId !== found.versionId) {
    throw new AwsError('NoSuchVersion', 'The specified version does not exist.', 404);
  }
  return found;
}

async function putObject(state: S3State, input: S3Input, { headers }: Call): Promise<RestAnswer> {
  const { Bucket, Key, Body = Buffer.alloc(0), ContentType } = input;
  checkCondition(state, input);
  const given = await checkChecksums(headers, Body);
  const made = await store(state, Bucket, Key, Body, {
    ...(ContentType === undefined ? {} : { contentType: ContentType }),
    metadata: metadataOf(headers),
  });
  const told = { ...made, checksums: given.length > 0 ? await checksumsOf(given, Body) : made.checksums };
  bucketOf(state, Bucket).objects.set(Key, told);
  const { 'content-type': _, ...rest } = objectHeaders(told, true);
  return new RestAnswer(200, rest);
}

async function checksumsOf(algorithms: readonly string[], body: Buffer): Promise<Record<string, string>> {
  const made: Record<string, string> = {};
  for (const algorithm of algorithms) made[algorithm] = await checksum(algorithm, body);
  return made;
}

export function checkCondition(state: S3State, { Bucket, Key, IfNoneMatch, IfMatch }: S3Input): void {
  const existing = bucketOf(state, Bucket).objects.get(Key);
  if (IfNoneMatch === '*' && existing !== undefined) throw conditionFailed();
  if (IfMatch !== undefined && existing?.etag !== IfMatch) throw conditionFailed();
}

function conditionFailed(): AwsError {
  return new AwsError(
    'PreconditionFailed',
    'At least one of the pre-conditions you specified did not hold',
    412,
  );
}

/** The algorithms that the client gave a checksum for. @throws AwsError BadDigest where one is not that of the body */
export async function checkChecksums(headers: Call['headers'], body: Buffer): Promise<string[]> {
  const given = Object.entries(headers).flatMap(([name, value]) => {
    const algorithm = /^x-amz-checksum-(crc32|crc32c|crc64nvme|sha1|sha256)$/.exec(name)?.[1];
    return algorithm === undefined || typeof value !== 'string' ? [] : [{ algorithm, value }];
  });
  for (const { algorithm, value } of given) {
    if ((await checksum(algorithm, body)) !== value) {
      const name = algorithm.toUpperCase();
      throw new AwsError('BadDigest', `The ${name} you specified did not match the calculated checksum.`);
    }
  }
  return given.map(({ algorithm }) => algorithm);
}

export function metadataOf(headers: Call['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      name.startsWith('x-amz-meta-') && typeof value === 'string'
        ? [[name.slice('x-amz-meta-'.length), value]]
        : [],
    ),
  );
}

function listObjects(state: S3State, input: S3Input): RestAnswer {
  const { Bucket, Prefix = '', Delimiter, MaxKeys = 1000, ContinuationToken, StartAfter = '' } = input;
  const from =
    ContinuationToken === undefined ? StartAfter : Buffer.from(ContinuationToken, 'base64').toString();
  const { objects } = bucketOf(state, Bucket);
  const keys = [...objects.keys()].filter((key) => key.startsWith(Prefix) && key > from).sort();
  const groups = new Set<string>();
  const listed: string[] = [];
  let last = '';
  for (const key of keys) {
    const end = Delimiter === undefined ? -1 : key.indexOf(Delimiter, Prefix.length);
    const group = end < 0 ? null : key.slice(0, end + (Delimiter ?? '').length);
    if (group !== null && groups.has(group)) {
      last = key;
      continue;
    }
    if (listed.length + groups.size >= MaxKeys) break;
    if (group === null) listed.push(key);
    else groups.add(group);
    last = key;
  }
  const truncated = keys.length > 0 && last !== keys.at(-1);
  const body = {
    ListBucketResult: {
      Name: Bucket,
      Prefix,
      MaxKeys,
      KeyCount: listed.length + groups.size,
      IsTruncated: truncated,
      ...(truncated ? { NextContinuationToken: Buffer.from(last).toString('base64') } : {}),
      Contents: listed.map((Key) => contents(Key, objectOf(state, Bucket, Key))),
      CommonPrefixes: [...groups].map((group) => ({ Prefix: group })),
    },
  };
  return new RestAnswer(200, { 'content-type': 'application/xml' }, xmlText(body));
}

function contents(Key: string, { modified, etag, body }: StoredObject): object {
  return {
    Key,
    LastModified: modified.toISOString(),
    ETag: etag,
    Size: body.length,
    StorageClass: 'STANDARD',
  };
}

const ACTIONS: Readonly<Record<string, string>> = {
  HeadObject: 'GetObject',
  HeadBucket: 'ListBucket',
  ListObjectsV2: 'ListBucket',
  CreateMultipartUpload: 'PutObject',
  UploadPart: 'PutObject',
  CompleteMultipartUpload: 'PutObject',
};

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html */
function permissionsOf(world: World, action: string, input: Record<string, unknown>): Permission[] {
  const { Bucket, Key } = input as Partial<S3Input>;
  const bucket = `arn:${world.partition}:s3:::${Bucket ?? ''}`;
  return [
    { action: `s3:${ACTIONS[action] ?? action}`, resource: Key === undefined ? bucket : `${bucket}/${Key}` },
  ];
}
