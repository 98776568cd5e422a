/** Refusals of what only SageMaker knows, before anything is changed. */
import { UserError } from '../../../core/errors.ts';
import { adoptedProblems } from '../../../deployment/kept/tags.ts';
import type { Plan } from '../../../documents/plan.ts';
import { checkSameArchive } from '../archive-identity.ts';
import { readCandidates } from '../describe.ts';
import { readLive } from '../live.ts';
import { namesOf } from '../names-of.ts';
import { checkStillThere } from '../still-there.ts';
import { isOurs, TAG } from '../tags.ts';
import type { Session } from '../session.ts';
import type { Work } from './work.ts';

/** @throws UserError */
export async function check(version: string | null, work: Work): Promise<void> {
  const { subject, session } = work;
  const { command, endpoint, plan } = subject;
  if (command === 'teardown') return checkOurs(work);
  if (command === 'rollback' && version !== null) return checkStillThere(endpoint, version, session);
  if (plan === null) return;
  await checkForeign(plan, work);
  if (command === 'promote') await checkCandidate(plan, work);
}

/** A name that looks like ours is enough to go on with an endpoint, and not enough to delete it. */
async function checkOurs({ subject, session }: Work): Promise<void> {
  const { endpoint } = subject;
  const live = await readLive(endpoint, session.reads);
  if (live === null) return;
  if (isOurs(live.tags, endpoint)) {
    checkMadeHere(endpoint, live.tags.get(TAG.adopted), session);
    return;
  }
  const [message, fix] = live.ours
    ? [
        `"${endpoint}" no longer has the tag ${TAG.endpoint} and is left as it is.`,
        `To remove it, set the tag again (${TAG.endpoint}=${endpoint}), or delete the endpoint by hand.`,
      ]
    : [
        `"${endpoint}" was not created by ml-deploy and was not changed.`,
        'Remove it with the tool that created it, or take it over first (deploy with adopt: true).',
      ];
  throw UserError.of([{ where: 'endpoint-name', message, fix }]);
}

function checkMadeHere(endpoint: string, adopted: string | undefined, { options }: Session): void {
  if (adopted === undefined || options.removesAdopted) return;
  throw UserError.of(adoptedProblems(endpoint, adopted));
}

/** If nothing differs from a config that somebody else made, there is nothing to make. */
async function checkForeign({ endpoint, desired, version }: Plan, { session }: Work): Promise<void> {
  if (version === namesOf(endpoint, desired).config || (await session.reads.config(version)) !== null) return;
  throw new UserError(`The config ${version} of the plan no longer exists. Plan again.`);
}

async function checkCandidate(plan: Plan, { session }: Work): Promise<void> {
  const candidates = await readCandidates(plan.endpoint, session.reads, session.options);
  const candidate = candidates.find(({ name }) => name === plan.candidate);
  if (candidate === undefined) return;
  if (candidate.version !== plan.version)
    throw new UserError(
      `The candidate ${candidate.name} has the version ${candidate.version}, not ${plan.version}; it cannot be promoted. ` +
        'Run stage with the same plan again.',
      { page: 'candidate' },
    );
  checkSameArchive(plan, await session.reads.tags(candidate.arn));
}
