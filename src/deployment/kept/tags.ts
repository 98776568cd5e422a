/** The tags that mark what is ours, and whose it is. */
import type { Problem } from '../../core/errors.ts';
import type { RunContext } from '../../core/ports.ts';

export const OWN_TAGS = {
  endpoint: 'ml-deploy:endpoint',
  repository: 'ml-deploy:repository',
  environment: 'ml-deploy:environment',
  /** The artifact store of the last release, whose references smoke tests look for. */
  store: 'ml-deploy:store',
} as const;

export const isOwnTag = (key: string): boolean => key.startsWith('ml-deploy:');

export interface Owner {
  /** Tags of the user, for every resource that is made. */
  readonly tags: ReadonlyMap<string, string>;
  readonly environmentName: string | null;
  readonly context: Pick<RunContext, 'repository'>;
}

export function ownTags(endpoint: string, { tags, environmentName, context }: Owner): Record<string, string> {
  const own: readonly (readonly [string, string | null])[] = [
    [OWN_TAGS.endpoint, endpoint],
    [OWN_TAGS.repository, context.repository === '' ? null : context.repository],
    [OWN_TAGS.environment, environmentName],
  ];
  return Object.fromEntries(
    [...tags, ...own].flatMap(([key, value]) => (value === null ? [] : [[key, value]])),
  );
}

export interface Owned {
  readonly endpoint: string;
  /** What it is on its platform, such as `function`. */
  readonly kind: string;
  /** Whether it was made for this endpoint, and by which repository; '' if nothing on it says so. */
  readonly mark: { readonly isOurs: boolean; readonly repository: string };
}

export function markIn(tags: Readonly<Record<string, string>>, endpoint: string): Owned['mark'] {
  return {
    isOurs: tags[OWN_TAGS.endpoint] === endpoint,
    repository: tags[OWN_TAGS.repository] ?? '',
  };
}

/**
 * Why it may not be changed; empty if it may.
 * @param asking with its repository as marks write it
 */
export function ownershipProblems(
  { endpoint, kind, mark }: Owned,
  asking: Pick<Owner, 'context'> & { readonly adopt: boolean },
): Problem[] {
  const { repository } = asking.context;
  if (asking.adopt) return [];
  if (!mark.isOurs) {
    const message = `false, but the ${kind} ${endpoint} was not created by ml-deploy.`;
    return [
      { where: 'adopt', message, fix: 'Set adopt: true to take it over, or use another endpoint-name.' },
    ];
  }
  if (!isOfAnother(mark.repository, repository)) return [];
  const message = `"${endpoint}" belongs to the repository ${mark.repository}.`;
  return [{ where: 'endpoint-name', message, fix: 'Use another name, or set adopt: true to take it over.' }];
}

/** Whether another repository made it; without both names nobody can tell. */
export function isOfAnother(owner: string, repository: string): boolean {
  return owner !== '' && repository !== '' && owner !== repository;
}

/**
 * Whoever made an endpoint that was taken over, such as Terraform, keeps it in a state, and would make it anew.
 * @param adopted what served when it was taken over; null if it is not recorded
 */
export function adoptedProblems(endpoint: string, adopted: string | null): Problem[] {
  const took = adopted === null ? '' : `, which took it over when ${adopted} served`;
  const message = `"${endpoint}" was not created by ml-deploy${took}.`;
  const fix = `Remove it with the tool that created it, such as "terraform destroy". To remove it here anyway, set confirm to "${endpoint} ${endpoint}".`;
  return [{ where: 'confirm', message, fix }];
}
