/** What is asked of AWS for each facet. */
import { isDenied, codeOf } from '../../../clouds/aws/errors.ts';
import { messageOf } from '../../../core/errors.ts';
import { isCandidateName } from '../../../core/plan/candidate-name.ts';
import type {
  CandidateState,
  Facet,
  Facets,
  GuardState,
  Known,
  Scaling,
  VersionState,
} from '../../../deployment/observed.ts';
import { NOTHING_SEEN } from '../../../deployment/rollout/watch.ts';
import { readGuards } from '../alarms/bake-alarms.ts';
import { readCandidates, readVersions } from '../describe.ts';
import { keptSentence } from '../in-use.ts';
import { readStanding } from '../live.ts';
import { unlessDenied } from '../looks.ts';
import { isContentName, versionPrefix } from '../names.ts';
import { namesOf } from '../names-of.ts';
import { isAsAsked } from '../scaling/scaling.ts';
import { hasSavedScaling } from '../scaling/save-scaling.ts';
import { scalingOf } from '../specs.ts';
import { isOurs, TAG } from '../tags.ts';
import type { Version } from '../versions.ts';
import { candidateStateOf, lookServing, noteDescribed } from './serving.ts';
import { whyKept } from './why-kept.ts';
import type { Work } from './work.ts';

type Look<F extends Facet> = (work: Work) => Promise<Facets[F]>;

const LOOKS: { readonly [F in Facet]: Look<F> } = {
  serving: lookServing,
  versions: lookVersions,
  candidates: lookCandidates,
  guards: lookGuards,
  scaling: lookScaling,
  users: lookUsers,
  watch: () => Promise.resolve(NOTHING_SEEN),
};

export async function lookAt<F extends Facet>(facet: F, work: Work): Promise<Known<Facets[F]>> {
  const at = work.session.options.clock.now().getTime();
  try {
    return { at, value: await LOOKS[facet](work) };
  } catch (error) {
    const isNoAnswer = facet === 'users' && (isDenied(error) || codeOf(error) === 'ValidationException');
    if (!isNoAnswer) throw error;
    return { at, denied: keptSentence(work.subject.endpoint, messageOf(error)) };
  }
}

/** Configs of ours, those that served before we took the endpoint over, and models that no config names. */
async function lookVersions(work: Work): Promise<readonly VersionState[]> {
  const { session, subject } = work;
  const { reads, options } = session;
  const { endpoint, plan } = subject;
  const live = await readStanding(endpoint, reads);
  const versions = await readVersions(endpoint, live, reads, options);
  const names = plan === null ? null : namesOf(endpoint, plan.desired);
  const own = versions.find(({ version }) => version === names?.config);
  const isWhole = own === undefined || (await hasModels(own.version, work));
  const states = versions.map((version): VersionState => ({
    version: version.version,
    ours: version.tagged,
    definition: version === own && !isWhole ? 'part' : 'whole',
    madeAt: Date.parse(version.deployedAt),
    served: version.served && !(version.version === plan?.version && !isAsPlanned(work, version)),
    verified: version.verified,
    withdrawn: version.withdrawn,
  }));
  return [...states, ...(await strayModels(versions, work))];
}

/** By the names that the config says: Terraform calls a model as its config. */
async function hasModels(config: string, work: Work): Promise<boolean> {
  for (const model of await modelsOf(config, work))
    if ((await work.session.reads.model(model)) === null) return false;
  return true;
}

/** It served before this command, and this plan or an equal one made it serve. */
function isAsPlanned({ subject: { plan } }: Work, { planDigest }: Version): boolean {
  if (plan === null) return true;
  return planDigest === plan.digest || (plan.base === plan.version && plan.changes.length === 0);
}

