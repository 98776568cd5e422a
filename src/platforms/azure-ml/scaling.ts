/**
 * The settings of Azure Monitor that scale an endpoint's deployments: which are due, and which are removed with a
 * deployment.
 */
import { isDenied } from '../../clouds/azure/errors.ts';
import { messageOf } from '../../core/errors.ts';
import type { Plan } from '../../documents/plan.ts';
import { isAsAsked, isOurs, newSetting, scaleIn, settingName, type Scale } from './autoscale.ts';
import { deploymentOf } from './names.ts';
import type { AzureMlTargetOptions } from './options.ts';
import { readsOf, seenBy } from './reads.ts';
import type { AutoscaleSetting, DeploymentResource } from './resources.ts';
import { specOf } from './spec.ts';

interface Due {
  readonly name: string;
  /** null if the setting has to be removed. */
  readonly wanted: Omit<AutoscaleSetting, 'id' | 'name'> | null;
}

/** What a planned version's autoscaling lacks; null if it is as planned. Somebody else's setting is left alone. */
export async function dueScale(
  { endpoint, version, desired }: Plan,
  { location }: Pick<DeploymentResource, 'location'>,
  options: AzureMlTargetOptions,
): Promise<Due | null> {
  const { scale } = specOf(desired);
  const deploymentId = options.resources.deploymentId(endpoint, deploymentOf(version));
  const name = settingName(deploymentId);
  const found = await options.resources.setting(name);
  const at = { deploymentId, location, endpoint };
  const wanted = scale === undefined ? null : newSetting(scale, at, options);
  if (isAsAsked(found, wanted)) return null;
  return wanted === null && found !== null && !isOurs(found, endpoint) ? null : { name, wanted };
}

/** How we scale a deployment; null if we do not. */
export async function currentScale(
  endpoint: string,
  deployment: string,
  { resources }: Pick<AzureMlTargetOptions, 'resources'>,
): Promise<Scale | null> {
  const found = await resources.setting(settingName(resources.deploymentId(endpoint, deployment)));
  return found !== null && isOurs(found, endpoint) ? scaleIn(found) : null;
}

/**
 * Removes a deployment's setting, before the deployment.
 * @returns whether there was one of ours
 */
export async function removeScale(
  endpoint: string,
  deployment: string,
  { resources }: Pick<AzureMlTargetOptions, 'resources'>,
): Promise<boolean> {
  const name = settingName(resources.deploymentId(endpoint, deployment));
  const found = await resources.setting(name);
  if (found === null || !isOurs(found, endpoint)) return false;
  await resources.deleteSetting(name);
  return true;
}

/** Our settings for an endpoint of this workspace, whether their deployments exist or not. */
export async function ownSettings(
  endpoint: string,
  { resources }: Pick<AzureMlTargetOptions, 'resources'>,
): Promise<readonly AutoscaleSetting[]> {
  const below = resources.deploymentId(endpoint, '').toLowerCase();
  return (await resources.settings()).filter(
    (setting) =>
      isOurs(setting, endpoint) &&
      (setting.properties.targetResourceUri ?? '').toLowerCase().startsWith(below),
  );
}

/**
 * Removes settings whose deployment somebody else has removed: they would scale nothing, and stay for ever.
 * @returns how many were removed
 */
export async function removeOrphans(endpoint: string, options: AzureMlTargetOptions): Promise<number> {
  try {
    const settings = await ownSettings(endpoint, options);
    if (settings.length === 0) return 0;
    const { deployments } = await seenBy(readsOf(endpoint, options));
    const names = new Set(
      deployments.map(({ name }) => settingName(options.resources.deploymentId(endpoint, name))),
    );
    const orphans = settings.filter(({ name }) => !names.has(name));
    for (const { name } of orphans) await options.resources.deleteSetting(name);
    return orphans.length;
  } catch (error) {
    if (!isDenied(error)) throw error;
    options.log.warning(`Whether settings of autoscaling are left over is not known. ${messageOf(error)}`);
    return 0;
  }
}
