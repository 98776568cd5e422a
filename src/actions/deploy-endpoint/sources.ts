/** Which model is meant: a release record, or an archive and a reference by URL. Reads only. */
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { inspectArchive } from '../../core/archive/archive-source.ts';
import { contentDigest } from '../../core/archive/content-tree.ts';
import { parseManifest } from '../../documents/manifest.ts';
import { UserError, type Problem } from '../../core/errors.ts';
import { readRelease } from '../../core/release/read-release.ts';
import { releaseDigest, type ReleaseModel } from '../../documents/release-record.ts';
import { findImage } from './image.ts';
import { inStore } from './moved.ts';
import { promotionProblems } from './promotion.ts';
import { placeInStore, storeKeys, storeOfArchive } from '../../core/stores.ts';
import { defaultStoreUrl } from '../../core/workspace.ts';
import type { Inputs } from './inputs.ts';
import type { SourcePorts, Sources } from './source-ports.ts';

/** @throws UserError with every problem at once. */
export async function findSources(inputs: Inputs, ports: SourcePorts): Promise<Sources> {
  return inputs.release === null ? fromUrls(inputs, ports) : fromRelease(inputs.release, inputs, ports);
}

async function fromRelease(location: string, inputs: Inputs, ports: SourcePorts): Promise<Sources> {
  const problems: Problem[] = [];
  const record = await collect('release', problems, () =>
    readRelease(location, inputs.artifactStore ?? defaultStoreUrl(ports.context), ports),
  );
  if (record === null) throw UserError.of(problems);
  const digest = releaseDigest(record);
  const storeUrl =
    inputs.artifactStore ?? storeOfRecord(location, digest, ports) ?? storeFor(record.model.url, ports);
  const { model, reference } = await inStore(record, storeUrl, ports.openStore);
  await collect('release', problems, () => checkReadable(model.url, ports));
  const image = await collect('image-uri', problems, async () =>
    inputs.imageUri === null ? record.image : findImage(inputs.imageUri, ports),
  );
  const release = { record, digest };
  const proof = await collect('release', problems, () =>
    promotionProblems({ image, release, storeUrl }, inputs, ports),
  );
  problems.push(...(proof ?? []));
  if (problems.length > 0) throw UserError.of(problems);
  return { model, image, reference, release, storeUrl };
}

async function fromUrls(inputs: Inputs, ports: SourcePorts): Promise<Sources> {
  const { modelDataUrl, referenceUrl } = inputs;
  if (modelDataUrl === null) throw new TypeError('The inputs were not checked.');
  const problems: Problem[] = [];
  const model = await collect('model-data-url', problems, () => readModel(modelDataUrl, ports));
  const reference =
    referenceUrl === null
      ? null
      : await collect('reference-url', problems, () => readReference(referenceUrl, ports));
  const image = await collect('image-uri', problems, async () =>
    inputs.imageUri === null ? null : findImage(inputs.imageUri, ports),
  );
  if (model === null || problems.length > 0) throw UserError.of(problems);
  const storeUrl = inputs.artifactStore ?? storeFor(model.url, ports);
  return { model, image, reference, release: null, storeUrl };
}

/** What the manifest beside the archive says; if there is none, what the archive itself says. */
async function readModel(location: string, ports: SourcePorts): Promise<ReleaseModel> {
  const url = absolute(location, ports);
  const stored = await fromManifest(url, ports);
  if (stored !== null) {
    await checkReadable(location, ports);
    return stored;
  }
  if (url.endsWith('/')) {
    throw new UserError(
      `"${location}" is not a folder written by package-model: it has no manifest beside it, so its content is not known.`,
    );
  }
  const archive = await ports.openUrl(location);
  const facts = await inspectArchive(archive, { label: `"${location}"`, signal: ports.signal });
  const { sha256, bytes } = facts;
  const described = { framework: 'custom', frameworkVersion: null, signature: null };
  return { digest: contentDigest(facts.tree), url, sha256, bytes, ...described };
}

async function fromManifest(url: string, ports: SourcePorts): Promise<ReleaseModel | null> {
  const place = placeInStore(url);
  if (place === null) return null;
  const { digest } = place;
  const store = await ports.openStore(place.store);
  if (!(await store.exists(place.manifest))) return null;
  const manifest = parseManifest(await text(await store.open(place.manifest)), digest);
  if (manifest === null) return null;
  const { sha256, bytes, framework, frameworkVersion, signature, writers } = manifest;
  const known = { digest, url, sha256, bytes, framework, frameworkVersion, signature };
  return writers === undefined ? known : { ...known, writers };
}

async function readReference(location: string, ports: SourcePorts) {
  const hash = createHash('sha256');
  for await (const chunk of await ports.openUrl(location)) hash.update(chunk as Uint8Array);
  return { digest: hash.digest('hex'), url: absolute(location, ports) };
}

/** Of a folder of files, the platform looks for itself. */
async function checkReadable(url: string, ports: SourcePorts): Promise<void> {
  if (!url.endsWith('/')) (await ports.openUrl(url)).destroy();
}

function absolute(location: string, { context }: SourcePorts): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(location)) return location;
  return pathToFileURL(resolve(context.workspace, location)).href;
}

/** The store that a record was read from, if the record is where stores keep records. */
function storeOfRecord(location: string, digest: string, ports: SourcePorts): string | null {
  if (location === digest) return defaultStoreUrl(ports.context);
  const url = absolute(location, ports);
  const tail = storeKeys.release(digest);
  return url.endsWith(`/${tail}`) ? url.slice(0, -tail.length) : null;
}

function storeFor(modelUrl: string, { context }: SourcePorts): string {
  return storeOfArchive(modelUrl) ?? defaultStoreUrl(context);
}

/** Runs a check; what the user has to fix is added to the problems. */
async function collect<T>(where: string, problems: Problem[], check: () => Promise<T>): Promise<T | null> {
  try {
    return await check();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    problems.push({ where, message: error.message });
    return null;
  }
}
