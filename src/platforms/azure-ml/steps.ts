/** What each step of the engine is on Azure ML: at most one call that changes anything. */
import { notedBy, writeNotes, type Notes } from '../../deployment/kept/notes.ts';
import { forgotten, inFront } from '../../deployment/kept/served.ts';
import { CANDIDATE_MS } from '../../deployment/goal.ts';
import type { Performed } from '../../deployment/memory.ts';
import { again, carrying, done, type Steps } from '../../deployment/performed.ts';
import { planOf, type Subject } from '../../deployment/port.ts';
import type { Step } from '../../deployment/verdict.ts';
import { askedDeployment, countFor, variablesOf } from './asked.ts';
import { changeEndpoint, gets } from './change.ts';
import type { EndpointResource } from './endpoint.ts';
import {
  noteTag,
  readEnded,
  readServed,
  readWaiting,
  servedTags,
  TAG,
  waitingTag,
  warmTag,
} from './ledger.ts';
import { makeVersion, type Sent } from './make-version.ts';
import { deploymentOf } from './names.ts';
import { TITLE, type AzureMlTargetOptions } from './options.ts';
import type { Reads } from './reads.ts';
import { scorerOf } from './score.ts';
import { ownSettings, removeScale } from './scaling.ts';
import { markerOf, servingOf } from './serving.ts';
import { goneEndpoint, quietDeployment, quietEndpoint } from './settled.ts';
import { abort, open, shift, unmark } from './shift.ts';
import type { Version } from './versions.ts';
import type { Why } from './why.ts';

export interface At {
  readonly subject: Subject;
  readonly options: AzureMlTargetOptions;
  readonly reads: Reads;
  /** Reads again. */
  readonly versions: () => Promise<readonly Version[]>;
  readonly sent: Sent;
  readonly why: Why;
  /** Requests of our own to the version of the rollout. */
  readonly own: { requests: number; failed: number };
}

const STEPS: Steps<At> = {
  'make-version': (_, { subject, ...at }) => makeVersion({ plan: planOf(subject), ...at }),
  'retire-version': retire,
  'start-candidate': startCandidate,
  'keep-candidate': keepCandidate,
  'drop-candidate': dropCandidate,
  open,
  shift,
  'abort-shift': abort,
  unmark,
  ask,
  'set-count': setCount,
  'set-scaling': cool,
  'restore-scaling': cool,
  close,
  note,
};

export const carryOut = carrying(TITLE, STEPS);

type Tagging = Pick<At, 'subject' | 'options' | 'reads'>;

/** Changes only tags: the traffic is sent as it was read, after any change in progress is visible. */
async function tagEndpoint(
  at: Tagging,
  tagsOf: (found: EndpointResource) => Readonly<Record<string, string | null>> | null,
): Promise<Performed['is'] & ('done' | 'lost' | 'missing')> {
  const found = await quietEndpoint(at.subject.endpoint, at.reads, at.options);
  if (found === null) return 'missing';
  const tags = tagsOf(found);
  if (tags === null) return 'lost';
  const traffic = found.properties.traffic ?? {};
  await changeEndpoint(found, { traffic, tags }, at.reads, at.options);
  return 'done';
}

async function aboutCandidate(
  at: At,
  tagsOf: (found: EndpointResource) => Readonly<Record<string, string | null>> | null,
): Promise<Performed> {
  const is = await tagEndpoint(at, tagsOf);
  return is === 'done' ? done('candidates', 'serving') : { is };
}

/** The version's own deployment is the candidate: only its tag is created. */
async function startCandidate({ of: name, with: version = '' }: Step, at: At): Promise<Performed> {
  if (!(await at.versions()).some(({ id }) => id === version)) return { is: 'missing' };
  return aboutCandidate(at, (found) =>
    waitingIn(found, name, at) === undefined ? waitingFor(name, version, at) : null,
  );
}

function keepCandidate({ of: name }: Step, at: At): Promise<Performed> {
  return aboutCandidate(at, (found) => {
    const waiting = waitingIn(found, name, at);
    return waiting === undefined ? null : waitingFor(name, waiting.version, at);
  });
}

