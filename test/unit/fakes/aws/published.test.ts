/** The fake, and what we ask of AWS, against what AWS has published: guardrails, events, and the words of refusals. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { causeOf, type Cause } from '../../../../src/platforms/sagemaker/explain/causes.ts';
import { deploymentConfig } from '../../../../src/platforms/sagemaker/strategy.ts';
import { EVENT_DETAIL, GUARDRAILS, STATUS_MESSAGES } from '../../../fakes/aws/published/guardrails.ts';
import { CAUSES, PUBLISHED, type Refusal } from '../../../fakes/aws/sagemaker/refusal-texts.ts';
import { startScene, type Scene } from './scene.ts';

const ALARM = '<your-cw-alarm>';
const SECOND = 1000;
let scene: Scene;
beforeEach(async () => {
  scene = await startScene();
  scene.aws.alarms.alarms.set(ALARM, { AlarmName: ALARM, StateValue: 'OK' });
  await scene.endpoint('churn', 'one', { count: 10 });
  await scene.config('two', { count: 10 });
});
afterEach(() => scene.close());

const update = (DeploymentConfig: object, EndpointConfigName = 'two') =>
  scene.sagemaker.updateEndpoint({ EndpointName: 'churn', EndpointConfigName, DeploymentConfig });
const current = () => scene.aws.sagemaker.endpoints.get('churn');

/** What the new fleet does, second by second. */
function timeLine(look: () => void = () => undefined): [share: number, seconds: number][] {
  const bakes: [number, number][] = [];
  for (let second = 0; second < 7200 && current()?.status === 'Updating'; second += 1) {
    scene.aws.advance(SECOND);
    const now = current()?.update;
    if (now?.kind !== 'config' || now.phase !== 'Baking') continue;
    const share = Math.round(now.share * 100) / 100;
    const known = bakes.find(([of]) => of === share);
    if (known === undefined) bakes.push([share, 1]);
    else known[1] += 1;
    look();
  }
  return bakes;
}

describe.each(Object.entries(GUARDRAILS))(
  'A1 the guide’s example of %s',
  (type, { config, bakes, source }) => {
    it(`is taken by the fake, and bakes as the guide says (${source})`, async () => {
      await update(config);
      const seen = timeLine();
      expect(seen.map(([share]) => share)).toEqual(bakes.map(([share]) => share));
      for (const [at, [, seconds]] of seen.entries())
        expect(Math.abs(seconds - (bakes[at]?.[1] ?? 0))).toBeLessThanOrEqual(1);
    });

    it('is what we ask for, for the same bake', () => {
      const policy = config.BlueGreenUpdatePolicy;
      const traffic = policy?.TrafficRoutingConfiguration;
      const stepPercent = (traffic?.CanarySize ?? traffic?.LinearStepSize)?.Value ?? null;
      const bakeMinutes = (policy?.TerminationWaitInSeconds ?? 0) / 60;
      const alarms = [ALARM];
      const ours = deploymentConfig(
        { type: type as never, stepPercent, bakeMinutes, alarms },
        alarms,
        3_600_000,
      );
      // Ours leaves more room for instances that start slowly.
      const limit = { MaximumExecutionTimeoutInSeconds: expect.any(Number) as number };
      expect(ours).toEqual({ ...config, BlueGreenUpdatePolicy: { ...policy, ...limit } });
    });

    it('is rolled back by an alarm at any second of its last bake', async () => {
      const last = bakes.at(-1)?.[1] ?? 0;
      for (const second of [1, 2, Math.floor(last / 2), last - 2, last - 1]) {
        await update(config);
        let full = 0;
        timeLine(() => {
          const now = current()?.update;
          if (now?.kind !== 'config' || now.share !== 1) return;
          full += 1;
          if (full === second) scene.aws.setAlarm(ALARM, 'ALARM');
        });
        scene.aws.advance(600 * SECOND);
        expect([second, current()?.status, current()?.config.name]).toEqual([second, 'InService', 'one']);
        scene.aws.setAlarm(ALARM, 'OK');
      }
    });
  },
);

/** The names of all fields, nested ones with their path. */
function fieldsOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => fieldsOf(item, `${path}[]`));
  if (typeof value !== 'object' || value === null || value instanceof Date) return [path];
  return Object.entries(value).flatMap(([name, item]) => fieldsOf(item, `${path}.${name}`));
}

