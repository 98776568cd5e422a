/** Tries out whether a planned model can be served, so nobody is asked to approve one that cannot. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shortDigest } from '../../core/canonical-json.ts';
import { messageOf, UserError } from '../../core/errors.ts';
import { filesBeside } from '../../core/onnx-reader.ts';
import type { Plan } from '../../documents/plan.ts';
import { findModelFile } from './model-file.ts';
import type { LocalTargetOptions } from './options.ts';
import { unpackChecked } from './unpack-checked.ts';

/** Writes nothing but files of its own, which it removes. @throws UserError for a model that cannot be served. */
export async function rehearse(plan: Plan, options: LocalTargetOptions): Promise<void> {
  // What a container makes of the files is known when it runs.
  if (plan.desired.image !== undefined) return;
  const folder = await mkdtemp(join(tmpdir(), 'ml-deploy-plan-'));
  try {
    await unpackChecked(plan, folder, options);
    await openModel(await findModelFile(folder), plan, options);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function openModel(file: string, plan: Plan, { openSession }: LocalTargetOptions): Promise<void> {
  const label = `the model of version ${shortDigest(plan.version)}`;
  try {
    const beside = filesBeside(file);
    const session = await openSession(await readFile(file), { label, runtime: 'auto', beside });
    await session.close();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(
      `target: local cannot serve this model: ${messageOf(error)} Set image-uri to an image that serves it, or package a model ` +
        'that the built-in runtime can open.',
      { cause: error, page: 'local-target' },
    );
  }
}
