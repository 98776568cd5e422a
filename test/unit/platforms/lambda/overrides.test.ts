/** What function-overrides takes: what can be read back, and what Lambda does not refuse for images. */
import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { DeploymentFacts } from '../../../../src/core/plan/deployment-facts.ts';
import { judge } from '../../../../src/core/spec/rule.ts';
import { overrideRules } from '../../../../src/platforms/lambda/override-rules.ts';
import { READ_BACK, settingsOf } from '../../../../src/platforms/lambda/spec.ts';
import { makeLambdaBed, type LambdaBed } from '../../../platforms/lambda-bed.ts';

let bed: LambdaBed;
beforeEach(async () => {
  bed = await makeLambdaBed();
});
afterEach(() => bed.dispose());

const problems = (functionOverrides: Readonly<Record<string, unknown>>) =>
  judge(overrideRules, { settings: { functionOverrides } } as unknown as DeploymentFacts, 'plan').map(
    ({ where, message, fix }) => `${where} ${message} ${fix ?? ''}`,
  );

it.each([
  ['Layers', ['arn:aws:lambda:eu-central-1:123456789012:layer:sklearn:1'], /no layers .*into the image/],
  ['SnapStart', { ApplyOn: 'PublishedVersions' }, /no SnapStart\..*provisioned-concurrency/],
  ['Environment', { Variables: { A: '1' } }, /Use environment-variables\./],
  ['Runtime', 'python3.13', /"Runtime" cannot be set here.*TracingConfig/],
])('%s is refused before any call', (member, value, words) => {
  expect(problems({ [member]: value })).toEqual([expect.stringMatching(words)]);
});

it('takes what is read back, and finds nothing to do the second time', async () => {
  const functionOverrides = { TracingConfig: { Mode: 'Active' } };
  expect(problems(functionOverrides)).toEqual([]);
  const request = bed.requestWith('one', { functionOverrides });
  const result = await bed.target.deploy(await bed.target.plan(request));
  expect(result.outcome, result.message).toBe('deployed');
  expect((await bed.target.plan(request)).action).toBe('unchanged');
});

it('finds nothing to do where only the order of a setting differs', async () => {
  const [SubnetIds, SecurityGroupIds] = [['subnet-0a'], ['sg-0a']];
  const functionOverrides = { VpcConfig: { SecurityGroupIds, SubnetIds } };
  const request = bed.requestWith('one', { functionOverrides });
  const result = await bed.target.deploy(await bed.target.plan(request));
  expect(result.outcome, result.message).toBe('deployed');
  const again = await bed.target.plan(request);
  expect(again.changes).toEqual([]);
  expect(again.action).toBe('unchanged');
});

it('knows by name what is read back', () => {
  const some = 'x';
  const all = Object.fromEntries(READ_BACK.map((member) => [member, some]));
  const found = {
    ...all,
    TracingConfig: { Mode: 'Active' },
    VpcConfig: { SubnetIds: ['a'], SecurityGroupIds: ['b'] },
    ImageConfigResponse: { ImageConfig: { Command: ['serve'] } },
  } as unknown as FunctionConfiguration;
  expect(Object.keys(settingsOf(found)).toSorted()).toEqual([...READ_BACK].toSorted());
});
