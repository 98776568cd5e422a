/** What a plan says of a function, in the words of the API; and how that differs from what is there. */
import type { CreateFunctionCommandInput, FunctionConfiguration } from '@aws-sdk/client-lambda';
import { canonicalJson } from '../../core/canonical-json.ts';
import { isObject } from '../../core/json-object.ts';
import type { Desired } from '../../documents/plan.ts';

/** What both CreateFunction and UpdateFunctionConfiguration take, but for the environment, whose values no plan holds. */
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

/** The members that an update may send, in the form that it sends them. */
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

/** What is wanted and is not so. What nobody asked for stays as it is, and what AWS adds to an answer is no difference. */
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

/** Of a map that is given whole: one variable more or less is another environment. */
export function sameEnvironment(found: FunctionConfiguration, wanted: ReadonlyMap<string, string>): boolean {
  const of = (map: ReadonlyMap<string, string>) => canonicalJson(Object.fromEntries(map));
  return of(environmentOf(found)) === of(wanted);
}
