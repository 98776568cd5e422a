import { describe, expect, it } from 'vitest';
import {
  deployedTag,
  ecrNameProblems,
  ecrRegistryOf,
  isDeployedTag,
  lifecyclePolicy,
  parseEcrHost,
} from '../../../../src/core/image/ecr.ts';
import { findingsFrom, sortedCounts } from '../../../../src/core/image/scan.ts';

describe('ECR hosts', () => {
  it.each([
    'eu-central-1',
    'cn-north-1',
    'us-gov-west-1',
    'us-iso-east-1',
    'us-isob-east-1',
    'eusc-de-east-1',
  ])('are made and read for %s', (region) => {
    const registry = ecrRegistryOf('123456789012', region);
    expect(parseEcrHost(registry.host)).toEqual(registry);
  });

  it.each(['123456789012.dkr.ecr-fips.us-east-1.amazonaws.com', '123456789012.dkr-ecr.us-east-1.on.aws'])(
    'are known in the form %s',
    (host) => {
      expect(parseEcrHost(host)).toEqual({ host, account: '123456789012', region: 'us-east-1' });
    },
  );

  it.each([
    'ghcr.io',
    'public.ecr.aws',
    '123456789012.dkr.ecr.us-east-1.amazonaws.com.evil.example',
    '12345.dkr.ecr.us-east-1.amazonaws.com',
  ])('are not seen in %s', (host) => {
    expect(parseEcrHost(host)).toBeNull();
  });
});

it.each([
  ['churn', true],
  ['acme/churn-2_x.y', true],
  ['a', false],
  ['a__b', false],
  ['a--b', false],
  ['x'.repeat(257), false],
])('takes the repository name %s: %s', (name, good) => {
  expect(ecrNameProblems(name).length === 0).toBe(good);
});

it('shields deployed images from every other rule', () => {
  const { rules } = lifecyclePolicy() as {
    rules: { rulePriority: number; selection: { tagPrefixList?: string[]; countNumber: number } }[];
  };
  const first = rules.toSorted((a, b) => a.rulePriority - b.rulePriority)[0];
  const tag = deployedTag(`sha256:${'ab'.repeat(32)}`);
  expect(tag).toBe('deployed-abababababababab');
  expect(isDeployedTag(tag)).toBe(true);
  expect(first?.selection.tagPrefixList?.some((prefix) => tag.startsWith(prefix))).toBe(true);
  expect(first?.selection.countNumber).toBeGreaterThan(36_000);
});

it('counts findings from a severity on, worst first', () => {
  const counts = { LOW: 1, NEW: 7, CRITICAL: 2, HIGH: 3 };
  expect(findingsFrom(counts, 'HIGH')).toBe(5);
  expect(sortedCounts(counts)).toEqual([
    ['CRITICAL', 2],
    ['HIGH', 3],
    ['LOW', 1],
    ['NEW', 7],
  ]);
});
