/** The names of an endpoint's parts. */
import { digestOf } from '../../core/canonical-json.ts';
import type { Desired } from '../../documents/plan.ts';
import { specOf } from './spec.ts';

const ID_DIGITS = 16;
const CONTENT_ID = /^[0-9a-f]{16}$/;
/** A deployment's name begins with a letter. */
const OURS = /^v-([0-9a-f]{16})$/;
/** Somebody else's deployment whose name could be a content id. */
const ODD = /^deployment-([0-9a-f]{16})$/;

/**
 * The content id of a version, from everything that is sent for it: the same content again is the same deployment. The
 * number of machines is not part of it.
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

/** The deployment of a version. */
export function deploymentOf(version: string): string {
  if (CONTENT_ID.test(version)) return `v-${version}`;
  return ODD.exec(version)?.[1] ?? version;
}

/**
 * The version of a deployment: for ours its content id, for others their own name. Azure compares names without regard
 * to case, and its clients write those of the traffic in lower case.
 */
export function versionOf(deployment: string): string {
  const name = deployment.toLowerCase();
  const own = OURS.exec(name)?.[1];
  if (own !== undefined) return own;
  return CONTENT_ID.test(name) ? `deployment-${name}` : name;
}

/** For endpoints and deployments. https://learn.microsoft.com/azure/machine-learning/how-to-manage-quotas */
export const NAME = /^[a-zA-Z](?:-?[a-zA-Z0-9]){2,31}$/;
