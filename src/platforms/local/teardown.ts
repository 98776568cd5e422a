/** Removing an endpoint: the process first, then the folder, by one rename. */
import { randomBytes } from 'node:crypto';
import { readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { DeploymentResult } from '../../core/targets.ts';
import { hasContainers, ownLabels } from './container/container-version.ts';
import { describeEndpoint } from './describe.ts';
import { withEndpointLock } from './endpoint-lock.ts';
import type { Layout } from './layout.ts';
import type { LocalTargetOptions } from './options.ts';
import { stopServer } from './server-process.ts';

export async function tearDown(layout: Layout, options: LocalTargetOptions): Promise<DeploymentResult> {
  const existed = await exists(layout);
  if (existed) {
    await withEndpointLock(layout, 'teardown', options, () => takeAway(layout, options));
  }
  await removeLeftovers(layout);
  const message = existed
    ? `The local endpoint ${layout.endpoint} was removed, with all its versions.`
    : `There is no local endpoint ${layout.endpoint} on this machine; nothing had to be removed.`;
  return {
    outcome: 'torn-down',
    message,
    description: await describeEndpoint(layout, options),
    candidate: null,
  };
}

/** What a first deployment that was refused has started: the endpoint's server serves nothing. Needs the lock. */
export async function removeEmpty(layout: Layout, options: LocalTargetOptions): Promise<void> {
  await takeAway(layout, options);
  await removeLeftovers(layout);
}

async function takeAway(layout: Layout, options: LocalTargetOptions): Promise<void> {
  await stopServer(layout, options);
  // The server removes them; one that was killed could not.
  if (await hasContainers(layout)) await removeContainers(layout, options);
  await rename(layout.folder, removedPath(layout));
}

async function removeContainers(layout: Layout, { containers }: LocalTargetOptions): Promise<void> {
  await (await containers.findRunner()).removeAll(ownLabels(layout));
}

/** The names of endpoints begin with a letter or digit, so that these are never taken for one. */
function removedPrefix({ folder }: Layout): string {
  return `.removed-${basename(folder)}.`;
}

function removedPath(layout: Layout): string {
  return join(dirname(layout.folder), `${removedPrefix(layout)}${randomBytes(6).toString('hex')}`);
}

/** This removal, and any that was cut short. */
async function removeLeftovers(layout: Layout): Promise<void> {
  const root = dirname(layout.folder);
  const names = await readdir(root).catch(() => []);
  for (const name of names.filter((entry) => entry.startsWith(removedPrefix(layout)))) {
    await rm(join(root, name), { recursive: true, force: true });
  }
}

async function exists({ folder }: Layout): Promise<boolean> {
  return readdir(folder).then(
    () => true,
    () => false,
  );
}
