/** The fake's shapes, requests and answers, held against botocore. */
import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { copyFile, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../../scripts/lib/paths.ts';
import { runPython, whyNoAws } from './aws-bed.ts';

const why = whyNoAws();
if (why !== null) console.log(`aws-fake: ${why}`);

const SHAPES = join(root, 'test/fakes/aws/shapes');

/** One of each service that the Lambda target asks. */
const LAMBDA_OPERATIONS = [
  'lambda:CreateFunction',
  'lambda:UpdateFunctionCode',
  'lambda:UpdateFunctionConfiguration',
  'lambda:PublishVersion',
  'lambda:UpdateAlias',
  'lambda:PutProvisionedConcurrencyConfig',
  'lambda:CreateFunctionUrlConfig',
  'lambda:AddPermission',
  'apigatewayv2:CreateRoute',
  'apigateway:CreateDeployment',
  'events:PutTargets',
  'application-autoscaling:RegisterScalableTarget',
  'cloudwatch:GetMetricData',
];

interface Report {
  readonly requests: number;
  readonly answers: number;
  readonly refused: number;
  readonly operations: readonly string[];
  readonly problems: readonly string[];
}

describe.skipIf(why !== null)('the AWS fake and botocore', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aws-fake-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('have the same shapes', async () => {
    await copyFile(join(SHAPES, 'operations.json'), join(folder, 'operations.json'));
    await runPython('extract_shapes.py', [folder]);
    const files = (await readdir(SHAPES)).filter((name) => name.endsWith('.ndjson'));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const [ours, theirs] = await Promise.all(
        [SHAPES, folder].map((place) => readFile(join(place, file), 'utf8')),
      );
      expect(ours, `${file}: write it anew with extract_shapes.py`).toBe(theirs);
      await rm(join(folder, file));
    }
  });

  it('agree on every request and answer of the unit tests', async () => {
    const { run, report } = await recorded(['test/unit/fakes/aws']);
    expect(run.status, run.stdout + run.stderr).toBe(0);
    expect(report.problems).toEqual([]);
    const wanted = JSON.parse(await readFile(join(SHAPES, 'operations.json'), 'utf8')) as Record<
      string,
      string[]
    >;
    const names = Object.entries(wanted).flatMap(([service, list]) =>
      list.map((action) => `${service}:${action}`),
    );
    // Every operation that the fake has was asked for at least once.
    expect(names.filter((name) => !report.operations.includes(name))).toEqual([]);
    expect(report.refused).toBeGreaterThan(0);
  });

  it('would not agree on what breaks the model', async () => {
    const call = { service: 'sagemaker', action: 'DescribeEndpoint', acted: true, error: null, at: '' };
    const output = { EndpointName: 'a', EndpointStatus: 'Resting' };
    const lines = [
      { ...call, input: { EndpointName: 'a_b', More: 1 }, output: null },
      { ...call, input: { EndpointName: 'a' }, output },
    ];
    await writeFile(join(folder, 'bad.ndjson'), lines.map((line) => JSON.stringify(line)).join('\n'));
    const { problems } = JSON.parse(await runPython('validate_record.py', [folder])) as Report;
    expect(problems.join('\n')).toMatch(/Unknown parameter in input: "More"/);
    expect(problems.join('\n')).toMatch(/Missing required parameter in input: "EndpointArn"/);
  });

  it('agree on every request of the SageMaker target', async () => {
    // Whether those tests pass is their own affair: here only what was sent counts.
    const { report } = await recorded(['test/unit/platforms/sagemaker', 'test/contract/iam.test.ts']);
    expect(report.requests).toBeGreaterThan(0);
    expect(report.problems).toEqual([]);
    // It runs hundreds of tests: minutes on idle cores, many on busy ones.
  }, 1_800_000);

  it('Lambda 14: agree on every request of the Lambda target, with its limits and patterns', async () => {
    const { report } = await recorded(['test/unit/platforms/lambda', 'test/contract/iam-lambda.test.ts']);
    expect(report.problems).toEqual([]);
    // Every part of the target was at work.
    for (const operation of LAMBDA_OPERATIONS) expect(report.operations).toContain(operation);
  }, 1_800_000);
});

async function recorded(
  tests: readonly string[],
): Promise<{ run: SpawnSyncReturns<string>; report: Report }> {
  const folder = await mkdtemp(join(tmpdir(), 'aws-record-'));
  try {
    const env = { ...process.env, FAKE_AWS_RECORD: folder };
    const vitest = join(root, 'node_modules/.bin/vitest');
    const run = spawnSync(vitest, ['run', ...tests], { cwd: root, env, encoding: 'utf8' });
    const report = JSON.parse(await runPython('validate_record.py', [folder])) as Report;
    const { requests, answers, refused } = report;
    console.log(
      `aws-fake: ${tests.join(' ')}: botocore checked ${requests} requests and ${answers} answers; ${refused} were refused by both`,
    );
    return { run, report };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
