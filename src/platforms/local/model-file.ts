import { readdir } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { UserError } from '../../core/errors.ts';

const PREFERRED = 'model.onnx';

/**
 * The ONNX model of an unpacked archive: the only one, or else the one called model.onnx that lies highest.
 * @throws UserError where there is none, or where the choice is not clear.
 */
export async function findModelFile(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.onnx'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
  const [only, ...others] = files;
  if (only === undefined) {
    throw new UserError(
      'The archive has no .onnx file, and without an image the local target serves ONNX models only. ' +
        'Package an ONNX export of the model, or set image-uri to an image that serves it.',
      { page: 'local-target' },
    );
  }
  if (others.length === 0) return join(folder, only);
  const preferred = files.filter((file) => basename(file) === PREFERRED);
  const chosen = preferred.includes(PREFERRED)
    ? PREFERRED
    : preferred.length === 1
      ? preferred[0]
      : undefined;
  if (chosen !== undefined) return join(folder, chosen);
  throw new UserError(
    `The archive has ${files.length} .onnx files (${files.join(', ')}), and it is not clear which to serve. ` +
      `Call that one ${PREFERRED}, or leave the others out.`,
    { page: 'local-target' },
  );
}