function dropCandidate({ of: name }: Step, at: At): Promise<Performed> {
  return aboutCandidate(at, (found) => {
    const waiting = waitingIn(found, name, at);
    if (waiting === undefined) return null;
    const [tag] = waitingTag(at.subject.endpoint, waiting);
    return { [tag]: null };
  });
}

function waitingIn({ tags }: EndpointResource, name: string, { subject: { endpoint } }: At) {
  return readWaiting(endpoint, tags ?? {}).find((waiting) => waiting.name === name);
}

function waitingFor(name: string, version: string, { options, subject }: At): Record<string, string> {
  const { clock, environmentName } = options;
  const until = clock.now().getTime() + CANDIDATE_MS;
  const environment = subject.plan?.environmentName ?? environmentName;
  const [tag, value] = waitingTag(subject.endpoint, { name, version, until, environment });
  return { [tag]: value };
}

/**
 * First the settings that scale its deployments, one after the other; then the whole endpoint with everything below it.
 */
async function close(_: Step, { subject: { endpoint }, options, reads }: At): Promise<Performed> {
  const [setting] = await ownSettings(endpoint, options);
  if (setting !== undefined) {
    await options.resources.deleteSetting(setting.name);
    return again();
  }
  await options.resources.deleteEndpoint(endpoint);
  await goneEndpoint(endpoint, reads, options);
  return done('serving', 'versions', 'candidates');
}

/** The last version of an endpoint of ours that serves nothing is removed with the endpoint. */
async function retire({ of }: Step, at: At): Promise<Performed> {
  const { subject, options, reads } = at;
  const { endpoint: name } = subject;
  const versions = await at.versions();
  const version = versions.find(({ id }) => id === of);
  const endpoint = await reads.endpoint();
  // All of them are deleted with the endpoint.
  if (version === undefined || endpoint === null) return done('versions');
  if (version.made === null || isWanted(endpoint, version, at)) return { is: 'lost' };
  if (await removeScale(name, version.found.name, options)) return again('versions');
  const tags = endpoint.tags ?? {};
  const serving = servingOf(endpoint, options.clock.now());
  const isOurs = tags[TAG.endpoint] === name && tags[TAG.adopted] === undefined;
  if (!isOurs || versions.length > 1 || serving.state !== 'absent') return remove(version, endpoint, at);
  await options.resources.deleteEndpoint(name);
  await goneEndpoint(name, reads, options);
  return done('serving', 'versions', 'candidates');
}

/**
 * First what is recorded of it, because a later deployment of the same content has neither served nor been tested; then
 * the deployment.
 */
async function remove({ id, found }: Version, endpoint: EndpointResource, at: At): Promise<Performed> {
  const { options, reads, subject } = at;
  const tags = recordsOf(id, endpoint.tags ?? {});
  if (Object.keys(tags).length > 0) {
    const traffic = endpoint.properties.traffic ?? {};
    await changeEndpoint(endpoint, { traffic, tags }, reads, options);
    return again();
  }
  await options.resources.deleteDeployment(subject.endpoint, found.name);
  await quietDeployment(subject.endpoint, found.name, options);
  return done('versions');
}

/** The tags that the endpoint has without the version; empty if it has nothing of it. */
function recordsOf(id: string, tags: Readonly<Record<string, string>>): Record<string, string | null> {
  const tag = noteTag(id);
  const served = readServed(tags);
  const others = forgotten(served, id);
  return {
    ...(tags[tag] === undefined ? {} : { [tag]: null }),
    ...(others === served ? {} : servedTags(others)),
  };
}

/** The next version whose time has ended: it no longer serves, and can only be deployed again. */
async function cool(_: Step, at: At): Promise<Performed> {
  const due = await coldVersion(at);
  if (due === null) return done('scaling');
  if (due.isThere) {
    const retired = await retire({ kind: 'retire-version', of: due.version }, at);
    return retired.is === 'done' ? again('scaling', 'versions', 'serving') : retired;
  }
  const is = await tagEndpoint(at, () => ({ [warmTag(due.version)]: null }));
  return is === 'done' ? again('scaling', 'serving') : { is };
}

