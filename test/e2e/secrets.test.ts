/**
 * Secrets and values of variables, on the built bundle: everything that can answer repeats all of them, in every way of
 * writing them, and afterwards everything that a step leaves is searched: its log, summary, outputs, state and files.
 * `npm test` takes one of EVERY answers, `npm run test:faults` all of them.
 */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { root } from '../../scripts/lib/paths.ts';
import { runAction, type ActionRun } from '../../scripts/lib/runner-protocol.ts';
import { makeArchive } from '../fakes/archive.ts';
import { AwsError } from '../fakes/aws/errors.ts';
import { FakeAws } from '../fakes/aws/fake-aws.ts';
import { startHttp, type FakeAnswer, type HttpFake } from '../fakes/http.ts';
import { found, SHAPES, WRITTEN } from '../fixtures/secret-shapes.ts';
import { triedOf } from '../share.ts';

const EVERY = 8;
const SWIFT = ['--import', pathToFileURL(join(import.meta.dirname, 'swift-hook.mjs')).href];

const dist = process.env.ML_DEPLOY_TEST_DIST ?? join(root, 'dist');
const isBuilt = existsSync(join(dist, 'smoke-test/index.js'));
if (!isBuilt) console.log('skipped: dist is not built (npm run build)');

const echoOf = (values: readonly string[], line = '\n') =>
  values.flatMap((value) => Object.values(WRITTEN).map((write) => write(value))).join(line);
const ECHO = echoOf(Object.values(SHAPES));
/** What a header may hold: https://www.rfc-editor.org/rfc/rfc9110#section-5.5 */
const IN_HEADERS = Object.fromEntries(Object.entries(SHAPES).filter(([, value]) => /^[ -~]+$/.test(value)));
/** With names that variables may have. */
const VARIABLES = Object.fromEntries(
  Object.entries(SHAPES).map(([name, value]) => [name.replaceAll(' ', '_').toUpperCase(), value]),
);
const ROWS = JSON.stringify({
  instances: [
    [1, 2],
    [3, 4],
  ],
  expected: { predictions: ['yes', 'no'] },
});

let work: string;
let closers: (() => Promise<void>)[] = [];
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'ml-deploy-secrets-'));
  mkdirSync(join(work, 'out'));
});
afterEach(async () => {
  for (const close of closers) await close();
  closers = [];
  rmSync(work, { recursive: true, force: true });
});

function run(
  name: string,
  inputs: Record<string, string>,
  env: Record<string, string> = {},
  nodeArgs: readonly string[] = [],
): Promise<ActionRun> {
  return runAction(name, {
    dist,
    inputs,
    nodeArgs,
    cwd: join(work, 'out'),
    env: {
      GITHUB_WORKSPACE: join(work, 'out'),
      RUNNER_TEMP: join(work, 'out/temp'),
      GITHUB_REPOSITORY: 'acme/churn',
      GITHUB_RUN_ID: '1001',
      ML_DEPLOY_POLL_SECONDS: '0',
      ACTIONS_STEP_DEBUG: 'true',
      RUNNER_DEBUG: '1',
      ...env,
    },
  });
}

/** What a step leaves, by name. The runner needs to be told what to mask, and hides those lines itself. */
function sinksOf({ log, summary, outputs, state }: ActionRun): Record<string, string> {
  const lines = log.split('\n').filter((line) => !line.startsWith('::add-mask::'));
  const files = filesBelow(join(work, 'out')).map((path): [string, string] => [
    path,
    withoutLibrary(readFileSync(path, 'utf8')),
  ]);
  return {
    log: lines.join('\n'),
    summary,
    outputs: JSON.stringify(outputs),
    state: JSON.stringify(state),
    ...Object.fromEntries(files),
  };
}

/** The library that draws the charts is ours, and most of a report. */
function withoutLibrary(text: string): string {
  return text.replace(/<script\b[^>]*>[^]{50000,}?<\/script>/g, '');
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .flatMap((path) => (statSync(path).isDirectory() ? filesBelow(path) : [path]));
}

/** That what was repeated to the step arrived, and that nothing of it is left. */
function expectClean(step: ActionRun, secrets: Readonly<Record<string, string>>): void {
  expect(Object.values(sinksOf(step)).join('\n'), `nothing was repeated: ${step.log}`).toContain('***');
  expectNone(step, secrets);
}

