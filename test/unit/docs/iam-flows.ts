/** What each role does, on the fake: the whole of it, with everything that takes a permission of its own. */
import { ecrDigest } from '../../../src/adapters/ecr/ecr-digest.ts';
import { ecrLabels } from '../../../src/adapters/ecr/ecr-labels.ts';
import { keepDeployedImage } from '../../../src/adapters/ecr/keep-image.ts';
import { lifecyclePolicy, type Kept } from '../../../src/core/image/ecr.ts';
import { messageOf } from '../../../src/core/errors.ts';
import type { Scaling } from '../../../src/core/plan/cloud-settings.ts';
import type { Strategy } from '../../../src/documents/plan.ts';
import type { DeploymentResult } from '../../../src/core/targets.ts';
import { openStore } from '../../../src/stores/open-store.ts';
import { pushImage } from '../../fakes/aws/services/ecr.ts';
import { makeSageMakerBed, type SageMakerBed } from '../../platforms/sagemaker-bed.ts';
import { ENDPOINT } from '../../platforms/target-suite.ts';
import type { Names, PolicyName } from './iam-policies.ts';

/** What stands in the examples, and what it is called on the bed. */
export const NAMES: Names = {
  'eu-central-1': 'eu-west-1',
  'role/sagemaker-churn': 'role/execution',
  'arn:aws:s3:::acme-models': 'arn:aws:s3:::models',
};

export const ACCOUNT = '123456789012';

/** A bed with its artifact store in S3. */
export async function iamBed(): Promise<SageMakerBed> {
  let endpoint = '';
  const bed = await makeSageMakerBed(
    { openStore: (url) => openStore(url, { s3: { region: 'eu-west-1', endpoint } }) },
    { listen: 'beside' },
  );
  endpoint = bed.aws.url;
  bed.aws.quotas.endpointInstances.set('ml.m5.large', 50).set('ml.m5.xlarge', 50);
  return bed;
}

const CANARY: Strategy = { type: 'canary', stepPercent: 50, bakeMinutes: 5, alarms: [] };
const SCALING: Scaling = {
  minCapacity: 2,
  maxCapacity: 5,
  invocationsPerInstance: 700,
  scaleInCooldown: null,
  scaleOutCooldown: null,
};

type Model = 'one' | 'two' | 'three' | 'broken';

async function serve(bed: SageMakerBed, model: Model, changes = {}): Promise<DeploymentResult> {
  const { target } = bed;
  // By tag, so that its digest is looked up.
  const settings = { imageUri: bed.image.uri.replace(/@.*/, ':v1') };
  return target.deploy(await target.plan(bed.requestWith(model, { instanceCount: 2, ...changes }, settings)));
}

/** As deploy-endpoint does after a release; what it says goes into a warning there. */
async function keep({ aws, image }: SageMakerBed): Promise<Kept> {
  aws.ecr.lifecycles.set(`${ACCOUNT}/churn-serving`, JSON.stringify(lifecyclePolicy()));
  const { signal } = new AbortController();
  return keepDeployedImage(image.uri, { signal, config: { endpoint: aws.url } });
}

/** As deploy-endpoint does before it plans, for an image that is named by tag. */
function digestOf({ clients }: SageMakerBed): Promise<string | null> {
  const registry = `${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com`;
  return ecrDigest({ registry, repository: 'churn-serving' }, 'v1', clients());
}

/** As deploy-endpoint does before it plans a model whose files say what wrote them. */
function labelsOf({ clients, aws }: SageMakerBed): Promise<ReadonlyMap<string, string>> {
  const digest = pushImage(aws.ecr, 'churn-serving', 'labelled', { image: { labels: { a: 'b' } } });
  const uri = `${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/churn-serving@${digest}`;
  return ecrLabels(uri, new AbortController().signal, clients());
}

/** What somebody did at the console, or Terraform. */
async function schedule({ aws, options }: SageMakerBed): Promise<void> {
  const { allows } = aws;
  aws.allows = () => true;
  const client = await options.clients.autoScaling();
  await client.putScheduledAction({
    ServiceNamespace: 'sagemaker',
    ResourceId: `endpoint/${ENDPOINT}/variant/main`,
    ScalableDimension: 'sagemaker:variant:DesiredInstanceCount',
    ScheduledActionName: 'nights',
    Schedule: 'cron(0 22 * * ? *)',
    ScalableTargetAction: { MinCapacity: 1 },
  });
  aws.allows = allows;
}

async function startUpdate(bed: SageMakerBed): Promise<void> {
  bed.aws.durations = { provision: 3_600_000 };
  const plan = await bed.target.plan(bed.requestWith('three', { instanceCount: 2, strategy: CANARY }));
  await bed
    .targetWith({ timeoutMs: 1000, pollMs: 500 })
    .deploy(plan)
    .catch(() => undefined);
  bed.aws.durations = { provision: 180_000 };
}

function stripConfigs({ aws }: SageMakerBed): void {
  for (const { name } of aws.ours.configs.values()) aws.stripTags('endpoint-config', name);
}