interface Cold {
  readonly version: string;
  /**
   * Its deployment; otherwise only the tag with its time is left, which goes last: a run that dies before that begins
   * again here.
   */
  readonly isThere: boolean;
}

/** null if none is due. Only ours, and none that a run needs. */
export async function coldVersion(
  at: Pick<At, 'subject' | 'options' | 'reads' | 'versions'>,
): Promise<Cold | null> {
  const endpoint = await at.reads.endpoint();
  const ended = readEnded(endpoint?.tags ?? {}, at.options.clock.now());
  if (endpoint === null || ended.length === 0) return null;
  const versions = await at.versions();
  for (const version of ended) {
    const found = versions.find(({ id }) => id === version);
    if (found === undefined) return { version, isThere: false };
    const isNeeded = found.made === null || version === at.subject.plan?.version;
    if (!isNeeded && !isWanted(endpoint, found, at)) return { version, isThere: true };
  }
  return null;
}

/** Whether it gets requests, a rollout leads to it or comes from it, or a candidate needs it. */
function isWanted(
  endpoint: EndpointResource,
  { id, found }: Version,
  { subject, options }: Pick<At, 'subject' | 'options'>,
): boolean {
  const { version, towards } = servingOf(endpoint, options.clock.now());
  const marker = markerOf(endpoint);
  const waiting = readWaiting(subject.endpoint, endpoint.tags ?? {}).map((each) => each.version);
  return gets(endpoint, found.name) || [version, towards, marker?.from, marker?.to, ...waiting].includes(id);
}

async function note({ of, note: what }: Step, at: At): Promise<Performed> {
  const version = (await at.versions()).find(({ id }) => id === of);
  if (version === undefined) return { is: 'missing' };
  const is =
    what === 'served'
      ? await noteServed(version, at)
      : await writeNote(version, notedBy(version.notes, what ?? 'reinstated', at.options.clock.now()), at);
  return is === 'done' ? done('versions', 'serving') : { is };
}

/** For a version that somebody else made serve. */
function noteServed({ id }: Version, at: At) {
  return tagEndpoint(at, (found) => {
    const { version, state } = servingOf(found, at.options.clock.now());
    if (version !== id || state !== 'serving') return null;
    const served = readServed(found.tags ?? {});
    return servedTags({ ...served, versions: inFront(id, served.versions) });
  });
}

export function writeNote({ id }: Version, notes: Notes, at: Tagging) {
  return tagEndpoint(at, () => ({ [noteTag(id)]: writeNotes(notes) }));
}

/** The number of machines of the version that serves. */
async function setCount(_: Step, { subject, options }: At): Promise<Performed> {
  const plan = planOf(subject);
  const name = deploymentOf(plan.version);
  const found = await quietDeployment(plan.endpoint, name, options);
  if (found === null) return { is: 'missing' };
  const count = countFor(plan, found.sku?.capacity ?? 0);
  const body = askedDeployment(plan, found.location, variablesOf(found), options, count);
  await options.resources.putDeployment(plan.endpoint, name, body);
  await quietDeployment(plan.endpoint, name, options);
  return done('serving', 'versions');
}

/** Sends to the version's own deployment. What the model answers is not a fault of the version, unless it breaks. */
async function ask({ of, requests = 0 }: Step, at: At): Promise<Performed> {
  const found = await at.reads.endpoint();
  if (found === null) return { is: 'missing' };
  const { log, scoring, signal } = at.options;
  log.info(`Too few requests came to ${of}: ${requests} of our own (POST {"instances":[]}) are sent to it.`);
  const score = scorerOf(found, scoring);
  const body = Buffer.from('{"instances":[]}');
  for (let sent = 0; sent < requests; sent++) {
    const call = { body, contentType: 'application/json', deployment: deploymentOf(of), signal };
    const { status } = await score(call);
    at.own.requests += 1;
    if (status >= 500) at.own.failed += 1;
  }
  return done('watch');
}
