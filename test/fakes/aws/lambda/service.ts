import type { Operation, Permission, Service } from '../service.ts';
import { createAlias, deleteAlias, getAlias, listAliases, updateAlias } from './aliases.ts';
import {
  addPermission,
  deleteProvisioned,
  getPolicy,
  getProvisioned,
  listProvisioned,
  listTags,
  putProvisioned,
  removePermission,
  tagFunction,
  untagFunction,
} from './around.ts';
import { getConfiguration, getFunction, listVersions } from './describe.ts';
import { createFunction, deleteFunction, publish, updateCode, updateConfiguration } from './functions.ts';
import { invoke } from './invoke.ts';
import { nameIn, type LambdaState } from './state.ts';
import { createUrl, deleteUrl, getUrl, updateUrl } from './urls.ts';

export function lambdaService(state: LambdaState): Service {
  const on =
    (run: (state: LambdaState, input: never) => unknown): Operation =>
    (input) =>
      run(state, input);
  return {
    name: 'lambda',
    validationCode: 'ValidationException',
    operations: {
      AddPermission: on(addPermission),
      CreateAlias: on(createAlias),
      CreateFunction: on(createFunction),
      CreateFunctionUrlConfig: on(createUrl),
      DeleteAlias: on(deleteAlias),
      DeleteFunction: on(deleteFunction),
      DeleteFunctionUrlConfig: on(deleteUrl),
      DeleteProvisionedConcurrencyConfig: on(deleteProvisioned),
      GetAccountSettings: on(accountSettings),
      GetAlias: on(getAlias),
      GetFunction: on(getFunction),
      GetFunctionConfiguration: on(getConfiguration),
      GetFunctionUrlConfig: on(getUrl),
      GetPolicy: on(getPolicy),
      GetProvisionedConcurrencyConfig: on(getProvisioned),
      Invoke: on(invoke),
      ListAliases: on(listAliases),
      ListProvisionedConcurrencyConfigs: on(listProvisioned),
      ListTags: on(listTags),
      ListVersionsByFunction: on(listVersions),
      PublishVersion: on(publish),
      PutProvisionedConcurrencyConfig: on(putProvisioned),
      RemovePermission: on(removePermission),
      TagResource: on(tagFunction),
      UntagResource: on(untagFunction),
      UpdateAlias: on(updateAlias),
      UpdateFunctionCode: on(updateCode),
      UpdateFunctionConfiguration: on(updateConfiguration),
      UpdateFunctionUrlConfig: on(updateUrl),
    },
    permissions: (action, input) => permissionsOf(state, action, input),
  };
}

function accountSettings({ functions, unreserved }: LambdaState): object {
  return {
    AccountLimit: {
      TotalCodeSize: 80_530_636_800,
      ConcurrentExecutions: unreserved,
      UnreservedConcurrentExecutions: unreserved,
    },
    AccountUsage: { TotalCodeSize: 0, FunctionCount: functions.size },
  };
}

/** Which IAM action another name has than the call. https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html */
const ACTIONS: Readonly<Record<string, string>> = { Invoke: 'InvokeFunction' };
/** Calls that IAM judges by the version or alias that they name. */
const QUALIFIED = new Set([
  'Invoke',
  'PutProvisionedConcurrencyConfig',
  'GetProvisionedConcurrencyConfig',
  'DeleteProvisionedConcurrencyConfig',
]);

function permissionsOf(
  { world }: LambdaState,
  action: string,
  input: Readonly<Record<string, unknown>>,
): readonly Permission[] {
  const name = `lambda:${ACTIONS[action] ?? action}`;
  if (action === 'GetAccountSettings') return [{ action: name, resource: '*' }];
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  const reference = text(input.FunctionName) || text(input.Resource);
  const arn = world.arn('lambda', `function:${nameIn(reference)}`);
  const qualifier = QUALIFIED.has(action) ? text(input.Qualifier) : '';
  const own: Permission = { action: name, resource: qualifier === '' ? arn : `${arn}:${qualifier}` };
  const role = text(input.Role);
  const passed: Permission[] =
    role === ''
      ? []
      : [
          {
            action: 'iam:PassRole',
            resource: role,
            context: { 'iam:PassedToService': 'lambda.amazonaws.com' },
          },
        ];
  const isTagged = action === 'CreateFunction' && Object.keys(input.Tags ?? {}).length > 0;
  return [own, ...passed, ...(isTagged ? [{ action: 'lambda:TagResource', resource: arn }] : [])];
}
