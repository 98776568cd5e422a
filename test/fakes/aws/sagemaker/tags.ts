import type {
  AddTagsInput,
  AddTagsOutput,
  DeleteTagsInput,
  ListTagsInput,
  ListTagsOutput,
  Tag,
} from '@aws-sdk/client-sagemaker';
import { invalid } from '../errors.ts';
import { page } from '../paging.ts';
import type { SageMakerState } from './state.ts';

export function checkTags(tags: readonly Tag[] | undefined): Tag[] {
  const keys = (tags ?? []).map(({ Key = '' }) => Key.toLowerCase());
  if (new Set(keys).size < keys.length) {
    throw invalid('Duplicate tag keys found. Please note that Tag keys are case insensitive.');
  }
  if (keys.some((key) => key.startsWith('aws:'))) {
    throw invalid('aws: prefixed tag key names are not allowed for external use.');
  }
  return [...(tags ?? [])];
}

export function addTags(state: SageMakerState, input: AddTagsInput): AddTagsOutput {
  const arn = known(state, input.ResourceArn ?? '');
  const added = checkTags(input.Tags);
  const kept = (state.tags.get(arn) ?? []).filter(({ Key }) => !added.some((tag) => tag.Key === Key));
  const Tags = [...kept, ...added];
  if (Tags.length > 50) throw invalid('The number of tags exceeds the limit of 50 tags for a resource.');
  state.tags.set(arn, Tags);
  return { Tags };
}

export function listTags(state: SageMakerState, input: ListTagsInput): ListTagsOutput {
  const tags = state.tags.get(known(state, input.ResourceArn ?? '')) ?? [];
  const { items, next } = page(tags, input.MaxResults ?? 50, input.NextToken);
  return { Tags: items, ...(next === undefined ? {} : { NextToken: next }) };
}

export function deleteTags(state: SageMakerState, input: DeleteTagsInput): object {
  const arn = known(state, input.ResourceArn ?? '');
  const gone = new Set(input.TagKeys);
  state.tags.set(
    arn,
    (state.tags.get(arn) ?? []).filter(({ Key = '' }) => !gone.has(Key)),
  );
  return {};
}

function known(state: SageMakerState, given: string): string {
  const arn = given.toLowerCase();
  const all = [state.models, state.configs, state.endpoints];
  const name = arn.split('/').slice(1).join('/');
  if (!all.some((map) => map.get(name)?.arn === arn)) {
    throw invalid(`Could not find resource "${given}".`);
  }
  return arn;
}
