/** What can be said of an endpoint without changing anything. */
import { partitionOf } from '../../clouds/aws/partitions.ts';
import { messageOf } from '../../core/errors.ts';
import { candidatePrefix, isCandidateName } from '../../core/plan/candidate-name.ts';
import type { CandidateInfo, EndpointDescription, VersionInfo } from '../../core/targets.ts';
import { CANDIDATE_MS } from '../../deployment/goal.ts';
import { readLive, pendingConfig, servingConfig, type Live } from './live.ts';
import { isContentName, isCut, versionPrefix } from './names.ts';
import type { SageMakerTargetOptions } from './options.ts';
import type { Listed, Reads } from './reads.ts';
import { unlessDenied } from './looks.ts';
import { isOfAnother, isOurs, TAG } from './tags.ts';
import { fromTags, newestFirst, previousOf, readVersion, type Version } from './versions.ts';

export interface Candidate extends CandidateInfo {
  readonly arn: string;
  readonly status: string;
  /** By its tags, which also tell whether another repository made it. */
  readonly ours: boolean;
}

/** Every config that is a version of this endpoint, newest first; also those that never served. */
export async function readVersions(
  endpoint: string,
  live: Pick<Live, 'serving' | 'tags'> | null,
  reads: Reads,
  options: SageMakerTargetOptions,
): Promise<Version[]> {
  const listed = (await reads.configs(versionPrefix(endpoint))).filter(({ name }) =>
    isContentName(endpoint, name),
  );
  const others = await foreignConfigs(live, listed, reads);
  const versions = await Promise.all(
    [...listed, ...others].map((config) => readVersion(endpoint, config, reads, options)),
  );
  const foreign = new Set(others.map(({ name }) => name));
  return newestFirst(
    versions
      .filter(
        (version) =>
          version.ours ||
          !isCut(endpoint) ||
          foreign.has(version.version) ||
          version.version === live?.serving,
      )
      // What somebody else made is known to have served because it does, or did when we took the endpoint over.
      .map((version) => (foreign.has(version.version) ? { ...version, served: true } : version)),
  );
}

/** The config that serves, or served when the endpoint was taken over, if it is not ours. */
async function foreignConfigs(
  live: Pick<Live, 'serving' | 'tags'> | null,
  listed: readonly Listed[],
  reads: Reads,
): Promise<Listed[]> {
  if (live === null) return [];
  const names = new Set([live.serving, live.tags.get(TAG.before) ?? null]);
  const found: Listed[] = [];
  for (const name of names) {
    if (name === null || listed.some((config) => config.name === name)) continue;
    const config = await reads.config(name);
    if (config === null) continue;
    const { EndpointConfigArn: arn = '', CreationTime: createdAt = new Date(0) } = config;
    found.push({ name, arn, createdAt });
  }
  return found;
}

export async function readCandidates(
  endpoint: string,
  reads: Reads,
  options: SageMakerTargetOptions,
): Promise<Candidate[]> {
  const prefix = candidatePrefix(endpoint);
  const listed = (await reads.endpoints(prefix)).filter(({ name }) => isCandidateName(endpoint, name));
  const found = await Promise.all(listed.map((entry) => readCandidate(endpoint, entry, reads, options)));
  return found.filter((candidate) => candidate !== null);
}

async function readCandidate(
  endpoint: string,
  { name, arn, createdAt }: Listed,
  reads: Reads,
  options: SageMakerTargetOptions,
): Promise<Candidate | null> {
  const leave = (error: unknown) => options.log.info(`${name} is left alone. ${messageOf(error)}`);
  const described = await unlessDenied(() => reads.endpoint(name), leave);
  const tags = described === null ? null : await unlessDenied(() => reads.tags(arn), leave);
  if (described === null || tags === null) return null;
  const ours = isOurs(tags, endpoint) && !isOfAnother(tags, options.context.repository);
  const configName = described.EndpointConfigName ?? '';
  const arnOfConfig = ours ? ((await reads.config(configName))?.EndpointConfigArn ?? '') : '';
  const listed = { name: configName, arn: arnOfConfig, createdAt };
  // What is on somebody else's is nothing to look at.
  const version = ours ? await readVersion(endpoint, listed, reads, options) : fromTags(listed, new Map());
  const { withdrawn: _, ours: __, arn: ___, tagged: ____, ...info } = version;
  const expiresAt = tags.get(TAG.expiresAt) ?? new Date(createdAt.getTime() + CANDIDATE_MS).toISOString();
  const status = described.EndpointStatus ?? '';
  return { ...info, name, arn, status, ours, url: invokeUrl(name, options), expiresAt };
}

/** https://docs.aws.amazon.com/general/latest/gr/sagemaker.html */
export function invokeUrl(endpoint: string, { clients }: Pick<SageMakerTargetOptions, 'clients'>): string {
  const { region } = clients;
  return `https://runtime.sagemaker.${region}.${partitionOf(region).suffix}/endpoints/${endpoint}/invocations`;
}

export async function describeEndpoint(
  endpoint: string,
  reads: Reads,
  options: SageMakerTargetOptions,
): Promise<EndpointDescription> {
  const [live, listed] = await Promise.all([
    readLive(endpoint, reads),
    readCandidates(endpoint, reads, options),
  ]);
  const candidates = listed.filter(({ ours, status }) => ours && status !== 'Deleting');
  const all = await readVersions(endpoint, live, reads, options);
  const serving = live?.serving ?? null;
  // What was stopped on its way in never served, and an approval of it has to know.
  const versions = all.filter(
    ({ served, withdrawnAt, version }) => served || withdrawnAt != null || version === serving,
  );
  const current = versions.find(({ version }) => version === serving) ?? null;
  const previous = previousOf(versions, serving);
  return {
    endpoint,
    ...standing(live, candidates),
    url: live === null ? null : invokeUrl(endpoint, options),
    arn: live?.described.EndpointArn ?? null,
    live: current === null ? null : infoOf(current),
    previous: previous === null ? null : infoOf(previous),
    candidates: candidates.map(({ arn: _, status: state, ours: __, ...info }) => ({ ...info, state })),
    versions: versions.map(infoOf),
  };
}

function infoOf({ withdrawn: _, ours: __, arn: ___, tagged: ____, ...info }: Version): VersionInfo {
  return info;
}

function standing(
  live: Live | null,
  candidates: readonly Candidate[],
): Pick<EndpointDescription, 'status' | 'detail'> {
  if (live === null) {
    return candidates.length === 0
      ? { status: 'absent', detail: '' }
      : { status: 'not-serving', detail: 'No version is live yet.' };
  }
  const { described, status } = live;
  const reason = described.FailureReason ? ` AWS said: ${described.FailureReason}` : '';
  const pending = pendingConfig(described);
  const towards = pending === null ? '' : `, on its way to ${pending}`;
  const aside = live.scalingSaved
    ? ' Its autoscaling is set aside, for an update that has not ended; the same command run again restores it.'
    : '';
  const stands = status === 'InService' ? '' : `${live.endpoint} is ${status}${towards}.`;
  const detail = `${stands}${reason}${aside}`.trim();
  return { status: servingConfig(described) === null ? 'not-serving' : 'serving', detail };
}