function expectNone(step: ActionRun, secrets: Readonly<Record<string, string>>): void {
  const sinks = sinksOf(step);
  const hits = Object.entries(sinks).flatMap(([sink, text]) =>
    found(text, secrets, 2).map((shape) => `${shape} in ${sink}`),
  );
  expect(hits).toEqual([]);
}

async function server(answer: Parameters<typeof startHttp>[0]): Promise<HttpFake> {
  const fake = await startHttp(answer);
  closers.push(() => fake.close());
  return fake;
}

describe.skipIf(!isBuilt)('smoke-test', () => {
  const cases = async (url: string, more: Record<string, string>) => {
    writeFileSync(join(work, 'cases.json'), ROWS);
    return run('smoke-test', {
      'endpoint-url': `${url}/invocations`,
      cases: join(work, 'cases.json'),
      reference: 'recorded',
      'report-dir': 'report',
      ...more,
    });
  };
  const ANSWERS: Readonly<Record<string, FakeAnswer>> = {
    ...Object.fromEntries(
      [302, 400, 401, 404, 422, 424, 429, 500].map((status) => [
        `status ${status}`,
        {
          status,
          body: ECHO,
          headers: { location: `https://x.test/?${encodeURIComponent(SHAPES.token ?? '')}` },
        },
      ]),
    ),
    'status 400 with JSON': { status: 400, body: { error: { message: ECHO, list: Object.values(SHAPES) } } },
    'a 200 that is no prediction': { body: ECHO },
    'a 200 with other fields': {
      body: Object.fromEntries(Object.values(SHAPES).map((value) => [value, value])),
    },
    'a 200 with labels': { body: { predictions: [SHAPES['double quotes']] } },
    'a 200 with an error': { body: { error: ECHO } },
    'a content type': { headers: { 'content-type': `text/${SHAPES.token}` }, body: 'x' },
  };

  /** What a message does not quote: these say all by their status, or by the names of fields. */
  const UNQUOTED = ['status 401', 'status 424', 'a 200 with an error', 'a 200 with other fields'];
  it.each(triedOf(Object.entries(ANSWERS), EVERY))(
    'whose endpoint repeats its headers in %s',
    async (name, answer) => {
      const { url } = await server(() => answer);
      const headers = Object.fromEntries(
        Object.entries(IN_HEADERS).map(([name, value]) => [`x-${name.replaceAll(' ', '-')}`, value]),
      );
      const step = await cases(url, { 'request-headers': JSON.stringify(headers) });
      (UNQUOTED.includes(name) ? expectNone : expectClean)(step, IN_HEADERS);
    },
  );

  it.each(triedOf(Object.entries(IN_HEADERS), EVERY))(
    'whose endpoint repeats a bearer-token that is %s',
    async (shape, value) => {
      const { url } = await server(() => ({ status: 400, body: echoOf([value]) }));
      expectClean(await cases(url, { 'bearer-token': value }), { [shape]: value });
    },
  );

  it.each(triedOf(['status 400', 'status 500', 'a 200 with labels', 'a 200 with an error'], EVERY))(
    'whose endpoint repeats the variables of the container in %s',
    async (name) => {
      const { url } = await server(() => ANSWERS[name] ?? {});
      writeFileSync(
        join(work, 'ml-deploy.yml'),
        JSON.stringify({ defaults: { 'environment-variables': VARIABLES } }),
      );
      const step = await cases(url, { 'config-file': join(work, 'ml-deploy.yml') });
      (UNQUOTED.includes(name) ? expectNone : expectClean)(step, SHAPES);
    },
  );
});

