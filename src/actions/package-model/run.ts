/** Packs a trained model into a content-addressed archive, puts it into the store once, and records the release. */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { archiveKeys, manifestText, type ArchiveManifest } from '../../core/archive/manifest.ts';
import { contentDigest } from '../../core/archive/content-tree.ts';
import { openModel, type ModelSource } from '../../core/archive/model-source.ts';
import { canonicalJson, shortDigest } from '../../core/canonical-json.ts';
import { UserError } from '../../core/errors.ts';
import type { ModelSignature, OpenSession } from '../../core/model-session.ts';
import type { Ports } from '../../core/ports.ts';
import { packagedRelease } from '../../core/release/packaged-release.ts';
import type { ReleaseReference } from '../../core/release/release-record.ts';
import type { OutputsOf } from '../../core/spec/action-spec.ts';
import { storeKeys, type ArtifactStore } from '../../core/stores.ts';
import { prepareWorkspace, runFile } from '../../core/workspace.ts';
import { storeArchive, storedManifest, type Description, type Place } from './archive.ts';
import { checkInputs, type Inputs, type Request } from './check-inputs.ts';
import { findReference, storeReference } from './reference.ts';
import { chooseFramework, remarkOnFiles } from './remarks.ts';
import { onnxFileOf, signatureOf } from './signature.ts';
import type { spec } from './spec.ts';
import { formatBytes, summaryOf } from './summary.ts';

export interface PackageModelPorts extends Ports<OutputsOf<typeof spec>> {
  readonly openStore: (url: string) => Promise<ArtifactStore>;
  readonly openSession: OpenSession;
}

/** What was packed, with everything that is written after it. */
interface Packed {
  readonly request: Request;
  readonly source: ModelSource;
  readonly place: Place;
  readonly description: Description;
  readonly manifest: ArchiveManifest;
  readonly reused: boolean;
  readonly reference: ReleaseReference | null;
}

/** @throws UserError for inputs and files that cannot be used, before anything is written. */
export async function run(inputs: Inputs, ports: PackageModelPorts): Promise<void> {
  const { log, signal, report, context, openSession } = ports;
  report.output('model-package-arn', '');
  const request = checkInputs(inputs, context, log);
  const source = await openModel(request.model, request.code, signal);
  checkCompression(inputs, source);
  const digest = contentDigest(source.tree);
  report.output('model-digest', digest);
  log.info(`Model digest: ${digest} (files: ${source.tree.length})`);
  remarkOnFiles(log, source);
  const framework = chooseFramework(log, inputs.framework, source.tree);
  const store = await ports.openStore(request.storeUrl);
  const place: Place = { store, digest, compression: inputs.compression, log, signal };
  const stored = await storedManifest(place);
  const signature = stored ? stored.signature : await readSignature(source, ports);
  report.output('signature', signature === null ? '' : canonicalJson(signature));
  const reference = await findReference(request, source, signature, openSession);
  const description: Description = { framework, frameworkVersion: inputs.frameworkVersion, signature };

  if (request.isDefaultStore) await prepareWorkspace(context);
  const manifest = stored ?? (await storeArchive(place, source, description));
  logArchive(ports, place, manifest, stored !== null);
  const kept = reference === null ? null : await storeReference(store, reference);
  const packed = { request, source, place, description, manifest, reused: stored !== null, reference: kept };
  await reportPacked(packed, ports);
}

function checkCompression({ compression, modelPath }: Inputs, { ready }: ModelSource): void {
  if (!ready || compression === 'gzip') return;
  const message = `"none" does not go with "${modelPath}", a gzip archive that is stored as it is.`;
  throw UserError.of([{ where: 'compression', message, fix: 'Leave it out, or give the unpacked folder.' }]);
}

async function readSignature(
  source: ModelSource,
  { log, openSession }: PackageModelPorts,
): Promise<ModelSignature | null> {
  const path = onnxFileOf(source.tree);
  if (path !== null) return signatureOf(openSession, await source.read(path), path);
  if (source.tree.some((file) => file.path.endsWith('.onnx'))) {
    log.info('Several ONNX files and none called model.onnx: no signature is recorded.');
  }
  return null;
}

function logArchive(
  { log, report }: PackageModelPorts,
  { store, digest, compression }: Place,
  { sha256, bytes }: ArchiveManifest,
  reused: boolean,
): void {
  const url = store.urlOf(archiveKeys(digest, compression).archive);
  const done = reused ? 'The store had it already' : 'Packed';
  log.info(`${done}: ${url} (${formatBytes(bytes)})`);
  report.output('model-data-url', url);
  report.output('model-sha256', sha256);
  report.output('archive-bytes', bytes);
  report.output('reused', reused);
}

/** Writes the release record, and says everything that was found. */
async function reportPacked(
  packed: Packed,
  { report, context, clock, log }: PackageModelPorts,
): Promise<void> {
  const { place, manifest, reference, description, reused, request, source } = packed;
  const { store, digest, compression } = place;
  report.output('reference-digest', reference?.digest ?? '');
  report.output('reference-url', reference?.url ?? '');
  const manifestPath = await runFile(context, `manifest-${shortDigest(digest)}.json`);
  await writeFile(manifestPath, manifestText(manifest));
  report.output('manifest-path', manifestPath);
  const { sha256, bytes } = manifest;
  const url = store.urlOf(archiveKeys(digest, compression).archive);
  const release = packagedRelease(
    { digest, url, sha256, bytes, ...description },
    reference,
    context,
    clock.now(),
  );
  const releaseDigest = await store.record(release);
  const recordUrl = store.urlOf(storeKeys.release(releaseDigest));
  report.output('release-record', recordUrl.startsWith('file:') ? fileURLToPath(recordUrl) : recordUrl);
  report.output('release-digest', releaseDigest);
  log.info(`Release record: ${recordUrl}`);
  const { leftOut } = source;
  report.summary(summaryOf({ name: request.model.shown, manifest, release, releaseDigest, reused, leftOut }));
}
