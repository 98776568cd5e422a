import { page } from '../paging.ts';

interface Named {
  readonly name: string;
  readonly created: Date;
  readonly modified?: Date;
  readonly status?: string;
}

/** What the three list operations of SageMaker have in common. */
export interface ListInput {
  readonly SortBy?: string | undefined;
  readonly SortOrder?: string | undefined;
  readonly NextToken?: string | undefined;
  readonly MaxResults?: number | undefined;
  readonly NameContains?: string | undefined;
  readonly CreationTimeBefore?: Date | undefined;
  readonly CreationTimeAfter?: Date | undefined;
  readonly LastModifiedTimeBefore?: Date | undefined;
  readonly LastModifiedTimeAfter?: Date | undefined;
  readonly StatusEquals?: string | undefined;
}

/** 10 at a time where nothing else is asked for, the newest first. */
export function list<T extends Named>(
  all: readonly T[],
  input: ListInput,
): { items: T[]; NextToken: string | undefined } {
  const wanted = all.filter((item) => matches(item, input));
  const by = input.SortBy ?? 'CreationTime';
  const sign = (input.SortOrder ?? 'Descending') === 'Ascending' ? 1 : -1;
  // Map keeps the order of creation, and sort is stable: those of one moment are told apart by that.
  const order = new Map(all.map((item, at) => [item, at]));
  const sorted = wanted.sort((one, other) => {
    if (by === 'Name') return sign * (one.name < other.name ? -1 : 1);
    if (by === 'Status') return sign * (one.status ?? '').localeCompare(other.status ?? '');
    return sign * ((order.get(one) ?? 0) - (order.get(other) ?? 0));
  });
  const { items, next } = page(sorted, input.MaxResults ?? 10, input.NextToken);
  return { items, NextToken: next };
}

function matches(item: Named, input: ListInput): boolean {
  const within = (moment: Date, after: Date | undefined, before: Date | undefined) =>
    (after === undefined || moment > after) && (before === undefined || moment < before);
  return (
    (input.NameContains === undefined ||
      item.name.toLowerCase().includes(input.NameContains.toLowerCase())) &&
    (input.StatusEquals === undefined || item.status === input.StatusEquals) &&
    within(item.created, input.CreationTimeAfter, input.CreationTimeBefore) &&
    within(item.modified ?? item.created, input.LastModifiedTimeAfter, input.LastModifiedTimeBefore)
  );
}
