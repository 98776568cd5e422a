/** Names of files show what a platform's own image of a framework cannot serve. */
import type { ModelSource } from '../../core/archive/source.ts';
import { UserError } from '../../core/errors.ts';
import type { PlatformArchives } from '../../core/platform.ts';
import { findPlatform } from '../../platforms/table.ts';
import type { Inputs } from './check-inputs.ts';

export interface OwnImagePorts {
  /** What the platform says of its own image, if ml-deploy.yml says that such an image serves the model; otherwise null. */
  readonly unservable: NonNullable<PlatformArchives['unservable']> | null;
}

type Key = 'framework-version' | 'image-uri' | 'repository' | 'target';

/**
 * The plain keys of ml-deploy.yml say whose image serves: the platform's own one needs `framework-version`, which
 * package-model reads below its own name alone. Without it, a step may name an image that this file does not.
 */
export function unservableBy(key: (name: Key) => string | null): OwnImagePorts['unservable'] {
  if (key('framework-version') === null) return null;
  if (key('image-uri') !== null || key('repository') !== null) return null;
  return findPlatform(key('target') ?? '')?.archive.unservable ?? null;
}

/**
 * Only if `framework` is set: a framework that was found from the files says nothing about the image that will serve.
 * @throws UserError if the plan would refuse the model
 */
export async function refuseUnservable(
  { framework }: Pick<Inputs, 'framework'>,
  { tree }: Pick<ModelSource, 'tree'>,
  { unservable }: OwnImagePorts,
): Promise<void> {
  if (framework === 'auto' || unservable === null) return;
  const paths = tree.map(({ path }) => path);
  const problem = await unservable(framework, paths);
  if (problem !== null) throw UserError.of([problem]);
}
