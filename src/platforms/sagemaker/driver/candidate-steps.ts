/** Candidates: endpoints of their own beside the one that serves, with the very config that would be promoted. */
import { planOf } from '../../../deployment/port.ts';
import { UpstreamError } from '../../../core/errors.ts';
import { tagList } from '../../../clouds/aws/tags.ts';
import { CANDIDATE_MS } from '../../../deployment/goal.ts';
import { isPassing } from '../live.ts';
import { addTags, createEndpoint, deleteEndpoint } from '../mutate.ts';
import { commonTags, isOfAnother, isOurs, TAG } from '../tags.ts';
import { noteDescribed } from './serving.ts';
import type { Perform } from './perform.ts';
import type { Work } from './work.ts';

export const startCandidate: Perform = async ({ of }, work) => {
  const plan = planOf(work.subject);
  const { session } = work;
  const tags = tagList([
    ...commonTags(plan, session.options),
    [TAG.expiresAt, expiry(work)],
    [TAG.archive, plan.sources.archive ?? null],
  ]);
  return (await createEndpoint(session, of, plan.version, tags)) ? 'done' : 'lost';
};

/** It is this run's now, and no reaper takes it away meanwhile. */
export const keepCandidate: Perform = async ({ of }, work) => {
  const { session } = work;
  const described = await session.reads.endpoint(of);
  if (described === null) return 'missing';
  await addTags(session, described.EndpointArn ?? '', tagList([[TAG.expiresAt, expiry(work)]]));
  return 'done';
};

function expiry({ session }: Work): string {
  return new Date(session.options.clock.now().getTime() + CANDIDATE_MS).toISOString();
}

export const dropCandidate: Perform = async ({ of }, work) => {
  const { session, subject } = work;
  const { reads, options } = session;
  const described = await reads.endpoint(of);
  if (described === null || isPassing(described.EndpointStatus ?? '')) return 'lost';
  noteDescribed(of, described, work);
  const tags = await reads.tags(described.EndpointArn ?? '');
  if (!isOurs(tags, subject.endpoint) || isOfAnother(tags, options.context.repository)) {
    throw new UpstreamError('AWS', `${of} has the name of a candidate, but not our tags; it is left alone.`);
  }
  if (subject.command === 'reap' || subject.command === 'stage')
    options.log.info(saidOf(of, tags.get(TAG.expiresAt), options.clock.now()));
  await deleteEndpoint(session, of);
  return 'done';
};

function saidOf(name: string, expiresAt: string | undefined, now: Date): string {
  if (expiresAt === undefined || expiresAt > now.toISOString()) return `The candidate ${name} is removed.`;
  return `The candidate ${name} expired at ${expiresAt} and is removed.`;
}
