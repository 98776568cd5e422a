/** Azure ML's rules about inputs, and the names that its group takes. */
import { describe, expect, it } from 'vitest';
import type { DeploymentFacts } from '../../../../src/core/plan/deployment-facts.ts';
import { deployMembers } from '../../../../src/platforms/azure-ml/inputs.ts';
import { azureMl } from '../../../../src/platforms/azure-ml/platform.ts';
import { azureMlRules } from '../../../../src/platforms/azure-ml/rules.ts';
import { platformNames } from '../../../../src/platforms/table.ts';

const FACTS = {
  endpoint: 'churn',
  imageUri: null,
  instanceType: null,
  capacity: { min: null, max: null },
  strategy: { type: 'all-at-once' },
} as unknown as DeploymentFacts;
const problemsOf = (changes: Partial<Record<keyof DeploymentFacts, unknown>>) =>
  azureMlRules
    .flatMap((rule) => rule.check({ ...FACTS, ...changes } as DeploymentFacts))
    .map(({ message }) => message);

it('is offered', () => {
  expect(azureMl.offered).toBe(true);
  expect(platformNames).toContain(azureMl.name);
});

describe('a rule', () => {
  it.each([
    [{ endpoint: 'a' }, '"a" is not a valid name of an Azure ML endpoint.'],
    [{ endpoint: 'churn--model' }, '"churn--model" is not a valid name of an Azure ML endpoint.'],
    [{ instanceType: 'ml.m5.large' }, '"ml.m5.large" is not a machine of Azure ML.'],
    [{ imageUri: 'acme.azurecr.io/churn@sha256:12' }, 'has no digest of the form sha256:'],
    [{ capacity: { min: 0, max: 2 } }, '0 is too few: a deployment of Azure ML has an instance at least.'],
    [{ settings: { scaleTarget: 70 } }, '70 is given without min-capacity and max-capacity.'],
    [{ strategy: { type: 'rolling' } }, '"rolling" replaces machines'],
  ])('%j', (changes, message) => {
    expect(problemsOf(changes).join()).toContain(message);
  });

  it('has nothing to say of what is right', () => {
    const imageUri = `acme.azurecr.io/churn@sha256:${'a'.repeat(64)}`;
    expect(problemsOf({ imageUri, strategy: { type: 'canary' } })).toEqual([]);
  });
});

describe('a member of the group', () => {
  it.each([
    ['subscription-id', '33333333-3333-3333-3333-333333333333', 'my-subscription'],
    ['resource-group', 'rg_ml.prod(1)', 'ends-with-a-dot.'],
    ['workspace', 'acme-ml_1', 'a'],
    ['scoring-route', '/v1/predict', 'predict'],
    [
      'user-assigned-identity',
      '/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i',
      'i',
    ],
  ] as const)('%s takes %s, and not %s', (name, right, wrong) => {
    expect(deployMembers[name].parse(right)).toBe(right);
    expect(() => deployMembers[name].parse(wrong)).toThrow();
  });
});
