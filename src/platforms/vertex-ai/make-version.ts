/** The planned content becomes a version of the endpoint's model: one call, and its image and files are copied meanwhile. */
import { plannedEnvironment } from '../../core/plan/planned-environment.ts';
import { storeOfPlan } from '../../core/smoke/release-store.ts';
import type { Plan } from '../../documents/plan.ts';
import type { Performed } from '../../deployment/memory.ts';
import { done } from '../../deployment/performed.ts';
import { LABEL, writeMade } from './ledger.ts';
import { deployedEnvironment } from './environment.ts';
import { ownLabels } from './ownership.ts';
import { specOf } from './spec.ts';
import type { At } from './steps.ts';
import { ended } from './waiting.ts';

export async function makeVersion(plan: Plan, at: At): Promise<Performed> {
  const { resources, options } = at;
  const { endpoint, version } = plan;
  const { versions, models } = await at.fresh();
  if (versions.some(({ id }) => id === version)) return done('versions');
  const given = { given: options.environment, key: options.environmentKey };
  const environment = await plannedEnvironment(plan, given, async () => {
    const { version: serving } = await at.serving();
    return deployedEnvironment(versions.find(({ id }) => id === serving)?.found ?? null);
  });
  if (environment === null) return { is: 'lost' };
  const begun = await resources.upload(endpoint, models.length === 0, modelOf(plan, environment, at));
  const { error, response = {} } = await ended(
    begun,
    `The version ${version} of ${endpoint} is being uploaded`,
    resources,
    options,
  );
  if (error !== undefined) return { is: 'refused', cause: error.message ?? 'Vertex AI gives no reason.' };
  const number = response.modelVersionId;
  // A list may show it later.
  if (typeof number === 'string') await at.uploaded(number);
  return done('versions');
}

function modelOf(
  plan: Plan,
  environment: ReadonlyMap<string, string>,
  { options }: Pick<At, 'options'>,
): Record<string, unknown> {
  const { endpoint, version, desired, digest } = plan;
  const { container, artifactUri, deployed } = specOf(desired);
  const env = [...environment].map(([name, value]) => ({ name, value }));
  return {
    displayName: endpoint,
    labels: { ...ownLabels(endpoint, options), [LABEL.version]: version },
    versionDescription: writeMade({
      version,
      modelDigest: desired.model,
      image: desired.image ?? null,
      referenceDigest: desired.reference ?? null,
      planDigest: digest,
      store: storeOfPlan(plan),
      deployed,
    }),
    containerSpec: { ...container, ...(env.length === 0 ? {} : { env }) },
    ...(artifactUri === undefined ? {} : { artifactUri }),
  };
}
