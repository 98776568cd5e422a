/** What CreateModel looks at outside of SageMaker; refusal-texts.ts has its words for what it does not find. */
import type { ContainerDefinition, CreateModelInput } from '@aws-sdk/client-sagemaker';
import { DOCKER_MANIFEST, imageOfUri, type EcrState } from '../services/ecr.ts';
import type { Role } from '../services/identity.ts';
import type { S3State } from '../services/s3-state.ts';
import type { Words } from './refusal-texts.ts';

interface Surroundings {
  readonly ecr: EcrState;
  readonly s3: S3State;
  readonly roles: ReadonlyMap<string, Role>;
  readonly words: Words;
}

/** Images and archives are looked at where the repository, the bucket or the role is known to the fake. */
export function modelProblem(input: CreateModelInput, around: Surroundings): string | null {
  const role = input.ExecutionRoleArn ?? '';
  const containers = [input.PrimaryContainer ?? [], input.Containers ?? []].flat();
  const problems = [
    roleProblem(role, input, around),
    ...containers.flatMap((container) => [
      imageProblem(container.Image ?? '', around),
      dataProblem(container, around),
    ]),
  ];
  return problems.find((problem) => problem !== null) ?? null;
}

/** Where the test has added roles, any other one of the account does not exist. */
function roleProblem(arn: string, input: CreateModelInput, { roles, words }: Surroundings): string | null {
  if (roles.size === 0) return null;
  const role = [...roles.values()].find((other) => other.arn === arn);
  return role?.trusts.includes('sagemaker.amazonaws.com') === true
    ? null
    : words.say('role', { role: arn, data: input.PrimaryContainer?.ModelDataUrl ?? '' });
}

function imageProblem(uri: string, { ecr, words }: Surroundings): string | null {
  const image = imageOfUri(ecr, uri);
  if (image === undefined) return null;
  if (image === null) return words.say('image-missing', { image: uri });
  return image.mediaType === DOCKER_MANIFEST
    ? null
    : words.say('image-kind', { media: image.mediaType, image: uri });
}

function dataProblem(container: ContainerDefinition, { s3, words }: Surroundings): string | null {
  const source = container.ModelDataSource?.S3DataSource;
  const uri = container.ModelDataUrl ?? source?.S3Uri;
  const [, name = '', key = ''] = /^s3:\/\/([^/]+)\/(.*)$/.exec(uri ?? '') ?? [];
  const bucket = s3.buckets.get(name);
  if (uri === undefined || bucket === undefined) return null;
  const found =
    source?.S3DataType === 'S3Prefix'
      ? [...bucket.objects.keys()].some((other) => other.startsWith(key))
      : bucket.objects.has(key);
  return found ? null : words.say('data-missing', { data: uri });
}
