/**
 * Search, for endpoints by what one of their properties contains.
 * https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_Search.html
 */
import type { SearchRequest, SearchResponse } from '@aws-sdk/client-sagemaker';
import { AwsError, invalid } from '../errors.ts';
import { page } from '../paging.ts';
import type { Endpoint, SageMakerState } from './state.ts';

export function search(state: SageMakerState, input: SearchRequest): SearchResponse {
  if (input.Resource !== 'Endpoint') {
    throw new AwsError('UnknownOperationException', `The fake searches for no ${input.Resource ?? ''}.`);
  }
  const filters = input.SearchExpression?.Filters ?? [];
  // AWS's own sentence, https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_Filter.html
  if (filters.filter(({ Operator }) => Operator === 'Contains').length > 1) {
    throw invalid("'CONTAINS' operator usage limit of 1 exceeded.");
  }
  const found = [...state.endpoints.values()].filter((endpoint) =>
    filters.every((filter) => matches(endpoint, filter)),
  );
  const { items, next } = page(found, input.MaxResults ?? 10, input.NextToken);
  const Results = items.map(({ name, arn, config, status, created, modified }) => ({
    Endpoint: {
      EndpointName: name,
      EndpointArn: arn,
      EndpointConfigName: config.name,
      EndpointStatus: status,
      CreationTime: created,
      LastModifiedTime: modified,
    },
  }));
  return { Results, ...(next === undefined ? {} : { NextToken: next }) };
}

type Filter = NonNullable<NonNullable<SearchRequest['SearchExpression']>['Filters']>[number];

function matches({ name, config }: Endpoint, { Name, Operator = 'Equals', Value = '' }: Filter): boolean {
  const text = Name === 'EndpointConfigName' ? config.name : Name === 'EndpointName' ? name : null;
  if (text === null || !['Equals', 'Contains'].includes(Operator)) {
    throw new AwsError('UnknownOperationException', `The fake does not search by ${Name ?? ''} ${Operator}.`);
  }
  return Operator === 'Equals' ? text === Value : text.includes(Value);
}
