/**
 * The newest verified release of an environment: what is promoted to the next one. A small document in the artifact
 * store names it, the only one there that is ever replaced:
 *
 *     environments/<owner>/<repository>/<environment>/<model>.json
 */
import { text } from 'node:stream/consumers';
import { UserError } from '../errors.ts';
import { isObject } from '../json-object.ts';
import { storeKeys, type ArtifactStore } from '../stores.ts';
import { parseRelease } from './parse-release.ts';
import type { ReleaseRecord } from './release-record.ts';
import { whyUnverified } from './verified.ts';

const SCHEMA = 'ml-deploy/newest/v1';

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
  const digest = digestIn(await text(await store.open(key)), store.urlOf(key));
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
  const document = { schema: SCHEMA, ...place, release: digest, at: now.toISOString() };
  await store.put(newestKey(place), `${JSON.stringify(document, null, 2)}\n`, { replace: true });
}

async function verified(store: ArtifactStore, digest: string, place: ReleasePlace): Promise<ReleaseRecord> {
  const key = storeKeys.release(digest);
  if (!(await store.exists(key))) throw new UserError(`The release ${digest} is not in ${store.url}.`);
  const record = parseRelease(await text(await store.open(key)), { label: store.urlOf(key), digest });
  const problem = whyUnverified(record, digest, place.environment);
  if (problem !== null) throw new UserError(problem);
  return record;
}

function digestIn(source: string, label: string): string {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch (cause) {
    throw new UserError(`${label} is not valid JSON.`, { cause });
  }
  const { schema, release } = isObject(value) ? value : {};
  if (schema === SCHEMA && typeof release === 'string' && /^[0-9a-f]{64}$/.test(release)) return release;
  throw new UserError(`${label} does not name a release as this version writes it.`);
}
