import type {
  ContainerDefinition,
  CreateModelInput,
  CreateModelOutput,
  DeleteModelInput,
  DescribeModelInput,
  DescribeModelOutput,
  DescribeModelPackageInput,
  DescribeModelPackageOutput,
  ListModelsInput,
  ListModelsOutput,
} from '@aws-sdk/client-sagemaker';
import { invalid } from '../errors.ts';
import { list } from './listing.ts';
import { arnOf, findModel, markNew, refuseExisting } from './lookup.ts';
import type { SageMakerState } from './state.ts';
import { checkTags } from './tags.ts';

export function createModel(state: SageMakerState, input: CreateModelInput): CreateModelOutput {
  const name = input.ModelName ?? '';
  checkContainers(input);
  const tags = checkTags(input.Tags);
  refuseExisting(state, 'model', state.models, name);
  const problem = state.others.modelProblem(input);
  if (problem !== null) throw invalid(problem);
  const arn = arnOf(state, 'model', name);
  const { Tags: _, ...spec } = input;
  state.models.set(name.toLowerCase(), { name, arn, created: state.world.time.now(), spec });
  state.tags.set(arn, tags);
  markNew(state, 'model', arn);
  return { ModelArn: arn };
}

function checkContainers(input: CreateModelInput): void {
  const { PrimaryContainer: primary, Containers: several = [] } = input;
  if (primary !== undefined && several.length > 0) {
    throw invalid('Both PrimaryContainer and Containers cannot be specified.');
  }
  const containers = primary === undefined ? several : [primary];
  if (containers.length === 0) {
    throw invalid('Either PrimaryContainer or Containers must be specified.');
  }
  if (input.ExecutionRoleArn === undefined) {
    throw invalid('ExecutionRoleArn is required.');
  }
  for (const container of containers) checkContainer(container);
}

function checkContainer(container: ContainerDefinition): void {
  const { Image, ModelPackageName, ModelDataUrl, ModelDataSource, Mode } = container;
  if ((Image === undefined) === (ModelPackageName === undefined)) {
    throw invalid('Exactly one of Image and ModelPackageName must be specified for a container.');
  }
  if (ModelDataUrl !== undefined && ModelDataSource !== undefined) {
    throw invalid('Both ModelDataUrl and ModelDataSource cannot be specified for a container.');
  }
  const source = ModelDataSource?.S3DataSource;
  if (source?.S3DataType === 'S3Prefix' && source.S3Uri?.endsWith('/') !== true) {
    throw invalid(`S3Uri "${source.S3Uri ?? ''}" of type S3Prefix must end with a forward slash.`);
  }
  if (source?.S3DataType === 'S3Prefix' && source.CompressionType !== 'None') {
    throw invalid('CompressionType must be None for S3DataType S3Prefix.');
  }
  if (source?.CompressionType === 'None' && Mode === 'MultiModel') {
    throw invalid('Uncompressed model data is not supported for multi-model containers.');
  }
  // https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ContainerDefinition.html: key and value up to 1024.
  for (const [key, value] of Object.entries(container.Environment ?? {})) {
    if (key.length > 1024 || value.length > 1024) {
      throw invalid(`Environment variable ${key} is longer than 1024 characters.`);
    }
    if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(key)) {
      throw invalid(
        `1 validation error detected: Value '${key}' at 'primaryContainer.environment.key' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z_][a-zA-Z0-9_]*`,
      );
    }
  }
}

export function describeModel(state: SageMakerState, input: DescribeModelInput): DescribeModelOutput {
  const { spec, name, arn, created } = findModel(state, input.ModelName ?? '', 'DescribeModel');
  return {
    ...spec,
    ...(spec.PrimaryContainer === undefined ? {} : { PrimaryContainer: described(spec.PrimaryContainer) }),
    ...(spec.Containers === undefined ? {} : { Containers: spec.Containers.map(described) }),
    ModelName: name,
    ModelArn: arn,
    CreationTime: created,
    EnableNetworkIsolation: spec.EnableNetworkIsolation ?? false,
    DeploymentRecommendation: {
      RecommendationStatus: 'NOT_APPLICABLE',
      RealTimeInferenceRecommendations: [],
    },
  };
}

/** A container comes back with its defaults, and with its archive in both of the ways to say it. */
function described(container: ContainerDefinition): ContainerDefinition {
  const url = container.ModelDataUrl;
  const source =
    url === undefined
      ? {}
      : {
          ModelDataSource: {
            S3DataSource: { S3Uri: url, S3DataType: 'S3Object', CompressionType: 'Gzip' } as const,
          },
        };
  return { Mode: 'SingleModel', Environment: {}, ...source, ...container };
}

export function deleteModel(state: SageMakerState, input: DeleteModelInput): undefined {
  const { name, arn } = findModel(state, input.ModelName ?? '', 'DeleteModel');
  state.models.delete(name.toLowerCase());
  state.tags.delete(arn);
  return undefined;
}

export function listModels(state: SageMakerState, input: ListModelsInput): ListModelsOutput {
  const { items, NextToken } = list([...state.models.values()], input);
  const Models = items.map(({ name, arn, created }) => ({
    ModelName: name,
    ModelArn: arn,
    CreationTime: created,
  }));
  return { Models, ...(NextToken === undefined ? {} : { NextToken }) };
}

export function describeModelPackage(
  state: SageMakerState,
  input: DescribeModelPackageInput,
): DescribeModelPackageOutput {
  const name = input.ModelPackageName ?? '';
  const arn = name.startsWith('arn:') ? name : state.world.arn('sagemaker', `model-package/${name}`);
  const found = state.packages.get(arn);
  if (found === undefined) throw invalid(`ModelPackage ${arn} does not exist.`);
  return found;
}
