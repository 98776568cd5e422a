/** What is known of each version: in the tags of its config, and in a note beside its archive if those are gone. */
import type { Plan } from '../../documents/plan.ts';
import { messageOf } from '../../core/errors.ts';
import { storeOfArchive, type ArtifactStore } from '../../core/stores.ts';
import type { VersionInfo } from '../../core/targets.ts';
import { text } from 'node:stream/consumers';
import type { SageMakerTargetOptions } from './options.ts';
import { unlessDenied } from './looks.ts';
import type { Listed, Reads, Tags } from './reads.ts';
import { noteText, parseNote } from '../../documents/version-note.ts';
import { containerOf, imageDigestOf, modelDigestOfUrl, modelSpecOf, modelUrlOf, textAt } from './specs.ts';
import { isOurs, TAG } from './tags.ts';

/** A version and what a rollback has to know about it. */
export interface Version extends VersionInfo {
  /** It was rolled back from, and nobody deployed it again. */
  readonly withdrawn: boolean;
  /** Made by us for this endpoint: by its tags, or by our note of it. */
  readonly ours: boolean;
  /** By the tags of its config: nothing else is ever removed. */
  readonly tagged: boolean;
  readonly arn: string;
}

export function versionOfPlan(plan: Plan, deployedAt: string): VersionInfo {
  const { desired, sources } = plan;
  return {
    version: plan.version,
    modelDigest: desired.model,
    imageDigest: desired.image ?? null,
    referenceDigest: desired.reference ?? null,
    referenceUrl: sources.referenceUrl,
    planDigest: plan.digest,
    release: sources.release,
    deployedAt,
    served: false,
    verified: false,
  };
}

/** The same facts as tags of the config. */
export function factTags(info: VersionInfo & { readonly withdrawn?: boolean }): [string, string | null][] {
  return [
    [TAG.model, info.modelDigest || null],
    [TAG.image, info.imageDigest],
    [TAG.reference, info.referenceDigest],
    [TAG.referenceUrl, info.referenceUrl],
    [TAG.plan, info.planDigest],
    [TAG.release, info.release],
    [TAG.deployedAt, info.deployedAt],
    [TAG.withdrawnAt, info.withdrawnAt ?? null],
    ...(info.served ? [[TAG.served, 'true'] as [string, string]] : []),
    ...(info.verified ? [[TAG.verified, 'true'] as [string, string]] : []),
  ];
}

/** What the tags say, which is little if there are none. */
export function fromTags({ name, createdAt, arn }: Listed, tags: Tags, isTagged = false): Version {
  const at = (key: string) => tags.get(key) ?? null;
  return {
    version: name,
    arn,
    ours: true,
    tagged: isTagged,
    modelDigest: at(TAG.model) ?? '',
    imageDigest: at(TAG.image),
    referenceDigest: at(TAG.reference),
    referenceUrl: at(TAG.referenceUrl),
    planDigest: at(TAG.plan),
    release: at(TAG.release),
    deployedAt: at(TAG.deployedAt) ?? createdAt.toISOString(),
    served: at(TAG.served) === 'true',
    verified: at(TAG.verified) === 'true',
    withdrawn: at(TAG.withdrawn) === 'true',
    withdrawnAt: at(TAG.withdrawnAt),
  };
}

/** By the tags of the config; without them by our note, and without that by what the model says. */
export async function readVersion(
  endpoint: string,
  config: Listed,
  reads: Reads,
  options: SageMakerTargetOptions,
): Promise<Version> {
  const tags = await unlessDenied(
    () => reads.tags(config.arn),
    (error) =>
      options.log.info(
        `Whose ${config.name} is cannot be read, so it could not be removed. ${messageOf(error)}`,
      ),
  );
  if (tags !== null && isOurs(tags, endpoint)) return fromTags(config, tags, true);
  const described = await unlessDenied(() => reads.config(config.name));
  const modelName = described?.ProductionVariants?.[0]?.ModelName;
  const model = modelName === undefined ? null : await unlessDenied(() => reads.model(modelName));
  const spec = model === null ? {} : modelSpecOf(model);
  const url = modelUrlOf({ model: spec });
  const note = await readNote(endpoint, config, url, reads, options);
  if (note !== null) return note;
  return {
    ...fromTags(config, new Map()),
    ours: false,
    modelDigest: modelDigestOfUrl(url) ?? '',
    imageDigest: imageDigestOf(textAt(containerOf({ model: spec }), 'Image')),
  };
}

async function storeBeside(
  url: string | null,
  options: SageMakerTargetOptions,
): Promise<ArtifactStore | null> {
  const storeUrl = url === null ? null : storeOfArchive(url);
  return storeUrl === null ? null : options.openStore(storeUrl);
}

async function noteKey(endpoint: string, version: string, reads: Reads, options: SageMakerTargetOptions) {
  return `endpoints/${await reads.account()}/${options.clients.region}/${endpoint}/${version}.json`;
}

async function readNote(
  endpoint: string,
  { name: version, arn }: Listed,
  url: string | null,
  reads: Reads,
  options: SageMakerTargetOptions,
): Promise<Version | null> {
  try {
    const store = await storeBeside(url, options);
    const key = await noteKey(endpoint, version, reads, options);
    if (store === null || !(await store.exists(key))) return null;
    const note = parseNote(await text(await store.open(key)));
    if ('problem' in note) {
      options.log.warning(`The note about the version ${version} is not used: ${key} ${note.problem}`);
      return null;
    }
    const { schema: _, ...facts } = note;
    return note.version === version ? { ...facts, arn, tagged: false } : null;
  } catch (error) {
    options.log.warning(`The note about the version ${version} could not be read: ${messageOf(error)}`);
    return null;
  }
}

/** Beside the archive, which stays when somebody strips the tags. What was asked for is true without it as well. */
export async function writeNote(
  endpoint: string,
  { arn: _, tagged: __, ...facts }: Version,
  modelUrl: string | null,
  reads: Reads,
  options: SageMakerTargetOptions,
): Promise<void> {
  const { version } = facts;
  try {
    const store = await storeBeside(modelUrl, options);
    if (store === null) return;
    const key = await noteKey(endpoint, version, reads, options);
    await store.put(key, noteText(facts), { replace: true });
  } catch (error) {
    options.log.warning(
      `The note about the version ${version} could not be written to the artifact store: ${messageOf(error)}`,
    );
  }
}

/** The newest verified version before the live one; if none was ever verified, the newest that served. */
export function previousOf(versions: readonly Version[], live: string | null): Version | null {
  const at = versions.findIndex(({ version }) => version === live);
  const before = at < 0 ? [] : versions.slice(at + 1).filter(({ withdrawn }) => !withdrawn);
  return before.find(({ verified }) => verified) ?? before.find(({ served }) => served) ?? null;
}

export function newestFirst(versions: readonly Version[]): Version[] {
  return versions.toSorted((a, b) =>
    a.deployedAt === b.deployedAt ? 0 : a.deployedAt < b.deployedAt ? 1 : -1,
  );
}
