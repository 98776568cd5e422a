/** `target: sagemaker`: endpoints of Amazon SageMaker, real-time and serverless. */
import { UpstreamError } from '../../core/errors.ts';
import { isCandidateName } from '../../core/plan/candidate-name.ts';
import type { DeploymentTarget, EndpointInvoker } from '../../core/targets.ts';
import { createEngineTarget } from '../../deployment/engine-target.ts';
import { noSuchEndpoint, noSuchVersion } from '../../deployment/no-such.ts';
import { consoleLinks } from './console-links.ts';
import { describeEndpoint, invokeUrl } from './describe.ts';
import { readLogTail } from './explain/log-tail.ts';
import { enginePlatform } from './driver/operation.ts';
import { createInvoker } from './invoker.ts';
import { readLive } from './live.ts';
import { planFor } from './make-plan.ts';
import { noteVersion, noteWithdrawn } from './notes.ts';
import { TARGET, type SageMakerTargetOptions } from './options.ts';
import { openSession, type Session } from './session.ts';

export function createSageMakerTarget(options: SageMakerTargetOptions): DeploymentTarget {
  // What a plan has read is still true for the description that follows it at once, and for nothing later.
  let planned: Session | null = null;
  let begun = begin(options);
  const engine = createEngineTarget(enginePlatform(options), options);
  const fresh = <T>(run: (session: Session) => Promise<T>): Promise<T> => {
    const session = begun ?? openSession(options);
    planned = null;
    begun = null;
    return run(session);
  };
  return {
    name: TARGET,
    ...(options.prices === undefined ? {} : { prices: options.prices }),
    plan: (request) =>
      fresh(async (session) => {
        const plan = await planFor(request, session);
        planned = session;
        return plan;
      }),
    deploy: (plan) => fresh(() => engine.deploy(plan)),
    stage: (plan) => fresh(() => engine.stage(plan)),
    promote: (plan) => fresh(() => engine.promote(plan)),
    discard: (plan) => fresh(() => engine.discard(plan)),
    rollback: (endpoint, version, from) => fresh(() => engine.rollback(endpoint, version, from)),
    teardown: (endpoint) => fresh(() => engine.teardown(endpoint)),
    reap: (endpoint, environment) => fresh(() => engine.reap(endpoint, environment)),
    links: (endpoint) => consoleLinks(endpoint, options.clients.region),
    describe: (endpoint) => {
      const session = planned ?? openSession(options);
      planned = null;
      return describeEndpoint(endpoint, session.reads, options);
    },
    noteWithdrawn: (endpoint, version) =>
      fresh(async (session) => {
        await noteWithdrawn(endpoint, version, session);
      }),
    markVerified: (endpoint, version) => fresh((session) => markVerified(endpoint, version, session)),
    noteRelease: (endpoint, version, release) =>
      fresh(async (session) => {
        await noteVersion(endpoint, version, session, (known) => ({ ...known, release }));
      }),
    logs: (endpoint, lines) => fresh((session) => logsOf(endpoint, lines, session)),
    invoker: (endpoint, candidate) => fresh((session) => openInvoker(endpoint, candidate, session)),
  };
}

/** For the first operation, whatever it is. If it fails, the operation asks again, and says why. */
function begin(options: SageMakerTargetOptions): Session | null {
  if (options.startWith === undefined) return null;
  const session = openSession(options);
  session.reads.endpoint(options.startWith).catch(() => undefined);
  return session;
}

async function markVerified(endpoint: string, version: string, session: Session): Promise<void> {
  const found = await noteVersion(endpoint, version, session, (known) => ({ ...known, verified: true }));
  if (!found) throw noSuchVersion(endpoint, version);
}

async function logsOf(
  endpoint: string,
  lines: number,
  { reads, clients, options }: Session,
): Promise<string> {
  const live = await readLive(endpoint, reads);
  if (live === null || live.variant === '') return '';
  const { text, note } = await readLogTail(clients, { endpoint, variant: live.variant }, lines);
  if (note !== '') options.log.info(note);
  return text;
}

/** @throws UserError for an endpoint or candidate that does not exist; UpstreamError for one that does not serve. */
async function openInvoker(
  endpoint: string,
  candidate: string | null,
  { reads, options }: Session,
): Promise<EndpointInvoker> {
  const name = candidate ?? endpoint;
  const isOne = candidate === null || isCandidateName(endpoint, candidate);
  const described = isOne ? await reads.endpoint(name) : null;
  if (described === null) throw noSuchEndpoint(endpoint, candidate, `in ${options.clients.region}`);
  const status = described.EndpointStatus ?? '';
  if (['Creating', 'Failed', 'Deleting', 'OutOfService'].includes(status)) {
    throw new UpstreamError('SageMaker', `${name} is ${status} and cannot be called.`);
  }
  const variants = described.ProductionVariants ?? [];
  const isServerless = variants.some(({ CurrentServerlessConfig }) => CurrentServerlessConfig !== undefined);
  return createInvoker(name, invokeUrl(name, options), options, isServerless);
}
