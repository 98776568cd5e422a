/**
 * acceptance-lambda.yml, which is for a real account, on the fake of Lambda and ECR and moto: that its steps fit
 * together. But for what only an account decides: test/e2e/acceptance-undecided-lambda.test.ts tries that.
 */
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../../scripts/lib/paths.ts';
import { startApiFront } from '../../e2e/api-front.ts';
import { ACCOUNT, REGION } from '../beds/s3-bed.ts';
import { startAcceptanceBed, type AcceptanceBed } from './acceptance-bed.ts';
import { missingAct } from './act-bed.ts';
import { BUCKET, missingAws, startAwsSide, type AwsSide } from './aws-side.ts';
import { IMAGES, startLambdaSide } from './lambda-side.ts';
import { withoutUndecided } from './undecided-steps.ts';

const missing = missingAct() ?? (await missingAws());
if (missing !== null) console.log(`skipped: acceptance-lambda.yml under act: ${missing}`);

describe.skipIf(missing !== null)('Lambda 12: acceptance-lambda.yml under act', () => {
  let side: AwsSide;
  let bed: AcceptanceBed;
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    side = await startAwsSide();
    stops.push(() => side.close());
    const lambda = startLambdaSide(side);
    stops.push(() => lambda.close());
    const code = join(root, 'model/code');
    for (const release of ['v1', 'v2']) await lambda.addImage(release, { release, joblib: release, code });
    const swapped = { release: 'v2', joblib: 'v2', code: swappedCode(code) };
    await lambda.addImage('swapped', { ...swapped, serves: 'bad-swapped' });
    rmSync(swapped.code, { recursive: true });
    const front = await startApiFront(side.aws, 'ml-deploy-acceptance');
    stops.push(() => front.close());
    const options = { config: 'ml-deploy-lambda.yml', env: lambda.env };
    bed = await startAcceptanceBed('acceptance-lambda', options, (source) => {
      const workflow = withoutUndecided(source, 'decide-lambda');
      // API Gateway's own name leads nowhere here.
      const url = '${{ steps.deploy.outputs.endpoint-url }}';
      expect(workflow.split(url)).toHaveLength(3);
      return workflow.replaceAll(url, front.urlOf('/predict'));
    });
    stops.push(() => bed.close());
  });
  afterAll(async () => {
    for (const stop of stops.toReversed()) await stop();
  });

  test('releases, refuses who does not sign, promotes by a canary, refuses, rolls back, and leaves nothing', async () => {
    const run = await bed.accept({
      ACCEPTANCE_AWS_REGION: REGION,
      ACCEPTANCE_BUCKET: BUCKET,
      ACCEPTANCE_ROLE_ARN: `arn:aws:iam::${ACCOUNT}:role/acceptance`,
      ACCEPTANCE_FUNCTION_ROLE_ARN: `arn:aws:iam::${ACCOUNT}:role/churn-function`,
      ACCEPTANCE_LAMBDA_IMAGES: IMAGES,
    });
    expect(run.exitCode, run.log.slice(-6000)).toBe(0);
    expect(run.log).toContain('unsigned: 403');
    expect(run.log).toContain('outcome=torn-down');
    // The canary's two steps, of the second version.
    const shares = side.aws.calls
      .filter(({ name }) => name === 'lambda:UpdateAlias')
      .map(({ input }) => JSON.stringify(input.RoutingConfig));
    expect(shares.join()).toContain('0.25');
    expect(side.aws.lambda.functions.has('ml-deploy-acceptance')).toBe(false);
    expect(side.aws.neighbours.without(side.aws.gateway.apis).size).toBe(0);
  });

  test('does nothing where no account is named', async () => {
    const run = await bed.accept();
    expect(run.jobs).toEqual({});
  });
});

/** As the workflow makes it. */
function swappedCode(code: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'ml-deploy-swapped-'));
  cpSync(code, folder, { recursive: true });
  appendFileSync(join(folder, 'inference.py'), readFileSync(join(root, 'test/acceptance/swapped.py')));
  return folder;
}
