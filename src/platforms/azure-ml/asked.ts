/** The deployment that a plan asks for, and how what is there differs from it. */
import { canonicalJson } from '../../core/canonical-json.ts';
import { isObject } from '../../core/json-object.ts';
import { environmentDigests } from '../../core/plan/environment-digests.ts';
import type { Plan } from '../../documents/plan.ts';
import { ownTags } from '../../deployment/kept/tags.ts';
import { assetsOf, type Asset } from './assets.ts';
import { within } from './autoscale.ts';
import { differing, newDeployment } from './deployment.ts';
import { madeTag, TAG } from './ledger.ts';
import type { AzureMlTargetOptions } from './options.ts';
import type { DeploymentResource } from './resources.ts';
import { specOf } from './spec.ts';

type Options = Pick<
  AzureMlTargetOptions,
  'resources' | 'environmentKey' | 'tags' | 'environmentName' | 'context'
>;

/**
 * @param variables values of the container's environment
 * @param count of its instances, if it differs from the plan
 */
export function askedDeployment(
  plan: Plan,
  location: string,
  variables: ReadonlyMap<string, string>,
  options: Options,
  count: number | null = null,
): Record<string, unknown> {
  const { desired, endpoint } = plan;
  const { settings, instances } = specOf(desired);
  const { model, environment } = assetsOf(plan);
  const id = ({ kind, name, version }: Asset) => options.resources.assetId(kind, name, version);
  const made = {
    version: plan.version,
    modelDigest: desired.model,
    planDigest: plan.digest,
    referenceDigest: desired.reference ?? null,
  };
  return newDeployment(
    { ...settings, instanceCount: count ?? instances },
    {
      location,
      model: id(model),
      environment: id(environment),
      variables,
      tags: { ...ownTags(endpoint, options), ...madeTag(made), [TAG.image]: desired.image ?? '' },
    },
  );
}

/**
 * The number of instances that is sent for a deployment. The number that autoscaling has reached stays, within its
 * bounds.
 */
export function countFor({ desired }: Plan, runs: number): number {
  const { instances, scale } = specOf(desired);
  return scale === undefined ? instances : within(scale, Math.max(instances, runs));
}

/** Paths of what differs from the plan; of machines their type, and not their number. */
export function driftOf(plan: Plan, found: DeploymentResource, options: Options): readonly string[] {
  const { properties } = askedDeployment(plan, found.location, new Map(), options);
  const { environmentVariables: _, ...asked } = properties as Record<string, unknown>;
  const digests = environmentDigests(variablesOf(found), options.environmentKey);
  const isSame = canonicalJson(digests) === canonicalJson(plan.desired.environment);
  return [...differing(asked, found.properties), ...(isSame ? [] : ['environmentVariables'])];
}

export function variablesOf(found: DeploymentResource | null): ReadonlyMap<string, string> {
  const variables = found?.properties.environmentVariables;
  return new Map(isObject(variables) ? Object.entries(variables as Record<string, string>) : []);
}
