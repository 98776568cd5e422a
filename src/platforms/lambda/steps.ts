/** What each step of the engine is on Lambda: at most one call that changes anything. */
import type { Lambda } from '@aws-sdk/client-lambda';
import { notedBy, writeNotes, type Notes } from '../../deployment/kept/notes.ts';
import { arrived, NEVER } from '../../deployment/kept/served.ts';
import { CANDIDATE_MS } from '../../deployment/goal.ts';
import type { Performed } from '../../deployment/memory.ts';
import { again, carrying, done, type Steps } from '../../deployment/performed.ts';
import { planOf, type Subject } from '../../deployment/port.ts';
import type { Step } from '../../deployment/verdict.ts';
import { besideOf, namedBy, removalAround } from './around/around.ts';
import type { Due } from './around/due.ts';
import { readProvisions, removal } from './around/provisioned.ts';
import { noteTag, readServed, readWaiting, writeServed, writeWaiting } from './ledger.ts';
import { eventOf } from './event.ts';
import { invokeFunction } from './invoke.ts';
import { abort, move, shift, unmark } from './shift.ts';
import { makeVersion, type Sent } from './make-version.ts';
import { LIVE } from './names.ts';
import { TITLE, type LambdaTargetOptions } from './options.ts';
import type { Probe } from './probe.ts';
import type { Reads } from './reads.ts';
import { servingOf } from './serving.ts';
import { idOf, type Version } from './versions.ts';

export interface At {
  readonly subject: Subject;
  readonly options: LambdaTargetOptions;
  readonly reads: Reads;
  /** Reads again. */
  readonly versions: () => Promise<readonly Version[]>;
  readonly probe: Probe;
  readonly sent: Sent;
  /** The next call that what is around the function needs; null if it needs none. */
  readonly due: () => Promise<Due | null>;
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
  'set-scaling': around,
  'restore-scaling': around,
  close,
  note,
};

export const carryOut = carrying(TITLE, STEPS);

async function call(name: string, { subject, options }: At, make: (lambda: Lambda) => Promise<unknown>) {
  const { clients } = options;
  const lambda = await clients.lambda();
  await clients.call({ operation: `lambda:${name}`, on: subject.endpoint }, () => make(lambda));
}

async function numberOf(version: string, at: At): Promise<string | null> {
  return (await at.versions()).find(({ id }) => id === version)?.number ?? null;
}

async function startCandidate({ of: Name, with: version = '' }: Step, at: At): Promise<Performed> {
  const FunctionVersion = await numberOf(version, at);
  if (FunctionVersion === null) return { is: 'missing' };
  const { endpoint: FunctionName } = at.subject;
  await call('CreateAlias', at, (lambda) =>
    lambda.createAlias({ FunctionName, Name, FunctionVersion, Description: waitingFrom(at) }),
  );
  return done('candidates');
}

function waitingFrom({ options: { clock, environmentName }, subject: { plan } }: At): string {
  const until = clock.now().getTime() + CANDIDATE_MS;
  return writeWaiting({ until, environment: plan?.environmentName ?? environmentName });
}

async function keepCandidate({ of: Name }: Step, at: At): Promise<Performed> {
  const alias = (await at.reads.aliases()).find((known) => known.Name === Name);
  if (alias === undefined || readWaiting(alias.Description) === null) return { is: 'missing' };
  const { RevisionId, FunctionVersion, RoutingConfig } = alias;
  await call('UpdateAlias', at, (lambda) =>
    lambda.updateAlias({
      FunctionName: at.subject.endpoint,
      Name,
      FunctionVersion,
      RoutingConfig: RoutingConfig ?? { AdditionalVersionWeights: {} },
      Description: waitingFrom(at),
      RevisionId,
    }),
  );
  return done('candidates');
}

async function dropCandidate({ of: Name }: Step, at: At): Promise<Performed> {
  await call('DeleteAlias', at, (lambda) => lambda.deleteAlias({ FunctionName: at.subject.endpoint, Name }));
  return done('candidates');
}

async function open({ of }: Step, at: At): Promise<Performed> {
  const number = await numberOf(of, at);
  if (number === null) return { is: 'missing' };
  if (!(await at.probe.answers(number))) return at.probe.refusal();
  const Description = writeServed(arrived(NEVER, number));
  const { endpoint: FunctionName } = at.subject;
  await call('CreateAlias', at, (lambda) =>
    lambda.createAlias({ FunctionName, Name: LIVE, FunctionVersion: number, Description }),
  );
  return done('serving', 'versions');
}

