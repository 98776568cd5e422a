/** What hangs on functions: permissions, tags, provisioned concurrency. */
import type {
  AddPermissionRequest,
  DeleteProvisionedConcurrencyConfigRequest,
  GetPolicyRequest,
  GetProvisionedConcurrencyConfigRequest,
  ListProvisionedConcurrencyConfigsRequest,
  ListTagsRequest,
  PutProvisionedConcurrencyConfigRequest,
  RemovePermissionRequest,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-lambda';
import { AwsError } from '../errors.ts';
import { aliasOf, weighted } from './aliases.ts';
import {
  checkRevision,
  conflict,
  functionOf,
  invalid,
  newRevision,
  notFound,
  versionOf,
  type LambdaFunction,
  type LambdaState,
  type Provisioned,
  type Statement,
} from './state.ts';

export function addPermission(state: LambdaState, input: AddPermissionRequest): object {
  const fn = functionOf(state, input.FunctionName);
  const { Qualifier, StatementId: Sid = '', Action = '', Principal = '' } = input;
  const owner = ownerOf(fn, Qualifier);
  checkRevision(input.RevisionId, owner.revision, 'GetPolicy');
  const statements = fn.policies.get(Qualifier ?? '') ?? [];
  if (statements.some((statement) => statement.Sid === Sid))
    throw conflict(
      `The statement id (${Sid}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
    );
  const statement: Statement = {
    Sid,
    Effect: 'Allow',
    Principal: principalOf(Principal),
    Action,
    Resource: Qualifier === undefined ? fn.arn : `${fn.arn}:${Qualifier}`,
    ...conditionOf(input),
  };
  fn.policies.set(Qualifier ?? '', [...statements, statement]);
  owner.revision = newRevision(state.world);
  return { Statement: JSON.stringify(statement) };
}

function principalOf(principal: string): object | string {
  if (principal === '*') return '*';
  return principal.includes('.amazonaws.com') ? { Service: principal } : { AWS: principal };
}

function conditionOf({
  SourceArn,
  FunctionUrlAuthType,
  InvokedViaFunctionUrl,
}: AddPermissionRequest): object {
  const conditions = {
    ...(SourceArn === undefined ? {} : { ArnLike: { 'AWS:SourceArn': SourceArn } }),
    ...(FunctionUrlAuthType === undefined
      ? {}
      : { StringEquals: { 'lambda:FunctionUrlAuthType': FunctionUrlAuthType } }),
    ...(InvokedViaFunctionUrl === undefined
      ? {}
      : { Bool: { 'lambda:InvokedViaFunctionUrl': String(InvokedViaFunctionUrl) } }),
  };
  return Object.keys(conditions).length === 0 ? {} : { Condition: conditions };
}

function ownerOf(fn: LambdaFunction, qualifier: string | undefined): { revision: string } {
  if (qualifier === undefined) return fn.latest;
  return fn.aliases.get(qualifier) ?? versionOf(fn, qualifier);
}

export function removePermission(state: LambdaState, input: RemovePermissionRequest): undefined {
  const fn = functionOf(state, input.FunctionName);
  const key = input.Qualifier ?? '';
  const statements = fn.policies.get(key) ?? [];
  const left = statements.filter(({ Sid }) => Sid !== input.StatementId);
  if (left.length === statements.length)
    throw notFound(`Statement ${input.StatementId ?? ''} is not found in resource policy.`);
  fn.policies.set(key, left);
  ownerOf(fn, input.Qualifier).revision = newRevision(state.world);
}

export function getPolicy(state: LambdaState, input: GetPolicyRequest): object {
  const fn = functionOf(state, input.FunctionName);
  const Statement = fn.policies.get(input.Qualifier ?? '') ?? [];
  if (Statement.length === 0) throw notFound('The resource you requested does not exist.');
  const Policy = JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement });
  return { Policy, RevisionId: ownerOf(fn, input.Qualifier).revision };
}

/** @throws AwsError for the ARN of a version or an alias, which have no tags */
function tagged(state: LambdaState, arn = ''): LambdaFunction {
  const fn = functionOf(state, arn);
  if (arn !== fn.arn)
    throw invalid('Tags on function aliases and versions are not supported. Please specify a function ARN.');
  return fn;
}

export function tagFunction(state: LambdaState, input: TagResourceRequest): undefined {
  const fn = tagged(state, input.Resource);
  const tags = { ...fn.tags, ...input.Tags };
  if (Object.keys(tags).length > 50) throw invalid('Exceeded the limit of 50 tags per resource.');
  fn.tags = tags;
}

export function untagFunction(state: LambdaState, input: UntagResourceRequest): undefined {
  const fn = tagged(state, input.Resource);
  const gone = new Set(input.TagKeys);
  fn.tags = Object.fromEntries(Object.entries(fn.tags).filter(([key]) => !gone.has(key)));
}

export function listTags(state: LambdaState, input: ListTagsRequest): object {
  return { Tags: { ...tagged(state, input.Resource).tags } };
}

export function putProvisioned(state: LambdaState, input: PutProvisionedConcurrencyConfigRequest): object {
  const fn = functionOf(state, input.FunctionName);
  const { Qualifier = '', ProvisionedConcurrentExecutions: requested = 0 } = input;
  if (Qualifier === '$LATEST')
    throw invalid('Provisioned Concurrency Configs cannot be applied to unpublished function versions.');
  const version = versionOf(fn, Qualifier);
  const alias = fn.aliases.get(Qualifier);
  if (alias !== undefined && Object.keys(alias.weights).length > 0) throw weighted();
  const ofAlias = [...fn.aliases.values()].some(
    ({ name, version: number }) => fn.provisioned.has(name) && number === version.number,
  );
  if (alias === undefined && ofAlias) throw conflict('Version is pointed by a Provisioned Concurrency alias');
  if (alias !== undefined && fn.provisioned.has(version.number))
    throw conflict(
      "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version",
    );
  checkQuota(state, fn, Qualifier, requested);
  const made: Provisioned = {
    requested,
    status: 'IN_PROGRESS',
    reason: undefined,
    modified: state.world.time.now(),
  };
  fn.provisioned.set(Qualifier, made);
  const broken = state.images.get(version.codeSha256)?.initError !== undefined;
  state.world.time.after(state.durations.provision, () => {
    made.status = broken ? 'FAILED' : 'READY';
    made.reason = broken ? 'FUNCTION_ERROR_INIT_FAILURE' : undefined;
    if (!broken) version.warm += requested;
  });
  return toldProvisioned(made);
}

/** 100 of the account's environments stay for functions without any of their own. */
function checkQuota(state: LambdaState, fn: LambdaFunction, qualifier: string, requested: number): void {
  const all = [...state.functions.values()].flatMap((other) =>
    [...other.provisioned]
      .filter(([key]) => other !== fn || key !== qualifier)
      .map(([, { requested: taken }]) => taken),
  );
  const taken = all.reduce((sum, one) => sum + one, 0);
  if (taken + requested > state.unreserved - 100)
    throw invalid(
      `Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].`,
    );
}

function toldProvisioned({ requested, status, reason, modified }: Provisioned): object {
  const ready = status === 'READY' ? requested : 0;
  return {
    RequestedProvisionedConcurrentExecutions: requested,
    AvailableProvisionedConcurrentExecutions: ready,
    AllocatedProvisionedConcurrentExecutions: ready,
    Status: status,
    ...(reason === undefined ? {} : { StatusReason: reason }),
    LastModified: modified.toISOString().replace('Z', '+0000'),
  };
}

export function getProvisioned(state: LambdaState, input: GetProvisionedConcurrencyConfigRequest): object {
  const fn = functionOf(state, input.FunctionName);
  const { Qualifier = '' } = input;
  if (!/^\d+$/.test(Qualifier)) aliasOf(fn, Qualifier);
  const found = fn.provisioned.get(Qualifier);
  if (found !== undefined) return toldProvisioned(found);
  throw new AwsError(
    'ProvisionedConcurrencyConfigNotFoundException',
    'No Provisioned Concurrency Config found for this function',
    404,
  );
}

export function listProvisioned(state: LambdaState, input: ListProvisionedConcurrencyConfigsRequest): object {
  const fn = functionOf(state, input.FunctionName);
  const ProvisionedConcurrencyConfigs = [...fn.provisioned].map(([qualifier, made]) => ({
    FunctionArn: `${fn.arn}:${qualifier}`,
    ...toldProvisioned(made),
  }));
  return { ProvisionedConcurrencyConfigs };
}

export function deleteProvisioned(
  state: LambdaState,
  input: DeleteProvisionedConcurrencyConfigRequest,
): undefined {
  functionOf(state, input.FunctionName).provisioned.delete(input.Qualifier ?? '');
}
