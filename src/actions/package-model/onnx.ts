/**
 * The model's own ONNX file. It is read, and opened if the built-in runtime can do that; if not, it is packed anyway,
 * because the endpoint may have another runtime.
 */
import { posix } from 'node:path';
import { treeBytes } from '../../core/archive/content-tree.ts';
import type { ArchiveManifest, OnnxContent } from '../../documents/manifest.ts';
import { chooseOnnxFile } from '../../core/archive/onnx-file.ts';
import type { ModelSource } from '../../core/archive/source.ts';
import { sha256 } from '../../core/canonical-json.ts';
import { messageOf, UserError } from '../../core/errors.ts';
import type { ModelSignature, OpenSession } from '../../core/model-session.ts';
import {
  refuseTooLarge,
  type DeclaredSignature,
  type OnnxFacts,
  type OnnxReader,
  type ReadBeside,
} from '../../core/onnx-reader.ts';
import type { Logger } from '../../core/ports.ts';

export interface OnnxPorts {
  readonly log: Logger;
  readonly openSession: OpenSession;
  readonly onnx: OnnxReader;
}

export interface OwnModel {
  readonly signature: DeclaredSignature | null;
  /** Absent if the model has no ONNX file, or several. */
  readonly onnx?: OnnxContent;
}

/**
 * What the manifest of the same content says, or otherwise the file.
 * @throws UserError for a damaged file
 */
export async function readOwnModel(
  stored: ArchiveManifest | null,
  source: ModelSource,
  ports: OnnxPorts,
): Promise<OwnModel> {
  const known = stored?.onnx;
  if (stored !== null && known !== undefined && known.whole !== null) {
    return { signature: stored.signature, onnx: known };
  }
  const { chosen, all } = chooseOnnxFile(source.tree);
  if (chosen !== null) return readFile(chosen, source, ports);
  if (all.length > 0)
    ports.log.info('There are several ONNX files and none is called model.onnx: no signature is recorded.');
  return { signature: null };
}

async function readFile(path: string, source: ModelSource, ports: OnnxPorts): Promise<OwnModel> {
  try {
    const bytes = await readOne(source, path);
    const facts = ports.onnx.describe(bytes, path);
    checkWeights(path, facts, source);
    if (facts.problem !== null) throw new Unopened(`${path} ${facts.problem}`, facts.signature);
    return await openWhole(path, bytes, facts, source, ports);
  } catch (error) {
    if (!(error instanceof Unopened)) throw error;
    const { signature } = error;
    ports.log.warning(
      `${error.message} It is packed all the same${signature === null ? ', without a signature' : ''}. ` +
        'It can be served by an image that knows it; target: local without an image cannot serve it, and reference: ' +
        'onnx needs a model that can be opened (reference-path); recorded answers (reference: recorded) do not.',
    );
    return { signature, onnx: { path, whole: null } };
  }
}

/** The built-in runtime cannot open the file. */
class Unopened extends Error {
  readonly signature: DeclaredSignature | null;

  constructor(message: string, signature: DeclaredSignature | null) {
    super(message);
    this.signature = signature;
  }
}

async function openWhole(
  path: string,
  bytes: Uint8Array,
  { signature }: OnnxFacts,
  source: ModelSource,
  { onnx, openSession }: OnnxPorts,
): Promise<OwnModel> {
  try {
    const whole = await onnx.embed(bytes, path, besideIn(source, path));
    const opened = await signatureOf(openSession, whole, path);
    return { signature: opened, onnx: { path, whole: sha256(whole) } };
  } catch (error) {
    if (error instanceof UserError) throw new Unopened(messageOf(error), signature);
    throw error;
  }
}

/** Missing weights are not anywhere else either. */
function checkWeights(path: string, { externalFiles }: OnnxFacts, { tree }: ModelSource): void {
  const problems = externalFiles.flatMap(({ location, bytes }) => {
    const file = tree.find((known) => known.path === besidePath(path, location));
    if (file !== undefined && file.size >= bytes) return [];
    const message =
      file === undefined
        ? `"${path}" keeps its weights in "${location}", which does not exist.`
        : `"${path}" needs ${bytes} bytes of "${location}", which has ${file.size}.`;
    const fix =
      file === undefined
        ? 'Set model-path to the folder that contains both files.'
        : 'Export or download both files again.';
    return [{ where: 'model-path', message, fix }];
  });
  if (problems.length > 0) throw UserError.of(problems);
}

/** The model's ONNX file with all its weights in it. */
export async function readWhole(path: string, source: ModelSource, onnx: OnnxReader): Promise<Uint8Array> {
  return onnx.embed(await readOne(source, path), path, besideIn(source, path));
}

function besideIn(source: ModelSource, path: string): ReadBeside {
  return async (location) => {
    const file = source.tree.find((known) => known.path === besidePath(path, location));
    return file === undefined ? null : readOne(source, file.path);
  };
}

function besidePath(path: string, location: string): string {
  return posix.join(posix.dirname(path), location);
}

async function readOne(source: ModelSource, path: string): Promise<Uint8Array> {
  refuseTooLarge(`"${path}"`, treeBytes(source.tree.filter((file) => file.path === path)));
  return source.read(path);
}

/**
 * Opens a model only to find its inputs and outputs.
 * @throws UserError for a file that is not a usable model
 */
export async function signatureOf(
  openSession: OpenSession,
  bytes: Uint8Array,
  label: string,
): Promise<ModelSignature> {
  const session = await openSession(bytes, { label, runtime: 'auto' });
  try {
    return session.signature;
  } finally {
    await session.close();
  }
}
