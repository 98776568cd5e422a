/** What deploy-endpoint promises of SageMaker, one by one. */
import { SageMaker } from '@aws-sdk/client-sagemaker';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../../../src/core/errors.ts';
import { environmentDigests } from '../../../../src/core/plan/environment-digests.ts';
import type { Plan } from '../../../../src/documents/plan.ts';
import type { CloudSettings } from '../../../../src/core/plan/cloud-settings.ts';
import { isRead } from '../../../fakes/aws/calls.ts';
import { makeSageMakerBed, type Asked, type SageMakerBed } from '../../../platforms/sagemaker-bed.ts';
import { ENDPOINT, type ModelName } from '../../../platforms/target-suite.ts';

let bed: SageMakerBed;
beforeEach(async () => {
  bed = await makeSageMakerBed();
});
afterEach(() => bed.dispose());

const planOf = (model: ModelName, changes: Asked = {}, settings: CloudSettings = {}) =>
  bed.target.plan(bed.requestWith(model, changes, settings));
const deploy = async (model: ModelName, changes: Asked = {}, settings: CloudSettings = {}) =>
  bed.target.deploy(await planOf(model, changes, settings));
const endpoint = (name = ENDPOINT) => bed.aws.sagemaker.endpoints.get(name);
const variant = () => endpoint()?.variants[0];
const configs = () => [...bed.aws.ours.configs.values()].map(({ name }) => name).toSorted();
const models = () => [...bed.aws.ours.models.values()].map(({ name }) => name).toSorted();
const mutations = () => bed.aws.calls.filter(({ action }) => !isRead(action)).map(({ action }) => action);
const plannedCalls = ({ steps }: Plan) =>
  steps.flatMap(({ what }) => [...what.matchAll(/[(,] ?([A-Z][A-Za-z]+)/g)].map(([, call]) => call));
const fieldsOf = ({ changes }: Plan) =>
  Object.fromEntries(changes.map(({ field, from, to }) => [field, [from, to]]));

const SCALING = {
  minCapacity: 2,
  maxCapacity: 8,
  invocationsPerInstance: 100,
  scaleInCooldown: 60,
  scaleOutCooldown: 30,
};

describe('calls', () => {
  it('changes nothing and reads nothing twice where nothing is to be done', async () => {
    await deploy('one');
    bed.aws.forget();
    const plan = await planOf('one');
    expect(plan.action).toBe('unchanged');
    await bed.target.describe(ENDPOINT);
    expect(mutations()).toEqual([]);
    const reads = bed.aws.calls.map(({ name, input }) => `${name} ${JSON.stringify(input)}`);
    const twice = reads.filter((read, at) => reads.indexOf(read) !== at);
    console.info(`no-op deploy: ${reads.length} reads, ${twice.length} of them twice, 0 mutations`);
    expect(twice).toEqual([]);
  });

  it('makes no mutation that the plan does not name', async () => {
    await deploy('one');
    const plan = await planOf('two', { staging: 'none' });
    bed.aws.forget();
    await bed.target.deploy(plan);
    const made = mutations();
    console.info(`update: ${made.length} mutations (${made.join(', ')})`);
    expect(plannedCalls(plan)).toEqual(expect.arrayContaining([...new Set(made)]));
    expect(made.filter((call) => call === 'UpdateEndpoint')).toHaveLength(1);
  });

  it('plans without changing anything', async () => {
    await planOf('one');
    expect(mutations()).toEqual([]);
  });
});

describe('names', () => {
  it('are the same for the same content', async () => {
    const first = await planOf('one');
    expect((await planOf('one')).version).toBe(first.version);
    expect((await planOf('two')).version).not.toBe(first.version);
    const other = await planOf('one', {}, { startupTimeout: 600 });
    expect(other.version).not.toBe(first.version);
  });

  it('differ between endpoints, so that none is shared', async () => {
    const other = await bed.target.plan(bed.request('one', 'other'));
    expect(other.version).toMatch(/^other-[0-9a-f]{16}$/);
  });
});

describe('counts', () => {
  it('keeps what autoscaling made of it', async () => {
    await deploy('one', { instanceCount: 2, scaling: SCALING });
    bed.aws.scaleTo(ENDPOINT, 'main', 7);
    const result = await deploy('two');
    expect(result.outcome).toBe('deployed');
    expect(variant()?.count).toBe(7);
    expect(variant()?.spec.InitialInstanceCount).toBe(2);
  });

  it('changes the count without autoscaling', async () => {
    await deploy('one', { instanceCount: 2 });
    const plan = await planOf('one', { instanceCount: 3 });
    expect(fieldsOf(plan)).toMatchObject({ 'variant.InitialInstanceCount': ['2', '3'] });
    expect((await bed.target.deploy(plan)).outcome).toBe('deployed');
    expect(variant()?.count).toBe(3);
  });

  it('keeps a count that was set by hand, unless the request names one', async () => {
    await deploy('one', { instanceCount: 2 });
    bed.aws.scaleTo(ENDPOINT, 'main', 4);
    await deploy('two');
    expect(variant()?.count).toBe(4);
    bed.aws.scaleTo(ENDPOINT, 'main', 5);
    const plan = await planOf('two', { instanceCount: 4 });
    expect(fieldsOf(plan)).toEqual({ instances: ['5', '4'] });
    expect((await bed.target.deploy(plan)).outcome).toBe('deployed');
    expect(variant()?.count).toBe(4);
  });

  it('has the same policies and scheduled actions after a change of the instance type', async () => {
    await deploy('one', { instanceCount: 2, scaling: SCALING });
    const client = await bed.clients().autoScaling();
    await client.putScheduledAction({
      ServiceNamespace: 'sagemaker',
      ResourceId: `endpoint/${ENDPOINT}/variant/main`,
      ScalableDimension: 'sagemaker:variant:DesiredInstanceCount',
      ScheduledActionName: 'night',
      Schedule: 'cron(0 22 * * ? *)',
      ScalableTargetAction: { MinCapacity: 2, MaxCapacity: 2 },
    });
    const { readScaling } = await import('../../../../src/platforms/sagemaker/scaling/scaling.ts');
    const ref = { endpoint: ENDPOINT, variant: 'main' };
    const before = await readScaling(bed.options.clients, ref);
    bed.aws.scaleTo(ENDPOINT, 'main', 7);
    const result = await deploy('one', { instanceType: 'ml.m5.xlarge' });
    expect(result.outcome).toBe('deployed');
    expect(await readScaling(bed.options.clients, ref)).toEqual(before);
    expect(variant()).toMatchObject({ count: 7, spec: { InstanceType: 'ml.m5.xlarge' } });
    expect(before?.scheduled).toHaveLength(1);
  });

  it('updates autoscaling alone', async () => {
    await deploy('one', { instanceCount: 2, scaling: SCALING });
    const plan = await planOf('one', { scaling: { ...SCALING, maxCapacity: 9 } });
    expect(fieldsOf(plan)).toEqual({ 'autoscaling.max-capacity': ['8', '9'] });
    bed.aws.forget();
    expect((await bed.target.deploy(plan)).outcome).toBe('deployed');
    expect(mutations()).not.toContain('UpdateEndpoint');
    expect((await planOf('one', { scaling: { ...SCALING, maxCapacity: 9 } })).action).toBe('unchanged');
  });
});

describe('failures', () => {
  it('explains a container that does not start, and leaves nothing behind', async () => {
    const result = await deploy('broken');
    expect(result.outcome).toBe('failed');
    expect(result.message).toMatch(/could not be created/);
    expect(result.description.detail).toContain('ModuleNotFoundError: No module named sklearn');
    expect(result.description.detail).toContain('Cause: ping.');
    expect(result.message).toMatch(/did not answer GET \/ping .* Read its log below/);
    expect(result.description.status).toBe('absent');
    expect([configs(), models(), [...bed.aws.ours.endpoints.keys()]]).toEqual([[], [], []]);
  });

  it('says that the platform rolled an update back, and what serves', async () => {
    const first = await deploy('one');
    const before = [configs(), models()];
    const result = await deploy('broken');
    expect(result).toMatchObject({
      outcome: 'rolled-back',
      description: { live: { version: first.description.live?.version } },
    });
    expect(result.message).toMatch(/SageMaker rolled churn back/);
    expect(result.description.detail).toContain('ModuleNotFoundError');
    expect([configs(), models()]).toEqual(before);
  });

  it('notices a rollback that gives no reason', async () => {
    await deploy('one');
    bed.aws.plan({ outcome: { kind: 'failure', reason: 'x' }, withoutReason: true, on: 'update' });
    expect((await deploy('two')).outcome).toBe('rolled-back');
  });

  it('leaves an endpoint alone that is UpdateRollbackFailed', async () => {
    await deploy('one', { instanceCount: 2 });
    bed.aws.plan({ outcome: { kind: 'rollback-failure' }, on: 'update' });
    const strategy = { type: 'canary', stepPercent: 50, bakeMinutes: 5, alarms: [] } as const;
    const result = await deploy('two', { strategy, instanceCount: 2 });
    expect(result.outcome).toBe('needs-human');
    expect(endpoint()?.status).toBe('UpdateRollbackFailed');
    bed.aws.forget();
    expect((await deploy('three', { instanceCount: 2 })).outcome).toBe('needs-human');
    expect(mutations()).toEqual([]);
  });

  it('says what runs when the time is over, and follows the change afterwards', async () => {
    await deploy('one');
    const impatient = bed.targetWith({ timeoutMs: 60_000 });
    const plan = await planOf('two');
    const result = await impatient.deploy(plan);
    expect(result.outcome).toBe('timed-out');
    expect(result.description.live?.modelDigest).toBe(bed.archives.one.digest);
    bed.aws.forget();
    expect((await bed.target.deploy(plan)).outcome).toBe('deployed');
    expect(mutations()).not.toContain('UpdateEndpoint');
  });

  it('makes a Failed endpoint again, as the plan shows', async () => {
    await deploy('one');
    bed.aws.setStatus(ENDPOINT, 'Failed');
    const plan = await planOf('two');
    expect(plan.findings.map(({ message }) => message).join('\n')).toMatch(
      /is Failed.*deleted and created again/s,
    );
    expect(plannedCalls(plan)).toContain('DeleteEndpoint');
    expect((await bed.target.deploy(plan)).outcome).toBe('deployed');
  });

  it('waits for what SageMaker does by itself', async () => {
    await deploy('one');
    bed.aws.setStatus(ENDPOINT, 'SystemUpdating');
    bed.aws.time.after(120_000, () => bed.aws.setStatus(ENDPOINT, 'InService'));
    expect((await deploy('two')).outcome).toBe('deployed');
  });

  it('bears with what is not seen at once', async () => {
    bed.aws.lag({ model: 2, 'endpoint-config': 2, endpoint: 2 });
    expect((await deploy('one')).outcome).toBe('deployed');
    expect((await deploy('two')).outcome).toBe('deployed');
  });
});

describe('alarms of our own', () => {
  const strategy = { type: 'canary', stepPercent: 50, bakeMinutes: 5, alarms: [] } as const;

  it('watch a canary, and are gone afterwards', async () => {
    await deploy('one', { instanceCount: 2 });
    bed.aws.forget();
    expect((await deploy('two', { instanceCount: 2, strategy })).outcome).toBe('deployed');
    const update = bed.aws.calls.find(({ action }) => action === 'UpdateEndpoint')?.input;
    expect(update).toMatchObject({
      RetainAllVariantProperties: false,
      DeploymentConfig: {
        BlueGreenUpdatePolicy: {
          TrafficRoutingConfiguration: { Type: 'CANARY', WaitIntervalInSeconds: 300 },
        },
        AutoRollbackConfiguration: {
          Alarms: [
            {
              AlarmName: expect.stringMatching(
                /^ml-deploy-bake-churn\.main\.churn-[0-9a-f]{16}@hand-\w+\.errors$/,
              ),
            },
          ],
        },
      },
    });
    expect(bed.aws.ours.alarms.size).toBe(0);
  });

  it('roll back', async () => {
    const first = await deploy('one', { instanceCount: 2 });
    bed.aws.plan({ outcome: { kind: 'alarm' }, on: 'update' });
    const result = await deploy('two', { instanceCount: 2, strategy });
    expect(result.outcome).toBe('rolled-back');
    expect(result.message).toMatch(/Our bake alarm ml-deploy-bake-churn\.main\.\S*errors was set off: /);
    expect(result.description.live?.version).toBe(first.description.live?.version);
    expect(bed.aws.ours.alarms.size).toBe(0);
  });

  it('are what a rollback stops a running update with', async () => {
    const first = await deploy('one', { instanceCount: 2 });
    const plan = await planOf('two', { instanceCount: 2, strategy });
    expect((await bed.targetWith({ timeoutMs: 240_000 }).deploy(plan)).outcome).toBe('timed-out');
    const result = await bed.target.rollback(ENDPOINT, null);
    expect(result).toMatchObject({ outcome: 'rolled-back' });
    expect(result.message).toMatch(
      /was stopped by our bake alarm ml-deploy-bake-\S+\.errors; churn-\w+ serves/,
    );
    const stopped = result.description.versions.find(({ version }) => version === plan.version);
    expect(Date.parse(stopped?.withdrawnAt ?? '')).not.toBeNaN();
    expect(endpoint()?.config.name).toBe(first.description.live?.version);
  });

  it('are named to the run whose update somebody else stops', async () => {
    // Two runs in two processes: without connections between, the other one's is over before this one looks.
    await bed.dispose();
    bed = await makeSageMakerBed({ pollMs: null }, { listen: true });
    await deploy('one', { instanceCount: 2 });
    const plan = await planOf('two', { instanceCount: 2, strategy });
    const other = bed.targetWith({ context: { ...bed.options.context, runId: '3003' } });
    const stopped: Promise<unknown>[] = [];
    bed.ports.log.info = (message: string) => {
      if (stopped.length === 0 && /: Updating to .*Baking/.test(message))
        stopped.push(other.rollback(ENDPOINT, null));
    };
    const result = await bed.target.deploy(plan);
    await Promise.all(stopped);
    expect(result.outcome).toBe('rolled-back');
    expect(result.message).toMatch(/Our bake alarm .* was set off: ml-deploy rollback, run 3003\./);
  });

  it('are not there for an update that bakes nothing, so that a rollback waits, and says so', async () => {
    const first = await deploy('one');
    const plan = await planOf('two');
    expect((await bed.targetWith({ timeoutMs: 60_000 }).deploy(plan)).outcome).toBe('timed-out');
    const result = await bed.target.rollback(ENDPOINT, null);
    expect(result.outcome).toBe('rolled-back');
    expect(result.message).toMatch(
      /^An update to churn-\w+ was in progress without an alarm of ours that could stop it, so this run waited for its end first\. churn went back/,
    );
    expect(endpoint()?.config.name).toBe(first.description.live?.version);
  });
});

describe('an endpoint that somebody else made', () => {
  const makeByHand = async (shadow = false) => {
    const sageMaker = await bed.clients().sageMaker();
    await sageMaker.createModel({
      ModelName: 'tf-model',
      ExecutionRoleArn: bed.role,
      PrimaryContainer: {
        Image: bed.image.uri,
        ModelDataUrl: bed.archives.one.url,
        Environment: { THRESHOLD: 'secret-0.7' },
      },
      VpcConfig: { Subnets: ['subnet-1'], SecurityGroupIds: ['sg-1'] },
    });
    const variantOf = (VariantName: string) => ({
      VariantName,
      ModelName: 'tf-model',
      InstanceType: 'ml.c5.large' as const,
      InitialInstanceCount: 1,
      VolumeSizeInGB: 32,
    });
    await sageMaker.createEndpointConfig({
      EndpointConfigName: 'tf-config',
      ProductionVariants: [variantOf('blue')],
      ...(shadow ? { ShadowProductionVariants: [variantOf('shade')] } : {}),
      KmsKeyId: 'arn:aws:kms:eu-west-1:123456789012:key/1',
      DataCaptureConfig: {
        EnableCapture: true,
        InitialSamplingPercentage: 20,
        DestinationS3Uri: 's3://models/capture',
        CaptureOptions: [{ CaptureMode: 'Input' }],
      },
    });
    await sageMaker.createEndpoint({ EndpointName: ENDPOINT, EndpointConfigName: 'tf-config' });
    bed.aws.advance(200_000);
  };
  const adopting = () => bed.targetWith({ adopt: true });
  const request = () => {
    const made = bed.requestWith('two');
    return { ...made, desired: { ...made.desired, spec: { modelDataUrl: bed.archives.two.url } } };
  };

  it('is refused without adopt', async () => {
    await makeByHand();
    await expect(bed.target.plan(request())).rejects.toThrow(
      /adopt: false, but the endpoint churn was not created by/,
    );
  });

  it('is taken over with everything that it has', async () => {
    await makeByHand();
    const target = adopting();
    const plan = await target.plan(request());
    expect(plan.changes.map(({ field }) => field).toSorted()).toEqual(['container.ModelDataUrl', 'model']);
    expect(JSON.stringify(plan)).not.toContain('secret-0.7');
    expect((await target.deploy(plan)).outcome).toBe('deployed');
    const model = variant()?.model.spec;
    expect(model).toMatchObject({
      VpcConfig: { Subnets: ['subnet-1'], SecurityGroupIds: ['sg-1'] },
      PrimaryContainer: { Environment: { THRESHOLD: 'secret-0.7' } },
    });
    expect(endpoint()?.config.spec).toMatchObject({
      KmsKeyId: 'arn:aws:kms:eu-west-1:123456789012:key/1',
      DataCaptureConfig: { InitialSamplingPercentage: 20, DestinationS3Uri: 's3://models/capture' },
    });
    expect(variant()).toMatchObject({
      name: 'blue',
      spec: { VolumeSizeInGB: 32, InstanceType: 'ml.c5.large' },
    });
  });

  it('keeps the autoscaling that it has, count and all', async () => {
    await makeByHand();
    const client = await bed.clients().autoScaling();
    const resource = {
      ServiceNamespace: 'sagemaker',
      ResourceId: `endpoint/${ENDPOINT}/variant/blue`,
      ScalableDimension: 'sagemaker:variant:DesiredInstanceCount',
    } as const;
    await client.registerScalableTarget({ ...resource, MinCapacity: 1, MaxCapacity: 9 });
    await client.putScalingPolicy({
      ...resource,
      PolicyName: 'tf-policy',
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: 70,
        CustomizedMetricSpecification: {
          MetricName: 'CPUUtilization',
          Namespace: '/aws/sagemaker/Endpoints',
          Statistic: 'Average',
        },
      },
    });
    bed.aws.scaleTo(ENDPOINT, 'blue', 7);
    const { readScaling } = await import('../../../../src/platforms/sagemaker/scaling/scaling.ts');
    const ref = { endpoint: ENDPOINT, variant: 'blue' };
    const before = await readScaling(bed.options.clients, ref);
    const target = adopting();
    expect((await target.deploy(await target.plan(request()))).outcome).toBe('deployed');
    expect(variant()?.count).toBe(7);
    expect(await readScaling(bed.options.clients, ref)).toEqual(before);
    expect(before?.policies).toHaveLength(1);
  });

  it('goes back to what it had, and that is never removed', async () => {
    await makeByHand();
    const target = adopting();
    await target.deploy(await target.plan(request()));
    expect((await target.describe(ENDPOINT)).previous?.version).toBe('tf-config');
    expect((await bed.target.rollback(ENDPOINT, null)).outcome).toBe('rolled-back');
    expect(endpoint()?.config.name).toBe('tf-config');
    await bed.targetWith({ removesAdopted: true }).teardown(ENDPOINT);
    expect([configs(), models()]).toEqual([['tf-config'], ['tf-model']]);
  });

  it('is refused with a shadow variant, by name', async () => {
    await makeByHand(true);
    await expect(adopting().plan(request())).rejects.toThrow(/a shadow variant \(shade\)/);
  });

  it('is torn down by a word of its own alone, also after more releases: Terraform would make it anew', async () => {
    await makeByHand();
    const target = adopting();
    for (const model of ['one', 'two'] as const) await target.deploy(await target.plan(bed.request(model)));
    await expect(target.teardown(ENDPOINT)).rejects.toThrow(
      `confirm: "${ENDPOINT}" was not created by ml-deploy, which took it over when tf-config served.`,
    );
    await expect(target.teardown(ENDPOINT)).rejects.toThrow(`set confirm to "${ENDPOINT} ${ENDPOINT}"`);
    expect(endpoint()).toBeDefined();
    const told = bed.targetWith({ adopt: true, removesAdopted: true });
    expect((await told.teardown(ENDPOINT)).outcome).toBe('torn-down');
    expect(endpoint()).toBeUndefined();
  });

  it('is not torn down', async () => {
    await makeByHand();
    await expect(bed.target.teardown(ENDPOINT)).rejects.toThrow(/was not created by ml-deploy/);
    expect(endpoint()).toBeDefined();
  });
});

