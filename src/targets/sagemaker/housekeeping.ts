/** Removing what nobody needs any more: only what carries our tags, and never what some endpoint uses. */
import { messageOf, CancelledError } from '../../core/errors.ts';
import { readCandidates, readVersions } from './describe.ts';
import { readLive } from './live.ts';
import { deleteConfig, deleteModel } from './mutate.ts';
import { isContentName, versionPrefix } from './names.ts';
import type { Session } from './session.ts';
import { isOurs } from './tags.ts';
import { previousOf, type Version } from './versions.ts';

/** Nobody makes a config and needs longer than that to use it. */
const UNUSED_MS = 6 * 60 * 60 * 1000;

/** Configs that endpoints serve or are on their way to, and the models of those. */
export interface InUse {
  readonly configs: ReadonlySet<string>;
  readonly models: ReadonlySet<string>;
}

/** Looks at every endpoint of the account: somebody may use what we made for another one. */
export async function readInUse({ reads }: Session): Promise<InUse> {
  const configs = new Set<string>();
  const models = new Set<string>();
  for (const { name } of await reads.endpoints(null)) {
    const described = await reads.endpoint(name);
    const pending = described?.PendingDeploymentSummary?.EndpointConfigName;
    for (const config of [described?.EndpointConfigName, pending])
      if (config !== undefined) configs.add(config);
  }
  for (const name of configs) {
    const config = await reads.config(name);
    for (const { ModelName } of config?.ProductionVariants ?? [])
      if (ModelName !== undefined) models.add(ModelName);
  }
  return { configs, models };
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
  const candidates = new Set((await readCandidates(endpoint, reads, options)).map(({ version }) => version));
  const old = expendable(
    versions,
    live?.serving ?? null,
    candidates,
    options.keepVersions,
    options.clock.now(),
  );
  if (old.length > 0)
    await removeVersions(
      endpoint,
      old.map(({ version }) => version),
      session,
    );
}

/** Removes configs with their models, where nobody uses them; a model stays as long as another config names it. */
export async function removeVersions(
  endpoint: string,
  names: readonly string[],
  session: Session,
  inUse?: InUse,
): Promise<string[]> {
  const { reads, options } = session;
  const used = inUse ?? (await readInUse(session));
  const gone: string[] = [];
  const models = new Set<string>();
  for (const name of names) {
    const config = await reads.config(name);
    if (config === null) continue;
    if (used.configs.has(name) || !isOurs(await reads.tags(config.EndpointConfigArn ?? ''), endpoint))
      continue;
    for (const { ModelName } of config.ProductionVariants ?? [])
      if (ModelName !== undefined) models.add(ModelName);
    await deleteConfig(session, name);
    options.log.info(`Removed the config ${name}.`);
    gone.push(name);
  }
  gone.push(...(await removeModels(endpoint, models, used, session)));
  return gone;
}

/** Models of ours that no config of this endpoint names any more. */
export async function removeModels(
  endpoint: string,
  names: Iterable<string>,
  used: InUse,
  session: Session,
): Promise<string[]> {
  const { reads, options } = session;
  const candidates = [...names].filter((name) => isContentName(endpoint, name) && !used.models.has(name));
  if (candidates.length === 0) return [];
  const needed = await neededModels(endpoint, session);
  const gone: string[] = [];
  for (const name of candidates.filter((candidate) => !needed.has(candidate))) {
    const model = await reads.model(name);
    if (model === null || !isOurs(await reads.tags(model.ModelArn ?? ''), endpoint)) continue;
    await deleteModel(session, name);
    options.log.info(`Removed the model ${name}.`);
    gone.push(name);
  }
  return gone;
}

async function neededModels(endpoint: string, { reads }: Session): Promise<Set<string>> {
  const needed = new Set<string>();
  for (const { name } of await reads.configs(versionPrefix(endpoint))) {
    const config = await reads.config(name);
    for (const { ModelName } of config?.ProductionVariants ?? [])
      if (ModelName !== undefined) needed.add(ModelName);
  }
  return needed;
}
