/** Models and endpoint configs: named by their content, so they can be made and removed by whoever comes first. */
import { planOf } from '../../../deployment/port.ts';
import { messageOf, UpstreamError } from '../../../core/errors.ts';
import { tagList } from '../../../clouds/aws/tags.ts';
import { readCandidates } from '../describe.ts';
import { pendingConfig, readLive, servingConfig } from '../live.ts';
import { createConfig, createModel, deleteConfig, deleteModel } from '../mutate.ts';
import { isContentName, versionPrefix } from '../names.ts';
import { namesOf } from '../names-of.ts';
import { environmentValues } from '../resolve/environment.ts';
import { SCRIPT } from '../serving-images.ts';
import { containerOf, specsOf, textAt, variantOf } from '../specs.ts';
import { commonTags, isOurs } from '../tags.ts';
import { factTags, versionOfPlan } from '../versions.ts';
import { modelsOf } from './looks.ts';
import type { Perform } from './perform.ts';
import type { Work } from './work.ts';

/** The model first: if a run dies in between, the next one finds it by its name. */
export const makeVersion: Perform = async (_step, work) => {
  const { session, subject } = work;
  const { reads, options } = session;
  const plan = planOf(work.subject);
  const names = namesOf(subject.endpoint, plan.desired);
  const facts = versionOfPlan(plan, options.clock.now().toISOString());
  const tags = tagList([...commonTags(plan, options), ...factTags(facts)]);
  const { model, endpointConfig } = specsOf(plan.desired);
  if ((await reads.model(names.model)) === null) {
    const live = await readLive(subject.endpoint, reads);
    const known = [options.environment, Object.entries(SCRIPT), Object.entries(live?.environment ?? {})];
    const Environment = environmentValues(plan.desired, options.environmentKey, ...known);
    const PrimaryContainer = { ...containerOf({ model }), Environment };
    await createModel(session, { ...model, PrimaryContainer, ModelName: names.model, Tags: tags });
    return 'again';
  }
  if ((await reads.config(names.config)) !== null) return 'done';
  const variant = variantOf({ endpointConfig });
  const VariantName = textAt(variant, 'VariantName') ?? 'main';
  await createConfig(session, {
    ...endpointConfig,
    EndpointConfigName: names.config,
    ProductionVariants: [{ ...variant, VariantName, ModelName: names.model }],
    Tags: tags,
  });
  return 'done';
};

/** The models first: if a run dies in between, the next one finds the rest by the config. */
export const retireVersion: Perform = async ({ of }, work) => {
  const { session, subject } = work;
  const { options } = session;
  if (await isWanted(of, work)) return 'lost';
  const config = await session.reads.config(of);
  if (config === null) {
    // A model that no config names: that of the plan's own version, or one under its own name.
    const { plan, endpoint } = subject;
    const own = plan === null ? null : namesOf(endpoint, plan.desired);
    const model = own?.config === of ? own.model : of;
    if (await isSpare(model, of, work)) await removeModel(model, work);
    return 'done';
  }
  await checkTags(of, config.EndpointConfigArn ?? '', work);
  const models = config.ProductionVariants ?? [];
  for (const { ModelName = '' } of models)
    if (await isSpare(ModelName, of, work)) {
      await removeModel(ModelName, work);
      work.retiring.add(of);
      return 'again';
    }
  await deleteConfig(session, of);
  options.log.info(`Removed the config ${of} of ${subject.endpoint}.`);
  return 'done';
};

/** It serves, is on its way, or a candidate has it. */
async function isWanted(version: string, { session, subject }: Work): Promise<boolean> {
  const { reads, options } = session;
  const described = await reads.endpoint(subject.endpoint);
  if (described !== null && [servingConfig(described), pendingConfig(described)].includes(version))
    return true;
  const candidates = await readCandidates(subject.endpoint, reads, options);
  return candidates.some((one) => one.version === version && one.status !== 'Deleting');
}

/** Of our making, there, and named by no other config. */
async function isSpare(model: string, config: string, work: Work): Promise<boolean> {
  const { session, subject } = work;
  const { reads } = session;
  const { endpoint } = subject;
  if (!isContentName(endpoint, model) || (await reads.model(model)) === null) return false;
  const configs = await reads.configs(versionPrefix(endpoint));
  for (const { name } of configs) {
    // Those of an endpoint whose name begins like this one's are many, and name models of their own.
    if (name === config || !isContentName(endpoint, name)) continue;
    if ((await modelsOf(name, work)).includes(model)) return false;
  }
  return true;
}

async function removeModel(name: string, work: Work): Promise<void> {
  const { session, subject } = work;
  const model = await session.reads.model(name);
  if (model === null) return;
  await checkTags(name, model.ModelArn ?? '', work);
  await deleteModel(session, name);
  session.options.log.info(`Removed the model ${name} of ${subject.endpoint}.`);
}

/** @throws UpstreamError if it is not ours to remove, or nobody may see whether it is */
async function checkTags(name: string, arn: string, { session, subject }: Work): Promise<void> {
  const tags = await session.reads.tags(arn).catch((error: unknown) => {
    throw new UpstreamError('AWS', `${name} is left alone. ${messageOf(error)}`, { cause: error });
  });
  if (isOurs(tags, subject.endpoint)) return;
  throw new UpstreamError('AWS', `${name} is left alone, because it does not have our tags.`);
}
