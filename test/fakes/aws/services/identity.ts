/** STS, and IAM GetRole. */
import type { GetRoleRequest } from '@aws-sdk/client-iam';
import type { AssumeRoleWithWebIdentityRequest } from '@aws-sdk/client-sts';
import { AwsError } from '../errors.ts';
import type { CallContext } from '../calls.ts';
import type { Sessions } from '../sessions.ts';
import type { Service } from '../service.ts';
import type { World } from '../world.ts';

export interface Role {
  readonly arn: string;
  /** Services that may assume it. */
  readonly trusts: readonly string[];
}

export function stsService(world: World, sessions: Sessions): Service {
  return {
    name: 'sts',
    validationCode: 'ValidationError',
    operations: {
      AssumeRoleWithWebIdentity: (input: AssumeRoleWithWebIdentityRequest) => sessions.assume(input),
      GetCallerIdentity: (_: unknown, { call }: CallContext) => ({
        Arn: sessions.callerOf(call) ?? world.caller,
        UserId: 'AROAFAKEFAKEFAKEFAKE:ci',
        Account: world.account,
      }),
    },
    // Nobody needs a permission for them: the one cannot be denied, and the other is the role's to allow.
    permissions: () => [],
  };
}

export function iamService(world: World, roles: ReadonlyMap<string, Role>): Service {
  return {
    name: 'iam',
    validationCode: 'ValidationError',
    operations: {
      GetRole: (input: GetRoleRequest) => {
        const name = input.RoleName ?? '';
        const role = roles.get(name);
        if (role === undefined) {
          throw new AwsError('NoSuchEntity', `The role with name ${name} cannot be found.`, 404);
        }
        return { Role: described(name, role) };
      },
    },
    permissions: (action, { RoleName }) => [
      {
        action: `iam:${action}`,
        resource:
          roles.get(String(RoleName))?.arn ??
          `arn:${world.partition}:iam::${world.account}:role/${String(RoleName)}`,
      },
    ],
  };
}

function described(name: string, { arn, trusts }: Role): object {
  const policy = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: trusts }, Action: 'sts:AssumeRole' }],
  };
  const path = /:role(\/(?:.*\/)?)[^/]+$/.exec(arn)?.[1] ?? '/';
  return {
    Path: path,
    RoleName: name,
    RoleId: 'AROAFAKEROLEROLEROLE',
    Arn: arn,
    CreateDate: '2025-01-01T00:00:00Z',
    AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(policy)),
    MaxSessionDuration: 3600,
  };
}
