/** The JSON Schema of ml-deploy.yml, read by a validator that is not ours. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { root } from '../../scripts/lib/paths.ts';
import { specs } from '../../src/actions/specs.ts';
import { parseConfig } from '../../src/core/config/config-file.ts';
import { WRONG_FILES } from '../unit/core/config/wrong-files.ts';

const schema = JSON.parse(readFileSync(join(root, 'ml-deploy.schema.json'), 'utf8')) as object;
const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);
const sample = readFileSync(join(root, 'examples/ml-deploy.yml'), 'utf8');

test('takes the sample, and so do we', () => {
  expect(validate(parse(sample)), JSON.stringify(validate.errors)).toBe(true);
  const config = parseConfig(sample, 'ml-deploy.yml', specs);
  expect(config.models).toEqual(['churn', 'fraud']);
  expect(config.environmentsOf('fraud')).toEqual(['dev', 'staging', 'prod']);
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
