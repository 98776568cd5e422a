/** What can be known of an ONNX file without running it. */
import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isInside } from './archive/walk.ts';
import { formatBytes } from './bytes.ts';
import { errorCode, UserError } from './errors.ts';
import type { TensorSignature } from './model-session.ts';

/**
 * What a graph declares. Unlike a `ModelSignature` it may hold types that nothing here can run: bfloat16, or `sequence`,
 * `map` and `unknown` instead of a tensor's type.
 */
export interface DeclaredSignature {
  readonly inputs: readonly DeclaredTensor[];
  readonly outputs: readonly DeclaredTensor[];
}

export interface DeclaredTensor extends Omit<TensorSignature, 'type'> {
  readonly type: string;
}

/** A file that holds weights. */
export interface ExternalFile {
  /** Relative to the folder of the model, with forward slashes. */
  readonly location: string;
  /** At least as many it must have. */
  readonly bytes: number;
}

export interface OnnxFacts {
  /** null if the file is of another format, which an image of the user's own may know. */
  readonly signature: DeclaredSignature | null;
  readonly externalFiles: readonly ExternalFile[];
  /** Why there is no signature: the rest of a sentence that begins with the file's name. */
  readonly problem: string | null;
}

/** Protobuf, and with it the built-in runtime, takes no model of 2 GiB. */
const MOST_BYTES = 2 ** 31 - 1;

/** @param bytes of the model and all its weights. @throws UserError if the built-in runtime cannot take as many. */
export function refuseTooLarge(label: string, bytes: number): void {
  if (bytes <= MOST_BYTES) return;
  throw new UserError(
    `${label} has ${formatBytes(bytes)} with its weights; the built-in runtime opens models up to 2 GiB. ` +
      'Serve it with an image of your own, and compare with recorded answers (reference: recorded).',
  );
}

/** Reads a file of weights, by its place relative to the model's folder; null if it is not there. */
export type ReadBeside = (location: string) => Promise<Uint8Array | null>;

export interface OnnxReader {
  /** @throws UserError for a file that is damaged, is plainly another thing, or names weights outside its folder. */
  describe(model: Uint8Array, label: string): OnnxFacts;
  /** The model with all its weights in itself. @throws UserError if they are not there, or are too many. */
  embed(model: Uint8Array, label: string, read: ReadBeside): Promise<Uint8Array>;
}

/** Reads what is beside a file on this machine, and nothing that a link leads out of its folder to. */
export function filesBeside(path: string): ReadBeside {
  return async (location) => {
    const folder = await realpath(dirname(path));
    try {
      const file = await realpath(join(folder, location));
      const found = await stat(file);
      if (!isInside(folder, file) || !found.isFile()) return null;
      refuseTooLarge(`"${location}"`, found.size);
      return await readFile(file);
    } catch (error) {
      if (['ENOENT', 'ENOTDIR'].includes(errorCode(error))) return null;
      throw error;
    }
  };
}
