/** What the function shall be, from the inputs and from what it has. */
import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { CloudSettings } from '../../core/plan/cloud-settings.ts';
import { environmentDigests } from '../../core/plan/environment-digests.ts';
import type { Desired } from '../../documents/plan.ts';
import type { DeploymentRequest } from '../../core/targets.ts';
import { wantedAround, type Provision } from './around/wanted.ts';
import type { CheckedImage } from './image-check.ts';
import type { LambdaTargetOptions } from './options.ts';
import { environmentOf, settingsOf, type Settings } from './spec.ts';

/** A Python model with its libraries needs more than Lambda's default of 128 MB, and longer to start than 3 s. */
const DEFAULTS: Settings = {
  MemorySize: 1024,
  Timeout: 30,
  // Lambda's defaults, written out because what is read back contains them.
  EphemeralStorage: { Size: 512 },
  TracingConfig: { Mode: 'PassThrough' },
};

export interface Before {
  /** What serves, or the function itself if nothing does; null if there is none. */
  readonly found: FunctionConfiguration | null;
  readonly isOurs: boolean;
  /** The environments that are kept started for what serves. */
  readonly has: Provision | null;
}

/** A setting that no input names stays as the function has it. */
export function resolve(
  { endpoint, desired }: Pick<DeploymentRequest, 'endpoint' | 'desired'>,
  image: CheckedImage,
  { found, isOurs, has }: Before,
  { environment, environmentKey }: Pick<LambdaTargetOptions, 'environment' | 'environmentKey'>,
): Desired {
  const wanted: Settings = {
    ...DEFAULTS,
    LoggingConfig: { LogFormat: 'Text', LogGroup: `/aws/lambda/${endpoint}` },
    ...(found === null ? {} : settingsOf(found)),
    ...settingsFrom(desired.spec),
    Architectures: [image.architecture],
  };
  const variables = environment.size === 0 && found !== null ? environmentOf(found) : environment;
  return {
    ...desired,
    image: image.digest,
    environment: environmentDigests(variables, environmentKey),
    spec: { imageUri: image.uri, function: wanted, around: wantedAround(desired.spec, isOurs, has) },
  };
}

function settingsFrom(settings: CloudSettings): Settings {
  const {
    executionRoleArn: Role,
    memoryMb: MemorySize,
    functionTimeout: Timeout,
    kmsKeyId: KMSKeyArn,
  } = settings;
  const { ephemeralStorageMb, imageCommand, vpcSubnets, vpcSecurityGroups, functionOverrides } = settings;
  const members = {
    Role,
    MemorySize,
    Timeout,
    KMSKeyArn,
    EphemeralStorage: ephemeralStorageMb === undefined ? undefined : { Size: ephemeralStorageMb },
    ImageConfig: imageCommand === undefined ? undefined : { Command: [...imageCommand] },
    VpcConfig:
      vpcSubnets === undefined && vpcSecurityGroups === undefined
        ? undefined
        : { SubnetIds: [...(vpcSubnets ?? [])], SecurityGroupIds: [...(vpcSecurityGroups ?? [])] },
  };
  const given = Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
  return { ...given, ...functionOverrides };
}
