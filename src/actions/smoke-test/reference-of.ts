/** Opens what the answers are compared with. */
import { sha256, shortDigest } from '../../core/canonical-json.ts';
import { UpstreamError, UserError } from '../../core/errors.ts';
import type { ModelSession } from '../../core/model-session.ts';
import { bareBatch } from '../../core/smoke/batches.ts';
import { endpointReference, recordedReference } from '../../core/smoke/answer-reference.ts';
import type { OtherVersion, Predict } from '../../core/smoke/causes.ts';
import { onnxReference } from '../../core/smoke/onnx-reference.ts';
import { createProtocol } from '../../core/smoke/protocol/create-protocol.ts';
import type { Protocol } from '../../core/smoke/protocol/protocol.ts';
import { rowOf, type Reference } from '../../core/smoke/reference.ts';
import { readReference, servedModels, servesReference, storeUrlOf } from '../../core/smoke/release-store.ts';
import type { VersionInfo } from '../../core/targets.ts';
import { defaultStoreUrl } from '../../core/workspace.ts';
import type { Inputs } from './inputs.ts';
import type { SmokePorts } from './ports.ts';
import type { ModelFile, Settings } from './settings.ts';
import type { Subject } from './subject.ts';

export interface Opened {
  /** null: health only. */
  readonly reference: Reference | null;
  /** The ONNX session behind it; null for any other reference. */
  readonly session: ModelSession | null;
  readonly protocol: Protocol;
}

/** @throws UserError if the reference is not there, is not what the release names, or is not a model. */
export async function openReference(
  inputs: Inputs,
  settings: Settings,
  subject: Subject,
  ports: SmokePorts,
): Promise<Opened> {
  if (inputs.reference === 'onnx') return openOnnx(inputs, settings, subject, ports);
  const protocol = await protocolOf(inputs, settings, null);
  return {
    reference: await answersOf(inputs.reference, settings, subject, protocol),
    session: null,
    protocol,
  };
}

async function openOnnx(
  inputs: Inputs,
  settings: Settings,
  subject: Subject,
  ports: SmokePorts,
): Promise<Opened> {
  const { label, ...file } = settings.model ?? (await releaseModel(subject, ports));
  const bytes = await wholeOf({ label, ...file }, ports);
  const digest = sha256(bytes);
  warnOfOtherReference(settings, subject, digest, ports);
  const session = await ports.openSession(bytes, { label, runtime: inputs.runtime });
  const protocol = await protocolOf(inputs, settings, session);
  const wholeTensors = settings.cases?.wholeTensors ?? false;
  return { reference: onnxReference(session, label, digest, wholeTensors), session, protocol };
}

/** Its digest covers the whole too, as package-model computes it. */
async function wholeOf({ bytes, label, beside }: ModelFile, ports: SmokePorts): Promise<Uint8Array> {
  return beside === undefined ? bytes : ports.embedWeights(bytes, label, beside);
}

async function answersOf(
  kind: 'recorded' | 'endpoint' | 'none',
  { cases }: Settings,
  subject: Subject,
  protocol: Protocol,
): Promise<Reference | null> {
  if (kind === 'endpoint') return liveReference(subject, protocol);
  return kind === 'recorded' && cases !== null ? recordedReference(cases) : null;
}

function protocolOf(
  { contentType }: Inputs,
  { protocol, cases, casesFolder }: Settings,
  session: ModelSession | null,
): Promise<Protocol> {
  return createProtocol(protocol, {
    signature: session?.signature ?? null,
    wholeTensors: cases?.wholeTensors ?? false,
    contentType,
    folder: casesFolder,
  });
}

async function liveReference({ platform }: Subject, protocol: Protocol): Promise<Reference> {
  if (!platform) throw new UserError('reference: endpoint needs an endpoint with a live version.');
  const { target, endpoint, description } = platform;
  if (description.status !== 'serving' || description.live === null) {
    throw new UserError(
      `reference: endpoint compares with the live version, but "${endpoint}" has none. ` +
        'Use reference: onnx for the first release.',
    );
  }
  return endpointReference(await target.invoker(endpoint, null), protocol);
}

/** The model that the release under test names. */
async function releaseModel({ version }: Subject, ports: SmokePorts): Promise<ModelFile> {
  const digest = version?.referenceDigest ?? null;
  if (!version || digest === null) throw nothingToCompare();
  const bytes = await readReference(await openStoreOf(version, ports), digest);
  return { bytes, label: `the release's reference ${shortDigest(digest)}` };
}

export function nothingToCompare(): UserError {
  return new UserError(
    'There is nothing to compare with: the tested release has no ONNX reference. ' +
      'Set model-path to the ONNX model, or reference: none for a health check only.',
  );
}

