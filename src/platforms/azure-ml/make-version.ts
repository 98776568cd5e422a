/**
 * The planned content becomes a deployment at 0 %: versions of the environment and the model, the endpoint where there is
 * none, and the deployment itself. One PUT at a time, each of which can be sent again.
 */
import type { ArmOperation } from '../../clouds/azure/arm.ts';
import { plannedEnvironment } from '../../core/plan/planned-environment.ts';
import { storeOfPlan } from '../../core/smoke/release-store.ts';
import { ownTags } from '../../deployment/kept/tags.ts';
import type { Performed } from '../../deployment/memory.ts';
import { again, done } from '../../deployment/performed.ts';
import type { Plan } from '../../documents/plan.ts';
import { askedDeployment, driftOf, variablesOf } from './asked.ts';
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
import { specOf } from './spec.ts';
import { isReady } from './versions.ts';
import type { Why } from './why.ts';

/** What a version is made with, and of. */
export interface Making {
  readonly plan: Plan;
  readonly reads: Reads;
  readonly options: AzureMlTargetOptions;
  /** Of this command: how often the deployment was sent, and the operation that Azure made of it. */
  readonly sent: Sent;
  readonly why: Why;
}

export interface Sent {
  times: number;
  operation: ArmOperation | null;
}

/** One call that changes something; the same step follows until the version is there. */
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
  if (drift.length === 0) return done('versions');
  if (making.sent.times > MOST_SENT)
    return {
      is: 'refused',
      cause: `Azure ML accepted the settings, and has others: ${drift.join(', ')}.`,
    };
  options.log.info(
    `The deployment of ${plan.version} is not as it was planned (${drift.join(', ')}); it is updated.`,
  );
  return put(making, endpoint);
}

const OURS = 'ml-deploy:';

/** Another run may undo it as often before it is taken for a setting that Azure writes otherwise. */
const MOST_SENT = 3;

async function makeEndpoint({ plan, reads, options }: Making): Promise<Performed> {
  const { location } = await reads.workspace();
  const store = storeOfPlan(plan);
  const tags = { ...ownTags(plan.endpoint, options), ...(store === null ? {} : { [TAG.store]: store }) };
  const body = newEndpoint(specOf(plan.desired).endpoint, { location, tags });
  await options.resources.putEndpoint(plan.endpoint, body);
  return again('serving', 'versions');
}

/** That it is ours, and where the references of its releases are. */
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
  // What others have written stays, whatever the input tags says of it.
  const isFree = (key: string) => key.startsWith(OURS) || tags[key] === undefined;
  return Object.fromEntries(
    Object.entries(wanted).filter(([key, value]) => isFree(key) && tags[key] !== value),
  );
}

async function put({ plan, options, sent }: Making, endpoint: EndpointResource): Promise<Performed> {
  const { resources, environment, environmentKey: key } = options;
  const variables = await plannedEnvironment(plan, { given: environment, key }, async () => {
    const { version } = servingOf(endpoint, options.clock.now());
    const serving =
      version === null ? null : await resources.deployment(plan.endpoint, deploymentOf(version));
    return variablesOf(serving);
  });
  if (variables === null) return { is: 'lost' };
  const body = askedDeployment(plan, endpoint.location, variables, options);
  const { operation } = await resources.putDeployment(plan.endpoint, deploymentOf(plan.version), body);
  sent.times += 1;
  sent.operation = operation;
  return again('versions');
}

/** What this run has made is told, and goes as after any failure; what a run before has left is made anew. */
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
