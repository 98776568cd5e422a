/** What each step of the engine is on Vertex AI: at most one call that changes anything. */
import { canonicalJson } from '../../core/canonical-json.ts';
import type { Performed } from '../../deployment/memory.ts';
import type { Serving } from '../../deployment/observed.ts';
import { again, carrying, done, type Steps } from '../../deployment/performed.ts';
import { planOf, type Subject } from '../../deployment/port.ts';
import { readMarker } from '../../deployment/rollout/marker.ts';
import type { Step } from '../../deployment/verdict.ts';
import { ask } from './ask.ts';
import { candidatesOf, dropCandidate, keepCandidate, startCandidate } from './candidates.ts';
import { undeploy } from './deploying.ts';
import { LABEL, readNotes, readServed, withNotes } from './ledger.ts';
import { makeVersion } from './make-version.ts';
import { TITLE, type VertexTargetOptions } from './options.ts';
import type { EndpointResource, LongOperation, ModelVersion, Resources } from './resources.ts';
import { deployedAs, sharesOf } from './serving.ts';
import { abort, cool, forgetServed, noteServed, open, shift, unmark } from './shift.ts';
import type { Version } from './versions.ts';
import { ended } from './waiting.ts';
import { notedBy, type Notes } from '../../deployment/kept/notes.ts';

export interface At {
  readonly subject: Subject;
  readonly options: VertexTargetOptions;
  readonly resources: Resources;
  /** Reads again. */
  readonly endpoint: () => Promise<EndpointResource | null>;
  readonly serving: () => Promise<Serving>;
  readonly fresh: () => Promise<{
    readonly versions: readonly Version[];
    readonly models: readonly ModelVersion[];
  }>;
  /** Milliseconds. */
  readonly now: () => number;
  /** Whether a version was created: lists may show it later. */
  readonly uploaded: (number: string) => Promise<void>;
  readonly removed: (number: string) => void;
  /** A candidate is being deployed. */
  readonly begun: (candidate: string, operation: LongOperation) => void;
  /** Why a deployment failed. */
  readonly failed: (endpoint: string, why: string) => void;
  /** IDs of deployed models that were refused. */
  readonly tried: Set<string>;
  /** Requests of our own to the version of the rollout. */
  readonly own: { requests: number; failed: number };
}

const STEPS: Steps<At> = {
  'make-version': (_, at) => makeVersion(planOf(at.subject), at),
  'retire-version': retire,
  'start-candidate': startCandidate,
  'keep-candidate': keepCandidate,
  'drop-candidate': dropCandidate,
  open,
  shift,
  'abort-shift': abort,
  unmark,
  ask,
  'set-scaling': cool,
  'restore-scaling': cool,
  close,
  note,
};

export const carryOut = carrying(TITLE, STEPS);

/** What has no traffic first; the last one may be removed with it. */
async function close(_: Step, at: At): Promise<Performed> {
  const { resources, options, subject } = at;
  const { endpoint } = subject;
  const found = await at.endpoint();
  if (found === null) return done('serving', 'versions', 'candidates');
  const { deployedModels = [], trafficSplit = {} } = found;
  const idle = deployedModels.find(({ id }) => (trafficSplit[id] ?? 0) === 0) ?? deployedModels[0];
  if (idle !== undefined) {
    const rest = deployedModels.find(({ id }) => id !== idle.id);
    const share = (trafficSplit[idle.id] ?? 0) > 0 && rest ? { trafficSplit: { [rest.id]: 100 } } : {};
    const begun = await resources.undeploy(endpoint, { deployedModelId: idle.id, ...share });
    await ended(begun, `The deployed model ${idle.id} of ${endpoint} is being removed`, resources, options);
    return again('serving');
  }
  const begun = await resources.deleteEndpoint(endpoint);
  if (begun !== null) await ended(begun, `The endpoint ${endpoint} is being removed`, resources, options);
  return done('serving', 'versions', 'candidates');
}

