/** Packs a trained model into a content-addressed archive, puts it into the store once, and records the release. */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { archiveFindings } from '../../core/archive/archive-findings.ts';
import { missingShards } from '../../core/archive/shards.ts';
import { contentDigest, treeBytes } from '../../core/archive/content-tree.ts';
import { manifestText, type ArchiveManifest } from '../../documents/manifest.ts';
import type { Framework } from '../../core/archive/framework.ts';
import type { ModelSource } from '../../core/archive/source.ts';
import type { RemoteFiles } from '../../core/archive/remote-model.ts';
import { formatBytes } from '../../core/bytes.ts';
import { canonicalJson, shortDigest } from '../../core/canonical-json.ts';
import { UserError } from '../../core/errors.ts';
import type { ModelRegistry } from '../../core/model-registry.ts';
import type { ArchiveFinding } from '../../core/platform.ts';
import type { Logger, Ports } from '../../core/ports.ts';
import { packagedRelease } from '../../core/release/packaged-release.ts';
import { frameworkOf } from '../../core/mlflow/ml-model.ts';
import type { MlflowEnvironment, OpenMlflow, RegisteredModel } from '../../core/mlflow/registry.ts';
import type { MlflowOrigin, ReleaseReference } from '../../documents/release-record.ts';
import type { OutputsOf } from '../../core/spec/action-spec.ts';
import { storeKeys, type ArtifactStore } from '../../core/stores.ts';
import { prepareWorkspace, runFile } from '../../core/workspace.ts';
import { offeredPlatforms } from '../../platforms/table.ts';
import { formOf, modelUrl, storedManifest, storeModel, type Description } from './archive.ts';
import { checkInputs, type Inputs, type Request } from './check-inputs.ts';
import { checkNames } from './files.ts';
import { mlflowWriters, readVersion } from './framework-version.ts';
import { mlflowOrigin, mlModelIn } from './mlflow.ts';
import { openSource } from './open-source.ts';
import { readOwnModel, type OnnxPorts } from './onnx.ts';
import { readPickles, withPins } from './pickles.ts';
import type { Place } from './place.ts';
import { findReference, storeReference } from './reference.ts';
import { refuseUnservable, type OwnImagePorts } from './own-image.ts';
import { chooseFramework, remarkOnFiles } from './remarks.ts';
import { checkSignature, type SignaturePorts } from './signed.ts';
import type { spec } from './spec.ts';
import { summaryOf } from './summary.ts';

/** Up to as many bytes nobody waits for. */
const MOST_AT_ONCE = 10_000_000;

export interface PackageModelPorts
  extends Ports<OutputsOf<typeof spec>>, OnnxPorts, SignaturePorts, OwnImagePorts {
  readonly openStore: (url: string) => Promise<ArtifactStore>;
  readonly remote: RemoteFiles;
  readonly registry: ModelRegistry;
  readonly openMlflow: OpenMlflow;
  /** What the environment says of MLflow. */
  readonly mlflow: MlflowEnvironment;
}

interface Opened {
  readonly request: Request;
  readonly source: ModelSource;
  /** null for a model that is not in MLflow's registry. */
  readonly registered: RegisteredModel | null;
  readonly store: Promise<ArtifactStore>;
}

/** What was packed, with everything that is written after it. */
interface Packed {
  readonly request: Request;
  readonly source: ModelSource;
  readonly findings: readonly ArchiveFinding[];
  readonly place: Place;
  readonly description: Description;
  readonly manifest: ArchiveManifest;
  readonly reused: boolean;
  /** Who signed the model; null if no signature was given. */
  readonly signedBy: string | null;
  readonly reference: ReleaseReference | null;
  /** null for a model that was not logged with MLflow. */
  readonly mlflow: MlflowOrigin | null;
}

