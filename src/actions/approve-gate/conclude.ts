/** Mode conclude: says on the Deployment and on the issue how the release went that was approved there. */
import { released } from '../../core/approval/answers.ts';
import type { Deployment, DeploymentState } from '../../core/approval/deployment-host.ts';
import { requestsOf } from '../../core/approval/find-request.ts';
import { sameEndpoint, TASK } from '../../core/approval/request-payload.ts';
import { tryPayload, type RequestPayload } from '../../documents/request-payload.ts';
import { UserError } from '../../core/errors.ts';
import type { Conclusion, Inputs } from './checks.ts';
import { claimed } from './deployments.ts';
import { OLDEST_MS } from './open.ts';
import type { Connected } from './ports.ts';

export async function conclude(
  { deploymentId, result }: Conclusion,
  { endpointUrl }: Inputs,
  ports: Connected,
): Promise<void> {
  const { host, context, report, log } = ports;
  const { deployment, payload } = await requestOf(deploymentId, ports);
  const url = endpointUrl ?? '';
  await host.setStatus(deploymentId, {
    state: stateOf(result),
    description: `${payload.plan.endpoint}: ${result}`,
    logUrl: context.runUrl,
    environmentUrl: url,
  });
  report.output('deployment-id', deploymentId);
  report.output('issue-number', payload.issue);
  if (result === 'success') await retireServed(deployment, payload, ports);
  await host.comment(payload.issue, released(result, payload.plan.endpoint, url, context.runUrl));
  log.info(`Deployment ${deploymentId} of ${payload.plan.endpoint}: ${result}.`);
}

/** Only the run that took the request can say how it went. */
async function requestOf(
  id: number,
  { host, context }: Connected,
): Promise<{ deployment: Deployment; payload: RequestPayload }> {
  const deployment = await host.deployment(id);
  const payload = tryPayload(deployment?.payload);
  if (deployment === null || payload === null || 'problem' in payload) {
    const message = `"${id}" is not a deployment of the gate. Use the output deployment-id of mode resume.`;
    throw UserError.of([{ where: 'deployment-id', message }]);
  }
  const taken = claimed(await host.statuses(id));
  if (taken?.logUrl !== context.runUrl || context.runUrl === '') {
    throw new UserError(
      `This run (${context.runUrl || 'unknown'}) did not take the request #${payload.issue}, so it cannot conclude deployment ${id}.`,
    );
  }
  return { deployment, payload };
}

function stateOf(result: Conclusion['result']): DeploymentState {
  if (result === 'success') return 'success';
  return result === 'skipped' ? 'inactive' : 'failure';
}

/** What served on this endpoint before does no longer; other endpoints of the environment are left alone. */
async function retireServed(
  deployment: Deployment,
  payload: RequestPayload,
  ports: Connected,
): Promise<void> {
  const { host, context, clock } = ports;
  const since = new Date(clock.now().getTime() - OLDEST_MS).toISOString();
  const { environment, creator } = deployment;
  const all = await host.deployments({ task: TASK, environment, since });
  for (const other of requestsOf(all, context.repository, creator)) {
    if (other.deployment.id >= deployment.id || !sameEndpoint(other.payload, payload)) continue;
    if ((await host.statuses(other.deployment.id)).at(-1)?.state !== 'success') continue;
    await host.setStatus(other.deployment.id, {
      state: 'inactive',
      description: `Replaced by deployment ${deployment.id}`,
      logUrl: context.runUrl,
      environmentUrl: '',
    });
  }
}
