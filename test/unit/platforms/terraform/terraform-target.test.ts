import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTerraformTarget } from '../../../../src/platforms/terraform/terraform-target.ts';
import { checkApproved } from '../../../../src/core/plan/check-approved.ts';
import { writePlan } from '../../../../src/documents/plan.ts';
import { ENDPOINT, type ModelName } from '../../../platforms/target-suite.ts';
import { makeTerraformBed, type TerraformBed } from './bed.ts';

let bed: TerraformBed;
beforeEach(async () => {
  bed = await makeTerraformBed();
});
afterEach(() => bed.dispose());

const request = (model: ModelName) => bed.aws.request(model);
const plan = (model: ModelName, target = bed.target) => target.plan(request(model));

async function release(model: ModelName) {
  const target = bed.again();
  return target.deploy(await plan(model, target));
}

const count = (name: string) => bed.aws.aws.calls.filter(({ action }) => action === name).length;

describe('a plan through Terraform', () => {
  it('is bound to what Terraform will change, and changes nothing', async () => {
    const made = await plan('one');
    expect(made).toMatchObject({ target: 'terraform', action: 'create', base: null, candidate: null });
    expect(made.desired.staging).toBe('none');
    const { changes } = made.desired.spec.terraform as { changes: Record<string, string> };
    expect(Object.values(changes).map((change) => change.split(' ')[0])).toEqual([
      'create',
      'create',
      'create',
    ]);
    expect(made.findings[0]?.message).toContain('3 to add, 0 to change, 0 to destroy');
    expect(bed.terraform.calls).toEqual(['init', 'plan']);
    expect((await bed.target.describe(ENDPOINT)).status).toBe('absent');
  });

  it('writes the variables of the release, with the version that will serve', async () => {
    const made = await plan('one');
    const { ml_deploy: variables } = await bed.file();
    expect(variables).toMatchObject({ endpoint: ENDPOINT, serving: made.version });
    expect(variables.versions[made.version]).toEqual({
      image: bed.aws.image.uri,
      model_data_url: bed.aws.archives.one.url,
      execution_role_arn: bed.aws.role,
      variant_name: 'main',
      instance_type: 'ml.m5.large',
      instance_count: 1,
    });
    expect(bed.target.variablesFile?.()).toContain('ml-deploy.auto.tfvars.json');
  });

  it('is the same when it is made again, and another one for another state or workspace of the backend', async () => {
    await release('one');
    const first = await plan('two', bed.again());
    expect((await plan('two', bed.again())).digest).toBe(first.digest);
    bed.terraform.lineage = 'the state of another environment';
    const other = await plan('two', bed.again());
    expect(other.digest).not.toBe(first.digest);
    expect(checkApproved(first, other)).toMatchObject({ accepted: false });
    expect(JSON.stringify(first)).not.toContain('a-lineage');
  });

  it('holds no secret, and no resource by its values: 300 of them fit into an issue', async () => {
    bed.terraform.extra = Array.from({ length: 300 }, (_, index) => ({
      address: `aws_cloudwatch_metric_alarm.a_rather_long_name["endpoint-number-${index}"]`,
      type: 'aws_cloudwatch_metric_alarm',
      provider_name: 'registry.terraform.io/hashicorp/aws',
      change: {
        actions: ['create'],
        before: null,
        after: { text: 'x'.repeat(2000), key: 'canary-secret-1234' },
        after_sensitive: { key: true },
      },
    }));
    const text = writePlan(await plan('one'));
    expect(text).not.toContain('canary');
    expect(JSON.stringify((JSON.parse(text) as { desired: object }).desired).length).toBeLessThan(50_000);
  });

  it.each([
    ['delete', { actions: ['delete'] }, 'would be deleted'],
    ['replace', { actions: ['delete', 'create'] }, 'would be replaced'],
    ['forget', { actions: ['forget'] }, 'would be deleted'],
  ])('is refused where it would %s what nobody named', async (_, change, message) => {
    const address = 'aws_s3_bucket.store';
    bed.terraform.extra = [{ address, change: { ...change, before: { bucket: 'b' }, after: null } }];
    await expect(plan('one')).rejects.toThrow(message);
    await expect(plan('one')).rejects.toThrow(address);
    await expect(plan('one', bed.again({ wanted: { allowDestroy: [address] } }))).resolves.toBeDefined();
  });

  it('is refused with the place of a value that is the time of the plan', async () => {
    bed.terraform.more = { timestamp: '2026-11-28T20:00:00Z' };
    const after = { tags: { At: '2026-11-28T20:00:00Z' } };
    bed.terraform.extra = [
      { address: 'aws_sns_topic.t', change: { actions: ['create'], before: null, after } },
    ];
    await expect(plan('one')).rejects.toThrow('aws_sns_topic.t.tags.At: contains the time of the plan');
  });

  it('is refused where the root module would not see the variables', async () => {
    bed.terraform.more = { variables: {} };
    await expect(plan('one')).rejects.toThrow('has no variable "ml_deploy"');
  });

  it.each([
    { name: 'pull_request_target', isFromFork: false },
    { name: 'pull_request', isFromFork: true },
    { name: 'workflow_run', isFromFork: true },
  ])('starts nothing for $name (fork: $isFromFork)', async (event) => {
    const target = bed.again({ event });
    await expect(plan('one', target)).rejects.toThrow('Terraform is not started');
    expect(() => target.rollback(ENDPOINT, null)).toThrow('Terraform is not started');
    expect(bed.terraform.calls).toEqual([]);
  });

  it('is refused where terraform/release has no place for a setting', async () => {
    const settings = { modelOverrides: { PrimaryContainer: { ContainerHostname: 'x' } } };
    await expect(bed.target.plan(bed.aws.requestWith('one', {}, settings))).rejects.toThrow(
      'terraform cannot set model.PrimaryContainer.ContainerHostname',
    );
  });
});