/** What has to be there before the flow; made by somebody who may do everything. */
export const BEFORE: Readonly<Record<PolicyName, (bed: SageMakerBed) => Promise<void>>> = {
  'deploy-plan': async (bed) => {
    // One is older than anything that a rollback could go to.
    await serve(bed, 'three', { instanceCount: 3 });
    for (const model of ['one', 'two'] as const) await serve(bed, model);
    await serve(bed, 'three', { scaling: SCALING });
  },
  deploy: async () => undefined,
  smoke: async (bed) => {
    await serve(bed, 'one');
  },
  'smoke-target': async (bed) => {
    await serve(bed, 'one', { scaling: SCALING });
    await bed.target.stage(await bed.target.plan(bed.requestWith('two')));
    // As Terraform does it: what is known is then read from the notes beside the archives.
    stripConfigs(bed);
  },
  rollback: async (bed) => {
    const { description } = await serve(bed, 'one');
    await bed.target.markVerified(ENDPOINT, description.live?.version ?? '');
    await serve(bed, 'two', { scaling: SCALING, instanceType: 'ml.m5.xlarge' });
    await schedule(bed);
    await startUpdate(bed);
    stripConfigs(bed);
  },
};

/** What a role does, step by step; everything that the steps say is handed to `say`. */
type Flow = (bed: SageMakerBed, step: <T>(run: () => Promise<T>) => Promise<T | null>) => Promise<void>;

const BODY = '{"instances": [[1, 2]]}';

export const FLOWS: Readonly<Record<PolicyName, Flow>> = {
  'deploy-plan': async (bed, step) => {
    const settings = { imageUri: bed.image.uri.replace(/@.*/, ':v1') };
    await step(() => digestOf(bed));
    await step(() => labelsOf(bed));
    await step(() => bed.target.plan(bed.requestWith('two', { instanceCount: 2 }, settings)));
    // What serves, with a version that is too old: who uses it is looked for.
    const same = { instanceCount: 2, scaling: SCALING };
    await step(() => bed.targetWith({ keepVersions: 0 }).plan(bed.requestWith('three', same, settings)));
    await step(() => bed.target.describe(ENDPOINT));
  },
  deploy: async (bed, step) => {
    const { target, requestWith } = bed;
    await step(() => digestOf(bed));
    await step(() => labelsOf(bed));
    const first = await step(() => serve(bed, 'one', { scaling: SCALING }));
    if (first === null) return;
    await schedule(bed);
    await step(() => target.markVerified(ENDPOINT, first.description.live?.version ?? ''));
    const refused = await step(() => target.plan(requestWith('two', { instanceCount: 2 })));
    if (refused === null) return;
    await step(() => target.stage(refused));
    await step(() => target.discard(refused));
    const changes = { instanceType: 'ml.m5.xlarge', instanceCount: 2, strategy: CANARY };
    const plan = await step(() => target.plan(requestWith('two', changes)));
    if (plan === null) return;
    await step(() => target.stage(plan));
    await step(() => target.promote(plan));
    await step(() => keep(bed));
    await step(() => target.noteRelease(ENDPOINT, plan.version, 'a'.repeat(64)));
    await step(() => serve(bed, 'broken'));
    await step(() => target.logs(ENDPOINT, 10));
    await step(() => target.reap(ENDPOINT, null));
    await step(() => target.teardown(ENDPOINT));
  },
  smoke: async ({ options }, step) => {
    const runtime = await options.clients.runtime();
    const EndpointName = ENDPOINT;
    await step(() => runtime.invokeEndpoint({ EndpointName, Body: BODY, ContentType: 'application/json' }));
  },
  'smoke-target': async ({ target }, step) => {
    const described = await step(() => target.describe(ENDPOINT));
    for (const candidate of [null, described?.candidates[0]?.name ?? null]) {
      await step(async () => {
        const invoker = await target.invoker(ENDPOINT, candidate);
        const { status, body } = await invoker.invoke(BODY, 'application/json', AbortSignal.timeout(200_000));
        return { status, body: Buffer.from(body).toString() };
      });
    }
    await step(() => target.logs(ENDPOINT, 10));
    await step(() => target.markVerified(ENDPOINT, described?.live?.version ?? ''));
  },
  rollback: async (bed, step) => {
    const { target, aws } = bed;
    // Stops what is under way; then goes further back, which fails the first time.
    await step(() => target.rollback(ENDPOINT, null));
    aws.plan({ outcome: { kind: 'ping-failure', logs: ['no'] }, on: 'update' });
    await step(() => target.rollback(ENDPOINT, null));
    await step(() => target.rollback(ENDPOINT, null));
  },
};

class Enough extends Error {}

/**
 * @param until stops as soon as this was said
 * @returns everything that was said on the way: errors, results, findings, the log
 */
export async function runFlow(role: PolicyName, bed: SageMakerBed, until?: string): Promise<string> {
  const said: string[] = [];
  const all = () => [...said, bed.ports.log.text].join('\n');
  const step = async <T>(run: () => Promise<T>): Promise<T | null> => {
    const made = await run().catch((error: unknown) => {
      said.push(messageOf(error));
      return null;
    });
    said.push(JSON.stringify(made ?? ''));
    if (until !== undefined && all().includes(until)) throw new Enough();
    return made;
  };
  await FLOWS[role](bed, step).catch((error: unknown) => {
    if (!(error instanceof Enough)) throw error;
  });
  return all();
}
