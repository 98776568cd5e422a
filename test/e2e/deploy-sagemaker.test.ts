/** deploy-endpoint on SageMaker as a runner starts it: the built bundle, its signals and its post step, on a fake AWS. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SageMaker } from '@aws-sdk/client-sagemaker';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runAction, type ActionRun, type RunOptions } from '../../scripts/lib/runner-protocol.ts';
import { lifecyclePolicy } from '../../src/core/image/ecr.ts';
import { packagedRelease } from '../../src/core/release/packaged-release.ts';
import { FileStore } from '../../src/stores/file/file-store.ts';
import { makeArchive } from '../fakes/archive.ts';
import { AwsError } from '../fakes/aws/errors.ts';
import { FakeAws } from '../fakes/aws/fake-aws.ts';
import { fakeContext } from '../fakes/ports.ts';
import { triedOf } from '../share.ts';

/** `npm test` takes one of so many wrong inputs, `npm run test:faults` all of them. */
const EVERY = 5;
const REPOSITORY = 'acme/churn';
let aws: FakeAws;
let work: string;
let place: Record<string, string>;
let archives: Record<'one' | 'two', { readonly url: string; readonly digest: string }>;

beforeAll(async () => {
  // Each look at an endpoint takes half a minute, so that creations and updates come to their end.
  aws = await FakeAws.start({ perCall: { on: /:Describe/, milliseconds: 30_000 } });
  aws.addBucket('models', aws.world.region);
  aws.quotas.endpointInstances.set('ml.m5.large', 20);
  const image = aws.pushImage('churn', 'v1');
  place = {
    target: 'sagemaker',
    'execution-role-arn': aws.addRole('execution'),
    'image-uri': image.uri.replace(/:v1$/, `@${image.digest}`),
    'instance-type': 'ml.m5.large',
  };
  archives = { one: await put('one'), two: await put('two') };
});

afterAll(() => aws.close());

beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'ml-deploy-e2e-'));
  aws.forget();
  return () => rmSync(work, { recursive: true, force: true });
});

async function put(name: string) {
  const { bytes, digest } = await makeArchive({ 'model.txt': name });
  return { url: await aws.putObject('models', `churn/${name}.tar.gz`, bytes), digest };
}

function run(inputs: Record<string, string>, options: RunOptions = {}): Promise<ActionRun> {
  const env = {
    ...aws.env,
    GITHUB_WORKSPACE: work,
    RUNNER_TEMP: join(work, 'temp'),
    GITHUB_REPOSITORY: REPOSITORY,
    ML_DEPLOY_POLL_SECONDS: '0',
    ...options.env,
  };
  return runAction('deploy-endpoint', { ...options, inputs, env });
}

const deploy = (endpoint: string, model: keyof typeof archives, more: Record<string, string> = {}) =>
  run({ ...place, 'endpoint-name': endpoint, 'model-data-url': archives[model].url, ...more });

function ok(step: ActionRun): ActionRun {
  expect(step.exitCode, step.log).toBe(0);
  return step;
}

describe('B2 a plan', () => {
  it('changes nothing of any service, the tags of the image included', async () => {
    const endpoint = 'planned-only';
    aws.ecr.lifecycles.set(`${aws.world.account}/churn`, JSON.stringify(lifecyclePolicy()));
    ok(await deploy(endpoint, 'one'));
    expect(aws.names('mutations')).toContain('ecr:PutImage');
    // Somebody took the tag off again: a plan does not put it back.
    for (const { tags } of aws.ecr.repositories.get(`${aws.world.account}/churn`) ?? [])
      for (const tag of [...tags]) if (tag.startsWith('deployed-')) tags.delete(tag);
    for (const [model, outcome] of [
      ['one', 'unchanged'],
      ['two', 'planned'],
    ] as const) {
      aws.forget();
      const planned = ok(await deploy(endpoint, model, { command: 'plan' }));
      expect([planned.outputs.outcome, aws.names('mutations')]).toEqual([outcome, []]);
    }
  });
});

