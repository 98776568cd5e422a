/** Service Quotas: how many instances the account may have for endpoints. */
import type {
  GetServiceQuotaRequest,
  ListServiceQuotasRequest,
  ServiceQuota,
} from '@aws-sdk/client-service-quotas';
import { AwsError } from '../errors.ts';
import { page } from '../paging.ts';
import type { Service } from '../service.ts';
import type { World } from '../world.ts';

export interface QuotaState {
  readonly world: World;
  /** Instance type to the most that the account may have "for endpoint usage". */
  readonly endpointInstances: Map<string, number>;
  /** Names of quotas that are about something else, with what they are. */
  readonly others: Map<string, { readonly value: number }>;
}

export function quotasService(state: QuotaState): Service {
  return {
    name: 'service-quotas',
    validationCode: 'IllegalArgumentException',
    operations: {
      GetServiceQuota: (input: GetServiceQuotaRequest) => {
        const Quota = quotas(state, input.ServiceCode).find(({ QuotaCode }) => QuotaCode === input.QuotaCode);
        if (Quota === undefined) {
          throw new AwsError(
            'NoSuchResourceException',
            'The request failed because the specified quota does not exist.',
          );
        }
        return { Quota };
      },
      ListServiceQuotas: (input: ListServiceQuotasRequest) => {
        const all = quotas(state, input.ServiceCode);
        const { items, next } = page(all, input.MaxResults ?? 100, input.NextToken);
        return { Quotas: items, ...(next === undefined ? {} : { NextToken: next }) };
      },
    },
    permissions: (action, { ServiceCode, QuotaCode }) => [
      {
        action: `servicequotas:${action}`,
        resource:
          action === 'GetServiceQuota'
            ? state.world.arn('servicequotas', `${String(ServiceCode)}/${String(QuotaCode)}`)
            : '*',
      },
    ],
  };
}

function quotas(
  { world, endpointInstances, others }: QuotaState,
  service: string | undefined,
): ServiceQuota[] {
  if (service !== 'sagemaker') {
    throw new AwsError(
      'NoSuchResourceException',
      'The request failed because the specified service does not exist.',
    );
  }
  const all = [
    ...[...others].map(([QuotaName, { value: Value }]) => ({ QuotaName, Value, code: QuotaName })),
    ...[...endpointInstances].map(([type, Value]) => ({
      QuotaName: `${type} for endpoint usage`,
      Value,
      code: type,
    })),
  ];
  return all.map(({ QuotaName, Value, code }) => {
    const QuotaCode = quotaCode(code);
    return {
      ServiceCode: 'sagemaker',
      ServiceName: 'Amazon SageMaker',
      QuotaArn: world.arn('servicequotas', `sagemaker/${QuotaCode}`),
      QuotaCode,
      QuotaName,
      Value,
      Unit: 'None',
      Adjustable: true,
      GlobalQuota: false,
    };
  });
}

/** Codes are opaque (L- and eight hex digits); these are the fake's own. */
export function quotaCode(type: string): string {
  let hash = 0;
  for (const char of type) hash = (Math.imul(hash, 31) + char.charCodeAt(0)) >>> 0;
  return `L-${hash.toString(16).toUpperCase().padStart(8, '0')}`;
}
