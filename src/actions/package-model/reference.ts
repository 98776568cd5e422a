/** The ONNX model that predictions are compared with. */
import { readFile } from 'node:fs/promises';
import { whyUnreadable } from '../../core/archive/walk.ts';
import { chooseOnnxFile } from '../../core/archive/onnx-file.ts';
import type { ModelSource } from '../../core/archive/source.ts';
import { sha256 } from '../../core/canonical-json.ts';
import { UserError } from '../../core/errors.ts';
import type { ModelSignature, OpenSession } from '../../core/model-session.ts';
import type { ReleaseReference } from '../../core/release/release-record.ts';
import { storeKeys, type ArtifactStore } from '../../core/stores.ts';
import type { Request } from './check-inputs.ts';
import { checkSameInputs, signatureOf } from './signature.ts';

export interface Reference {
  readonly digest: string;
  /** For people: the path that it came from. */
  readonly label: string;
  readonly read: () => Promise<Uint8Array>;
}

/**
 * The reference that the user named, or the model's own ONNX file; null where there is neither.
 * @throws UserError for a file that is no ONNX model, or that takes other inputs than the model.
 */
export async function findReference(
  request: Request,
  source: ModelSource,
  model: ModelSignature | null,
  openSession: OpenSession,
): Promise<Reference | null> {
  const onnxFile = chooseOnnxFile(source.tree).chosen;
  const own = source.tree.find((file) => file.path === onnxFile);
  if (request.reference === null) {
    return own ? { digest: own.sha256, label: own.path, read: () => source.read(own.path) } : null;
  }
  const { path, shown } = request.reference;
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new UserError(`reference-path: "${shown}" ${whyUnreadable(cause)}`, { cause });
  });
  const digest = sha256(bytes);
  if (digest !== own?.sha256) {
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
