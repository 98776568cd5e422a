/** What CreateModel looks at outside of SageMaker, with its words for what it does not find. */
import type { ContainerDefinition, CreateModelInput } from '@aws-sdk/client-sagemaker';
import { DOCKER_MANIFEST, imageOfUri, type EcrState } from '../services/ecr.ts';
import type { Role } from '../services/identity.ts';
import type { S3State } from '../services/s3-state.ts';

interface Surroundings {
  readonly ecr: EcrState;
  readonly s3: S3State;
  readonly roles: ReadonlyMap<string, Role>;
}

/** Images and archives are looked at where the repository, the bucket or the role is known to the fake. */
export function modelProblem(input: CreateModelInput, around: Surroundings): string | null {
  const role = input.ExecutionRoleArn ?? '';
  const containers = [input.PrimaryContainer ?? [], input.Containers ?? []].flat();
  const problems = [
    roleProblem(role, around.roles),
    ...containers.flatMap((container) => [
      imageProblem(container.Image ?? '', around.ecr),
      dataProblem(container, around.s3),
    ]),
  ];
  return problems.find((problem) => problem !== null) ?? null;
}

/** Where the test has added roles, any other one of the account does not exist. */
function roleProblem(arn: string, roles: ReadonlyMap<string, Role>): string | null {
  if (roles.size === 0) return null;
  const role = [...roles.values()].find((other) => other.arn === arn);
  return role?.trusts.includes('sagemaker.amazonaws.com') === true
    ? null
    : `Could not assume role ${arn}. Please ensure that the role exists and allows principal 'sagemaker.amazonaws.com' to assume the role.`;
}

function imageProblem(uri: string, ecr: EcrState): string | null {
  const image = imageOfUri(ecr, uri);
  if (image === undefined) return null;
  if (image === null) return `Requested image ${uri} not found.`;
  return image.mediaType === DOCKER_MANIFEST
    ? null
    : `Unsupported manifest media type ${image.mediaType} for image ${uri}. Ensure that valid manifest media type is used for specified image.`;
}

function dataProblem(container: ContainerDefinition, s3: S3State): string | null {
  const source = container.ModelDataSource?.S3DataSource;
  const uri = container.ModelDataUrl ?? source?.S3Uri;
  const [, name = '', key = ''] = /^s3:\/\/([^/]+)\/(.*)$/.exec(uri ?? '') ?? [];
  const bucket = s3.buckets.get(name);
  if (uri === undefined || bucket === undefined) return null;
  const found =
    source?.S3DataType === 'S3Prefix'
      ? [...bucket.objects.keys()].some((other) => other.startsWith(key))
      : bucket.objects.has(key);
  return found ? null : `Could not find model data at ${uri}.`;
}
