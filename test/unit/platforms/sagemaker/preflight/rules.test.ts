import { describe, expect, it } from 'vitest';
import type { Strategy } from '../../../../../src/documents/plan.ts';
import {
  extraInstances,
  stepsOf,
  totalWaitSeconds,
} from '../../../../../src/platforms/sagemaker/preflight/guardrails.ts';
import { judge } from '../../../../../src/core/spec/rule.ts';
import { neutralRules } from '../../../../../src/inputs/neutral-rules.ts';
import { sagemakerRules } from '../../../../../src/platforms/sagemaker/preflight/rules.ts';
import type { DeploymentFacts } from '../../../../../src/core/plan/deployment-facts.ts';
import { subjectWith } from './subject.ts';

const strategy = (changes: Partial<Strategy>): Strategy => ({
  type: 'canary',
  stepPercent: 10,
  bakeMinutes: 0,
  alarms: [],
  ...changes,
});
const told = (changes: Partial<DeploymentFacts>) =>
  judge([...neutralRules, ...sagemakerRules], subjectWith(changes), 'plan').map(
    ({ where, message, fix = '' }) => `${where}: ${message} ${fix}`.trim(),
  );

const scalingPolicy = { invocationsPerInstance: 700, scaleInCooldown: null, scaleOutCooldown: null };
const serverless = {
  serverless: { memoryMb: 2048, maxConcurrency: 10 },
  instanceType: null,
  instanceCount: null,
};
const ECR = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/serving';

