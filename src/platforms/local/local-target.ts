/** `target: local`: an endpoint on this machine, in a process that outlives the step. */
import { UpstreamError, UserError } from '../../core/errors.ts';
import type { Plan } from '../../documents/plan.ts';
import type { DeploymentTarget, EndpointDescription, EndpointInvoker } from '../../core/targets.ts';
import { createEngineTarget } from '../../deployment/engine-target.ts';
import type { Command } from '../../deployment/port.ts';
import type { Commands } from './control-protocol.ts';
import { connect } from './connect.ts';
import { describeEndpoint } from './describe.ts';
import { isThere, removeLeftovers } from './driver/close.ts';
import { enginePlatform } from './driver/operation.ts';
import { withEndpointLock } from './endpoint-lock.ts';
import { createInvoker } from './invoker.ts';
import { layoutOf, type Layout } from './layout.ts';
import { tailOf } from './log-tail.ts';
import { planFor, TARGET } from './make-plan.ts';
import { refuseLinks } from './no-links.ts';
import type { LocalTargetOptions } from './options.ts';
import { rehearse } from './rehearse.ts';
import { ensureServer } from './server-process.ts';

export function createLocalTarget(options: LocalTargetOptions): DeploymentTarget {
  const engine = createEngineTarget(enginePlatform(options), options);
  const at = (endpoint: string) => {
    const layout = layoutOf(options.root, endpoint);
    refuseLinks(layout);
    return layout;
  };
  const locked = <T>(endpoint: string, command: Command, carryOut: () => Promise<T>) =>
    withEndpointLock(at(endpoint), command, options, carryOut);
  const planned = (command: 'deploy' | 'stage' | 'promote' | 'discard') => (plan: Plan) =>
    locked(plan.endpoint, command, () => engine[command](plan));
  return {
    name: TARGET,
    plan: async (request) => {
      at(request.endpoint);
      return planFor(request, options);
    },
    rehearse: (plan) => rehearse(plan, options),
    deploy: planned('deploy'),
    stage: planned('stage'),
    promote: async (plan) => {
      await requireEndpoint(at(plan.endpoint), options);
      return planned('promote')(plan);
    },
    discard: planned('discard'),
    rollback: async (endpoint, to, from) => {
      const { live } = await requireEndpoint(at(endpoint), options);
      if (live === null)
        throw new UserError(`${endpoint} does not serve yet, so there is nothing to roll back to.`);
      return locked(endpoint, 'rollback', () => engine.rollback(endpoint, to, from));
    },
    teardown: async (endpoint) => {
      const layout = at(endpoint);
      const tearDown = () => engine.teardown(endpoint);
      const isHere = await isThere(layout);
      const made = await (isHere ? locked(endpoint, 'teardown', tearDown) : tearDown());
      await removeLeftovers(layout);
      return made;
    },
    reap: async (endpoint, environment) => {
      const reap = () => engine.reap(endpoint, environment);
      return (await isThere(at(endpoint))) ? locked(endpoint, 'reap', reap) : reap();
    },
    links: () => [],
    describe: (endpoint) => describeEndpoint(at(endpoint), options),
    noteRelease: (endpoint, version, release) =>
      note(at(endpoint), 'note the release', { version, release }, options),
    markVerified: (endpoint, version) =>
      note(at(endpoint), 'mark as verified', { version, verified: true }, options),
    logs: (endpoint, lines) => logsOf(at(endpoint), lines, options),
    invoker: (endpoint, candidate) => openInvoker(at(endpoint), candidate, options),
  };
}

/** What the containers printed, after what the server has to say. */
async function logsOf(layout: Layout, lines: number, options: LocalTargetOptions): Promise<string> {
  const own = await tailOf(layout.logFile, lines);
  const connection = await connect(layout, options.processes, options.signal);
  if (connection.kind !== 'running') return own;
  const printed = await connection.client.logs(lines, options.signal).catch(() => '');
  return printed === '' ? own : `${own}\n${printed}`.trim();
}

async function note(
  layout: Layout,
  what: string,
  facts: Commands['mark'],
  options: LocalTargetOptions,
): Promise<void> {
  await requireEndpoint(layout, options);
  await withEndpointLock(layout, what, options, async () => {
    const { client } = await ensureServer(layout, options);
    await client.send('mark', facts, options.signal);
  });
}

/** @throws UserError for an endpoint or candidate that does not exist; UpstreamError if its server is gone. */
async function openInvoker(
  layout: Layout,
  candidate: string | null,
  options: LocalTargetOptions,
): Promise<EndpointInvoker> {
  await requireEndpoint(layout, options);
  const connection = await connect(layout, options.processes, options.signal);
  if (connection.kind !== 'running') {
    const { detail } = await describeEndpoint(layout, options);
    throw new UpstreamError('local endpoint', detail || `The server of ${layout.endpoint} does not answer.`);
  }
  const names = connection.status.state.candidates.map(({ name }) => name);
  if (candidate !== null && !names.includes(candidate)) {
    const known = names.length > 0 ? `it has ${names.join(', ')}` : 'it has none';
    throw new UserError(`${layout.endpoint} has no candidate "${candidate}"; ${known}.`);
  }
  return createInvoker(layout.endpoint, connection.client.port, candidate, options.clock);
}

/** @throws UserError if there is no such endpoint. */
async function requireEndpoint(layout: Layout, options: LocalTargetOptions): Promise<EndpointDescription> {
  const description = await describeEndpoint(layout, options);
  if (description.status !== 'absent') return description;
  throw new UserError(
    `There is no local endpoint ${layout.endpoint} on this machine (looked in ${layout.folder}). ` +
      'A local endpoint lives as long as its job: deploy to it in the same job first.',
  );
}
