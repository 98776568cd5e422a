/** Puts the files of a container's version in place: the image, the unpacked archive, and what it is started with. */
import { mkdir } from 'node:fs/promises';
import { UserError } from '../../../core/errors.ts';
import { environmentDigests } from '../../../core/plan/environment-digests.ts';
import type { Plan } from '../../../documents/plan.ts';
import { digestOf } from '../../../core/canonical-json.ts';
import type { LocalTargetOptions } from '../options.ts';
import { unpackChecked } from '../unpack-checked.ts';
import { modelFolder, writeSettings } from './container-version.ts';

/** @throws UserError for an image or environment that is not the planned one, and what the engine says of the image. */
export async function installContainer(
  plan: Plan,
  folder: string,
  options: LocalTargetOptions,
): Promise<void> {
  const { findRunner, environment, environmentKey, startupMs } = options.containers;
  const image = plannedImage(plan);
  if (digestOf(environmentDigests(environment, environmentKey)) !== digestOf(plan.desired.environment)) {
    throw new UserError(
      'The container’s environment is not the planned one: environment-variables has other names or values than ' +
        'when this was planned, or digest-key differs. Nothing was changed. Plan again, and have the new plan approved.',
    );
  }
  const runner = await findRunner();
  await options.log.group(`Image ${image}`, () => runner.fetch(image));
  await mkdir(folder, { recursive: true });
  await unpackChecked(plan, modelFolder(folder), options);
  await writeSettings(folder, {
    image,
    environment: Object.fromEntries(environment),
    environmentKey,
    startupMs,
  });
}

function plannedImage({ sources: { imageUri }, desired: { image } }: Plan): string {
  if (imageUri !== null && image !== undefined && imageUri.endsWith(`@${image}`)) return imageUri;
  throw new UserError(
    `The plan names the image ${imageUri ?? '(none)'}, which is not pinned to its digest ${image ?? '(none)'}. Plan again.`,
  );
}
