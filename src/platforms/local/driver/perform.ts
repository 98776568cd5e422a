/** Each step as at most one command to the endpoint's server. */
import { rm } from 'node:fs/promises';
import { planOf, type Subject } from '../../../deployment/port.ts';
import type { Step, StepKind } from '../../../deployment/verdict.ts';
import { connect } from '../connect.ts';
import { RefusedError } from '../control-client.ts';
import type { CommandName, Commands } from '../control-protocol.ts';
import { installVersion } from '../install-version.ts';
import type { Layout } from '../layout.ts';
import type { LocalTargetOptions } from '../options.ts';
import { checkPort, ensureServer, type Running } from '../server-process.ts';
import { findCandidate } from '../transitions.ts';
import { removeAll } from './close.ts';
import { expiryOf, storedCandidate, storedVersion } from './stored.ts';

export interface Work extends Subject {
  readonly layout: Layout;
  readonly options: LocalTargetOptions;
}

type Perform = (step: Step, work: Work) => Promise<void>;

const STEPS: Readonly<Partial<Record<StepKind, Perform>>> = {
  'make-version': makeVersion,
  open: makeServe,
  shift: makeServe,
  // The version that is live is loaded again.
  'set-count': makeServe,
  'start-candidate': startCandidate,
  'keep-candidate': keepCandidate,
  'drop-candidate': dropCandidate,
  'retire-version': retireVersion,
  note,
  close: (_step, { layout, options }) => removeAll(layout, options),
};

/** @throws RefusedError if the server changed nothing; UserError for files that cannot be put in place */
export async function performStep(step: Step, work: Work): Promise<void> {
  const perform = STEPS[step.kind];
  if (perform === undefined) throw new TypeError(`The local target has no use for the step ${step.kind}.`);
  await perform(step, work);
}

/** A taken port and a bad archive are found before anything is changed. */
async function makeVersion(_step: Step, { layout, options, ...subject }: Work): Promise<void> {
  await checkPort(layout, options);
  await installVersion(layout, planOf(subject), options);
}

async function makeServe(step: Step, work: Work): Promise<void> {
  const { command, options } = work;
  const now = options.clock.now();
  if (command === 'rollback') {
    const version = step.of === '' ? (step.basis?.version ?? '') : step.of;
    const { runId: run } = options.context;
    return send('rollback', { version, run, at: now.toISOString() }, step, work);
  }
  const plan = planOf(work);
  const { candidate, digest: planDigest } = plan;
  if (command === 'promote' && candidate !== null && step.kind !== 'set-count')
    return send('promote', { candidate, planDigest }, step, work);
  return send('deploy', { entry: storedVersion(plan, now) }, step, work);
}

function startCandidate(step: Step, work: Work): Promise<void> {
  const candidate = storedCandidate(planOf(work), step.of, work.options.clock.now());
  return send('stage', { candidate }, step, work);
}

function keepCandidate(step: Step, work: Work): Promise<void> {
  const expiresAt = expiryOf(work.options.clock.now());
  return send('keep', { candidate: step.of, expiresAt }, step, work);
}

async function dropCandidate(step: Step, work: Work): Promise<void> {
  const { layout, options } = work;
  const { status } = await ensureServer(layout, options);
  const { expiresAt = '' } = findCandidate(status.state, step.of) ?? {};
  if (expiresAt !== '' && Date.parse(expiresAt) <= options.clock.now().getTime())
    options.log.info(`The candidate ${step.of} expired at ${expiresAt} and is removed.`);
  await send('discard', { candidate: step.of }, step, work);
}

async function retireVersion(step: Step, work: Work): Promise<void> {
  const { layout, options } = work;
  const found = await connect(layout, options.processes, options.signal);
  if (found.kind === 'running') return send('retire', { version: step.of }, step, work);
  // The endpoint that this was decided on is gone with its versions; what is there now was made by another run.
  if (found.kind === 'none' && (step.basis?.etag ?? null) !== null)
    throw new RefusedError('The endpoint is gone.', {
      reason: 'the endpoint is gone',
      detail: '',
      isChanged: true,
    });
  // Of an endpoint that was never there.
  await rm(layout.versionDir(step.of), { recursive: true, force: true });
}

/** `withdrawn` and `reinstated` are part of the move back and of the deployment; here they repeat what is missing. */
async function note(step: Step, { layout, options }: Work): Promise<void> {
  const { client } = await ensureServer(layout, options);
  const at = options.clock.now().toISOString();
  const facts =
    step.note === 'withdrawn'
      ? { withdrawn: true, withdrawnAt: at, verified: false }
      : step.note === 'reinstated'
        ? { withdrawn: false }
        : { served: true };
  await client.send('mark', { version: step.of, ...facts }, options.signal);
}

type Body<Name extends CommandName> = Omit<Commands[Name], 'generation'>;

async function send<Name extends CommandName>(
  name: Name,
  body: Body<Name>,
  step: Step,
  work: Work,
): Promise<void> {
  const { layout, options } = work;
  const running = await ensureServer(layout, options);
  const generation = generationOf(step, running);
  try {
    await running.client.send(name, { ...body, generation } as unknown as Commands[Name], options.signal);
  } catch (error) {
    if (error instanceof RefusedError && !error.isChanged) await orNothing(running, work);
    throw error;
  }
}

/**
 * What the step was decided on; a server that was started for it has changed nothing yet. Who saw nothing decided on the
 * first generation, if a version serves by now.
 */
function generationOf({ basis }: Step, { status }: Running): number {
  const { generation, live } = status.state;
  if (basis === undefined) return generation;
  if (basis.etag === null) return live === null ? generation : 0;
  return Number(basis.etag);
}

/** If the first version of an endpoint is refused, there is no endpoint: a server that serves nothing does not stay. */
async function orNothing({ status }: Running, { layout, options }: Work): Promise<void> {
  const { versions, candidates } = status.state;
  if (versions.length + candidates.length === 0 && !options.signal.aborted) await removeAll(layout, options);
}
