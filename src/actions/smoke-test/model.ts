/** subject: model. What the reference alone makes of the cases, before there is an endpoint. */
import { sha256, shortDigest } from '../../core/canonical-json.ts';
import { StoppedModelError, UserError } from '../../core/errors.ts';
import type { ModelSession } from '../../core/model-session.ts';
import { readRelease } from '../../core/release/read-release.ts';
import type { Cases } from '../../core/smoke/cases/cases.ts';
import { check, type Check } from '../../core/smoke/check.ts';
import { checkModel, RUNS, type ModelCheck } from '../../core/smoke/model-check.ts';
import { fixedBatch, onnxReference } from '../../core/smoke/onnx-reference.ts';
import type { Reference } from '../../core/smoke/reference.ts';
import { readReference, storeUrlOf } from '../../core/smoke/release-store.ts';
import type { SmokeReport } from '../../core/smoke/report.ts';
import { seededCases } from '../../core/smoke/seeded.ts';
import { defaultStoreUrl } from '../../core/workspace.ts';
import { releaseDigest, type ReleaseRecord } from '../../documents/release-record.ts';
import type { Inputs } from './inputs.ts';
import { qualityLimitsOf } from './measure.ts';
import type { SmokePorts } from './ports.ts';
import { nothingToCompare } from './reference-of.ts';
import { reportOfCheck } from './report-of.ts';
import type { ModelFile, Settings } from './settings.ts';

export interface OpenedModel {
  /** The ONNX reference; null if answers are compared with something else. */
  readonly session: ModelSession | null;
  readonly reference: Reference | null;
  readonly release: ReleaseRecord | null;
}

/** @throws UserError if there is no model, it is not what the release names, or it cannot be opened */
export async function openModel(inputs: Inputs, settings: Settings, ports: SmokePorts): Promise<OpenedModel> {
  const storeUrl = inputs.artifactStore ?? defaultStoreUrl(ports.context);
  const release = inputs.release === null ? null : await readRelease(inputs.release, storeUrl, ports);
  if (inputs.reference !== 'onnx') return { session: null, reference: null, release };
  const file = settings.model ?? (await referenceOf(release, inputs, ports));
  const { label, beside } = file;
  const bytes = beside === undefined ? file.bytes : await ports.embedWeights(file.bytes, label, beside);
  const session = await ports.openSession(bytes, { label, runtime: inputs.runtime });
  const wholeTensors = settings.cases?.wholeTensors ?? false;
  return { session, reference: onnxReference(session, label, sha256(bytes), wholeTensors), release };
}

async function referenceOf(
  release: ReleaseRecord | null,
  { artifactStore }: Inputs,
  ports: SmokePorts,
): Promise<ModelFile> {
  if (!release?.reference) throw nothingToCompare();
  const { digest, url } = release.reference;
  const place = storeUrlOf({ referenceDigest: digest, referenceUrl: url });
  const store = await ports.openStore(artifactStore ?? place ?? defaultStoreUrl(ports.context));
  return {
    bytes: await readReference(store, digest),
    label: `the release's reference ${shortDigest(digest)}`,
  };
}

/** @throws UserError for cases that are not the model's, and for limits that it has no figure for */
export async function reportOfModel(
  inputs: Inputs,
  settings: Settings,
  opened: OpenedModel,
  ports: SmokePorts,
): Promise<SmokeReport> {
  const { session, reference, release } = opened;
  const cases = boundCases(settings, session, ports);
  const found = reference && session ? await tried(inputs, { reference, session, cases }, ports) : null;
  const facts = {
    cases: { source: cases.source, rows: cases.count, labelled: cases.labelled },
    modelDigest: release?.model.digest ?? null,
    release: release === null ? null : releaseDigest(release),
    protocol: settings.protocol,
  };
  return reportOfCheck(
    inputs,
    { reference, session, ...facts, ...(found ?? onlyCases(inputs, cases)) },
    ports,
  );
}

type Found = Pick<ModelCheck, 'rowsEach' | 'quality' | 'checks'>;

async function tried(
  inputs: Inputs,
  { reference, session, cases }: { reference: Reference; session: ModelSession; cases: Cases },
  { signal }: SmokePorts,
): Promise<Found> {
  const wishes = { task: inputs.task, threshold: inputs.threshold };
  const rowsEach = cases.wholeTensors ? 1 : fixedBatch(session.signature);
  const request = { reference, cases, wishes, limits: qualityLimitsOf(inputs), rowsEach };
  try {
    const { meaningless, ...found } = await checkModel(request, signal);
    if (meaningless.length > 0) throw UserError.of(meaningless);
    return found;
  } catch (error) {
    if (!(error instanceof StoppedModelError)) throw error;
    return { rowsEach: 0, quality: null, checks: [check(RUNS, false, error.message, {})] };
  }
}

/** Without an ONNX reference only the endpoint can tell what the model answers. */
function onlyCases({ reference }: Inputs, { count, source }: Cases): Found {
  const message =
    `All ${count} rows of ${source} can be read. With reference: ${reference} nothing else can be tested before ` +
    'the model serves.';
  const checks: Check[] = [check('cases', true, message, {})];
  return { rowsEach: 0, quality: null, checks };
}

function boundCases({ cases: opened }: Settings, session: ModelSession | null, { log }: SmokePorts): Cases {
  if (opened !== null) return opened.bind(session?.signature ?? null);
  if (session === null) throw new TypeError('The inputs were not checked.');
  const cases = seededCases(session.signature);
  log.info(`No cases were given: the model is tried with ${cases.source}. Real rows prove more; set cases.`);
  return cases;
}
