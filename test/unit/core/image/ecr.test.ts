import { describe, expect, it } from 'vitest';
import {
  deployedTag,
  ecrNameProblems,
  isDeployedTag,
  lifecyclePolicy,
  sparesDeployed,
} from '../../../../src/core/image/ecr.ts';
import { findingsFrom, sortedCounts } from '../../../../src/core/image/scan.ts';

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

describe('the lifecycle policy', () => {
  const { rules } = lifecyclePolicy() as { rules: Rule[] };
  const deployed = deployedTag(`sha256:${'ab'.repeat(32)}`);

  it.each([
    ['that was never deployed', ['content-0123456789abcdef'], 179, false],
    ['that was never deployed', ['content-0123456789abcdef'], 181, true],
    ['with a tag of the user', ['content-0123456789abcdef', 'v1'], 181, true],
    ['with a tag of the user only', ['v1'], 3650, false],
    ['that is deployed', ['content-0123456789abcdef', deployed], 3650, false],
    ['that is deployed, whatever its order of tags', [deployed, 'content-0123456789abcdef'], 3650, false],
    ['without a tag', [], 13, false],
    ['without a tag', [], 15, true],
  ] as const)('expires an image %s (%j) after %i days: %s', (_, tags, days, isExpired) => {
    expect(expires(rules, tags, days)).toBe(isExpired);
  });

  it('would expire a deployed image without its tag', () => {
    expect(isDeployedTag(deployed)).toBe(true);
    expect(deployed).toBe('deployed-abababababababab');
    const withoutShield = rules.filter(({ rulePriority }) => rulePriority !== 1);
    expect(expires(withoutShield, ['content-0123456789abcdef', deployed], 3650)).toBe(true);
  });

  it.each([
    ['ours', lifecyclePolicy(), true],
    ['one by pattern', { rules: [{ selection: { tagPatternList: ['deployed-*'] } }] }, true],
    ['one for other tags', { rules: [{ selection: { tagPrefixList: ['prod-'] } }] }, false],
    ['one without a selection', { rules: [{}] }, false],
    ['one without rules', {}, false],
  ])('spares deployed images where it is %s', (_, policy, spares) => {
    expect(sparesDeployed(JSON.stringify(policy))).toBe(spares);
  });
});

interface Rule {
  readonly rulePriority: number;
  readonly selection: {
    readonly tagStatus: string;
    readonly tagPrefixList?: readonly string[];
    readonly countNumber: number;
  };
}

/**
 * What ECR does, as it is documented: an image is expired by one rule or none; one that the tags of a rule match is out
 * of reach for every rule of a lower priority.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html (how the rules are evaluated)
 */
function expires(rules: readonly Rule[], tags: readonly string[], days: number): boolean {
  const first = rules
    .toSorted((a, b) => a.rulePriority - b.rulePriority)
    .find(({ selection: { tagStatus, tagPrefixList = [] } }) =>
      tagStatus === 'untagged'
        ? tags.length === 0
        : tagPrefixList.every((prefix) => tags.some((tag) => tag.startsWith(prefix))),
    );
  return first !== undefined && days > first.selection.countNumber;
}

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
