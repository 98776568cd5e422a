/** The container's environment: names and digests in a plan, values only on their way to CreateModel. */
import { UserError } from '../../../core/errors.ts';
import { environmentDigests, valueDigest } from '../../../core/plan/environment-digests.ts';
import type { Desired } from '../../../documents/plan.ts';
import type { DeploymentRequest } from '../../../core/targets.ts';
import type { Live } from '../live.ts';
import { SCRIPT } from '../serving-images.ts';
import type { ResolvedImage } from './image.ts';

type Entry = readonly [name: string, value: string];

/**
 * Name to digest. The user's variables replace those of what serves, all or none; what AWS's own image was told of the
 * user's code goes with the image.
 */
export function environmentOf(
  request: DeploymentRequest,
  live: Live | null,
  image: ResolvedImage | null,
  key: string | null,
): Record<string, string> {
  const asked = request.desired.environment;
  const isAsked = Object.keys(asked).length > 0;
  const own = Object.entries(image?.environment ?? {});
  const kept = Object.entries(live?.environment ?? {}).filter((entry) => {
    if (isScript(entry)) return image === null || (image.environment === null && !isAsked);
    return !isAsked;
  });
  return { ...environmentDigests([...kept, ...own], key), ...asked };
}

function isScript([name, value]: Entry): boolean {
  return SCRIPT[name] === value;
}

/**
 * The values of the container's environment, by their digests: from the inputs, from the image's own needs, and from
 * what serves.
 * @throws UserError for one that is no longer known
 */
export function environmentValues(
  desired: Desired,
  key: string | null,
  ...sources: readonly Iterable<readonly [string, string]>[]
): Record<string, string> {
  const values = sources.flatMap((entries) => [...entries]);
  const missing: string[] = [];
  const found = Object.entries(desired.environment).map(([name, digest]) => {
    const value = values.find(
      ([known, candidate]) => known === name && valueDigest(key, name, candidate) === digest,
    )?.[1];
    if (value === undefined) missing.push(name);
    return [name, value ?? ''] as const;
  });
  if (missing.length === 0) return Object.fromEntries(found);
  const message = `the plan has ${missing.join(', ')} with a value that is neither set now nor the live one.`;
  throw UserError.of([{ where: 'environment-variables', message, fix: 'Set the planned values.' }]);
}
