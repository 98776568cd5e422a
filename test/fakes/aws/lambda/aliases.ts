/** Aliases: names for one version, or for two with a share. */
import type {
  CreateAliasRequest,
  DeleteAliasRequest,
  GetAliasRequest,
  ListAliasesRequest,
  UpdateAliasRequest,
} from '@aws-sdk/client-lambda';
import { page } from '../paging.ts';
import {
  checkRevision,
  conflict,
  functionOf,
  invalid,
  newRevision,
  notFound,
  versionOf,
  type Alias,
  type LambdaFunction,
  type LambdaState,
} from './state.ts';

function told(fn: LambdaFunction, { name, version, weights, description, revision }: Alias): object {
  return {
    AliasArn: `${fn.arn}:${name}`,
    Name: name,
    FunctionVersion: version,
    Description: description,
    ...(Object.keys(weights).length === 0 ? {} : { RoutingConfig: { AdditionalVersionWeights: weights } }),
    RevisionId: revision,
  };
}

export function aliasOf(fn: LambdaFunction, name: string): Alias {
  const found = fn.aliases.get(name);
  if (found === undefined) throw notFound(`Cannot find alias arn: ${fn.arn}:${name}`);
  return found;
}

export function createAlias(state: LambdaState, input: CreateAliasRequest): object {
  const fn = functionOf(state, input.FunctionName);
  const { Name = '', FunctionVersion = '', Description = '', RoutingConfig } = input;
  if (fn.aliases.has(Name)) throw conflict(`Alias already exists: ${fn.arn}:${Name}`);
  versionOf(fn, FunctionVersion);
  const weights = checkWeights(fn, FunctionVersion, RoutingConfig?.AdditionalVersionWeights ?? {});
  const alias: Alias = {
    name: Name,
    version: FunctionVersion,
    weights,
    description: Description,
    revision: newRevision(state.world),
  };
  fn.aliases.set(Name, alias);
  state.unseen.set(`${fn.name}:${Name}`, state.aliasLag);
  return told(fn, alias);
}

export function getAlias(state: LambdaState, input: GetAliasRequest): object {
  const fn = functionOf(state, input.FunctionName);
  const alias = aliasOf(fn, input.Name ?? '');
  const key = `${fn.name}:${alias.name}`;
  const left = state.unseen.get(key) ?? 0;
  if (left > 0) {
    state.unseen.set(key, left - 1);
    throw notFound(`Cannot find alias arn: ${fn.arn}:${alias.name}`);
  }
  return told(fn, alias);
}

export function listAliases(state: LambdaState, input: ListAliasesRequest): object {
  const fn = functionOf(state, input.FunctionName);
  const { FunctionVersion: wanted } = input;
  const all = [...fn.aliases.values()].filter(
    ({ version, weights }) => wanted === undefined || version === wanted || wanted in weights,
  );
  const { items, next } = page(all, Math.min(input.MaxItems ?? 50, 50), input.Marker);
  return {
    Aliases: items.map((alias) => told(fn, alias)),
    ...(next === undefined ? {} : { NextMarker: next }),
  };
}

/** What is not sent stays, the weights too. */
export function updateAlias(state: LambdaState, input: UpdateAliasRequest): object {
  const fn = functionOf(state, input.FunctionName);
  const alias = aliasOf(fn, input.Name ?? '');
  checkRevision(input.RevisionId, alias.revision, 'GetAlias');
  const version = input.FunctionVersion ?? alias.version;
  versionOf(fn, version);
  const asked =
    input.RoutingConfig === undefined ? alias.weights : input.RoutingConfig.AdditionalVersionWeights;
  const weights = checkWeights(fn, version, asked ?? {});
  if (Object.keys(weights).length > 0 && fn.provisioned.has(alias.name)) throw weighted();
  Object.assign(alias, moved(state, fn, alias, { version, weights }));
  alias.description = input.Description ?? alias.description;
  alias.revision = newRevision(state.world);
  return told(fn, alias);
}

export function weighted() {
  return invalid('Alias with weights can not be used with Provisioned Concurrency');
}

/**
 * With provisioned concurrency on the alias, Lambda itself leaves all traffic on the old version until the new one has its
 * environments; if they cannot be started, for ever. https://github.com/aws/aws-cdk/issues (cdk-utils#1110)
 */
function moved(
  state: LambdaState,
  fn: LambdaFunction,
  alias: Alias,
  wanted: Pick<Alias, 'version' | 'weights'>,
): Pick<Alias, 'version' | 'weights'> {
  const provisioned = fn.provisioned.get(alias.name);
  if (provisioned === undefined || wanted.version === alias.version) return wanted;
  const broken = state.images.get(versionOf(fn, wanted.version).codeSha256)?.initError !== undefined;
  provisioned.status = 'IN_PROGRESS';
  state.world.time.after(state.durations.provision, () => {
    provisioned.status = broken ? 'FAILED' : 'READY';
    provisioned.reason = broken ? 'FUNCTION_ERROR_INIT_FAILURE' : undefined;
    if (!broken) alias.weights = {};
    alias.revision = newRevision(state.world);
  });
  return { version: wanted.version, weights: { [alias.version]: 1 } };
}

export function deleteAlias(state: LambdaState, input: DeleteAliasRequest): undefined {
  const fn = functionOf(state, input.FunctionName);
  const name = input.Name ?? '';
  fn.aliases.delete(name);
  fn.policies.delete(name);
  fn.provisioned.delete(name);
  fn.urls.delete(name);
}

function checkWeights(
  fn: LambdaFunction,
  version: string,
  weights: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  const names = Object.keys(weights);
  if (names.length > 1) throw invalid('Number of items in AdditionalVersionWeights cannot be greater than 1');
  const [other] = names;
  if (other === undefined) return {};
  if (version === '$LATEST')
    throw invalid('$LATEST is not supported for an alias pointing to more than 1 version');
  if (other === version)
    throw invalid(
      `Invalid function version ${other}. Function version ${other} is already included in routing configuration.`,
    );
  const [one, two] = [versionOf(fn, version).settings, versionOf(fn, other).settings];
  const dlq = (settings: typeof one) => settings.DeadLetterConfig?.TargetArn ?? '';
  if (one.Role !== two.Role || dlq(one) !== dlq(two))
    throw invalid(
      'Two versions of an alias must have the same execution role and dead-letter configuration.',
    );
  return { ...weights };
}