describe('a release through Terraform', () => {
  it('serves what was planned, read back from SageMaker and noted there', async () => {
    const first = await release('one');
    expect(first).toMatchObject({ outcome: 'deployed', description: { status: 'serving' } });
    const second = await release('two');
    expect(second.outcome).toBe('deployed');
    expect(second.description.previous?.version).toBe(first.description.live?.version);
    expect(second.description.live).toMatchObject({ served: true, modelDigest: bed.aws.archives.two.digest });
    expect([count('UpdateEndpoint'), count('DeleteEndpointConfig'), count('DeleteModel')]).toEqual([1, 0, 0]);
    // Terraform's, and none beside them.
    expect([count('CreateModel'), count('CreateEndpointConfig')]).toEqual([2, 2]);
  });

  it('has nothing to do for what serves', async () => {
    await release('one');
    expect(await plan('one', bed.again())).toMatchObject({ action: 'unchanged', changes: [] });
  });

  it('is rolled-back where SageMaker went back, whatever Terraform says', async () => {
    const first = await release('one');
    const target = bed.again();
    const made = await plan('broken', target);
    bed.terraform.onApply = async (work) => {
      await work().catch(() => undefined);
      return { ok: true, errors: '' };
    };
    const result = await target.deploy(made);
    expect(result.outcome).toBe('rolled-back');
    expect(result.message).toContain('Terraform says that it applied the plan');
    expect(result.description.live?.version).toBe(first.description.live?.version);
  });

  it('has failed where the apply failed in the middle; the approval is then void', async () => {
    await release('one');
    const target = bed.again();
    const made = await plan('two', target);
    bed.terraform.onApply = async (work) => {
      await work();
      return { ok: false, errors: 'Error: creating the alarm: AccessDenied' };
    };
    bed.terraform.extra = [];
    const result = await target.deploy(made);
    expect(result).toMatchObject({ outcome: 'failed', page: 'terraform' });
    expect(result.message).toContain('AccessDenied');
    expect(result.message).toContain('plan again');
    bed.terraform.extra = [
      {
        address: 'aws_cloudwatch_metric_alarm.left',
        change: { actions: ['create'], before: null, after: { a: 1 } },
      },
    ];
    expect(checkApproved(made, await plan('two', bed.again()))).toMatchObject({ accepted: false });
  });

  it('applies only a plan that the same step made', async () => {
    const made = await plan('one');
    await expect(bed.again().deploy(made)).rejects.toThrow('by the step that made it');
    expect(bed.terraform.calls).not.toContain('apply');
  });

  it('removes versions that are kept no longer, and never what serves or served before', async () => {
    const keep = { wanted: { keepVersions: 1 } };
    const versions: (string | undefined)[] = [];
    for (const model of ['one', 'two', 'three'] as const) {
      const target = bed.again(keep);
      const { description } = await target.deploy(await plan(model, target));
      versions.push(description.live?.version);
    }
    const target = bed.again(keep);
    const request = bed.aws.requestWith('one', { instanceType: 'ml.m5.xlarge' });
    const made = await target.plan(request);
    expect(Object.keys((await bed.file()).ml_deploy.versions).sort()).toEqual(
      [versions[1], versions[2], made.version].sort(),
    );
    const result = await target.deploy(made);
    expect(result.outcome).toBe('deployed');
    expect(bed.terraform.versions).not.toHaveProperty([versions[0] ?? '']);
  });

  it.each(['stage', 'promote', 'discard'] as const)('knows no %s', async (command) => {
    const made = await plan('one');
    await expect(bed.target[command](made)).rejects.toThrow(`"${command}" is not done through Terraform`);
  });

  it('leaves the way down to Terraform', async () => {
    await expect(bed.target.teardown(ENDPOINT)).rejects.toThrow('terraform destroy');
    await expect(bed.target.reap(ENDPOINT, null)).rejects.toThrow('is not done through Terraform');
  });
});

