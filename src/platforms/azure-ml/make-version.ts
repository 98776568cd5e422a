/**
 * Makes a deployment at 0 % of the planned content: versions of the environment and the model, the endpoint if there is
 * none, and the deployment itself. One PUT at a time, each of which can be repeated.
 */
import type { ArmOperation } from '../../clouds/azure/arm.ts';
import { plannedEnvironment } from '../../core/plan/planned-environment.ts';
import { storeOfPlan } from '../../core/smoke/release-store.ts';
import { isOwnTag, ownTags } from '../../deployment/kept/tags.ts';
import type { Performed } from '../../deployment/memory.ts';
import { again, done } from '../../deployment/performed.ts';
import type { Plan } from '../../documents/plan.ts';
import { askedDeployment, countFor, driftOf, variablesOf } from './asked.ts';
import { assetsOf } from './assets.ts';
import { newEndpoint, type EndpointResource } from './endpoint.ts';
import { changeEndpoint, gets } from './change.ts';
import { TAG } from './ledger.ts';
import { deploymentOf } from './names.ts';
import type { AzureMlTargetOptions } from './options.ts';
import type { Reads } from './reads.ts';
import type { DeploymentResource } from './resources.ts';
import { servingOf } from './serving.ts';
import { failureOf, quietDeployment, quietEndpoint } from './settled.ts';
import { dueScale } from './scaling.ts';
import { specOf } from './spec.ts';
import { isReady } from './versions.ts';
import type { Why } from './why.ts';

/** What a version is made of, and what it takes to make it. */
export interface Making {
  readonly plan: Plan;
  readonly reads: Reads;
  readonly options: AzureMlTargetOptions;
  /** For this command: how often the deployment was sent, and the operation that Azure made of it. */
  readonly sent: Sent;
  readonly why: Why;
}

export interface Sent {
  times: number;
  operation: ArmOperation | null;
}

/** One call that changes something; the same step is repeated until the version exists. */
export async function makeVersion(making: Making): Promise<Performed> {
  const { plan, reads, options } = making;
  const { resources } = options;
  for (const { kind, name, version, properties } of Object.values(assetsOf(plan))) {
    if ((await resources.asset(kind, name, version)) !== null) continue;
    await resources.putAsset(kind, name, version, properties);
    return again('versions');
  }
  const endpoint = await quietEndpoint(plan.endpoint, reads, options);
  if (endpoint === null) return makeEndpoint(making);
  const missing = missingTags(endpoint, making);
  if (Object.keys(missing).length > 0) {
    const traffic = endpoint.properties.traffic ?? {};
    await changeEndpoint(endpoint, { traffic, tags: missing }, reads, options);
    return again('serving', 'versions');
  }
  const found = await quietDeployment(plan.endpoint, deploymentOf(plan.version), options);
  if (found === null) return put(making, endpoint);
  if (!isReady(found)) return failed(making, endpoint, found);
  const drift = driftOf(plan, found, options);
  if (drift.length === 0) return scale(making, found);
  if (making.sent.times > MOST_SENT)
    return {
      is: 'refused',
      cause: `Azure ML accepted the settings, and has others: ${drift.join(', ')}.`,
    };
  options.log.info(
    `The deployment of ${plan.version} is not as it was planned (${drift.join(', ')}); it is updated.`,
  );
  return put(making, endpoint, found.sku?.capacity ?? 0);
}

/** Its autoscaling, before it gets requests. */
async function scale({ plan, options }: Making, found: DeploymentResource): Promise<Performed> {
  const due = await dueScale(plan, found, options);
  if (due === null) return done('versions');
  const { resources } = options;
  await (due.wanted === null
    ? resources.deleteSetting(due.name)
    : resources.putSetting(due.name, due.wanted));
  return again('versions');
}

/** So often another run can undo it, before it counts as a setting that Azure writes differently. */
const MOST_SENT = 3;

async function makeEndpoint({ plan, reads, options }: Making): Promise<Performed> {
  const { location } = await reads.workspace();
  const store = storeOfPlan(plan);
  const tags = { ...ownTags(plan.endpoint, options), ...(store === null ? {} : { [TAG.store]: store }) };
  const body = newEndpoint(specOf(plan.desired).endpoint, { location, tags });
  await options.resources.putEndpoint(plan.endpoint, body);
  return again('serving', 'versions');
}

/** Tags that say that it is ours, and where the references of its releases are. */
function missingTags(
  endpoint: EndpointResource,
  { plan, options }: Making,
): Readonly<Record<string, string>> {
  const store = storeOfPlan(plan);
  const tags = endpoint.tags ?? {};
  const isOurs = tags[TAG.endpoint] === plan.endpoint;
  const { version } = servingOf(endpoint, options.clock.now());
  const wanted = {
    ...(isOurs ? {} : { ...ownTags(plan.endpoint, options), [TAG.adopted]: version ?? '-' }),
    ...(store === null ? {} : { [TAG.store]: store }),
  };
  // Tags of others stay, whatever the input tags says.
  const isFree = (key: string) => isOwnTag(key) || tags[key] === undefined;
  return Object.fromEntries(
    Object.entries(wanted).filter(([key, value]) => isFree(key) && tags[key] !== value),
  );
}

/** @param runs instances that run already; null for a deployment that is not there */
async function put(
  { plan, options, sent }: Making,
  endpoint: EndpointResource,
  runs: number | null = null,
): Promise<Performed> {
  const { resources, environment, environmentKey: key } = options;
  const variables = await plannedEnvironment(plan, { given: environment, key }, async () => {
    const { version } = servingOf(endpoint, options.clock.now());
    const serving =
      version === null ? null : await resources.deployment(plan.endpoint, deploymentOf(version));
    return variablesOf(serving);
  });
  if (variables === null) return { is: 'lost' };
  const count = countFor(plan, runs ?? (await servingCount(plan, endpoint, options)));
  const body = askedDeployment(plan, endpoint.location, variables, options, count);
  const { operation } = await resources.putDeployment(plan.endpoint, deploymentOf(plan.version), body);
  sent.times += 1;
  sent.operation = operation;
  return again('versions');
}

/**
 * A version takes over as many instances as the one before it has: with autoscaling that can be more than it would
 * start with.
 */
async function servingCount(
  { endpoint: name, desired }: Plan,
  endpoint: EndpointResource,
  { resources, clock }: AzureMlTargetOptions,
): Promise<number> {
  const { version } = servingOf(endpoint, clock.now());
  if (version === null || specOf(desired).scale === undefined) return 0;
  return (await resources.deployment(name, deploymentOf(version)))?.sku?.capacity ?? 0;
}

/**
 * A failure of what this run created is reported and cleaned up as any other; what an earlier run left is created
 * again.
 */
async function failed(
  { plan, options, sent, why }: Making,
  endpoint: EndpointResource,
  { name }: DeploymentResource,
): Promise<Performed> {
  const { resources, log } = options;
  if (sent.times > 0 || gets(endpoint, name)) {
    const said = await failureOf(sent.operation, `${plan.endpoint}/${name}`, options);
    await why.read(name, said === '' ? 'Azure gives no reason.' : said);
    return { is: 'refused', cause: `Its deployment ${name} has failed: ${why.said}` };
  }
  log.info(`The deployment ${name} of ${plan.endpoint} had failed before, and is made anew.`);
  await resources.deleteDeployment(plan.endpoint, name);
  await quietDeployment(plan.endpoint, name, options);
  return again('versions');
}
