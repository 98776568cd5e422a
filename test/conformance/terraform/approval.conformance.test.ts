/** Who approves a plan of Terraform, what that binds, and what of it anybody gets to see. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ActionRun } from '../../../scripts/lib/runner-protocol.ts';
import { GateBed, type Job } from '../../e2e/gate-bed.ts';
import { startReleaseBed, type ReleaseBed } from './release-bed.ts';
import { terraform } from './terraform-bed.ts';

const CANARIES = {
  variable: 'canary-of-a-variable-4c1b',
  attribute: 'canary-of-a-provider-77aa',
  container: 'canary-of-the-container-e0f3',
} as const;
/** The most that GitHub takes is 65,536 characters. */
const LONGEST_BODY = 65_000;

let bed: ReleaseBed;
let gate: GateBed;

function ok(run: ActionRun): ActionRun {
  expect(run.exitCode, run.log).toBe(0);
  return run;
}

const hcl = (name: string, text: string) => writeFileSync(join(bed.directory, name), text);

async function plan(model: 'one' | 'two', inputs: Record<string, string> = {}): Promise<ActionRun> {
  return ok(await bed.plan(model, inputs, { env: { GITHUB_SHA: await gate.github.headCommit() } }));
}

interface Asked {
  readonly issue: string;
  readonly run: ActionRun;
  say(login: string): Promise<ActionRun>;
}

/** Asks for two approvals, and lets people comment. */
async function ask(planned: ActionRun): Promise<Asked> {
  const inputs = {
    approvers: 'amira, ben',
    'minimum-approvals': '2',
    token: gate.github.token,
    environment: 'dev',
  };
  const job: Job = await gate.job();
  const plan = planned.outputs['plan-path'] ?? '';
  const run = ok(await job.run('approve-gate', { ...inputs, 'plan-path': plan, mode: 'request' }));
  const issue = run.outputs['issue-number'] ?? '';
  const say = async (login: string) => {
    const comment = await gate.say(issue, login, 'approved');
    const next = await gate.commentJob(issue, comment, login);
    return ok(await next.run('approve-gate', { ...inputs, mode: 'resume', requester: gate.github.botLogin }));
  };
  return { issue, run, say };
}

async function approved(planned: ActionRun): Promise<string> {
  const { say } = await ask(planned);
  await say('amira');
  return (await say('ben')).outputs['approved-plan-json'] ?? '';
}

const deploy = (plan: string, inputs: Record<string, string> = {}) =>
  bed.release('two', { 'approved-plan': plan, 'require-approval': 'true', ...inputs });

