/** What Lambda is asked for in each flow, and what a run that is cut off anywhere leaves. */
import { Lambda } from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../../../src/core/errors.ts';
import type { DeploymentResult, DeploymentTarget } from '../../../../src/core/targets.ts';
import type { FaultName } from '../../../fakes/aws/inject.ts';
import { makeLambdaBed, shaOf, type LambdaBed } from '../../../platforms/lambda-bed.ts';
import { ENDPOINT, type ModelName } from '../../../platforms/target-suite.ts';

let bed: LambdaBed;
beforeEach(async () => {
  bed = await makeLambdaBed();
});
afterEach(() => bed.dispose());

const deploy = async (model: ModelName, target: DeploymentTarget = bed.target) =>
  target.deploy(await target.plan(bed.request(model)));
const release = async (
  model: ModelName,
  target: DeploymentTarget = bed.target,
): Promise<DeploymentResult> => {
  const plan = await target.plan(bed.request(model));
  if (plan.action === 'unchanged') return target.deploy(plan);
  await target.stage(plan);
  return target.promote(plan);
};
const lambda = () => new Lambda(bed.aws.client);
const liveNumber = async () =>
  (await lambda().getAlias({ FunctionName: ENDPOINT, Name: 'live' })).FunctionVersion;
const fn = () => {
  const found = bed.aws.lambda.functions.get(ENDPOINT);
  if (found === undefined) throw new Error('there is no function');
  return found;
};
const MUTATIONS = /^lambda:(?:Create|Update|Publish|Delete|Put|Tag|Untag)/;
const mutations = () => bed.aws.names('mutations').filter((name) => !name.endsWith(':Invoke'));

describe('Lambda 5: what is asked for', () => {
  it('names no unpublished version, guards every change, and never leaves weights unsaid', async () => {
    await release('one');
    await release('two');
    await bed.target.rollback(ENDPOINT, null);
    await release('three');
    await bed.target.teardown(ENDPOINT);
    const { calls } = bed.aws;
    const named = calls.flatMap(({ input }) => [input.Qualifier, input.FunctionVersion, input.FunctionName]);
    expect(named).not.toContain('$LATEST');
    const invoked = calls.filter(({ action }) => action === 'Invoke');
    expect(invoked.length).toBeGreaterThan(0);
    expect(invoked.every(({ input }) => input.Qualifier !== undefined)).toBe(true);
    const updates = calls.filter(({ action }) => /^(Update|Publish)/.test(action));
    expect(updates.length).toBeGreaterThan(4);
    expect(updates.filter(({ input }) => input.RevisionId === undefined)).toEqual([]);
    const aliases = updates.filter(({ action }) => action === 'UpdateAlias');
    expect(aliases.filter(({ input }) => input.RoutingConfig === undefined)).toEqual([]);
  });

  it('sends the image before the settings, since settings are refused where the old image is gone', async () => {
    await release('one');
    bed.aws.forget();
    const request = bed.requestWith('two', { memoryMb: 2048 });
    await bed.target.stage(await bed.target.plan(request));
    expect(mutations()).toEqual([
      'lambda:UpdateFunctionCode',
      'lambda:UpdateFunctionConfiguration',
      'lambda:PublishVersion',
      'lambda:CreateAlias',
    ]);
  });

  it('makes a version once, whatever served in between', async () => {
    await release('one');
    await release('two');
    bed.aws.forget();
    await deploy('one');
    expect(mutations().filter((name) => !name.endsWith(':TagResource'))).toEqual(['lambda:UpdateAlias']);
    expect((await bed.target.describe(ENDPOINT)).previous?.modelDigest).toBe(bed.images.two.modelDigest);
  });

  it('Lambda 11: rolls back with one call and a note, and does nothing when the same run repeats it', async () => {
    const target = bed.targetWith({ context: { ...bed.options.context, runId: '77' } });
    await release('one');
    await release('two');
    bed.aws.forget();
    const began = bed.ports.clock.now().getTime();
    await target.rollback(ENDPOINT, null);
    expect(mutations()).toEqual(['lambda:UpdateAlias', 'lambda:TagResource']);
    expect(bed.ports.clock.now().getTime() - began).toBeLessThanOrEqual(20_000);
    bed.aws.forget();
    expect((await target.rollback(ENDPOINT, null)).outcome).toBe('rolled-back');
    expect(mutations()).toEqual([]);
    expect((await bed.target.describe(ENDPOINT)).live?.modelDigest).toBe(bed.images.one.modelDigest);
  });
});

