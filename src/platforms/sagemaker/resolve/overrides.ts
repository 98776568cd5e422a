/** Raw overrides that would undo what the target keeps track of. */
import type { Problem } from '../../../core/errors.ts';
import type { CloudSettings } from '../../../core/plan/cloud-settings.ts';
import { objectAt } from '../api-json.ts';

export function overrideProblems({ modelOverrides, endpointConfigOverrides }: CloudSettings): Problem[] {
  const problems: Problem[] = [];
  const refuse = (where: string, name: string, instead: string) =>
    problems.push({ where, message: `${name} cannot be overridden.`, fix: instead });
  const model = modelOverrides ?? {};
  const config = endpointConfigOverrides ?? {};
  const instead = 'Names are derived from the content; use the input tags for tags.';
  for (const name of ['ModelName', 'Tags', 'Containers'])
    if (name in model) refuse('sagemaker: model-overrides', name, instead);
  if ('Environment' in objectAt(model, 'PrimaryContainer')) {
    // Overrides are shown in the plan, and values of the environment never are.
    refuse('sagemaker: model-overrides', 'PrimaryContainer.Environment', 'Use environment-variables.');
  }
  for (const name of ['EndpointConfigName', 'Tags', 'ShadowProductionVariants', 'AsyncInferenceConfig']) {
    if (name in config) refuse('sagemaker: endpoint-config-overrides', name, instead);
  }
  const variants = config.ProductionVariants;
  if (variants !== undefined && (!Array.isArray(variants) || variants.length !== 1)) {
    refuse(
      'sagemaker: endpoint-config-overrides',
      'ProductionVariants',
      'Give a list of exactly one variant.',
    );
  }
  return problems;
}
