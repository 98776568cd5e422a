/**
 * Makes a version of the endpoint's model from the planned content: one call, during which its image and files are
 * copied.
 */
import { GoogleFailure } from '../../clouds/google/errors.ts';
import { plannedEnvironment } from '../../core/plan/planned-environment.ts';
import { storeOfPlan } from '../../core/smoke/release-store.ts';
import type { Plan } from '../../documents/plan.ts';
import type { Performed } from '../../deployment/memory.ts';
import { again, done } from '../../deployment/performed.ts';
import { LABEL, writeMade } from './ledger.ts';
import { deployedEnvironment } from './environment.ts';
import { filesLabel } from './model-files.ts';
import { ownLabels } from './ownership.ts';
import { specOf } from './spec.ts';
import type { At } from './steps.ts';
import { ended, isLost, kindOf } from './waiting.ts';
import { POLL_MS } from './options.ts';
import type { LongOperation } from './resources.ts';

export async function makeVersion(plan: Plan, at: At): Promise<Performed> {
  const { resources, options } = at;
  const { endpoint, version } = plan;
  const { versions, models } = await at.fresh();
  if (versions.some(({ id }) => id === version)) return done('versions');
  const others = (await resources.modelOperations(endpoint)).find(
    (operation) => operation.done !== true && kindOf(operation) === 'UploadModel',
  );
  // A run that just died may have sent the same.
  if (others !== undefined) return (await seen(others, plan, at)) ?? again('versions');
  const given = { given: options.environment, key: options.environmentKey };
  const environment = await plannedEnvironment(plan, given, async () => {
    const { version: serving } = await at.serving();
    return deployedEnvironment(versions.find(({ id }) => id === serving)?.found ?? null);
  });
  if (environment === null) return { is: 'lost' };
  try {
    const begun = await resources.upload(endpoint, models.length === 0, modelOf(plan, environment, at));
    return (await seen(begun, plan, at)) ?? done('versions');
  } catch (error) {
    return mayBeSent(error, plan, at);
  }
}

/** @returns null if it exists: lists may show it later */
async function seen(begun: LongOperation, { endpoint }: Plan, at: At): Promise<Performed | null> {
  const what = `A version of ${endpoint} is being uploaded`;
  const { error, response = {} } = await ended(begun, what, at.resources, at.options);
  if (error !== undefined) return { is: 'refused', cause: error.message ?? 'Vertex AI gives no reason.' };
  if (typeof response.modelVersionId === 'string') await at.uploaded(response.modelVersionId);
  return null;
}

/**
 * A repeated call would make another version with the same content: if no answer came, an operation in progress is
 * looked for first, once. If the model exists already, a list has not shown it yet.
 */
async function mayBeSent(error: unknown, { endpoint, version }: Plan, at: At): Promise<Performed> {
  const { resources, options, tried } = at;
  const isUnknown = error instanceof GoogleFailure && error.mayPass && error.kind !== 'throttled';
  if (tried.has(version) || (!isUnknown && !isLost(error))) throw error;
  tried.add(version);
  await options.clock.sleep(options.pollMs ?? POLL_MS, options.signal);
  const model = await resources.model(endpoint);
  if (model?.versionId !== undefined) await at.uploaded(model.versionId);
  return again('versions');
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
    labels: {
      ...ownLabels(endpoint, options),
      [LABEL.version]: version,
      ...filesLabel(plan.sources.archive),
    },
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
