/** Who owns an endpoint and its model. */
import type { Problem } from '../../core/errors.ts';
import { ownershipProblems as problemsOf } from '../../deployment/kept/tags.ts';
import { LABEL, labelOf, readMade } from './ledger.ts';
import type { VertexTargetOptions } from './options.ts';
import type { EndpointResource, ModelVersion } from './resources.ts';

type Owner = Pick<VertexTargetOptions, 'adopt' | 'context'>;

/** Why it must not be changed; empty if it can be. */
export function ownershipProblems(
  endpoint: string,
  { labels = {} }: EndpointResource,
  { adopt, context }: Owner,
): Problem[] {
  const mark = { isOurs: labels[LABEL.endpoint] === endpoint, repository: labels[LABEL.repository] ?? '' };
  const repository = labelOf(context.repository);
  return problemsOf({ endpoint, kind: 'endpoint', mark }, { adopt, context: { repository } });
}

/** Versions go into a model with the endpoint's name; somebody else's is left alone. */
export function modelProblems(endpoint: string, models: readonly ModelVersion[]): Problem[] {
  if (models.length === 0 || models.some((model) => readMade(model.versionDescription) !== null)) return [];
  const message = `"${endpoint}" is the ID of a model that ml-deploy did not make, and versions would go into it.`;
  return [{ where: 'endpoint-name', message, fix: 'Use another name.' }];
}

/** Labels of everything that ml-deploy creates: whose it is, in addition to the user's labels. */
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
