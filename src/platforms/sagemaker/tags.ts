/** The tags on what we make: whose it is, where it came from, and what was found out about it. */
import { isOfAnother as isOwnedByAnother } from '../../deployment/kept/tags.ts';
import type { Plan } from '../../documents/plan.ts';
import type { SageMakerTargetOptions } from './options.ts';
import type { Tags } from './reads.ts';

const PREFIX = 'ml-deploy:';

export const TAG = {
  repository: `${PREFIX}repository`,
  environment: `${PREFIX}environment`,
  endpoint: `${PREFIX}endpoint`,
  commit: `${PREFIX}commit`,
  run: `${PREFIX}run`,
  plan: `${PREFIX}plan`,
  release: `${PREFIX}release`,
  model: `${PREFIX}model-digest`,
  image: `${PREFIX}image-digest`,
  reference: `${PREFIX}reference-digest`,
  referenceUrl: `${PREFIX}reference-url`,
  deployedAt: `${PREFIX}deployed-at`,
  served: `${PREFIX}served`,
  verified: `${PREFIX}verified`,
  withdrawn: `${PREFIX}withdrawn`,
  withdrawnAt: `${PREFIX}withdrawn-at`,
  /** On an endpoint: the config that served when we took it over, or before the last update. */
  before: `${PREFIX}before`,
  /** On an endpoint that somebody else made: the config that served when we took it over. It stays. */
  adopted: `${PREFIX}adopted`,
  /** On a candidate: what S3 said of the archive's bytes when it was staged. */
  archive: `${PREFIX}archive`,
  /** On a candidate. */
  expiresAt: `${PREFIX}expires-at`,
  /** On an endpoint: `<run> <from> <to>` of the last rollback. */
  rollback: `${PREFIX}rollback`,
} as const;

/** For every resource: the user's, and whose it is and where it came from. */
export function commonTags(
  plan: Pick<Plan, 'endpoint' | 'digest'>,
  { tags, environmentName, context }: SageMakerTargetOptions,
): [string, string | null][] {
  return [
    ...tags,
    [TAG.endpoint, plan.endpoint],
    [TAG.repository, context.repository || null],
    [TAG.environment, environmentName],
    [TAG.commit, context.commit || null],
    [TAG.run, context.runId || null],
    [TAG.plan, plan.digest],
  ];
}

export function isOurs(tags: Tags, endpoint: string): boolean {
  return tags.get(TAG.endpoint) === endpoint;
}

/** Whether another repository made it; without both names nobody can tell. */
export function isOfAnother(tags: Tags, repository: string): boolean {
  return isOwnedByAnother(tags.get(TAG.repository) ?? '', repository);
}
