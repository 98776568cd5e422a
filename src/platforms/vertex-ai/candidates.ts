/** A candidate is an endpoint of its own with one replica, because no header selects a model that gets no traffic. */
import { isCandidateName } from '../../core/plan/candidate-name.ts';
import { CANDIDATE_MS } from '../../deployment/goal.ts';
import type { CandidateState } from '../../deployment/observed.ts';
import type { Performed } from '../../deployment/memory.ts';
import { again, done } from '../../deployment/performed.ts';
import type { Step } from '../../deployment/verdict.ts';
import { deployedModel, undeploy } from './deploying.ts';
import { describeCandidate, environmentIn, LABEL } from './ledger.ts';
import { deployedIds, idOf } from './names.ts';
import { LAG_MS } from './options.ts';
import { ownLabels } from './ownership.ts';
import type { EndpointResource, LongOperation, Resources } from './resources.ts';
import { asCandidate } from './spec.ts';
import type { At } from './steps.ts';
import { timeOf } from './versions.ts';
import { ended, kindOf } from './waiting.ts';

/**
 * Our candidates. A list can be out of date: it says which there are, and each is read by its name.
 * @param own the name of one that may be too new for a list; null if there is none
 */
export async function candidatesOf(
  endpoint: string,
  own: string | null,
  resources: Resources,
): Promise<readonly EndpointResource[]> {
  // https://google.aip.dev/160
  const filter = `labels.${LABEL.endpoint}="${endpoint}" AND labels.${LABEL.role}="candidate"`;
  const listed = (await resources.endpoints(filter)).map(({ name }) => idOf(name));
  const names = [...new Set([...listed, ...(own === null ? [] : [own])])];
  const found = await Promise.all(
    names.filter((name) => isCandidateName(endpoint, name)).map((name) => resources.endpoint(name)),
  );
  return found.flatMap((each) => (each?.labels?.[LABEL.endpoint] === endpoint ? [each] : []));
}

/** @param own the operation by which this run has started to deploy it; null if it has not */
export function candidateState(
  endpoint: string,
  found: EndpointResource,
  { own, operations, now }: { own: LongOperation | null; operations: readonly LongOperation[]; now: number },
): CandidateState {
  const { labels = {}, description } = found;
  const name = idOf(found.name);
  return {
    name,
    version: labels[LABEL.version] ?? '',
    ours: labels[LABEL.endpoint] === endpoint && isCandidateName(endpoint, name),
    environment: environmentIn(description),
    state: stateOf(found, own, operations, now),
    expiresAt: Number(labels[LABEL.expires] ?? Number.NaN) * 1000 || Infinity,
  };
}

function stateOf(
  { deployedModels = [], createTime, trafficSplit = {} }: EndpointResource,
  own: LongOperation | null,
  operations: readonly LongOperation[],
  now: number,
): CandidateState['state'] {
  const isUnderWay = (kind: string) =>
    operations.some((operation) => operation.done !== true && kindOf(operation) === kind);
  if (isUnderWay('Delete') || isUnderWay('DeleteEndpoint')) return 'going';
  if (deployedModels.length > 0) return Object.keys(trafficSplit).length > 0 ? 'ready' : 'broken';
  if (own !== null) return own.done === true && own.error !== undefined ? 'broken' : 'starting';
  if (isUnderWay('DeployModel')) return 'starting';
  // Whoever has just created it is about to deploy.
  return operations.length === 0 && now - timeOf(createTime) <= LAG_MS ? 'starting' : 'broken';
}

/** The endpoint first, then its only model, with all the traffic. */
export async function startCandidate({ of: name, with: id = '' }: Step, at: At): Promise<Performed> {
  const { resources, subject } = at;
  const version = (await at.fresh()).versions.find((known) => known.id === id);
  if (version?.made === undefined || version.made === null) return { is: 'missing' };
  const found = await resources.endpoint(name);
  if (found === null) return create(name, id, at);
  if (found.labels?.[LABEL.endpoint] !== subject.endpoint)
    return { is: 'refused', cause: `An endpoint of the name ${name} exists that is not a candidate.` };
  const [deployed = ''] = deployedIds(id);
  const isThere = (found.deployedModels ?? []).length > 0;
  const isUnderWay = (await resources.operations(name)).some(
    (operation) => operation.done !== true && kindOf(operation) === 'DeployModel',
  );
  if (isThere || isUnderWay) return { is: 'started', touches: ['candidates'] };
  const begun = await resources.deploy(name, {
    deployedModel: deployedModel(deployed, version, asCandidate(version.made.deployed), at),
    trafficSplit: { 0: 100 },
  });
  at.begun(name, begun);
  return { is: 'started', touches: ['candidates'] };
}

async function create(name: string, version: string, at: At): Promise<Performed> {
  const { resources, options, subject } = at;
  const { plan, endpoint } = subject;
  const begun = await resources.createEndpoint(name, {
    displayName: name,
    description: describeCandidate(endpoint, plan?.environmentName ?? options.environmentName),
    labels: {
      ...ownLabels(endpoint, options),
      [LABEL.role]: 'candidate',
      [LABEL.version]: version,
      [LABEL.expires]: expiry(at),
    },
  });
  const { error } = await ended(begun, `The endpoint ${name} is being made`, resources, options);
  // Without another look, which would show a candidate on which nothing is deployed.
  return error === undefined ? again() : { is: 'refused', cause: error.message ?? '' };
}

function expiry(at: At): string {
  return String(Math.ceil((at.now() + CANDIDATE_MS) / 1000));
}

export async function keepCandidate({ of: name }: Step, at: At): Promise<Performed> {
  const found = await at.resources.endpoint(name);
  if (found === null || found.labels?.[LABEL.endpoint] !== at.subject.endpoint) return { is: 'missing' };
  await at.resources.patchEndpoint(name, ['labels'], {
    ...(found.etag === undefined ? {} : { etag: found.etag }),
    labels: { ...found.labels, [LABEL.expires]: expiry(at) },
  });
  return done('candidates');
}

/** Its models first, because an endpoint with models cannot be deleted. */
export async function dropCandidate({ of: name }: Step, at: At): Promise<Performed> {
  const { resources, options, subject } = at;
  const found = await resources.endpoint(name);
  if (found === null) return done('candidates');
  if (found.labels?.[LABEL.endpoint] !== subject.endpoint) return { is: 'missing' };
  const [deployed] = found.deployedModels ?? [];
  if (deployed !== undefined) {
    await undeploy(deployed.id, name, at);
    return again();
  }
  const begun = await resources.deleteEndpoint(name);
  if (begun !== null) await ended(begun, `The candidate ${name} is being removed`, resources, options);
  return done('candidates');
}
