/** What a plan says of a version, in the words of the API. */
import type { Desired } from '../../documents/plan.ts';

/** Copied when the model is uploaded, and never changed; environment variables come to it, whose values no plan holds. */
export interface Container {
  /** Pinned by digest. */
  readonly imageUri: string;
  readonly predictRoute: string;
  readonly healthRoute: string;
  readonly ports: readonly { readonly containerPort: number }[];
  /** Such as `1800s`. */
  readonly deploymentTimeout?: string;
}

export interface DedicatedResources {
  readonly machineSpec: {
    readonly machineType: string;
    readonly acceleratorType?: string;
    readonly acceleratorCount?: number;
  };
  readonly minReplicaCount: number;
  readonly maxReplicaCount: number;
  readonly autoscalingMetricSpecs?: readonly { readonly metricName: string; readonly target: number }[];
}

/** How a version is deployed. */
export interface Deployed {
  readonly dedicatedResources: DedicatedResources;
  /** Absent: an account that can reach nothing. */
  readonly serviceAccount?: string;
}

export interface Spec {
  readonly container: Container;
  /** A folder of Cloud Storage; absent where the model is in the image. */
  readonly artifactUri?: string;
  readonly deployed: Deployed;
  /** Of an endpoint that is made. */
  readonly endpoint: { readonly dedicatedEndpointEnabled?: boolean };
  readonly keepWarmMinutes: number;
}

export function specOf({ spec }: Pick<Desired, 'spec'>): Spec {
  return spec as unknown as Spec;
}

/** One replica is enough for a smoke test; what may be added counts against the quota at once. */
export function asCandidate({ dedicatedResources, ...rest }: Deployed): Deployed {
  const { machineSpec } = dedicatedResources;
  return { ...rest, dedicatedResources: { machineSpec, minReplicaCount: 1, maxReplicaCount: 1 } };
}