/** @throws UserError for inputs and files that cannot be used, before anything is written. */
export async function run(inputs: Inputs, ports: PackageModelPorts): Promise<void> {
  const { log, context, clock } = ports;
  const request = checkInputs(inputs, context, log, ports.mlflow);
  const started = clock.monotonic();
  // Loading what speaks to the store takes as long as hashing thousands of files, which can go on beside it.
  const store = ports.openStore(request.storeUrl);
  // Problems of the files are reported before those of the store.
  store.catch(() => undefined);
  const { source, registered, close } = await openSource(request, ports);
  try {
    checkCompression(inputs, source);
    const bytes = treeBytes(source.tree);
    const seconds = (clock.monotonic() - started) / 1000;
    // With few bytes, the time is that of everything that starts beside.
    const rate =
      bytes > MOST_AT_ONCE && seconds > 0.05
        ? ` in ${seconds.toFixed(1)} s, ${formatBytes(bytes / seconds)}/s`
        : '';
    log.info(`Hashed ${source.tree.length} files with ${formatBytes(bytes)}${rate}`);
    await reportPacked(inputs, await packModel(inputs, { request, source, registered, store }, ports), ports);
  } finally {
    await close();
  }
}

/** What each platform would say of the files. Nothing here is an error: the model can be meant for another platform. */
async function findingsOf(framework: Framework, source: ModelSource): Promise<ArchiveFinding[]> {
  const found = offeredPlatforms.map(({ archive }) => archive.findings(framework, source));
  return [...archiveFindings(source), ...(await missingShards(source)), ...(await Promise.all(found)).flat()];
}

async function packModel(
  inputs: Inputs,
  { request, source, registered, ...opened }: Opened,
  ports: PackageModelPorts,
): Promise<Packed> {
  const { log, signal, report, context } = ports;
  const digest = contentDigest(source.tree);
  report.output('model-digest', digest);
  log.info(`Model digest: ${digest}`);
  remarkOnFiles(log, source);
  const signedBy = await checkSignature(inputs, source, ports);
  const { logged, framework } = await readLogged(log, inputs.framework, source);
  await refuseUnservable(inputs, source, ports);
  const written = await readPickles(source, inputs.allowImports ?? [], log);
  const findings = [...(await findingsOf(framework, source)), ...written.findings];
  for (const { message, isNote } of findings) log[isNote === true ? 'info' : 'warning'](message);
  const store = await opened.store;
  const place: Place = { store, digest, form: formOf(store, inputs.compression), log, signal };
  if (place.form === 'files') checkNames(source.tree);
  const stored = await storedManifest(place);
  const own = await readOwnModel(stored, source, ports);
  const signature = own.signature ?? logged.signature;
  report.output('signature', signature === null ? '' : canonicalJson(signature));
  const reference = await findReference(request, source, own, ports);
  const noted = framework === 'sklearn' ? written.sklearn : null;
  const frameworkVersion = inputs.frameworkVersion ?? noted ?? (await readVersion(framework, source));
  const writers = await withPins([...written.writers, ...(await mlflowWriters(source))], source);
  const description: Description = {
    ...{ framework, frameworkVersion, ...own, signature },
    ...(writers.length === 0 ? {} : { writers }),
  };

  if (request.isDefaultStore) await prepareWorkspace(context);
  const manifest = stored ?? (await storeModel(place, source, description));
  const reused = stored !== null;
  logArchive(ports, place, manifest, reused);
  if (request.isDefaultStore) noteDefaultStore(ports);
  const kept = reference === null ? null : await storeReference(store, reference);
  const mlflow = mlflowOrigin(request, registered, logged.file);
  return {
    request,
    source,
    findings,
    place,
    description,
    manifest,
    reused,
    signedBy,
    reference: kept,
    mlflow,
  };
}

/** What MLflow recorded for the model, and the framework that follows from all that is known. */
async function readLogged(log: Logger, named: Inputs['framework'], source: ModelSource) {
  const file = await mlModelIn(source);
  const flavor = file === null ? null : frameworkOf(file);
  const logged = { file, signature: file?.signature ?? null };
  return { logged, framework: chooseFramework(log, named, source.tree, flavor) };
}