describe.skipIf(!isBuilt)('deploy-endpoint', () => {
  let aws: FakeAws;
  let place: Record<string, string>;
  beforeAll(async () => {
    aws = await FakeAws.start({ perCall: { on: /:Describe/, milliseconds: 30_000 } });
    aws.addBucket('models', aws.world.region);
    aws.quotas.endpointInstances.set('ml.m5.large', 20);
    const image = aws.pushImage('churn', 'v1');
    const { bytes } = await makeArchive({ 'model.txt': 'one' });
    place = {
      target: 'sagemaker',
      'execution-role-arn': aws.addRole('execution'),
      'image-uri': image.uri.replace(/:v1$/, `@${image.digest}`),
      'instance-type': 'ml.m5.large',
      'model-data-url': await aws.putObject('models', 'churn/one.tar.gz', bytes),
      'environment-variables': JSON.stringify(VARIABLES),
    };
  });
  afterAll(() => aws.close());

  const CALLS = [
    's3:HeadObject',
    'iam:GetRole',
    'sagemaker:DescribeEndpoint',
    'sagemaker:CreateModel',
    'sagemaker:CreateEndpointConfig',
    'sagemaker:CreateEndpoint',
    'service-quotas:ListServiceQuotas',
    'ecr:DescribeImages',
    'sts:GetCallerIdentity',
  ];

  it.each(triedOf(CALLS, EVERY))('whose %s is refused with all variables', async (on) => {
    const withdraw = aws.inject({ on, times: 1000, fault: new AwsError('ValidationException', ECHO) });
    const step = await run(
      'deploy-endpoint',
      { ...place, 'endpoint-name': `refused-${CALLS.indexOf(on)}` },
      aws.env,
    );
    const asked = aws.names().includes(on);
    withdraw();
    aws.forget();
    // Not every command asks every service; what it does ask is clean.
    if (asked && step.exitCode !== 0) expectClean(step, SHAPES);
    else expectNone(step, SHAPES);
  });

  it('whose endpoint fails for a reason that quotes all variables', async () => {
    aws.plan({ outcome: { kind: 'failure', reason: ECHO } });
    expectClean(await run('deploy-endpoint', { ...place, 'endpoint-name': 'failing' }, aws.env), SHAPES);
  });

  it('whose container prints all variables before it fails', async () => {
    aws.plan({ outcome: { kind: 'ping-failure', logs: ECHO.split('\n') } });
    expectClean(await run('deploy-endpoint', { ...place, 'endpoint-name': 'printing' }, aws.env), SHAPES);
  });

  it('with credentials of AWS that are quoted', async () => {
    const secrets = {
      key: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
      session: `IQoJb3JpZ2lu/${SHAPES.jwt}+=`,
    };
    const withdraw = aws.inject({
      on: 'sagemaker:CreateModel',
      times: 100,
      fault: new AwsError('SignatureDoesNotMatch', echoOf(Object.values(secrets)), 403),
    });
    const { key, session } = secrets;
    const env = { ...aws.env, AWS_SECRET_ACCESS_KEY: key, AWS_SESSION_TOKEN: session };
    const step = await run('deploy-endpoint', { ...place, 'endpoint-name': 'quoted' }, env);
    withdraw();
    expectClean(step, secrets);
  });

  it('with a password in the name of its image', async () => {
    const secrets = { password: 'p_ss+w0rd!{x}' };
    const image = `olga:${secrets.password}@registry.test/churn:v1`;
    expectClean(
      await run('deploy-endpoint', { ...place, 'endpoint-name': 'e', 'image-uri': image }, aws.env),
      secrets,
    );
  });
});

