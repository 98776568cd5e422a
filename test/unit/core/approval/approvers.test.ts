import { expect, it } from 'vitest';
import {
  mergeApprovers,
  parseApprovers,
  unsatisfiable,
  without,
} from '../../../../src/core/approval/approvers.ts';

it('tells users from teams, once each', () => {
  const { list, problems } = parseApprovers([
    '@alice',
    'Alice',
    'acme/ml-owners',
    'ACME/ML-owners',
    'bob_acme',
  ]);
  expect(problems).toEqual([]);
  expect(list).toEqual({ users: ['Alice', 'bob_acme'], teams: [{ org: 'ACME', slug: 'ML-owners' }] });
});

it.each(['', '-alice', 'a b', 'acme/ml/x', 'acme/', '/ml', 'alice[bot]', 'al<i>ce'])(
  'refuses %j',
  (entry) => {
    expect(parseApprovers([entry]).problems).toHaveLength(1);
  },
);

it('merges a person who is named and in two teams', () => {
  const ml = { org: 'acme', slug: 'ml' };
  const ops = { org: 'acme', slug: 'ops' };
  const people = mergeApprovers(
    ['alice'],
    [
      { team: ml, members: ['ALICE', 'bob'] },
      { team: ops, members: ['bob'] },
    ],
  );
  expect(people).toEqual([
    { login: 'alice', named: true, teams: [ml] },
    { login: 'bob', named: false, teams: [ml, ops] },
  ]);
  expect(without(people, ['BOB']).map(({ login }) => login)).toEqual(['alice']);
});

it('says why a gate could never open', () => {
  expect(unsatisfiable(1, 1, [])).toBeNull();
  expect(unsatisfiable(1, 2, ['olga'])?.message).toBe(
    '2 approvals are needed, but only 1 of the approvers can give one besides olga, who started the run.',
  );
});