describe('rules that need no network', () => {
  it('find nothing wrong with what is right', () => {
    expect(told({})).toEqual([]);
    expect(told({ ...serverless })).toEqual([]);
    const modelOverrides = { PrimaryContainer: { ImageConfig: { RepositoryAccessMode: 'Vpc' } } };
    expect(told({ imageUri: 'docker.io/acme/serving:1', settings: { modelOverrides } })).toEqual([]);
    expect(
      told({
        account: '123456789012',
        executionRoleArn: 'arn:aws:iam::123456789012:role/path/serving',
        model: { url: 's3://models/churn/model.tar.gz', sha256: null, bytes: null },
        imageUri: `${ECR}:1`,
        capacity: { min: 2, max: 5 },
        scalingPolicy,
        strategy: strategy({ bakeMinutes: 10, alarms: ['mine'] }),
        environment: new Map([['LOG_LEVEL', 'info']]),
        tags: new Map([['team', 'churn']]),
        subnets: ['subnet-1'],
        securityGroups: ['sg-1'],
        kmsKeyId: 'alias/models',
      }),
    ).toEqual([]);
  });

  it.each<[string, Partial<DeploymentFacts>, string]>([
    ['an underscore', { endpoint: 'churn_dev' }, 'endpoint-name: "churn_dev" is not a valid SageMaker name.'],
    ['64 characters', { endpoint: 'a'.repeat(64) }, 'It has 64 characters.'],
    ['a hyphen at the end', { variantName: 'main-' }, 'sagemaker: variant-name: "main-"'],
    ['an account of 11 digits', { account: '12345678901' }, 'aws-account-id: "12345678901"'],
    ['a user for a role', { executionRoleArn: 'arn:aws:iam::123456789012:user/x' }, 'execution-role-arn:'],
    [
      'a file for a model',
      { model: { url: 'file:///m.tar.gz', sha256: null, bytes: null } },
      'model-data-url: "file:///m.tar.gz"',
    ],
    [
      'an image without a registry',
      { imageUri: 'python:3.11' },
      'image-uri: "python:3.11" has no registry. Write the full name, such as registry.example.com/team/image:tag; on Docker Hub it would be docker.io/library/python. Push it to ECR, as push-image does, and give its output image-uri.',
    ],
    [
      'an image of another registry',
      { imageUri: 'docker.io/acme/serving:1', settings: {} },
      'image-uri: "docker.io/acme/serving:1" is in docker.io, and SageMaker pulls images from Amazon ECR only. Push it to ECR, as push-image does, and give its output image-uri. Or set an ImageConfig',
    ],
    [
      'an image of another region',
      { imageUri: '123456789012.dkr.ecr.us-east-1.amazonaws.com/serving:1' },
      'is in us-east-1, but SageMaker in eu-west-1 pulls images only from its own region.',
    ],
    ['no instance type', { instanceType: 'm5.large' }, 'instance-type: "m5.large" is not an instance type'],
    [
      'a key for local storage',
      { instanceType: 'ml.g5.xlarge', kmsKeyId: 'alias/k' },
      'kms-key-id: "alias/k" cannot be used with ml.g5.xlarge',
    ],
    [
      'a key for local storage',
      { instanceType: 'ml.m5d.large', kmsKeyId: 'alias/k' },
      'kms-key-id: "alias/k"',
    ],
    [
      'serverless and instance type',
      { serverless: { memoryMb: 1024, maxConcurrency: 1 } },
      'instance-type: does not go with serverless',
    ],
    [
      'serverless and count',
      { serverless: { memoryMb: 1024, maxConcurrency: 1 } },
      'initial-instance-count: does not go with serverless',
    ],
    [
      'serverless in a VPC',
      { ...serverless, subnets: ['s'], securityGroups: ['g'] },
      'vpc-subnets: does not go with serverless',
    ],
    [
      'serverless with data capture',
      { ...serverless, dataCapture: true },
      'sagemaker: data-capture-destination: does not go',
    ],
    [
      'serverless, isolated',
      { ...serverless, networkIsolation: true },
      'sagemaker: enable-network-isolation: does not go',
    ],
    [
      '1.5 GB',
      { ...serverless, serverless: { memoryMb: 1536, maxConcurrency: 1 } },
      'sagemaker: serverless-memory-mb: 1536',
    ],
    [
      '201 at once',
      { ...serverless, serverless: { memoryMb: 1024, maxConcurrency: 201 } },
      'sagemaker: serverless-max-concurrency: 201',
    ],
    ['min over max', { capacity: { min: 5, max: 3 } }, 'min-capacity: 5 is more than max-capacity, 3.'],
    [
      'min of none',
      { capacity: { min: 0, max: 3 } },
      'min-capacity: AWS scales a variant to zero instances only',
    ],
    [
      'a count outside',
      { instanceCount: 8, capacity: { min: 1, max: 3 } },
      'initial-instance-count: 8 is not between',
    ],
    [
      'canary with one instance',
      { instanceCount: 1, strategy: strategy({}) },
      'strategy: "canary" is not possible with 1 instance',
    ],
    [
      'rolling, serverless',
      { ...serverless, strategy: strategy({ type: 'rolling' }) },
      'strategy: "rolling" is not possible for serverless',
    ],
    [
      'linear on Inf1',
      { instanceType: 'ml.inf1.xlarge', strategy: strategy({ type: 'linear' }) },
      'silently deploys to Inf1 all at once',
    ],
    [
      'canary of 60 %',
      { strategy: strategy({ stepPercent: 60 }) },
      'step-percent: 60 is not possible for the strategy "canary". Use 1 to 50.',
    ],
    [
      'canary of several steps',
      { strategy: { ...strategy({}), laterPercents: [60] } },
      '60" are several steps, and a canary of SageMaker has one. Give one number, or use linear.',
    ],
    ['linear of 5 %', { strategy: strategy({ type: 'linear', stepPercent: 5 }) }, 'Use 10 to 50.'],
    ['rolling of 2 %', { strategy: strategy({ type: 'rolling', stepPercent: 2 }) }, 'Use 5 to 50.'],
    [
      'no step',
      { strategy: strategy({ stepPercent: null }) },
      'step-percent: is required for the strategy "canary".',
    ],
    [
      'a step of nothing',
      { strategy: strategy({ type: 'all-at-once' }) },
      'the strategy "all-at-once" has no steps',
    ],
    [
      '61 minutes',
      { strategy: strategy({ bakeMinutes: 61 }) },
      'bake-minutes: 61 is more than AWS waits, 60 minutes.',
    ],
    [
      'ten bakes of an hour',
      { timeoutMinutes: 480, strategy: strategy({ type: 'linear', bakeMinutes: 60 }) },
      'bake-minutes: 60 after each step of "linear" makes 600 minutes; AWS gives an update less than 480.',
    ],
    [
      'waits over the timeout',
      { timeoutMinutes: 30, strategy: strategy({ type: 'linear', stepPercent: 25, bakeMinutes: 10 }) },
      'timeout-minutes: 30 is not more than the waits of "linear" alone, 40 minutes.',
    ],
    [
      '11 alarms',
      { strategy: strategy({ alarms: Array.from({ length: 11 }, (_, at) => `a${at}`) }) },
      'alarms: there are 11 of them; 10 are possible.',
    ],
    ['a nameless alarm', { strategy: strategy({ alarms: [' '] }) }, 'alarms: " " is not a valid name'],
    [
      'a variable of minus',
      { environment: new Map([['LOG-LEVEL', 'x']]) },
      'environment-variables: "LOG-LEVEL" is not a valid name',
    ],
    [
      '101 variables',
      { environment: new Map(Array.from({ length: 101 }, (_, at) => [`V${at}`, ''])) },
      'there are 101 of them',
    ],
    ['a tag of AWS', { tags: new Map([['aws:mine', 'x']]) }, 'tags: "aws:mine" starts with "aws:"'],
    ['a long tag', { tags: new Map([['k', 'v'.repeat(257)]]) }, 'tags: "k" is too long'],
    ['a tag with a comma', { tags: new Map([['k', 'a,b']]) }, 'tags: "k" has a character'],
    [
      '31 tags',
      { tags: new Map(Array.from({ length: 31 }, (_, at) => [`k${at}`, ''])) },
      'tags: there are 31 of them',
    ],
    ['subnets alone', { subnets: ['s'] }, 'vpc-security-groups: is missing, while vpc-subnets is given.'],
    [
      '17 subnets',
      { subnets: Array.from({ length: 17 }, () => 's'), securityGroups: ['g'] },
      'vpc-subnets: there are 17',
    ],
  ])('refuse %s', (_, changes, message) => {
    expect(told(changes).join('\n')).toContain(message);
  });

  it('never show the value of a variable', () => {
    const secret = `s3cr3t-${'x'.repeat(1100)}`;
    const text = told({ environment: new Map([['TOKEN', secret]]) }).join('\n');
    expect(text).toContain('the value of TOKEN has 1107 characters; 1024 are possible.');
    expect(text).not.toContain('s3cr3t');
  });

  it('say nothing of what is not known yet', () => {
    expect(told({ instanceCount: null, strategy: strategy({}) })).toEqual([]);
  });
});

describe('what a strategy takes', () => {
  it.each<[Partial<Strategy>, number, number, number]>([
    [{ type: 'all-at-once', stepPercent: null, bakeMinutes: 5 }, 1, 300, 10],
    [{ type: 'canary', stepPercent: 10, bakeMinutes: 5 }, 2, 600, 10],
    [{ type: 'linear', stepPercent: 30, bakeMinutes: 5 }, 4, 1200, 10],
    [{ type: 'rolling', stepPercent: 25, bakeMinutes: 1 }, 4, 240, 3],
  ])('%j: %i steps, %i seconds of waits, %i more of 10 instances', (changes, steps, wait, extra) => {
    const wanted = strategy(changes);
    expect(stepsOf(wanted)).toBe(steps);
    expect(totalWaitSeconds(wanted)).toBe(wait);
    expect(extraInstances(wanted, 10)).toBe(extra);
  });
});
