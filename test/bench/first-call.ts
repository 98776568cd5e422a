/**
 * How long a built deploy-endpoint takes from its start to its first call to SageMaker, beside
 * aws-actions/amazon-ecs-deploy-task-definition and its first call to ECS, in the same run, against servers on this
 * machine. That action is nobody's dependency here: name the folder of a checkout of it.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { root } from '../../scripts/lib/paths.ts';
import { FakeAws } from '../fakes/aws/fake-aws.ts';
import { printTimes } from './times.ts';

const RUNS = 10;
const PATIENCE_MS = 30_000;
/** The runner's own variables for what a step puts out. */
const COMMAND_FILES = ['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY', 'GITHUB_ENV'];

interface Subject {
  readonly name: string;
  readonly script: string;
  readonly env: Readonly<Record<string, string>>;
  /** Comes true with the call that is waited for. */
  readonly called: () => Promise<void>;
}

/** @param ecs folder of a checkout of aws-actions/amazon-ecs-deploy-task-definition; '' where there is none */
export async function firstCall(ecs: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ml-deploy-bench-'));
  const [ours, other] = [await sageMakerBed(folder), await ecsBed(folder, ecs)];
  try {
    const subjects = [...ours.subjects, ...other.subjects];
    console.log(`\nStart to the first call to the service; median of ${RUNS}, in turn`);
    printTimes(await measure(subjects, folder), 'x first');
    if (other.subjects.length === 0) {
      console.log(
        'skipped: amazon-ecs-deploy-task-definition (name its checkout: npm run bench -- start-up --ecs FOLDER, or ML_DEPLOY_BENCH_ECS)',
      );
    }
  } finally {
    await ours.close();
    await other.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One run of each in turn, so that a busy moment of the machine hits all alike; the first round warms up. */
async function measure(subjects: readonly Subject[], cwd: string): Promise<Map<string, number[]>> {
  const times = new Map(subjects.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round <= RUNS; round++) {
    for (const subject of subjects) {
      const milliseconds = await timeOf(subject, cwd);
      if (round > 0) times.get(subject.name)?.push(milliseconds);
    }
  }
  return times;
}

/** @throws Error where the process ends without the call */
async function timeOf({ name, script, env, called }: Subject, cwd: string): Promise<number> {
  const call = called();
  const started = process.hrtime.bigint();
  const child = spawn(process.execPath, [script], {
    cwd,
    env: { ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  const first = await Promise.race([
    call.then(() => process.hrtime.bigint()),
    ended.then(() => null),
    new Promise<null>((done) => setTimeout(done, PATIENCE_MS, null).unref()),
  ]);
  child.kill('SIGKILL');
  await ended;
  if (first === null) throw new Error(`${name} made no call:\n${log}`);
  return Number(first - started) / 1e6;
}

interface Bed {
  readonly subjects: readonly Subject[];
  close(): Promise<void>;
}

/** A model that is packaged, an endpoint to be planned for, deployed to and rolled back. */
async function sageMakerBed(folder: string): Promise<Bed> {
  const aws = await FakeAws.start();
  aws.addBucket('models', aws.world.region);
  const digest = 'a'.repeat(64);
  const release = join(folder, 'release.json');
  const url = await aws.putObject('models', `churn/models/${digest}/model.tar.gz`, 'an archive');
  const { uri, digest: imageDigest } = aws.pushImage('serving', '1');
  writeFileSync(release, JSON.stringify(recordOf(digest, url)));
  const place = {
    INPUT_TARGET: 'sagemaker',
    'INPUT_ENDPOINT-NAME': 'churn',
    'INPUT_EXECUTION-ROLE-ARN': aws.addRole('execution'),
    'INPUT_INSTANCE-TYPE': 'ml.m5.large',
    'INPUT_IMAGE-URI': uri.replace(/:1$/, `@${imageDigest}`),
  };
  const inputs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    plan: { ...place, INPUT_RELEASE: release },
    deploy: { ...place, INPUT_RELEASE: release },
    rollback: { INPUT_TARGET: 'sagemaker', 'INPUT_ENDPOINT-NAME': 'churn' },
  };
  const called = () =>
    new Promise<void>((done) => {
      const takeBack = aws.inject({
        on: /^sagemaker:/,
        before: () => {
          takeBack();
          done();
          return undefined;
        },
      });
    });
  const subjects = Object.entries(inputs).map(([command, more]) => ({
    name: `deploy-endpoint, ${command}`,
    script: join(root, 'dist', 'deploy-endpoint', 'index.js'),
    env: { ...environment(folder), ...aws.env, INPUT_COMMAND: command, ...more },
    called,
  }));
  return { subjects, close: () => aws.close() };
}

async function ecsBed(folder: string, checkout: string): Promise<Bed> {
  const script = resolve(checkout, 'dist', 'index.js');
  if (checkout === '' || !existsSync(script)) return { subjects: [], close: () => Promise.resolve() };
  let tell: () => void = () => undefined;
  const server = createServer((request, response) => {
    if (String(request.headers['x-amz-target']).startsWith('AmazonEC2ContainerService')) tell();
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(
      JSON.stringify({
        taskDefinition: { taskDefinitionArn: 'arn:aws:ecs:eu-west-1:1:task-definition/x:1' },
      }),
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const definition = join(folder, 'task-definition.json');
  writeFileSync(
    definition,
    JSON.stringify({ family: 'churn', containerDefinitions: [{ name: 'app', image: 'app' }] }),
  );
  const subject: Subject = {
    name: 'amazon-ecs-deploy-task-definition',
    script,
    env: {
      ...environment(folder),
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'AKIAFAKEFAKEFAKEFAKE',
      AWS_SECRET_ACCESS_KEY: 'fake-secret',
      'INPUT_TASK-DEFINITION': definition,
      INPUT_SERVICE: 'churn',
    },
    called: () => new Promise<void>((done) => (tell = done)),
  };
  const close = async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  };
  return { subjects: [subject], close };
}

function environment(folder: string): Record<string, string> {
  const files = COMMAND_FILES.map((name) => {
    writeFileSync(join(folder, name), '');
    return [name, join(folder, name)];
  });
  return {
    ...(Object.fromEntries(files) as Record<string, string>),
    PATH: process.env.PATH ?? '',
    HOME: folder,
    GITHUB_WORKSPACE: folder,
    RUNNER_TEMP: folder,
  };
}

function recordOf(digest: string, url: string) {
  return {
    schema: 'ml-deploy/release/v1',
    model: {
      digest,
      url,
      sha256: digest,
      bytes: 10,
      framework: 'custom',
      frameworkVersion: null,
      signature: null,
    },
    image: null,
    reference: null,
    source: { repository: 'acme/churn', commit: 'c0ffee', ref: 'refs/heads/main', run: '1', actor: 'olga' },
    deployment: null,
    approval: null,
    smoke: null,
    parent: null,
    createdAt: '2026-01-02T03:04:05.000Z',
  };
}