/**
 * Its replicas first; then that it has served, because a later upload of the same content has not; then the version
 * itself. With the last version the model, and an endpoint on which nothing ever was.
 */
async function retire({ of }: Step, at: At): Promise<Performed> {
  const { resources, options, subject } = at;
  const { endpoint } = subject;
  const { versions, models } = await at.fresh();
  const version = versions.find(({ id }) => id === of);
  const found = await at.endpoint();
  if (await isNeeded(of, found, at)) return { is: 'lost' };
  const deployed = found === null ? null : deployedAs(of, found);
  if (deployed !== null) {
    await undeploy(deployed, endpoint, at);
    return again('versions', 'serving');
  }
  if (!version?.made) return done('versions');
  if (models.length > 1) return (await forgetServed(of, at)) ?? removeNumber(version, at);
  if (found !== null && isEmpty(found)) {
    const begun = await resources.deleteEndpoint(endpoint);
    if (begun !== null) await ended(begun, `The endpoint ${endpoint} is being removed`, resources, options);
    return again('versions', 'serving');
  }
  return removed(version, await resources.deleteModel(endpoint), at);
}

/** Two runs may have uploaded the same version. */
async function removeNumber(version: Version, at: At): Promise<Performed> {
  const number = version.numbers.at(-1) ?? '';
  const performed = await removed(version, await at.resources.deleteVersion(at.subject.endpoint, number), at);
  return performed.is === 'done' && version.numbers.length > 1 ? again('versions') : performed;
}

async function removed({ id, numbers }: Version, begun: LongOperation | null, at: At): Promise<Performed> {
  const { resources, options, subject } = at;
  at.removed(numbers.at(-1) ?? '');
  if (begun === null) return done('versions');
  const what = `The version ${id} of ${subject.endpoint} is being removed`;
  const { error } = await ended(begun, what, resources, options);
  return error === undefined ? done('versions') : { is: 'refused', cause: error.message ?? '' };
}

/** Made by us, and nothing has ever served on it. */
function isEmpty({ labels = {}, deployedModels = [] }: EndpointResource): boolean {
  const { versions } = readServed(labels);
  return labels[LABEL.role] === 'live' && deployedModels.length === 0 && versions.length === 0;
}

/** A rollout that gives all requests to the new version would go back to a version without traffic. */
async function isNeeded(version: string, found: EndpointResource | null, at: At): Promise<boolean> {
  const marker = readMarker(readServed(found?.labels ?? {}).marker);
  const shares = found === null ? [] : sharesOf(found);
  if (marker?.from === version || marker?.to === version) return true;
  if (shares.some((share) => share.version === version)) return true;
  const candidates = await candidatesOf(at.subject.endpoint, null, at.resources);
  return candidates.some(({ labels = {} }) => labels[LABEL.version] === version);
}

async function note({ of, note: what }: Step, at: At): Promise<Performed> {
  if (what === 'served') return noteServed(of, at);
  const version = (await at.fresh()).versions.find(({ id }) => id === of);
  if (version === undefined) return { is: 'missing' };
  if (what === undefined) throw new TypeError('A note says nothing.');
  await writeNotes(version, (before) => notedBy(before, what, at.options.clock.now()), at);
  return done('versions');
}

/**
 * Nothing is recorded for somebody else's deployed model, because its model is not ours. Labels can only be sent as a
 * whole, so they are read first.
 */
export async function writeNotes(
  { found, numbers }: Pick<Version, 'found' | 'numbers'>,
  change: (before: Notes) => Notes,
  { resources, subject }: Pick<At, 'resources' | 'subject'>,
): Promise<void> {
  const [number] = numbers;
  if (found === null || number === undefined) return;
  const current = (await resources.modelVersion(subject.endpoint, number)) ?? found;
  const before = readNotes(current);
  const notes = change(before);
  if (canonicalJson(notes) === canonicalJson(before)) return;
  await resources.labelVersion(subject.endpoint, number, withNotes(current.labels ?? {}, notes));
}
