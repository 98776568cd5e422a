/** Holds the files of a version against the digest that it is named after, before anything of them is run. */
import { createReadStream } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { shortDigest } from '../../core/canonical-json.ts';
import { contentDigest, contentTree, fileMode, type ContentTree } from '../../core/archive/content-tree.ts';
import { hashBytes } from '../../core/archive/hash-file.ts';
import { CancelledError, UserError } from '../../core/errors.ts';
import { environmentDigests } from '../../core/plan/environment-digests.ts';
import { modelFolder, readSettings } from './container/container-version.ts';
import type { Layout } from './layout.ts';
import type { StoredVersion } from '../../documents/local-state.ts';
import type { Plan } from '../../documents/plan.ts';
import { versionOf } from './version-id.ts';

type Named = Pick<StoredVersion, 'version' | 'modelDigest' | 'imageDigest'>;

/**
 * The files of the model. Links are not followed: a version is made of the files of an archive, which has none.
 * @throws UserError if they, or what a container is started with, are not those of that version.
 */
export async function checkVersion(layout: Layout, stored: Named): Promise<ContentTree> {
  const folder = layout.versionDir(stored.version);
  const model = stored.imageDigest === null ? folder : modelFolder(folder);
  const tree = await treeOf(model);
  const found = versionOf({
    model: contentDigest(tree),
    ...(stored.imageDigest === null ? {} : { image: stored.imageDigest }),
    environment: await environmentOf(folder, stored),
  });
  if (found === stored.version) return tree;
  throw changed(stored.version, `${folder} has other files or settings than when it was put there`);
}

/** Whether the files of a planned version are there, and its own. */
export async function isIntact(layout: Layout, { version, desired }: Plan): Promise<boolean> {
  const { model: modelDigest, image: imageDigest = null } = desired;
  return checkVersion(layout, { version, modelDigest, imageDigest }).then(
    () => true,
    (error: unknown) => {
      if (error instanceof CancelledError) throw error;
      return false;
    },
  );
}

async function environmentOf(
  folder: string,
  { version, imageDigest }: Named,
): Promise<Readonly<Record<string, string>>> {
  if (imageDigest === null) return {};
  await requirePlain(folder, 'container.json', version);
  const { image, environment, environmentKey } = await readSettings(folder);
  if (!image.endsWith(`@${imageDigest}`)) throw changed(version, `container.json names the image ${image}`);
  return environmentDigests(Object.entries(environment), environmentKey);
}

async function requirePlain(folder: string, name: string, version: string): Promise<void> {
  if ((await lstat(join(folder, name))).isFile()) return;
  throw changed(version, `${name} is not a regular file`);
}

async function treeOf(folder: string): Promise<ContentTree> {
  const root = await lstat(folder);
  const entries = root.isDirectory() ? await readdir(folder, { recursive: true, withFileTypes: true }) : [];
  const files = [];
  for (const entry of entries.filter((each) => !each.isDirectory())) {
    const source = join(entry.parentPath, entry.name);
    const path = relative(folder, source).split(sep).join('/');
    // A link, or a device; it gives a tree that no archive has.
    if (!entry.isFile()) return [];
    const { mode } = await lstat(source);
    const { size, sha256 } = await hashBytes(createReadStream(source), undefined);
    files.push({ path, mode: fileMode(mode), size, sha256 });
  }
  return contentTree(files);
}

function changed(version: string, why: string): UserError {
  return new UserError(
    `The files of version ${shortDigest(version)} were changed on this machine: ${why}. It is not served. Deploy it again.`,
    { page: 'artifact-changed' },
  );
}
