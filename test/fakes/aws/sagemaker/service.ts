import type { Tag } from '@aws-sdk/client-sagemaker';
import type { Operation, Permission, Service } from '../service.ts';
import type { World } from '../world.ts';
import {
  createEndpointConfig,
  deleteEndpointConfig,
  describeEndpointConfig,
  listEndpointConfigs,
} from './configs.ts';
import { describeEndpoint, listEndpoints } from './describe.ts';
import { createEndpoint, deleteEndpoint, updateEndpoint, updateWeightsAndCapacities } from './endpoints.ts';
import { createModel, deleteModel, describeModel, describeModelPackage, listModels } from './models.ts';
import { search } from './search.ts';
import type { SageMakerState } from './state.ts';
import { addTags, deleteTags, listTags } from './tags.ts';

export function sageMakerService(state: SageMakerState): Service {
  const on =
    (run: (state: SageMakerState, input: never) => unknown): Operation =>
    (input) =>
      run(state, input);
  return {
    name: 'sagemaker',
    validationCode: 'ValidationException',
    operations: {
      AddTags: on(addTags),
      CreateEndpoint: on(createEndpoint),
      CreateEndpointConfig: on(createEndpointConfig),
      CreateModel: on(createModel),
      DeleteEndpoint: on(deleteEndpoint),
      DeleteEndpointConfig: on(deleteEndpointConfig),
      DeleteModel: on(deleteModel),
      DeleteTags: on(deleteTags),
      DescribeEndpoint: on(describeEndpoint),
      DescribeEndpointConfig: on(describeEndpointConfig),
      DescribeModel: on(describeModel),
      DescribeModelPackage: on(describeModelPackage),
      ListEndpointConfigs: on(listEndpointConfigs),
      ListEndpoints: on(listEndpoints),
      ListModels: on(listModels),
      ListTags: on(listTags),
      Search: on(search),
      UpdateEndpoint: on(updateEndpoint),
      UpdateEndpointWeightsAndCapacities: on(updateWeightsAndCapacities),
    },
    permissions: (action, input) => permissionsOf(state, action, input),
  };
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html */
function permissionsOf(state: SageMakerState, action: string, input: Record<string, unknown>): Permission[] {
  const { world } = state;
  const resources = resourcesOf(world, input);
  const tags = (input.Tags ?? []) as Tag[];
  const context = tagContext(action === 'AddTags' || action.startsWith('Create') ? tags : []);
  const own = (resources.length === 0 ? ['*'] : resources).map((resource) => ({
    action: `sagemaker:${action}`,
    resource,
    context,
  }));
  const [first = '*'] = resources;
  return [
    ...own,
    // Tags given at creation need the right to tag.
    ...(action.startsWith('Create') && tags.length > 0
      ? [{ action: 'sagemaker:AddTags', resource: first, context }]
      : []),
    ...passRole(input.ExecutionRoleArn),
    ...(action === 'CreateEndpoint' ? grant(state, input.EndpointConfigName) : []),
  ];
}

function resourcesOf(world: World, input: Record<string, unknown>): string[] {
  const named = (kind: string, name: unknown) =>
    typeof name === 'string' ? [world.arn('sagemaker', `${kind}/${name.toLowerCase()}`)] : [];
  const { ModelPackageName: pack } = input;
  return [
    ...named('endpoint', input.EndpointName),
    ...named('endpoint-config', input.EndpointConfigName),
    ...named('model', input.ModelName),
    ...(typeof input.ResourceArn === 'string' ? [input.ResourceArn] : []),
    ...(typeof pack === 'string' ? (pack.startsWith('arn:') ? [pack] : named('model-package', pack)) : []),
  ];
}

function tagContext(tags: readonly Tag[]): Record<string, string> {
  return Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [`aws:RequestTag/${Key}`, Value]));
}

/** https://docs.aws.amazon.com/sagemaker/latest/dg/api-permissions-reference.html: where the config has a key */
function grant({ configs, world }: SageMakerState, name: unknown): Permission[] {
  const key = configs.get(String(name).toLowerCase())?.spec.KmsKeyId;
  if (key === undefined) return [];
  const resource = key.startsWith('arn:')
    ? key
    : world.arn('kms', key.startsWith('alias/') ? key : `key/${key}`);
  return [{ action: 'kms:CreateGrant', resource }];
}

function passRole(role: unknown): Permission[] {
  if (typeof role !== 'string') return [];
  const context = { 'iam:PassedToService': 'sagemaker.amazonaws.com' };
  return [{ action: 'iam:PassRole', resource: role, context }];
}
