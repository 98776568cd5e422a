import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { root } from '../../../../../scripts/lib/paths.ts';
import { AwsError } from '../../../../fakes/aws/errors.ts';
import { makeSageMakerBed, type SageMakerBed } from '../../../../platforms/sagemaker-bed.ts';
import { ENDPOINT } from '../../../../platforms/target-suite.ts';

const LINEAR = { type: 'linear', stepPercent: 10, bakeMinutes: 5, alarms: [] } as const;

let bed: SageMakerBed;
afterEach(() => bed.dispose());

async function planned(sessionSeconds: number | null) {
  bed = await makeSageMakerBed({ sessionSeconds });
  await bed.target.deploy(await bed.target.plan(bed.requestWith('one', { instanceCount: 10 })));
  const { findings } = await bed.target.plan(
    bed.requestWith('two', { instanceCount: 10, strategy: LINEAR, staging: 'none' }),
  );
  return findings
    .map(({ message }) => message)
    .filter((message) => message.includes('role-duration-seconds'));
}

describe('A6 an update that takes longer than the credentials', () => {
  it('is told in the plan, with what to do', async () => {
    const [said, ...more] = await planned(3600);
    expect(more).toEqual([]);
    expect(said).toContain('and the AWS credentials of the job last 60. Set ML_DEPLOY_AWS_ROLE_ARN,');
  });

  it.each([7200, null])('is not told with a session of %s seconds', async (seconds) => {
    expect(await planned(seconds)).toEqual([]);
  });

  it('goes on where its credentials expire, and the same command finishes it', async () => {
    bed = await makeSageMakerBed();
    await bed.target.deploy(await bed.target.plan(bed.request('one')));
    const plan = await bed.target.plan(bed.request('two'));
    const { aws } = bed;
    const fault = new AwsError(
      'ExpiredTokenException',
      'The security token included in the request is expired',
    );
    const expire = () => aws.inject({ on: 'sagemaker:DescribeEndpoint', times: Infinity, fault });
    aws.inject({ on: 'sagemaker:UpdateEndpoint', before: () => void expire() });
    await expect(bed.target.deploy(plan)).rejects.toThrow('The AWS credentials have expired.');
    expect(bed.aws.names('mutations')).toContain('sagemaker:UpdateEndpoint');
    bed.aws.forget();
    const again = await bed.target.deploy(await bed.target.plan(bed.request('two')));
    expect(['deployed', 'unchanged']).toContain(again.outcome);
    expect((await bed.target.describe(ENDPOINT)).live?.modelDigest).toBe(bed.archives.two.digest);
  });
});

describe('A6 the release job', () => {
  it('signs in once by OIDC; a role that is assumed by keys is taken again before each long step', () => {
    bed = { dispose: () => Promise.resolve() } as SageMakerBed;
    const text = readFileSync(join(root, '.github/workflows/deploy.yml'), 'utf8');
    const job = text.slice(text.indexOf('\n  release:'), text.indexOf('\n  notify:'));
    const steps = job.split(/\n {6}- /).slice(1);
    const renewing = steps.map((step) => step.includes('uses: $/.github/actions/login'));
    for (const name of [
      'Promote it',
      'Smoke-test the live version',
      'Remove the candidate that was refused',
    ]) {
      const at = steps.findIndex((step) => step.startsWith(`name: ${name}`));
      expect([name, renewing[at - 1]]).toEqual([name, true]);
      // What the login step sets where the actions can request credentials by OIDC themselves.
      expect(steps[at - 1]).toContain(
        "env.ML_DEPLOY_AWS_ROLE_ARN == '' && needs.prepare.outputs.aws-role-arn != ''",
      );
    }
    const always = steps.filter((step, at) => renewing[at] === true && !step.includes('\n        if: '));
    expect(always.map((step) => /^name: (.*)/.exec(step)?.[1])).toEqual(['Sign in']);
    for (const step of text.split(/\n {6}- /).filter((one) => one.includes('/actions/login')))
      expect(step).toContain('aws-role-duration-seconds: ${{ inputs.role-duration-seconds || 3600 }}');
  });
});
