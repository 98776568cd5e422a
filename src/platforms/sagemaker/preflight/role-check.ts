/** The role that the model runs under: it has to exist, and SageMaker has to be able to take it. */
import { isMissing } from '../../../clouds/aws/errors.ts';
import type { AwsClients } from '../../../clouds/aws/clients.ts';
import { attempt, notChecked, ok, problem, type Checked, type Patience } from './check.ts';

const SERVICE = 'sagemaker.amazonaws.com';
const WHERE = 'execution-role-arn';

export function checkRole(arn: string, clients: AwsClients, patience: Patience): Promise<Checked> {
  return attempt(`whether ${SERVICE} can assume the role ${arn}`, patience, async (abortSignal) => {
    // A role's name is what follows its path.
    const name = arn.split('/').at(-1) ?? '';
    const policy = await readTrustPolicy(name, clients, abortSignal);
    if (policy === null)
      return problem(WHERE, `the role ${arn} does not exist.`, 'Correct the ARN, or create the role.');
    const trusts = trustsSageMaker(policy);
    if (trusts === null) return notChecked(`the trust policy of ${arn}`, 'Its JSON has an unknown format.');
    if (trusts) return ok(`The role ${name} exists and trusts ${SERVICE}.`);
    return problem(
      WHERE,
      `the trust policy of ${arn} does not allow ${SERVICE} to assume it.`,
      `Allow sts:AssumeRole there for the service principal ${SERVICE}.`,
    );
  });
}

async function readTrustPolicy(
  name: string,
  clients: AwsClients,
  abortSignal: AbortSignal,
): Promise<string | null> {
  const iam = await clients.iam();
  try {
    const { Role } = await clients.call('iam:GetRole', async () =>
      iam.getRole({ RoleName: name }, { abortSignal }),
    );
    return decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '');
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

interface Statement {
  readonly Effect?: string;
  readonly Action?: string | readonly string[];
  readonly Principal?: string | { readonly Service?: string | readonly string[] };
}

/** Conditions are not weighed: only SageMaker knows what it will send. null if the document cannot be read. */
function trustsSageMaker(document: string): boolean | null {
  let policy: { readonly Statement?: Statement | readonly Statement[] };
  try {
    policy = JSON.parse(document) as typeof policy;
  } catch {
    return null;
  }
  const statements = list(policy.Statement);
  const about = (statement: Statement) => namesSageMaker(statement) && namesAssume(statement);
  if (statements.some((statement) => statement.Effect === 'Deny' && about(statement))) return false;
  return statements.some((statement) => statement.Effect === 'Allow' && about(statement));
}

function namesSageMaker({ Principal: principal }: Statement): boolean {
  if (principal === undefined) return false;
  if (typeof principal === 'string') return principal === '*';
  return list(principal.Service).includes(SERVICE);
}

function namesAssume({ Action }: Statement): boolean {
  return list(Action).some((action) => ['sts:assumerole', 'sts:*', '*'].includes(action.toLowerCase()));
}

function list<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}