/** One call of several. A permission changes the revision of the alias, so the alias is read again too. */
async function around(_: Step, at: At): Promise<Performed> {
  const due = await at.due();
  if (due === null) return done('scaling');
  await make(due, at);
  return again('scaling', 'serving');
}

async function make(due: Due, { subject: { endpoint }, options: { clients } }: At): Promise<void> {
  await clients.call({ operation: due.operation, on: endpoint }, due.make);
}

/** Whatever leads to the function is removed before it, because it could not be found afterwards. */
async function close(_: Step, at: At): Promise<Performed> {
  const beside = await besideOf(at.subject.endpoint, at.reads, at.options, new Map());
  const due = beside === null ? null : await removalAround(beside);
  if (due !== null) {
    await make(due, at);
    return again('serving');
  }
  await call('DeleteFunction', at, (lambda) => lambda.deleteFunction({ FunctionName: at.subject.endpoint }));
  return done('serving', 'versions', 'candidates');
}

/** The note goes first, so a number never has the note of another version. Then the version itself. */
async function retire({ of }: Step, at: At): Promise<Performed> {
  const versions = await at.versions();
  const version = versions.find(({ id }) => id === of);
  // All of them are deleted with the function.
  if (version === undefined) return done('versions');
  const FunctionName = at.subject.endpoint;
  const aliases = await at.reads.aliases();
  // A rollout that gives all requests to the new version would go back to a version that no alias names then.
  const live = aliases.find(({ Name }) => Name === LIVE) ?? null;
  const serving = servingOf(live, (number) => idOf(number, versions));
  if (serving.version === of || aliases.flatMap(namedBy).includes(version.number)) return { is: 'lost' };
  const provided = removal(version.number, await readProvisions(FunctionName, at.reads, at.options));
  if (provided !== null) {
    await make(provided, at);
    return again('versions');
  }
  const tag = noteTag(version.number);
  const fn = await at.reads.fn();
  if (fn?.Tags?.[tag] !== undefined) {
    await call('UntagResource', at, (lambda) =>
      lambda.untagResource({ Resource: fn.Configuration?.FunctionArn, TagKeys: [tag] }),
    );
    return again('versions');
  }
  await call('DeleteFunction', at, (lambda) =>
    lambda.deleteFunction({ FunctionName, Qualifier: version.number }),
  );
  return done('versions');
}

async function note({ of, note: what }: Step, at: At): Promise<Performed> {
  const version = (await at.versions()).find(({ id }) => id === of);
  if (version === undefined) return { is: 'missing' };
  if (what === 'served') return noteServed(version, at);
  await writeNote(version, notedBy(version.notes, what ?? 'reinstated', at.options.clock.now()), at);
  return done('versions');
}

/** @throws the error of AWS */
export async function writeNote(
  version: Version,
  notes: Notes,
  { subject: { endpoint }, options }: Pick<At, 'subject' | 'options'>,
): Promise<void> {
  const { clients } = options;
  const lambda = await clients.lambda();
  const arn = version.found.FunctionArn?.replace(/:(?:\d+|\$LATEST)$/, '');
  await clients.call({ operation: 'lambda:TagResource', on: endpoint }, (http) =>
    lambda.tagResource({ Resource: arn, Tags: { [noteTag(version.number)]: writeNotes(notes) } }, http),
  );
}

/** For a version that somebody else made serve. */
async function noteServed({ number }: Version, at: At): Promise<Performed> {
  const live = await at.reads.live();
  if (live?.FunctionVersion !== number) return { is: 'lost' };
  const before = readServed(live.Description);
  const weights = live.RoutingConfig?.AdditionalVersionWeights ?? {};
  const { versions } = arrived(before, number);
  return move(live, at, { number, weights, served: { ...before, versions } });
}

/** Calls the version by its number, so no other version can answer. A request that fails is counted. */
async function ask({ of, requests = 0 }: Step, at: At): Promise<Performed> {
  const number = await numberOf(of, at);
  if (number === null) return { is: 'missing' };
  const { clients, log } = at.options;
  log.info(`Too few requests came to ${of}: ${requests} of our own (GET /ping) are sent to it.`);
  const event = eventOf({ method: 'GET', path: '/ping' });
  for (let sent = 0; sent < requests; sent++) {
    const call = { FunctionName: at.subject.endpoint, Qualifier: number, event };
    const { error } = await invokeFunction(clients, call);
    at.own.requests += 1;
    if (error !== null) at.own.failed += 1;
  }
  return done('watch');
}
