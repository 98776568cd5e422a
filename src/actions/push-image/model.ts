/** The model that goes into the image: laid out in a folder of its own, whose content its digest tells. */
import { mkdtemp, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { contentDigest, treeBytes } from '../../core/archive/content-tree.ts';
import { openModel } from '../../core/archive/model-source.ts';
import { unpackArchive, type Unpacked } from '../../core/archive/unpack.ts';
import { UserError } from '../../core/errors.ts';
import { runFile } from '../../core/workspace.ts';
import type { PushImageInputs } from './inputs.ts';
import type { PreparePorts } from './prepare.ts';

export interface BuildModel {
  /** What the image is labelled with; null if it is made for no model in particular. */
  readonly digest: string | null;
  /** The folder that the build gets; null if no model goes into the image. */
  readonly folder: string | null;
  /** The size of its files. */
  readonly bytes: number;
  /** Removes the folder. */
  readonly close: () => Promise<void>;
}

const WHERE = 'model-path';

/** @throws UserError if it cannot be read, or is not the model that `model-digest` names */
export async function layOutModel(inputs: PushImageInputs, ports: PreparePorts): Promise<BuildModel> {
  const { modelPath, modelDigest } = inputs;
  if (modelPath === null)
    return { digest: modelDigest, folder: null, bytes: 0, close: () => Promise.resolve() };
  const folder = await mkdtemp(`${await runFile(ports.context, 'model')}-`);
  const close = () => rm(folder, { recursive: true, force: true });
  try {
    const { tree, digest } = await layOut(modelPath, folder, ports);
    if (modelDigest !== null && modelDigest !== digest) throw anotherModel(modelPath, digest, modelDigest);
    return { digest, folder, bytes: treeBytes(tree), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A URL is an archive's, as package-model puts it out; anything else is a path of the workspace. */
async function layOut(modelPath: string, folder: string, ports: PreparePorts): Promise<Unpacked> {
  const { signal, context } = ports;
  const label = `The model "${modelPath}"`;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(modelPath))
    return unpackArchive(await ports.openUrl(modelPath), folder, { label, signal });
  const root = {
    where: WHERE,
    shown: modelPath,
    path: resolve(context.workspace, modelPath),
    base: context.workspace,
    prefix: '',
  };
  const source = await openModel(root, null, signal);
  const unpacked = await unpackArchive(source.pack('none'), folder, { label, signal });
  const expected = contentDigest(source.tree);
  if (unpacked.digest === expected) return unpacked;
  throw new UserError(`${label} changed while it was read. Run this step again.`);
}

function anotherModel(shown: string, digest: string, wanted: string): UserError {
  const message = `"${shown}" contains the model ${digest}, but model-digest is ${wanted}.`;
  const fix =
    'Use both outputs of the same package-model step, or remove model-digest: the label is then taken from the model.';
  return UserError.of([{ where: WHERE, message, fix }]);
}