describe.skipIf(!isBuilt)('what keeps models in AWS', () => {
  let aws: FakeAws;
  beforeAll(async () => {
    aws = await FakeAws.start();
    aws.addBucket('models', aws.world.region);
  });
  afterAll(() => aws.close());

  const SECRETS = {
    key: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
    session: `IQoJb3JpZ2lu/${SHAPES.jwt}+=`,
  };
  const ECHOED = echoOf(Object.values(SECRETS));
  const quoting = async (name: string, inputs: Record<string, string>, more: Record<string, string> = {}) => {
    const { key, session } = SECRETS;
    const env = { ...aws.env, AWS_SECRET_ACCESS_KEY: key, AWS_SESSION_TOKEN: session, ...more };
    const step = await run(name, inputs, env);
    expect(step.exitCode, step.log).not.toBe(0);
    expectClean(step, SECRETS);
  };
  const refused = async (on: string, name: string, inputs: Record<string, string>) => {
    aws.forget();
    aws.inject({ on, times: 1000, fault: new AwsError('SignatureDoesNotMatch', ECHOED, 403) });
    await quoting(name, inputs);
    expect(aws.names()).toContain(on);
    aws.forget();
  };
  const model = () => {
    const path = join(work, 'out/model.txt');
    writeFileSync(path, 'a model');
    return { 'model-path': path, 'model-name': 'churn', destination: 's3://models/store' };
  };

  it('package-model, whose store repeats the credentials', async () => {
    await refused('s3:PutObject', 'package-model', model());
  });

  const LOOKS = [
    ['s3:ListObjectsV2', 's3://models/in/'],
    ['s3:GetObject', 's3://models/in/model.txt'],
  ] as const;
  it.each(triedOf(LOOKS, EVERY))(
    'package-model, whose %s of %s repeats the credentials',
    async (on, path) => {
      await aws.putObject('models', 'in/model.txt', Buffer.from('a model'));
      await refused(on, 'package-model', { ...model(), 'model-path': path });
    },
  );

  it.each(triedOf(['DescribeModelPackageGroup', 'CreateModelPackageGroup', 'CreateModelPackage'], EVERY))(
    'package-model, whose model registry repeats the credentials in %s',
    async (operation) => {
      const asked: string[] = [];
      const missing = { __type: 'ValidationException', message: 'ModelPackageGroup churn does not exist.' };
      const { url } = await server(({ headers }) => {
        const target = String(headers['x-amz-target']).replace(/^.*\./, '');
        asked.push(target);
        if (target === operation) {
          return { status: 400, body: { __type: 'ValidationException', message: ECHOED } };
        }
        if (target === 'DescribeModelPackageGroup') return { status: 400, body: missing };
        return { body: { ModelPackageGroupArn: aws.world.arn('sagemaker', 'model-package-group/churn') } };
      });
      const inputs = { ...model(), 'model-package-group': 'churn' };
      await quoting('package-model', inputs, { AWS_ENDPOINT_URL_SAGEMAKER: url });
      expect(asked).toContain(operation);
    },
  );

  it.each(triedOf(['newest', 'keep'], EVERY))(
    'resolve, whose store repeats the credentials to %s',
    async (command) => {
      const digest = 'a'.repeat(64);
      for (const key of [`releases/${digest}.json`, 'environments/acme/churn/staging/model.json']) {
        await aws.putObject('models', `store/${key}`, Buffer.from('{}'));
      }
      await refused('s3:GetObject', 'resolve', {
        command,
        'artifact-store': 's3://models/store',
        'aws-region': aws.world.region,
        ...(command === 'newest'
          ? { 'promote-from': 'staging' }
          : { environment: 'staging', 'release-digest': digest }),
      });
    },
  );
});

describe.skipIf(!isBuilt)('push-image', () => {
  /** A program that is enough of docker, and prints all that it was given. */
  const fakeDocker = (fails: string) => {
    const bin = join(work, 'bin');
    mkdirSync(bin);
    writeFileSync(join(work, 'echo.txt'), ECHO);
    const info = JSON.stringify({
      ServerVersion: '27.0.0',
      DockerRootDir: '/',
      OSType: 'linux',
      Architecture: 'x86_64',
      ClientInfo: { Plugins: [{ Name: 'buildx', Version: 'v0.21.0' }] },
    });
    const script = `#!${process.execPath}
const { readFileSync } = require('node:fs');
const said = process.argv.slice(2).join(' ');
if (said.startsWith('info')) console.log(${JSON.stringify(info)});
else if (said.includes('version')) console.log('github.com/docker/buildx v0.21.0 x');
else {
  const echo = readFileSync(${JSON.stringify(join(work, 'echo.txt'))}, 'utf8');
  process.stdout.write(echo);
  process.stderr.write(echo);
  process.exitCode = said.includes(${JSON.stringify(fails)}) ? 1 : 0;
}
`;
    writeFileSync(join(bin, 'docker'), script, { mode: 0o755 });
    return { PATH: `${bin}:${process.env.PATH ?? ''}` };
  };

  it.each(triedOf(['build', 'push'], EVERY))(
    'whose engine prints all build secrets and fails to %s',
    async (fails) => {
      const { url } = await server(() => ({
        status: 404,
        body: { errors: [{ code: 'NAME_UNKNOWN', message: ECHO }] },
      }));
      writeFileSync(join(work, 'out/Dockerfile'), 'FROM scratch\n');
      const step = await run(
        'push-image',
        {
          context: '.',
          repository: 'churn',
          registry: new URL(url).host,
          'build-secrets': Object.entries(IN_HEADERS)
            .map(([name, value]) => `${name.replaceAll(' ', '_')}=${value}`)
            .join('\n'),
        },
        fakeDocker(fails),
      );
      expectClean(step, IN_HEADERS);
    },
  );

  it.each(triedOf([400, 401, 403, 500], EVERY))(
    'whose registry answers %i with the password',
    async (status) => {
      const secrets = { password: SHAPES.plus ?? '', login: SHAPES.braces ?? '' };
      // What a registry was not sent, it cannot repeat.
      const { url } = await server(({ headers }) => ({
        status: headers.authorization === undefined ? 401 : status,
        headers: { 'www-authenticate': 'Basic realm="x"' },
        body: { errors: [{ code: 'DENIED', message: echoOf(Object.values(secrets)) }] },
      }));
      const { host } = new URL(url);
      const config = join(work, 'docker');
      mkdirSync(config);
      const auth = Buffer.from(`olga:${secrets.password}`).toString('base64');
      writeFileSync(join(config, 'config.json'), JSON.stringify({ auths: { [host]: { auth } } }));
      writeFileSync(join(work, 'out/Dockerfile'), 'FROM scratch\n');
      const step = await run(
        'push-image',
        { context: '.', repository: 'churn', registry: host, 'build-secrets': `login=${secrets.login}` },
        { ...fakeDocker('nothing'), DOCKER_CONFIG: config },
      );
      expectNone(step, secrets);
    },
  );
});

