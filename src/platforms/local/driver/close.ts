/** Removing an endpoint: the process first, then the folder, by one rename. */
import { randomBytes } from 'node:crypto';
import { readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { hasContainers, ownLabels } from '../container/container-version.ts';
import type { Layout } from '../layout.ts';
import type { LocalTargetOptions } from '../options.ts';
import { stopServer } from '../server-process.ts';

/** The endpoint with its server, versions and candidates. Needs the lock. */
export async function removeAll(layout: Layout, options: LocalTargetOptions): Promise<void> {
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

/** The names of endpoints begin with a letter or digit, so these are never taken for one. */
function removedPrefix({ folder }: Layout): string {
  return `.removed-${basename(folder)}.`;
}

function removedPath(layout: Layout): string {
  return join(dirname(layout.folder), `${removedPrefix(layout)}${randomBytes(6).toString('hex')}`);
}

/** This removal, and any that was cut short. */
export async function removeLeftovers(layout: Layout): Promise<void> {
  const root = dirname(layout.folder);
  const names = await readdir(root).catch(() => []);
  for (const name of names.filter((entry) => entry.startsWith(removedPrefix(layout)))) {
    await rm(join(root, name), { recursive: true, force: true });
  }
}

export async function isThere({ folder }: Layout): Promise<boolean> {
  return readdir(folder).then(
    () => true,
    () => false,
  );
}
