/** How Lambda tells what it keeps. */
import type { LambdaFunction, LambdaState, Version } from './state.ts';
import { functionOf, versionOf } from './state.ts';
import type {
  GetFunctionConfigurationRequest,
  GetFunctionRequest,
  ListVersionsByFunctionRequest,
} from '@aws-sdk/client-lambda';
import { page } from '../paging.ts';

/** @param qualifier what was asked for; absent for the function itself */
export function configurationOf(fn: LambdaFunction, version: Version, qualifier?: string): object {
  const { settings } = version;
  const { VpcConfig, ImageConfig, Environment, ...rest } = settings;
  return {
    FunctionName: fn.name,
    FunctionArn: qualifier === undefined ? fn.arn : `${fn.arn}:${qualifier}`,
    ...rest,
    ...(Environment === undefined ? {} : { Environment }),
    ...(VpcConfig === undefined ? {} : { VpcConfig: { ...VpcConfig, VpcId: 'vpc-1' } }),
    ...(ImageConfig === undefined ? {} : { ImageConfigResponse: { ImageConfig } }),
    CodeSize: 0,
    CodeSha256: version.codeSha256,
    Description: version.description,
    LastModified: version.modified.toISOString().replace('Z', '+0000'),
    Version: version.number,
    RevisionId: version.revision,
    State: version.state,
    ...optional({ StateReason: version.stateReason, StateReasonCode: version.stateCode }),
    LastUpdateStatus: version.update,
    ...optional({
      LastUpdateStatusReason: version.updateReason,
      LastUpdateStatusReasonCode: version.updateCode,
    }),
  };
}

function optional(members: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

export function getFunction(state: LambdaState, input: GetFunctionRequest): object {
  const fn = functionOf(state, input.FunctionName);
  const version = versionOf(fn, input.Qualifier);
  return {
    Configuration: configurationOf(fn, version, input.Qualifier),
    Code: {
      RepositoryType: 'ECR',
      ImageUri: version.imageUri,
      ResolvedImageUri: `${version.imageUri.replace(/[:@][^/]*$/, '')}@sha256:${version.codeSha256}`,
    },
    Tags: { ...fn.tags },
  };
}

export function getConfiguration(state: LambdaState, input: GetFunctionConfigurationRequest): object {
  const fn = functionOf(state, input.FunctionName);
  return configurationOf(fn, versionOf(fn, input.Qualifier), input.Qualifier);
}

/** The oldest first, after `$LATEST`; 50 at most. */
export function listVersions(state: LambdaState, input: ListVersionsByFunctionRequest): object {
  const fn = functionOf(state, input.FunctionName);
  const { items, next } = page(
    [fn.latest, ...fn.published],
    Math.min(input.MaxItems ?? 50, 50),
    input.Marker,
  );
  return {
    Versions: items.map((version) => configurationOf(fn, version, version.number)),
    ...(next === undefined ? {} : { NextMarker: next }),
  };
}
