export interface Scaling {
  readonly minCapacity: number;
  readonly maxCapacity: number;
  readonly invocationsPerInstance: number | null;
  readonly scaleInCooldown: number | null;
  readonly scaleOutCooldown: number | null;
}

/**
 * What a user can ask of a cloud endpoint beyond the fields of `Desired`: the `spec` of a request. A target resolves it,
 * together with what serves, into the spec of the plan.
 */
export interface CloudSettings {
  readonly variantName?: string;
  readonly instanceType?: string;
  readonly instanceCount?: number;
  readonly scaling?: Scaling;
  /** Where the archive lies, as the platform reads it. */
  readonly modelDataUrl?: string;
  /** By tag or digest; by digest in the plan. */
  readonly imageUri?: string;
  /** The platform's own serving image, by framework and version. */
  readonly framework?: string;
  readonly frameworkVersion?: string;
  readonly executionRoleArn?: string;
  readonly serverlessMemoryMb?: number;
  readonly serverlessMaxConcurrency?: number;
  readonly vpcSubnets?: readonly string[];
  readonly vpcSecurityGroups?: readonly string[];
  readonly networkIsolation?: boolean;
  readonly kmsKeyId?: string;
  readonly dataCaptureDestination?: string;
  readonly dataCapturePercentage?: number;
  readonly startupTimeout?: number;
  readonly modelDownloadTimeout?: number;
  readonly memoryMb?: number;
  /** Seconds that one request may take. */
  readonly functionTimeout?: number;
  readonly ephemeralStorageMb?: number;
  readonly imageCommand?: readonly string[];
  readonly functionOverrides?: Readonly<Record<string, unknown>>;
  /** Whether autoscaling ends. */
  readonly removeScaling?: true;
  /** The platform's own JSON, merged in last. */
  readonly modelOverrides?: Readonly<Record<string, unknown>>;
  readonly endpointConfigOverrides?: Readonly<Record<string, unknown>>;
}

/** The settings that are given: null stands for those that are not. */
export function given(settings: {
  readonly [Key in keyof CloudSettings]: CloudSettings[Key] | null;
}): CloudSettings {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null));
}
