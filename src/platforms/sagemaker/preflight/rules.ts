/** The rules that need no network: everything that they find is reported at once, before the first call. */
import { UserError, type Problem } from '../../../core/errors.ts';
import { parseEcrHost } from '../../../clouds/aws/ecr-registry.ts';
import { parseReference, type ImageReference } from '../../../core/image/reference.ts';
import { isObject } from '../../../core/json-object.ts';
import type { CloudSettings } from '../../../core/plan/cloud-settings.ts';
import type { DeploymentFacts } from '../../../core/plan/deployment-facts.ts';
import { rule, type Rule } from '../../../core/spec/rule.ts';
import { removedToo } from '../../../inputs/capacity.ts';
import { parseS3Url } from './s3-url.ts';
import { strategyRules } from './strategy-rules.ts';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateEndpoint.html (EndpointName) */
const NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;
const INSTANCE_TYPE = /^ml\.[a-z0-9-]+\.[a-z0-9-]+$/;

export const sagemakerRules: readonly Rule[] = [
  ...[nameRules, sourceRules, accountRules, instanceRules, poolRules, serverlessRules, scalingRules].map(
    rule,
  ),
  ...strategyRules,
  ...[environmentRules, tagRules, networkRules].map(rule),
];

function nameRules({ endpoint, variantName, account }: DeploymentFacts): Problem[] {
  const names = { 'endpoint-name': endpoint, 'sagemaker: variant-name': variantName };
  const problems = Object.entries(names).flatMap(([where, name]) =>
    name === null || NAME.test(name) ? [] : [nameProblem(where, name)],
  );
  if (account !== null && !/^\d{12}$/.test(account)) {
    problems.push({ where: 'aws-account-id', message: `"${account}" is not an account id of 12 digits.` });
  }
  return problems;
}

function nameProblem(where: string, name: string): Problem {
  const length = name.length > 63 ? ` It has ${name.length} characters.` : '';
  return {
    where,
    message: `"${name}" is not a valid SageMaker name.${length}`,
    fix: 'Use letters, digits and inner hyphens, 63 at most.',
  };
}

function sourceRules({ executionRoleArn, model, imageUri, region, settings }: DeploymentFacts): Problem[] {
  const problems: Problem[] = [];
  if (model !== null && parseS3Url(model.url) === null) {
    const message = model.url.startsWith('s3://')
      ? `"${model.url}" is not a valid S3 URL: a bucket's name has 3 to 63 characters, and is followed by a key.`
      : `"${model.url}" is not in S3, but SageMaker reads models only from there.`;
    const fix = 'Give package-model a destination such as s3://bucket/prefix.';
    problems.push({ where: 'model-data-url', message, fix });
  }
  if (executionRoleArn !== null && !/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/.test(executionRoleArn)) {
    const message = `"${executionRoleArn}" is not the ARN of a role.`;
    problems.push({
      where: 'execution-role-arn',
      message,
      fix: 'It looks like arn:aws:iam::123456789012:role/name.',
    });
  }
  if (imageUri !== null) problems.push(...imageProblems(imageUri, region, settings));
  return problems;
}

/** SageMaker takes roles of its own account only: iam:PassRole does not reach further. */
function accountRules({ executionRoleArn, account }: DeploymentFacts): Problem[] {
  const other = /^arn:[^:]+:iam::(\d{12}):/.exec(executionRoleArn ?? '')?.[1];
  if (account === null || other === undefined || other === account) return [];
  const message = `the role is of the account ${other}, and aws-account-id is ${account}.`;
  const fix = 'Name a role of the same account.';
  return [{ where: 'execution-role-arn', message, fix, beside: ['aws-account-id'] }];
}

const PUSH_TO_ECR = 'Push it to ECR, as push-image does, and give its output image-uri.';

/** @param settings undefined if nobody knows whether model-overrides name another way to pull */
function imageProblems(imageUri: string, region: string, settings: DeploymentFacts['settings']): Problem[] {
  let reference: ImageReference;
  try {
    reference = parseReference(imageUri, 'image-uri');
  } catch (error) {
    if (error instanceof UserError) return error.problems.map((found) => ({ fix: PUSH_TO_ECR, ...found }));
    throw error;
  }
  const registry = parseEcrHost(reference.registry);
  if (registry === null && settings !== undefined && !pullsElsewhere(settings)) {
    const message = `"${imageUri}" is in ${reference.registry}, and SageMaker pulls images from Amazon ECR only.`;
    const fix = `${PUSH_TO_ECR} Or set an ImageConfig with RepositoryAccessMode: Vpc in "sagemaker: model-overrides".`;
    return [{ where: 'image-uri', message, fix }];
  }
  if (registry === null || region === '' || registry.region === region) return [];
  const message = `"${imageUri}" is in ${registry.region}, but SageMaker in ${region} pulls images only from its own region.`;
  return [{ where: 'image-uri', message, fix: `Push it to ${region}, or replicate the repository.` }];
}

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ImageConfig.html */
function pullsElsewhere({ modelOverrides }: CloudSettings): boolean {
  const { PrimaryContainer: container } = (modelOverrides ?? {}) as { readonly PrimaryContainer?: unknown };
  return isObject(container) && container.ImageConfig !== undefined;
}