/** Of a run that died between a model and its config. Other configs are asked only if there may be one. */
async function strayModels(versions: readonly Version[], work: Work): Promise<readonly VersionState[]> {
  const { session, subject } = work;
  const { endpoint, plan } = subject;
  const own = plan === null ? null : namesOf(endpoint, plan.desired);
  const listed = await session.reads.models(versionPrefix(endpoint));
  const models = listed.filter(({ name }) => isContentName(endpoint, name));
  if (models.length === 0) return [];
  const named = new Set<string>();
  for (const { version } of versions) for (const model of await modelsOf(version, work)) named.add(model);
  const states: VersionState[] = [];
  for (const { name, arn, createdAt } of models.filter((model) => !named.has(model.name))) {
    const tags = await unlessDenied(() => session.reads.tags(arn));
    if (tags === null || !isOurs(tags, endpoint)) continue;
    // That of the plan's own version is a part of it.
    const version = own?.model === name ? own.config : name;
    const flags = { served: false, verified: false, withdrawn: false };
    states.push({ version, ours: true, definition: 'part', madeAt: createdAt.getTime(), ...flags });
  }
  return states;
}

/** The models that a config names; a config whose name tells its content never names others. */
export async function modelsOf(config: string, work: Work): Promise<readonly string[]> {
  const known = work.modelsOf.get(config);
  if (known !== undefined) return known;
  const described = await unlessDenied(() => work.session.reads.config(config));
  const models = (described?.ProductionVariants ?? []).flatMap(({ ModelName }) => ModelName ?? []);
  if (described !== null) work.modelsOf.set(config, models);
  return models;
}

async function lookCandidates(work: Work): Promise<readonly CandidateState[]> {
  const { session, subject } = work;
  const { reads, options } = session;
  const { endpoint, command } = subject;
  const candidates = await readCandidates(endpoint, reads, options);
  const states: CandidateState[] = [];
  for (const candidate of candidates) {
    const { name, version, status, expiresAt } = candidate;
    noteDescribed(name, await reads.endpoint(name), work);
    const tags = await reads.tags(candidate.arn);
    const kept = command === 'reap' ? await whyKept(candidate, tags, work) : null;
    if (kept !== null && work.kept.get(name) !== kept) {
      work.kept.set(name, kept);
      options.log.info(`The candidate ${name} is left alone: ${kept}.`);
    }
    states.push({
      name,
      version,
      ours: candidate.ours && kept === null,
      environment: tags.get(TAG.environment) ?? null,
      state: candidateStateOf(status),
      expiresAt: Date.parse(expiresAt),
    });
  }
  return states;
}

async function lookGuards(work: Work): Promise<readonly GuardState[]> {
  const { session, subject } = work;
  const described = await session.reads.endpoint(subject.endpoint);
  return readGuards(session.clients, subject.endpoint, described?.EndpointStatus === 'Updating');
}

async function lookScaling(work: Work): Promise<Scaling> {
  const { session, subject } = work;
  const { endpoint, plan } = subject;
  const live = await readStanding(endpoint, session.reads);
  if (live === null) return 'none';
  const scaling =
    live.variant === '' ? null : await session.reads.scaling({ endpoint, variant: live.variant });
  if (hasSavedScaling(live.tags)) return scaling === null ? 'set-aside' : 'half-aside';
  const asked = plan === null ? null : scalingOf(plan.desired);
  if (asked !== null) return isAsAsked(scaling, asked) ? 'as-asked' : scaling === null ? 'none' : 'other';
  return scaling === null ? 'none' : 'as-asked';
}

/** Configs of ours that endpoints of others have; an own endpoint that may not be looked at counts as one of them. */
async function lookUsers({ session, subject }: Work): Promise<readonly string[]> {
  const { endpoint } = subject;
  const { reads } = session;
  const users = await reads.users(versionPrefix(endpoint));
  const isSeen = async (name: string) => {
    if (name !== endpoint && !isCandidateName(endpoint, name)) return false;
    return (await unlessDenied(async () => [await reads.endpoint(name)])) !== null;
  };
  const found: string[] = [];
  for (const user of users)
    if (isContentName(endpoint, user.config) && !(await isSeen(user.endpoint))) found.push(user.config);
  return found;
}
