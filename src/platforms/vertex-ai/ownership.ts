/** Whose endpoint it is, and whose model. */
import type { Problem } from '../../core/errors.ts';
import { LABEL, labelOf, readMade } from './ledger.ts';
import type { VertexTargetOptions } from './options.ts';
import type { EndpointResource, ModelVersion } from './resources.ts';

type Owner = Pick<VertexTargetOptions, 'adopt' | 'context'>;

/** Why it may not be changed; empty where it may. */
export function ownershipProblems(
  endpoint: string,
  { labels = {} }: EndpointResource,
  { adopt, context }: Owner,
): Problem[] {
  if (adopt) return [];
  if (labels[LABEL.endpoint] !== endpoint) {
    const message = `false, but the endpoint ${endpoint} was not created by ml-deploy.`;
    return [
      { where: 'adopt', message, fix: 'Set adopt: true to take it over, or use another endpoint-name.' },
    ];
  }
  const owner = labels[LABEL.repository] ?? '';
  if (owner === '' || context.repository === '' || owner === labelOf(context.repository)) return [];
  const message = `"${endpoint}" belongs to the repository ${owner}.`;
  return [{ where: 'endpoint-name', message, fix: 'Use another name, or set adopt: true to take it over.' }];
}

/** Versions go into a model of the endpoint's name: one of somebody else is left alone. */
export function modelProblems(endpoint: string, models: readonly ModelVersion[]): Problem[] {
  if (models.length === 0 || models.some((model) => readMade(model.versionDescription) !== null)) return [];
  const message = `"${endpoint}" is the ID of a model that ml-deploy did not make, and versions would go into it.`;
  return [{ where: 'endpoint-name', message, fix: 'Use another name.' }];
}

/** Of what ml-deploy makes: whose it is, beside the labels of the user. */
export function ownLabels(
  endpoint: string,
  { context, tags }: Pick<VertexTargetOptions, 'context' | 'tags'>,
): Record<string, string> {
  return {
    ...Object.fromEntries(tags),
    [LABEL.endpoint]: endpoint,
    ...(context.repository === '' ? {} : { [LABEL.repository]: labelOf(context.repository) }),
  };
}
