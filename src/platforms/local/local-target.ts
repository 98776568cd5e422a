/** `target: local`: an endpoint on this machine, in a process that outlives the step. */
import { UpstreamError, UserError } from '../../core/errors.ts';
import type { Plan } from '../../documents/plan.ts';
import type { DeploymentResult, DeploymentTarget, EndpointInvoker } from '../../core/targets.ts';
import type { Commands } from './control-protocol.ts';
import { connect } from './connect.ts';
import { describeEndpoint } from './describe.ts';
import { withEndpointLock } from './endpoint-lock.ts';
import { createInvoker } from './invoker.ts';
import { layoutOf, type Layout } from './layout.ts';
import { tailOf } from './log-tail.ts';
import { planFor, TARGET } from './make-plan.ts';
import { refuseLinks } from './no-links.ts';
import * as operations from './operations.ts';
import type { LocalTargetOptions } from './options.ts';
import { reap } from './reap.ts';
import { rehearse } from './rehearse.ts';
import { rollBack } from './rollback.ts';
import { ensureServer } from './server-process.ts';
import { tearDown } from './teardown.ts';

type Operation = (layout: Layout, plan: Plan, options: LocalTargetOptions) => Promise<DeploymentResult>;

export function createLocalTarget(options: LocalTargetOptions): DeploymentTarget {
  const at = (endpoint: string) => {
    const layout = layoutOf(options.root, endpoint);
    refuseLinks(layout);
    return layout;
  };
  const locked = (command: string, operation: Operation) => (plan: Plan) => {
    const layout = at(plan.endpoint);
    return withEndpointLock(layout, command, options, () => operation(layout, plan, options));
  };
  return {
    name: TARGET,
    plan: async (request) =>
      planFor(request, await describeEndpoint(at(request.endpoint), options), options.clock.now()),
    rehearse: (plan) => rehearse(plan, options),
    deploy: locked('deploy', operations.deploy),
    stage: locked('stage', operations.stage),
    promote: locked('promote', operations.promote),
    discard: locked('discard', operations.discard),
    rollback: async (endpoint, version) => {
      const layout = at(endpoint);
      await operations.requireEndpoint(layout, options);
      return withEndpointLock(layout, 'rollback', options, () => rollBack(layout, version, options));
    },
    teardown: (endpoint) => tearDown(at(endpoint), options),
    reap: (endpoint, environment) => reap(at(endpoint), environment, options),
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
  await operations.requireEndpoint(layout, options);
  await withEndpointLock(layout, what, options, async () => {
    const { client } = await ensureServer(layout, options);
    await client.send('mark', facts, options.signal);
  });
}

/** @throws UserError for an endpoint or candidate that does not exist; UpstreamError where its server is gone. */
async function openInvoker(
  layout: Layout,
  candidate: string | null,
  options: LocalTargetOptions,
): Promise<EndpointInvoker> {
  await operations.requireEndpoint(layout, options);
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
