/** What is asked of SageMaker, each thing once: a plan and the description after it share their answers. */
import type {
  DescribeEndpointConfigOutput,
  DescribeEndpointOutput,
  DescribeModelOutput,
} from '@aws-sdk/client-sagemaker';
import { isDenied, isMissing } from '../../clouds/aws/errors.ts';
import type { AwsClients } from '../../clouds/aws/clients.ts';
import { readScaling, type ScalingState, type VariantRef } from './scaling/scaling.ts';

export interface Listed {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: Date;
}

/** An endpoint and the config that it has. */
export interface User {
  readonly endpoint: string;
  readonly config: string;
}

/** The most that SageMaker lists at once. */
const PAGE = 100;

export type Tags = ReadonlyMap<string, string>;

export class Reads {
  readonly #clients: AwsClients;
  readonly #known = new Map<string, Promise<unknown>>();

  constructor(clients: AwsClients) {
    this.#clients = clients;
  }

  /** Knows nothing but who asks. */
  anew(): Reads {
    const reads = new Reads(this.#clients);
    const caller = this.#known.get('caller');
    if (caller !== undefined) reads.#known.set('caller', caller);
    return reads;
  }

  /** The account that the credentials belong to. */
  account(): Promise<string> {
    return this.#once('caller', async () => {
      const sts = await this.#clients.sts();
      const { Account } = await this.#clients.call('sts:GetCallerIdentity', () => sts.getCallerIdentity({}));
      return Account ?? '';
    });
  }

  endpoint(name: string): Promise<DescribeEndpointOutput | null> {
    return this.#once(`endpoint ${name}`, () =>
      this.#found('sagemaker:DescribeEndpoint', (sageMaker) =>
        sageMaker.describeEndpoint({ EndpointName: name }),
      ),
    );
  }

  config(name: string): Promise<DescribeEndpointConfigOutput | null> {
    return this.#once(`config ${name}`, () =>
      this.#found('sagemaker:DescribeEndpointConfig', (sageMaker) =>
        sageMaker.describeEndpointConfig({ EndpointConfigName: name }),
      ),
    );
  }

  model(name: string): Promise<DescribeModelOutput | null> {
    return this.#once(`model ${name}`, () =>
      this.#found('sagemaker:DescribeModel', (sageMaker) => sageMaker.describeModel({ ModelName: name })),
    );
  }

  scaling(ref: VariantRef): Promise<ScalingState | null> {
    return this.#once(`scaling ${ref.endpoint} ${ref.variant}`, () => readScaling(this.#clients, ref));
  }

  /** Empty for a resource that is not there. */
  async tags(arn: string): Promise<Tags> {
    return (arn === '' ? null : await this.tagsIfThere(arn)) ?? new Map<string, string>();
  }

  /** null for a resource that is not there. */
  tagsIfThere(arn: string): Promise<Tags | null> {
    return this.#once(`tags ${arn}`, async () => {
      const tags = await this.#pages('sagemaker:ListTags', async (sageMaker, NextToken) => {
        const page = await sageMaker.listTags({ ResourceArn: arn, NextToken });
        return { items: page.Tags ?? [], next: page.NextToken };
      }).catch((error: unknown) => {
        if (isMissing(error)) return null;
        throw error;
      });
      return tags === null ? null : new Map(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
    });
  }

  configs(nameContains: string): Promise<readonly Listed[]> {
    return this.#once(`configs ${nameContains}`, () =>
      this.#pages('sagemaker:ListEndpointConfigs', async (sageMaker, NextToken) => {
        const page = await sageMaker.listEndpointConfigs({
          NameContains: nameContains,
          MaxResults: PAGE,
          NextToken,
        });
        const items = (page.EndpointConfigs ?? []).map((item) =>
          listed(item.EndpointConfigName, item.EndpointConfigArn, item.CreationTime),
        );
        return { items, next: page.NextToken };
      }),
    );
  }

  models(nameContains: string): Promise<readonly Listed[]> {
    return this.#once(`models ${nameContains}`, () =>
      this.#pages('sagemaker:ListModels', async (sageMaker, NextToken) => {
        const page = await sageMaker.listModels({ NameContains: nameContains, MaxResults: PAGE, NextToken });
        const items = (page.Models ?? []).map((item) =>
          listed(item.ModelName, item.ModelArn, item.CreationTime),
        );
        return { items, next: page.NextToken };
      }),
    );
  }

  endpoints(nameContains: string): Promise<readonly Listed[]> {
    return this.#once(`endpoints ${nameContains}`, () =>
      this.#pages('sagemaker:ListEndpoints', async (sageMaker, NextToken) => {
        const page = await sageMaker.listEndpoints({
          NameContains: nameContains,
          MaxResults: PAGE,
          NextToken,
        });
        const items = (page.Endpoints ?? []).map((item) =>
          listed(item.EndpointName, item.EndpointArn, item.CreationTime),
        );
        return { items, next: page.NextToken };
      }),
    );
  }

  /**
   * All endpoints with a config whose name contains that: one call for the whole account, however many endpoints it
   * has. The index behind it may lag behind.
   */
  users(configContains: string): Promise<readonly User[]> {
    return this.#once(`users ${configContains}`, () =>
      this.#pages('sagemaker:Search', async (sageMaker, NextToken) => {
        const Filters = [
          { Name: 'EndpointConfigName', Operator: 'Contains' as const, Value: configContains },
        ];
        const SearchExpression = { Filters };
        const page = await sageMaker.search({
          Resource: 'Endpoint',
          SearchExpression,
          MaxResults: PAGE,
          NextToken,
        });
        const items = (page.Results ?? []).map(({ Endpoint: found }) => ({
          endpoint: found?.EndpointName ?? '',
          config: found?.EndpointConfigName ?? '',
        }));
        return { items, next: page.NextToken };
      }),
    );
  }

  #once<T>(key: string, read: () => Promise<T>): Promise<T> {
    const known = this.#known.get(key);
    if (known !== undefined) return known as Promise<T>;
    const answer = read();
    this.#known.set(key, answer);
    // What failed is asked again; what is denied stays so.
    answer.catch((error: unknown) => {
      if (!isDenied(error)) this.#known.delete(key);
    });
    return answer;
  }

  async #found<T>(
    permission: string,
    read: (sageMaker: Awaited<ReturnType<AwsClients['sageMaker']>>) => Promise<T>,
  ): Promise<T | null> {
    const sageMaker = await this.#clients.sageMaker();
    try {
      return await this.#clients.call(permission, () => read(sageMaker));
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  async #pages<T>(
    permission: string,
    read: (
      sageMaker: Awaited<ReturnType<AwsClients['sageMaker']>>,
      token: string | undefined,
    ) => Promise<{ items: readonly T[]; next: string | undefined }>,
  ): Promise<T[]> {
    const sageMaker = await this.#clients.sageMaker();
    const items: T[] = [];
    let token: string | undefined;
    do {
      const from: string | undefined = token;
      const page = await this.#clients.call(permission, () => read(sageMaker, from));
      items.push(...page.items);
      token = page.next;
    } while (token !== undefined);
    return items;
  }
}

function listed(name = '', arn = '', createdAt = new Date(0)): Listed {
  return { name, arn, createdAt };
}
