/** The policies of docs/iam as a user takes them: with names of their own in place of the examples. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runSimulation, type Simulation } from '@cloud-copilot/iam-simulate';
import type { Call } from '../../fakes/aws/calls.ts';
import type { Permission } from '../../fakes/aws/service.ts';

const FOLDER = join(import.meta.dirname, '../../../docs/iam');

interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, unknown>>;
}

export interface Policy {
  readonly Version: string;
  readonly Statement: readonly Statement[];
}

export const ROLES = ['deploy-plan', 'deploy', 'smoke', 'smoke-target', 'rollback'] as const;
export type PolicyName = (typeof ROLES)[number];
/** The same for `target: lambda`. */
export const LAMBDA_ROLES = ['deploy-plan', 'deploy', 'rollback', 'smoke-target'] as const;
export type LambdaPolicyName = (typeof LAMBDA_ROLES)[number];
/** The role that the container runs under, and who may take it. */
export type ExecutionPolicyName = 'execution-role' | 'execution-role-trust';

/** The examples' names, and what a user puts in their place. */
export type Names = Readonly<Record<string, string>>;

export function readPolicy(
  name: PolicyName | ExecutionPolicyName | `lambda/${LambdaPolicyName | ExecutionPolicyName}`,
  names: Names = {},
): Policy {
  let text = readFileSync(join(FOLDER, `${name}.json`), 'utf8');
  for (const [example, own] of Object.entries(names)) text = text.replaceAll(example, own);
  return JSON.parse(text) as Policy;
}

export function actionsOf({ Statement: statements }: Policy): string[] {
  return [...new Set(statements.flatMap(({ Action }) => Action))].toSorted();
}

export function without({ Version, Statement: statements }: Policy, action: string): Policy {
  return {
    Version,
    Statement: statements
      .map((statement) => ({ ...statement, Action: [statement.Action].flat().filter((own) => own !== action) }))
      .filter(({ Action }) => Action.length > 0),
  };
}

export interface Asked {
  readonly permission: Permission;
  readonly context: Readonly<Record<string, string>>;
}

/** What IAM would be asked for by these calls, each thing once. */
export function askedBy(calls: readonly Call[]): Asked[] {
  const asked = new Map<string, Asked>();
  for (const call of calls) {
    for (const permission of call.permissions) {
      const { ServiceNamespace: namespace } = call.input;
      const scaling: Record<string, string> =
        permission.action.startsWith('application-autoscaling:') && typeof namespace === 'string'
          ? { 'application-autoscaling:service-namespace': namespace }
          : {};
      const context = { ...permission.context, ...scaling };
      asked.set(JSON.stringify([permission.action, permission.resource, context]), { permission, context });
    }
  }
  return [...asked.values()];
}

/** @throws Error where the evaluator does not understand the policy or the request. */
export function isAllowed(policy: Policy, asked: Asked, account: string): Promise<boolean> {
  return simulate({ identityPolicies: [{ name: 'own', policy }] }, `arn:aws:iam::${account}:role/deployer`, asked, account);
}

/** Whether a service may take a role with this trust policy. */
export function isTrusted(trust: Policy, service: string, asked: Asked, account: string): Promise<boolean> {
  return simulate({ identityPolicies: [], resourcePolicy: trust }, service, asked, account);
}

async function simulate(
  policies: Pick<Simulation, 'identityPolicies' | 'resourcePolicy'>,
  principal: string,
  { permission: { action, resource }, context }: Asked,
  account: string,
): Promise<boolean> {
  const answer = await runSimulation(
    {
      ...policies,
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      request: {
        action,
        principal,
        resource: { resource, accountId: account },
        contextVariables: { ...context },
      },
    },
    {},
  );
  if (answer.resultType === 'error') {
    throw new Error(`${action} on ${resource}: ${JSON.stringify(answer.errors)}`);
  }
  return answer.overallResult === 'Allowed';
}
