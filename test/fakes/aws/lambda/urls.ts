/** Function URLs: of an alias, or of the function itself. They carry no request here. */
import type {
  CreateFunctionUrlConfigRequest,
  DeleteFunctionUrlConfigRequest,
  GetFunctionUrlConfigRequest,
  UpdateFunctionUrlConfigRequest,
} from '@aws-sdk/client-lambda';
import { aliasOf } from './aliases.ts';
import {
  conflict,
  functionOf,
  notFound,
  type FunctionUrl,
  type LambdaFunction,
  type LambdaState,
} from './state.ts';

function told(fn: LambdaFunction, key: string, { authType, url, created }: FunctionUrl) {
  const time = created.toISOString();
  return {
    FunctionUrl: url,
    FunctionArn: key === '' ? fn.arn : `${fn.arn}:${key}`,
    AuthType: authType,
    InvokeMode: 'BUFFERED',
    CreationTime: time,
    LastModifiedTime: time,
  };
}

/** @throws AwsError for what is no alias of the function: a version has no URL */
function keyOf(fn: LambdaFunction, qualifier: string | undefined): string {
  return qualifier === undefined ? '' : aliasOf(fn, qualifier).name;
}

function urlOf(fn: LambdaFunction, key: string): FunctionUrl {
  const found = fn.urls.get(key);
  if (found === undefined) throw notFound('The resource you requested does not exist.');
  return found;
}

export function createUrl(state: LambdaState, input: CreateFunctionUrlConfigRequest): object {
  const fn = functionOf(state, input.FunctionName);
  const key = keyOf(fn, input.Qualifier);
  if (fn.urls.has(key))
    throw conflict(
      `Failed to create function url config for [functionArn = ${fn.arn}]. Error message:  FunctionUrlConfig exists for this Lambda function`,
    );
  const { world } = state;
  const url = `https://${world.id('u').padStart(32, '0')}.lambda-url.${world.region}.on.aws/`;
  const made: FunctionUrl = { authType: input.AuthType ?? 'AWS_IAM', url, created: world.time.now() };
  fn.urls.set(key, made);
  // It alone tells no time of a change.
  const { LastModifiedTime: _, ...answer } = told(fn, key, made);
  return answer;
}

export function getUrl(state: LambdaState, input: GetFunctionUrlConfigRequest): object {
  const fn = functionOf(state, input.FunctionName);
  const key = keyOf(fn, input.Qualifier);
  return told(fn, key, urlOf(fn, key));
}

export function updateUrl(state: LambdaState, input: UpdateFunctionUrlConfigRequest): object {
  const fn = functionOf(state, input.FunctionName);
  const key = keyOf(fn, input.Qualifier);
  const found = urlOf(fn, key);
  found.authType = input.AuthType ?? found.authType;
  return told(fn, key, found);
}

export function deleteUrl(state: LambdaState, input: DeleteFunctionUrlConfigRequest): undefined {
  const fn = functionOf(state, input.FunctionName);
  const key = keyOf(fn, input.Qualifier);
  urlOf(fn, key);
  fn.urls.delete(key);
}
