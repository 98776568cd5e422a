import { expect, test } from 'vitest';
import { specs } from '../../../../src/actions/specs.ts';
import { parseConfig } from '../../../../src/core/config/config-file.ts';
import { UserError } from '../../../../src/core/errors.ts';
import { IMPOSSIBLE_FILES, WRONG_FILES } from './wrong-files.ts';

function problemsOf(source: string): string[] {
  try {
    parseConfig(source, 'ml-deploy.yml', specs);
  } catch (error) {
    if (error instanceof UserError)
      return error.problems.map((p) => `${p.where} ${p.message} ${p.fix ?? ''}`.trim());
    throw error;
  }
  return [];
}

test.each([...WRONG_FILES, ...IMPOSSIBLE_FILES])('$title', ({ source, said }) => {
  expect(problemsOf(source)).toEqual([said]);
});

test('a circle of promotions is named in each of its environments', () => {
  const source = `
defaults: { destination: s3://b/p }
environments:
  dev: { promote-from: prod }
  staging: { promote-from: dev }
  prod: { promote-from: staging }
`;
  expect(problemsOf(source)).toEqual([
    'ml-deploy.yml:4 promote-from: "prod" is itself promoted from "dev".',
    'ml-deploy.yml:5 promote-from: "dev" is itself promoted from "staging".',
    'ml-deploy.yml:6 promote-from: "staging" is itself promoted from "prod".',
  ]);
});

test('a problem of what all models share is said once', () => {
  const source = `
environments:
  prod: { min-capacity: 3 }
models:
  churn: {}
  fraud: {}
`;
  expect(problemsOf(source)).toHaveLength(1);
});

test('models may have the same name of an endpoint in accounts of their own', () => {
  const source = `
models:
  churn:
    environments:
      dev: { endpoint-name: scoring, aws-account-id: "111111111111" }
      prod: { endpoint-name: scoring, aws-account-id: "222222222222" }
`;
  expect(problemsOf(source)).toEqual([]);
});

test('a bake time needs no alarms: they are made where none are given', () => {
  const source =
    'defaults: { target: sagemaker, bake-minutes: 10 }\nenvironments:\n  dev: { target: local }\n';
  expect(problemsOf(source)).toEqual([]);
});

test('a value may be written once and named where it is needed again', () => {
  const source = `
environments:
  dev: &small
    instance-type: ml.m5.large
  test: *small
`;
  const config = parseConfig(source, 'ml-deploy.yml', specs);
  const selection = { action: 'deploy-endpoint', environment: 'test', modelName: null };
  expect(config.lookup('instance-type', selection)?.text).toBe('ml.m5.large');
});
