/** The ONNX model that predictions are compared with. */
import { readFile } from 'node:fs/promises';
import type { ModelSource } from '../../core/archive/source.ts';
import { sha256 } from '../../core/canonical-json.ts';
import { UserError } from '../../core/errors.ts';
import { pathProblem } from '../../core/missing-path.ts';
import { filesBeside } from '../../core/onnx-reader.ts';
import type { ReleaseReference } from '../../documents/release-record.ts';
import { storeKeys, type ArtifactStore } from '../../core/stores.ts';
import type { Request } from './check-inputs.ts';
import { readWhole, signatureOf, type OnnxPorts, type OwnModel } from './onnx.ts';
import { checkSameInputs } from './signature.ts';

export interface Reference {
  readonly digest: string;
  /** For people: the path of its file. */
  readonly label: string;
  readonly read: () => Promise<Uint8Array>;
}

/**
 * The reference that the user named, or the model's own ONNX file; null if there is neither.
 * @throws UserError for a file that is not an ONNX model, or that takes other inputs than the model.
 */
export async function findReference(
  request: Request,
  source: ModelSource,
  { signature: model, onnx: own }: OwnModel,
  { openSession, onnx }: OnnxPorts,
): Promise<Reference | null> {
  if (request.reference === null) {
    if (own === undefined || own.whole === null) return null;
    return { digest: own.whole, label: own.path, read: () => readWhole(own.path, source, onnx) };
  }
  const { path, shown, base } = request.reference;
  const file = await readFile(path).catch(async (cause: unknown) => {
    throw UserError.of([await pathProblem('reference-path', shown, base, cause)], { cause });
  });
  const bytes = await onnx.embed(file, shown, filesBeside(path));
  const digest = sha256(bytes);
  if (digest !== own?.whole) {
    const signature = await signatureOf(openSession, bytes, shown);
    if (model !== null) checkSameInputs(model, signature, `"${shown}"`);
  }
  return { digest, label: shown, read: () => Promise.resolve(bytes) };
}

export async function storeReference(
  store: ArtifactStore,
  { digest, read }: Reference,
): Promise<ReleaseReference> {
  const key = storeKeys.reference(digest);
  if (!(await store.exists(key))) await store.put(key, await read());
  return { digest, url: store.urlOf(key) };
}
