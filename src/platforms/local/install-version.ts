/** Puts a version's files in place: unpacked beside, checked, and then renamed, so a folder is whole or absent. */
import { randomBytes } from 'node:crypto';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { shortDigest } from '../../core/canonical-json.ts';
import type { Plan } from '../../documents/plan.ts';
import { isIntact } from './check-version.ts';
import { UNFINISHED, type Layout } from './layout.ts';
import { installContainer } from './container/install-container.ts';
import { findModelFile } from './model-file.ts';
import type { LocalTargetOptions } from './options.ts';
import { unpackChecked } from './unpack-checked.ts';

/** @throws UserError for an archive that is not the planned one, or has nothing that can be served. */
export async function installVersion(layout: Layout, plan: Plan, options: LocalTargetOptions): Promise<void> {
  const folder = layout.versionDir(plan.version);
  const beside = () => join(layout.versionsDir, `${UNFINISHED}${randomBytes(6).toString('hex')}`);
  if (await exists(folder)) {
    if (await isIntact(layout, plan)) return;
    options.log.warning(
      `The files of version ${shortDigest(plan.version)} were changed on this machine; they are unpacked again.`,
    );
    // What is loaded goes on with its own; the next deployment removes the folder.
    await rename(folder, beside());
  }
  const unfinished = beside();
  await mkdir(layout.versionsDir, { recursive: true });
  try {
    await (plan.desired.image === undefined
      ? installModel(plan, unfinished, options)
      : installContainer(plan, unfinished, options));
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}

async function installModel(plan: Plan, folder: string, options: LocalTargetOptions): Promise<void> {
  await unpackChecked(plan, folder, options);
  await findModelFile(folder);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
