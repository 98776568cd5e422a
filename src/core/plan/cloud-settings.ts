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
  /** Where the archive is, as the platform reads it. */
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
  /** Instance types in the order in which they are tried; one is enough for the platform. */
  readonly instanceTypes?: readonly string[];
  /** Seconds that the platform may look for free instances. */
  readonly provisionTimeout?: number;
  readonly memoryMb?: number;
  /** Seconds that one request may take. */
  readonly functionTimeout?: number;
  readonly ephemeralStorageMb?: number;
  readonly imageCommand?: readonly string[];
  readonly functionOverrides?: Readonly<Record<string, unknown>>;
  /** Environments of a function that are kept ready; 0 for none. */
  readonly provisionedConcurrency?: number;
  /** Autoscaling of those: the share of them that is to be busy, 0.1 to 0.9. */
  readonly targetUtilization?: number;
  /** What is put in front of a function for callers over HTTP. */
  readonly api?: 'http' | 'rest' | 'function-url' | 'none';
  readonly apiPath?: string;
  readonly apiAuthorization?: 'iam' | 'jwt' | 'none';
  readonly jwtIssuer?: string;
  readonly jwtAudience?: readonly string[];
  /** Requests a second. */
  readonly throttleRate?: number;
  readonly throttleBurst?: number;
  /** A schedule of EventBridge, or `off`. */
  readonly warmUp?: string;
  /** Who may call an endpoint of Azure ML. */
  readonly authMode?: 'aad-token' | 'aml-token' | 'key';
  /** Resource ID; without it Azure makes an identity for the endpoint. */
  readonly userAssignedIdentity?: string;
  readonly publicNetworkAccess?: 'enabled' | 'disabled';
  /** Of a container: paths and port. */
  readonly scoringRoute?: string;
  readonly healthRoute?: string;
  readonly port?: number;
  /** Seconds. */
  readonly requestTimeout?: number;
  /** Of one instance. */
  readonly maxConcurrentRequests?: number;
  readonly deploymentOverrides?: Readonly<Record<string, unknown>>;
  /** The e-mail address of the service account that containers of Vertex AI run as. */
  readonly serviceAccount?: string;
  /** Of a new endpoint: an address of its own. */
  readonly dedicatedEndpoint?: boolean;
  readonly predictRoute?: string;
  readonly acceleratorType?: string;
  readonly acceleratorCount?: number;
  /** What decides on the number of replicas, and the percentage of it that is aimed at. */
  readonly scaleMetric?: 'cpu' | 'gpu';
  readonly scaleTarget?: number;
  /** For so long a version that was replaced stays deployed, and is paid for. */
  readonly keepWarmMinutes?: number;
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
