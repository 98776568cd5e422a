/** Removing what nobody needs any more: only what carries our tags, and never what some endpoint uses. */
import { messageOf, CancelledError } from '../../core/errors.ts';
import { readCandidates, readVersions } from './describe.ts';
import { readLive } from './live.ts';
import { deleteConfig, deleteModel } from './mutate.ts';
import { codeOf, isDenied } from '../../clouds/aws/errors.ts';
import { unlessDenied } from './looks.ts';
import { candidatePrefix, isCandidateName, isContentName, versionPrefix } from './names.ts';
import type { Reads, User } from './reads.ts';
import type { Session } from './session.ts';
import { isOurs } from './tags.ts';
import { previousOf, type Version } from './versions.ts';

/** Nobody makes a config and needs longer than that to use it. */
const UNUSED_MS = 6 * 60 * 60 * 1000;

/** Configs that endpoints serve or are on their way to, and the models of those. */
export interface InUse {
  readonly configs: ReadonlySet<string>;
  readonly models: ReadonlySet<string>;
  /** Why it is not known what else is in use, so that everything counts as used; null where it is known. */
  readonly unknown: string | null;
}

/**
 * Our own endpoints are looked at; whether anybody else's has a version of ours is asked of SageMaker's index in one go,
 * since the account may hold hundreds of endpoints that are none of our business.
 */
export async function readInUse(endpoint: string, { reads }: Pick<Session, 'reads'>): Promise<InUse> {
  const configs = new Set<string>();
  const denied = new Set<string>();
  const listed = await reads.endpoints(candidatePrefix(endpoint));
  const own = listed.map(({ name }) => name).filter((name) => isCandidateName(endpoint, name));
  for (const name of [endpoint, ...own]) {
    const described = await unlessDenied(
      () => reads.endpoint(name),
      () => denied.add(name),
    );
    const pending = described?.PendingDeploymentSummary?.EndpointConfigName;
    for (const config of [described?.EndpointConfigName, pending])
      if (config !== undefined) configs.add(config);
  }
  const { users, unknown } = await usersOf(endpoint, reads);
  // Of our own the index may tell what was true before.
  const isOwn = (name: string) => (name === endpoint || isCandidateName(endpoint, name)) && !denied.has(name);
  for (const { endpoint: name, config } of users)
    if (!isOwn(name) && isContentName(endpoint, config)) configs.add(config);
  const models = new Set<string>();
  // A config that somebody else made has a model of theirs.
  for (const name of [...configs].filter((config) => isContentName(endpoint, config)))
    for (const model of await modelsOf(name, reads)) models.add(model);
  return { configs, models, unknown };
}

async function usersOf(
  endpoint: string,
  reads: Reads,
): Promise<{ readonly users: readonly User[]; readonly unknown: string | null }> {
  try {
    return { users: await reads.users(versionPrefix(endpoint)), unknown: null };
  } catch (error) {
    if (!isDenied(error) && codeOf(error) !== 'ValidationException') throw error;
    return { users: [], unknown: messageOf(error) };
  }
}

/** Old versions beyond those that are kept, newest first; the live one and what a rollback goes to always stay. */
export function expendable(
  versions: readonly Version[],
  live: string | null,
  candidates: ReadonlySet<string>,
  keep: number,
  now: Date,
): Version[] {
  const served = versions.filter(({ served, version }) => served && version !== live);
  const previous = previousOf(versions, live)?.version;
  const kept = new Set([live, previous, ...served.slice(0, keep).map(({ version }) => version)]);
  return versions.filter(({ version, ours, served: hasServed, deployedAt }) => {
    if (!ours || kept.has(version) || candidates.has(version)) return false;
    return hasServed || now.getTime() - Date.parse(deployedAt) > UNUSED_MS;
  });
}

/** How a plan calls what an earlier run did not get to remove. */
export const OLD_VERSION = 'old version';

/** @param unknown why it is not known what is in use */
export function keptSentence(endpoint: string, unknown: string): string {
  return `Versions of ${endpoint} could not be removed, because it is not known whether another endpoint uses them. ${unknown}`;
}

export interface OldVersions {
  readonly names: string[];
  /** Why there may be more, which are kept; null where there are none. */
  readonly unknown: string | null;
}

/** Versions that could be removed now: a run that died before it was tidied up, or fewer are to be kept. */
export async function oldVersions(
  endpoint: string,
  live: string | null,
  versions: readonly Version[],
  { reads, options }: Pick<Session, 'reads' | 'options'>,
): Promise<OldVersions> {
  const candidates = new Set((await readCandidates(endpoint, reads, options)).map(({ version }) => version));
  const now = options.clock.now();
  const old = expendable(versions, live, candidates, options.keepVersions, now);
  if (old.length === 0) return { names: [], unknown: null };
  const names = old.map(({ version }) => version);
  const used = await readInUse(endpoint, { reads });
  return { names: await removable(endpoint, names, used, { reads, options }), unknown: used.unknown };
}

/** What was asked for is true already, so that what cannot be removed is no reason to fail. */
export async function tidyUp(endpoint: string, session: Session): Promise<void> {
  const { options } = session;
  try {
    await prune(endpoint, session);
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    options.log.warning(`Old versions of ${endpoint} could not be removed: ${messageOf(error)}`);
  }
}