describe('Lambda 10: an image', () => {
  const refusals: [string, () => string, RegExp][] = [
    ['without the label', () => push('plain', { labels: {} }), /no label ml-deploy\.model-digest/],
    ['of another model', () => bed.images.two.uri, /names the model 2{64}, not 1{64}/],
    [
      'with layers of zstd',
      () => push('zstd', { layer: 'application/vnd.oci.image.layer.v1.tar+zstd' }),
      /accepts only layers compressed with gzip/,
    ],
    ['for another processor', () => push('s390x', { architecture: 's390x' }), /built for linux\/s390x/],
    [
      'that is an index',
      () => push('index', {}, 'application/vnd.oci.image.index.v1+json'),
      /one manifest only/,
    ],
    ['of another region', () => bed.images.one.uri.replace('eu-west-1', 'us-east-1'), /lies in us-east-1/],
    ['of another registry', () => 'ghcr.io/acme/churn@sha256:' + '0'.repeat(64), /not a registry of ECR/],
    [
      'that is not there',
      () => bed.images.one.uri.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
      /no image/,
    ],
  ];

  it.each(refusals)('%s is refused by the plan, and nothing is changed', async (_, uri, message) => {
    const request = bed.requestWith('one', { imageUri: uri() });
    const error: unknown = await bed.target.plan(request).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserError);
    expect((error as Error).message).toMatch(message);
    expect(mutations()).toEqual([]);
  });

  it('by its tag is planned by what the tag points to, for its own processor', async () => {
    const uri = push('arm', { architecture: 'arm64', labels: { 'ml-deploy.model-digest': '1'.repeat(64) } });
    const plan = await bed.target.plan(bed.requestWith('one', { imageUri: uri }));
    expect(plan.desired.image).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(plan.desired.spec.function).toMatchObject({ Architectures: ['arm64'] });
    expect((await bed.target.deploy(plan)).outcome).toBe('deployed');
    expect(fn().latest.settings.Architectures).toEqual(['arm64']);
  });

  it('whose repository does not let Lambda pull is a warning', async () => {
    bed.aws.ecr.policies.clear();
    const { findings } = await bed.target.plan(bed.request('one'));
    expect(findings).toContainEqual({
      level: 'warning',
      message: expect.stringContaining('lambda.amazonaws.com'),
    });
  });

  function push(tag: string, image: object, mediaType?: string): string {
    const type = mediaType === undefined ? {} : { mediaType };
    return bed.aws.pushImage('churn-serving', tag, { image, ...type }).uri;
  }
});

describe('Lambda 2: code that does not start', () => {
  it('fails the stage with the last line of its log, leaves nothing, and is in nobody’s way', async () => {
    await release('one');
    const plan = await bed.target.plan(bed.request('broken'));
    const failed = await bed.target.stage(plan);
    expect(failed).toMatchObject({ outcome: 'failed', page: 'ping-health-check' });
    expect(failed.message).toContain('ModuleNotFoundError: No module named sklearn');
    expect(await liveNumber()).toBe('1');
    expect(fn().published.map(({ number }) => number)).toEqual(['1']);
    expect([...fn().aliases.keys()]).toEqual(['live']);
    expect((await release('two')).outcome).toBe('promoted');
  });

  it('is no way back', async () => {
    await release('one');
    await release('two');
    bed.aws.lambda.images.set(shaOf(bed.images.one), { initError: ['the image is gone'] });
    bed.aws.forget();
    await expect(bed.target.rollback(ENDPOINT, null)).rejects.toThrow(/does not start: the image is gone/);
    expect(mutations()).toEqual([]);
  });

  it('that AWS does not accept ends with AWS’s reason', async () => {
    await release('one');
    const refused = { code: 'ImageAccessDenied', reason: 'Lambda does not have permission' } as const;
    bed.aws.lambda.images.set(shaOf(bed.images.two), { refused });
    const failed = await bed.target.stage(await bed.target.plan(bed.request('two')));
    expect(failed).toMatchObject({ outcome: 'failed', page: 'image-pull' });
    expect(failed.message).toMatch(/ImageAccessDenied: Lambda does not have permission/);
    expect(await liveNumber()).toBe('1');
  });
});

