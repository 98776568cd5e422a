/** An endpoint that terraform/aws made, and ml-deploy releases to: neither undoes what the other one did. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling';
import { SageMaker } from '@aws-sdk/client-sagemaker';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../../scripts/lib/paths.ts';
import { runAction, type ActionRun } from '../../../scripts/lib/runner-protocol.ts';
import { dist } from '../../e2e/gate-bed.ts';
import { makeArchive } from '../../fakes/archive.ts';
import { FakeAws } from '../../fakes/aws/fake-aws.ts';
import { awsBackend } from '../../fakes/terraform/aws-backend.ts';
import { startMoto, whyNoAws, type Moto } from '../aws-fake/aws-bed.ts';
import { startTerraformBed, terraform, type TerraformBed } from './terraform-bed.ts';

const why = whyNoAws();
if (why !== null) console.log(why);

const [NOTHING, CHANGES] = [0, 2];
const ENDPOINT = 'churn-dev';

describe.skipIf(terraform === null || why !== null)(
  'an endpoint of terraform/aws that ml-deploy takes over',
  () => {
    let moto: Moto;
    let aws: FakeAws;
    let bed: TerraformBed;
    let folder: string;
    let image: string;
    const archives: Record<string, string> = {};

    beforeAll(async () => {
      const at = { account: '111111111111', region: 'eu-central-1' } as const;
      moto = await startMoto({ MOTO_ACCOUNT_ID: at.account });
      aws = await FakeAws.start({ ...at, perCall: { on: /:Describe/, milliseconds: 30_000 } });
      aws.quotas.endpointInstances.set('ml.t2.medium', 20).set('ml.m5.large', 20);
      const pushed = aws.pushImage('serving-base', '1');
      image = pushed.uri.replace(/:1$/, `@${pushed.digest}`);
      for (const name of ['first', 'one', 'two']) {
        const { bytes } = await makeArchive({ 'model.txt': name });
        archives[name] = await aws.putObject('acme-models-dev', `${name}/model.tar.gz`, bytes);
      }
      const sagemaker = {
        sagemaker: new SageMaker(aws.client),
        scaling: new ApplicationAutoScaling(aws.client),
      };
      const backend = awsBackend({ ...at, sagemaker, around: { ...at, url: moto.url } });
      bed = await startTerraformBed(['aws'], { aws: backend });
      cpSync(join(root, 'terraform'), join(bed.temp, 'terraform'), { recursive: true });
      folder = join(bed.temp, 'terraform/examples/aws');
      writeFileSync(join(folder, 'override.tf'), 'terraform {\n  backend "local" {}\n}\n');
      const tfvars = join(folder, 'dev.tfvars');
      const text = readFileSync(tfvars, 'utf8');
      writeFileSync(tfvars, text.replace(/image +=.*/, `image = "${pushed.uri}"`));
      await bed.run(folder, 'init', '-input=false', '-no-color');
      const { output } = await bed.run(
        folder,
        'apply',
        '-input=false',
        '-no-color',
        '-auto-approve',
        '-var-file=dev.tfvars',
      );
      expect(output).toContain('Apply complete!');
      aws.addRole('ml-deploy-churn-dev-dev-serving');
    });
    afterAll(async () => {
      bed.close();
      await aws.close();
      await moto.stop();
    });

    const plan = () =>
      bed.run(folder, 'plan', '-input=false', '-no-color', '-detailed-exitcode', '-var-file=dev.tfvars');

    async function step(
      command: string,
      model: string | null,
      more: Record<string, string> = {},
    ): Promise<ActionRun> {
      const work = join(bed.temp, 'work');
      mkdirSync(join(work, 'temp'), { recursive: true });
      const inputs = {
        command,
        target: 'sagemaker',
        'endpoint-name': ENDPOINT,
        environment: 'dev',
        adopt: 'true',
        ...(model === null
          ? {}
          : {
              'model-data-url': archives[model] ?? '',
              'image-uri': image,
              'instance-type': 'ml.m5.large',
              'execution-role-arn': 'arn:aws:iam::111111111111:role/ml-deploy-churn-dev-dev-serving',
            }),
        ...more,
      };
      const env = {
        ...aws.env,
        GITHUB_WORKSPACE: work,
        RUNNER_TEMP: join(work, 'temp'),
        GITHUB_REPOSITORY: 'acme/churn',
        ML_DEPLOY_POLL_SECONDS: '0',
      };
      return runAction('deploy-endpoint', { dist, inputs, env });
    }

    async function done(command: string, model: string | null, more: Record<string, string> = {}) {
      const run = await step(command, model, more);
      expect(run.exitCode, run.log).toBe(0);
      const { status, output } = await plan();
      expect(`${command} ${status}`, output).toBe(`${command} ${NOTHING}`);
      return run;
    }

    test('has a plan without changes after a deploy, a stage, a promotion and a rollback', async () => {
      expect((await plan()).status).toBe(NOTHING);
      aws.forget();
      await done('deploy', 'one');
      await done('stage', 'two');
      await done('promote', 'two');
      const back = await done('rollback', null);
      expect(back.outputs.outcome).toBe('rolled-back');
      const names = aws.names('mutations');
      expect(names).toContain('sagemaker:UpdateEndpoint');
      expect([...aws.ours.configs.values()].map(({ name }) => name)).toContain('churn-dev-first');
      expect([...aws.ours.models.values()].map(({ name }) => name)).toContain('churn-dev-first');
    });

    test('shows a changed tag of the team, and nothing beside it', async () => {
      const path = join(folder, 'dev.tfvars');
      const text = readFileSync(path, 'utf8');
      writeFileSync(path, text.replace('Team = "ml"', 'Team = "ml2"'));
      const { output, status } = await plan();
      writeFileSync(path, text);
      expect(status).toBe(CHANGES);
      expect(output).toContain('aws_sagemaker_endpoint.this[0] will be updated in-place');
      const changed = [...output.matchAll(/^\s+[~+-] +("?[\w:-]+"?) += /gm)].map(([, name]) => name);
      expect(new Set(changed)).toEqual(new Set(['tags', 'tags_all', '"Team"']));
      expect(output).toMatch(/Plan: 0 to add, \d+ to change, 0 to destroy\./);
      expect(output).not.toContain('aws_sagemaker_model.first[0] will be');
    });

    test('is torn down by the name twice alone', async () => {
      const refused = await step('teardown', null, { confirm: ENDPOINT });
      expect(refused.error).toContain(`"${ENDPOINT}" was not created by ml-deploy, which took it over`);
      expect((await plan()).status).toBe(NOTHING);
      const gone = await step('teardown', null, { confirm: `${ENDPOINT} ${ENDPOINT}` });
      expect(gone.exitCode, gone.log).toBe(0);
      const { output } = await plan();
      expect(output).toContain('Plan: 1 to add, 0 to change, 0 to destroy.');
    });
  },
);
