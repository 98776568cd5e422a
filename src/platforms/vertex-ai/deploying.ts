/**
 * Gives a version replicas on an endpoint, without traffic yet, and removes the replicas of versions without traffic
 * when they are due.
 */
import type { Performed } from '../../deployment/memory.ts';
import { again } from '../../deployment/performed.ts';
import { readMarker } from '../../deployment/rollout/marker.ts';
import { readServed } from './ledger.ts';
import { deployedIds, isForeign, versionOf } from './names.ts';
import { LABEL } from './ledger.ts';
import { UNUSED_MS } from './options.ts';
import { ownLabels } from './ownership.ts';
import type { EndpointResource } from './resources.ts';
import { deployedAs } from './serving.ts';
import { specOf, type Deployed } from './spec.ts';
import type { At } from './steps.ts';
import { timeOf, type Version } from './versions.ts';
import { ended, isLost, kindOf } from './waiting.ts';

/**
 * One of the calls that are needed before a version can get traffic.
 * @returns null if it is deployed
 */
export async function ready(
  version: Version,
  found: EndpointResource | null,
  at: At,
): Promise<Performed | null> {
  if (found === null) return create(at);
  if (deployedAs(version.id, found) !== null) return null;
  return (await othersDeployed(at)) ?? deploy(version, at);
}

async function create(at: At): Promise<Performed> {
  const { resources, options, subject } = at;
  const { endpoint, plan } = subject;
  const { endpoint: own = {} } = plan === null ? {} : specOf(plan.desired);
  const begun = await resources.createEndpoint(endpoint, {
    displayName: endpoint,
    labels: { ...ownLabels(endpoint, options), [LABEL.role]: 'live' },
    ...own,
  });
  const { error } = await ended(begun, `The endpoint ${endpoint} is being made`, resources, options);
  return error === undefined ? again('serving') : { is: 'refused', cause: error.message ?? '' };
}

/**
 * An earlier or parallel run may be deploying it: an operation in progress is waited for, and everything is read again.
 */
async function othersDeployed(at: At): Promise<Performed | null> {
  const { resources, options, subject } = at;
  const all = await resources.operations(subject.endpoint);
  const under = all.find((operation) => operation.done !== true && kindOf(operation) === 'DeployModel');
  if (under === undefined) return null;
  await ended(under, `A deployment on ${subject.endpoint} is under way`, resources, options);
  return again('serving', 'versions');
}

async function deploy(version: Version, at: At): Promise<Performed> {
  const { resources, options, subject, tried } = at;
  const { endpoint } = subject;
  const deployed = version.made?.deployed;
  if (deployed === undefined) return { is: 'missing' };
  const id = deployedIds(version.id).find((each) => !tried.has(each));
  if (id === undefined) return { is: 'refused', cause: `Vertex AI takes none of the IDs of ${version.id}.` };
  try {
    const begun = await resources.deploy(endpoint, {
      deployedModel: deployedModel(id, version, deployed, at),
    });
    const what = `${version.id} is being deployed on ${endpoint}`;
    const { error } = await ended(begun, what, resources, options);
    if (error !== undefined) {
      at.failed(endpoint, error.message ?? '');
      return { is: 'refused', cause: error.message ?? 'Vertex AI gives no reason.' };
    }
  } catch (error) {
    if (!isLost(error)) throw error;
    // Another deployed model has the ID, or one that is gone had it.
    tried.add(id);
  }
  return again('serving', 'versions');
}

export function deployedModel(id: string, { id: version, numbers }: Version, deployed: Deployed, at: At) {
  const model = `${at.resources.modelName(at.subject.endpoint)}@${numbers[0] ?? ''}`;
  return { id, model, displayName: version, ...deployed };
}

/** What is deployed, gets no traffic, and is due; only ours. */
export function coldOf(
  found: EndpointResource,
  { now, needed }: { readonly now: number; readonly needed: string | null },
): string | null {
  const { warm, marker } = readServed(found.labels ?? {});
  const rollout = readMarker(marker);
  const stays = new Set([needed, rollout?.from, rollout?.to]);
  const due = (found.deployedModels ?? []).find((deployed) => {
    const version = versionOf(deployed);
    if (isForeign(version) || stays.has(version) || (found.trafficSplit?.[deployed.id] ?? 0) > 0)
      return false;
    const deployedAt = timeOf(deployed.createTime);
    const end = warm.get(version) ?? -Infinity;
    // An end before it was deployed belongs to an earlier deployment of the same version.
    return now >= (end > deployedAt ? end : deployedAt + UNUSED_MS);
  });
  return due?.id ?? null;
}

/** Google refuses it if it gets traffic by then. */
export async function undeploy(id: string, endpoint: string, at: At): Promise<void> {
  const { resources, options } = at;
  const begun = await resources.undeploy(endpoint, { deployedModelId: id });
  await ended(begun, `The deployed model ${id} of ${endpoint} is being removed`, resources, options);
}
