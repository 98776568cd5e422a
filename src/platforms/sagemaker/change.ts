/** Makes a planned version serve under a name: the endpoint's own, or that of a candidate. */
import { UpstreamError, UserError } from '../../core/errors.ts';
import type { Desired, Plan } from '../../documents/plan.ts';
import { unwatch, watch } from './alarms/watch.ts';
import { wasNotDone } from '../../clouds/aws/errors.ts';
import { isPassing, isScaled, pendingConfig, readLive, type Live } from './live.ts';
import { namesOf } from './names-of.ts';
import {
  createConfig,
  createEndpoint,
  createModel,
  deleteEndpoint,
  isInProgress,
  updateEndpoint,
} from './mutate.ts';
import { noteChange } from './notes.ts';
import { environmentValues } from './resolve/environment.ts';
import { restoreScaling, suspendScaling } from './scaling/save-scaling.ts';
import { SCRIPT } from './serving-images.ts';
import type { Session } from './session.ts';
import { containerOf, removesScaling, specsOf, textAt, variantOf, variantFacts } from './specs.ts';
import { deploymentConfig } from './strategy.ts';
import { tagList, type TagList } from '../../clouds/aws/tags.ts';
import { commonTags } from './tags.ts';
import { factTags, versionOfPlan } from './versions.ts';
import { waitUntilQuiet, type Waited } from './wait.ts';

/** What there is before a change, when nothing else is under way any more. */
export interface Settled {
  readonly live: Live | null;
  /** This very change is under way already: an earlier run of it was cut short. */
  readonly underWay: boolean;
  readonly timedOut: boolean;
}

const MOST_CHANGES = 5;

/** Waits for whatever is under way, unless it is what is wanted. */
export async function settle(endpoint: string, wanted: string | null, session: Session): Promise<Settled> {
  const { reads, options } = session;
  for (let changes = 0; changes < MOST_CHANGES; changes++) {
    reads.forget();
    const live = await readLive(endpoint, reads);
    if (live === null || !isPassing(live.status)) return { live, underWay: false, timedOut: false };
    const pending = pendingConfig(live.described);
    if (wanted !== null && pending === wanted) {
      options.log.info(`${endpoint} is on its way to ${wanted} already, from an earlier run.`);
      return { live, underWay: true, timedOut: false };
    }
    options.log.info(
      `${endpoint} is ${live.status}${pending === null ? '' : ` to ${pending}`}; waiting for that.`,
    );
    const { timedOut } = await waitUntilQuiet(endpoint, { begun: true, wanted: null }, reads, options);
    if (timedOut) return { live: await readLive(endpoint, reads), underWay: false, timedOut: true };
  }
  throw new UpstreamError(
    'AWS',
    `${endpoint} is changed by others again and again. Run this again when it is quiet.`,
  );
}

/** The model and the config of a plan, where they are not there yet. */
export async function ensureVersion(plan: Plan, live: Live | null, session: Session): Promise<void> {
  const { reads, options } = session;
  const names = namesOf(plan.endpoint, plan.desired);
  if (plan.version !== names.config) {
    // Nothing differs from a config that somebody else made, so that there is nothing to make.
    if ((await reads.config(plan.version)) !== null) return;
    throw new UserError(`The config ${plan.version} that was planned does not exist any more. Plan again.`);
  }
  // Where a run died while it removed a version, there is a config without its model.
  const hasConfig = (await reads.config(names.config)) !== null;
  const hasModel = (await reads.model(names.model)) !== null;
  if (hasConfig && hasModel) return;
  const facts = versionOfPlan(plan, options.clock.now().toISOString());
  const tags = tagList([...commonTags(plan, options), ...factTags(facts)]);
  const { model, endpointConfig } = specsOf(plan.desired);
  if (!hasModel) {
    const { environment } = options;
    const known = [environment, Object.entries(SCRIPT), Object.entries(live?.environment ?? {})];
    const Environment = environmentValues(plan.desired, options.environmentKey, ...known);
    const PrimaryContainer = { ...containerOf({ model }), Environment };
    await createModel(session, { ...model, PrimaryContainer, ModelName: names.model, Tags: tags });
  }
  if (hasConfig) return;
  const variant = variantOf({ endpointConfig });
  await createConfig(session, {
    ...endpointConfig,
    EndpointConfigName: names.config,
    ProductionVariants: [
      { ...variant, VariantName: textAt(variant, 'VariantName') ?? 'main', ModelName: names.model },
    ],
    Tags: tags,
  });
}

