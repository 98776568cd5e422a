import { describe, expect, it } from 'vitest';
import { checkInputs } from '../../../../src/actions/deploy-endpoint/check-inputs.ts';
import { spec } from '../../../../src/actions/deploy-endpoint/spec.ts';
import { parseInputs } from '../../../../src/core/spec/action-spec.ts';

const problemsOf = (values: Record<string, string>) => {
  const given: Record<string, string> = { target: 'local', 'endpoint-name': 'churn', ...values };
  const { inputs } = parseInputs(spec, (name) => {
    const text = given[name];
    return text === undefined ? null : { text, origin: '' };
  });
  return checkInputs(inputs, 'eu-west-1').map(({ where, message }) => `${where}: ${message}`);
};
const model = { 'model-data-url': 'model.tar.gz' };
const cloud = { target: 'sagemaker', 'model-data-url': 's3://models/churn/model.tar.gz' };
const cloudPackage = {
  target: 'sagemaker',
  sagemaker: 'model-package-arn: arn:aws:sagemaker:eu-west-1:123456789012:model-package/m/1',
};

const vertex = {
  target: 'vertex-ai',
  'model-data-url': `gs://models/models/${'a'.repeat(64)}/files/`,
  'vertex-ai': 'project: acme-prod\nlocation: europe-west4',
};