describe('tags', () => {
  it('stand on everything that is made, from the start', async () => {
    const { description } = await deploy('one');
    const version = description.live?.version ?? '';
    for (const [kind, name] of [
      ['endpoint', ENDPOINT],
      ['endpoint-config', version],
      ['model', models()[0] ?? ''],
    ] as const) {
      expect(bed.aws.tagsOf(kind, name)).toMatchObject({
        team: 'growth',
        'ml-deploy:repository': 'acme/churn',
        'ml-deploy:environment': 'prod',
        'ml-deploy:endpoint': ENDPOINT,
        'ml-deploy:commit': 'c0ffee',
      });
    }
    const created = bed.aws.calls.filter(({ action }) => action.startsWith('Create'));
    expect(created.every(({ input }) => Array.isArray(input.Tags))).toBe(true);
  });

  it('are needed to tear an endpoint down: a name that looks like ours is not enough', async () => {
    await deploy('one');
    const arn = endpoint()?.arn ?? '';
    bed.aws.stripTags('endpoint', ENDPOINT);
    await expect(bed.target.teardown(ENDPOINT)).rejects.toThrow(
      `"${ENDPOINT}" no longer has the tag ml-deploy:endpoint and is left as it is.`,
    );
    expect(endpoint()).toBeDefined();
    const Tags = [{ Key: 'ml-deploy:endpoint', Value: ENDPOINT }];
    await new SageMaker(bed.aws.client).addTags({ ResourceArn: arn, Tags });
    expect((await bed.target.teardown(ENDPOINT)).outcome).toBe('torn-down');
  });

  it('are no matter once the endpoint goes between two requests of a look', async () => {
    await deploy('one');
    await new SageMaker(bed.aws.client).deleteEndpoint({ EndpointName: ENDPOINT });
    bed.aws.allows = (_, { name }) => {
      if (name === 'sagemaker:ListTags') bed.aws.advance(600_000);
      return true;
    };
    expect((await bed.target.teardown(ENDPOINT)).outcome).toBe('torn-down');
    expect([configs(), models()]).toEqual([[], []]);
  });

  it('may be stripped: what served, what is verified, and what is ours is still known', async () => {
    const first = await deploy('one');
    const version = first.description.live?.version ?? '';
    await bed.target.markVerified(ENDPOINT, version);
    await deploy('two');
    bed.aws.stripTags('endpoint', ENDPOINT);
    for (const name of configs()) bed.aws.stripTags('endpoint-config', name);
    const description = await bed.target.describe(ENDPOINT);
    expect(description.previous).toMatchObject({ version, verified: true });
    expect((await planOf('two')).action).toBe('unchanged');
    expect((await bed.target.rollback(ENDPOINT, null)).outcome).toBe('rolled-back');
    expect(endpoint()?.config.name).toBe(version);
  });

  it('name the owner: another repository is refused', async () => {
    await deploy('one');
    const other = bed.targetWith({ context: { repository: 'acme/other', commit: '', runId: '' } });
    await expect(other.plan(bed.request('two'))).rejects.toThrow(/belongs to the repository acme\/churn/);
  });
});

