/**
 * acceptance-aws.yml, which is for a real account, on the SageMaker fake and moto: that its steps fit together. But for what
 * only an account decides, which needs the packages of this repository: test/e2e/acceptance-undecided.test.ts tries that.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startAcceptanceBed, type AcceptanceBed } from './acceptance-bed.ts';
import { missingAct } from './act-bed.ts';
import { BUCKET, missingAws, startAwsSide, type AwsSide } from './aws-side.ts';
import { withoutUndecided } from './undecided-steps.ts';

const missing = missingAct() ?? (await missingAws());
if (missing !== null) console.log(`skipped: acceptance-aws.yml under act: ${missing}`);

const ACCOUNT = '123456789012';

describe.skipIf(missing !== null)('acceptance-aws.yml under act', () => {
  let side: AwsSide;
  let bed: AcceptanceBed;
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    side = await startAwsSide();
    stops.push(() => side.close());
    const options = { config: 'ml-deploy-sagemaker.yml', env: side.env };
    bed = await startAcceptanceBed('acceptance-aws', options, (source) => withoutUndecided(source, 'decide'));
    stops.push(() => bed.close());
  });
  afterAll(async () => {
    for (const stop of stops.toReversed()) await stop();
  });

  test('releases, promotes, refuses, rolls back, and leaves nothing', async () => {
    const run = await bed.accept({
      ACCEPTANCE_AWS_REGION: 'eu-central-1',
      ACCEPTANCE_BUCKET: BUCKET,
      ACCEPTANCE_ROLE_ARN: `arn:aws:iam::${ACCOUNT}:role/acceptance`,
      ACCEPTANCE_EXECUTION_ROLE_ARN: `arn:aws:iam::${ACCOUNT}:role/ml-serving`,
      ACCEPTANCE_IMAGE_URI: `${ACCOUNT}.dkr.ecr.eu-central-1.amazonaws.com/churn-serving:v1`,
    });
    expect(run.exitCode, run.log.slice(-6000)).toBe(0);
    expect(run.log).toContain('outcome=torn-down');
    expect(side.aws.ours.endpoints.size).toBe(0);
  });

  test('does nothing where no account is named', async () => {
    const run = await bed.accept();
    expect(run.jobs).toEqual({});
  });
});
