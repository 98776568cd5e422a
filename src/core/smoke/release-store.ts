/** What a smoke test reads from, and adds to, the artifact store of the release under test. */
import { buffer, text } from 'node:stream/consumers';
import { archiveKeys, STORED_FORMS } from '../archive/archive-keys.ts';
import { sha256 } from '../canonical-json.ts';
import { UserError } from '../errors.ts';
import type { Plan } from '../../documents/plan.ts';
import type { ReleaseRecord, SmokeEvidence } from '../../documents/release-record.ts';
import { storeKeys, type ArtifactStore } from '../stores.ts';
import type { VersionInfo } from '../targets.ts';
import { isRecord, parseJson, type JsonValue } from '../exact-json.ts';

/** The store that holds a version's reference; null if the URL is not that of a store. */
export function storeUrlOf({
  referenceUrl,
  referenceDigest,
}: Pick<VersionInfo, 'referenceUrl' | 'referenceDigest'>): string | null {
  if (referenceUrl === null || referenceDigest === null) return null;
  const key = storeKeys.reference(referenceDigest);
  return referenceUrl.endsWith(`/${key}`) ? referenceUrl.slice(0, -key.length) : null;
}

/** Where the reference of the planned release is; null if it has none, or its place is not an artifact store. */
export function storeOfPlan({ sources: { referenceUrl }, desired: { reference } }: Plan): string | null {
  return storeUrlOf({ referenceUrl, referenceDigest: reference ?? null });
}

/** @throws UserError if the store no longer has the reference, or has other bytes than the release names. */
export async function readReference(store: ArtifactStore, digest: string): Promise<Buffer> {
  const key = storeKeys.reference(digest);
  if (!(await store.exists(key))) {
    throw new UserError(
      `The release names the reference ${digest}, but ${store.urlOf(key)} does not exist. ` +
        'Package the model again, or set model-path to the reference.',
    );
  }
  const bytes = await buffer(await store.open(key));
  const found = sha256(bytes);
  if (found === digest) return bytes;
  throw new UserError(
    `The reference at ${store.urlOf(key)} has the digest ${found}; the release names ${digest}. ` +
      'It was changed after packaging: package the model again.',
  );
}

/** Digests of the model's ONNX files from its manifest, in whatever form it is stored; null if the store has none. */
export async function servedModels(
  store: ArtifactStore,
  modelDigest: string,
): Promise<readonly string[] | null> {
  for (const form of STORED_FORMS) {
    const { manifest: key } = archiveKeys(modelDigest, form);
    if (await store.exists(key)) return onnxDigests(parseJson(await text(await store.open(key))));
  }
  return null;
}

/** Of each ONNX file with all its weights in it, if the manifest has it; of the file itself otherwise. */
function onnxDigests(manifest: JsonValue): string[] {
  const onnx = isRecord(manifest) && isRecord(manifest.onnx) ? manifest.onnx : null;
  const digests = onnxFiles(manifest).map(({ path, digest }) => (path === onnx?.path ? onnx.whole : digest));
  return digests.filter((digest) => typeof digest === 'string');
}

/** Every `sha256` that is beside the `path` of an ONNX file. */
function onnxFiles(value: JsonValue): { path: string; digest: string }[] {
  if (Array.isArray(value)) return value.flatMap((item: JsonValue) => onnxFiles(item));
  if (!isRecord(value)) return [];
  const { path, sha256: digest } = value;
  const isFile = typeof path === 'string' && path.endsWith('.onnx') && typeof digest === 'string';
  return [...(isFile ? [{ path, digest }] : []), ...Object.values(value).flatMap(onnxFiles)];
}

/**
 * Whether the served model is provably the reference itself: the archive holds no other ONNX model, and no image
 * is between.
 */
export function servesReference(
  version: VersionInfo,
  models: readonly string[] | null,
  reference: string,
): boolean {
  if (version.imageDigest !== null || models === null || models.length === 0) return false;
  return models.every((digest) => digest === reference);
}

export interface RecordedEvidence {
  /** Of the record that holds the test. */
  readonly digest: string;
  /** The record before had no test. */
  readonly isFirst: boolean;
}

/** Continues a release record with the evidence of this test. @returns null if the store does not have the record */
export async function recordEvidence(
  store: ArtifactStore,
  release: string,
  evidence: SmokeEvidence,
  createdAt: string,
): Promise<RecordedEvidence | null> {
  const key = storeKeys.release(release);
  if (!(await store.exists(key))) return null;
  const record = JSON.parse(await text(await store.open(key))) as ReleaseRecord;
  // A test after a test takes its place: a version that is watched for months makes no chain without an end.
  const isFirst = record.smoke === null;
  const parent = isFirst ? release : record.parent;
  const continued = { ...record, smoke: evidence, parent, createdAt } satisfies ReleaseRecord;
  return { digest: await store.record(continued), isFirst };
}
