/** Applies what was planned, and believes SageMaker alone about what is true then. */
import { digestOf } from '../../core/canonical-json.ts';
import { UserError } from '../../core/errors.ts';
import type { DeploymentResult, EndpointDescription, Outcome, VersionInfo } from '../../core/targets.ts';
import type { NormalisedChange } from '../../core/terraform/normalise-plan.ts';
import type { Plan } from '../../documents/plan.ts';
import { begin, changesOf, writeVariables, type Planned } from './make-plan.ts';
import type { Applied, Terraform, TerraformTargetOptions } from './options.ts';
import { versionsOfState } from './variables.ts';

/** @param planned by this step: a plan that another step saved may be for another state */
export async function deploy(
  plan: Plan,
  planned: Planned | null,
  options: TerraformTargetOptions,
): Promise<DeploymentResult> {
  const { platform, terraform } = options;
  if (terraform === null) {
    const fix =
      'With binary: none the command "plan" writes the variables, and your own pipeline applies them.';
    throw UserError.of([{ where: 'terraform: binary', message: '"none" applies nothing.', fix }]);
  }
  if (planned?.saved == null || digestOf(planned.plan.desired) !== digestOf(plan.desired)) {
    throw new TypeError('A plan is applied by the step that made it.');
  }
  const applied = await terraform.apply(planned.saved);
  const description = await platform.describe(plan.endpoint);
  const serving = description.status === 'serving' ? (description.live?.version ?? null) : null;
  if (serving !== plan.version) return notServing(plan, applied, description, serving);
  const read = await readBack(plan, options);
  if (!applied.ok) {
    const message = `terraform apply failed, although ${plan.endpoint} serves ${plan.version}. ${remaining(applied)}`;
    return { ...read, outcome: 'failed', message, page: 'terraform' };
  }
  return read;
}

/**
 * SageMaker's own target compares all of what serves with what was planned, and notes the version as served. It has nothing to
 * change: the version serves.
 */
async function readBack(plan: Plan, { platform }: TerraformTargetOptions): Promise<DeploymentResult> {
  const { terraform: _, ...spec } = plan.desired.spec;
  const desired = { ...plan.desired, spec };
  return platform.deploy({ ...plan, target: platform.name, desired, base: plan.version });
}

function notServing(
  { endpoint, version, base }: Plan,
  applied: Applied,
  description: EndpointDescription,
  serving: string | null,
): DeploymentResult {
  const said = applied.ok ? 'Terraform says that it applied the plan' : 'terraform apply failed';
  const why = description.detail === '' ? '' : ` ${description.detail}`;
  const is = `${endpoint} serves ${serving ?? 'nothing'}, not ${version}.`;
  const message = `${said}, and ${is}${why}${applied.ok ? '' : ` ${remaining(applied)}`}`;
  const isBack = serving !== null && serving === base && applied.ok;
  const outcome: Outcome = isBack ? 'rolled-back' : 'failed';
  return { outcome, message, description, candidate: null, page: isBack ? 'rolled-back' : 'terraform' };
}

/** A plan cannot be applied again: what is left is another change, which somebody has to approve. */
function remaining({ errors }: Applied): string {
  return `${errors}\nThe rest is another plan: plan again, and have that approved.`;
}

export async function rollback(
  endpoint: string,
  wanted: string | null,
  from: string | null,
  options: TerraformTargetOptions,
): Promise<DeploymentResult> {
  const { platform, terraform } = options;
  if (terraform === null) throw noProgram();
  const description = await platform.describe(endpoint);
  const live = description.live?.version ?? null;
  if (from !== null && from !== live) {
    throw new UserError(
      `${endpoint} no longer serves ${from}, but ${live ?? 'nothing'}. Nothing was changed.`,
    );
  }
  const to = chosen(description, wanted);
  if (to.version === live) {
    const message = `${endpoint} serves ${to.version} already.`;
    return { outcome: 'rolled-back', message, description, candidate: null };
  }
  const planned = await planBack(endpoint, to.version, terraform, options);
  const applied = await terraform.apply(planned);
  const after = await platform.describe(endpoint);
  if (after.live?.version !== to.version) {
    const why = [applied.errors, after.detail].filter(Boolean).join(' ');
    const message = `${endpoint} should go back to ${to.version}, but ${after.live?.version ?? 'nothing'} serves. ${why}`;
    return { outcome: 'failed', message, description: after, candidate: null, page: 'terraform' };
  }
  if (live !== null) await platform.noteWithdrawn?.(endpoint, live);
  const message = `${endpoint} went back from ${live ?? 'nothing'} to ${to.version}, read back from SageMaker.`;
  return { outcome: 'rolled-back', message, description: await platform.describe(endpoint), candidate: null };
}

/** @throws UserError if anything but the endpoint would change: going back is allowed without an approval, that is not */
async function planBack(
  endpoint: string,
  version: string,
  terraform: Terraform,
  options: TerraformTargetOptions,
) {
  const begun = await begin(terraform);
  const versions = versionsOfState(begun.state.json);
  if (!(version in versions)) {
    const known = Object.keys(versions).join(', ') || 'none';
    throw new UserError(`Terraform's state has no version ${version}; it has ${known}. Nothing was changed.`);
  }
  await writeVariables({ ml_deploy: { endpoint, serving: version, versions } }, options);
  const { normalised, saved } = await changesOf(begun, options);
  const others = normalised.changes.filter((change) => !movesTo(version, change));
  if (others.length > 0 || normalised.changes.length !== 1) {
    const list =
      others.map(({ address, actions }) => `${address} (${actions.join(' and ')})`).join(', ') || 'nothing';
    throw new UserError(
      `To go back to ${version}, Terraform would change more than the endpoint: ${list}. Nothing was changed. Apply the rest first, or plan and approve a release.`,
      { page: 'rollback-refused' },
    );
  }
  return saved;
}

function movesTo(version: string, { actions, after }: NormalisedChange): boolean {
  const values = typeof after === 'object' && after !== null ? Object.values(after) : [];
  return actions.join() === 'update' && values.includes(version);
}

/** A version may be given by its first characters, or by the digits at its end. */
function chosen(
  { endpoint, versions, previous, live }: EndpointDescription,
  wanted: string | null,
): VersionInfo {
  if (wanted === null) {
    if (previous !== null) return previous;
    throw new UserError(
      `There is nothing to roll ${endpoint} back to: no version is known to have served before ${live?.version ?? 'the first one'}. Nothing was changed.`,
    );
  }
  const exact = versions.find(({ version }) => version === wanted);
  if (exact !== undefined) return exact;
  const matches = wanted.length < 8 ? [] : versions.filter(({ version }) => version.endsWith(wanted));
  const [only] = matches;
  if (only !== undefined && matches.length === 1) return only;
  const known = versions.map(({ version }) => version).join(', ') || 'none';
  throw UserError.of([
    { where: 'to-version', message: `${endpoint} has no version "${wanted}"; it has ${known}.` },
  ]);
}

function noProgram(): UserError {
  const fix = 'Move `serving` in ml-deploy.auto.tfvars.json, and apply it.';
  return UserError.of([{ where: 'terraform: binary', message: '"none" rolls nothing back.', fix }]);
}
