/**
 * The newest verified release of an environment: what is promoted to the next one. A small document in the artifact
 * store names it, the only one there that is ever replaced:
 *
 *     environments/<owner>/<repository>/<environment>/<model>.json
 *
 * Anybody who can write to the store could let it name another verified release. If the jobs share a secret, it is signed with
 * that, and nothing unsigned is promoted. What was signed before and is put back later has a right signature: the time in it
 * is reported.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { text } from 'node:stream/consumers';
import {
  NEWEST_SCHEMA,
  parseNewest,
  writeNewest,
  type NewestDocument,
} from '../../documents/newest-release.ts';
import { canonicalJson } from '../canonical-json.ts';
import { UserError } from '../errors.ts';
import { storeKeys, type ArtifactStore } from '../stores.ts';
import { parseRelease } from '../../documents/release-record.ts';
import type { ReleaseRecord } from '../../documents/release-record.ts';
import { whyUnverified } from './verified.ts';

export interface ReleasePlace {
  /** owner/name */
  readonly repository: string;
  readonly environment: string;
  /** Null if ml-deploy.yml has no models. */
  readonly model: string | null;
}

export interface NewestRelease {
  readonly digest: string;
  readonly record: ReleaseRecord;
  /** When it became the newest; ISO 8601. */
  readonly at: string;
}

export function newestKey({ repository, environment, model }: ReleasePlace): string {
  return ['environments', ...repository.split('/'), environment, `${model ?? 'model'}.json`]
    .map(encodeURIComponent)
    .join('/');
}

/**
 * @param secret that the jobs share; null if there is none
 * @throws UserError if the environment has none, if what names it is not signed with the secret, or if the record does
 * not say that it was verified there
 */
export async function findNewest(
  store: ArtifactStore,
  place: ReleasePlace,
  secret: string | null,
): Promise<NewestRelease> {
  const key = newestKey(place);
  if (!(await store.exists(key))) {
    throw new UserError(
      `${place.environment} has no verified release to promote: ${store.urlOf(key)} is not there. Release to ${place.environment} first.`,
    );
  }
  const document = parseNewest(await text(await store.open(key)), store.urlOf(key));
  const { release: digest, at } = document;
  if (secret !== null) checkSigned(document, place, secret, store.urlOf(key));
  return { digest, at, record: await verified(store, digest, place) };
}

function checkSigned(document: NewestDocument, place: ReleasePlace, secret: string, url: string): void {
  const { repository, environment, model, signature = '' } = document;
  const isOfPlace = canonicalJson({ repository, environment, model }) === canonicalJson({ ...place });
  const [given, right] = [signature, signatureOf(document, secret)].map((one) => Buffer.from(one));
  if (isOfPlace && given?.length === right?.length && timingSafeEqual(given as Buffer, right as Buffer))
    return;
  const why = signature === '' ? 'is not signed' : 'is not signed with the digest-key of this job';
  throw new UserError(
    `${url} ${why}, so anybody who can write to the store could have chosen the release. Nothing is promoted. ` +
      `Release to ${environment} again, with the same ML_DEPLOY_DIGEST_KEY in both environments.`,
  );
}

function signatureOf(document: Omit<NewestDocument, 'signature'>, secret: string): string {
  const { schema, repository, environment, model, release, at } = document;
  const key = createHmac('sha256', secret)
    .update(canonicalJson(['newest', repository]))
    .digest();
  const signed = canonicalJson({ schema, repository, environment, model, release, at });
  return `hmac-sha256:${createHmac('sha256', key).update(signed).digest('hex')}`;
}

/** @throws UserError for a release that was not verified in that environment. */
export async function keepNewest(
  store: ArtifactStore,
  place: ReleasePlace,
  digest: string,
  now: Date,
  secret: string | null,
): Promise<void> {
  await verified(store, digest, place);
  const { repository, environment, model } = place;
  const at = now.toISOString();
  const document = { schema: NEWEST_SCHEMA, repository, environment, model, release: digest, at } as const;
  const signed = secret === null ? document : { ...document, signature: signatureOf(document, secret) };
  await store.put(newestKey(place), writeNewest(signed), { replace: true });
}

async function verified(store: ArtifactStore, digest: string, place: ReleasePlace): Promise<ReleaseRecord> {
  const key = storeKeys.release(digest);
  if (!(await store.exists(key))) throw new UserError(`The release ${digest} is not in ${store.url}.`);
  const record = parseRelease(await text(await store.open(key)), { label: store.urlOf(key), digest });
  const problem = whyUnverified(record, digest, place.environment);
  if (problem !== null) throw new UserError(problem);
  return record;
}
