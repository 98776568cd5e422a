/** The plan of a release through Terraform: SageMaker's own plan of the model, bound to what Terraform will change. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createHmac } from 'node:crypto';
import { canonicalJson, digestOf, sha256 } from '../../core/canonical-json.ts';
import { UserError, type Problem } from '../../core/errors.ts';
import type { DeploymentRequest, EndpointDescription } from '../../core/targets.ts';
import {
  destroys,
  digestsOf,
  normalisedDigest,
  normalisePlan,
  type NormalisedChange,
  type NormalisedPlan,
} from '../../core/terraform/normalise-plan.ts';
import { parsePlanJson, type PlanJson } from '../../core/terraform/plan-json.ts';
import { makePlan, subjectOfPlan, type Finding, type Plan, type PlanStep } from '../../documents/plan.ts';
import {
  TARGET,
  VARIABLES_FILE,
  type SavedPlan,
  type Terraform,
  type TerraformState,
  type TerraformTargetOptions,
} from './options.ts';
import { versionOf, versionsOfFile, versionsOfState, type Variables, type Versions } from './variables.ts';

const AT_ONCE = { type: 'all-at-once', stepPercent: null, bakeMinutes: 0, alarms: [] } as const;
/** Of a change, in hexadecimal digits: 300 resources fit into an issue, and nobody finds a second one with the same. */
const DIGITS = 32;

export interface Planned {
  readonly plan: Plan;
  /** null if nothing was started. */
  readonly saved: SavedPlan | null;
}

/** @throws UserError for what SageMaker cannot serve, what nobody allowed to be destroyed, and what cannot be approved */
export async function planFor(request: DeploymentRequest, options: TerraformTargetOptions): Promise<Planned> {
  const { platform, terraform, wanted } = options;
  // Candidates and guardrails are SageMaker's target's; Terraform's endpoint says itself how it is updated.
  const desired = { ...request.desired, staging: 'none', strategy: AT_ONCE } as const;
  const asked = await platform.plan({ ...request, desired });
  const description = await platform.describe(request.endpoint);
  const begun = terraform === null ? null : await begin(terraform);
  const kept = begun === null ? await fromFile(wanted.directory) : versionsOfState(begun.state.json);
  const versions = {
    ...keptVersions(kept, asked, description, wanted.keepVersions),
    [asked.version]: versionOf(asked),
  };
  const variables: Variables = {
    ml_deploy: { endpoint: request.endpoint, serving: asked.version, versions },
  };
  await writeVariables(variables, options);
  if (begun === null) return { plan: withVariables(asked, variables), saved: null };
  const made = await changesOf(begun, options);
  const gone = Object.keys(kept).filter((version) => !(version in versions));
  checkDestroyed(made.normalised, gone, options);
  return { plan: assemble(asked, made, begun), saved: made.saved };
}

export interface Begun {
  readonly terraform: Terraform;
  readonly version: string;
  readonly state: TerraformState;
}

export async function begin(terraform: Terraform): Promise<Begun> {
  const version = await terraform.version();
  await terraform.init();
  return { terraform, version, state: await terraform.state() };
}

export interface Made {
  readonly normalised: NormalisedPlan;
  readonly saved: SavedPlan;
}

/** @throws UserError for a plan that nobody can approve */
export async function changesOf({ terraform, state }: Begun, options: TerraformTargetOptions): Promise<Made> {
  const saved = await terraform.plan();
  const json = parsePlanJson(saved.json, 'The plan of Terraform');
  const normalised = normalisePlan(json, state.lineage);
  for (const secret of normalised.secrets) options.host.redactor.addSecret(secret);
  const problems = [...variableProblems(json, options), ...timeProblems(normalised)];
  if (problems.length > 0) throw UserError.of(problems, { page: 'terraform' });
  return { normalised, saved };
}

/** What a root module does not declare is lost without a word. */
function variableProblems({ variables = {} }: PlanJson, { wanted }: TerraformTargetOptions): Problem[] {
  const needed = ['ml_deploy', ...(wanted.environment.size > 0 ? ['ml_deploy_environment'] : [])];
  return needed
    .filter((name) => !(name in variables))
    .map((name) => ({
      where: 'terraform: directory',
      message: `the root module has no variable "${name}", so Terraform would not see it.`,
      fix: 'Declare it, and pass it to the module terraform/release.',
    }));
}

function timeProblems({ timeOfPlan }: NormalisedPlan): Problem[] {
  return timeOfPlan.map((place) => ({
    where: place,
    message:
      'contains the time of the plan (plantimestamp()), so each plan is different and no approval could hold.',
    fix: 'Leave the time out, or use a value that stays.',
  }));
}

/** Of the versions that are kept, what an old one is made of goes without a word; anything else has to be named. */
function checkDestroyed(
  { changes }: NormalisedPlan,
  gone: readonly string[],
  { wanted }: TerraformTargetOptions,
): void {
  const isOld = ({ index, actions }: NormalisedChange) =>
    actions.join() === 'delete' && typeof index === 'string' && gone.includes(index);
  const refused = changes.filter(
    (change) => destroys(change) && !isOld(change) && !wanted.allowDestroy.includes(change.address),
  );
  if (refused.length === 0) return;
  const problems = refused.map(({ address, actions }) => ({
    where: 'terraform: allow-destroy',
    message: `${address} would be ${actions.length > 1 ? 'replaced' : 'deleted'}, and is not named.`,
    fix: 'Name its address there if that is meant.',
  }));
  throw UserError.of(problems, { page: 'terraform' });
}

