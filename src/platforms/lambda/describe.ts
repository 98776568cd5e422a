/** Describes a function without changing anything. */
import type { AliasConfiguration, FunctionConfiguration, GetFunctionResponse } from '@aws-sdk/client-lambda';
import { partitionOf } from '../../clouds/aws/partitions.ts';
import { isCandidateName } from '../../core/plan/candidate-name.ts';
import type { CandidateInfo, EndpointDescription } from '../../core/targets.ts';
import { describeKept } from '../../deployment/kept/describe.ts';
import { infoOf } from '../../deployment/kept/versions.ts';
import type { Serving } from '../../deployment/observed.ts';
import { readWaiting } from './ledger.ts';
import { foreignId } from './names.ts';
import { TAG, type LambdaTargetOptions } from './options.ts';
import { servingOf } from './serving.ts';
import { versionsOf, type Version } from './versions.ts';

export interface Seen {
  /** null if there is no function. */
  readonly fn: GetFunctionResponse | null;
  readonly live: AliasConfiguration | null;
  readonly aliases: readonly AliasConfiguration[];
  /** The newest first. */
  readonly published: readonly FunctionConfiguration[];
}

export function describeFunction(
  endpoint: string,
  seen: Seen,
  { clients }: Pick<LambdaTargetOptions, 'clients'>,
): EndpointDescription {
  const { fn, live, aliases } = seen;
  const versions = knownVersions(seen);
  const idOf = (number: string) => versions.find((known) => known.number === number)?.id ?? foreignId(number);
  const serving = servingOf(live, idOf);
  const candidates = aliases.flatMap((alias) => candidateOf(endpoint, alias, versions, clients.region));
  return describeKept({
    endpoint,
    serving,
    versions,
    candidates,
    isServing: live !== null,
    detail: detailOf(endpoint, serving),
    url: live === null ? null : (fn?.Tags?.[TAG.url] ?? invokeUrl(endpoint, 'live', clients.region)),
    arn: live?.AliasArn ?? null,
  });
}

export function knownVersions({ fn, live, published }: Seen): readonly Version[] {
  return versionsOf(published, live, new Map(Object.entries(fn?.Tags ?? {})));
}

function detailOf(endpoint: string, { state, version, towards }: Serving): string {
  if (state === 'moving')
    return `Lambda gives all requests of ${endpoint} to ${version ?? ''} until ${towards ?? ''} has its provisioned concurrency.`;
  if (state === 'mixed')
    return `Two versions answer the requests of ${endpoint} by the weights of its alias.`;
  return '';
}

function candidateOf(
  endpoint: string,
  { Name: name = '', FunctionVersion: number = '', Description, AliasArn: _ }: AliasConfiguration,
  versions: readonly Version[],
  region: string,
): CandidateInfo[] {
  const waiting = readWaiting(Description);
  const version = versions.find((known) => known.number === number);
  if (!isCandidateName(endpoint, name) || waiting === null || version === undefined) return [];
  const expiresAt = new Date(waiting.until).toISOString();
  return [{ ...infoOf(version), name, url: invokeUrl(endpoint, name, region), expiresAt }];
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export function invokeUrl(endpoint: string, alias: string, region: string): string {
  const host = `lambda.${region}.${partitionOf(region).suffix}`;
  return `https://${host}/2015-03-31/functions/${endpoint}/invocations?Qualifier=${alias}`;
}
