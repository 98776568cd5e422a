/** The rules that need no network: whatever they find is told before the first call, all of it together. */
import { UserError, type Problem } from '../../../core/errors.ts';
import { parseEcrHost } from '../../../clouds/aws/ecr-registry.ts';
import { parseReference, type ImageReference } from '../../../core/image/reference.ts';
import { parseS3Url } from './s3-url.ts';
import { strategyRules } from './strategy-rules.ts';
import type { DeploymentFacts } from '../../../core/plan/deployment-facts.ts';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateEndpoint.html (EndpointName) */
const NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;
const INSTANCE_TYPE = /^ml\.[a-z0-9-]+\.[a-z0-9-]+$/;

export function checkRules(subject: DeploymentFacts): Problem[] {
  return [
    ...nameRules(subject),
    ...sourceRules(subject),
    ...instanceRules(subject),
    ...serverlessRules(subject),
    ...scalingRules(subject),
    ...strategyRules(subject),
    ...environmentRules(subject),
    ...tagRules(subject),
    ...networkRules(subject),
  ];
}

function nameRules({ endpoint, variantName, account }: DeploymentFacts): Problem[] {
  const names = { 'endpoint-name': endpoint, 'variant-name': variantName };
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
    message: `"${name}" is no name for SageMaker.${length}`,
    fix: 'Use letters, digits and inner hyphens, 63 at most.',
  };
}

function sourceRules({ executionRoleArn, model, imageUri, region }: DeploymentFacts): Problem[] {
  const problems: Problem[] = [];
  if (model !== null && parseS3Url(model.url) === null) {
    const message = model.url.startsWith('s3://')
      ? `"${model.url}" names no object of S3: a bucket's name has 3 to 63 characters, and a key stands behind it.`
      : `"${model.url}" does not lie in S3, and SageMaker reads models from there only.`;
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
  if (imageUri !== null) problems.push(...imageProblems(imageUri, region));
  return problems;
}

function imageProblems(imageUri: string, region: string): Problem[] {
  let reference: ImageReference;
  try {
    reference = parseReference(imageUri, 'image-uri');
  } catch (error) {
    if (error instanceof UserError) return [...error.problems];
    throw error;
  }
  const registry = parseEcrHost(reference.registry);
  if (registry === null || registry.region === region) return [];
  const message = `"${imageUri}" lies in ${registry.region}; SageMaker in ${region} pulls images of its own region only.`;
  return [{ where: 'image-uri', message, fix: `Push it to ${region}, or replicate the repository.` }];
}

function instanceRules({ instanceType, kmsKeyId }: DeploymentFacts): Problem[] {
  if (instanceType === null) return [];
  if (!INSTANCE_TYPE.test(instanceType)) {
    const message = `"${instanceType}" is not an instance type of SageMaker.`;
    return [{ where: 'instance-type', message, fix: 'It looks like ml.m5.large.' }];
  }
  if (kmsKeyId === null || !hasLocalStorage(instanceType)) return [];
  const message = `"${kmsKeyId}" cannot be used with ${instanceType}: its local storage is encrypted by the machine itself, and AWS refuses a key for it.`;
  return [
    { where: 'kms-key-id', message, fix: 'Leave it out, or take an instance type without local storage.' },
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

/** https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints.html (memory size, feature exclusions) */
function serverlessRules(subject: DeploymentFacts): Problem[] {
  const { serverless } = subject;
  if (serverless === null) return [];
  const { memoryMb, maxConcurrency } = serverless;
  const problems: Problem[] = [];
  if (memoryMb !== null && (memoryMb % 1024 !== 0 || memoryMb < 1024 || memoryMb > 6144)) {
    const message = `${memoryMb} is not possible.`;
    problems.push({ where: 'serverless-memory-mb', message, fix: 'Use 1024 to 6144 in steps of 1024.' });
  }
  if (maxConcurrency !== null && (maxConcurrency < 1 || maxConcurrency > 200)) {
    const message = `${maxConcurrency} is not possible.`;
    problems.push({ where: 'serverless-max-concurrency', message, fix: 'Use 1 to 200.' });
  }
  const excluded: Readonly<Record<string, boolean>> = {
    'instance-type': subject.instanceType !== null,
    'initial-instance-count': subject.instanceCount !== null,
    'max-capacity': subject.scaling !== null,
    'vpc-subnets': subject.subnets.length > 0 || subject.securityGroups.length > 0,
    'enable-network-isolation': subject.networkIsolation,
    'data-capture-destination': subject.dataCapture,
  };
  for (const where of Object.keys(excluded).filter((name) => excluded[name])) {
    const message = 'does not go with serverless inference.';
    problems.push({ where, message, fix: 'Leave it out, or leave out the serverless-* inputs.' });
  }
  return problems;
}

function scalingRules({ scaling, instanceCount }: DeploymentFacts): Problem[] {
  if (scaling === null) return [];
  const { minCapacity, maxCapacity } = scaling;
  const problems: Problem[] = [];
  if (minCapacity > maxCapacity) {
    problems.push({
      where: 'min-capacity',
      message: `${minCapacity} is more than max-capacity, ${maxCapacity}.`,
    });
  }
  if (minCapacity < 1) {
    // https://docs.aws.amazon.com/sagemaker/latest/dg/endpoint-auto-scaling-zero-instances.html
    const message = 'AWS scales a variant to no instances only where it has inference components.';
    problems.push({ where: 'min-capacity', message, fix: 'Use 1 or more, or serverless inference.' });
  }
  if (instanceCount !== null && (instanceCount < minCapacity || instanceCount > maxCapacity)) {
    const message = `${instanceCount} is not between min-capacity (${minCapacity}) and max-capacity (${maxCapacity}).`;
    problems.push({ where: 'initial-instance-count', message, fix: 'Autoscaling would change it at once.' });
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
      problems.push({ where, message: `"${name}" is no name for a variable.`, fix });
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
      message: `there are ${tags.size} of them; ${MOST_TAGS} are possible beside our own.`,
    });
  }
  for (const [key, value] of tags) {
    if (/^aws:/i.test(key)) {
      problems.push({ where, message: `"${key}" starts with "aws:", which AWS keeps for itself.` });
    }
    if (key.length < 1 || key.length > 128 || value.length > 256) {
      const message = `"${key}" is too long: 128 characters for a key and 256 for a value are possible.`;
      problems.push({ where, message });
    }
    if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(`${key}${value}`)) {
      const message = `"${key}" has a character that AWS does not take in a tag.`;
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
