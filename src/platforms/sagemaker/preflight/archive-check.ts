/** The model archive: there, readable, in the right region, and the bytes that are meant. */
import type { HeadObjectCommandOutput } from '@aws-sdk/client-s3';
import { codeOf, isMissing } from '../../../clouds/aws/errors.ts';
import type { AwsClients } from '../../../clouds/aws/clients.ts';
import { attempt, notChecked, ok, problem, together, type Checked, type Patience } from './check.ts';
import { parseS3Url, type S3Location } from './s3-url.ts';
import type { DeploymentFacts } from '../../../core/plan/deployment-facts.ts';

const WHERE = 'model-data-url';

/** What identifies the bytes that were found, to be compared again before they are promoted. */
export interface ArchiveFacts {
  readonly url: string;
  readonly bytes: number | null;
  readonly etag: string | null;
  readonly versionId: string | null;
  /** Checksum of the whole object, such as `CRC64NVME:…` or `SHA256:…` (base64); null if S3 keeps none. */
  readonly checksum: string | null;
}

type Model = NonNullable<DeploymentFacts['model']>;

export async function checkArchive(
  model: Model,
  region: string,
  clients: AwsClients,
  patience: Patience,
): Promise<{ checked: Checked; facts: ArchiveFacts | null }> {
  const at = parseS3Url(model.url);
  if (at === null) return { checked: together([]), facts: null };
  let facts: ArchiveFacts | null = null;
  let bucketRegion: string | null = null;
  const checked = [
    await attempt(`in which region the bucket ${at.bucket} is`, patience, async (abortSignal) => {
      bucketRegion = await regionOf(at.bucket, clients, abortSignal);
      return checkRegion(at.bucket, bucketRegion, region);
    }),
    await attempt(`whether ${model.url} is there`, patience, async (abortSignal) => {
      if (at.key === '' || at.key.endsWith('/')) return checkPrefix(at, bucketRegion, clients, abortSignal);
      const found = await head(at, bucketRegion, clients, abortSignal);
      if (found === null) return missing(model.url);
      facts = factsOf(model.url, found);
      return checkContent(model, found);
    }),
  ];
  return { checked: together(checked), facts };
}

/** S3 tells the region even if it refuses everything else. */
async function regionOf(
  bucket: string,
  clients: AwsClients,
  abortSignal: AbortSignal,
): Promise<string | null> {
  const s3 = await clients.s3();
  try {
    const { BucketRegion } = await clients.call('s3:ListBucket', async () =>
      s3.headBucket({ Bucket: bucket }, { abortSignal }),
    );
    return BucketRegion ?? null;
  } catch (error) {
    if (codeOf(error) === 'NotFound' || codeOf(error) === 'NoSuchBucket') return '';
    const told = headerOf(error, 'x-amz-bucket-region');
    if (told !== null) return told;
    throw error;
  }
}

function headerOf(error: unknown, name: string): string | null {
  const cause = (error as { cause?: unknown }).cause ?? error;
  const { $response } = cause as { $response?: { headers?: Record<string, string> } };
  return $response?.headers?.[name] ?? null;
}

function checkRegion(bucket: string, found: string | null, region: string): Checked {
  if (found === '') {
    return problem(
      WHERE,
      `there is no bucket ${bucket}.`,
      'Correct the URL, or the credentials of this run.',
    );
  }
  if (found === null) return notChecked(`in which region the bucket ${bucket} is`, 'AWS did not say.');
  if (found === region) return together([]);
  return problem(
    WHERE,
    `the bucket ${bucket} is in ${found}, but an endpoint in ${region} reads models only from its own region.`,
    `Give package-model a destination in ${region}.`,
  );
}

async function head(
  { bucket, key }: S3Location,
  region: string | null,
  clients: AwsClients,
  abortSignal: AbortSignal,
): Promise<HeadObjectCommandOutput | null> {
  const s3 = await clients.s3(region || undefined);
  try {
    return await clients.call('s3:GetObject', async () =>
      s3.headObject({ Bucket: bucket, Key: key, ChecksumMode: 'ENABLED' }, { abortSignal }),
    );
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** An uncompressed model is everything below a prefix. */
async function checkPrefix(
  at: S3Location,
  region: string | null,
  clients: AwsClients,
  abortSignal: AbortSignal,
): Promise<Checked> {
  const s3 = await clients.s3(region || undefined);
  const { Contents = [] } = await clients.call('s3:ListBucket', async () =>
    s3.listObjectsV2({ Bucket: at.bucket, Prefix: at.key, MaxKeys: 1 }, { abortSignal }),
  );
  const url = `s3://${at.bucket}/${at.key}`;
  return Contents.length === 0 ? missing(url) : ok(`The model below ${url} is there.`);
}

function missing(url: string): Checked {
  return problem(
    WHERE,
    `there is nothing at ${url}.`,
    'Run package-model with this destination, or correct the URL.',
  );
}

function factsOf(url: string, found: HeadObjectCommandOutput): ArchiveFacts {
  return {
    url,
    bytes: found.ContentLength ?? null,
    etag: found.ETag ?? null,
    versionId: found.VersionId ?? null,
    checksum: checksumOf(found),
  };
}

/** Only a checksum of the whole object says anything: that of a multipart upload may be one of its parts' checksums. */
function checksumOf(found: HeadObjectCommandOutput): string | null {
  if (found.ChecksumType === 'COMPOSITE') return null;
  if (found.ChecksumSHA256 !== undefined) return `SHA256:${found.ChecksumSHA256}`;
  if (found.ChecksumCRC64NVME !== undefined) return `CRC64NVME:${found.ChecksumCRC64NVME}`;
  return null;
}

function checkContent({ url, sha256, bytes }: Model, found: HeadObjectCommandOutput): Checked {
  const size = found.ContentLength ?? null;
  if (bytes !== null && size !== null && bytes !== size) {
    return changed(url, `${bytes} bytes were packaged, but ${size} are there`);
  }
  const own = found.ChecksumType === 'COMPOSITE' ? undefined : found.ChecksumSHA256;
  if (sha256 === null || own === undefined) {
    const known = size === null ? '' : ` (${size} bytes)`;
    return together([
      ok(`The archive ${url} is there${known}.`),
      notChecked(`the sha256 of ${url}`, 'S3 has none for the whole archive, or the release names none.'),
    ]);
  }
  const found64 = Buffer.from(own, 'base64').toString('hex');
  if (found64 !== sha256)
    return changed(url, `its sha256 is ${found64}, and that of the release is ${sha256}`);
  return ok(`The archive ${url} is there, with the sha256 of the release.`);
}

function changed(url: string, how: string): Checked {
  return problem(
    WHERE,
    `${url} is not what was packaged: ${how}.`,
    'Run package-model again; it repairs the object.',
  );
}