function instanceRules({ instanceType, kmsKeyId }: DeploymentFacts): Problem[] {
  if (instanceType === null) return [];
  if (!INSTANCE_TYPE.test(instanceType)) {
    const message = `"${instanceType}" is not an instance type of SageMaker.`;
    return [{ where: 'instance-type', message, fix: 'It looks like ml.m5.large.' }];
  }
  if (kmsKeyId === null || !hasLocalStorage(instanceType)) return [];
  const message = `"${kmsKeyId}" cannot be used with ${instanceType}: the machine encrypts its local storage itself, and AWS refuses a key for it.`;
  return [{ where: 'kms-key-id', message, fix: 'Remove it, or use an instance type without local storage.' }];
}

const POOLS = 'sagemaker: instance-types';
/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_InstancePool.html (Priority) */
const MOST_POOLS = 5;

function poolRules({ instanceType, instanceTypes = [], serverless }: DeploymentFacts): Problem[] {
  if (instanceTypes.length === 0) return [];
  const problem = (message: string, fix: string): Problem => ({ where: POOLS, message, fix });
  const wrong = instanceTypes.filter((type) => !INSTANCE_TYPE.test(type));
  return [
    ...wrong.map((type) =>
      problem(`"${type}" is not an instance type of SageMaker.`, 'It looks like ml.m5.large.'),
    ),
    ...(instanceTypes.length > MOST_POOLS
      ? [
          problem(
            `has ${instanceTypes.length} types; SageMaker accepts ${MOST_POOLS}.`,
            'Leave out the last ones.',
          ),
        ]
      : []),
    ...(new Set(instanceTypes).size < instanceTypes.length
      ? [problem('names a type twice.', 'Name each type once.')]
      : []),
    ...(instanceType === null
      ? []
      : [problem('is set together with instance-type.', 'Set only one of them.')]),
    ...(serverless === null
      ? []
      : [
          problem(
            'is set together with serverless inference, which has no instances.',
            'Set only one of them.',
          ),
        ]),
  ];
}

/**
 * Families with a disk of their own: those with a d after the generation, and these others.
 * https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateEndpointConfig.html (KmsKeyId)
 */
function hasLocalStorage(instanceType: string): boolean {
  const family = instanceType.split('.')[1] ?? '';
  return (
    /^[a-z]+\d+[a-z]*d[a-z]*$/.test(family) ||
    ['g5', 'g6', 'g6e', 'p5', 'p5e', 'p5en', 'trn1', 'trn1n', 'trn2'].includes(family)
  );
}

const SERVERLESS = ['sagemaker: serverless-memory-mb', 'sagemaker: serverless-max-concurrency'] as const;

/** https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints.html (memory size, feature exclusions) */
function serverlessRules(subject: DeploymentFacts): Problem[] {
  const { serverless } = subject;
  if (serverless === null) return [];
  const { memoryMb, maxConcurrency } = serverless;
  const [memory, concurrency] = SERVERLESS;
  const problems: Problem[] = [];
  if (memoryMb !== null && (memoryMb % 1024 !== 0 || memoryMb < 1024 || memoryMb > 6144)) {
    const message = `${memoryMb} is not possible.`;
    problems.push({ where: memory, message, fix: 'Use 1024 to 6144 in steps of 1024.' });
  }
  if (maxConcurrency !== null && (maxConcurrency < 1 || maxConcurrency > 200)) {
    problems.push({
      where: concurrency,
      message: `${maxConcurrency} is not possible.`,
      fix: 'Use 1 to 200.',
    });
  }
  const excluded: Readonly<Record<string, boolean>> = {
    'instance-type': subject.instanceType !== null,
    'initial-instance-count': subject.instanceCount !== null,
    'max-capacity': subject.capacity.max !== null,
    'vpc-subnets': subject.subnets.length > 0 || subject.securityGroups.length > 0,
    'sagemaker: enable-network-isolation': subject.networkIsolation,
    'sagemaker: data-capture-destination': subject.dataCapture,
  };
  for (const where of Object.keys(excluded).filter((name) => excluded[name])) {
    const message = 'does not go with serverless inference.';
    const fix = 'Leave it out, or leave out serverless-memory-mb and serverless-max-concurrency.';
    problems.push({ where, message, fix, beside: SERVERLESS });
  }
  return problems;
}

