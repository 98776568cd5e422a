/** What there is in a fake, to begin others with: for tests that look at the same scene many times. */
import type { AlarmState } from './services/cloudwatch.ts';
import type { ScalingState } from './services/autoscaling-state.ts';
import type { EcrState } from './services/ecr.ts';
import type { Role } from './services/identity.ts';
import type { LogState } from './services/logs.ts';
import type { QuotaState } from './services/quotas.ts';
import type { Bucket, S3State } from './services/s3-state.ts';
import type { LambdaState } from './lambda/state.ts';
import type { GatewayState } from './services/api-gateway.ts';
import type { RestState } from './services/rest-api.ts';
import type { EventsState } from './services/events.ts';
import type { SageMakerState } from './sagemaker/state.ts';
import type { Neighbours, OtherPeople } from './other-people/other-people.ts';
import type { World } from './world.ts';

export interface Parts {
  readonly world: World;
  readonly sagemaker: SageMakerState;
  readonly scaling: ScalingState;
  readonly alarms: AlarmState;
  readonly logs: LogState;
  readonly ecr: EcrState;
  readonly s3: S3State;
  readonly quotas: QuotaState;
  readonly roles: Map<string, Role>;
  readonly lambda: LambdaState;
  readonly gateway: GatewayState;
  readonly rest: RestState;
  readonly events: EventsState;
}

export interface Snapshot {
  /** Who else is there; what is theirs is the same in each fake, and in no snapshot. */
  readonly neighbours: Neighbours;
  readonly now: Date;
  readonly ids: number;
  readonly sagemaker: Pick<SageMakerState, 'models' | 'configs' | 'endpoints' | 'packages' | 'tags'>;
  readonly scaling: Pick<ScalingState, 'targets' | 'policies' | 'actions' | 'linked'>;
  readonly alarms: Pick<AlarmState, 'alarms' | 'tags'>;
  readonly logs: Pick<LogState, 'groups'>;
  readonly ecr: Pick<EcrState, 'repositories' | 'lifecycles' | 'policies' | 'blobs'>;
  readonly buckets: ReadonlyMap<string, Bucket>;
  readonly quotas: QuotaState['endpointInstances'];
  readonly roles: ReadonlyMap<string, Role>;
  readonly functions: LambdaState['functions'];
  readonly apis: GatewayState['apis'];
  readonly restApis: RestState['apis'];
  readonly rules: EventsState['rules'];
}

/** Of a fake in which nothing is under way. */
export function takeSnapshot(parts: Parts & { readonly neighbours: OtherPeople }): Snapshot {
  const { world, sagemaker, scaling, alarms, logs, ecr, s3, quotas, roles, neighbours } = parts;
  const { lambda, gateway, rest, events } = parts;
  if (world.time.busy) throw new Error('Something is under way, which a snapshot does not hold.');
  const own = <Value>(map: ReadonlyMap<string, Value>) => neighbours.without(map);
  const { models, configs, endpoints, packages, tags } = sagemaker;
  const copied = structuredClone({
    neighbours: neighbours.mode,
    now: world.time.now(),
    ids: world.ids.count,
    sagemaker: {
      models: own(models),
      configs: own(configs),
      endpoints: own(endpoints),
      packages,
      tags: own(tags),
    },
    scaling: {
      targets: own(scaling.targets),
      policies: scaling.policies,
      actions: scaling.actions,
      linked: scaling.linked,
    },
    alarms: { alarms: own(alarms.alarms), tags: alarms.tags },
    logs: { groups: own(logs.groups) },
    ecr: {
      repositories: own(ecr.repositories),
      lifecycles: ecr.lifecycles,
      policies: own(ecr.policies),
      blobs: ecr.blobs,
    },
    quotas: quotas.endpointInstances,
    roles,
    functions: own(lambda.functions),
    apis: own(gateway.apis),
    restApis: rest.apis,
    rules: events.rules,
  });
  return { ...copied, buckets: copyBuckets(own(s3.buckets)) };
}

/** Objects are replaced, and never changed. */
function copyBuckets(buckets: ReadonlyMap<string, Bucket>): Map<string, Bucket> {
  return new Map(
    [...buckets].map(([name, { region, objects }]) => [name, { region, objects: new Map(objects) }]),
  );
}

/** Fills a fresh fake. */
export function applySnapshot({ buckets, neighbours: _, ...snapshot }: Snapshot, parts: Parts): void {
  const { world, sagemaker, scaling, alarms, logs, ecr, s3, quotas, roles } = parts;
  const copy = structuredClone(snapshot);
  world.time.advanceTo(copy.now);
  world.ids.count = copy.ids;
  fill(sagemaker.models, copy.sagemaker.models);
  fill(sagemaker.configs, copy.sagemaker.configs);
  fill(sagemaker.endpoints, copy.sagemaker.endpoints);
  fill(sagemaker.packages, copy.sagemaker.packages);
  fill(sagemaker.tags, copy.sagemaker.tags);
  fill(scaling.targets, copy.scaling.targets);
  fill(scaling.policies, copy.scaling.policies);
  fill(scaling.actions, copy.scaling.actions);
  scaling.linked = copy.scaling.linked;
  fill(alarms.alarms, copy.alarms.alarms);
  fill(alarms.tags, copy.alarms.tags);
  fill(logs.groups, copy.logs.groups);
  fill(ecr.repositories, copy.ecr.repositories);
  fill(ecr.lifecycles, copy.ecr.lifecycles);
  fill(ecr.policies, copy.ecr.policies);
  fill(ecr.blobs, copy.ecr.blobs);
  fill(s3.buckets, copyBuckets(buckets));
  fill(quotas.endpointInstances, copy.quotas);
  fill(roles, copy.roles);
  fill(parts.lambda.functions, copy.functions);
  fill(parts.gateway.apis, copy.apis);
  fill(parts.rest.apis, copy.restApis);
  fill(parts.events.rules, copy.rules);
}

function fill<Key, Value>(map: Map<Key, Value>, from: ReadonlyMap<Key, Value>): void {
  for (const [key, value] of from) map.set(key, value);
}
