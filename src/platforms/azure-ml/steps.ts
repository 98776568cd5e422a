/** What each step of the engine is on Azure ML: at most one call that changes anything. */
import { notedBy, writeNotes, type Notes } from '../../deployment/kept/notes.ts';
import { inFront } from '../../deployment/kept/served.ts';
import type { Performed } from '../../deployment/memory.ts';
import { again, done } from '../../deployment/performed.ts';
import { planOf, type Subject } from '../../deployment/port.ts';
import type { Step, StepKind } from '../../deployment/verdict.ts';
import { askedDeployment, variablesOf } from './asked.ts';
import { changeEndpoint, gets } from './change.ts';
import type { EndpointResource } from './endpoint.ts';
import { noteTag, readServed, readWaiting, servedTags, TAG, waitingTag } from './ledger.ts';
import { makeVersion, type Sent } from './make-version.ts';
import { deploymentOf } from './names.ts';
import { CANDIDATE_MS, TITLE, type AzureMlTargetOptions } from './options.ts';
import type { Reads } from './reads.ts';
import { scorerOf } from './score.ts';
import { markerOf, servingOf } from './serving.ts';
import { goneEndpoint, quietDeployment, quietEndpoint } from './settled.ts';
import { abort, open, shift, unmark } from './shift.ts';
import type { Version } from './versions.ts';
import type { Why } from './why.ts';

export interface At {
  readonly subject: Subject;
  readonly options: AzureMlTargetOptions;
  readonly reads: Reads;
  /** Read anew. */
  readonly versions: () => Promise<readonly Version[]>;
  readonly sent: Sent;
  readonly why: Why;
  /** Requests of our own to the version of the rollout. */
  readonly own: { requests: number; failed: number };
}

export function carryOut(step: Step, at: At): Promise<Performed> {
  const carry = STEPS[step.kind];
  if (carry === undefined) throw new TypeError(`${TITLE} has no step "${step.kind}".`);
  return carry(step, at);
}

const STEPS: Readonly<Partial<Record<StepKind, (step: Step, at: At) => Promise<Performed>>>> = {
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
  close,
  note,
};

type Tagging = Pick<At, 'subject' | 'options' | 'reads'>;

/** Tags alone: the traffic is sent as it was read, after whatever is under way is seen. */
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

/** The version's own deployment is the candidate: what is made for it is its tag. */
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

/** The whole endpoint with all that is below it. */
async function close(_: Step, { subject: { endpoint }, options, reads }: At): Promise<Performed> {
  await options.resources.deleteEndpoint(endpoint);
  await goneEndpoint(endpoint, reads, options);
  return done('serving', 'versions', 'candidates');
}

/**
 * Its note first, so that a later deployment of the same content has none; then the deployment. The last one of an endpoint of
 * ours that serves nothing goes with the endpoint.
 */
async function retire({ of }: Step, at: At): Promise<Performed> {
  const { subject, options, reads } = at;
  const { endpoint: name } = subject;
  const versions = await at.versions();
  const version = versions.find(({ id }) => id === of);
  const endpoint = await reads.endpoint();
  // With the endpoint all of them are gone.
  if (version === undefined || endpoint === null) return done('versions');
  if (version.made === null || isWanted(endpoint, version, at)) return { is: 'lost' };
  const { tags = {} } = endpoint;
  const serving = servingOf(endpoint, options.clock.now());
  const isOurs = tags?.[TAG.endpoint] === name && tags[TAG.adopted] === undefined;
  if (isOurs && versions.length === 1 && serving.state === 'absent') {
    await options.resources.deleteEndpoint(name);
    await goneEndpoint(name, reads, options);
    return done('serving', 'versions', 'candidates');
  }
  const tag = noteTag(of);
  if (tags?.[tag] !== undefined) {
    const traffic = endpoint.properties.traffic ?? {};
    await changeEndpoint(endpoint, { traffic, tags: { [tag]: null } }, reads, options);
    return again();
  }
  await options.resources.deleteDeployment(name, version.found.name);
  await quietDeployment(name, version.found.name, options);
  return done('versions');
}

/** It gets requests, a rollout leads to it or comes from it, or a candidate waits for it. */
function isWanted(endpoint: EndpointResource, { id, found }: Version, { subject, options }: At): boolean {
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

/** Of a version that somebody else let serve. */
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

/** The number of machines of what serves. */
async function setCount(_: Step, { subject, options }: At): Promise<Performed> {
  const plan = planOf(subject);
  const name = deploymentOf(plan.version);
  const found = await quietDeployment(plan.endpoint, name, options);
  if (found === null) return { is: 'missing' };
  const body = askedDeployment(plan, found.location, variablesOf(found), options);
  await options.resources.putDeployment(plan.endpoint, name, body);
  await quietDeployment(plan.endpoint, name, options);
  return done('serving', 'versions');
}

/** To the version's own deployment. What the model makes of it is no fault of the version, unless it breaks. */
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
