import { create } from 'xmlbuilder2';
import { RestAnswer, xmlText } from '../answer.ts';
import type { Call } from '../calls.ts';
import { AwsError } from '../errors.ts';
import { checkChecksums, checkCondition, metadataOf, type S3Input } from './s3.ts';
import { bucketOf, store, type S3State, type Upload } from './s3-state.ts';

export function createUpload(
  state: S3State,
  { Bucket, Key, ContentType }: S3Input,
  { headers }: Call,
): RestAnswer {
  bucketOf(state, Bucket);
  const UploadId = state.world.id('upload-');
  const contentType = ContentType ?? 'binary/octet-stream';
  const metadata = metadataOf(headers);
  state.uploads.set(UploadId, { bucket: Bucket, key: Key, contentType, metadata, parts: new Map() });
  return xml({ InitiateMultipartUploadResult: { Bucket, Key, UploadId } });
}

export async function uploadPart(state: S3State, input: S3Input, { headers }: Call): Promise<RestAnswer> {
  const { PartNumber = 0, Body = Buffer.alloc(0) } = input;
  const upload = uploadOf(state, input);
  await checkChecksums(headers, Body);
  upload.parts.set(PartNumber, Body);
  return new RestAnswer(200, { etag: `"part-${PartNumber}-${Body.length}"` });
}

export async function completeUpload(state: S3State, input: S3Input, { body }: Call): Promise<RestAnswer> {
  const upload = uploadOf(state, input);
  checkCondition(state, input);
  const numbers = partNumbers(body);
  if (numbers.length === 0) throw new AwsError('MalformedXML', 'The XML you provided was not well-formed');
  const bytes = numbers.map((number) => {
    const part = upload.parts.get(number);
    if (part === undefined) {
      throw new AwsError('InvalidPart', 'One or more of the specified parts could not be found.');
    }
    return part;
  });
  // All but the last are at least 5 MiB.
  if (bytes.slice(0, -1).some(({ length }) => length < 5 * 1024 * 1024)) {
    throw new AwsError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
  }
  const { bucket, key, contentType, metadata } = upload;
  const options = { contentType, metadata, parts: numbers.length };
  const made = await store(state, bucket, key, Buffer.concat(bytes), options);
  state.uploads.delete(input.UploadId ?? '');
  return xml({
    CompleteMultipartUploadResult: {
      Bucket: bucket,
      Key: key,
      ETag: made.etag,
      ChecksumCRC64NVME: made.checksums.crc64nvme,
      ChecksumType: 'FULL_OBJECT',
    },
  });
}

/** Once sent, a completed upload is gone: a second try does not find it. */
function uploadOf(state: S3State, { UploadId = '', Bucket, Key }: S3Input): Upload {
  const upload = state.uploads.get(UploadId);
  if (upload?.bucket !== Bucket || upload.key !== Key) {
    throw new AwsError(
      'NoSuchUpload',
      'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
      404,
    );
  }
  return upload;
}

function partNumbers(body: Buffer): number[] {
  const parsed = create(body.toString()).end({ format: 'object' }) as unknown as {
    CompleteMultipartUpload?: { Part?: { PartNumber: string } | { PartNumber: string }[] };
  };
  return [parsed.CompleteMultipartUpload?.Part ?? []].flat().map(({ PartNumber }) => Number(PartNumber));
}

function xml(body: object): RestAnswer {
  return new RestAnswer(200, { 'content-type': 'application/xml' }, xmlText(body));
}
