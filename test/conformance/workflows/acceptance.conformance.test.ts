/**
 * acceptance-aws.yml, which is for a real account, on the SageMaker fake and moto: that its steps fit together. But for what
 * only an account decides, which needs the packages of this repository: test/e2e/acceptance-undecided.test.ts tries that.
 */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../../scripts/lib/paths.ts';
import { missingAct, repositoryPayload, startActBed, type ActBed } from './act-bed.ts';
import { BUCKET, missingAws, startAwsSide, type AwsSide } from './aws-side.ts';

const missing = missingAct() ?? (await missingAws());
if (missing !== null) console.log(`skipped: acceptance-aws.yml under act: ${missing}`);

const ACCOUNT = '123456789012';

describe.skipIf(missing !== null)('acceptance-aws.yml under act', () => {
  let side: AwsSide;
  let bed: ActBed;
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    side = await startAwsSide();
    stops.push(() => side.close());
    bed = await startActBed({ config: 'ml-deploy-sagemaker.yml', env: side.env });
    stops.push(() => bed.close());
    const copied = ['actions', 'dist', 'package.json', 'model/code', 'test/acceptance/swapped.py'];
    for (const path of [...copied, '.github/workflows/acceptance-aws.yml'])
      cpSync(join(root, path), join(bed.repository.path, path), { recursive: true });
    bed.repository.change('.github/workflows/acceptance-aws.yml', withoutUndecided);
    bed.repository.write('model/trained-release', 'v2');
    bed.repository.commit('main', 'this repository');
  });
  afterAll(async () => {
    for (const stop of stops.toReversed()) await stop();
  });

  test('releases, promotes, refuses, rolls back, and leaves nothing', async () => {
    const run = await bed.run({
      workflow: 'acceptance-aws',
      event: 'workflow_dispatch',
      payload: { repository: repositoryPayload() },
      vars: {
        ACCEPTANCE_AWS_REGION: 'eu-central-1',
        ACCEPTANCE_BUCKET: BUCKET,
        ACCEPTANCE_ROLE_ARN: `arn:aws:iam::${ACCOUNT}:role/acceptance`,
        ACCEPTANCE_EXECUTION_ROLE_ARN: `arn:aws:iam::${ACCOUNT}:role/ml-serving`,
        ACCEPTANCE_IMAGE_URI: `${ACCOUNT}.dkr.ecr.eu-central-1.amazonaws.com/churn-serving:v1`,
      },
      log: 'acceptance',
    });
    expect(run.exitCode, run.log.slice(-6000)).toBe(0);
    expect(run.log).toContain('outcome=torn-down');
    expect(side.aws.ours.endpoints.size).toBe(0);
  });

  test('does nothing where no account is named', async () => {
    const payload = { repository: repositoryPayload() };
    const run = await bed.run({ workflow: 'acceptance-aws', event: 'workflow_dispatch', payload });
    expect(run.jobs).toEqual({});
  });
});

/** Without the steps from setup-node to the looks that it is set up for. */
function withoutUndecided(workflow: string): string {
  const steps = / {6}- uses: actions\/setup-node@[^]*?run: node test\/acceptance\/main\.ts decide\n/;
  expect(workflow).toMatch(steps);
  return workflow.replace(steps, '');
}
