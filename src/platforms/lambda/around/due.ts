/** Everything around a function is changed one call at a time. Each look finds the next call that is due. */
import type { AliasConfiguration, GetFunctionResponse } from '@aws-sdk/client-lambda';
import { parseArn } from '../../../clouds/aws/arn.ts';
import type { CallOptions } from '../../../clouds/aws/clients.ts';
import { partitionOf } from '../../../clouds/aws/partitions.ts';
import { TAG, type LambdaTargetOptions } from '../options.ts';
import type { Reads } from '../reads.ts';

/** One call that changes something. */
export interface Due {
  /** As IAM calls it. */
  readonly operation: string;
  readonly make: (http: CallOptions) => Promise<unknown>;
}

export interface Beside {
  readonly endpoint: string;
  readonly options: LambdaTargetOptions;
  readonly reads: Reads;
  readonly fn: GetFunctionResponse;
  /** The alias that serves. */
  readonly live: AliasConfiguration;
  /** What this command has created; a list may not show it yet. */
  readonly made: Map<string, string>;
}

export const tagsIn = ({ fn }: Pick<Beside, 'fn'>): Readonly<Record<string, string>> => fn.Tags ?? {};

/** Ours, of this function: nothing else is changed or removed. */
export function isOurs(
  tags: Readonly<Record<string, string>> | undefined,
  { endpoint, options }: Beside,
): boolean {
  const { repository } = options.context;
  const owner = tags?.[TAG.repository] ?? '';
  return tags?.[TAG.endpoint] === endpoint && (owner === repository || owner === '' || repository === '');
}

/** What the account and region are called in ARNs. */
export function placeOf({ live, options }: Beside): {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
} {
  const { region } = options.clients;
  const account = parseArn(live.AliasArn ?? '')?.account ?? '';
  return { account, region, partition: partitionOf(region).name };
}

export function tagFunction(Tags: Record<string, string>, { fn, options: { clients } }: Beside): Due {
  return {
    operation: 'lambda:TagResource',
    make: async (http) => {
      const lambda = await clients.lambda();
      return lambda.tagResource({ Resource: fn.Configuration?.FunctionArn, Tags }, http);
    },
  };
}

export function untagFunction(TagKeys: string[], { fn, options: { clients } }: Beside): Due {
  return {
    operation: 'lambda:UntagResource',
    make: async (http) => {
      const lambda = await clients.lambda();
      return lambda.untagResource({ Resource: fn.Configuration?.FunctionArn, TagKeys }, http);
    },
  };
}
