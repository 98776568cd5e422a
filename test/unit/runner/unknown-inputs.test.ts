import { expect, test } from 'vitest';
import { spec as smokeTest } from '../../../src/actions/smoke-test/spec.ts';
import { specs } from '../../../src/actions/specs.ts';
import { unknownInputs } from '../../../src/runner/unknown-inputs.ts';

const unknown = (env: Record<string, string>) => unknownInputs(smokeTest, env, () => Promise.resolve(specs));

test('nothing is said of inputs that the action has, and of other variables', async () => {
  const env = { 'INPUT_ENDPOINT-NAME': 'churn', INPUT_CASES: '', PATH: '/bin', MY_INPUT_X: '1' };
  expect(await unknown(env)).toEqual([]);
});

test('the specs of the other actions are loaded only where something is unknown', async () => {
  const refuse = () => Promise.reject(new Error('not needed'));
  expect(await unknownInputs(smokeTest, { INPUT_CASES: 'x' }, refuse)).toEqual([]);
});

test.each([
  ['INPUT_ENDPONT-NAME', 'endpont-name', 'Did you mean "endpoint-name"?'],
  ['INPUT_ENDPOINT_NAME', 'endpoint_name', 'Did you mean "endpoint-name"?'],
  ['INPUT_APPROVERS', 'approvers', 'It is an input of approve-gate. Remove it here.'],
  ['INPUT_KMS-KEY-ID', 'kms-key-id', 'It is an input of package-model and of deploy-endpoint. Remove it here.'],
  ['INPUT_COLOUR', 'colour', 'Remove it, or correct its name.'],
])('%s is told, also where it is empty', async (variable, where, fix) => {
  for (const value of ['value', '']) {
    const expected = { where, message: 'is not an input of smoke-test.', fix };
    expect(await unknown({ [variable]: value })).toEqual([expected]);
  }
}); // prettier-ignore
