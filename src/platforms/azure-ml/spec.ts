/** What a plan says of an endpoint and its deployment. */
import type { CloudSettings } from '../../core/plan/cloud-settings.ts';
import type { Desired } from '../../documents/plan.ts';
import type { Scale } from './autoscale.ts';

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
  /** How many run, or, with autoscaling, how many a version starts with at least. */
  readonly instances: number;
  /** How long a replaced version stays deployed; absent if only keep-versions removes it. */
  readonly keepWarmMinutes?: number;
  /** Absent without autoscaling. */
  readonly scale?: Scale;
}

export function specOf({ spec }: Pick<Desired, 'spec'>): Spec {
  const {
    imageUri = '',
    modelUrl = '',
    settings = {},
    endpoint = {},
    instances = 1,
    scale,
    keepWarmMinutes,
  } = spec as Partial<Spec>;
  return {
    imageUri,
    modelUrl,
    settings,
    endpoint,
    instances,
    ...(scale === undefined ? {} : { scale }),
    ...(keepWarmMinutes === undefined ? {} : { keepWarmMinutes }),
  };
}
