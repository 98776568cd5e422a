import type { Injector } from './inject.ts';
import { Words } from './sagemaker/refusal-texts.ts';
import type { ManualTime } from './time.ts';

/** What all services of one fake share. */
export interface World {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  /** ARN of whoever calls, as STS tells it. */
  readonly caller: string;
  readonly time: ManualTime;
  readonly faults: Injector;
  /** What SageMaker says where it refuses. */
  readonly words: Words;
  arn(service: string, resource: string, options?: { region?: string; account?: string }): string;
  /** A new id, the same one in each run of a test. */
  id(prefix: string): string;
  /** How many ids there are. */
  readonly ids: { count: number };
}

export interface WorldOptions {
  readonly account?: string;
  readonly region?: string;
  readonly partition?: string;
  readonly caller?: string;
}

export function createWorld(time: ManualTime, faults: Injector, options: WorldOptions): World {
  const { account = '123456789012', region = 'eu-west-1', partition = 'aws' } = options;
  const caller = options.caller ?? `arn:${partition}:sts::${account}:assumed-role/deployer/ci`;
  const ids = { count: 0 };
  return {
    account,
    region,
    partition,
    caller,
    time,
    faults,
    words: new Words(),
    arn: (service, resource, at = {}) =>
      `arn:${partition}:${service}:${at.region ?? region}:${at.account ?? account}:${resource}`,
    id: (prefix) => `${prefix}${String(++ids.count).padStart(8, '0')}`,
    ids,
  };
}
