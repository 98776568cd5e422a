import { lstatSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { UserError } from '../../core/errors.ts';
import type { Layout } from './layout.ts';

/**
 * A repository can hold a link instead of a folder or file of an endpoint, and what is written there would then be
 * written somewhere else. @throws UserError for one
 */
export function refuseLinks(layout: Layout): void {
  const root = dirname(layout.folder);
  const above = basename(dirname(root)) === '.ml-deploy' ? [dirname(root)] : [];
  const { folder, versionsDir, stateFile, serverFile, lockFile, logFile } = layout;
  const link = [...above, root, folder, versionsDir, stateFile, serverFile, lockFile, logFile].find(isLink);
  if (link === undefined) return;
  throw new UserError(
    `"${link}" is a link, and the files of a local endpoint are not kept behind links. Remove it; the folder .ml-deploy does not belong into a repository.`,
    { page: 'local-target' },
  );
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}