describe('a job that is cancelled', () => {
  it('leaves an update that its post step tells of without touching it, and that the next run finishes', async () => {
    const endpoint = 'cancelled';
    const first = ok(await deploy(endpoint, 'one'));
    let pid = 0;
    const cut = await run(
      { ...place, 'endpoint-name': endpoint, 'model-data-url': archives.two.url },
      {
        env: { ML_DEPLOY_POLL_SECONDS: '300' },
        onStart: (started) => (pid = started),
        onLine: (line) => {
          if (line.includes(': Updating to ')) process.kill(pid, 'SIGINT');
        },
      },
    );
    expect(cut.exitCode, cut.log).toBe(1);
    expect(cut.outputs).toMatchObject({
      outcome: 'cancelled',
      'running-version': first.outputs['running-version'],
    });
    expect(cut.state.ended).toBeUndefined();

    aws.forget();
    const post = ok(
      await run({}, { entry: 'post.js', state: cut.state, env: { ML_DEPLOY_POLL_SECONDS: '0' } }),
    );
    expect(aws.names('mutations')).toEqual([]);
    expect(post.log).toContain('::warning::The command "deploy" was cut short. cancelled serves ');
    expect(post.log).toMatch(/cancelled is Updating, on its way to cancelled-[0-9a-f]{16}\./);
    expect(post.log).toContain(
      `https://${aws.world.region}.console.aws.amazon.com/sagemaker/home?region=${aws.world.region}#/endpoints/cancelled`,
    );
    expect(post.summary).toContain('### `cancelled`: state after `deploy` was interrupted');

    const again = ok(await deploy(endpoint, 'two'));
    expect(again.outputs.outcome).toBe('deployed');
    expect(again.state.ended).toBe('true');
    expect(aws.names('mutations')).not.toContain('sagemaker:UpdateEndpoint');
  });

  it('leaves a candidate that its post step names', async () => {
    const endpoint = 'staging-cut';
    let pid = 0;
    const cut = await run(
      { ...place, command: 'stage', 'endpoint-name': endpoint, 'model-data-url': archives.one.url },
      {
        env: { ML_DEPLOY_POLL_SECONDS: '300' },
        onStart: (started) => (pid = started),
        onLine: (line) => {
          if (/-c-[0-9a-f]{8}: Creating/.test(line)) process.kill(pid, 'SIGTERM');
        },
      },
    );
    expect(cut.outputs.outcome).toBe('cancelled');
    const post = ok(await run({}, { entry: 'post.js', state: cut.state }));
    expect(post.log).toMatch(
      /The candidate of this run, staging-cut-c-[0-9a-f]{8}, is there still \((Creating|InService)\)/,
    );
  });

  it('says nothing after a run that came to its end', async () => {
    const done = ok(await deploy('finished', 'one'));
    const post = ok(await run({}, { entry: 'post.js', state: done.state }));
    expect(post.log.trim()).toBe('');
    expect(post.summary).toBe('');
  });
});

describe('links, states and warnings', () => {
  it('come early, once for each change of the state', async () => {
    const { log } = ok(await deploy('links', 'one'));
    const lines = log.split('\n');
    const at = (text: string) => lines.findIndex((line) => line.includes(text));
    const links = ['Endpoint: https://', 'Log: https://'].map(at);
    expect(
      links.every((line) => line >= 0 && line < at('Plan ')),
      log,
    ).toBe(true);
    const states = lines.filter((line) => line.startsWith('links: '));
    expect(states).toEqual(['links: Creating', 'links: InService']);
  });
});

