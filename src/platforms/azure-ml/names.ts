/** What things of an endpoint are called. */
import { digestOf } from '../../core/canonical-json.ts';
import type { Desired } from '../../documents/plan.ts';
import { specOf } from './spec.ts';

const ID_DIGITS = 16;
const CONTENT_ID = /^[0-9a-f]{16}$/;
/** A deployment's name begins with a letter. */
const OURS = /^v-([0-9a-f]{16})$/;
/** Somebody's deployment whose name could be a content id. */
const ODD = /^deployment-([0-9a-f]{16})$/;

/**
 * The content id of a version: of all that is sent for it, so that the same again is the same deployment. How many machines
 * run it is none of that.
 */
export function versionId({
  model,
  image,
  environment,
  spec,
}: Pick<Desired, 'model' | 'image' | 'environment' | 'spec'>): string {
  const { modelUrl, settings } = specOf({ spec });
  return digestOf({ model, image: image ?? null, environment, modelUrl, settings }).slice(0, ID_DIGITS);
}

/** The deployment that a version is. */
export function deploymentOf(version: string): string {
  if (CONTENT_ID.test(version)) return `v-${version}`;
  return ODD.exec(version)?.[1] ?? version;
}

/**
 * The version that a deployment is: of ours its content id, of others their own name. Azure compares names without regard to
 * case, and its clients write those of the traffic in small letters.
 */
export function versionOf(deployment: string): string {
  const name = deployment.toLowerCase();
  const own = OURS.exec(name)?.[1];
  if (own !== undefined) return own;
  return CONTENT_ID.test(name) ? `deployment-${name}` : name;
}

/** Of endpoints and deployments. https://learn.microsoft.com/azure/machine-learning/how-to-manage-quotas */
export const NAME = /^[a-zA-Z](?:-?[a-zA-Z0-9]){2,31}$/;
