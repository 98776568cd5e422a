/**
 * The newest verified release of an environment: what is promoted to the next one. A small document in the artifact
 * store names it, the only one there that is ever replaced:
 *
 *     environments/<owner>/<repository>/<environment>/<model>.json
 */
import { text } from 'node:stream/consumers';
import { NEWEST_SCHEMA, parseNewest, writeNewest } from '../../documents/newest-release.ts';
import { UserError } from '../errors.ts';
import { storeKeys, type ArtifactStore } from '../stores.ts';
import { parseRelease } from '../../documents/release-record.ts';
import type { ReleaseRecord } from '../../documents/release-record.ts';
import { whyUnverified } from './verified.ts';

export interface ReleasePlace {
  /** owner/name */
  readonly repository: string;
  readonly environment: string;
  /** Null where ml-deploy.yml has no models. */
  readonly model: string | null;
}

export interface NewestRelease {
  readonly digest: string;
  readonly record: ReleaseRecord;
}

export function newestKey({ repository, environment, model }: ReleasePlace): string {
  return ['environments', ...repository.split('/'), environment, `${model ?? 'model'}.json`]
    .map(encodeURIComponent)
    .join('/');
}

/** @throws UserError where the environment has none, or where the record does not say that it was verified there. */
export async function findNewest(store: ArtifactStore, place: ReleasePlace): Promise<NewestRelease> {
  const key = newestKey(place);
  if (!(await store.exists(key))) {
    throw new UserError(
      `${place.environment} has no verified release to promote: ${store.urlOf(key)} is not there. Release to ${place.environment} first.`,
    );
  }
  const { release: digest } = parseNewest(await text(await store.open(key)), store.urlOf(key));
  return { digest, record: await verified(store, digest, place) };
}

/** @throws UserError for a release that was not verified in that environment. */
export async function keepNewest(
  store: ArtifactStore,
  place: ReleasePlace,
  digest: string,
  now: Date,
): Promise<void> {
  await verified(store, digest, place);
  const { repository, environment, model } = place;
  const at = now.toISOString();
  const document = { schema: NEWEST_SCHEMA, repository, environment, model, release: digest, at } as const;
  await store.put(newestKey(place), writeNewest(document), { replace: true });
}

async function verified(store: ArtifactStore, digest: string, place: ReleasePlace): Promise<ReleaseRecord> {
  const key = storeKeys.release(digest);
  if (!(await store.exists(key))) throw new UserError(`The release ${digest} is not in ${store.url}.`);
  const record = parseRelease(await text(await store.open(key)), { label: store.urlOf(key), digest });
  const problem = whyUnverified(record, digest, place.environment);
  if (problem !== null) throw new UserError(problem);
  return record;
}
