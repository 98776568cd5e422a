/** Whose account this is. */
import type { AwsClients } from '../../../clouds/aws/clients.ts';
import { nothing, ok, problem, type Checked } from './check.ts';
import type { DeploymentFacts } from '../../../core/plan/deployment-facts.ts';

export async function callerAccount(clients: AwsClients): Promise<string> {
  const sts = await clients.sts();
  const { Account = '' } = await clients.call('sts:GetCallerIdentity', async () => sts.getCallerIdentity({}));
  return Account;
}

export function checkAccount({ account }: DeploymentFacts, found: string): Checked {
  if (account === null) return ok(`This runs in the account ${found}.`);
  if (account === found) return ok(`This runs in the account ${account}, as aws-account-id says.`);
  return problem(
    'aws-account-id',
    `the credentials of this run belong to the account ${found}, not to ${account}.`,
    'Take the credentials of the right account, or correct aws-account-id.',
  );
}

/** SageMaker takes roles of its own account only: iam:PassRole does not reach further. */
export function checkRoleAccount({ executionRoleArn }: DeploymentFacts, found: string): Checked {
  const account = executionRoleArn?.split(':')[4];
  if (account === undefined || account === found) return nothing;
  return problem(
    'execution-role-arn',
    `${executionRoleArn} belongs to the account ${account}, and this runs in ${found}.`,
    'Name a role of the same account.',
  );
}
