import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { chooseOnnxFile } from '../../core/archive/onnx-file.ts';
import { UserError } from '../../core/errors.ts';

/**
 * The absolute path of the ONNX model in an unpacked archive.
 * @throws UserError if there is none, or if the choice is not clear.
 */
export async function findModelFile(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => ({ path: relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/') }));
  return join(folder, servedFile(files));
}

/** The same, for a list of its files. @throws UserError */
function servedFile(files: readonly { readonly path: string }[]): string {
  const { chosen, all } = chooseOnnxFile(files);
  if (chosen !== null) return chosen;
  if (all.length === 0) {
    throw new UserError(
      'The archive has no .onnx file, and without an image the local target serves ONNX models only. ' +
        'Package an ONNX export of the model, or set image-uri to an image that serves it.',
      { page: 'local-target' },
    );
  }
  throw new UserError(
    `The archive has ${all.length} .onnx files (${all.join(', ')}), and it is not clear which to serve. ` +
      'Call that one model.onnx, or leave the others out.',
    { page: 'local-target' },
  );
}