/** A new endpoint; one that is there already is left to whoever reads it back. */
export async function create(endpoint: string, plan: Plan, tags: TagList, session: Session): Promise<Waited> {
  await createEndpoint(session, endpoint, plan.version, tags);
  return waitUntilQuiet(endpoint, { begun: false, wanted: null }, session.reads, session.options);
}

/** The Failed endpoint that the plan shows as one to be made again. */
export async function removeFailed(live: Live, session: Session): Promise<void> {
  session.options.log.info(`${live.endpoint} is Failed and is removed, to be made again.`);
  await removeEndpoint(live.endpoint, session);
}

/** Deletes an endpoint and waits until it is gone; where another run changes it, after that. */
export async function removeEndpoint(endpoint: string, session: Session): Promise<void> {
  for (let changes = 0; changes < MOST_CHANGES; changes++) {
    try {
      await deleteEndpoint(session, endpoint);
      await waitUntilGone(endpoint, session);
      return;
    } catch (error) {
      if (!isInProgress(error)) throw error;
      const { live, timedOut } = await settle(endpoint, null, session);
      if (live === null) return;
      if (timedOut) break;
    }
  }
  throw new UpstreamError(
    'AWS',
    `${endpoint} could not be deleted, since others change it. Run this again when it is quiet.`,
  );
}

async function waitUntilGone(endpoint: string, { reads, options }: Session): Promise<void> {
  const { described, timedOut } = await waitUntilQuiet(
    endpoint,
    { begun: false, wanted: null, removed: true },
    reads,
    options,
  );
  if (described === null) return;
  const what = timedOut ? 'is still being deleted' : `is ${described.EndpointStatus ?? 'there'} still`;
  throw new UpstreamError('AWS', `${endpoint} was to be deleted, and ${what}. Run this again.`);
}

/** Moves an endpoint to the plan's version, by its strategy. @returns null where somebody else was faster. */
export async function update(plan: Plan, live: Live, session: Session): Promise<Waited | null> {
  const { reads, options } = session;
  const { endpoint, version } = plan;
  const arn = live.described.EndpointArn ?? '';
  await noteChange(plan, arn, live.serving, session);
  const guarded = isGuarded(plan.desired, live);
  const watching = guarded ? await watch(plan, live, session) : null;
  const holder = { endpoint, variant: live.variant, arn };
  const setAside = changesFleet(plan, live) && isScaled(live);
  if (setAside) {
    options.log.info(
      `The instance type changes: autoscaling of ${endpoint} is set aside, and restored afterwards.`,
    );
    await suspendScaling(session.clients, holder);
  }
  const done = await updateEndpoint(session, {
    EndpointName: endpoint,
    EndpointConfigName: version,
    ...(removesScaling(plan.desired) ? { RetainAllVariantProperties: false } : retained(live)),
    ...(guarded
      ? {
          DeploymentConfig: deploymentConfig(
            plan.desired.strategy,
            watching?.alarms ?? [],
            options.timeoutMs,
          ),
        }
      : {}),
  }).catch(async (error: unknown) => {
    if (!wasNotDone(error)) throw error;
    // Nothing is under way that the alarms would watch, or autoscaling would disturb.
    await unwatch(plan, session).catch(() => undefined);
    if (setAside) await restoreScaling(session.clients, holder).catch(() => undefined);
    throw error;
  });
  if (!done && !(await isOnItsWay(plan, session))) return null;
  await watching?.begun();
  return waitUntilQuiet(endpoint, { begun: !done, wanted: version }, reads, options);
}

/** Guardrails want the same variant on both sides: https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails.html */
export function isGuarded(desired: Desired, live: Live): boolean {
  const isServerless = variantOf(specsOf(desired)).ServerlessConfig !== undefined;
  return !isServerless && variantFacts(desired).variantName === live.variant;
}

/** An autoscaled count is kept; everything else comes from the new config. */
export function retained(live: Live) {
  if (!isScaled(live)) return { RetainAllVariantProperties: false };
  return {
    RetainAllVariantProperties: true,
    ExcludeRetainedVariantProperties: [
      { VariantPropertyType: 'DataCaptureConfig' as const },
      { VariantPropertyType: 'DesiredWeight' as const },
    ],
  };
}

export function changesFleet(plan: Pick<Plan, 'desired'>, live: Live): boolean {
  const before = live.specs === null ? null : textAt(variantOf(live.specs), 'InstanceType');
  const { instanceType, variantName } = variantFacts(plan.desired);
  return instanceType !== before || variantName !== live.variant;
}

async function isOnItsWay(plan: Plan, { reads }: Session): Promise<boolean> {
  reads.forget();
  const described = await reads.endpoint(plan.endpoint);
  return described !== null && pendingConfig(described) === plan.version;
}
