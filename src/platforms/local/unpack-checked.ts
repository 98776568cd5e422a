import { unpackArchive } from '../../core/archive/unpack.ts';
import { UserError } from '../../core/errors.ts';
import type { Plan } from '../../documents/plan.ts';
import type { LocalTargetOptions } from './options.ts';

/** Unpacks the planned archive into a folder. @throws UserError for an archive that is not the planned one. */
export async function unpackChecked(plan: Plan, folder: string, options: LocalTargetOptions): Promise<void> {
  const { modelUrl } = plan.sources;
  const { model: modelDigest } = plan.desired;
  const archive = await options.openArchive(modelUrl);
  const label = `The archive ${modelUrl}`;
  const { digest } = await unpackArchive(archive, folder, { label, signal: options.signal });
  if (digest !== modelDigest) {
    throw new UserError(
      `${label} contains another model than planned: its content has the digest ${digest}, the plan's is ` +
        `${modelDigest}. Nothing was changed. Package the model again, and plan again.`,
    );
  }
}