describe('housekeeping', () => {
  const versions = async () => (await bed.target.describe(ENDPOINT)).versions.map(({ version }) => version);

  it('keeps as many old versions as asked', async () => {
    const target = bed.targetWith({ keepVersions: 1 });
    for (const timeout of [100, 200, 300, 400, 500]) {
      await target.deploy(await target.plan(bed.requestWith('two', {}, { startupTimeout: timeout })));
    }
    // What a rollback goes to stays, and what one that is under way already may go to.
    expect(await versions()).toHaveLength(3);
    expect([configs().length, models().length]).toEqual([3, 1]);
    expect((await planOf('two', {}, { startupTimeout: 500 })).action).toBe('unchanged');
  });

  it('keeps what a rollback goes to, however old', async () => {
    const first = await deploy('one');
    await bed.target.markVerified(ENDPOINT, first.description.live?.version ?? '');
    const target = bed.targetWith({ keepVersions: 1 });
    for (const timeout of [100, 200, 300, 400]) {
      await target.deploy(await target.plan(bed.requestWith('two', {}, { startupTimeout: timeout })));
    }
    expect((await bed.target.describe(ENDPOINT)).previous?.version).toBe(first.description.live?.version);
    expect(configs()).toHaveLength(3);
  });

  it('leaves what an endpoint made by hand uses', async () => {
    const first = await deploy('one');
    const version = first.description.live?.version ?? '';
    const sageMaker = await bed.clients().sageMaker();
    await sageMaker.createEndpoint({ EndpointName: 'by-hand', EndpointConfigName: version });
    bed.aws.advance(200_000);
    const result = await bed.target.teardown(ENDPOINT);
    expect(result.message).toContain(version);
    expect(configs()).toEqual([version]);
    expect(models()).toHaveLength(1);
  });

  it('leaves another endpoint with the same model whole', async () => {
    await deploy('one');
    await bed.target.deploy(await bed.target.plan(bed.request('one', 'other')));
    const target = bed.targetWith({ keepVersions: 1 });
    for (const model of ['two', 'three', 'one'] as const) {
      await target.deploy(await target.plan(bed.request(model)));
    }
    await bed.target.teardown(ENDPOINT);
    const other = await bed.target.describe('other');
    expect(other).toMatchObject({ status: 'serving', live: { modelDigest: bed.archives.one.digest } });
    expect([configs().length, models().length]).toEqual([1, 1]);
    expect((await bed.target.plan(bed.request('one', 'other'))).action).toBe('unchanged');
  });

  it('removes candidates that expired', async () => {
    await deploy('one');
    await bed.target.stage(await planOf('two'));
    bed.ports.clock.advance(7 * 3600_000);
    const staged = await bed.target.stage(await planOf('three'));
    expect(staged.description.candidates.map(({ name }) => name)).toEqual([staged.candidate?.name]);
  });
});