describe.skipIf(!isBuilt)('what talks to GitHub and Slack', () => {
  /** Both wait for minutes after a 429. */
  const STATUSES = [400, 401, 403, 404, 409, 422, 500, 502];

  it.each(triedOf(STATUSES, EVERY))(
    'approve-gate, whose GitHub answers %i with the token',
    async (status) => {
      const { url } = await server(() => ({ status, body: { message: ECHO, errors: [ECHO] } }));
      const token = SHAPES.token ?? '';
      writeFileSync(join(work, 'out/plan.json'), '{}');
      const step = await run(
        'approve-gate',
        { mode: 'resume', token, approvers: 'olga', 'issue-number': '1' },
        { GITHUB_API_URL: url, GITHUB_EVENT_NAME: 'workflow_dispatch' },
        SWIFT,
      );
      expectNone(step, { token });
    },
  );

  it.each(triedOf(STATUSES, EVERY))('resolve, whose GitHub answers %i with the token', async (status) => {
    const { url } = await server(() => ({ status, body: { message: ECHO, errors: [ECHO] } }));
    const token = SHAPES.token ?? '';
    const event = join(work, 'event.json');
    writeFileSync(event, JSON.stringify({ issue: { number: 1 }, comment: { id: 1, body: 'approve' } }));
    const step = await run(
      'resolve',
      { command: 'request', token },
      { GITHUB_API_URL: url, GITHUB_EVENT_NAME: 'issue_comment', GITHUB_EVENT_PATH: event },
    );
    expect(step.exitCode, step.log).not.toBe(0);
    expectNone(step, { token });
  });

  it.each(triedOf([200, ...STATUSES], EVERY))(
    'notify-slack, whose webhook answers %i with its URL',
    async (status) => {
      const path = '/services/T0000/B0000/abc_DEF-123*x';
      const { url } = await server(() => ({ status, body: echoOf([`${url}${path}`, path]) }));
      const step = await run('notify-slack', { status: 'success', 'webhook-url': `${url}${path}` });
      expectNone(step, { path });
    },
  );

  it.each(triedOf([200, ...STATUSES], EVERY))(
    'notify-slack, whose Slack answers %i with the token',
    async (status) => {
      const token = 'xoxb-12345678-abc_DEF*x';
      const { url } = await server(() => ({
        status,
        body: { ok: false, error: echoOf([token]), needed: token },
      }));
      const step = await run(
        'notify-slack',
        { status: 'success', token, channel: 'C0123456789' },
        { SLACK_API_URL: url },
      );
      expectNone(step, { token });
    },
  );
});