export function openStoreOf(version: VersionInfo, ports: SmokePorts) {
  return ports.openStore(storeUrlOf(version) ?? defaultStoreUrl(ports.context));
}

function warnOfOtherReference(
  { model }: Settings,
  { version }: Subject,
  digest: string,
  { log }: SmokePorts,
): void {
  const named = version?.referenceDigest ?? null;
  if (model === null || named === null || named === digest) return;
  log.warning(
    `model-path "${model.label}" has the digest ${digest}, but the release under test names the reference ${named}. ` +
      'The endpoint is compared with model-path.',
  );
}

/** Whether served and reference model are provably the same file, so only the way between them is tested. */
export async function isTransportCheck(
  { version }: Subject,
  reference: Reference,
  ports: SmokePorts,
): Promise<boolean> {
  if (!version || reference.digest === null) return false;
  const models = await servedModels(await openStoreOf(version, ports), version.modelDigest);
  return servesReference(version, models, reference.digest);
}

/** The reference as a function of rows, for guesses. */
export function predictor(reference: Reference, signal: AbortSignal): Predict {
  return async (rows) => {
    try {
      const { columns } = await reference.expect(bareBatch(0, rows), signal);
      return new Map(
        [...columns].map(([name, column]) => [name, rows.map((_, row) => rowOf(column, row))] as const),
      );
    } catch (error) {
      if (error instanceof UserError) return null;
      throw error;
    }
  };
}

const MOST_VERSIONS = 5;

/** Models that may be served by mistake: of other versions of the endpoint, and those named in earlier-models. */
export function otherVersions(
  subject: Subject,
  { earlierModels }: Settings,
  inputs: Inputs,
  ports: SmokePorts,
): OtherVersion[] {
  const named = earlierModels.map((file) => ({
    version: sha256(file.bytes),
    called: `the earlier model ${file.label}`,
    predict: (rows: Rows) => predictOnce(file, rows, inputs, ports),
  }));
  return [...named, ...platformVersions(subject, inputs, ports)];
}

type Rows = Parameters<Predict>[0];

/** The references of the endpoint's other versions, opened only when they are asked. */
function platformVersions({ version, platform }: Subject, inputs: Inputs, ports: SmokePorts): OtherVersion[] {
  if (!version || !platform) return [];
  const { live, previous, versions } = platform.description;
  const others = versions.filter(
    ({ referenceDigest }) => referenceDigest !== null && referenceDigest !== version.referenceDigest,
  );
  const called = (other: VersionInfo) =>
    other.version === live?.version
      ? 'the live version'
      : other.version === previous?.version
        ? 'the version before'
        : 'an earlier version';
  return others.slice(0, MOST_VERSIONS).map((other) => ({
    version: other.version,
    called: called(other),
    predict: (rows) => predictAs(other, rows, inputs, ports),
  }));
}

/**
 * Asks the reference of the version that a rollback goes to.
 * @returns null if there is none, or if it cannot be read or does not take the rows
 */
export async function withReferenceBefore<T>(
  { platform }: Subject,
  inputs: Inputs,
  ports: SmokePorts,
  ask: (reference: Reference) => Promise<T>,
): Promise<T | null> {
  const previous = platform?.candidate === null ? platform.description.previous : null;
  if (previous?.referenceDigest == null) return null;
  return withReferenceOf(previous, inputs, ports, ask);
}

/** @returns null if the reference is gone or cannot be read: it is one witness less, and nothing worse */
async function withReferenceOf<T>(
  version: VersionInfo,
  inputs: Inputs,
  ports: SmokePorts,
  ask: (reference: Reference) => Promise<T>,
): Promise<T | null> {
  try {
    const bytes = await readReference(await openStoreOf(version, ports), version.referenceDigest ?? '');
    const label = `the reference of ${shortDigest(version.version)}`;
    return await withModel({ bytes, label }, inputs, ports, ask);
  } catch (error) {
    if (error instanceof UserError || error instanceof UpstreamError) return null;
    throw error;
  }
}

function predictAs(version: VersionInfo, rows: Rows, inputs: Inputs, ports: SmokePorts) {
  return withReferenceOf(version, inputs, ports, (reference) => predictor(reference, ports.signal)(rows));
}

function predictOnce(file: ModelFile, rows: Rows, inputs: Inputs, ports: SmokePorts) {
  return withModel(file, inputs, ports, (reference) => predictor(reference, ports.signal)(rows));
}

async function withModel<T>(
  file: ModelFile,
  inputs: Inputs,
  ports: SmokePorts,
  ask: (reference: Reference) => Promise<T>,
): Promise<T> {
  const { label } = file;
  const session = await ports.openSession(await wholeOf(file, ports), { label, runtime: inputs.runtime });
  try {
    return await ask(onnxReference(session, label, ''));
  } finally {
    await session.close();
  }
}