describe('wrong inputs', () => {
  it('are told all at once, before any call', async () => {
    const many = await run({
      target: 'sagemaker',
      'endpoint-name': 'churn_prod',
      'model-data-url': 'model.tar.gz',
      'aws-account-id': '12',
      'execution-role-arn': 'role',
      'instance-type': 'ml.m5.large',
      'initial-instance-count': '1',
      'environment-variables': 'hunter2-without-a-name',
      strategy: 'bluegreen',
      'min-capacity': '5',
      'max-capacity': '2',
      'timeout-minutes': 'soon',
      'vpc-subnets': 'subnet-1',
      sagemaker: `serverless-memory-mb: 1500
model-overrides: {"a":
data-capture-destination: /tmp
variant-name: ${'v'.repeat(64)}`,
      tags: 'aws:owner=me',
      'aws-region': 'europe',
    });
    expect(many.exitCode).toBe(1);
    const wrong = [...many.error.matchAll(/^ {2}- ([a-z-]+)(?:, line \d+|: [a-z-]+)?: /gm)].map(
      ([, name]) => name,
    );
    expect(wrong.length).toBeGreaterThanOrEqual(16);
    expect(many.error).toContain(`There are ${wrong.length} problems with the inputs:`);
    expect(new Set(wrong)).toContain('endpoint-name');
    expect(many.log + many.summary).not.toContain('hunter2');
    expect(aws.calls).toEqual([]);
  });

  const WRONG: readonly [string, Record<string, string>, RegExp][] = [
    ['64 characters', { 'endpoint-name': 'e'.repeat(64) }, /endpoint-name: "e{64}" must be/],
    ['an underscore', { 'endpoint-name': 'churn_prod' }, /endpoint-name: "churn_prod" must be/],
    [
      'a canary with one instance',
      { strategy: 'canary', 'step-percent': '10', 'initial-instance-count': '1' },
      /strategy: "canary" is not possible with 1 instance/,
    ],
    ['both kinds', { sagemaker: 'serverless-memory-mb: 2048' }, /instance-type: does not go with serverless/],
    ['an unknown strategy', { strategy: 'canari' }, /strategy: "canari" must be one of .*"canary"\?/],
    [
      'a bad environment',
      { 'environment-variables': '{"A": ' },
      /environment-variables: the value starts with { but is not/,
    ],
    [
      'an environment of lists',
      { 'environment-variables': '{"A": [1]}' },
      /environment-variables: .*for "A"/,
    ],
    [
      'overrides that are a list',
      { sagemaker: 'endpoint-config-overrides: []' },
      /sagemaker, line 1: endpoint-config-overrides: the value is JSON, but not an object/,
    ],
    [
      'an odd memory',
      { sagemaker: 'serverless-memory-mb=1500' },
      /sagemaker, line 1: serverless-memory-mb: 1500 is not possible/,
    ],
    ['one capacity', { 'min-capacity': '1' }, /max-capacity: is missing, while min-capacity/],
    ['an odd command', { command: 'destroy' }, /command: "destroy" must be one of/],
    ['no such region', { 'aws-region': 'eu-central' }, /aws-region: "eu-central" must be/],
    [
      'a long step',
      { strategy: 'linear', 'step-percent': '60' },
      /step-percent: 60 is not possible for the strategy "linear"/,
    ],
    [
      'a step of all',
      { strategy: 'linear', 'step-percent': '100' },
      /step-percent: "100" must be from 1 to 99/,
    ],
    [
      'several steps',
      { strategy: 'canary', 'step-percent': '10, 50' },
      /step-percent: "10, 50" are several steps, and a canary of SageMaker has one/,
    ],
    ['teardown without its name', { command: 'teardown' }, /confirm: is required for teardown/],
  ];
  it.each(triedOf(WRONG, EVERY))('are refused without a call: %s', async (_, inputs, message) => {
    const refused = await deploy('churn', 'one', inputs);
    expect(refused.exitCode).toBe(1);
    expect(refused.error).toMatch(message);
    expect(refused.outputs.outcome ?? '').not.toBe('deployed');
    expect(aws.calls).toEqual([]);
  });
});

describe('values of the container’s environment', () => {
  const SECRET = 'hunter2-3f9c';
  it.each(['plan', 'deploy', 'deploy a bad one', 'deploy a refused one'])(
    'are nowhere in what %s leaves',
    async (what) => {
      const endpoint = `secret-${what.replaceAll(' ', '-')}`;
      const given = {
        'environment-variables': `TOKEN=${SECRET}\nMODE=fast`,
        command: what.split(' ')[0] ?? '',
      };
      const logs = ['ModuleNotFoundError: No module named sklearn', `started with TOKEN=${SECRET}`];
      if (what === 'deploy a bad one') aws.plan({ outcome: { kind: 'ping-failure', logs } });
      const quoted = `1 validation error detected: Value '{TOKEN=${SECRET}}' at 'primaryContainer.environment' failed to satisfy constraint`;
      if (what === 'deploy a refused one') {
        aws.inject({ on: 'sagemaker:CreateModel', fault: new AwsError('ValidationException', quoted) });
      }
      const env = { RUNNER_DEBUG: '1', GITHUB_ACTIONS: 'true' };
      const inputs = { ...place, ...given, 'endpoint-name': endpoint };
      const step = await run({ ...inputs, 'model-data-url': archives.one.url }, { env });
      expect(step.exitCode, step.log).toBe(/bad|refused/.test(what) ? 1 : 0);
      const plan = readFileSync(step.outputs['plan-path'] ?? '', 'utf8');
      expect(plan).toContain('TOKEN');
      const left = [step.log, step.summary, JSON.stringify(step.outputs), JSON.stringify(step.state), plan];
      expect(left.join('\n')).not.toContain(SECRET);
      if (what === 'deploy a bad one') {
        expect(step.outputs.outcome).toBe('failed');
        for (const text of [step.log, step.summary]) {
          expect(text).toContain('ModuleNotFoundError: No module named sklearn');
          expect(text).toContain('started with TOKEN=***');
          expect(text).toContain('Cause: ping.');
        }
        const { endpoints, configs, models } = aws.ours;
        const all = [endpoints, configs, models].flatMap((made) => [...made.keys()]);
        expect(all.filter((name) => name.startsWith(endpoint))).toEqual([]);
      }
      if (what === 'deploy a refused one') expect(step.error).toContain("Value '{TOKEN=***}'");
      if (what === 'deploy') {
        const model = aws.calls.find(({ action }) => action === 'CreateModel')?.input;
        expect(model).toMatchObject({ PrimaryContainer: { Environment: { TOKEN: SECRET } } });
      }
    },
  );
});

describe('a model package', () => {
  const arn = (version: number) =>
    `arn:aws:sagemaker:${aws.world.region}:${aws.world.account}:model-package/churn/${version}`;
  const register = (version: number, ModelApprovalStatus: 'Approved' | 'PendingManualApproval') =>
    aws.addModelPackage(arn(version), {
      ModelApprovalStatus,
      InferenceSpecification: {
        Containers: [
          {
            Image: place['image-uri'] ?? '',
            ModelDataUrl: archives.one.url,
            Environment: { MODE: 'package' },
          },
        ],
      },
    });
  const deployPackage = (version: number) => {
    const { 'image-uri': _, ...rest } = place;
    return run({ ...rest, 'endpoint-name': 'packaged', sagemaker: `model-package-arn: ${arn(version)}` });
  };

  it('is deployed by itself where it is approved', async () => {
    register(1, 'Approved');
    expect(ok(await deployPackage(1)).outputs.outcome).toBe('deployed');
    const model = aws.calls.find(({ action }) => action === 'CreateModel')?.input;
    expect(model).toMatchObject({
      PrimaryContainer: {
        Image: place['image-uri'],
        ModelDataUrl: archives.one.url,
        Environment: { MODE: 'package' },
      },
    });
  });

  it('is refused where nobody has approved it, or where there is none', async () => {
    register(2, 'PendingManualApproval');
    expect((await deployPackage(2)).error).toMatch(
      /model-package-arn: .*is PendingManualApproval, and only an Approved/,
    );
    expect((await deployPackage(9)).error).toMatch(/there is no model package .*churn\/9/);
    expect(aws.names('mutations')).toEqual([]);
  });
});

it('refuses a release that the environment before has not verified, and changes nothing', async () => {
  const store = new FileStore(join(work, 'store'));
  const model = {
    digest: archives.one.digest,
    url: archives.one.url,
    sha256: 'a'.repeat(64),
    bytes: 1,
    framework: 'custom',
    frameworkVersion: null,
    signature: null,
  };
  const release = await store.record(packagedRelease(model, null, fakeContext, new Date(0)));
  const file = [
    'environments:',
    '  staging: { endpoint-name: churn-staging }',
    '  prod: { endpoint-name: churn-prod, promote-from: staging }',
    `defaults: { target: sagemaker, artifact-store: '${store.url}' }`,
  ];
  writeFileSync(join(work, 'ml-deploy.yml'), file.join('\n'));
  const { target: _, ...rest } = place;
  const refused = await run({ ...rest, environment: 'prod', release });
  expect(refused.error).toMatch(
    /release: The release \w+ was deployed to no environment, not to staging\. prod accepts only what staging has verified \(promote-from in ml-deploy\.yml\)\. Release it to staging first/,
  );
  expect(aws.names('mutations')).toEqual([]);
  const byUrl = await run({ ...rest, environment: 'prod', 'model-data-url': archives.one.url });
  expect(byUrl.error).toMatch(
    /model-data-url: .*is not a release record, and prod accepts only what staging has verified/,
  );
});

it('goes back at three in the morning: by the names of environment and endpoint, in an empty folder', async () => {
  const endpoint = 'night';
  const first = ok(await deploy(endpoint, 'one', { environment: 'prod' }));
  ok(await deploy(endpoint, 'two', { environment: 'prod' }));
  const inputs = { target: 'sagemaker', 'endpoint-name': endpoint, command: 'rollback', environment: 'prod' };
  const back = ok(await run(inputs, { cwd: mkdtempSync(join(work, 'empty-')) }));
  expect(back.outputs).toMatchObject({
    outcome: 'rolled-back',
    'running-version': first.outputs['running-version'],
  });
  expect(back.log).toMatch(/^night: Updating to night-\w+: .*% of the traffic/m);
});

it('reaps what a dead run left, and nothing that is not due', async () => {
  const endpoint = 'reaped';
  ok(await deploy(endpoint, 'one', { environment: 'prod' }));
  const staged = ok(await deploy(endpoint, 'two', { command: 'stage', environment: 'prod' }));
  const reap = (environment = 'prod') =>
    run({ target: 'sagemaker', 'endpoint-name': endpoint, command: 'reap', environment });
  expect(ok(await reap()).outputs.outcome).toBe('unchanged');
  const candidate = staged.outputs['candidate-name'] ?? '';
  const Tags = [{ Key: 'ml-deploy:expires-at', Value: '2026-01-01T00:00:00.000Z' }];
  const ResourceArn = aws.sagemaker.endpoints.get(candidate)?.arn;
  await new SageMaker(aws.client).addTags({ ResourceArn, Tags });
  expect(ok(await reap('staging')).outputs.outcome).toBe('unchanged');
  const reaped = ok(await reap());
  expect(reaped.outputs).toMatchObject({ outcome: 'discarded', 'candidate-name': '' });
  expect(reaped.log).toContain(`Removed the expired candidates of reaped: ${candidate}.`);
  expect(aws.sagemaker.endpoints.has(candidate)).toBe(false);
  expect(aws.sagemaker.endpoints.has(endpoint)).toBe(true);
});
