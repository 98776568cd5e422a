/** The groups of inputs of all platforms, as inputs of the actions. */
import { camelCase } from '../core/spec/action-spec.ts';
import { group, type Group } from '../core/spec/group.ts';
import { offeredPlatforms, reads, type platforms, type PlatformName } from './table.ts';

type Grouped = 'deploy-endpoint' | 'smoke-test';

type MembersOf<P extends PlatformName, A extends Grouped> = (typeof platforms)[P]['inputs']['group'][A];

/** A platform that has nothing of its own for an action has no group there. */
type GroupsOf<A extends Grouped> = {
  readonly [P in PlatformName as keyof MembersOf<P, A> extends never ? never : P]: Group<MembersOf<P, A>>;
};

export function groupsOf<const A extends Grouped>(action: A): GroupsOf<A> {
  const groups = offeredPlatforms
    .filter(({ inputs }) => Object.keys(inputs.group[action]).length > 0)
    .map(({ name, inputs }) => [name, group(name, inputs.group[action])]);
  return Object.fromEntries(groups) as GroupsOf<A>;
}

/** Whether a platform reads an input, or a member of a group by its path. */
export function readsInput(platform: PlatformName, path: string): boolean {
  const [group = '', member] = path.split(': ');
  if (member !== undefined) return group === platform;
  const isOfSome = offeredPlatforms.some(({ inputs }) => inputs.reads.includes(path));
  return !isOfSome || reads(platform, path);
}

/** The values of a platform's own group; empty if the action has none for it. */
export function groupOf(
  inputs: Readonly<Record<string, unknown>>,
  platform: PlatformName,
): Readonly<Record<string, unknown>> {
  return (inputs[camelCase(platform)] ?? {}) as Readonly<Record<string, unknown>>;
}