/** The newest, and whatever serves or is gone back to. */
function keptVersions(
  known: Versions,
  { base }: Plan,
  { versions, previous }: EndpointDescription,
  keep: number,
): Versions {
  const newest = versions.map(({ version }) => version).filter((version) => version in known);
  // What never served is known to the state alone, and is kept no longer.
  const names = new Set([base, previous?.version ?? null, ...newest.slice(0, keep + 1)]);
  return Object.fromEntries(Object.entries(known).filter(([version]) => names.has(version)));
}

async function fromFile(directory: string): Promise<Versions> {
  const text = await readFile(join(directory, VARIABLES_FILE), 'utf8').catch(() => null);
  try {
    return text === null ? {} : versionsOfFile(JSON.parse(text));
  } catch (cause) {
    throw new UserError(`${VARIABLES_FILE} in ${directory} is not JSON. Restore it, or remove it.`, {
      cause,
    });
  }
}

export function variablesPath({ wanted }: TerraformTargetOptions): string {
  return join(wanted.directory, VARIABLES_FILE);
}

/** Holds no value of the container's variables. */
export async function writeVariables(variables: Variables, options: TerraformTargetOptions): Promise<void> {
  await writeFile(variablesPath(options), `${JSON.stringify(variables, null, 2)}\n`);
}

/** Without Terraform, what is approved is what is in the file. */
function withVariables(asked: Plan, variables: Variables): Plan {
  const spec = { ...asked.desired.spec, terraform: { variables: digestOf(variables) } };
  return remade(asked, { ...asked.desired, spec }, { steps: [], findings: foundBy(asked) });
}

function assemble(asked: Plan, { normalised }: Made, { version, state }: Begun): Plan {
  const { lineage, backend, lockFile } = state;
  const changes = Object.fromEntries(
    normalised.changes.map((change) => [nameOf(change), `${change.actions.join('+')} ${shortened(change)}`]),
  );
  const terraform = {
    version,
    lockFile,
    // The lineage seals the secrets of the plan, so it stays if the state is.
    lineage: lineage === null ? null : sha256(lineage),
    backend: backend === null ? null : sealed(backend, lineage),
    changes,
    digest: normalisedDigest(normalised),
  };
  const desired = { ...asked.desired, spec: { ...asked.desired.spec, terraform } };
  const steps = normalised.changes.map(stepOf);
  const isUnchanged = asked.action === 'unchanged' && steps.length === 0;
  const action = isUnchanged ? 'unchanged' : asked.action === 'create' ? 'create' : 'update';
  const findings = [...findingsOf(normalised), ...foundBy(asked)];
  return remade(asked, desired, { action, steps, findings });
}

/** How Terraform's endpoint is updated, its module says: what runs beside it meanwhile is not known here. */
function costOf({ cost }: Plan): Pick<Plan, 'cost'> {
  if (cost === undefined) return {};
  const note = 'What Terraform starts beside it during the update is not in these figures.';
  const lines = cost.lines.filter(({ phase }) => phase !== 'release');
  return { cost: { ...cost, lines, notes: [...cost.notes, note] } };
}

function remade(asked: Plan, desired: Plan['desired'], parts: Partial<Plan>): Plan {
  const subject = { ...subjectOfPlan(asked), target: TARGET, desired };
  return makePlan(subject, { ...asked, ...costOf(asked), candidate: null, ...parts });
}

/** A backend's settings may hold a key. */
function sealed(backend: unknown, lineage: string | null): string {
  return lineage === null
    ? 'not compared: there is no state yet'
    : createHmac('sha256', lineage).update(canonicalJson(backend)).digest('hex').slice(0, DIGITS);
}

function nameOf({ address, deposed }: NormalisedChange): string {
  return deposed === undefined ? address : `${address} (deposed ${deposed})`;
}

function shortened(change: NormalisedChange): string {
  return digestOf(digestsOf(change)).slice(0, DIGITS);
}

function stepOf(change: NormalisedChange): PlanStep {
  return { when: 'will', what: `Terraform: ${change.actions.join(' and ')} ${nameOf(change)}` };
}

/** What SageMaker's plan says well of its own calls is not what will be done. */
function foundBy({ findings }: Plan): Finding[] {
  return findings.filter(({ level }) => level !== 'ok');
}

function findingsOf({ changes, drift, withheld }: NormalisedPlan): Finding[] {
  const count = (action: string) => changes.filter(({ actions }) => actions.includes(action)).length;
  const counts = `${count('create')} to add, ${count('update')} to change, ${count('delete')} to destroy`;
  return [
    { level: 'ok', message: `Terraform: ${counts}.` },
    ...drift.map((what): Finding => ({
      level: 'warning',
      message: `${what} changed outside Terraform. The approval does not cover this.`,
    })),
    ...(withheld === 0
      ? []
      : [
          {
            level: 'warning' as const,
            message: `${withheld} sensitive values are not covered by the approval: the state is new, and nothing seals them yet.`,
          },
        ]),
  ];
}
