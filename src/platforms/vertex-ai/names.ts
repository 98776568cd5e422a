/** The names of an endpoint's parts. */
import { digestOf } from '../../core/canonical-json.ts';
import type { Desired } from '../../documents/plan.ts';
import { specOf } from './spec.ts';

const ID_DIGITS = 16;
const CONTENT_ID = /^[0-9a-f]{16}$/;

/**
 * The content id of a version, from everything that is sent for it, except where the endpoint is and what it costs to
 * keep.
 */
export function versionId(desired: Pick<Desired, 'model' | 'image' | 'environment' | 'spec'>): string {
  const { model, image, environment } = desired;
  const { container, artifactUri, deployed } = specOf(desired);
  const all = {
    model,
    image: image ?? null,
    environment,
    container,
    artifactUri: artifactUri ?? null,
    deployed,
  };
  return digestOf(all).slice(0, ID_DIGITS);
}

/** Google does not say whether an ID can be used again after its model was undeployed, so a version has several. */
const IDS_OF_VERSION = 4;

/**
 * IDs for the deployed model of a version, in the order in which they are tried: the same in every run, because a
 * repeated call must not make a second one. Ten digits at most (aiplatform v1, DeployedModel.id).
 */
export function deployedIds(version: string): readonly string[] {
  return Array.from({ length: IDS_OF_VERSION }, (_, at) => {
    const digits = BigInt(`0x${digestOf([version, at]).slice(0, 12)}`) % 9_000_000_000n;
    return String(digits + 1_000_000_000n);
  });
}

/** What people see of a deployed model, which has no labels: its name. */
export interface DeployedName {
  readonly id: string;
  readonly displayName?: string;
}

/** The version of a deployed model: for ours its content id, for others a name that is derived from theirs. */
export function versionOf({ id, displayName = '' }: DeployedName): string {
  return CONTENT_ID.test(displayName) && deployedIds(displayName).includes(id) ? displayName : `dm-${id}`;
}

export function isForeign(version: string): boolean {
  return !CONTENT_ID.test(version);
}

/**
 * For new endpoints, whose candidates have eleven characters more; those of the console have only digits. (aiplatform
 * v1, projects.locations.endpoints.create, endpointId: up to 63 characters)
 */
export const NAME = /^(?:[a-z](?:[a-z0-9-]{0,50}[a-z0-9])?|[0-9]{1,20})$/;

/** The last part of a resource's name. */
export function idOf(name: string): string {
  return name.split('/').at(-1) ?? '';
}