it('a function that could not be made is made anew by the next run', async () => {
  const refused = { code: 'ImageAccessDenied', reason: 'no' } as const;
  bed.aws.lambda.images.set(shaOf(bed.images.one), { refused });
  const failed = await bed.target.stage(await bed.target.plan(bed.request('one')));
  expect(failed.outcome).toBe('failed');
  bed.aws.lambda.images.clear();
  expect((await release('one')).outcome).toBe('promoted');
});

describe('a function that somebody else made', () => {
  const settings = {
    MemorySize: 3008,
    Timeout: 60,
    Environment: { Variables: { MODE: 'fast' } },
    TracingConfig: { Mode: 'Active' as const },
    DeadLetterConfig: { TargetArn: 'arn:aws:sqs:eu-west-1:123456789012:dead' },
    VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] },
  };
  beforeEach(async () => {
    const Code = { ImageUri: bed.images.one.uri };
    await lambda().createFunction({
      FunctionName: ENDPOINT,
      Role: bed.role,
      PackageType: 'Image',
      Code,
      ...settings,
    });
    bed.aws.advance(60_000);
    await lambda().publishVersion({ FunctionName: ENDPOINT });
    bed.aws.advance(60_000);
    await lambda().createAlias({ FunctionName: ENDPOINT, Name: 'live', FunctionVersion: '1' });
  });

  it('is taken over only when that is asked for', async () => {
    await expect(bed.target.plan(bed.request('two'))).rejects.toThrow(
      /adopt: false, but the function churn was not created by ml-deploy/,
    );
    await expect(bed.target.teardown(ENDPOINT)).rejects.toThrow(/was not created by ml-deploy/);
  });

  it('Lambda 13: loses nothing but its image', async () => {
    const before = await lambda().getFunctionConfiguration({ FunctionName: ENDPOINT });
    const target = bed.targetWith({ adopt: true });
    expect((await deploy('two', target)).outcome).toBe('deployed');
    const after = await lambda().getFunctionConfiguration({ FunctionName: ENDPOINT });
    const moving = ['CodeSha256', 'RevisionId', 'LastModified', '$metadata'];
    const rest = (found: object) =>
      Object.fromEntries(Object.entries(found).filter(([key]) => !moving.includes(key)));
    expect(rest(after)).toEqual(rest(before));
    expect((await target.describe(ENDPOINT)).previous?.version).toBe('version-1');
    expect((await target.rollback(ENDPOINT, null)).outcome).toBe('rolled-back');
    expect(await liveNumber()).toBe('1');
  });

  it('is ours from then on, but for what callers and its maker have a say in', async () => {
    const adopting = bed.targetWith({ adopt: true });
    const plan = await adopting.plan(bed.request('two'));
    expect(plan.steps.map(({ what }) => what).join()).toContain('TagResource');
    expect((await adopting.deploy(plan)).outcome).toBe('deployed');
    expect(fn().tags).toMatchObject({
      'ml-deploy:endpoint': ENDPOINT,
      'ml-deploy:adopted': 'version-1',
      team: 'growth',
    });
    expect((await deploy('one')).outcome).toBe('deployed');
    expect(mutations().filter((name) => name.startsWith('apigateway'))).toEqual([]);
  });

  it('keeps the tags that it has', async () => {
    const { FunctionArn: Resource } = await lambda().getFunctionConfiguration({ FunctionName: ENDPOINT });
    await lambda().tagResource({ Resource, Tags: { team: 'platform' } });
    expect((await deploy('two', bed.targetWith({ adopt: true }))).outcome).toBe('deployed');
    expect(fn().tags).toMatchObject({ team: 'platform', 'ml-deploy:adopted': 'version-1' });
  });

  it('is torn down by a word of its own alone, also after more releases: Terraform would make it anew', async () => {
    for (const model of ['two', 'one'] as const) await deploy(model, bed.targetWith({ adopt: true }));
    const refusal = `confirm: "${ENDPOINT}" was not created by ml-deploy, which took it over when version-1 served.`;
    for (const adopt of [true, false])
      await expect(bed.targetWith({ adopt }).teardown(ENDPOINT)).rejects.toThrow(refusal);
    expect((await bed.targetWith({ removesAdopted: true }).teardown(ENDPOINT)).outcome).toBe('torn-down');
  });

  it('that no release has changed yet is not torn down by adopt alone', async () => {
    await expect(bed.targetWith({ adopt: true }).teardown(ENDPOINT)).rejects.toThrow(
      `confirm: "${ENDPOINT}" was not created by ml-deploy.`,
    );
    expect(fn()).toBeDefined();
  });

  it('Lambda 7: with provisioned concurrency on its alias is told by who answers, and a move of it is never green too early', async () => {
    const of = { FunctionName: ENDPOINT, Qualifier: 'live' };
    await lambda().putProvisionedConcurrencyConfig({ ...of, ProvisionedConcurrentExecutions: 2 });
    bed.aws.advance(120_000);
    // The new version starts, and its environments cannot be made: Lambda leaves the old one at 100 %.
    const target = bed.targetWith({ adopt: true, timeoutMs: 600_000 });
    bed.aws.lambda.durations = { ...bed.aws.lambda.durations, provision: 10 ** 9 };
    const result = await deploy('two', target);
    expect(result.outcome).toBe('timed-out');
    expect(result.description).toMatchObject({ status: 'serving', live: { version: 'version-1' } });
    expect(result.description.detail).toMatch(/gives all requests of churn to version-1 until/);
  });

  it('of a .zip file cannot be made one of an image', async () => {
    fn().latest.settings = { ...fn().latest.settings, PackageType: 'Zip' };
    await expect(bed.targetWith({ adopt: true }).plan(bed.request('two'))).rejects.toThrow(
      /function of a \.zip file/,
    );
  });
});