describe('a rollback through Terraform', () => {
  it('is one update of the endpoint, and withdraws what it left', async () => {
    const first = (await release('one')).description.live?.version;
    const second = (await release('two')).description.live?.version;
    const before = bed.aws.aws.calls.length;
    const result = await bed.again().rollback(ENDPOINT, null);
    expect(result).toMatchObject({ outcome: 'rolled-back', description: { live: { version: first } } });
    const changing = bed.aws.aws.calls.slice(before).map(({ action }) => action);
    expect(changing.filter((name) => /^(Create|Update|Delete)/.test(name))).toEqual(['UpdateEndpoint']);
    const left = result.description.versions.find(({ version }) => version === second);
    expect(left?.withdrawnAt).toEqual(expect.any(String));
  });

  it('changes nothing where more than the endpoint would change', async () => {
    await release('one');
    await release('two');
    bed.terraform.extra = [
      { address: 'aws_sns_topic.t', change: { actions: ['create'], before: null, after: { a: 1 } } },
    ];
    await expect(bed.again().rollback(ENDPOINT, null)).rejects.toThrow('aws_sns_topic.t (create)');
    expect(bed.terraform.calls.filter((call) => call === 'apply')).toHaveLength(2);
  });

  it('names what there is for a version that is not there', async () => {
    await release('one');
    await expect(bed.again().rollback(ENDPOINT, 'churn-nothing')).rejects.toThrow(
      'has no version "churn-nothing"',
    );
    await expect(bed.again().rollback(ENDPOINT, null)).rejects.toThrow(
      'There is nothing to roll churn back to',
    );
  });

  it('leaves an endpoint alone that another one serves by then', async () => {
    await release('one');
    await release('two');
    await expect(bed.again().rollback(ENDPOINT, null, 'churn-0000000000000000')).rejects.toThrow(
      'no longer serves',
    );
  });
});

describe('without a program', () => {
  const target = () => createTerraformTarget({ ...bed.options, terraform: null });

  it('writes the variables for a pipeline of the team, version after version', async () => {
    const first = await target().plan(request('one'));
    expect(first.desired.spec.terraform).toEqual({
      variables: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    await release('one');
    const second = await target().plan(request('two'));
    const { ml_deploy: variables } = await bed.file();
    expect(variables.serving).toBe(second.version);
    expect(Object.keys(variables.versions).sort()).toEqual([first.version, second.version].sort());
  });

  it('applies nothing', async () => {
    const own = target();
    await expect(own.deploy(await own.plan(request('one')))).rejects.toThrow('"none" applies nothing');
    await expect(own.rollback(ENDPOINT, null)).rejects.toThrow('"none" rolls nothing back');
  });
});
