/** `target: terraform`: endpoints of SageMaker that Terraform or OpenTofu releases to. */
import { UserError } from '../../core/errors.ts';
import type { DeploymentRequest, DeploymentTarget } from '../../core/targets.ts';
import { planFor, variablesPath, type Planned } from './make-plan.ts';
import { deploy, rollback } from './operations.ts';
import { TARGET, type TerraformTargetOptions } from './options.ts';

export function createTerraformTarget(options: TerraformTargetOptions): DeploymentTarget {
  const { platform, terraform } = options;
  let planned: Planned | null = null;
  return {
    name: TARGET,
    ...(platform.prices === undefined ? {} : { prices: platform.prices }),
    plan: async (request: DeploymentRequest) => {
      checkTrusted(options);
      planned = await planFor(request, options);
      return planned.plan;
    },
    deploy: (plan) => deploy(plan, planned, options),
    rollback: (endpoint, version, from = null) => {
      checkTrusted(options);
      return rollback(endpoint, version, from, options);
    },
    stage: () => Promise.reject(notHere('stage')),
    promote: () => Promise.reject(notHere('promote')),
    discard: () => Promise.reject(notHere('discard')),
    teardown: () => Promise.reject(notHere('teardown')),
    reap: () => Promise.reject(notHere('reap')),
    describe: (endpoint) => platform.describe(endpoint),
    links: (endpoint) => platform.links(endpoint),
    noteRelease: (endpoint, version, release) => platform.noteRelease(endpoint, version, release),
    markVerified: (endpoint, version) => platform.markVerified(endpoint, version),
    logs: (endpoint, lines) => platform.logs(endpoint, lines),
    invoker: (endpoint, candidate) => platform.invoker(endpoint, candidate),
    settle: async () => (terraform === null ? [] : terraform.settle()),
    variablesFile: () => (planned === null ? null : variablesPath(options)),
  };
}

function notHere(command: string): UserError {
  const message = `"${command}" is not done through Terraform.`;
  const fix =
    command === 'teardown'
      ? 'Remove what Terraform created with "terraform destroy".'
      : 'Use plan, deploy and rollback.';
  return UserError.of([{ where: 'command', message, fix }]);
}

/** Planning runs the code of the root module, with the credentials of the job. */
function checkTrusted({ host }: TerraformTargetOptions): void {
  const { name, isFromFork } = host.settings.event;
  const refuse = (why: string) =>
    new UserError(
      `Terraform is not started: ${why} Planning runs whatever the HCL says, with the credentials of this job. Plan on a branch of this repository.`,
      { page: 'terraform' },
    );
  if (name === 'pull_request_target') throw refuse('the event is pull_request_target.');
  if (isFromFork) throw refuse(`the event ${name} comes from a fork.`);
}
