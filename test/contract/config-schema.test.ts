/** The JSON Schema of ml-deploy.yml, read by a validator that is not ours. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { root } from '../../scripts/lib/paths.ts';
import { findRoute } from '../../src/actions/resolve/settings.ts';
import { spec as resolve } from '../../src/actions/resolve/spec.ts';
import { specs } from '../../src/actions/specs.ts';
import { parseConfig } from '../../src/core/config/config-file.ts';
import { parseInputs } from '../../src/core/spec/action-spec.ts';
import { fakeContext } from '../fakes/ports.ts';
import { WRONG_FILES } from '../unit/core/config/wrong-files.ts';
import { workflow } from './workflow-files.ts';

const schema = JSON.parse(readFileSync(join(root, 'ml-deploy.schema.json'), 'utf8')) as object;
const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);
const sample = readFileSync(join(root, 'examples/ml-deploy.yml'), 'utf8');
const sampleOfMany = readFileSync(join(root, 'examples/ml-deploy-models.yml'), 'utf8');
const OF_PLATFORMS = ['azure', 'lambda', 'vertex'] as const;

test('takes the sample of many models, and so do we', () => {
  expect(validate(parse(sampleOfMany)), JSON.stringify(validate.errors)).toBe(true);
  const config = parseConfig(sampleOfMany, 'ml-deploy.yml', specs);
  expect(config.models).toEqual(['churn', 'fraud']);
  expect(config.environmentsOf('fraud')).toEqual(['dev', 'staging', 'prod']);
});

describe('the sample and deploy-ml-model.yml, copied together', () => {
  const config = parseConfig(sample, 'ml-deploy.yml', specs);
  const context = (branch: string) => ({
    ...fakeContext,
    ref: `refs/heads/${branch}`,
    eventName: 'push',
  });
  const { inputs } = parseInputs(resolve, () => null);

  test('each branch that starts the workflow is released, without the name of a model', () => {
    expect(validate(parse(sample)), JSON.stringify(validate.errors)).toBe(true);
    const { on, jobs } = workflow('deploy-ml-model.yml');
    const { push } = on as { push?: { branches: string[] } };
    const routes = (push?.branches ?? []).map((branch) => findRoute(inputs, config, context(branch), ''));
    expect(routes.map(({ environment, build }) => [environment, build])).toEqual([
      ['dev', true],
      ['staging', false],
      ['prod', false],
    ]);
    // The job trains where a model is packed, and only there.
    expect(jobs.train?.if).toContain("github.ref_name == 'develop'");
  });

  test('each file that it names is in the repository', () => {
    const named = ['cases', 'code-path'].map((key) => (parse(sample) as Sample).defaults[key] ?? '');
    for (const path of named) expect(existsSync(join(root, path)), path).toBe(true);
  });
});

interface Sample {
  readonly defaults: Readonly<Record<string, string>>;
}

test.each(OF_PLATFORMS)('takes the sample for %s, and so do we', (platform) => {
  const text = readFileSync(join(root, `examples/ml-deploy-${platform}.yml`), 'utf8');
  expect(validate(parse(text)), JSON.stringify(validate.errors)).toBe(true);
  expect(parseConfig(text, 'ml-deploy.yml', specs).environmentsOf('')).toEqual(['dev', 'prod']);
});

test('the sample names the schema for editors', () => {
  const { $schema } = schema as { $schema: string };
  expect($schema).toBe('https://json-schema.org/draft/2020-12/schema');
  expect(sample.split('\n')[0]).toMatch(
    /^# yaml-language-server: \$schema=https:.*\/ml-deploy\.schema\.json$/,
  );
});

describe('refuses each wrong file', () => {
  test('there are 25 or more', () => expect(WRONG_FILES.length).toBeGreaterThanOrEqual(25));

  test.each(WRONG_FILES)('$title', ({ source }) => {
    expect(validate(parse(source))).toBe(false);
  });
});

test('takes what is left empty', () => {
  expect(validate(parse('defaults:\nenvironments:\n  dev:\nmodels:\n  churn:\n'))).toBe(true);
});

test('a plain key has to suit only the actions that it reaches', () => {
  const level = (value: object) => validate({ defaults: value });
  expect(level({ 'timeout-minutes': 0.5 })).toBe(false);
  expect(level({ 'approve-gate': { 'timeout-minutes': 0.5 } })).toBe(true);
  expect(level({ 'smoke-test': { 'model-path': 'reference.onnx' } })).toBe(true);
});

test('a key that more than one action has says which of them it is for', () => {
  const { $defs } = schema as { $defs: { level: { properties: Record<string, { description: string }> } } };
  const described = (name: string) => $defs.level.properties[name]?.description;
  expect(described('model-path')).toMatch(/^The trained model/);
  expect(described('framework-version')).not.toContain('manifest');
});