describe('Lambda 4: two runs at once', () => {
  /** Every version that we published has the image and the memory of one plan. */
  const expectWhole = () => {
    const pairs = fn()
      .published.filter(({ description }) => description.startsWith('ml-deploy/1 '))
      .map(({ codeSha256, settings, description }) => [
        codeSha256,
        settings.MemorySize,
        / m:(\d)/.exec(description)?.[1],
      ]);
    const whole = [
      [shaOf(bed.images.one), 1024, '1'],
      [shaOf(bed.images.two), 2048, '2'],
      [shaOf(bed.images.three), 4096, '3'],
    ];
    for (const pair of pairs) expect(whole).toContainEqual(pair);
  };

  it('never publish the image of one with the settings of the other, wherever they meet', async () => {
    await release('one');
    const [mine, theirs] = [bed.targetWith({}), bed.targetWith({})];
    const plan = await mine.plan(bed.requestWith('two', { memoryMb: 2048 }));
    const other = await theirs.plan(bed.requestWith('three', { memoryMb: 4096 }));
    bed.aws.forget();
    await mine.stage(plan);
    const count = mutations().length;
    expect(count).toBe(4);
    await mine.discard(plan);
    for (const moment of ['before', 'after'] as const)
      for (let nth = 1; nth <= count; nth++) {
        let met = false;
        await theirs.stage(other);
        await theirs.discard(other);
        bed.aws.forget();
        const meet = async () => {
          if (!met) {
            met = true;
            await theirs.stage(other);
          }
          return undefined;
        };
        bed.aws.inject({ on: MUTATIONS, nth, [moment]: meet });
        const result = await mine.stage(plan);
        expect(met).toBe(true);
        expect(['staged', 'failed'], result.message).toContain(result.outcome);
        bed.aws.forget();
        expectWhole();
        expect((await mine.stage(plan)).outcome).toBe('staged');
        expect((await theirs.stage(other)).outcome).toBe('staged');
        expectWhole();
        await mine.discard(plan);
        await theirs.discard(other);
      }
  });
});