function checkCompression({ compression, modelPath }: Inputs, { ready }: ModelSource): void {
  if (!ready || compression === 'gzip') return;
  const message = `"none" does not go with "${modelPath}", a gzip archive that is stored unchanged.`;
  throw UserError.of([{ where: 'compression', message, fix: 'Remove it, or give the unpacked folder.' }]);
}

function logArchive(
  { log, report }: PackageModelPorts,
  place: Place,
  { sha256, bytes }: ArchiveManifest,
  reused: boolean,
): void {
  const url = modelUrl(place);
  const done = reused ? 'The store had it already' : 'Packed';
  log.info(`${done}: ${url} (${formatBytes(bytes)})`);
  report.output('model-data-url', url);
  report.output('model-sha256', sha256);
  report.output('archive-bytes', bytes);
  report.output('reused', reused);
}

/** Who sets no destination may not know that another job has another workspace. */
function noteDefaultStore({ log }: PackageModelPorts): void {
  log.info(
    'No destination is set, so the archive is in .ml-deploy/store of this workspace. Another job has a workspace of its own, ' +
      'and GitHub deletes that of its own runners after the job: set destination for a release across jobs.',
  );
}

/** Writes the release record, registers the model, and says everything that was found. */
async function reportPacked(inputs: Inputs, packed: Packed, ports: PackageModelPorts): Promise<void> {
  const { report, context, clock, log } = ports;
  const { place, manifest, reference, description, reused, request, source, findings } = packed;
  const { store, digest } = place;
  report.output('reference-digest', reference?.digest ?? '');
  report.output('reference-url', reference?.url ?? '');
  const manifestPath = await runFile(context, `manifest-${shortDigest(digest)}.json`);
  await writeFile(manifestPath, manifestText(manifest));
  report.output('manifest-path', manifestPath);
  const { sha256, bytes } = manifest;
  const url = modelUrl(place);
  const { framework, frameworkVersion, signature, writers } = description;
  const release = packagedRelease(
    {
      ...{ digest, url, sha256, bytes, framework, frameworkVersion, signature },
      ...(writers === undefined ? {} : { writers }),
      ...(packed.signedBy === null ? {} : { signedBy: packed.signedBy }),
      ...(packed.mlflow === null ? {} : { mlflow: packed.mlflow }),
    },
    reference,
    context,
    clock.now(),
  );
  const releaseDigest = await store.record(release);
  const recordUrl = store.urlOf(storeKeys.release(releaseDigest));
  report.output('release-record', recordUrl.startsWith('file:') ? fileURLToPath(recordUrl) : recordUrl);
  report.output('release-digest', releaseDigest);
  log.info(`Release record: ${recordUrl}`);
  const registered = await register(inputs, packed, releaseDigest, ports);
  const { leftOut } = source;
  const name = request.model.shown;
  report.summary(
    summaryOf({ name, url, manifest, release, releaseDigest, reused, leftOut, findings, registered }),
  );
}

async function register(
  { modelPackageGroup, tags }: Inputs,
  { place, description }: Packed,
  release: string,
  { registry, report, log, context }: PackageModelPorts,
): Promise<string> {
  if (modelPackageGroup === null) {
    report.output('model-package-arn', '');
    return '';
  }
  const { arn, reused, approval } = await registry.register({
    group: modelPackageGroup,
    digest: place.digest,
    url: modelUrl(place),
    compressed: place.form === 'gzip',
    framework: description.framework,
    frameworkVersion: description.frameworkVersion,
    release,
    tags,
    context,
  });
  log.info(`${reused ? 'The Model Registry had it already' : 'Registered'}: ${arn} (${approval})`);
  report.output('model-package-arn', arn);
  return `${arn} (${approval})`;
}