describe('two runs at once', () => {
  it('end with one of the two, and one of them is told', async () => {
    await deploy('one');
    const [a, b] = [await planOf('two'), await planOf('three')];
    const outcomes = await Promise.allSettled([bed.targetWith({}).deploy(a), bed.targetWith({}).deploy(b)]);
    const won = outcomes.filter(
      (outcome) => outcome.status === 'fulfilled' && outcome.value.outcome === 'deployed',
    );
    expect(won).toHaveLength(1);
    const lost = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(String(lost?.reason)).toMatch(/has changed since this was planned|was faster/);
    expect([a.version, b.version]).toContain(endpoint()?.config.name);
  });
});

describe('environment variables', () => {
  it('with keyed digests reach the container, and change nothing the second time', async () => {
    const environment = new Map([['TOKEN', 'hunter2-hunter2']]);
    const environmentKey = 'a'.repeat(64);
    const target = bed.targetWith({ environment, environmentKey });
    const request = () =>
      bed.requestWith('one', { environment: environmentDigests(environment, environmentKey) });
    const plan = await target.plan(request());
    expect(plan.desired.environment.TOKEN).toMatch(/^hmac-sha256:/);
    expect((await target.deploy(plan)).outcome).toBe('deployed');
    expect(variant()?.model.spec.PrimaryContainer?.Environment).toEqual({ TOKEN: 'hunter2-hunter2' });
    expect((await target.plan(request())).action).toBe('unchanged');
    // Another key makes other digests of what serves, too: nothing is taken for a change that is none.
    const other = bed.targetWith({ environment, environmentKey: 'b'.repeat(64) });
    const again = bed.requestWith('one', { environment: environmentDigests(environment, 'b'.repeat(64)) });
    expect((await other.plan(again)).action).toBe('unchanged');
    await expect(
      bed.target.deploy(
        await target.plan(bed.requestWith('two', { environment: request().desired.environment })),
      ),
    ).rejects.toThrow(/TOKEN with a value that is neither set now nor the live one/);
  });

  it('are never shown, and are carried over', async () => {
    const environment = new Map([['TOKEN', 'hunter2-hunter2']]);
    const target = bed.targetWith({ environment });
    const changes = { environment: environmentDigests(environment, null) };
    const plan = await target.plan(bed.requestWith('one', changes));
    const result = await target.deploy(plan);
    const said = [JSON.stringify([plan, result]), bed.ports.log.text].join('\n');
    expect(said).not.toContain('hunter2');
    await bed.target.deploy(await bed.target.plan(bed.requestWith('two')));
    expect(variant()?.model.spec.PrimaryContainer?.Environment).toEqual({ TOKEN: 'hunter2-hunter2' });
  });
});