describe('A1 an update that bakes', () => {
  it('is described with every field of AWS’s own event', async () => {
    await scene.endpoint('sample-endpoint', 'sample-endpoint-config-1', { count: 3 });
    await scene.config('sample-endpoint-config-2', { count: 3 });
    const { config } = GUARDRAILS.canary;
    await scene.sagemaker.updateEndpoint({
      EndpointName: 'sample-endpoint',
      EndpointConfigName: 'sample-endpoint-config-2',
      DeploymentConfig: config,
    });
    scene.aws.advance(181 * SECOND);
    const { $metadata: _, ...seen } = await scene.sagemaker.describeEndpoint({
      EndpointName: 'sample-endpoint',
    });
    expect(fieldsOf(seen)).toEqual(expect.arrayContaining(fieldsOf(EVENT_DETAIL)));
    const { EndpointArn: _arn, ...published } = EVENT_DETAIL;
    const bake = published.PendingDeploymentSummary.ProductionVariants[0].VariantStatus[0];
    // In the middle of a canary it is the other wait; the rest is word for word.
    const StatusMessage = bake.StatusMessage.replace('TerminationWaitInSeconds', 'WaitIntervalInSeconds');
    expect(seen).toMatchObject({
      ...published,
      PendingDeploymentSummary: {
        ...published.PendingDeploymentSummary,
        ProductionVariants: [
          {
            ...published.PendingDeploymentSummary.ProductionVariants[0],
            VariantStatus: [{ ...bake, StatusMessage }],
          },
        ],
      },
    });
  });

  it('says in each phase what AWS says', async () => {
    await update(GUARDRAILS.canary.config);
    const said = new Map<string, Set<string>>();
    for (let minute = 0; minute < 60 && current()?.status === 'Updating'; minute += 1) {
      const { PendingDeploymentSummary: pending } = await scene.sagemaker.describeEndpoint({
        EndpointName: 'churn',
      });
      for (const { Status = '', StatusMessage = '' } of pending?.ProductionVariants?.[0]?.VariantStatus ?? [])
        said.set(Status, (said.get(Status) ?? new Set()).add(StatusMessage));
      scene.aws.advance(60 * SECOND);
    }
    expect(said.has('Baking')).toBe(true);
    const shape = (text: string) => text.replaceAll(/\d+|\b[XY]\b/g, '#').replace(/\(\w+\)/, '(field)');
    for (const [status, messages] of said) {
      const published = (STATUS_MESSAGES[status] ?? []).map(shape);
      for (const message of messages) expect(published).toContain(shape(message));
    }
  });
});

/** The cause that a user is told for each that the fake knows. */
const TOLD: Readonly<Record<Refusal, Cause>> = {
  'image-missing': 'image-pull',
  'image-kind': 'image-kind',
  'data-missing': 'model-download',
  role: 'role',
  quota: 'quota',
  'ping-failure': 'ping',
  'image-pull-failure': 'image-pull',
  'model-download-failure': 'model-download',
  'no-capacity': 'no-capacity',
};

const ROWS = CAUSES.flatMap((cause) => PUBLISHED[cause].map((published) => [cause, published] as const));

/** Makes the fake refuse for that cause, in its own words. @returns what it said */
async function refusedFor(cause: Refusal): Promise<string> {
  const { sagemaker, aws, role, image, archive } = scene;
  const create = (more: object, container: object = {}) =>
    sagemaker.createModel({
      ModelName: 'three',
      ExecutionRoleArn: role,
      ...more,
      PrimaryContainer: { Image: image, ModelDataUrl: archive, ...container },
    });
  const message = (error: unknown) => (error as Error).message;
  const said = (call: Promise<unknown>) => call.then(() => '', message);
  switch (cause) {
    case 'image-missing':
      return said(create({}, { Image: image.replace(':v1', ':v9') }));
    case 'image-kind': {
      const mediaType = 'application/vnd.oci.image.index.v1+json';
      return said(create({}, { Image: aws.pushImage('churn', 'index', { mediaType }).uri }));
    }
    case 'data-missing':
      return said(create({}, { ModelDataUrl: 's3://models/none.tar.gz' }));
    case 'role':
      return said(create({ ExecutionRoleArn: role.replace('execution', 'nobody') }));
    case 'quota':
      aws.quotas.endpointInstances.set('ml.m5.large', 1);
      return said(sagemaker.createEndpoint({ EndpointName: 'more', EndpointConfigName: 'two' }));
    case 'ping-failure':
    case 'image-pull-failure':
    case 'model-download-failure':
    case 'no-capacity': {
      aws.plan({ outcome: { kind: cause }, on: 'create' });
      await sagemaker.createEndpoint({ EndpointName: 'more', EndpointConfigName: 'two' });
      aws.advance(900 * SECOND);
      const { FailureReason = '' } = await sagemaker.describeEndpoint({ EndpointName: 'more' });
      return FailureReason;
    }
  }
}

describe('A4 a refusal', () => {
  it.each(ROWS)('because of %s, in the words of %j, is told by its cause', async (cause, published) => {
    scene.aws.world.words.exchange(cause, published);
    const said = await refusedFor(cause);
    const words = published.text.split(/\{\w+\}/);
    let from = 0;
    for (const part of words) {
      expect(said.indexOf(part, from), said).toBeGreaterThanOrEqual(from);
      from = said.indexOf(part, from) + part.length;
    }
    expect(said).not.toMatch(/\{\w+\}/);
    expect(causeOf(said, '')).toBe(TOLD[cause]);
    expect(published.source).toMatch(/^https:\/\/(?:github\.com|docs\.aws\.amazon\.com)\/./);
  });
});
