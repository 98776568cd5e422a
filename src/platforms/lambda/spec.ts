/** What a plan says of a function, in the API's own names, and how that differs from the function as it is. */
import type { CreateFunctionCommandInput, FunctionConfiguration } from '@aws-sdk/client-lambda';
import { canonicalJson } from '../../core/canonical-json.ts';
import { isObject } from '../../core/json-object.ts';
import type { Desired } from '../../documents/plan.ts';

/**
 * What CreateFunction and UpdateFunctionConfiguration both take, except the environment: no plan contains its values.
 */
export type Settings = Partial<
  Pick<
    CreateFunctionCommandInput,
    | 'Role'
    | 'MemorySize'
    | 'Timeout'
    | 'EphemeralStorage'
    | 'VpcConfig'
    | 'KMSKeyArn'
    | 'ImageConfig'
    | 'Architectures'
    | 'TracingConfig'
    | 'DeadLetterConfig'
    | 'LoggingConfig'
  >
>;

export interface Spec {
  /** Pinned by digest. */
  readonly imageUri: string;
  readonly settings: Settings;
}

export function specOf({ spec }: Pick<Desired, 'spec'>): Spec {
  const { imageUri, function: wanted } = spec as { imageUri?: string; function?: Settings };
  return { imageUri: imageUri ?? '', settings: wanted ?? {} };
}

/** The members that AWS returns for a version, by the names that an update sends. */
export const READ_BACK: readonly string[] = [
  'Role',
  'MemorySize',
  'Timeout',
  'EphemeralStorage',
  'KMSKeyArn',
  'Architectures',
  'TracingConfig',
  'LoggingConfig',
  'DeadLetterConfig',
  'VpcConfig',
  'ImageConfig',
];

/** Those of one version, in the form that an update sends. */
export function settingsOf(found: FunctionConfiguration): Settings & Readonly<Record<string, unknown>> {
  const {
    Role,
    MemorySize,
    Timeout,
    EphemeralStorage,
    KMSKeyArn,
    Architectures,
    TracingConfig,
    LoggingConfig,
  } = found;
  const { DeadLetterConfig, VpcConfig, ImageConfigResponse } = found;
  const subnets = VpcConfig?.SubnetIds ?? [];
  const ImageConfig = ImageConfigResponse?.ImageConfig;
  return present({
    Role,
    MemorySize,
    Timeout,
    EphemeralStorage,
    KMSKeyArn,
    Architectures,
    TracingConfig: TracingConfig === undefined ? undefined : { Mode: TracingConfig.Mode },
    LoggingConfig,
    DeadLetterConfig,
    VpcConfig:
      subnets.length === 0
        ? undefined
        : { SubnetIds: subnets, SecurityGroupIds: VpcConfig?.SecurityGroupIds ?? [] },
    ImageConfig,
  });
}

function present(members: Readonly<Record<string, unknown>>): Settings & Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined && value !== ''),
  );
}

/**
 * What is wanted and not there. A setting that no input names stays as it is, and what AWS adds to an answer is not a
 * difference.
 */
export function differing(wanted: Settings, found: FunctionConfiguration): Settings {
  const there = settingsOf(found);
  return Object.fromEntries(Object.entries(wanted).filter(([key, value]) => !holds(there[key], value)));
}

function holds(there: unknown, wanted: unknown): boolean {
  if (!isObject(wanted) || !isObject(there))
    return canonicalJson(there ?? null) === canonicalJson(wanted ?? null);
  return Object.entries(wanted).every(([key, value]) => holds(there[key], value));
}

export function environmentOf(found: FunctionConfiguration): ReadonlyMap<string, string> {
  return new Map(Object.entries(found.Environment?.Variables ?? {}));
}

/** For a map that is always sent whole: one variable more or less makes another environment. */
export function sameEnvironment(found: FunctionConfiguration, wanted: ReadonlyMap<string, string>): boolean {
  const of = (map: ReadonlyMap<string, string>) => canonicalJson(Object.fromEntries(map));
  return of(environmentOf(found)) === of(wanted);
}