describe('serverless', () => {
  it('is deployed and updated, without guardrails', async () => {
    const serverless = { serverlessMemoryMb: 2048, serverlessMaxConcurrency: 5 };
    expect((await deploy('one', { instanceType: null }, serverless)).outcome).toBe('deployed');
    bed.aws.forget();
    expect((await deploy('two', { instanceType: null })).outcome).toBe('deployed');
    const update = bed.aws.calls.find(({ action }) => action === 'UpdateEndpoint')?.input;
    expect(update).not.toHaveProperty('DeploymentConfig');
    expect(variant()?.spec.ServerlessConfig).toEqual({ MemorySizeInMB: 2048, MaxConcurrency: 5 });
  });

  it('is not mixed with instances on a live endpoint', async () => {
    await deploy('one');
    await expect(planOf('one', { instanceType: null }, { serverlessMemoryMb: 2048 })).rejects.toThrow(
      UserError,
    );
  });
});

describe('rollback', () => {
  it('checks that the old image is still there', async () => {
    await deploy('one');
    await deploy('two');
    bed.aws.ecr.repositories.delete(`${bed.aws.world.account}/churn-serving`);
    await expect(bed.target.rollback(ENDPOINT, null)).rejects.toThrow(/its image .* no longer exists/);
  });

  it('checks that a model of single files is still there', async () => {
    const url = `s3://models/models/${'a'.repeat(64)}/files/`;
    await bed.aws.putObject('models', `models/${'a'.repeat(64)}/files/model.joblib`, 'model');
    await bed.target.deploy(await bed.target.plan(bed.requestWith('one', {}, { modelDataUrl: url })));
    await deploy('two');
    bed.aws.s3.buckets.get('models')?.objects.clear();
    await expect(bed.target.rollback(ENDPOINT, null)).rejects.toThrow(`its archive ${url} no longer exists`);
  });

  it('goes back once for the same run', async () => {
    await deploy('one');
    await deploy('two');
    await deploy('three');
    const target = bed.targetWith({ context: { repository: 'acme/churn', commit: '', runId: '7' } });
    const first = await target.rollback(ENDPOINT, null);
    const again = await target.rollback(ENDPOINT, null);
    expect(again.description.live?.version).toBe(first.description.live?.version);
    expect(again.message).toMatch(/already/);
  });
});

describe('preconditions', () => {
  it('refuses another account', async () => {
    const other = bed.targetWith({ account: '999999999999' });
    await expect(other.plan(bed.request('one'))).rejects.toThrow(/account 123456789012, not of 999999999999/);
  });

  it('says everything that is wrong at once', async () => {
    const request = bed.requestWith(
      'one',
      {},
      { instanceType: undefined, imageUri: undefined, executionRoleArn: undefined },
    );
    const error = await bed.target.plan(request).catch((thrown: unknown) => thrown as UserError);
    expect((error as UserError).problems.map(({ where }) => where)).toEqual(
      expect.arrayContaining(['image-uri', 'execution-role-arn', 'instance-type']),
    );
  });

  it('names the permission that is missing', async () => {
    bed.aws.allows = ({ action }) => action !== 'sagemaker:CreateModel';
    await expect(deploy('one')).rejects.toThrow(/do not allow sagemaker:CreateModel/);
    bed.aws.allows = ({ action }) => action !== 'iam:PassRole';
    await expect(deploy('one')).rejects.toThrow(/do not allow iam:PassRole/);
  });
});