describe.skipIf(terraform === null)('a plan of Terraform', () => {
  beforeEach(async () => {
    [bed, gate] = await Promise.all([startReleaseBed(CANARIES.attribute), GateBed.open()]);
  });
  afterEach(async () => {
    await bed.close();
    await gate.close();
  });

  test('is applied after two approvals, and not after one; another apply in between is none of its business', async () => {
    hcl('other.tf', 'resource "terraform_data" "other" {\n  input = file("other.txt")\n}\n');
    hcl('other.txt', 'first');
    ok(await bed.release('one'));
    const planned = await plan('two');
    const { say } = await ask(planned);
    expect((await say('amira')).outputs).toMatchObject({ status: 'pending', 'approved-plan-json': '' });
    const { outputs } = await say('ben');
    expect(outputs.status).toBe('approved');

    hcl('other.txt', 'second');
    const apply = ['apply', '-input=false', '-auto-approve', '-no-color', '-var-file=dev.tfvars'];
    const beside = await bed.terraform(...apply, '-target=terraform_data.other');
    expect(beside.output).toContain('Apply complete! Resources: 0 added, 1 changed, 0 destroyed.');

    bed.aws.forget();
    const done = ok(await deploy(outputs['approved-plan-json'] ?? ''));
    expect(done.outputs.outcome).toBe('deployed');
    expect(bed.changes()).toEqual(['CreateModel', 'CreateEndpointConfig', 'UpdateEndpoint']);
  });

  test('is refused where a variable was changed since, with what differs; so is one for another state', async () => {
    hcl(
      'size.tf',
      'variable "size" {\n  type = number\n}\nresource "terraform_data" "size" {\n  input = var.size\n}\n',
    );
    hcl('size.auto.tfvars', 'size = 1\n');
    ok(await bed.release('one'));
    const plan2 = await approved(await plan('two'));
    bed.aws.forget();

    hcl('size.auto.tfvars', 'size = 2\n');
    const changed = await deploy(plan2);
    expect(changed.exitCode).toBe(1);
    expect(changed.error).toContain('differs from the approved plan');
    expect(changed.error).toContain('terraform_data.size');
    expect(bed.changes()).toEqual([]);

    hcl('size.auto.tfvars', 'size = 1\n');
    const prod = readFileSync(join(bed.directory, 'dev.s3.tfbackend'), 'utf8').replace(
      'release.tfstate',
      'prod.tfstate',
    );
    hcl('other.s3.tfbackend', prod);
    const elsewhere = await deploy(plan2, bed.withBackend('other.s3.tfbackend, test.s3.tfbackend'));
    expect(elsewhere.exitCode).toBe(1);
    expect(elsewhere.error).toContain('differs from the approved plan');
    expect(bed.changes()).toEqual([]);
    ok(await deploy(plan2));
  });

  test('shows no secret to anybody', async () => {
    hcl(
      'secret.tf',
      `variable "secret" {
  type      = string
  sensitive = true
  default   = "${CANARIES.variable}"
}
resource "random_password" "it" {
  length = 20
}
resource "terraform_data" "copy" {
  input = { from_variable = var.secret, from_provider = random_password.it.result }
}
resource "terraform_data" "copy_of_the_copy" {
  input = { all = terraform_data.copy.output, model = var.ml_deploy.serving }
}
output "shown" {
  value     = terraform_data.copy.output
  sensitive = true
}
`,
    );
    const inputs = { 'environment-variables': `TOKEN=${CANARIES.container}` };
    const first = ok(await bed.release('one', inputs));
    const planned = await plan('two', inputs);
    const { issue, run, say } = await ask(planned);
    const half = await say('amira');
    const whole = await say('ben');
    const done = ok(await deploy(whole.outputs['approved-plan-json'] ?? '', inputs));
    const { body } = await gate.issue(issue);
    const seen = {
      runs: [first, planned, run, half, whole, done].map(({ log, summary, outputs, state }) => [
        log,
        summary,
        outputs,
        state,
      ]),
      plan: readFileSync(planned.outputs['plan-path'] ?? '', 'utf8'),
      record: readFileSync(done.outputs['release-record'] ?? '', 'utf8'),
      issue: body,
      comments: await gate.comments(issue),
      deployments: gate.github.deployments,
      left: filesBelow(bed.env.RUNNER_TEMP ?? '').map((path) => readFileSync(path, 'latin1')),
    };
    // The runner is told what to hide by commands in the log: those lines are no text that anybody reads.
    const text = JSON.stringify(seen).replaceAll(/::add-mask::.*?\\n/g, '');
    for (const [place, canary] of Object.entries(CANARIES)) {
      for (const written of [canary, Buffer.from(canary).toString('base64').slice(0, -4)])
        expect(text.split(written).length - 1, place).toBe(0);
    }
    expect(text).toContain('terraform_data.copy_of_the_copy');
    const state = (await bed.terraform('state', 'pull')).stdout;
    for (const canary of Object.values(CANARIES)) expect(state).toContain(canary);
    expect(bed.left()).toEqual([]);
  });

  test('of 300 resources fits into an issue, and is approved there', async () => {
    ok(await bed.release('one'));
    hcl(
      'many.tf',
      'resource "terraform_data" "a_resource_with_a_rather_long_name" {\n  count = 300\n  input = "${count.index}${join("", [for i in range(500) : "0123"])}"\n}\n',
    );
    const planned = await plan('two');
    const { issue, say } = await ask(planned);
    const { body } = await gate.issue(issue);
    const shown = [body, ...(await gate.comments(issue))];
    console.log(
      `the request of 303 changes has texts of ${shown.map(({ length }) => length).join(', ')} characters`,
    );
    for (const text of shown) expect(text.length).toBeLessThanOrEqual(LONGEST_BODY);
    expect(shown.join()).toContain('more: the summary of the run that planned names them.');
    await say('amira');
    const { outputs } = await say('ben');
    expect(outputs.status).toBe('approved');
    expect(ok(await deploy(outputs['approved-plan-json'] ?? '')).outputs.outcome).toBe('deployed');
  });
});

function filesBelow(folder: string): string[] {
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path));
  return all.filter((path) => statSync(path).isFile());
}
