/** Opens what the answers are compared with. */
import { sha256, shortDigest } from '../../core/canonical-json.ts';
import { UserError } from '../../core/errors.ts';
import type { ModelSession } from '../../core/model-session.ts';
import { endpointReference, recordedReference } from '../../core/smoke/answer-reference.ts';
import type { Cases } from '../../core/smoke/cases.ts';
import type { OtherVersion, Predict } from '../../core/smoke/causes.ts';
import { onnxReference } from '../../core/smoke/onnx-reference.ts';
import { rowOf, type Reference } from '../../core/smoke/reference.ts';
import { readReference, servedModels, servesReference, storeUrlOf } from '../../core/smoke/release-store.ts';
import type { VersionInfo } from '../../core/targets.ts';
import { defaultStoreUrl } from '../../core/workspace.ts';
import type { SmokePorts } from './ports.ts';
import type { Inputs, Settings } from './settings.ts';
import type { Subject } from './subject.ts';

export interface OpenedReference {
  readonly reference: Reference;
  /** The ONNX session behind it; null for any other reference. */
  readonly session: ModelSession | null;
}

/** @throws UserError where the reference is not there, is not what the release names, or is no model. */
export async function openReference(
  inputs: Inputs,
  settings: Settings,
  subject: Subject,
  ports: SmokePorts,
): Promise<OpenedReference | null> {
  switch (inputs.reference) {
    case 'none':
      return null;
    case 'recorded':
      return { reference: recordedReference(settings.cases?.expected ?? {}), session: null };
    case 'endpoint':
      return { reference: await liveReference(subject), session: null };
    case 'onnx': {
      const { bytes, label } = settings.model ?? (await releaseModel(subject, ports));
      const digest = sha256(bytes);
      warnOfOtherReference(settings, subject, digest, ports);
      const session = await ports.openSession(bytes, { label, runtime: inputs.runtime });
      return { reference: onnxReference(session, label, digest), session };
    }
  }
}

async function liveReference({ platform }: Subject): Promise<Reference> {
  if (!platform) throw new UserError('reference: endpoint needs an endpoint with a live version.');
  const { target, endpoint, description } = platform;
  if (description.status !== 'serving' || description.live === null) {
    throw new UserError(
      `reference: endpoint compares with the live version, but "${endpoint}" has none that serves. ` +
        'Use reference: onnx for the first release.',
    );
  }
  return endpointReference(await target.invoker(endpoint, null));
}

/** The model that the release under test names. */
async function releaseModel({ version }: Subject, ports: SmokePorts) {
  const digest = version?.referenceDigest ?? null;
  if (!version || digest === null) {
    throw new UserError(
      'There is nothing to compare with: the release under test names no ONNX reference. ' +
        'Set model-path to the ONNX model, or reference: none for a health check only.',
    );
  }
  const bytes = await readReference(await openStoreOf(version, ports), digest);
  return { bytes, label: `the release's reference ${shortDigest(digest)}` };
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

/** Whether served and reference model are provably the same file, so that only the way between them is tested. */
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
      const { columns } = await reference.expect({ start: 0, rows }, signal);
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

/** The references of the endpoint's other versions, opened only when they are asked. */
export function otherVersions(
  { version, platform }: Subject,
  cases: Cases,
  inputs: Inputs,
  ports: SmokePorts,
): OtherVersion[] {
  if (!version || !platform || cases.instances.length === 0) return [];
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
    predict: (rows) => predictOnce(other, rows, inputs, ports),
  }));
}

async function predictOnce(
  version: VersionInfo,
  rows: Cases['instances'],
  inputs: Inputs,
  ports: SmokePorts,
) {
  const store = await openStoreOf(version, ports);
  const digest = version.referenceDigest ?? '';
  try {
    const bytes = await readReference(store, digest);
    const label = `the reference of ${shortDigest(version.version)}`;
    const session = await ports.openSession(bytes, { label, runtime: inputs.runtime });
    const outputs = await predictor(onnxReference(session, label, digest), ports.signal)(rows);
    await session.close();
    return outputs;
  } catch (error) {
    // An old reference that is gone makes one guess less, and nothing worse.
    if (error instanceof UserError) return null;
    throw error;
  }
}
