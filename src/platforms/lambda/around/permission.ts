/** Who else can call the serving alias: its policy has a statement for each. */
import type { AddPermissionCommandInput } from '@aws-sdk/client-lambda';
import { isObject } from '../../../core/json-object.ts';
import { LIVE } from '../names.ts';
import type { Beside, Due } from './due.ts';

export interface Grant extends Pick<
  AddPermissionCommandInput,
  'SourceArn' | 'FunctionUrlAuthType' | 'InvokedViaFunctionUrl'
> {
  readonly StatementId: string;
  readonly Action: string;
  readonly Principal: string;
}

/** The call that makes the statement of this name equal to the grant; null if it is. */
export async function permit(grant: Grant, beside: Beside): Promise<Due | null> {
  const found = await statementOf(grant.StatementId, beside);
  if (found === null) return add(grant, beside);
  return isSame(found, grant) ? null : remove(grant.StatementId, beside);
}

/** null if there is no such statement. */
export async function forbid(StatementId: string, beside: Beside): Promise<Due | null> {
  return (await statementOf(StatementId, beside)) === null ? null : remove(StatementId, beside);
}

type Statement = Readonly<Record<string, unknown>>;

async function statementOf(sid: string, { reads }: Beside): Promise<Statement | null> {
  const policy = JSON.parse((await reads.policy()) ?? '{}') as { Statement?: unknown };
  const all = Array.isArray(policy.Statement) ? policy.Statement : [];
  return all.filter(isObject).find(({ Sid }) => Sid === sid) ?? null;
}

/** As Lambda writes them: https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html */
function isSame({ Action, Condition }: Statement, grant: Grant): boolean {
  if (Action !== grant.Action) return false;
  const text = JSON.stringify(Condition ?? {});
  return grant.SourceArn === undefined || text.includes(JSON.stringify(grant.SourceArn));
}

function add(grant: Grant, { endpoint, options: { clients } }: Beside): Due {
  return {
    operation: 'lambda:AddPermission',
    make: async (http) => {
      const lambda = await clients.lambda();
      return lambda.addPermission({ FunctionName: endpoint, Qualifier: LIVE, ...grant }, http);
    },
  };
}

function remove(StatementId: string, { endpoint, options: { clients } }: Beside): Due {
  return {
    operation: 'lambda:RemovePermission',
    make: async (http) => {
      const lambda = await clients.lambda();
      return lambda.removePermission({ FunctionName: endpoint, Qualifier: LIVE, StatementId }, http);
    },
  };
}
