/** terraform/aws, applied: by terraform itself, with a provider of the tests that has the real schema, on moto. */
import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling';
import { IAM } from '@aws-sdk/client-iam';
import { S3 } from '@aws-sdk/client-s3';
import { SageMaker } from '@aws-sdk/client-sagemaker';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../../scripts/lib/paths.ts';
import { awsBackend } from '../../fakes/terraform/aws-backend.ts';
import { startMoto, whyNoAws, type Moto } from '../aws-fake/aws-bed.ts';
import { startTerraformBed, terraform, type TerraformBed } from './terraform-bed.ts';

const why = whyNoAws();
if (why !== null) console.log(why);

const REGION = 'eu-central-1';
const ACCOUNTS = { dev: '111111111111', prod: '333333333333' } as const;
type Environment = keyof typeof ACCOUNTS;

interface Place {
  readonly bed: TerraformBed;
  readonly moto: Moto;
  readonly folder: string;
  readonly clients: {
    readonly scaling: ApplicationAutoScaling;
    readonly iam: IAM;
    readonly s3: S3;
    readonly sagemaker: SageMaker;
  };
  readonly plan: () => Promise<{ status: number | null; output: string }>;
}

const errorOf = (output: string) => /^.*Error: [\s\S]*/m.exec(output)?.[0] ?? '';

describe.skipIf(terraform === null || why !== null)('terraform/examples/aws on moto', () => {
  const places: Partial<Record<Environment, Place>> = {};

  beforeAll(async () => {
    for (const name of ['dev', 'prod'] as const) places[name] = await apply(name);
  });
  afterAll(async () => {
    for (const { bed, moto } of Object.values(places)) {
      bed.close();
      await moto.stop();
    }
  });

  async function apply(name: Environment): Promise<Place> {
    const account = ACCOUNTS[name];
    const moto = await startMoto({ MOTO_ACCOUNT_ID: account });
    const config = {
      endpoint: moto.url,
      region: REGION,
      credentials: { accessKeyId: account, secretAccessKey: 'secret' },
    };
    const clients = {
      scaling: new ApplicationAutoScaling(config),
      iam: new IAM(config),
      s3: new S3({ ...config, forcePathStyle: true }),
      sagemaker: new SageMaker(config),
    };
    const around = { url: moto.url, region: REGION, account };
    const backend = awsBackend({ account, region: REGION, sagemaker: clients, around });
    const bed = await startTerraformBed(['aws'], { aws: backend });
    cpSync(join(root, 'terraform'), join(bed.temp, 'terraform'), { recursive: true });
    const folder = join(bed.temp, 'terraform/examples/aws');
    // A state on this disk instead of the bucket of an account; all else is as it stands.
    writeFileSync(join(folder, 'override.tf'), 'terraform {\n  backend "local" {}\n}\n');
    const init = await bed.run(folder, 'init', '-input=false', '-no-color');
    expect(init.output).toContain('Terraform has been successfully initialized');
    const file = `-var-file=${name}.tfvars`;
    const applied = await bed.run(folder, 'apply', '-input=false', '-no-color', '-auto-approve', file);
    expect(errorOf(applied.output)).toBe('');
    return {
      bed,
      moto,
      folder,
      clients,
      plan: () => bed.run(folder, 'plan', '-input=false', '-no-color', '-detailed-exitcode', file),
    };
  }

  test.each(['dev', 'prod'] as const)('of %s leaves nothing to do', async (name) => {
    const { output, status } = await places[name]!.plan();
    expect(output).toContain('No changes.');
    expect(status).toBe(0);
  });

  test('of prod scales, and of dev does not; each has a state of its own', async () => {
    const targets = async (name: Environment) =>
      (await places[name]!.clients.scaling.describeScalableTargets({ ServiceNamespace: 'sagemaker' }))
        .ScalableTargets ?? [];
    expect(await targets('prod')).toMatchObject([
      { ResourceId: 'endpoint/churn/variant/main', MinCapacity: 2, MaxCapacity: 10 },
    ]);
    expect(await targets('dev')).toEqual([]);
    const listed = async (name: Environment) => {
      const { bed, folder } = places[name]!;
      return (await bed.run(folder, 'state', 'list')).stdout;
    };
    expect(await listed('prod')).toContain('aws_appautoscaling_policy.endpoint[0]');
    expect(await listed('dev')).not.toContain('autoscaling');
    expect(existsSync(join(places.dev!.folder, 'terraform.tfstate'))).toBe(true);
  });

  test('made what an environment needs, and says it in the words of ml-deploy.yml', async () => {
    const { bed, folder, clients } = places.prod!;
    const { endpoints, roles, buckets } = {
      endpoints: (await clients.sagemaker.listEndpoints({})).Endpoints,
      roles: (await clients.iam.listRoles({})).Roles,
      buckets: (await clients.s3.listBuckets({})).Buckets,
    };
    expect(endpoints).toMatchObject([{ EndpointName: 'churn', EndpointStatus: 'InService' }]);
    expect(roles?.map(({ RoleName }) => RoleName).toSorted()).toEqual(
      ['image', 'package', 'plan', 'release', 'rollback', 'serving', 'smoke'].map(
        (job) => `ml-deploy-churn-prod-${job}`,
      ),
    );
    expect(buckets?.map(({ Name }) => Name)).toEqual(['ml-deploy-333333333333-eu-central-1-prod']);
    const { stdout } = await bed.run(folder, 'output', '-raw', 'ml_deploy_yml');
    expect(stdout).toContain('"aws-role-arn": "arn:aws:iam::333333333333:role/ml-deploy-churn-prod-release"');
    expect(stdout).toContain(
      '"aws-plan-role-arn": "arn:aws:iam::333333333333:role/ml-deploy-churn-prod-plan"',
    );
    expect(stdout).toContain('"adopt": true');
  });

  test('sees a role that somebody opened, and nothing else', async () => {
    const { clients, plan } = places.prod!;
    const RoleName = 'ml-deploy-churn-prod-release';
    const { Role } = await clients.iam.getRole({ RoleName });
    const right = decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '');
    const opened = right.replace('acme/churn:ref:refs/heads/main', 'acme/churn:*');
    await clients.iam.updateAssumeRolePolicy({ RoleName, PolicyDocument: opened });
    const { output, status } = await plan();
    expect(status).toBe(2);
    expect(output).toContain('Plan: 0 to add, 1 to change, 0 to destroy.');
    await clients.iam.updateAssumeRolePolicy({ RoleName, PolicyDocument: right });
    expect((await plan()).status).toBe(0);
  });
});
