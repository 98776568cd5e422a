/** What is there, as Lambda says: each call once, in the terms of this folder. */
import type {
  AliasConfiguration,
  FunctionConfiguration,
  GetFunctionResponse,
  GetFunctionUrlConfigResponse,
  Lambda,
  ProvisionedConcurrencyConfigListItem,
} from '@aws-sdk/client-lambda';
import { codeOf, isMissing } from '../../clouds/aws/errors.ts';
import type { CallOptions } from '../../clouds/aws/clients.ts';
import type { Seen } from './describe.ts';
import { LIVE } from './names.ts';
import type { LambdaTargetOptions } from './options.ts';

export interface Reads {
  /** null if there is no function of that name. */
  fn(qualifier?: string): Promise<GetFunctionResponse | null>;
  /** The alias that serves; null if there is none, or no function. */
  live(): Promise<AliasConfiguration | null>;
  aliases(): Promise<readonly AliasConfiguration[]>;
  /** Published ones, the newest first. */
  versions(): Promise<readonly FunctionConfiguration[]>;
  tags(): Promise<ReadonlyMap<string, string>>;
  account(): Promise<string>;
  /** Who can call the alias that serves: the policy as JSON; null if only the account itself can. */
  policy(): Promise<string | null>;
  /** Of every version and alias. */
  provisioned(): Promise<readonly ProvisionedConcurrencyConfigListItem[]>;
  /** Of the alias that serves; null if it has none. */
  url(): Promise<GetFunctionUrlConfigResponse | null>;
}

export function readsOf(FunctionName: string, { clients }: Pick<LambdaTargetOptions, 'clients'>): Reads {
  const ask = <T>(name: string, make: (lambda: Lambda, http: CallOptions) => Promise<T>) =>
    unlessMissing(async () => {
      const lambda = await clients.lambda();
      return clients.call({ operation: `lambda:${name}`, on: FunctionName }, (http) => make(lambda, http));
    });
  const fn: Reads['fn'] = (Qualifier) =>
    ask('GetFunction', (lambda, http) =>
      lambda.getFunction({ FunctionName, ...(Qualifier === undefined ? {} : { Qualifier }) }, http),
    );
  return {
    fn,
    live: () => ask('GetAlias', (lambda, http) => lambda.getAlias({ FunctionName, Name: LIVE }, http)),
    aliases: () =>
      pages(async (Marker) => {
        const page = await ask('ListAliases', (lambda, http) =>
          lambda.listAliases({ FunctionName, ...(Marker === undefined ? {} : { Marker }) }, http),
        );
        return [page?.Aliases ?? [], page?.NextMarker];
      }),
    versions: async () => {
      const all = await pages(async (Marker) => {
        const page = await ask('ListVersionsByFunction', (lambda, http) =>
          lambda.listVersionsByFunction({ FunctionName, ...(Marker === undefined ? {} : { Marker }) }, http),
        );
        return [page?.Versions ?? [], page?.NextMarker];
      });
      const published = all.filter(({ Version }) => Version !== '$LATEST');
      return published.sort((one, other) => Number(other.Version) - Number(one.Version));
    },
    tags: async () => new Map(Object.entries((await fn())?.Tags ?? {})),
    policy: async () => {
      const found = await ask('GetPolicy', (lambda, http) =>
        lambda.getPolicy({ FunctionName, Qualifier: LIVE }, http),
      );
      return found?.Policy ?? null;
    },
    provisioned: () =>
      pages(async (Marker) => {
        const page = await ask('ListProvisionedConcurrencyConfigs', (lambda, http) =>
          lambda.listProvisionedConcurrencyConfigs(
            { FunctionName, ...(Marker === undefined ? {} : { Marker }) },
            http,
          ),
        );
        return [page?.ProvisionedConcurrencyConfigs ?? [], page?.NextMarker];
      }),
    url: () =>
      ask('GetFunctionUrlConfig', (lambda, http) =>
        lambda.getFunctionUrlConfig({ FunctionName, Qualifier: LIVE }, http),
      ),
    account: async () => {
      const sts = await clients.sts();
      const { Account = '' } = await clients.call('sts:GetCallerIdentity', (http) =>
        sts.getCallerIdentity({}, http),
      );
      return Account;
    },
  };
}

/** A plan is made from one look: nothing is read twice. */
export function frozen(reads: Reads, { fn, live, aliases, published }: Seen): Reads {
  const tags = new Map(Object.entries(fn?.Tags ?? {}));
  let provisioned: ReturnType<Reads['provisioned']> | undefined;
  return {
    ...reads,
    fn: (qualifier) => (qualifier === undefined ? Promise.resolve(fn) : reads.fn(qualifier)),
    live: () => Promise.resolve(live),
    aliases: () => Promise.resolve(aliases),
    versions: () => Promise.resolve(published),
    tags: () => Promise.resolve(tags),
    provisioned: () => (provisioned ??= reads.provisioned()),
  };
}

async function pages<T>(
  ask: (marker: string | undefined) => Promise<readonly [readonly T[], string | undefined]>,
): Promise<T[]> {
  const all: T[] = [];
  let marker: string | undefined;
  do {
    const [items, next] = await ask(marker);
    all.push(...items);
    marker = next;
  } while (marker !== undefined && marker !== '');
  return all;
}

async function unlessMissing<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Somebody else was faster, or another change is in progress: decide again. */
export function isLost(error: unknown): boolean {
  return ['PreconditionFailedException', 'ResourceConflictException'].includes(codeOf(error));
}
