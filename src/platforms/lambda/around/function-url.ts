/** A URL of the alias that serves: no API in front, and no throttle of its own. */
import type { Beside, Due } from './due.ts';
import { LIVE } from '../names.ts';
import { forbid, permit } from './permission.ts';
import type { UrlDoor } from './wanted.ts';
import type { CallOptions } from '../../../clouds/aws/clients.ts';
import type { Lambda } from '@aws-sdk/client-lambda';

/**
 * A caller of a URL that is open to anyone needs both.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
export const STATEMENTS = ['ml-deploy-url', 'ml-deploy-url-invoke'] as const;

export async function nextOfUrl({ authorization }: UrlDoor, beside: Beside): Promise<Due | null> {
  const AuthType = authorization === 'iam' ? 'AWS_IAM' : 'NONE';
  const found = await beside.reads.url();
  // Close the URL before anything else.
  if (found !== null && found.AuthType !== AuthType && AuthType === 'AWS_IAM')
    return send('UpdateFunctionUrlConfig', { AuthType }, beside);
  const [url, invoke] = STATEMENTS;
  const closing = (await forbid(url, beside)) ?? (await forbid(invoke, beside));
  if (AuthType === 'AWS_IAM')
    return closing ?? (found === null ? send('CreateFunctionUrlConfig', { AuthType }, beside) : null);
  if (found === null) return send('CreateFunctionUrlConfig', { AuthType }, beside);
  if (found.AuthType !== AuthType) return send('UpdateFunctionUrlConfig', { AuthType }, beside);
  const everybody = { Principal: '*' };
  return (
    (await permit(
      { ...everybody, StatementId: url, Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'NONE' },
      beside,
    )) ??
    (await permit(
      { ...everybody, StatementId: invoke, Action: 'lambda:InvokeFunction', InvokedViaFunctionUrl: true },
      beside,
    ))
  );
}

export async function removalOfUrl(beside: Beside): Promise<Due | null> {
  const [url, invoke] = STATEMENTS;
  if ((await beside.reads.url()) !== null) return send('DeleteFunctionUrlConfig', {}, beside);
  return (await forbid(url, beside)) ?? (await forbid(invoke, beside));
}

export async function urlOfUrl({ path }: UrlDoor, { reads }: Beside): Promise<string | null> {
  const { FunctionUrl = '' } = (await reads.url()) ?? {};
  return FunctionUrl === '' ? null : `${FunctionUrl.replace(/\/$/, '')}${path}`;
}

type Name = 'CreateFunctionUrlConfig' | 'UpdateFunctionUrlConfig' | 'DeleteFunctionUrlConfig';

function send(
  name: Name,
  settings: { readonly AuthType?: 'AWS_IAM' | 'NONE' },
  { endpoint, options: { clients } }: Beside,
): Due {
  const input = { FunctionName: endpoint, Qualifier: LIVE };
  const { AuthType = 'AWS_IAM' } = settings;
  const calls: Record<Name, (lambda: Lambda, http: CallOptions) => Promise<unknown>> = {
    CreateFunctionUrlConfig: (lambda, http) => lambda.createFunctionUrlConfig({ ...input, AuthType }, http),
    UpdateFunctionUrlConfig: (lambda, http) => lambda.updateFunctionUrlConfig({ ...input, AuthType }, http),
    DeleteFunctionUrlConfig: (lambda, http) => lambda.deleteFunctionUrlConfig(input, http),
  };
  return { operation: `lambda:${name}`, make: async (http) => calls[name](await clients.lambda(), http) };
}