async function prune(endpoint: string, session: Session): Promise<void> {
  const { reads, options } = session;
  reads.forget();
  const live = await readLive(endpoint, reads);
  const versions = await readVersions(endpoint, live, reads, options);
  const { names, unknown } = await oldVersions(endpoint, live?.serving ?? null, versions, session);
  if (unknown !== null) options.log.notice(keptSentence(endpoint, unknown));
  if (names.length > 0) await removeVersions(endpoint, names, session);
  await removeStrayModels(endpoint, session);
}

/** Of a run that died between a model and its config, and that nobody repeated. */
async function removeStrayModels(endpoint: string, session: Session): Promise<void> {
  const { reads, options } = session;
  const latest = options.clock.now().getTime() - UNUSED_MS;
  const models = await reads.models(versionPrefix(endpoint));
  const old = models.filter(({ createdAt }) => createdAt.getTime() < latest).map(({ name }) => name);
  const needed = old.length === 0 ? new Set() : await neededModels(endpoint, new Set(), session);
  const stray = old.filter((name) => isContentName(endpoint, name) && !needed.has(name));
  if (stray.length === 0) return;
  const used = await readInUse(endpoint, session);
  if (used.unknown !== null) options.log.notice(keptSentence(endpoint, used.unknown));
  await removeModels(endpoint, stray, used, session);
}

/**
 * Removes configs with their models, where nobody uses them; a model stays as long as another config names it. The models
 * go first: where a run dies in between, the next one finds the rest by the config.
 */
export async function removeVersions(
  endpoint: string,
  names: readonly string[],
  session: Session,
  inUse?: InUse,
): Promise<string[]> {
  const { reads, options } = session;
  const used = inUse ?? (await readInUse(endpoint, session));
  if (used.unknown !== null && names.length > 0) {
    options.log.notice(keptSentence(endpoint, used.unknown));
    return [];
  }
  const configs = await removable(endpoint, names, used, session);
  const models = new Set<string>();
  for (const name of configs) for (const model of modelsIn(await reads.config(name))) models.add(model);
  const gone = await removeModels(endpoint, models, used, session, new Set(configs));
  for (const name of configs) {
    await deleteConfig(session, name);
    options.log.info(`Removed the config ${name}.`);
    gone.push(name);
  }
  return gone;
}

/** Those that are there, are ours, and are used by nobody. What may not be looked at is left, and that is said. */
async function removable(
  endpoint: string,
  names: readonly string[],
  used: InUse,
  { reads, options }: Pick<Session, 'reads' | 'options'>,
): Promise<string[]> {
  const found: string[] = [];
  if (used.unknown !== null) return found;
  for (const name of names) {
    const leave = (error: unknown) => options.log.info(`${name} is left alone. ${messageOf(error)}`);
    const config = used.configs.has(name) ? null : await unlessDenied(() => reads.config(name), leave);
    const tags =
      config === null ? null : await unlessDenied(() => reads.tags(config.EndpointConfigArn ?? ''), leave);
    if (tags !== null && isOurs(tags, endpoint)) found.push(name);
  }
  return found;
}

/**
 * Models of ours that no config of this endpoint names any more.
 * @param going configs that are about to be removed
 */
export async function removeModels(
  endpoint: string,
  names: Iterable<string>,
  used: InUse,
  session: Session,
  going: ReadonlySet<string> = new Set(),
): Promise<string[]> {
  const { reads, options } = session;
  const candidates = [...names].filter((name) => isContentName(endpoint, name) && !used.models.has(name));
  if (candidates.length === 0 || used.unknown !== null) return [];
  const needed = await neededModels(endpoint, going, session);
  const gone: string[] = [];
  for (const name of candidates.filter((candidate) => !needed.has(candidate))) {
    // The model of a config that goes is ours: where it stays, so does the config, and the next run finds both.
    const look = going.size > 0 ? <T>(read: () => Promise<T>) => read() : unlessDenied;
    const model = await look(() => reads.model(name));
    const tags = model === null ? null : await look(() => reads.tags(model.ModelArn ?? ''));
    if (tags === null || !isOurs(tags, endpoint)) continue;
    await deleteModel(session, name);
    options.log.info(`Removed the model ${name}.`);
    gone.push(name);
  }
  return gone;
}

async function neededModels(
  endpoint: string,
  going: ReadonlySet<string>,
  { reads }: Session,
): Promise<Set<string>> {
  const needed = new Set<string>();
  for (const { name } of await reads.configs(versionPrefix(endpoint))) {
    // Those of an endpoint whose name begins like this one's are many, and name models of their own.
    if (going.has(name) || !isContentName(endpoint, name)) continue;
    for (const model of await modelsOf(name, reads)) needed.add(model);
  }
  return needed;
}

async function modelsOf(config: string, reads: Reads): Promise<string[]> {
  return modelsIn(await unlessDenied(() => reads.config(config)));
}

function modelsIn(config: Awaited<ReturnType<Reads['config']>>): string[] {
  return (config?.ProductionVariants ?? []).flatMap(({ ModelName }) => ModelName ?? []);
}
