/**
 * Autoscaling by Azure Monitor: one setting in the resource group for each deployment, made before the deployment gets
 * requests and removed before it.
 * https://learn.microsoft.com/azure/machine-learning/how-to-autoscale-endpoints
 */
import { sha256 } from '../../core/canonical-json.ts';
import type { CloudSettings, Scaling } from '../../core/plan/cloud-settings.ts';
import { ownTags, OWN_TAGS, type Owner } from '../../deployment/kept/tags.ts';
import { differing } from './deployment.ts';
import type { AutoscaleSetting } from './resources.ts';

/** How the number of a deployment's instances follows its load. */
export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly metric: 'cpu' | 'gpu';
  /** The percentage above which an instance is added. */
  readonly target: number;
}

/** https://learn.microsoft.com/azure/machine-learning/monitor-azure-machine-learning-reference */
const METRICS = { cpu: 'CpuUtilizationPercentage', gpu: 'GpuUtilizationPercentage' } as const;
export const TARGET_PERCENT = 60;

export function scaleOf(
  { minCapacity, maxCapacity }: Scaling,
  { scaleMetric, scaleTarget }: CloudSettings,
  before: Scale | null,
): Scale {
  return {
    min: minCapacity,
    max: maxCapacity,
    metric: scaleMetric ?? before?.metric ?? 'cpu',
    target: scaleTarget ?? before?.target ?? TARGET_PERCENT,
  };
}

export function sayScale({ min, max, metric, target }: Scale): string {
  return `${min} to ${max} instances, aiming at ${target} % of ${metric.toUpperCase()}`;
}

/** How many run while the load is not known. */
export function within({ min, max }: Pick<Scale, 'min' | 'max'>, count: number): number {
  return Math.min(max, Math.max(min, count));
}

/**
 * The name of a deployment's setting, always the same for it. Settings belong to the resource group, which other
 * workspaces with endpoints of the same name may share.
 */
export function settingName(deploymentId: string): string {
  const [endpoint = '', , deployment = ''] = deploymentId.split('/').slice(-3);
  return `ml-deploy-${endpoint}-${deployment}-${sha256(deploymentId.toLowerCase()).slice(0, 8)}`;
}

/** @param deploymentId resource ID of what is scaled */
export function newSetting(
  { min, max, metric, target }: Scale,
  { deploymentId, location, endpoint }: { deploymentId: string; location: string; endpoint: string },
  owner: Owner,
): Omit<AutoscaleSetting, 'id' | 'name'> {
  const rule = (operator: string, threshold: number, direction: string) => ({
    metricTrigger: {
      metricName: METRICS[metric],
      metricResourceUri: deploymentId,
      timeGrain: 'PT1M',
      statistic: 'Average',
      timeWindow: 'PT5M',
      timeAggregation: 'Average',
      operator,
      threshold,
    },
    scaleAction: { direction, type: 'ChangeCount', value: '1', cooldown: 'PT5M' },
  });
  return {
    location,
    tags: ownTags(endpoint, owner),
    properties: {
      enabled: true,
      targetResourceUri: deploymentId,
      profiles: [
        {
          name: 'ml-deploy',
          // The default applies while Azure Monitor has no metrics: no instance is then removed that the load may need.
          capacity: { minimum: String(min), maximum: String(max), default: String(min) },
          // Half of it: with one instance less, the others stay below the threshold that adds one.
          rules: [
            rule('GreaterThan', target, 'Increase'),
            rule('LessThan', Math.floor(target / 2), 'Decrease'),
          ],
        },
      ],
    },
  };
}

/** null for one that we did not write, or that somebody has changed so much that it cannot be read */
export function scaleIn(setting: AutoscaleSetting | null): Scale | null {
  const profile = setting?.properties.profiles?.[0];
  const [up] = profile?.rules ?? [];
  const { minimum, maximum } = profile?.capacity ?? {};
  const metric = (['cpu', 'gpu'] as const).find((name) => METRICS[name] === up?.metricTrigger?.metricName);
  const target = up?.metricTrigger?.threshold;
  const [min, max] = [Number(minimum), Number(maximum)];
  if (metric === undefined || target === undefined || !(min > 0) || !(max > 0)) return null;
  return { min, max, metric, target };
}

/** Whether it is what was asked for; Azure fills in more. */
export function isAsAsked(
  found: AutoscaleSetting | null,
  wanted: Omit<AutoscaleSetting, 'id' | 'name'> | null,
): boolean {
  if (found === null || wanted === null) return found === wanted;
  const { profiles: asked = [], ...rest } = wanted.properties;
  const { profiles = [] } = found.properties;
  return (
    differing(rest, found.properties).length === 0 &&
    profiles.length === asked.length &&
    JSON.stringify(essence(profiles[0])) === JSON.stringify(essence(asked[0]))
  );
}

function essence(profile: NonNullable<AutoscaleSetting['properties']['profiles']>[number] | undefined) {
  const { minimum, maximum } = profile?.capacity ?? {};
  const rules = (profile?.rules ?? []).map(({ metricTrigger, scaleAction }) => [
    metricTrigger?.metricName,
    metricTrigger?.operator,
    metricTrigger?.threshold,
    scaleAction?.direction,
  ]);
  return [Number(minimum), Number(maximum), rules];
}

/** Made by us, for that endpoint. */
export function isOurs({ tags }: AutoscaleSetting, endpoint: string): boolean {
  return tags?.[OWN_TAGS.endpoint] === endpoint;
}