describe('Lambda 3: a run that is cut off', () => {
  const FAULTS: readonly (FaultName | 'killed')[] = ['throttle', 'error-500-after', 'denied', 'killed'];

  it.each(FAULTS)(
    'by %s at any change leaves the old version or the new one, and the next run ends it',
    async (fault) => {
      await release('one');
      const plan = await bed.target.plan(bed.request('two'));
      bed.aws.forget();
      await bed.target.stage(plan);
      await bed.target.promote(plan);
      const count = mutations().length;
      expect(count).toBeGreaterThanOrEqual(5);
      const back = async () => {
        await bed.target.rollback(ENDPOINT, null);
        // The version goes as well, so that the next run makes it again.
        const [newest] = fn().published.slice(-1);
        if (newest !== undefined && newest.number !== '1')
          await lambda().deleteFunction({ FunctionName: ENDPOINT, Qualifier: newest.number });
      };
      await back();
      for (let nth = 1; nth <= count; nth++) {
        bed.aws.forget();
        const cut = fault === 'killed' ? { after: () => 'drop' as const, times: Infinity } : { fault };
        bed.aws.inject({ on: MUTATIONS, nth, ...cut });
        const target = bed.targetWith({});
        await target
          .stage(plan)
          .then(() => target.promote(plan))
          .catch(() => null);
        bed.aws.forget();
        const { live } = await bed.target.describe(ENDPOINT);
        expect([bed.images.one.modelDigest, bed.images.two.modelDigest]).toContain(live?.modelDigest);
        const next = bed.targetWith({});
        const staged = await next.stage(plan);
        expect(['staged', 'unchanged'], `change ${nth}: ${staged.message}`).toContain(staged.outcome);
        await next.promote(plan);
        const after = await next.describe(ENDPOINT);
        expect(after.live?.modelDigest, `change ${nth}`).toBe(bed.images.two.modelDigest);
        expect([...fn().aliases.keys()], `change ${nth}`).toEqual(['live']);
        await back();
      }
    },
  );
});

describe('an invocation', () => {
  it('tells the version and a cold start, takes what fits into an event, and fails as an API would', async () => {
    await release('one');
    const invoker = await bed.target.invoker(ENDPOINT, null);
    const signal = AbortSignal.timeout(200_000);
    const { live } = await bed.target.describe(ENDPOINT);
    const answer = await invoker.invoke('{"instances":[[1]]}', 'application/json', signal);
    expect(answer).toMatchObject({ status: 200, version: live?.version, platformMs: 12 });
    expect(bed.ports.log.text).toMatch(/starts in 812\.34 ms, and uses 97 of 1024 MB/);
    const { bodyBytes = 0 } = invoker;
    expect((await invoker.invoke(Buffer.alloc(bodyBytes, '"'), 'text/csv', signal)).status).toBe(200);
    await expect(invoker.invoke(Buffer.alloc(bodyBytes + 1), 'text/csv', signal)).rejects.toThrow(
      /does not fit into an event/,
    );
    bed.aws.lambda.handler = () => ({
      payload: { errorMessage: 'no' },
      error: 'Unhandled',
      logs: ['KeyError: 3'],
    });
    const failed = await invoker.invoke('{}', 'application/json', signal);
    expect([failed.status, Buffer.from(failed.body).toString()]).toEqual([
      502,
      '{"errorMessage":"no"}\nKeyError: 3',
    ]);
  });

  it('leaves a log that can be read', async () => {
    await release('one');
    bed.aws.lambda.handler = () => ({ payload: {}, logs: ['served one'] });
    await (
      await bed.target.invoker(ENDPOINT, null)
    ).invoke('{}', 'application/json', AbortSignal.timeout(200_000));
    expect(await bed.target.logs(ENDPOINT, 5)).toContain('served one');
    expect(await bed.target.logs('nothing', 5)).toBe('');
  });
});
