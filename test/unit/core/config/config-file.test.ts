import { describe, expect, test } from 'vitest';
import { specs } from '../../../../src/actions/specs.ts';
import { parseConfig } from '../../../../src/core/config/config-file.ts';
import { UserError } from '../../../../src/core/errors.ts';

const parse = (source: string) => parseConfig(source, 'ml-deploy.yml', specs);

function problemsOf(source: string): string[] {
  try {
    parse(source);
  } catch (error) {
    if (error instanceof UserError)
      return error.problems.map((p) => `${p.where} ${p.message} ${p.fix ?? ''}`.trim());
    throw error;
  }
  return [];
}

const FILE = `
defaults:
  target: local
  tags: { team: risk }
environments:
  dev:
    endpoint-name: churn-dev
    keep-versions: 2
  prod:
    endpoint-name: churn-prod
    deploy-endpoint:
      tags: { team: platform }
models:
  churn:
    defaults:
      model-path: models/churn
    environments:
      prod:
        keep-versions: 5
        alarms: [churn-errors, churn-latency]
  fraud:
    defaults:
      model-path: models/fraud
`;

describe('lookup', () => {
  const config = parse(FILE);
  const look = (
    input: string,
    environment: string | null,
    modelName: string | null,
    action = 'deploy-endpoint',
  ) => config.lookup(input, { action, environment, modelName });

  test('the more specific level wins', () => {
    expect(look('keep-versions', 'prod', 'churn')?.text).toBe('5');
    expect(look('keep-versions', 'dev', 'churn')?.text).toBe('2');
    expect(look('endpoint-name', 'prod', 'churn')?.text).toBe('churn-prod');
    expect(look('target', 'prod', 'churn')?.text).toBe('local');
    expect(look('model-path', null, 'fraud', 'package-model')?.text).toBe('models/fraud');
    expect(look('keep-versions', 'staging', null)).toBeNull();
  });

  test('an action of its own wins over the plain key, for that action alone', () => {
    expect(look('tags', 'prod', null)?.text).toBe('{"team":"platform"}');
    expect(look('tags', 'prod', null, 'push-image')?.text).toBe('{"team":"risk"}');
  });

  test('lists come one a line, maps as JSON, and each says where it stands', () => {
    expect(look('alarms', 'prod', 'churn')?.text).toBe('churn-errors\nchurn-latency');
    expect(look('tags', null, null)).toEqual({ text: '{"team":"risk"}', origin: 'ml-deploy.yml, defaults' });
  });

  test('names its models and environments', () => {
    expect(config.models).toEqual(['churn', 'fraud']);
    expect(config.environmentsOf('churn')).toEqual(['dev', 'prod']);
  });
});

describe('an input that means something else than its namesake', () => {
  const config = parse(`
defaults:
  model-path: model/archive
  framework: sklearn
  framework-version: 1.9-0
  kms-key-id: alias/models
  timeout-minutes: 90
environments:
  dev:
    smoke-test: { model-path: model/reference.onnx }
    package-model: { framework-version: 1.7.2 }
    approve-gate: { timeout-minutes: 0.5 }
`);
  const look = (input: string, action: string, environment: string | null = null) =>
    config.lookup(input, { action, environment, modelName: null })?.text ?? null;

  test.each([
    ['model-path', 'package-model', 'model/archive', 'smoke-test', 'model/reference.onnx'],
    ['framework-version', 'deploy-endpoint', '1.9-0', 'package-model', '1.7.2'],
    ['timeout-minutes', 'deploy-endpoint', '90', 'approve-gate', '0.5'],
  ])('a plain %s is that of %s alone', (name, owner, plain, other, own) => {
    expect(look(name, owner)).toBe(plain);
    expect(look(name, other)).toBeNull();
    expect(look(name, other, 'dev')).toBe(own);
    expect(look(name, owner, 'dev')).toBe(plain);
  });

  test.each(['framework', 'kms-key-id'])('a plain %s is for both', (name) => {
    expect(look(name, 'package-model')).not.toBeNull();
    expect(look(name, 'deploy-endpoint')).toBe(look(name, 'package-model'));
  });

  test('a plain value has to suit only those whom it reaches', () => {
    const source = (key: string) => `environments:\n  dev:\n    ${key}\n`;
    expect(problemsOf(source('timeout-minutes: 0.5'))).toEqual([
      'ml-deploy.yml:3 timeout-minutes: "0.5" must be an integer.',
    ]);
    expect(problemsOf(source('approve-gate: { timeout-minutes: 0.5 }'))).toEqual([]);
  });

  test('a plain key that reaches nobody is refused, and says where it goes', () => {
    const alone = specs.filter(({ name }) => name === 'smoke-test');
    const thrown = () => parseConfig('defaults:\n  model-path: a.onnx\n', 'ml-deploy.yml', alone);
    expect(thrown).toThrow('"model-path" in defaults belongs to smoke-test. Move it below smoke-test.');
  });
});

describe('a wrong file', () => {
  test.each([
    ['enviroments:\n  dev: {}\n', 'ml-deploy.yml:1 "enviroments" is not a known key here. the file may have defaults, environments, models. Did you mean "environments"?'], // prettier-ignore
    ['defaults:\n  endpont-name: a\n', 'ml-deploy.yml:2 "endpont-name" in defaults is not an input. Did you mean "endpoint-name"?'], // prettier-ignore
    ['defaults:\n  keep-versions: many\n', 'ml-deploy.yml:2 keep-versions: "many" must be an integer.'],
    ['defaults:\n\n  token: abc\n', 'ml-deploy.yml:3 "token" is a secret and must not be in a file. Pass it as an input.'], // prettier-ignore
    ['defaults:\n  environment: dev\n', 'ml-deploy.yml:2 "environment" decides what is read from this file, so it cannot be in it.'], // prettier-ignore
    ['environments: [dev]\n', 'ml-deploy.yml:1 environments must be a map of names to values.'],
    [
      'environments:\n  dev: yes please\n',
      'ml-deploy.yml:2 environments.dev must be a map of names to values.',
    ],
    ['models:\n  churn:\n    target: local\n', 'ml-deploy.yml:3 "target" is not a known key here. models.churn may have defaults, environments.'], // prettier-ignore
    ['defaults:\n  smoke-test:\n    strategy: canary\n', 'ml-deploy.yml:3 "strategy" in defaults.smoke-test is not an input. It is an input of deploy-endpoint.'], // prettier-ignore
  ])('%j', (source, said) => {
    expect(problemsOf(source)).toEqual([said]);
  });

  test('a syntax error comes with its line', () => {
    expect(problemsOf('defaults:\n  a: "x\n')[0]).toMatch(/^ml-deploy\.yml:[23] has a quote/);
  });

  test('several problems come together', () => {
    expect(problemsOf('defaults:\n  targt: local\n  rtol: lots\n')).toHaveLength(2);
  });

  test('an empty file is fine', () => {
    expect(parse('').models).toEqual([]);
    expect(parse('# nothing yet\n').models).toEqual([]);
  });
});
