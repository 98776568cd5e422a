/** What things of an endpoint are called. */
import { digestOf } from '../../core/canonical-json.ts';
import type { Desired } from '../../documents/plan.ts';
import { specOf } from './spec.ts';

const ID_DIGITS = 16;
const CONTENT_ID = /^[0-9a-f]{16}$/;

/** The content id of a version: of all that is sent for it. Where the endpoint is, and what it costs to keep, are not. */
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

/** Whether an ID can be used again after its model was undeployed, Google does not say: a version has some of them. */
const IDS_OF_VERSION = 4;

/**
 * IDs for the deployed model of a version, in the order in which they are tried: the same in every run, so that a call which
 * is sent again makes no second one. Ten digits at most (aiplatform v1, DeployedModel.id).
 */
export function deployedIds(version: string): readonly string[] {
  return Array.from({ length: IDS_OF_VERSION }, (_, at) => {
    const digits = BigInt(`0x${digestOf([version, at]).slice(0, 12)}`) % 9_000_000_000n;
    return String(digits + 1_000_000_000n);
  });
}

/** What is seen of a deployed model: it has no labels, and its name is for people. */
export interface DeployedName {
  readonly id: string;
  readonly displayName?: string;
}

/** The version that a deployed model is: of ours its content id, of others a name that is made of theirs. */
export function versionOf({ id, displayName = '' }: DeployedName): string {
  return CONTENT_ID.test(displayName) && deployedIds(displayName).includes(id) ? displayName : `dm-${id}`;
}

export function isForeign(version: string): boolean {
  return !CONTENT_ID.test(version);
}

/**
 * Of an endpoint: its candidates have eleven characters more. Of new ones; those of the console have digits alone.
 * (aiplatform v1, projects.locations.endpoints.create, endpointId: up to 63 characters)
 */
export const NAME = /^(?:[a-z](?:[a-z0-9-]{0,50}[a-z0-9])?|[0-9]{1,20})$/;

export function isCandidateName(endpoint: string, name: string): boolean {
  return name.startsWith(`${endpoint}-c-`) && /^[0-9a-f]{8}$/.test(name.slice(endpoint.length + 3));
}

/** The last part of a resource's name. */
export function idOf(name: string): string {
  return name.split('/').at(-1) ?? '';
}
