/** What a plan says of a version, in the API's own names. */
import type { Desired } from '../../documents/plan.ts';

/**
 * Copied when the model is uploaded, and never changed; environment variables are added, whose values no plan contains.
 */
export interface Container {
  /** Pinned by digest; by the tag `latest` if it is Google's own, which has no other. */
  readonly imageUri: string;
  /** Absent, like the two below, for an image of Google's, which has its own. */
  readonly predictRoute?: string;
  readonly healthRoute?: string;
  readonly ports?: readonly { readonly containerPort: number }[];
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
  /** If absent, an account without any access. */
  readonly serviceAccount?: string;
}

export interface Spec {
  readonly container: Container;
  /** A folder of Cloud Storage; absent if the model is in the image. */
  readonly artifactUri?: string;
  readonly deployed: Deployed;
  /** For a new endpoint. */
  readonly endpoint: { readonly dedicatedEndpointEnabled?: boolean };
  readonly keepWarmMinutes: number;
}

export function specOf({ spec }: Pick<Desired, 'spec'>): Spec {
  return spec as unknown as Spec;
}

/** One replica is enough for a smoke test; the most that autoscaling could add counts against the quota at once. */
export function asCandidate({ dedicatedResources, ...rest }: Deployed): Deployed {
  const { machineSpec } = dedicatedResources;
  return { ...rest, dedicatedResources: { machineSpec, minReplicaCount: 1, maxReplicaCount: 1 } };
}
