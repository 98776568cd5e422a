/** What is done to the endpoint itself. */
import { planOf } from '../../../deployment/port.ts';
import type { UpdateEndpointInput } from '@aws-sdk/client-sagemaker';
import { messageOf } from '../../../core/errors.ts';
import type { Desired } from '../../../documents/plan.ts';
import type { Step } from '../../../deployment/verdict.ts';
import { alarmsOfGuard, tripGuard } from '../alarms/bake-alarms.ts';
import { tagList } from '../../../clouds/aws/tags.ts';
import { isScaled, readLive, type Live } from '../live.ts';
import { addTags, createEndpoint, deleteEndpoint, setInstanceCount, updateEndpoint } from '../mutate.ts';
import { removeScaling } from '../scaling/scaling.ts';
import { configSpecOf, specsOf, textAt, variantFacts, variantOf } from '../specs.ts';
import { deploymentConfig, wantsBakeAlarms } from '../strategy.ts';
import { commonTags, TAG } from '../tags.ts';
import type { Came, Perform } from './perform.ts';
import type { Work } from './work.ts';

export const open: Perform = async ({ of }, work) => {
  const { session, subject } = work;
  const tags = tagList(commonTags(planOf(work.subject), session.options));
  return (await createEndpoint(session, subject.endpoint, of, tags)) ? 'done' : 'lost';
};

export const shift: Perform = async (step, work) => {
  const { session, subject } = work;
  const live = await readLive(subject.endpoint, session.reads);
  if (live === null) return 'lost';
  if (await noteMove(step, live, work)) return 'again';
  const config =
    subject.plan === null ? await backConfig(step, live, work) : await planConfig(step, live, work);
  if (config === 'missing') return 'missing';
  const input: UpdateEndpointInput = {
    EndpointName: subject.endpoint,
    EndpointConfigName: step.of,
    ...retained(live),
    ...config,
  };
  return (await updateEndpoint(session, input)) ? 'done' : 'lost';
};

/** On the endpoint: that it is ours, for which plan it is changed, and what served before. @returns whether it was news */
async function noteMove({ of }: Step, { described, serving, ours }: Live, work: Work): Promise<boolean> {
  const { session, subject } = work;
  const { plan, endpoint } = subject;
  const run = session.options.context.runId || '-';
  const tags =
    plan === null
      ? tagList([
          [TAG.endpoint, endpoint],
          [TAG.rollback, `${run} ${serving ?? '-'} ${of}`],
        ])
      : tagList([
          ...commonTags(plan, session.options),
          [TAG.before, serving],
          [TAG.adopted, ours ? null : serving],
        ]);
  return addTags(session, described.EndpointArn ?? '', tags);
}

type Deployment = Pick<UpdateEndpointInput, 'DeploymentConfig'>;

async function planConfig(step: Step, live: Live, work: Work): Promise<Deployment | 'missing'> {
  const { session } = work;
  const { strategy } = planOf(work.subject).desired;
  if (!isGuarded(planOf(work.subject).desired, live)) return {};
  let alarms: readonly string[] = strategy.alarms;
  if (step.with !== undefined) {
    const own = await alarmsOfGuard(session.clients, live.endpoint, step.with);
    alarms = own.map(({ AlarmName = '' }) => AlarmName).toSorted();
    if (!alarms.some((name) => name.endsWith('.errors'))) return 'missing';
  }
  return { DeploymentConfig: deploymentConfig(strategy, alarms, session.options.timeoutMs) };
}

const AT_ONCE = { type: 'all-at-once', stepPercent: null, bakeMinutes: 0, alarms: [] } as const;

/** Back to a version that served: at once, whatever its strategy was. */
async function backConfig({ of }: Step, live: Live, { session }: Work): Promise<Deployment | 'missing'> {
  const config = await session.reads.config(of);
  if (config === null) return 'missing';
  // Whoever removes a version begins with its model.
  const model = config.ProductionVariants?.[0]?.ModelName ?? null;
  if (model !== null && (await session.reads.model(model)) === null) return 'missing';
  const variant = variantOf({ endpointConfig: configSpecOf(config) });
  const isGuardable =
    variant.ServerlessConfig === undefined && textAt(variant, 'VariantName') === live.variant;
  return isGuardable ? { DeploymentConfig: deploymentConfig(AT_ONCE, [], session.options.timeoutMs) } : {};
}

/** Guardrails want the same variant on both sides: https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails.html */
function isGuarded(desired: Desired, live: Pick<Live, 'variant'>): boolean {
  const isServerless = variantOf(specsOf(desired)).ServerlessConfig !== undefined;
  return !isServerless && variantFacts(desired).variantName === live.variant;
}

/** Whether alarms of our own watch the move. */
export function isWatched(desired: Desired, live: Live): boolean {
  return live.serving !== null && wantsBakeAlarms(desired.strategy) && isGuarded(desired, live);
}

/** An autoscaled count is kept; everything else comes from the new config. */
function retained(live: Live) {
  if (!isScaled(live)) return { RetainAllVariantProperties: false };
  return {
    RetainAllVariantProperties: true,
    ExcludeRetainedVariantProperties: [
      { VariantPropertyType: 'DataCaptureConfig' as const },
      { VariantPropertyType: 'DesiredWeight' as const },
    ],
  };
}

/** Our own alarm makes SageMaker roll the running update back. */
export const abortShift: Perform = async ({ of }, { session, subject, variant }): Promise<Came> => {
  const { clients, options } = session;
  const { endpoint } = subject;
  const reason = `ml-deploy rollback, run ${options.context.runId || '(by hand)'}`;
  const came = await tripGuard(clients, { endpoint, variant, guard: of }, reason, (error) =>
    options.log.warning(
      `Our bake alarm is triggered only for some seconds, and SageMaker possibly misses it. ${messageOf(error)}`,
    ),
  );
  if (came === 'done')
    options.log.notice(
      `An update of ${endpoint} is in progress: our bake alarm of ${of} was triggered, so SageMaker rolls it back.`,
    );
  return came;
};

export const setCount: Perform = async (_step, work) => {
  const { session, subject, variant } = work;
  const { instanceCount } = variantFacts(planOf(work.subject).desired);
  if (instanceCount === null) return 'lost';
  return (await setInstanceCount(session, subject.endpoint, variant, instanceCount)) ? 'done' : 'lost';
};

/** Autoscaling first: while it is registered, it would act on an endpoint that is being deleted. */
export const close: Perform = async (_step, { session, subject, variant }) => {
  const { endpoint } = subject;
  const ref = { endpoint, variant };
  if (variant !== '' && (await session.reads.scaling(ref)) !== null) {
    await removeScaling(session.clients, ref);
    return 'again';
  }
  await deleteEndpoint(session, endpoint);
  return 'done';
};
