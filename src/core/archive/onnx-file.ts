import { modelPaths } from './framework.ts';
import type { TreeFile } from './content-tree.ts';

const PREFERRED = 'model.onnx';

/** The ONNX file that is the model, and all that could be. */
export interface OnnxChoice {
  /** The only one, else model.onnx in the highest folder; null if there is none, or it is not clear which one. */
  readonly chosen: string | null;
  readonly all: readonly string[];
}

/** Programs (`code/`) and what an operating system left in an archive (`._model.onnx`) do not count. */
export function chooseOnnxFile(files: readonly Pick<TreeFile, 'path'>[]): OnnxChoice {
  const all = modelPaths(files)
    .filter((path) => /\.onnx$/i.test(path))
    .sort();
  if (all.length === 1) return { chosen: all[0] ?? null, all };
  const named = all.filter((path) => path === PREFERRED || path.endsWith(`/${PREFERRED}`));
  if (named.includes(PREFERRED)) return { chosen: PREFERRED, all };
  return { chosen: named.length === 1 ? (named[0] ?? null) : null, all };
}
