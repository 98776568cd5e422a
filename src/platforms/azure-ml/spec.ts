/** What a plan says of an endpoint and its deployment. */
import type { CloudSettings } from '../../core/plan/cloud-settings.ts';
import type { Desired } from '../../documents/plan.ts';

/** Of a container and the machines it runs on. */
export type DeploymentSettings = Pick<
  CloudSettings,
  | 'instanceType'
  | 'requestTimeout'
  | 'maxConcurrentRequests'
  | 'scoringRoute'
  | 'healthRoute'
  | 'port'
  | 'deploymentOverrides'
>;

/** Of the endpoint; fixed when it is made. */
export type EndpointSettings = Pick<
  CloudSettings,
  'authMode' | 'userAssignedIdentity' | 'publicNetworkAccess'
>;

export interface Spec {
  /** Pinned by digest. */
  readonly imageUri: string;
  /** The folder with the model's files, in Azure Blob. */
  readonly modelUrl: string;
  readonly settings: DeploymentSettings;
  readonly endpoint: EndpointSettings;
  readonly instances: number;
}

export function specOf({ spec }: Pick<Desired, 'spec'>): Spec {
  const { imageUri = '', modelUrl = '', settings = {}, endpoint = {}, instances = 1 } = spec as Partial<Spec>;
  return { imageUri, modelUrl, settings, endpoint, instances };
}
