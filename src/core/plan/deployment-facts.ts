import type { CloudSettings, Scaling } from './cloud-settings.ts';
import type { Strategy } from '../../documents/plan.ts';

/** A deployment as far as the checks before it need to know. `null` means that nothing is said of it, or not yet. */
export interface DeploymentFacts {
  readonly endpoint: string;
  readonly region: string;
  /** `aws-account-id`: the account that this must run in. */
  readonly account: string | null;
  readonly variantName: string | null;
  readonly executionRoleArn: string | null;
  readonly model: {
    readonly url: string;
    /** sha256 of the archive's bytes, 64 hexadecimal digits. */
    readonly sha256: string | null;
    readonly bytes: number | null;
  } | null;
  readonly imageUri: string | null;
  readonly instanceType: string | null;
  /** Several, in the order in which they are tried; absent if they are not asked for. */
  readonly instanceTypes?: readonly string[];
  readonly instanceCount: number | null;
  readonly serverless: {
    readonly memoryMb: number | null;
    readonly maxConcurrency: number | null;
  } | null;
  /** `min-capacity` and `max-capacity`. */
  readonly capacity: { readonly min: number | null; readonly max: number | null };
  /** What decides on the number of instances between them. */
  readonly scalingPolicy: Omit<Scaling, 'minCapacity' | 'maxCapacity'>;
  /** What the platform's own group says; absent if only the neutral inputs are known. */
  readonly settings?: CloudSettings;
  /** Whether autoscaling is to be removed. */
  readonly endsScaling: boolean;
  readonly strategy: Strategy;
  /** Instances of the candidate that is beside what serves; 0 without staging. */
  readonly candidateInstances: number;
  /** Container environment, name to value. Values are measured, never shown. */
  readonly environment: ReadonlyMap<string, string>;
  readonly tags: ReadonlyMap<string, string>;
  readonly subnets: readonly string[];
  readonly securityGroups: readonly string[];
  readonly networkIsolation: boolean;
  readonly dataCapture: boolean;
  readonly kmsKeyId: string | null;
  readonly timeoutMinutes: number;
  /** What serves now; null if nothing does, or nobody has looked yet. */
  readonly live: {
    readonly instanceType: string | null;
    readonly instanceCount: number | null;
    /** An autoscaled count is kept, so the new fleet is as large as the one that serves. */
    readonly autoscaled?: boolean;
  } | null;
}