function scalingRules({ capacity, scalingPolicy, endsScaling }: DeploymentFacts): Problem[] {
  const problems: Problem[] = [];
  if (capacity.min !== null && capacity.min < 1) {
    // https://docs.aws.amazon.com/sagemaker/latest/dg/endpoint-auto-scaling-zero-instances.html
    const message = 'AWS scales a variant to zero instances only if it has inference components.';
    problems.push({ where: 'min-capacity', message, fix: 'Use 1 or more, or serverless inference.' });
  }
  const policy = {
    'sagemaker: invocations-per-instance': scalingPolicy.invocationsPerInstance,
    'sagemaker: scale-in-cooldown': scalingPolicy.scaleInCooldown,
    'sagemaker: scale-out-cooldown': scalingPolicy.scaleOutCooldown,
  };
  for (const [where, value] of Object.entries(policy)) {
    if (value === null) continue;
    if (endsScaling) problems.push(...removedToo(where, value));
    else if (capacity.min === null && capacity.max === null) {
      problems.push({ where, message: 'needs min-capacity and max-capacity.', fix: 'Set both.' });
    }
  }
  return problems;
}

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ContainerDefinition.html (Environment) */
const MOST_VARIABLES = 100;
const LONGEST_VARIABLE = 1024;

function environmentRules({ environment }: DeploymentFacts): Problem[] {
  const where = 'environment-variables';
  const problems: Problem[] = [];
  if (environment.size > MOST_VARIABLES) {
    problems.push({
      where,
      message: `there are ${environment.size} of them; ${MOST_VARIABLES} are possible.`,
    });
  }
  for (const [name, value] of environment) {
    if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name) || name.length > LONGEST_VARIABLE) {
      const fix = 'Use letters, digits and _, without a digit in front.';
      problems.push({ where, message: `"${name}" is not a valid name of a variable.`, fix });
    }
    if (value.length > LONGEST_VARIABLE) {
      const message = `the value of ${name} has ${value.length} characters; ${LONGEST_VARIABLE} are possible.`;
      problems.push({ where, message });
    }
  }
  return problems;
}

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_Tag.html; some of the 50 are ours. */
const MOST_TAGS = 50 - 20;

function tagRules({ tags }: DeploymentFacts): Problem[] {
  const where = 'tags';
  const problems: Problem[] = [];
  if (tags.size > MOST_TAGS) {
    problems.push({
      where,
      message: `there are ${tags.size} of them; ${MOST_TAGS} are possible in addition to our own.`,
    });
  }
  for (const [key, value] of tags) {
    if (/^aws:/i.test(key)) {
      problems.push({ where, message: `"${key}" starts with "aws:", which AWS reserves.` });
    }
    if (key.length < 1 || key.length > 128 || value.length > 256) {
      const message = `"${key}" is too long: 128 characters for a key and 256 for a value are possible.`;
      problems.push({ where, message });
    }
    if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(`${key}${value}`)) {
      const message = `"${key}" has a character that AWS does not allow in a tag.`;
      problems.push({ where, message, fix: 'Use letters, digits, spaces and _ . : / = + - @.' });
    }
  }
  return problems;
}

function networkRules({ subnets, securityGroups }: DeploymentFacts): Problem[] {
  const problems: Problem[] = [];
  if ((subnets.length === 0) !== (securityGroups.length === 0)) {
    const [missing, given] =
      subnets.length === 0 ? ['vpc-subnets', 'vpc-security-groups'] : ['vpc-security-groups', 'vpc-subnets'];
    problems.push({
      where: missing,
      message: `is missing, while ${given} is given.`,
      fix: 'Give both or none.',
    });
  }
  // https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_VpcConfig.html
  const lists = { 'vpc-subnets': [subnets, 16], 'vpc-security-groups': [securityGroups, 5] } as const;
  for (const [where, [list, most]] of Object.entries(lists)) {
    if (list.length > most) {
      problems.push({ where, message: `there are ${list.length} of them; ${most} are possible.` });
    }
  }
  return problems;
}