describe('checkInputs', () => {
  it.each<[string, Record<string, string>]>([
    ['a model', model],
    ['a canary in several steps', { ...vertex, strategy: 'canary', 'step-percent': '10, 50' }],
    ['a model with a reference', { ...model, 'reference-url': 'reference.onnx' }],
    ['a release', { release: 'release.json' }],
    ['a rollback', { command: 'rollback', 'to-version': 'a' }],
    ['a reaping', { command: 'reap' }],
    ['a model package', cloudPackage],
    ['removal of autoscaling', { ...cloud, autoscaling: 'remove', 'initial-instance-count': '2' }],
    ['a teardown', { command: 'teardown', confirm: 'churn' }],
    ['a plan where an approval is required', { ...model, command: 'plan', 'require-approval': 'true' }],
    ['an approval that is required', { ...model, 'require-approval': 'true', 'approved-plan': '{}' }],
    ['a discard by the approved plan', { command: 'discard', 'approved-plan': 'plan.json' }],
    ['a long name without staging', { ...model, 'endpoint-name': 'e'.repeat(63), staging: 'none' }],
    ['baking without alarms, for which alarms are made', { ...cloud, 'bake-minutes': '5' }],
    ['baking on the local target, which has no use for it', { ...model, 'bake-minutes': '5' }],
    [
      'scaling',
      { ...cloud, 'min-capacity': '1', 'max-capacity': '1', sagemaker: 'invocations-per-instance: 5' },
    ],
  ])('accepts %s', (_, values) => {
    expect(problemsOf(values)).toEqual([]);
  });

  it.each<[string, Record<string, string>, RegExp]>([
    [
      'a model package beside an archive',
      { ...cloud, ...cloudPackage },
      /^sagemaker: model-package-arn: model-data-url and model-package-arn are both set/,
    ],
    [
      'a model package beside a release',
      { release: 'r', ...cloudPackage },
      /^sagemaker: model-package-arn: release and model-package-arn are both set/,
    ],
    [
      'removal of autoscaling without a count',
      { ...cloud, autoscaling: 'remove' },
      /^initial-instance-count: is required if autoscaling is removed/,
    ],
    [
      'removal of autoscaling with a policy',
      { ...cloud, autoscaling: 'remove', 'initial-instance-count': '2', sagemaker: 'scale-in-cooldown: 60' },
      /^sagemaker: scale-in-cooldown: 60 is set, but autoscaling is to be removed/,
    ],
    ['no model', {}, /^release: the command "deploy" needs a model/],
    ['no model to discard', { command: 'discard' }, /^release: the command "discard" needs a model/],
    ['two models', { ...model, release: 'r' }, /^release: release and model-data-url are both set/],
    ['two references', { release: 'r', 'reference-url': 'x' }, /^reference-url: release and reference-url/],
    ['no confirmation', { command: 'teardown' }, /^confirm: is required for teardown/],
    [
      'a wrong confirmation',
      { command: 'teardown', confirm: 'chum' },
      /^confirm: "chum" is not the endpoint's name/,
    ],
    [
      'a version without a rollback',
      { ...model, 'to-version': 'v' },
      /^to-version: "v" is given, but the command is/,
    ],
    [
      'a long name',
      { ...model, 'endpoint-name': 'e'.repeat(53) },
      /^endpoint-name: .* has 53 characters.*52/,
    ],
    [
      'capacities the wrong way',
      { ...cloud, 'min-capacity': '3', 'max-capacity': '2' },
      /^min-capacity: 3 is more/,
    ],
    ['one capacity', { ...cloud, 'max-capacity': '2' }, /^min-capacity: is missing, while max-capacity/],
    [
      'the other capacity',
      { ...cloud, 'min-capacity': '2' },
      /^max-capacity: is missing, while min-capacity/,
    ],
    [
      'a goal without capacities',
      { ...cloud, sagemaker: 'invocations-per-instance: 2' },
      /^sagemaker: invocations-per-instance: needs/,
    ],
    [
      'odd memory',
      { ...cloud, sagemaker: 'serverless-memory-mb: 1500' },
      /^sagemaker: serverless-memory-mb: 1500 is not possible/,
    ],
    [
      'serverless on instances',
      { ...cloud, sagemaker: 'serverless-memory-mb: 2048', 'instance-type': 'ml.m5.large' },
      /^instance-type: does not go with serverless/,
    ],
    ['a strategy without steps', { ...cloud, strategy: 'canary' }, /^step-percent: is required/],
    [
      'several steps without a strategy',
      { ...vertex, 'step-percent': '10, 50' },
      /^step-percent: 10, 50 is given, but the strategy "all-at-once" has no steps/,
    ],
    [
      'several steps of one size',
      { ...vertex, strategy: 'linear', 'step-percent': '10, 50' },
      /^step-percent: "10, 50" are several numbers, and all steps of the strategy "linear" have the same size\.$/,
    ],
    [
      'steps that fall',
      { ...vertex, strategy: 'canary', 'step-percent': '50\n10' },
      /^step-percent: "50, 10" does not rise: each number is the share of the new version after that step\.$/,
    ],
    [
      'a step twice',
      { ...vertex, strategy: 'canary', 'step-percent': '10, 10' },
      /^step-percent: "10, 10" does not rise/,
    ],
    [
      'several steps on SageMaker',
      { ...cloud, strategy: 'canary', 'step-percent': '10, 50' },
      /^step-percent: "10, 50" are several steps, and a canary of SageMaker has one\.$/,
    ],
    ['steps without a strategy', { ...cloud, 'step-percent': '5' }, /^step-percent: 5 is given, but/],
  ])('refuses %s', (_, values, message) => {
    const problems = problemsOf(values);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(message);
  });

  it('gives all problems at once', () => {
    const problems = problemsOf({
      target: 'sagemaker',
      'to-version': 'v',
      'max-capacity': '2',
      'step-percent': '5',
    });
    expect(problems.map((text) => text.split(':')[0])).toEqual([
      'release',
      'to-version',
      'min-capacity',
      'step-percent',
    ]);
  });
});

it.each(['deploy', 'stage', 'promote'])('%s needs the approval that is required', (command) => {
  const losses: Record<string, string>[] = [{}, { 'approved-plan': '' }];
  for (const lost of losses) {
    expect(problemsOf({ ...model, command, 'require-approval': 'true', ...lost })).toEqual([
      'approved-plan: is required by require-approval, and it is empty.',
    ]);
  }
});
