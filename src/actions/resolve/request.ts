/**
 * Which environment and model a request for approval is about, so approve-gate knows by whose rules it is
 * decided. It comes from the payload of the Deployment, which nobody can change, and from ml-deploy.yml: whatever the rules
 * of one model let through is refused for the endpoint of another one.
 */
import { findRequest } from '../../core/approval/find-request.ts';
import { TASK } from '../../core/approval/request-payload.ts';
import type { Config } from '../../core/config/config-file.ts';
import { UserError } from '../../core/errors.ts';
import type { Plan } from '../../documents/plan.ts';
import { connected } from './connected.ts';
import type { Inputs } from './inputs.ts';
import { noConfig } from './missing-config.ts';
import type { ResolvePorts } from './ports.ts';

/** No request is older: approve-gate keeps none open for more than 30 days. */
const OLDEST_MS = 31 * 24 * 3600 * 1000;

/** @throws UserError for a request that must not be believed, or for an endpoint that ml-deploy.yml does not have. */
export async function request({ account }: Inputs, ports: ResolvePorts): Promise<void> {
  const { report, log, context, clock } = ports;
  report.output('environment', '');
  report.output('model-name', '');
  const event = await ports.event();
  if (event === null) throw new UserError('The run was not started by a comment on an issue.');
  const { issue, isPullRequest } = event;
  if (isPullRequest) {
    log.info('The comment is on a pull request, which is not a request for approval.');
    return;
  }
  const host = await connected(ports);
  const since = new Date(clock.now().getTime() - OLDEST_MS).toISOString();
  const deployments = await host.deployments({ task: TASK, environment: null, since });
  const found = findRequest(deployments, { repository: context.repository, issue, requester: account });
  if (found.kind === 'refused')
    throw new UserError(`The request #${issue} is not believed: ${found.reason}.`);
  if (found.kind === 'none') {
    log.info(`#${issue} is not a request for approval: no deployment of ${account} names it.`);
    return;
  }
  const { environment, plan } = found.payload;
  const modelName = modelOf(plan, environment, await ports.readConfig(), ports.sampleUrl);
  report.output('environment', environment);
  report.output('model-name', modelName ?? '');
  const model = modelName === null ? '' : ` (${modelName})`;
  log.info(`#${issue} asks for ${plan.endpoint} in ${environment}${model}.`);
}

/** Null if the file has no models. */
function modelOf(
  { endpoint, target }: Plan,
  environment: string,
  config: Config | null,
  sampleUrl: string,
): string | null {
  if (config === null) throw noConfig('which says who can approve', sampleUrl);
  const models = config.models.length === 0 ? [null] : config.models;
  const found = models.find((modelName) => {
    const lookup = (name: string) =>
      config.lookup(name, { action: 'deploy-endpoint', environment, modelName })?.text.trim();
    return lookup('endpoint-name') === endpoint && lookup('target') === target;
  });
  if (found !== undefined) return found;
  throw new UserError(
    `ml-deploy.yml has no model with the endpoint ${endpoint} of target ${target} in ${environment}, which the request ` +
      'asks for, so the approvers are not known.',
  );
}
