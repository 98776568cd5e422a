/**
 * Who runs a flow may do what docs/iam gives the role of its command, and nothing more: judged by the same evaluator as
 * in test/contract/iam.test.ts. It takes milliseconds and answers later, so each answer is kept.
 */
import type { FakeAws } from '../fakes/aws/fake-aws.ts';
import { ACCOUNT, NAMES } from '../unit/docs/iam-flows.ts';
import { askedBy, isAllowed, readPolicy, type Policy, type PolicyName } from '../unit/docs/iam-policies.ts';
import type { Command } from './flows.ts';

export const roleOf = (command: Command): PolicyName => (command === 'rollback' ? 'rollback' : 'deploy');

const policies = new Map<PolicyName, Policy>();
const verdicts = new Map<string, boolean | Promise<boolean>>();

export interface Guard {
  readonly allows: FakeAws['allows'];
  /** What was asked for and is not in the policy, but for looks at what other people have. */
  readonly missing: ReadonlySet<string>;
}

/** @param denied an IAM action that is taken out of the policy; '' for none */
export function guardOf({ neighbours }: FakeAws, command: Command, denied = ''): Guard {
  const role = roleOf(command);
  const missing = new Set<string>();
  const allows: FakeAws['allows'] = (permission, call) => {
    if (permission.action === denied) return false;
    const [asked] = askedBy([{ ...call, permissions: [permission] }]);
    if (asked === undefined) return true;
    const key = JSON.stringify([role, asked]);
    const judged = (allowed: boolean) => {
      verdicts.set(key, allowed);
      if (!allowed && !neighbours.owns(permission.resource))
        missing.add(`docs/iam/${role}.json has no ${permission.action} on ${permission.resource}`);
      return allowed;
    };
    const known = verdicts.get(key) ?? isAllowed(policyOf(role), asked, ACCOUNT);
    if (typeof known === 'boolean') return judged(known);
    verdicts.set(key, known);
    return known.then(judged);
  };
  return { allows, missing };
}

function policyOf(role: PolicyName): Policy {
  const policy = policies.get(role) ?? readPolicy(role, NAMES);
  policies.set(role, policy);
  return policy;
}
