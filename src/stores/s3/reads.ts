/** Reading from S3. Keys are whole here: the store's prefix is in them. */
import type { Readable } from 'node:stream';
import { UserError } from '../../core/errors.ts';
import { causeOf, isStatus, saysMore } from './errors.ts';
import type { S3Session } from './session.ts';

export interface ListedObject {
  readonly key: string;
  /** In bytes. */
  readonly size: number;
}

export interface OpenedObject {
  readonly body: Readable;
  readonly etag: string;
  readonly bytes: number;
}

/** Size in bytes; null if there is no such object. @throws UserError if there is no such bucket. */
export async function sizeOf(session: S3Session, key: string): Promise<number | null> {
  const { bucket, sdk } = session;
  // Without the right to list, S3 answers 403 for what is not there.
  const call = { operation: 'HeadObject', key, needs: ['s3:GetObject', 's3:ListBucket'] };
  try {
    const answer = await session.call(call, (client, http) =>
      client.send(new sdk.HeadObjectCommand({ Bucket: bucket, Key: key }), http),
    );
    return answer.ContentLength ?? 0;
  } catch (error) {
    if (!isStatus(causeOf(error), 404)) throw await inWords(error, () => firstByte(session, key));
  }
  // Answers to HEAD have no words: a missing bucket looks like a missing object.
  await checkBucket(session);
  return null;
}

const known = new WeakSet<S3Session>();

async function checkBucket(session: S3Session): Promise<void> {
  if (known.has(session)) return;
  const { bucket, sdk } = session;
  const call = { operation: 'HeadBucket', key: '', needs: ['s3:ListBucket'] };
  try {
    await session.call(call, (client, http) =>
      client.send(new sdk.HeadBucketCommand({ Bucket: bucket }), http),
    );
    known.add(session);
  } catch (error) {
    if (!isStatus(causeOf(error), 404)) throw await inWords(error, () => firstPage(session));
    throw new UserError(`There is no bucket "${bucket}". Check its name, or create it first.`, {
      cause: error,
      page: 'not-found',
    });
  }
}

/**
 * What to throw for a HEAD that was refused. Its answer has no words: 400 for credentials that have expired, 403 for wrong
 * ones and for a missing permission alike. A second request for the same thing gets the reason.
 */
async function inWords(error: unknown, again: () => Promise<unknown>): Promise<unknown> {
  const cause = causeOf(error);
  if (!isStatus(cause, 400) && !isStatus(cause, 403)) return error;
  const second: unknown = await again().then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return saysMore(second) ? second : error;
}

function firstByte(session: S3Session, key: string): Promise<unknown> {
  const input = { Bucket: session.bucket, Key: key, Range: 'bytes=0-0' };
  return session.call({ operation: 'GetObject', key, needs: ['s3:GetObject'] }, async (client, http) => {
    const answer = await client.send(new session.sdk.GetObjectCommand(input), http);
    (answer.Body as Readable).destroy();
  });
}

function firstPage(session: S3Session): Promise<unknown> {
  const input = { Bucket: session.bucket, MaxKeys: 1 };
  return session.call({ operation: 'ListObjectsV2', key: '', needs: ['s3:ListBucket'] }, (client, http) =>
    client.send(new session.sdk.ListObjectsV2Command(input), http),
  );
}

/** @param etag what the object has to be still; null for any. @throws UserError if there is no such object. */
export async function openObject(
  session: S3Session,
  key: string,
  etag: string | null = null,
): Promise<OpenedObject> {
  const { bucket, sdk } = session;
  const input = { Bucket: bucket, Key: key, ...(etag === null ? {} : { IfMatch: etag }) };
  try {
    const answer = await session.call(
      { operation: 'GetObject', key, needs: ['s3:GetObject'] },
      (client, http) => client.send(new sdk.GetObjectCommand(input), http),
    );
    return { body: answer.Body as Readable, etag: answer.ETag ?? '', bytes: answer.ContentLength ?? 0 };
  } catch (error) {
    if (!isStatus(causeOf(error), 412)) throw error;
    throw new UserError(`${session.urlOf(key)} was replaced while it was being read. Run this step again.`, {
      cause: error,
    });
  }
}

/** Every object whose key begins like this. */
export async function listObjects(session: S3Session, prefix: string): Promise<ListedObject[]> {
  const { bucket, sdk } = session;
  const call = { operation: 'ListObjectsV2', key: prefix, needs: ['s3:ListBucket'] };
  return session.call(call, async (client) => {
    const objects: ListedObject[] = [];
    for await (const page of sdk.paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix })) {
      objects.push(...(page.Contents ?? []).map(({ Key = '', Size = 0 }) => ({ key: Key, size: Size })));
    }
    return objects;
  });
}
